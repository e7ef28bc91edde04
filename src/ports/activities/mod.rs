//! Where runs and promotions are recorded: [`ActivityStore`]; and which processes still live: [`Owners`].

#[cfg(test)]
pub(crate) mod contract;
mod error;
mod object;

use serde_json::Value;

pub use error::{Cause, StoreError};
pub use object::{ObjectKey, RunIndex, has_ended};

use crate::activity::model::PromoteStep;
use crate::activity::{ORIGINAL_NAME, Owner};

/// The record of pipeline runs and promotions, shared by all processes of one user.
///
/// What is recorded are Tekton's own objects as JSON. Every change is an event with a sequence number, so
/// that another process can follow. Implementations are safe to use from several threads and processes at
/// once, and open lazily: making one costs nothing, and reading where nothing was ever written creates nothing.
pub trait ActivityStore: Send + Sync + std::fmt::Debug {
    /// Records the present state of a `PipelineRun`, a `TaskRun` or a `PipelineActivity`.
    ///
    /// The object is found again by kind and `metadata.name` and replaced as a whole. A `TaskRun` belongs to
    /// the run in its label `tekton.dev/pipelineRun`, which may be recorded later; without that label it is a
    /// run of its own. A `PipelineActivity` is for what no pipeline runs, such as a promotion by hand.
    ///
    /// An object that has ended never goes back to an unfinished state: such a record is left out and
    /// answered with [`Change::Stale`].
    ///
    /// # Errors
    /// [`StoreError::NotAnObject`] for other kinds or a missing name, [`StoreError::NameTaken`] if a run of
    /// that name with another `metadata.uid` is there, and the errors of the file.
    fn record(&self, object: &Value) -> Result<Change, StoreError>;

    /// Takes the next build number of a pipeline (`owner/repository/branch`): 1, 2, 3, …, each only once.
    fn next_build(&self, pipeline: &str) -> Result<u64, StoreError>;

    /// Records a promotion on an activity, given by its own name or its run's.
    ///
    /// Only the step of that environment is touched: what the step leaves out stays as it was
    /// ([`PromoteStep::merge`]), the steps of other environments stay, and two processes lose nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such activity, and the errors of the file.
    fn record_promotion(&self, activity: &str, step: &PromoteStep) -> Result<(), StoreError>;

    /// Returns the runs that match, oldest first; with a limit the newest ones.
    fn list(&self, filter: &RunFilter) -> Result<Vec<RunRecord>, StoreError>;

    /// Returns the run with that run name or activity name.
    fn get(&self, name: &str) -> Result<Option<RunRecord>, StoreError>;

    /// Returns up to `limit` events with a number above `seq`, in order.
    ///
    /// A run that changed several times since then is there once, with its newest number: a follower that was
    /// away reads what it missed, not every stage of it. Cheap when there is nothing, so that a watch may ask
    /// several times a second.
    fn events_since(&self, seq: u64, limit: usize) -> Result<Vec<StoreEvent>, StoreError>;

    /// Returns the number of the newest event; 0 when nothing was recorded yet.
    fn latest_seq(&self) -> Result<u64, StoreError>;

    /// Forgets a run with everything that belongs to it. The build number is not given out again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such run, and the errors of the file.
    fn delete(&self, run: &str) -> Result<(), StoreError>;
}

/// What [`ActivityStore::record`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The object is new; the number is that of the event.
    Added(u64),
    /// The object changed; the number is that of the event.
    Modified(u64),
    /// The same object was there already. No event.
    Unchanged,
    /// The object there has ended and this one has not: nothing was written.
    Stale,
}

/// Which runs [`ActivityStore::list`] returns. The default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    /// Text that occurs in the activity's name, the run's name, its name in its file or the pipeline (jx's `--filter`).
    pub text: Option<String>,
    /// The exact build number, as text (jx's `--build`).
    pub build: Option<String>,
    /// Only the newest so many.
    pub limit: Option<usize>,
}

impl RunFilter {
    /// Tells whether a run matches; the limit is not looked at.
    pub fn matches(&self, record: &RunRecord) -> bool {
        let text = self.text.as_deref().is_none_or(|text| {
            let in_file = record.object["metadata"]["annotations"][ORIGINAL_NAME].as_str();
            [&record.activity, &record.name, &record.pipeline]
                .into_iter()
                .map(String::as_str)
                .chain(in_file)
                .any(|name| name.contains(text))
        });
        text && self
            .build
            .as_ref()
            .is_none_or(|build| *build == record.build)
    }
}

/// One run with everything that was recorded about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunRecord {
    /// The name of the run: of its PipelineRun, or of the activity where there is none.
    pub name: String,
    /// The resource name of the activity.
    pub activity: String,
    /// `owner/repository/branch`.
    pub pipeline: String,
    /// The build number as text; empty if there is none.
    pub build: String,
    /// The `PipelineRun`, the `TaskRun` that runs alone, or the `PipelineActivity`.
    pub object: Value,
    /// The TaskRuns of a PipelineRun, in the order in which they were first recorded.
    pub task_runs: Vec<Value>,
    /// Its promotions, in the order in which they were first recorded.
    pub promotions: Vec<PromoteStep>,
    /// The number of the newest event about it.
    pub seq: u64,
}

/// The newest change of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreEvent {
    /// Its number; later changes have higher ones.
    pub seq: u64,
    /// The run that it is about.
    pub run: String,
    /// The activity's name.
    pub activity: String,
    /// Whether the run was forgotten. If not, it, a TaskRun or a promotion of it is new or changed.
    pub deleted: bool,
}

/// Which processes live on this machine. Apart from the store, so that tests can kill by decree.
pub trait Owners: Send + Sync + std::fmt::Debug {
    /// Returns the running process, to be stamped on the runs it starts. `None` where the system does not tell.
    fn this_process(&self) -> Option<Owner>;

    /// Tells whether that very process still lives; `None` where the system does not tell.
    fn is_alive(&self, owner: &Owner) -> Option<bool>;
}
