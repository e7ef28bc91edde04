//! How a process becomes the local platform.

use std::fmt;
use std::io;
use std::path::PathBuf;

use async_trait::async_trait;

use crate::failure::{Code, Exit, Explain, Kind};
use crate::files::FileError;

/// Can make this process the local platform.
#[async_trait]
pub trait Host: Send + Sync + fmt::Debug {
    /// Takes the lock of the state folder and begins to serve on `port`, or the next free one. Needs a multi-thread runtime.
    ///
    /// # Errors
    /// Another process serves, no port is free, or a folder cannot be written.
    async fn serve(&self, port: u16) -> Result<Box<dyn Serving>, ServeError>;
}

/// The local platform in this process.
#[async_trait]
pub trait Serving: Send + Sync + fmt::Debug {
    /// The port of the gateway.
    fn port(&self) -> u16;

    /// How many instances of a killed resident were ended at the start.
    fn leftovers(&self) -> usize;

    /// Returns when another process asks for the end.
    async fn asked_to_end(&self);

    /// Ends: no new connections, answers under way are finished, then the apps end.
    async fn end(self: Box<Self>);
}

/// Why the resident cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another resident serves this folder, or the folder cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// No port is free.
    #[error("no port from {port} on is free")]
    NoPort {
        /// The first port that was tried.
        port: u16,
        /// The last answer.
        source: io::Error,
    },
    /// The control socket cannot be made.
    #[error("cannot listen on {}", path.display())]
    Socket {
        /// Its path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A thread cannot be started.
    #[error("cannot start a thread")]
    Thread(#[source] io::Error),
}

impl Explain for ServeError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::File(error) => error.code(),
            _ => Some(Code::CANNOT_SERVE),
        }
    }

    fn kind(&self) -> Kind {
        Kind::Outside
    }

    fn exit(&self) -> Exit {
        match self {
            Self::File(error) => error.exit(),
            _ => Exit::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::File(FileError::Locked { .. }) => {
                vec!["the local platform is running already; `landfall status` shows it, `landfall down` ends it".to_owned()]
            }
            Self::File(error) => error.hints(),
            Self::NoPort { .. } => vec!["name another with --port".to_owned()],
            Self::Socket { .. } => {
                vec!["a socket's path is short: a shorter LANDFALL_HOME may help".to_owned()]
            }
            Self::Thread(_) => Vec::new(),
        }
    }
}
