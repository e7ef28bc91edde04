//! `landfall config`

mod view;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// Show the settings
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print every setting
    View(view::ViewArgs),
}

impl ConfigCommand {
    pub(super) fn is_json(&self) -> bool {
        let Self::View(args) = self;
        args.output.is_json()
    }
}

pub(super) fn run(context: &Context<'_>, command: ConfigCommand) -> Result<Exit, Failure> {
    match command {
        ConfigCommand::View(args) => view::run(context, &args),
    }
}
