//! Where runs and promotions are recorded: [`ActivityStore`]; and which processes still live: [`Owners`].

use std::path::PathBuf;

use serde_json::Value;
use thiserror::Error;

use crate::activity::model::{KIND as ACTIVITY_KIND, PromoteStep};
use crate::activity::{Owner, RunIdentity};
use crate::failure::{Code, Exit, Explain, Kind};

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

    /// Returns up to `limit` events with a number above `seq`, in order: all changes since then.
    ///
    /// Cheap when there are none, so that a watch may ask several times a second.
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
    /// The object is new; the number is that of its event.
    Added(u64),
    /// The object changed; the number is that of its event.
    Modified(u64),
    /// The same object was there already. No event.
    Unchanged,
    /// The object there has ended and this one has not: nothing was written.
    Stale,
}

/// Which runs [`ActivityStore::list`] returns. The default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    /// Text that occurs in the activity's name, the run's name or the pipeline (jx's `--filter`).
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
            [&record.activity, &record.name, &record.pipeline]
                .iter()
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

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreEvent {
    /// Its number; later changes have higher ones.
    pub seq: u64,
    /// The run that it is about.
    pub run: String,
    /// The activity's name.
    pub activity: String,
    /// What happened.
    pub kind: EventKind,
}

/// What happened to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// It was recorded for the first time.
    Added,
    /// It, a TaskRun or a promotion of it changed.
    Modified,
    /// It was forgotten.
    Deleted,
}

/// Names the object that [`ActivityStore::record`] is given: what every implementation keys by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectKey {
    /// `metadata.name`.
    pub name: String,
    /// The run that the object belongs to; its own name if it is a run.
    pub run: String,
    /// `metadata.uid`, if it has one.
    pub uid: Option<String>,
}

impl ObjectKey {
    /// Reads the key of a recordable object.
    ///
    /// # Errors
    /// [`StoreError::NotAnObject`] for other kinds or a missing name.
    pub fn of(object: &Value) -> Result<Self, StoreError> {
        let text = |value: &Value| {
            let text = value.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        let metadata = &object["metadata"];
        let kind = object["kind"].as_str().unwrap_or_default();
        let Some(name) = text(&metadata["name"]) else {
            return Err(StoreError::NotAnObject {
                found: format!("a {kind} without metadata.name"),
            });
        };
        let run = match kind {
            "PipelineRun" | ACTIVITY_KIND => None,
            "TaskRun" => text(&metadata["labels"]["tekton.dev/pipelineRun"]),
            _ => {
                return Err(StoreError::NotAnObject {
                    found: format!("kind `{kind}`"),
                });
            }
        };
        Ok(Self {
            run: run.unwrap_or_else(|| name.clone()),
            uid: text(&metadata["uid"]),
            name,
        })
    }

    /// Tells whether the object is a run itself and not a part of one.
    pub fn is_run(&self) -> bool {
        self.run == self.name
    }
}

/// What a run is listed and found by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunIndex {
    /// See [`RunRecord::activity`].
    pub activity: String,
    /// See [`RunRecord::pipeline`].
    pub pipeline: String,
    /// See [`RunRecord::build`].
    pub build: String,
}

impl RunIndex {
    /// Reads it from a run. A run without a known repository is its own pipeline.
    pub fn of(object: &Value) -> Self {
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        if object["kind"] == ACTIVITY_KIND {
            let spec = |field: &str| {
                object["spec"][field]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            };
            return Self {
                activity: name.to_owned(),
                pipeline: spec("pipeline"),
                build: spec("build"),
            };
        }
        let identity = RunIdentity::of(object);
        let build = match identity.build {
            0 => String::new(),
            number => number.to_string(),
        };
        if identity.repository.is_empty() || build.is_empty() {
            return Self {
                activity: name.to_owned(),
                pipeline: name.to_owned(),
                build,
            };
        }
        Self {
            activity: identity.activity_name(),
            pipeline: identity.pipeline(),
            build,
        }
    }
}

/// Tells whether a recorded object has reached its end, after which it changes no more.
pub fn has_ended(object: &Value) -> bool {
    object["status"]["conditions"]
        .as_array()
        .into_iter()
        .flatten()
        .any(|condition| {
            condition["type"] == "Succeeded"
                && matches!(condition["status"].as_str(), Some("True" | "False"))
        })
}

