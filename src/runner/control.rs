//! How one process ends a run that another one runs.
//!
//! A run holds a lock on `<name>.lock` as long as it runs; the system lets go of it when the process dies, however it
//! dies. Whoever wants the run to end writes how into `<name>.cancel` and waits for the lock.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tekton::run::CancelMode;
use thiserror::Error;

use crate::failure::{Code, Exit, Explain, Kind};
use crate::files::{self, FileError, Lock, WriteOptions};
use crate::ports::runner::CancelSender;

/// How long a run waits for others that only look whether it runs.
const GIVE_WAY: Duration = Duration::from_millis(200);
/// How often a run looks whether somebody wants it to end.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Why a run cannot be reached or registered.
#[derive(Debug, Error)]
pub enum ControlError {
    /// No process runs a run of that name.
    #[error("no pipeline run called \"{0}\" is running")]
    NotRunning(String),
    /// Another process runs one.
    #[error("a pipeline run called \"{0}\" is running already")]
    Running(String),
    /// The run did not end in time.
    #[error("\"{0}\" has not ended after {1} seconds")]
    TimedOut(String, u64),
    /// The files.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Explain for ControlError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::NotRunning(_) => Some(Code::NOT_FOUND),
            Self::Running(_) => Some(Code::LOCKED),
            Self::TimedOut(..) => None,
            Self::File(error) => error.code(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::File(error) => error.kind(),
            Self::NotRunning(_) | Self::Running(_) | Self::TimedOut(..) => Kind::User,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NotRunning(_) => Exit::NotFound,
            Self::Running(_) => Exit::Temporary,
            Self::TimedOut(..) => Exit::TimedOut,
            Self::File(error) => error.exit(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Running(name) => vec![format!("`landfall stop pipeline {name}` ends it")],
            Self::File(error) => error.hints(),
            Self::NotRunning(_) | Self::TimedOut(..) => Vec::new(),
        }
    }
}

/// The registration of a run that this process runs.
#[derive(Debug)]
pub struct RunControl {
    _lock: Lock,
    cancel: PathBuf,
}

impl RunControl {
    /// Registers a run below a folder.
    ///
    /// # Errors
    /// [`ControlError::Running`] if another process runs one of that name.
    pub fn register(folder: &Path, name: &str) -> Result<Self, ControlError> {
        let lock = Lock::acquire(
            &lock_file(folder, name),
            &format!("pipeline {name}"),
            GIVE_WAY,
        );
        let lock = lock.map_err(|error| match error {
            FileError::Locked { .. } => ControlError::Running(name.to_owned()),
            error => ControlError::File(error),
        })?;
        let cancel = cancel_file(folder, name);
        // Left over from a run that ended before it looked.
        files::remove_file(&cancel)?;
        Ok(Self {
            _lock: lock,
            cancel,
        })
    }

    /// Passes the wish to end on, whenever it comes; never returns.
    pub async fn listen(&self, sender: &CancelSender) {
        let mut known = None;
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let text = files::read_text_if_there(&self.cancel).ok().flatten();
            let mode = text.and_then(|text| CancelMode::parse(text.trim()));
            if mode.is_some() && mode != known {
                known = mode;
                if let Some(mode) = mode {
                    sender.cancel(mode);
                }
            }
        }
    }
}

impl Drop for RunControl {
    fn drop(&mut self) {
        // What is left over is removed by the next run of the name.
        let _ = files::remove_file(&self.cancel);
    }
}

/// Asks a run to end and waits until it has.
///
/// # Errors
/// [`ControlError::NotRunning`]; [`ControlError::TimedOut`] after `limit`.
pub async fn stop(
    folder: &Path,
    name: &str,
    mode: CancelMode,
    limit: Option<Duration>,
) -> Result<(), ControlError> {
    let lock_file = lock_file(folder, name);
    let is_running = || match Lock::acquire(&lock_file, "looking", Duration::ZERO) {
        Ok(_) => Ok(false),
        Err(FileError::Locked { .. }) => Ok(true),
        Err(error) => Err(ControlError::File(error)),
    };
    if !lock_file.exists() || !is_running()? {
        return Err(ControlError::NotRunning(name.to_owned()));
    }
    let options = WriteOptions::default();
    files::write_atomic(
        &cancel_file(folder, name),
        mode.as_str().as_bytes(),
        options,
    )?;
    let started = Instant::now();
    while is_running()? {
        if let Some(limit) = limit.filter(|limit| started.elapsed() > *limit) {
            return Err(ControlError::TimedOut(name.to_owned(), limit.as_secs()));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok(())
}

/// Names are checked at admission: they hold no separators.
fn lock_file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{}.lock", plain(name)))
}

fn cancel_file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{}.cancel", plain(name)))
}

/// The name as one part of a path, whatever was typed.
fn plain(name: &str) -> String {
    name.replace('/', "_")
}
