//! Pipelines as processes of this machine.
//!
//! `crates/tekton` decides what happens; this does it. One run is one `engine` loop; each step is a process below a
//! small supervisor of its own, this same program started as [`launcher`], which gives the step its view of the file
//! system and lets nothing of it outlive it.

mod clock;
pub mod control;
mod engine;
mod environment;
mod hands;
mod isolation;
pub mod launcher;
mod layout;
mod leftovers;
mod pod;
mod simulated;
mod step;

use std::path::{Path, PathBuf};

use async_trait::async_trait;

use crate::ports::runner::{RunError, RunEvents, RunOutcome, RunRequest, Runner};
use crate::process::Process;

/// Runs steps as processes, with or without a view of their own.
#[derive(Debug, Clone)]
pub struct ProcessRunner {
    executable: PathBuf,
    environment: Vec<(String, String)>,
}

impl ProcessRunner {
    /// A runner whose steps get what they need of this process's environment.
    pub fn new(process: &Process) -> Self {
        Self {
            executable: process.executable().to_owned(),
            environment: environment::passed_on(process),
        }
    }

    fn executable(&self) -> &Path {
        &self.executable
    }
}

#[async_trait]
impl Runner for ProcessRunner {
    async fn run(
        &self,
        request: RunRequest,
        events: &dyn RunEvents,
    ) -> Result<RunOutcome, RunError> {
        engine::run(self, request, events).await
    }
}
