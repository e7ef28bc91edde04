//! Activities: what a pipeline run or a promotion did, with its stages and steps.
//!
//! The stored truth is Tekton's own PipelineRun and TaskRun objects plus the Promote steps that `promote`
//! reports. Everything a person sees is derived here, without touching anything outside:
//!
//! - [`model`]: `PipelineActivity` (`jenkins.io/v1`), the shape that `get activities -o json` prints,
//!   and [`status`], its status words;
//! - [`identity`]: which repository, branch and build a run belongs to, as labels and names;
//! - [`derive`](mod@derive): from one stored run to its `PipelineActivity`;
//! - [`events`]: the fold of change reports to the current set of activities;
//! - [`rows`](mod@rows): an activity as the rows of jx's table;
//! - [`by_hand`]: the activity of a promotion that no pipeline runs;
//! - [`recorder`]: what a run tells the store while it runs;
//! - [`owner`] and [`orphans`]: which process runs it, and what becomes of a run whose process died.
//!
//! Nothing here draws, stores or waits: see `ui`, `backend::store` and the commands.

pub mod by_hand;
pub mod derive;
pub mod events;
pub mod identity;
pub mod model;
pub mod orphans;
pub mod owner;
pub mod recorder;
pub mod rows;
mod stages;
pub mod status;

pub use derive::derive;
pub use identity::{ORIGINAL_NAME, RunIdentity};
pub use model::{PipelineActivity, PromoteStep};
pub use orphans::mark_orphans;
pub use owner::Owner;
pub use recorder::{Recorder, refused};
pub use status::Status;
