//! One step from here: starting its launcher, hearing its reports, asking for its end.

use std::process::Stdio;

use tekton::run::Exit;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::watch;

use super::launcher::{End, LAUNCH, Report, Request};
use super::{ProcessRunner, leftovers};

/// How long a step may take to end when it is asked to.
pub(super) const GRACE_MS: u64 = 10_000;

/// A step whose process is about to run.
#[derive(Debug)]
pub(super) struct RunningStep {
    launcher: Child,
    reports: Lines<BufReader<ChildStdout>>,
}

/// How a step that was started has ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// By itself or at its limit.
    By(Exit),
    /// Because it was asked to.
    Stopped,
}

impl RunningStep {
    /// Starts the launcher and waits until the log is there.
    ///
    /// # Errors
    /// Why the step does not run, as its end.
    pub(super) async fn start(runner: &ProcessRunner, request: &Request) -> Result<Self, Ended> {
        let not_started = |problem: String| Ended::By(Exit::NotStarted(problem));
        let mut launcher = Command::new(runner.executable())
            .arg(LAUNCH)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(|error| {
                not_started(format!(
                    "cannot start {}: {error}",
                    runner.executable().display()
                ))
            })?;
        let mut line = serde_json::to_vec(request)
            .map_err(|error| not_started(format!("cannot write the request: {error}")))?;
        line.push(b'\n');
        if let Some(input) = &mut launcher.stdin {
            let written = async {
                input.write_all(&line).await?;
                input.flush().await
            };
            let written: std::io::Result<()> = written.await;
            written.map_err(|error| not_started(format!("cannot write the request: {error}")))?;
        }
        let output = launcher
            .stdout
            .take()
            .ok_or_else(|| not_started("no reports".to_owned()))?;
        let mut step = Self {
            launcher,
            reports: BufReader::new(output).lines(),
        };
        match step.next_report().await {
            Some(Report::Started) => Ok(step),
            Some(Report::Ended(end)) => Err(ended(end)),
            None => Err(not_started("its launcher was killed".to_owned())),
        }
    }

    async fn next_report(&mut self) -> Option<Report> {
        let line = self.reports.next_line().await.ok().flatten()?;
        serde_json::from_str(&line).ok()
    }

    /// Waits for the end; asks for it when `stop` says so.
    pub(super) async fn wait(mut self, mut stop: watch::Receiver<bool>) -> Ended {
        let wish = async move {
            // A sender that is gone wishes for nothing.
            if stop.wait_for(|stop| *stop).await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        let early = tokio::select! {
            report = self.next_report() => Some(report),
            () = wish => None,
        };
        let report = if let Some(report) = early {
            report
        } else {
            if let Some(mut input) = self.launcher.stdin.take() {
                // A launcher that cannot be asked is gone, and the next report says so.
                let _ = input.write_all(b"\n").await;
                let _ = input.flush().await;
            }
            self.next_report().await
        };
        let _ = self.launcher.wait().await;
        match report {
            Some(Report::Ended(end)) => ended(end),
            // Somebody killed the launcher: its step may still run.
            Some(Report::Started) | None => {
                leftovers::end().await;
                Ended::By(Exit::Signal(9))
            }
        }
    }
}

fn ended(end: End) -> Ended {
    match end {
        End::Code(code) => Ended::By(Exit::Code(code)),
        End::Signal(signal) => Ended::By(Exit::Signal(signal)),
        End::TimedOut => Ended::By(Exit::TimedOut),
        End::Stopped => Ended::Stopped,
        End::NotStarted(problem) => Ended::By(Exit::NotStarted(problem)),
    }
}
