//! The local platform as other landfall processes see it: through the control socket of its resident process.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;

use crate::ports::platform::{
    Application, Applied, CONTROL_SOCKET, ControlReply, ControlRequest, Instance, Platform,
    PlatformError, PlatformStatus,
};

/// How long a question that needs no work may take.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);
/// The pause between looks at whether the resident has ended.
const LOOK: Duration = Duration::from_millis(20);

/// The resident process of one `LANDFALL_HOME`; making this value does nothing.
#[derive(Clone, Debug)]
pub struct LocalPlatform {
    socket: PathBuf,
}

impl LocalPlatform {
    /// The platform whose run folder is `run`.
    pub fn new(run: PathBuf) -> Self {
        Self {
            socket: run.join(CONTROL_SOCKET),
        }
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
        wait: Duration,
    ) -> Result<Applied, PlatformError> {
        let request = ControlRequest::Apply {
            environment: environment.to_owned(),
            commit: commit.map(str::to_owned),
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

    async fn shut_down(&self, wait: Duration) -> Result<(), PlatformError> {
        self.ask(&ControlRequest::ShutDown, ANSWER_LIMIT).await?;
        let ended = async {
            while UnixStream::connect(&self.socket).await.is_ok() {
                tokio::time::sleep(LOOK).await;
            }
        };
        tokio::time::timeout(wait, ended)
            .await
            .map_err(|_| PlatformError::TimedOut(wait.as_secs()))
    }
}
