//! Where environments run: [`Platform`]; what it needs to know: [`EnvironmentSource`]; how a process becomes the local one: [`Host`].
//!
//! The answers are plain values that are printed, sent over the control socket and compared in tests in the same form.

pub mod control;
mod host;
mod source;

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::failure::{Code, Exit, Explain, Kind};

pub use host::{Host, ServeError, Serving};
pub use source::{EnvironmentContent, EnvironmentHead, EnvironmentSource, SourceError};

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

    /// Makes an environment what its repository says at `commit`, and waits up to `wait` until each of `apps`, or every app, is ready or
    /// has failed.
    ///
    /// # Errors
    /// As [`Platform::status`]; an environment that is not registered; documents that cannot be read. Apps that fail are an outcome.
    async fn apply(
        &self,
        environment: &str,
        commit: Option<&str>,
        apps: Option<&BTreeSet<String>>,
        wait: Duration,
    ) -> Result<Applied, PlatformError>;

    /// Tells the platform that a repository or the spool has changed, so that it looks at once. Nobody there is fine.
    async fn nudge(&self);

    /// Starts the platform in the background where it does not run, and waits until it answers.
    ///
    /// `port` is the gateway's; without it the settings'. Returns whether it was started, and its status.
    ///
    /// # Errors
    /// [`PlatformError::CannotStart`] with what it said.
    async fn start(&self, port: Option<u16>) -> Result<(bool, PlatformStatus), PlatformError>;

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
    /// Nobody runs it.
    Unknown,
}

impl fmt::Display for Health {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Healthy => "Healthy",
            Self::Progressing => "Progressing",
            Self::Degraded => "Degraded",
            Self::Unknown => "Unknown",
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
    /// Whether the wait ended before every app that was waited for was ready or had failed.
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
    /// It does not start.
    #[error("the local platform does not start: {0}")]
    CannotStart(String),
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
            Self::CannotStart(_) => Code::CANNOT_SERVE,
        })
    }

    fn kind(&self) -> Kind {
        match self {
            Self::NoAnswer(_) | Self::TimedOut(_) | Self::CannotStart(_) => Kind::Outside,
            _ => Kind::User,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NoAnswer(_) => Exit::Temporary,
            Self::UnknownEnvironment { .. } => Exit::NotFound,
            Self::NotRunning | Self::CannotApply { .. } | Self::CannotStart(_) => Exit::Failed,
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
            Self::CannotApply { .. } | Self::CannotStart(_) | Self::TimedOut(_) => Vec::new(),
        }
    }
}
