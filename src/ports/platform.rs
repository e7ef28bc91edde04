//! Where environments run: [`Platform`]; and what a platform needs to know: [`EnvironmentSource`].
//!
//! The answers are plain values that are printed, sent over the control socket and compared in tests in the same form.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::failure::{Code, Exit, Explain, Kind};
use crate::manifest::Document;

/// A place where environments run.
#[async_trait]
pub trait Platform: Send + Sync + fmt::Debug {
    /// What runs the environments, and what it does not simulate.
    ///
    /// # Errors
    /// [`PlatformError::NotRunning`] when nothing does.
    async fn status(&self) -> Result<PlatformStatus, PlatformError>;

    /// Every instance of every app, sorted by environment, app and name.
    ///
    /// # Errors
    /// As [`Platform::status`].
    async fn instances(&self) -> Result<Vec<Instance>, PlatformError>;

    /// One entry per app and environment, sorted by app and environment.
    ///
    /// # Errors
    /// As [`Platform::status`].
    async fn applications(&self) -> Result<Vec<Application>, PlatformError>;

    /// Makes an environment what its repository says at `commit`, and waits up to `wait` until every app is ready or has failed.
    ///
    /// # Errors
    /// As [`Platform::status`]; an environment that is not registered; documents that cannot be read. Apps that fail are an outcome.
    async fn apply(
        &self,
        environment: &str,
        commit: Option<&str>,
        wait: Duration,
    ) -> Result<Applied, PlatformError>;

    /// Tells the platform that a repository or the spool has changed, so that it looks at once. Nobody there is fine.
    async fn nudge(&self);

    /// Ends the platform with all apps; returns when it has ended, or after `wait`.
    ///
    /// # Errors
    /// [`PlatformError::NotRunning`] when there is nothing to end, [`PlatformError::TimedOut`] when it goes on after `wait`.
    async fn shut_down(&self, wait: Duration) -> Result<(), PlatformError>;
}

/// What runs the environments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlatformStatus {
    /// The process.
    pub pid: u32,
    /// The version of landfall that it runs.
    pub version: String,
    /// When it started.
    pub started: Timestamp,
    /// The gateway, without an app's host: `http://localhost:8080`.
    pub gateway: String,
    /// The port of the gateway; not always the one that was asked for.
    pub port: u16,
    /// The environments and what they hold.
    pub environments: Vec<EnvironmentStatus>,
    /// What the environments ask for and this platform does not do.
    pub not_simulated: Vec<NotSimulated>,
}

/// One environment on the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentStatus {
    /// Its name.
    pub name: String,
    /// The commit that was applied last.
    pub commit: Option<String>,
    /// Why the newest commit could not be applied.
    pub problem: Option<String>,
}

/// An object that does not run here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NotSimulated {
    /// The environment.
    pub environment: String,
    /// The object's kind.
    pub kind: String,
    /// The object's name.
    pub name: String,
    /// Why not.
    pub reason: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// How an app is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Health {
    /// It answers, or would as soon as it is asked.
    Healthy,
    /// A release is on its way to be ready.
    Progressing,
    /// The newest release does not get ready; what `message` says.
    Degraded,
}

impl fmt::Display for Health {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Healthy => "Healthy",
            Self::Progressing => "Progressing",
            Self::Degraded => "Degraded",
        })
    }
}

/// An app in an environment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    /// The app's name.
    pub app: String,
    /// The environment.
    pub environment: String,
    /// The version that answers requests.
    pub version: String,
    /// Where it answers; `None` for a workload without a port.
    pub url: Option<String>,
    /// Instances that answer requests.
    pub ready: u32,
    /// Instances that there should be.
    pub desired: u32,
    /// Whether it sleeps: no instance, and none needed.
    pub asleep: bool,
    /// How it is.
    pub health: Health,
    /// The revision that answers requests.
    pub revision: String,
    /// Why the newest release does not answer, with the end of its log.
    pub message: Option<String>,
}

/// A process of an app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Instance {
    /// The environment.
    pub environment: String,
    /// The app.
    pub app: String,
    /// The revision.
    pub revision: String,
    /// Its name, as a pod's.
    pub name: String,
    /// Whether it answers requests.
    pub ready: bool,
    /// What it is doing.
    pub phase: Phase,
    /// How often it was started anew.
    pub restarts: u32,
    /// When it was first started.
    pub started: Timestamp,
    /// Requests that it is answering.
    pub in_flight: u32,
    /// The process, when there is one.
    pub pid: Option<u32>,
    /// The port that it listens on.
    pub port: Option<u16>,
    /// Its log.
    pub log: PathBuf,
}

/// What an instance is doing, in kubectl's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Started, not ready yet.
    ContainerCreating,
    /// Ready.
    Running,
    /// Takes no more requests and ends when it has answered those it has.
    Terminating,
    /// Ended by itself; waits before it is started anew.
    CrashLoopBackOff,
}

impl fmt::Display for Phase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::ContainerCreating => "ContainerCreating",
            Self::Running => "Running",
            Self::Terminating => "Terminating",
            Self::CrashLoopBackOff => "CrashLoopBackOff",
        })
    }
}

