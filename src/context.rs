//! What a command may use.

use std::path::Path;

use crate::ports::Ports;
use crate::process::Process;
use crate::settings::{Home, Settings};
use crate::ui::Ui;

/// Handed to every command.
#[derive(Debug)]
pub struct Context<'a> {
    /// The process as it was started: folder, variables, clock.
    pub process: &'a Process,
    /// The resolved settings.
    pub settings: Settings,
    /// The two streams.
    pub ui: &'a Ui,
    /// The outside.
    pub ports: Ports,
}

impl Context<'_> {
    /// The folder of local state.
    pub fn home(&self) -> &Home {
        &self.settings.home.value
    }

    /// The folder the command was started in.
    pub fn current_dir(&self) -> &Path {
        self.process.current_dir()
    }
}
