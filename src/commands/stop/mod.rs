//! `landfall stop`

mod pipeline;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// What can be stopped.
#[derive(Debug, Subcommand)]
pub enum StopCommand {
    /// Cancel a pipeline run and wait until it has ended
    #[command(visible_alias = "pipelines")]
    Pipeline(pipeline::StopPipelineArgs),
}

pub(super) async fn run(context: &Context<'_>, command: StopCommand) -> Result<Exit, Failure> {
    let StopCommand::Pipeline(args) = command;
    pipeline::run(context, &args).await
}
