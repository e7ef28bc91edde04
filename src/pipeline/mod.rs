//! Which pipelines of a repository run for an event, and everything that such a run needs.
//!
//! The rules are those of Pipelines-as-Code, so that the same files run with it on a cluster
//! (source: openshift-pipelines/pipelines-as-code docs/content/docs/guides, pkg/matcher, pkg/templates):
//!
//! - [`Event`]: what happened, and the variables that it gives.
//! - [`PipelineFiles`]: what lies under `.tekton/`.
//! - [`PipelineFiles::matching`]: the runs that an event starts, each with the objects it names.
//!
//! - [`read_file`]: one file of documents as a run that may start, or what Tekton's admission refuses in it.
//!
//! CEL and hub tasks are refused by name. Nothing here runs anything.

pub mod environment;
mod error;
mod event;
mod files;
mod glob;
mod identity;
mod matching;
mod placeholder;
mod reading;

pub use error::PipelineError;
pub use event::{Event, EventKind, skips_pipelines};
pub use files::{FOLDER, PipelineFiles, PreparedRun};
pub use glob::covers;
pub use identity::{name_for, new_uid};
pub use matching::watched_paths;
pub use reading::{Reading, ReadingError, Refusal, read_documents, read_file};
