//! `landfall start`

mod failed_steps;
mod pipeline;
mod progress;
mod working_tree;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// What can be started.
#[derive(Debug, Subcommand)]
pub enum StartCommand {
    /// Run a pipeline here
    #[command(visible_alias = "pipelines")]
    Pipeline(pipeline::StartPipelineArgs),
}

impl StartCommand {
    pub(super) fn is_json(&self) -> bool {
        let Self::Pipeline(args) = self;
        args.output.is_json()
    }
}

pub(super) async fn run(context: &Context<'_>, command: StartCommand) -> Result<Exit, Failure> {
    let StartCommand::Pipeline(args) = command;
    pipeline::run(context, &args).await
}
