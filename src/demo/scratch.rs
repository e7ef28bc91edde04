//! The scratch folder of a demo: an app's repository, a `LANDFALL_HOME` of its own, children that run in them, and the end of both.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;

use crate::failure::{Explain, Kind};
use crate::files::{self, FileError};

/// Why the demo stopped.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A command of the story failed.
    #[error("`{command}` failed in {}:\n{output}", folder.display())]
    Command {
        /// What was typed.
        command: String,
        /// Where.
        folder: PathBuf,
        /// What it printed on stderr, or on stdout when that is all there is.
        output: String,
    },
    /// A command of the story could not be started.
    #[error("cannot start {program}: {source}")]
    Start {
        /// The program.
        program: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// An answer was not what it should be.
    #[error("`{command}` answered something else than expected: {problem}")]
    Answer {
        /// What was typed.
        command: String,
        /// What is wrong with the answer.
        problem: String,
    },
    /// Something did not happen in time.
    #[error("{what} did not happen within {} s", limit.as_secs())]
    TimedOut {
        /// What was waited for.
        what: String,
        /// How long.
        limit: Duration,
    },
    /// The app did not answer as it should.
    #[error("{url}: {problem}")]
    Request {
        /// The request.
        url: String,
        /// What went wrong.
        problem: String,
    },
    /// The scratch folder cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Explain for DemoError {
    fn kind(&self) -> Kind {
        Kind::Outside
    }

    fn hints(&self) -> Vec<String> {
        vec!["`landfall demo --keep` leaves the scratch folder for a look".to_owned()]
    }
}

/// The folder and how children are started in it.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    temporary: Option<TempDir>,
    program: PathBuf,
    environment: Vec<(OsString, OsString)>,
}

impl Scratch {
    /// Makes the folder. `program` is landfall itself, `environment` the caller's.
    ///
    /// # Errors
    /// A temporary folder that cannot be made.
    pub fn new(
        program: &Path,
        environment: Vec<(OsString, OsString)>,
        keep: bool,
    ) -> Result<Self, DemoError> {
        let temporary = tempfile::Builder::new()
            .prefix("landfall-demo-")
            .tempdir()
            .map_err(|source| DemoError::Start {
                program: "the demo: no temporary folder".to_owned(),
                source,
            })?;
        let folder = temporary.path().to_owned();
        let temporary = if keep {
            let _ = temporary.keep();
            None
        } else {
            Some(temporary)
        };
        let scratch = Self {
            folder,
            temporary,
            program: program.to_owned(),
            environment,
        };
        files::create_dir_all(&scratch.app())?;
        Ok(scratch)
    }

    /// The whole folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The app's repository.
    pub fn app(&self) -> PathBuf {
        self.folder.join("hello")
    }

    fn command(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.app())
            .env_clear()
            .envs(
                self.environment
                    .iter()
                    .filter(|(name, _)| !name.to_string_lossy().starts_with("LANDFALL_"))
                    .cloned(),
            )
            .env("LANDFALL_HOME", self.folder.join("state"))
            .env("LANDFALL_ORG", "demo")
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        for name in ["LANDFALL_PORT", "LANDFALL_PACKS"] {
            if let Some((_, value)) = self.environment.iter().find(|(known, _)| known == name) {
                command.env(name, value);
            }
        }
        command
    }

    /// Runs git in the app's folder.
    ///
    /// # Errors
    /// A git that fails or is missing.
    pub async fn git(&self, arguments: &[&str]) -> Result<String, DemoError> {
        self.finish("git", self.command(Path::new("git"), arguments), arguments)
            .await
    }

    /// Runs landfall in the app's folder and returns its standard output.
    ///
    /// # Errors
    /// A command that fails, with what it printed.
    pub async fn landfall(&self, arguments: &[&str]) -> Result<String, DemoError> {
        self.finish(
            "landfall",
            self.command(&self.program, arguments),
            arguments,
        )
        .await
    }

    /// Runs landfall with `-o json` and reads the answer.
    ///
    /// # Errors
    /// As [`Scratch::landfall`], or an answer that is no JSON.
    pub async fn json(&self, arguments: &[&str]) -> Result<Value, DemoError> {
        let arguments = [arguments, &["-o", "json"]].concat();
        let text = self.landfall(&arguments).await?;
        serde_json::from_str(&text).map_err(|error| DemoError::Answer {
            command: format!("landfall {}", arguments.join(" ")),
            problem: error.to_string(),
        })
    }

    async fn finish(
        &self,
        name: &str,
        mut command: Command,
        arguments: &[&str],
    ) -> Result<String, DemoError> {
        let output = command.output().await.map_err(|source| DemoError::Start {
            program: name.to_owned(),
            source,
        })?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = if output.stderr.is_empty() {
            text(&output.stdout)
        } else {
            text(&output.stderr)
        };
        Err(DemoError::Command {
            command: format!("{name} {}", arguments.join(" ")),
            folder: self.app(),
            output: said,
        })
    }

    /// Ends the local platform of the demo and removes the folder, unless it is kept. Fine after a failure, and twice.
    pub async fn clean_up(&mut self) {
        // A platform that never started has nothing to end.
        let _ = self.landfall(&["down"]).await;
        if let Some(temporary) = self.temporary.take() {
            let _ = temporary.close();
        }
    }
}
