//! Versions and changelogs from tags and conventional commits. Pure: commits and tags come in as values.
//!
//! - [`Version`]: a semantic version as a tag, a chart and a promotion spell it.
//! - [`next_version`]: what the next release is called.
//! - [`Changelog`]: what is in it.

mod changelog;
mod commit;
mod next;
mod version;

pub use changelog::{Changelog, Section};
pub use commit::{Bump, ConventionalCommit};
pub use next::{NextVersion, Reason, next_version};
pub use version::{BadVersion, Version, latest_tag};