/// What became of [`Platform::apply`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Applied {
    /// The commit that was applied.
    pub commit: String,
    /// The apps of the environment afterwards.
    pub applications: Vec<Application>,
    /// What does not run here.
    pub not_simulated: Vec<NotSimulated>,
    /// Whether the wait ended before every app was ready or had failed.
    pub timed_out: bool,
}

impl Applied {
    /// The apps whose newest release did not get ready.
    pub fn failed(&self) -> impl Iterator<Item = &Application> {
        self.applications
            .iter()
            .filter(|application| application.health == Health::Degraded)
    }
}

/// What a platform fails with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum PlatformError {
    /// No process runs the environments.
    #[error("the local platform is not running")]
    NotRunning,
    /// It is there and does not answer as expected.
    #[error("the local platform does not answer: {0}")]
    NoAnswer(String),
    /// No such environment.
    #[error("no environment is called \"{name}\"")]
    UnknownEnvironment {
        /// The name that was asked for.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The repository's content cannot be used.
    #[error("environment {environment} cannot be applied: {problem}")]
    CannotApply {
        /// The environment.
        environment: String,
        /// Why.
        problem: String,
    },
    /// It takes too long.
    #[error("the local platform is still at it after {0} s")]
    TimedOut(u64),
}

impl Explain for PlatformError {
    fn code(&self) -> Option<Code> {
        Some(match self {
            Self::NotRunning => Code::NOT_RUNNING,
            Self::NoAnswer(_) | Self::TimedOut(_) => Code::NO_ANSWER,
            Self::UnknownEnvironment { .. } => Code::NOT_FOUND,
            Self::CannotApply { .. } => Code::CANNOT_APPLY,
        })
    }

    fn kind(&self) -> Kind {
        match self {
            Self::NoAnswer(_) | Self::TimedOut(_) => Kind::Outside,
            _ => Kind::User,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NotRunning | Self::NoAnswer(_) => Exit::Temporary,
            Self::UnknownEnvironment { .. } => Exit::NotFound,
            Self::CannotApply { .. } => Exit::Failed,
            Self::TimedOut(_) => Exit::TimedOut,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NotRunning => vec!["`landfall up` starts it".to_owned()],
            Self::NoAnswer(_) => vec!["`landfall down`, then `landfall up`".to_owned()],
            Self::UnknownEnvironment { known, .. } if known.is_empty() => {
                vec!["the first promotion creates staging and production".to_owned()]
            }
            Self::UnknownEnvironment { known, .. } => vec![format!("known: {}", known.join(", "))],
            Self::CannotApply { .. } | Self::TimedOut(_) => Vec::new(),
        }
    }
}

/// An error of a source, in its own words.
pub type SourceError = Box<dyn Error + Send + Sync>;

/// An environment as its repository has it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentHead {
    /// The environment's name, which is also its namespace.
    pub name: String,
    /// The commit that says what runs there.
    pub commit: String,
}

/// What runs in an environment at one commit.
#[derive(Clone, Debug, Default)]
pub struct EnvironmentContent {
    /// The rendered objects.
    pub documents: Vec<Document>,
    /// Services that run elsewhere: name to `host:port`.
    pub stand_ins: BTreeMap<String, String>,
}

/// The environments to run.
pub trait EnvironmentSource: Send + Sync + fmt::Debug {
    /// The environments and the commits their branches point to. Asked several times a second: reads a few small files.
    ///
    /// # Errors
    /// A list or a repository that cannot be read.
    fn heads(&self) -> Result<Vec<EnvironmentHead>, SourceError>;

    /// The objects of an environment at a commit.
    ///
    /// # Errors
    /// A commit that is not there, charts that do not render.
    fn content(&self, head: &EnvironmentHead) -> Result<EnvironmentContent, SourceError>;
}

/// One line of the control socket: what is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "camelCase")]
pub enum ControlRequest {
    /// [`Platform::status`].
    Status,
    /// [`Platform::instances`].
    Instances,
    /// [`Platform::applications`].
    Applications,
    /// [`Platform::apply`].
    Apply {
        /// The environment.
        environment: String,
        /// The commit; without it the branch's.
        commit: Option<String>,
        /// How long to wait, in milliseconds.
        wait: u64,
    },
    /// [`Platform::nudge`].
    Nudge,
    /// [`Platform::shut_down`].
    ShutDown,
}

/// One line of the control socket: the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", content = "value", rename_all = "camelCase")]
pub enum ControlReply {
    /// To [`ControlRequest::Status`].
    Status(PlatformStatus),
    /// To [`ControlRequest::Instances`].
    Instances(Vec<Instance>),
    /// To [`ControlRequest::Applications`].
    Applications(Vec<Application>),
    /// To [`ControlRequest::Apply`].
    Applied(Applied),
    /// To [`ControlRequest::Nudge`] and [`ControlRequest::ShutDown`].
    Done,
    /// To anything that failed.
    Failed(PlatformError),
}

/// The file name of the control socket in the run folder.
pub const CONTROL_SOCKET: &str = "control.sock";
/// The file name of the resident process's lock in the run folder.
pub const RESIDENT_LOCK: &str = "resident.lock";
/// The file name of the background resident's own log in the run folder.
pub const RESIDENT_LOG: &str = "serve.log";
