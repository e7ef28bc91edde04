//! Why an event could not be handled.

use crate::failure::{Code, Explain, Kind};
use crate::files::FileError;
use crate::ports::activities::StoreError;
use crate::ports::forge::ForgeError;
use crate::ports::git::GitError;

/// An event that could not be handled. It stays and is tried again.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// The forge.
    #[error(transparent)]
    Forge(#[from] ForgeError),
    /// The repository.
    #[error(transparent)]
    Git(#[from] GitError),
    /// The record of runs.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The run's files.
    #[error(transparent)]
    File(#[from] FileError),
    /// A thread that removed them.
    #[error("the run's folder was not removed: {0}")]
    Thread(#[from] tokio::task::JoinError),
    /// The run's control.
    #[error(transparent)]
    Control(#[from] crate::runner::control::ControlError),
}

impl Explain for EventError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::Forge(error) => error.code(),
            Self::Git(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::File(error) => error.code(),
            Self::Control(error) => error.code(),
            Self::Thread(_) => None,
        }
    }

    fn kind(&self) -> Kind {
        Kind::Outside
    }
}
