//! Versions and changelogs from tags and conventional commits. Commits and tags come in as values.
//!
//! - [`Version`]: a semantic version as a tag, a chart and a promotion spell it.
//! - [`ReleaseTags`]: how the tags of an app are called.
//! - [`next_version`]: what the next release is called.
//! - [`Changelog`]: what is in it.
//! - [`package_chart`]: its chart, with version and image.

mod changelog;
mod chart;
mod commit;
mod next;
mod tags;
mod version;

pub use changelog::{Changelog, Section};
pub use chart::{ChartError, find_chart, package_chart};
pub use commit::{Bump, ConventionalCommit};
pub use next::{NextVersion, Reason, next_version};
pub use tags::ReleaseTags;
pub use version::{BadVersion, Version};
