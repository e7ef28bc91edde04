//! [`BuilderProgram`]: podman and buildah, which take the same arguments for a build.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::ports::image_builder::{Builder, BuilderError, ImageBuilder};

/// Starts the program that `PATH` leads to.
#[derive(Debug, Clone)]
pub struct BuilderProgram {
    environment: BTreeMap<OsString, OsString>,
}

impl BuilderProgram {
    /// The program gets this environment.
    pub fn new(environment: BTreeMap<OsString, OsString>) -> Self {
        Self { environment }
    }
}

impl ImageBuilder for BuilderProgram {
    fn build(
        &self,
        builder: Builder,
        dockerfile: &Path,
        folder: &Path,
        tag: &str,
    ) -> Result<(), BuilderError> {
        let status = Command::new(builder.to_string())
            .args(["build", "--tag", tag, "--file"])
            .arg(dockerfile)
            .arg(folder)
            .env_clear()
            .envs(&self.environment)
            .stdin(Stdio::null())
            // Standard output is the answer of the command that asks.
            .stdout(Stdio::from(io::stderr()))
            .status()
            .map_err(|source| BuilderError::Start { builder, source })?;
        if status.success() {
            return Ok(());
        }
        Err(BuilderError::Failed {
            builder,
            dockerfile: dockerfile.to_owned(),
            status,
        })
    }
}
