//! The layout of `LANDFALL_HOME`: one method per folder or file, so that no path is spelled twice.

use std::path::{Path, PathBuf};

/// The folder of local state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home(PathBuf);

impl Home {
    /// The state below `root`; nothing is created.
    pub fn new(root: PathBuf) -> Self {
        Self(root)
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.0
    }

    /// Bare repositories, pull requests and statuses of the local forge.
    pub fn forge(&self) -> PathBuf {
        self.0.join("forge")
    }

    /// Activities, events and build numbers.
    pub fn database(&self) -> PathBuf {
        self.0.join("state.db")
    }

    /// One text file per pipeline step, one per app instance.
    pub fn logs(&self) -> PathBuf {
        self.0.join("logs")
    }

    /// The folders of pipeline runs.
    pub fn runs(&self) -> PathBuf {
        self.0.join("runs")
    }

    /// Charts and images.
    pub fn artifacts(&self) -> PathBuf {
        self.0.join("artifacts")
    }

    /// Events written by Git hooks and not yet handled.
    pub fn spool(&self) -> PathBuf {
        self.0.join("spool")
    }

    /// Lock files.
    pub fn locks(&self) -> PathBuf {
        self.0.join("locks")
    }

    /// The resident process: lock, control socket, log.
    pub fn run(&self) -> PathBuf {
        self.0.join("run")
    }

    /// The registered environments.
    pub fn environments(&self) -> PathBuf {
        self.0.join("environments.yaml")
    }
}
