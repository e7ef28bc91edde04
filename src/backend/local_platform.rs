//! The local platform as other landfall processes see it: through the control socket of its resident process.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;

use crate::env_vars;
use crate::files::{self, FileError, Lock};
use crate::ports::platform::control::{
    CONTROL_SOCKET, ControlReply, ControlRequest, RESIDENT_LOCK, RESIDENT_LOG,
};
use crate::ports::platform::{
    Application, Applied, Instance, Platform, PlatformError, PlatformStatus,
};

/// How long a question that needs no work may take.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);
/// The pause between looks at whether the resident has ended.
const LOOK: Duration = Duration::from_millis(20);

/// How long a start may take.
const START_LIMIT: Duration = Duration::from_secs(20);
/// Lines of the resident's own log in the message of a failed start.
const TAIL: usize = 5;

/// How the resident is started.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The running program.
    pub executable: PathBuf,
    /// The environment of the command, which the resident inherits.
    pub environment: BTreeMap<OsString, OsString>,
    /// `LANDFALL_HOME`.
    pub home: PathBuf,
    /// The gateway's port by the settings.
    pub port: u16,
}

/// The resident process of one `LANDFALL_HOME`; making this value does nothing.
#[derive(Clone, Debug)]
pub struct LocalPlatform {
    run: PathBuf,
    socket: PathBuf,
    launch: Launch,
}

impl LocalPlatform {
    /// The platform whose run folder is `run`.
    pub fn new(run: PathBuf, launch: Launch) -> Self {
        Self {
            socket: run.join(CONTROL_SOCKET),
            run,
            launch,
        }
    }

    /// Starts the program as a resident of its own, detached from this terminal; what it says goes to its log.
    fn spawn(&self, port: u16) -> Result<Child, FileError> {
        files::create_dir_all(&self.run)?;
        let path = self.run.join(RESIDENT_LOG);
        let fail = |source| FileError::Io {
            action: "write",
            path: path.clone(),
            source,
        };
        let log = File::create(&path).map_err(fail)?;
        Command::new(&self.launch.executable)
            .args(["serve", "--background", "--port", &port.to_string()])
            .env_clear()
            .envs(&self.launch.environment)
            .env(env_vars::LANDFALL_HOME, &self.launch.home)
            .current_dir(&self.run)
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(fail)?)
            .stderr(log)
            .spawn()
            .map_err(fail)
    }

    /// Whether some process has the resident's lock.
    fn is_locked(&self) -> bool {
        matches!(
            Lock::acquire(&self.run.join(RESIDENT_LOCK), "landfall up", Duration::ZERO),
            Err(FileError::Locked { .. })
        )
    }

    /// The end of what the resident said.
    fn last_words(&self) -> String {
        let text = files::read_text(&self.run.join(RESIDENT_LOG)).unwrap_or_default();
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        lines[lines.len().saturating_sub(TAIL)..].join("; ")
    }

    async fn ask(
        &self,
        request: &ControlRequest,
        limit: Duration,
    ) -> Result<ControlReply, PlatformError> {
        let reply = tokio::time::timeout(limit, self.exchange(request))
            .await
            .map_err(|_| PlatformError::TimedOut(limit.as_secs()))??;
        match reply {
            ControlReply::Failed(error) => Err(error),
            reply => Ok(reply),
        }
    }

    async fn exchange(&self, request: &ControlRequest) -> Result<ControlReply, PlatformError> {
        let no_answer = |error: io::Error| PlatformError::NoAnswer(error.to_string());
        let mut stream = match UnixStream::connect(&self.socket).await {
            Ok(stream) => stream,
            Err(error) if is_absent(&error) => return Err(PlatformError::NotRunning),
            Err(error) => return Err(no_answer(error)),
        };
        let mut line = serde_json::to_vec(request).map_err(|error| no_answer(error.into()))?;
        line.push(b'\n');
        stream.write_all(&line).await.map_err(no_answer)?;
        let mut reply = String::new();
        if BufReader::new(stream)
            .read_line(&mut reply)
            .await
            .map_err(no_answer)?
            == 0
        {
            return Err(PlatformError::NoAnswer("it has just ended".to_owned()));
        }
        serde_json::from_str(&reply).map_err(|error| no_answer(error.into()))
    }
}

