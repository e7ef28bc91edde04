//! Where pipelines run: [`Runner`].

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use async_trait::async_trait;
use serde_json::Value;
use tekton::admission::Gates;
use tekton::run::{CancelMode, Condition, Verdict};
use tekton::{Objects, Unsupported};
use thiserror::Error;
use tokio::sync::watch;

use crate::failure::{Code, Exit, Explain, Kind};
use crate::files::FileError;

/// Runs Tekton's objects to their end.
#[async_trait]
pub trait Runner: Send + Sync + fmt::Debug {
    /// Runs one PipelineRun or TaskRun and returns when nothing of it runs any more.
    ///
    /// The documents must have been admitted (`tekton::admission::admit`). While it runs, every change of a status is
    /// told to `events`; the last state is in the outcome too.
    ///
    /// # Errors
    /// What the runner cannot do or have: fields that it does not support, a backend that is not there, folders that
    /// cannot be made. A run that fails is no error but an outcome.
    async fn run(
        &self,
        request: RunRequest,
        events: &dyn RunEvents,
    ) -> Result<RunOutcome, RunError>;
}

/// What a step sees of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Isolation {
    /// Real paths where the system allows it, the host's own otherwise; the first line says which.
    #[default]
    Auto,
    /// The machine as it is: paths that variables give lie in the run's folder.
    Host,
    /// An own view of the file system: `/workspace`, `/tekton` and every mount at their real paths.
    Isolated,
}

/// Everything that one run needs.
#[derive(Debug, Clone)]
pub struct RunRequest {
    /// The run and what it names.
    pub objects: Objects,
    /// A UID for it; those of its TaskRuns derive from it.
    pub uid: String,
    /// Which optional parts of Tekton are on.
    pub gates: Gates,
    /// How steps see the file system.
    pub isolation: Isolation,
    /// A folder of its own, made if it is not there. It is kept; whoever asks for the run decides when it goes.
    pub folder: PathBuf,
    /// Where logs go: one file a step, made when the step starts.
    pub logs: PathBuf,
    /// Claims that are folders of the machine, by name. They are used as they are and not copied.
    pub claims: BTreeMap<String, PathBuf>,
    /// Where other claims are kept beyond the run; `None`: in the run's folder.
    pub claims_root: Option<PathBuf>,
    /// Variables that every step gets, below those that it sets itself.
    pub environment: BTreeMap<String, String>,
    /// Folders that steps must see even where a view of their own hides them.
    pub visible: Vec<PathBuf>,
    /// Texts that must not appear in logs.
    pub masked: Vec<String>,
    /// Asks for the end.
    pub cancel: CancelSignal,
}

/// The end of a line on which somebody may ask for a run's end.
#[derive(Debug, Clone)]
pub struct CancelSignal(pub watch::Receiver<Option<CancelMode>>);

/// The other end.
#[derive(Debug)]
pub struct CancelSender(watch::Sender<Option<CancelMode>>);

impl CancelSender {
    /// A line with its two ends.
    pub fn new() -> (Self, CancelSignal) {
        let (sender, receiver) = watch::channel(None);
        (Self(sender), CancelSignal(receiver))
    }

    /// Asks for the end; what was asked before is replaced.
    pub fn cancel(&self, mode: CancelMode) {
        self.0.send_replace(Some(mode));
    }
}

/// Hears what becomes of a run while it runs.
pub trait RunEvents: Send + Sync {
    /// The run's objects whose status changed, as Tekton's `PipelineRun` and `TaskRun`.
    fn changed(&self, objects: &[Value]);

    /// What this run does not simulate and how its steps see the machine; told once, before anything runs.
    fn begins(&self, _notes: &RunNotes) {}

    /// The output of a step begins: its log's name and file.
    fn log_begins(&self, _task: &str, _step: &str, _file: &std::path::Path) {}
}

/// What is to be known of a run before it starts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunNotes {
    /// The backend by name: `host` or `isolated`.
    pub backend: &'static str,
    /// Why it is not the one that was preferred.
    pub fallback: Option<String>,
    /// What is left out, each once.
    pub not_simulated: Vec<String>,
}

/// How a run ended.
#[derive(Debug, Clone)]
pub struct RunOutcome {
    /// In one word.
    pub verdict: Verdict,
    /// In Tekton's words.
    pub condition: Condition,
    /// The run and its TaskRuns with their statuses.
    pub objects: Vec<Value>,
    /// What was told at its beginning.
    pub notes: RunNotes,
}

/// Why a run could not be run.
#[derive(Debug, Error)]
pub enum RunError {
    /// Fields that ask for what the runner does not have.
    #[error("{}", unsupported_text(.0))]
    Unsupported(Vec<Unsupported>),
    /// The view of its own cannot be made here.
    #[error("the isolated runner does not work here: {0}")]
    NoIsolation(String),
    /// A folder or file of the run.
    #[error(transparent)]
    File(#[from] FileError),
    /// The program that starts steps is this one, and it could not be started.
    #[error("cannot start {}: {source}", program.display())]
    Launcher {
        /// The program.
        program: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

fn unsupported_text(fields: &[Unsupported]) -> String {
    let list = fields.iter().map(|field| {
        format!(
            "{} {}: {}: {}",
            field.kind, field.name, field.path, field.what
        )
    });
    format!(
        "this runner does not have {}",
        list.collect::<Vec<_>>().join("; ")
    )
}

impl Explain for RunError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::Unsupported(_) => Some(Code::NOT_THERE_YET),
            Self::File(error) => error.code(),
            Self::NoIsolation(_) | Self::Launcher { .. } => None,
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Unsupported(_) => Kind::User,
            Self::NoIsolation(_) | Self::File(_) | Self::Launcher { .. } => Kind::Outside,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Unsupported(_) => Exit::Usage,
            Self::File(error) => error.exit(),
            Self::NoIsolation(_) | Self::Launcher { .. } => Exit::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Unsupported(_) => Vec::new(),
            Self::NoIsolation(_) => vec!["run it with --runner host".to_owned()],
            Self::File(error) => error.hints(),
            Self::Launcher { .. } => {
                vec!["was the program moved or replaced while it ran?".to_owned()]
            }
        }
    }
}
