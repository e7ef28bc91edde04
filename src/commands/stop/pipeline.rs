//! `landfall stop pipeline`

use std::time::Duration;

use tekton::run::CancelMode;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::runner::control;

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Grace {
    /// Stop what runs, then run finally
    #[value(name = "CancelledRunFinally")]
    CancelledRunFinally,
    /// Let what runs end by itself, start nothing more, then run finally
    #[value(name = "StoppedRunFinally")]
    StoppedRunFinally,
}

/// Cancel a pipeline run and wait until it has ended
///
/// Without --grace everything stops and finally does not run, as with Tekton's `Cancelled`.
#[derive(Debug, clap::Args)]
pub struct StopPipelineArgs {
    /// The run's name
    #[arg(value_name = "NAME")]
    name: String,
    /// End it more gently
    #[arg(long, value_name = "HOW", value_enum)]
    grace: Option<Grace>,
    /// Give up waiting after so many seconds; the run still ends
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
}

pub(super) async fn run(context: &Context<'_>, args: &StopPipelineArgs) -> Result<Exit, Failure> {
    let mode = match args.grace {
        None => CancelMode::Cancelled,
        Some(Grace::CancelledRunFinally) => CancelMode::CancelledRunFinally,
        Some(Grace::StoppedRunFinally) => CancelMode::StoppedRunFinally,
    };
    let folder = context.home().run().join("pipelines");
    let limit = args.timeout.map(Duration::from_secs);
    control::stop(&folder, &args.name, mode, limit).await?;
    context.ui.say(format!("{} has ended", args.name));
    Ok(Exit::Done)
}