/// Why the store could not do it.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The value is nothing that is recorded.
    #[error("cannot record {found}: only a named PipelineRun, TaskRun or PipelineActivity is")]
    NotAnObject {
        /// What it was.
        found: String,
    },
    /// Another run has that name.
    #[error("cannot record run {name}: another run of that name is recorded already")]
    NameTaken {
        /// The name of both.
        name: String,
    },
    /// There is no such run.
    #[error("no activity is called \"{name}\"")]
    NotFound {
        /// The name that was asked for.
        name: String,
    },
    /// The file is damaged or no database.
    #[error("cannot read {}: the file is damaged or no database", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the library says.
        source: Cause,
    },
    /// The file is a database of some other program.
    #[error("cannot read {}: this database belongs to another program", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer landfall.
    #[error(
        "cannot read {}: a newer landfall wrote it (format {found}, known up to {known})",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format known here.
        known: i64,
    },
    /// Other processes held the file for too long.
    #[error("cannot {doing} {}: other processes keep it busy", path.display())]
    Busy {
        /// What was tried.
        doing: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// Anything else: no space, no permission.
    #[error("cannot {doing} {}", path.display())]
    Failed {
        /// What was tried: read, write.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the library says.
        source: Cause,
    },
}

impl Explain for StoreError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::NotAnObject { .. } | Self::NameTaken { .. } => None,
            Self::NotFound { .. } => Some(Code::NOT_FOUND),
            Self::Failed { .. } => Some(Code::FILE),
            _ => Some(Code::RECORD),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::NotAnObject { .. } => Kind::Internal,
            Self::NameTaken { .. } | Self::NotFound { .. } => Kind::User,
            _ => Kind::Outside,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NotFound { .. } => Exit::NotFound,
            Self::Busy { .. } => Exit::Temporary,
            _ => Exit::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Damaged { path, .. } => format!(
                "move {} away to begin a new record; nothing that runs depends on it",
                path.display()
            ),
            Self::Newer { .. } => "use the newer landfall for this LANDFALL_HOME".to_owned(),
            Self::Foreign { .. } => "check LANDFALL_HOME".to_owned(),
            Self::Busy { .. } => "run the same command again".to_owned(),
            _ => return Vec::new(),
        };
        vec![hint]
    }
}

/// An underlying error whose type is the implementation's own business.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Which processes live on this machine. Apart from the store, so that tests can kill by decree.
pub trait Owners: Send + Sync + std::fmt::Debug {
    /// Returns the running process, to be stamped on the runs it starts. `None` where the system does not tell.
    fn this_process(&self) -> Option<Owner>;

    /// Tells whether that very process still lives; `None` where the system does not tell.
    fn is_alive(&self, owner: &Owner) -> Option<bool>;
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn task_runs_belong_to_the_run_in_their_label() {
        let alone = json!({"kind": "TaskRun", "metadata": {"name": "t", "uid": "u"}});
        let key = ObjectKey::of(&alone).expect("a key");
        assert!(key.is_run());
        assert_eq!(key.uid.as_deref(), Some("u"));

        let labels = json!({"tekton.dev/pipelineRun": "run"});
        let part = json!({"kind": "TaskRun", "metadata": {"name": "run-t", "labels": labels}});
        let key = ObjectKey::of(&part).expect("a key");
        assert_eq!((key.run.as_str(), key.is_run()), ("run", false));
    }

    #[test]
    fn other_objects_are_refused_by_kind_or_missing_name() {
        for (object, message) in [
            (
                json!({"kind": "Pod", "metadata": {"name": "x"}}),
                "kind `Pod`",
            ),
            (
                json!({"kind": "TaskRun"}),
                "a TaskRun without metadata.name",
            ),
            (
                json!({"kind": "TaskRun", "metadata": {"name": ""}}),
                "without metadata.name",
            ),
            (json!([]), "without metadata.name"),
        ] {
            let error = ObjectKey::of(&object).expect_err("refused");
            assert!(error.to_string().contains(message), "{error}");
        }
    }

    #[test]
    fn a_run_without_a_repository_is_its_own_pipeline() {
        let object = json!({"kind": "PipelineRun", "metadata": {"name": "hello"}});
        let index = RunIndex::of(&object);
        assert_eq!(
            (index.pipeline.as_str(), index.build.as_str()),
            ("hello", "")
        );
        assert_eq!(index.activity, "hello");
    }
}