/// No socket, or one that a killed resident left.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused
    )
}

fn unexpected<T>(reply: &ControlReply) -> Result<T, PlatformError> {
    Err(PlatformError::NoAnswer(format!(
        "it answers something else: {reply:?}"
    )))
}

#[async_trait]
impl Platform for LocalPlatform {
    async fn status(&self) -> Result<PlatformStatus, PlatformError> {
        match self.ask(&ControlRequest::Status, ANSWER_LIMIT).await? {
            ControlReply::Status(status) => Ok(status),
            other => unexpected(&other),
        }
    }

    async fn instances(&self) -> Result<Vec<Instance>, PlatformError> {
        match self.ask(&ControlRequest::Instances, ANSWER_LIMIT).await? {
            ControlReply::Instances(instances) => Ok(instances),
            other => unexpected(&other),
        }
    }

    async fn applications(&self) -> Result<Vec<Application>, PlatformError> {
        match self
            .ask(&ControlRequest::Applications, ANSWER_LIMIT)
            .await?
        {
            ControlReply::Applications(applications) => Ok(applications),
            other => unexpected(&other),
        }
    }

    async fn apply(
        &self,
        environment: &str,
        commit: Option<&str>,
        apps: Option<&BTreeSet<String>>,
        wait: Duration,
    ) -> Result<Applied, PlatformError> {
        let request = ControlRequest::Apply {
            environment: environment.to_owned(),
            commit: commit.map(str::to_owned),
            apps: apps.cloned(),
            wait: u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
        };
        // Rendering comes before the wait.
        match self
            .ask(&request, wait.saturating_add(Duration::from_mins(1)))
            .await?
        {
            ControlReply::Applied(applied) => Ok(applied),
            other => unexpected(&other),
        }
    }

    async fn nudge(&self) {
        // Whoever is not there looks by itself when it comes.
        let _ = self.ask(&ControlRequest::Nudge, ANSWER_LIMIT).await;
    }

    async fn start(&self, port: Option<u16>) -> Result<(bool, PlatformStatus), PlatformError> {
        let deadline = Instant::now() + START_LIMIT;
        loop {
            match self.status().await {
                Ok(status) => return Ok((false, status)),
                Err(PlatformError::NotRunning) => break,
                // One that is just ending does not answer any more; a moment later it is gone.
                Err(PlatformError::NoAnswer(_)) if Instant::now() < deadline => {
                    tokio::time::sleep(LOOK).await;
                }
                Err(error) => return Err(error),
            }
        }
        let mut child = self
            .spawn(port.unwrap_or(self.launch.port))
            .map_err(|error| PlatformError::CannotStart(error.to_string()))?;
        loop {
            match self.status().await {
                Ok(status) => return Ok((status.pid == child.id(), status)),
                Err(PlatformError::NotRunning | PlatformError::NoAnswer(_))
                    if Instant::now() < deadline => {}
                Err(PlatformError::NotRunning) => {
                    return Err(PlatformError::TimedOut(START_LIMIT.as_secs()));
                }
                Err(error) => return Err(error),
            }
            // One that ended may have met another that was a moment earlier: then that one answers soon.
            let ended = child.try_wait().ok().flatten().is_some();
            tokio::time::sleep(LOOK).await;
            if ended && self.status().await.is_err() && !self.is_locked() {
                return Err(PlatformError::CannotStart(self.last_words()));
            }
        }
    }

    async fn shut_down(&self, wait: Duration) -> Result<(), PlatformError> {
        let pid = self.status().await.ok().map(|status| status.pid);
        match self.ask(&ControlRequest::ShutDown, ANSWER_LIMIT).await {
            // It may be gone before its answer is there; whether it is, is seen below.
            Ok(_) | Err(PlatformError::NoAnswer(_)) => {}
            Err(error) => return Err(error),
        }
        // It holds its lock to its last moment. Another one may take that over at once.
        let ended = async {
            while self.is_locked()
                && !matches!(self.status().await, Ok(other) if Some(other.pid) != pid)
            {
                tokio::time::sleep(LOOK).await;
            }
        };
        tokio::time::timeout(wait, ended)
            .await
            .map_err(|_| PlatformError::TimedOut(wait.as_secs()))
    }
}
