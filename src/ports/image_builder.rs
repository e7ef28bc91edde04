//! Who builds a Dockerfile: [`ImageBuilder`].

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::failure::{Code, Exit, Explain, Kind};

/// Builds container images with a program of the machine.
pub trait ImageBuilder: Send + Sync + fmt::Debug {
    /// Builds `dockerfile` with the files of `folder`, and names the image `tag`. What the program says goes to standard error.
    ///
    /// # Errors
    /// A program that is not there, or that fails.
    fn build(
        &self,
        builder: Builder,
        dockerfile: &Path,
        folder: &Path,
        tag: &str,
    ) -> Result<(), BuilderError>;
}

/// The programs that can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Builder {
    /// podman build
    Podman,
    /// buildah build
    Buildah,
}

impl FromStr for Builder {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Podman, Self::Buildah]
            .into_iter()
            .find(|builder| builder.to_string() == text)
            .ok_or_else(|| "podman or buildah is expected".to_owned())
    }
}

impl fmt::Display for Builder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Podman => "podman",
            Self::Buildah => "buildah",
        })
    }
}

/// Why an image was not built.
#[derive(Debug, thiserror::Error)]
pub enum BuilderError {
    /// The program cannot be started.
    #[error("cannot run {builder}")]
    Start {
        /// Which.
        builder: Builder,
        /// Why.
        source: io::Error,
    },
    /// The program says no.
    #[error("{builder} did not build {}: it ended with {status}", dockerfile.display())]
    Failed {
        /// Which.
        builder: Builder,
        /// What it was to build.
        dockerfile: PathBuf,
        /// How it ended.
        status: std::process::ExitStatus,
    },
}

impl Explain for BuilderError {
    fn code(&self) -> Option<Code> {
        None
    }

    fn kind(&self) -> Kind {
        Kind::Outside
    }

    fn exit(&self) -> Exit {
        Exit::Failed
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Start { builder, .. } => vec![format!(
                "install {builder}, or leave --builder out: the local image needs none"
            )],
            Self::Failed { .. } => vec!["the lines above are the builder's own".to_owned()],
        }
    }
}
