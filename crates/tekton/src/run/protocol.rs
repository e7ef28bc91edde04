//! What a run asks of its driver, and what the driver reports.

use std::collections::BTreeMap;

use crate::admission::Gates;
use crate::model::Duration;

/// What a run needs to know of its surroundings.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Which optional parts are on.
    pub gates: Gates,
    /// The run's UID; those of its TaskRuns derive from it.
    pub run_uid: String,
    /// The folder below which the driver puts a step's `/workspace`, `/tekton` and mounts: `<root>/<TaskRun's name>`.
    /// Empty when steps see those paths themselves.
    pub paths_root: String,
}

/// How a run is cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelMode {
    /// Everything stops; finally does not run.
    Cancelled,
    /// Running tasks stop; finally runs.
    CancelledRunFinally,
    /// Running tasks end by themselves, no others start; finally runs.
    StoppedRunFinally,
}

impl CancelMode {
    /// The word in a PipelineRun's `spec.status`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "Cancelled",
            Self::CancelledRunFinally => "CancelledRunFinally",
            Self::StoppedRunFinally => "StoppedRunFinally",
        }
    }

    /// The mode that a PipelineRun's `spec.status` asks for.
    pub fn parse(text: &str) -> Option<Self> {
        [
            Self::Cancelled,
            Self::CancelledRunFinally,
            Self::StoppedRunFinally,
        ]
        .into_iter()
        .find(|mode| mode.as_str() == text)
    }
}

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Make the folders of a TaskRun and start its sidecars; answer with [`Event::Prepared`].
    Prepare(Box<PodPlan>),
    /// Start a step; answer with [`Event::StepStarted`] and [`Event::StepEnded`].
    RunStep(Box<StepPlan>),
    /// Kill everything that runs for a TaskRun; answer with [`Event::Stopped`].
    Stop {
        /// The TaskRun.
        task_run: String,
    },
    /// A TaskRun's try is over: stop its sidecars; no answer.
    Retire {
        /// The TaskRun.
        task_run: String,
        /// Which try, counted from one.
        attempt: usize,
        /// Whether another try follows.
        is_retried: bool,
    },
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The folders are there.
    Prepared {
        /// The TaskRun.
        task_run: String,
    },
    /// The folders could not be made; the TaskRun fails.
    NotPrepared {
        /// The TaskRun.
        task_run: String,
        /// Why.
        problem: String,
    },
    /// A step's process runs.
    StepStarted {
        /// The TaskRun.
        task_run: String,
        /// Which step, counted from zero.
        step: usize,
    },
    /// A step is over.
    StepEnded {
        /// The TaskRun.
        task_run: String,
        /// Which step, counted from zero.
        step: usize,
        /// How its process ended.
        exit: Exit,
        /// The files below `/tekton/results` that the step plan names, as far as they exist; no more than
        /// [`super::MAX_RESULT_BYTES`] and one byte of each.
        results: BTreeMap<String, Vec<u8>>,
        /// The step's own results, likewise.
        step_results: BTreeMap<String, Vec<u8>>,
    },
    /// A sidecar ended by itself.
    SidecarEnded {
        /// The TaskRun.
        task_run: String,
        /// The sidecar's name.
        sidecar: String,
        /// How its process ended.
        exit: Exit,
    },
    /// Nothing runs for the TaskRun any more.
    Stopped {
        /// The TaskRun.
        task_run: String,
    },
    /// Somebody wants the run to end.
    Cancel(CancelMode),
    /// Time passed.
    Tick,
}

/// How a process ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    /// By itself, with a status.
    Code(i32),
    /// By a signal.
    Signal(i32),
    /// It ran longer than the step's limit and was killed.
    TimedOut,
    /// It could not be started.
    NotStarted(String),
}

/// The folders and sidecars of a TaskRun.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PodPlan {
    /// The TaskRun.
    pub task_run: String,
    /// Which try, counted from one.
    pub attempt: usize,
    /// Volumes by name.
    pub volumes: BTreeMap<String, VolumeContent>,
    /// Folders below `/workspace`, to be made before the first step; relative ones are meant below it.
    pub working_dirs: Vec<String>,
    /// The names of the steps' folders below `/tekton/steps`.
    pub step_folders: Vec<String>,
    /// What runs beside the steps.
    pub sidecars: Vec<StepPlan>,
}

/// What a volume holds at first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VolumeContent {
    /// Nothing; gone with the TaskRun.
    Empty,
    /// Whatever it held last; shared by its name in the run, and beyond it where the driver keeps claims.
    Claim {
        /// The claim's name.
        name: String,
        /// Made for this run.
        is_scratch: bool,
    },
    /// Files that cannot be changed.
    Files(Vec<FileEntry>),
}

/// One file of a volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Relative to the volume.
    pub path: String,
    /// Its content.
    pub content: Vec<u8>,
    /// Its permissions.
    pub mode: u32,
}

/// A volume in a step's view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    /// The volume's name.
    pub volume: String,
    /// Where it appears.
    pub path: String,
    /// The part of the volume that appears; empty for all.
    pub sub_path: String,
    /// Whether it cannot be changed there.
    pub read_only: bool,
}

/// A step's script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Where the step sees it; it is started as a program.
    pub path: String,
    /// Its text, with an interpreter line.
    pub text: String,
}

/// One process to start.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StepPlan {
    /// The TaskRun.
    pub task_run: String,
    /// Which try, counted from one.
    pub attempt: usize,
    /// Which step, counted from zero.
    pub step: usize,
    /// The step's name, `unnamed-<index>` if it has none.
    pub name: String,
    /// The step's folder below `/tekton/steps`; for a sidecar its container's name.
    pub container: String,
    /// The log's name without its ending: `<pipeline task>-<step>`.
    pub log_name: String,
    /// The script, started in place of a command.
    pub script: Option<Script>,
    /// The program and its arguments; arguments only where there is a script.
    pub argv: Vec<String>,
    /// The variables of the step, later ones first in force.
    pub environment: Vec<(String, String)>,
    /// Where it starts; made if it is not there.
    pub working_dir: String,
    /// Its view of volumes.
    pub mounts: Vec<Mount>,
    /// A file that gets its standard output besides the log.
    pub stdout_file: Option<String>,
    /// A file that gets its standard error besides the log.
    pub stderr_file: Option<String>,
    /// Its limit.
    pub timeout: Option<Duration>,
    /// The files below `/tekton/results` to report.
    pub results: Vec<String>,
    /// The files of its own results folder to report.
    pub step_results: Vec<String>,
}
