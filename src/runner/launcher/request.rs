//! What a launcher is asked and what it answers, as lines of JSON.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// One step to supervise.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::runner) struct Request {
    /// The program and its arguments.
    pub(in crate::runner) argv: Vec<String>,
    /// Its whole environment.
    pub(in crate::runner) environment: Vec<(String, String)>,
    /// The step's name among all steps, for the mark of its processes.
    pub(in crate::runner) step_id: String,
    /// Where it starts; made in a view, needed without.
    pub(in crate::runner) working_dir: String,
    /// Where its output goes.
    pub(in crate::runner) log: PathBuf,
    /// A file that gets its standard output besides.
    pub(in crate::runner) stdout_file: Option<PathBuf>,
    /// A file that gets its standard error besides.
    pub(in crate::runner) stderr_file: Option<PathBuf>,
    /// Its limit.
    pub(in crate::runner) timeout_ms: Option<u64>,
    /// How long it may take to end when it is asked to.
    pub(in crate::runner) grace_ms: u64,
    /// Its view of the file system; the machine's own without.
    pub(in crate::runner) view: Option<View>,
    /// Texts that must not get into the log.
    pub(in crate::runner) masked: Vec<String>,
    /// Only try whether the view can be made.
    pub(in crate::runner) is_probe: bool,
}

/// The machine's file system with some things in other places.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::runner) struct View {
    /// An empty folder on which the new root is built.
    pub(in crate::runner) root: PathBuf,
    /// An empty folder for what is written where the machine's folders are only read.
    pub(in crate::runner) overlay: PathBuf,
    /// What appears where.
    pub(in crate::runner) binds: Vec<Bind>,
    /// Paths of the machine that stay visible although `/tmp` is the step's own.
    pub(in crate::runner) visible: Vec<PathBuf>,
}

/// A file or folder of the machine at a path of the view.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::runner) struct Bind {
    /// Where it is.
    pub(in crate::runner) source: PathBuf,
    /// Where it appears.
    pub(in crate::runner) target: PathBuf,
    /// Whether it can only be read there.
    pub(in crate::runner) read_only: bool,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runner) enum Report {
    /// The log is there and the step is about to run.
    Started,
    /// Nothing of it runs any more.
    Ended(End),
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runner) enum End {
    /// By itself.
    Code(i32),
    /// By a signal.
    Signal(i32),
    /// At its limit.
    TimedOut,
    /// Because it was asked to.
    Stopped,
    /// It never ran.
    NotStarted(String),
}
