//! The control socket: one JSON request a line, one JSON answer a line.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Notify, watch};

use crate::ports::platform::control::{ControlReply, ControlRequest};
use crate::ports::platform::{Applied, PlatformError, PlatformStatus};

use super::estate::Estate;
use super::reconcile::Reconciler;

/// A longer request is refused.
const REQUEST_LIMIT: u64 = 64 << 10;

/// Answers what other processes ask.
#[derive(Debug)]
pub(super) struct Control {
    pub(super) estate: Arc<Estate>,
    pub(super) reconciler: Arc<Reconciler>,
    pub(super) port: u16,
    pub(super) started: jiff::Timestamp,
    pub(super) nudged: Arc<Notify>,
    pub(super) tasks_nudged: Arc<Notify>,
    pub(super) end: watch::Sender<bool>,
}

/// Listens at `path`, for this user only. A socket that a killed resident left is replaced: the lock says that nobody uses it.
pub(super) fn listen(path: &Path) -> io::Result<UnixListener> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

impl Control {
    /// Answers until the resident has ended.
    pub(super) async fn run(self: Arc<Self>, listener: UnixListener) {
        loop {
            if let Ok((stream, _)) = listener.accept().await {
                let control = Arc::clone(&self);
                tokio::spawn(async move {
                    // A client that breaks off is its own affair.
                    let _ = control.converse(stream).await;
                });
            } else {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }

    async fn converse(&self, stream: UnixStream) -> io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut read = BufReader::new(read);
        loop {
            let mut line = String::new();
            if (&mut read).take(REQUEST_LIMIT).read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let reply = match serde_json::from_str(&line) {
                Ok(request) => self.answer(request).await,
                Err(error) => ControlReply::Failed(PlatformError::NoAnswer(format!(
                    "it does not understand: {error}"
                ))),
            };
            let mut text = serde_json::to_vec(&reply).map_err(io::Error::other)?;
            text.push(b'\n');
            write.write_all(&text).await?;
        }
    }

    async fn answer(&self, request: ControlRequest) -> ControlReply {
        match request {
            ControlRequest::Status => ControlReply::Status(self.status()),
            ControlRequest::Instances => ControlReply::Instances(self.estate.instances()),
            ControlRequest::Applications => {
                ControlReply::Applications(self.estate.applications(None, self.port))
            }
            ControlRequest::Apply {
                environment,
                commit,
                apps,
                wait,
            } => {
                let wait = Duration::from_millis(wait);
                self.apply(&environment, commit.as_deref(), apps.as_ref(), wait)
                    .await
                    .map_or_else(ControlReply::Failed, ControlReply::Applied)
            }
            ControlRequest::Nudge => {
                self.nudged.notify_one();
                self.tasks_nudged.notify_waiters();
                ControlReply::Done
            }
            ControlRequest::ShutDown => {
                self.end.send_replace(true);
                ControlReply::Done
            }
        }
    }

    fn status(&self) -> PlatformStatus {
        PlatformStatus {
            pid: std::process::id(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            started: self.started,
            gateway: format!("http://localhost:{}", self.port),
            port: self.port,
            environments: self.estate.environments(),
            not_simulated: self.estate.not_simulated(None),
        }
    }

    async fn apply(
        &self,
        environment: &str,
        commit: Option<&str>,
        apps: Option<&BTreeSet<String>>,
        wait: Duration,
    ) -> Result<Applied, PlatformError> {
        let commit = self.reconciler.apply(environment, commit).await?;
        let mut waited_for = self.estate.apps(Some(environment));
        waited_for.retain(|app| apps.is_none_or(|apps| apps.contains(&app.name)));
        let settled = join_all(waited_for.iter().map(|app| app.settled()));
        // An app that a later commit brings meanwhile is not waited for, and may still be starting.
        let timed_out = tokio::time::timeout(wait, settled).await.is_err();
        Ok(Applied {
            commit,
            timed_out,
            applications: self.estate.applications(Some(environment), self.port),
            not_simulated: self.estate.not_simulated(Some(environment)),
        })
    }
}
