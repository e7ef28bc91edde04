//! `landfall watch`

use crate::commands::runs::{Following, Show, Watch, find_run};
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ui::output::{OutputArgs, OutputFormat};

/// Watch one activity until it ends
///
/// Without a name: the newest one. Leaving with Ctrl-C stops the watching, not the run.
///
/// Exit status with --exit-status: 0 when it succeeded, 10 when it failed, 11 when it was cancelled.
#[derive(Debug, clap::Args)]
pub struct WatchArgs {
    /// The activity, its run, its pipeline, or a part of the name of one
    activity: Option<String>,
    /// The build number, where the name is that of a pipeline
    #[arg(long, value_name = "N")]
    build: Option<String>,
    /// End with the run's outcome as the status
    #[arg(long)]
    exit_status: bool,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

pub(super) async fn run(context: &Context<'_>, args: &WatchArgs) -> Result<Exit, Failure> {
    let show = match args.output.output {
        None => Show::Table,
        Some(OutputFormat::Wide) => Show::Wide,
        Some(OutputFormat::Jsonl) => Show::Events,
        Some(_) => {
            return Err(Failure::usage(
                "a watch is printed as a table or with -o jsonl",
            ));
        }
    };
    let record = find_run(context, args.activity.as_deref(), args.build.as_deref())?;
    let watch = Watch {
        following: Following::of_run(context, &record.name),
        show,
        until_ended: true,
        waiting_for: String::new(),
    };
    let exit = watch.run(context).await?;
    Ok(match exit {
        Exit::RunFailed | Exit::RunCancelled if !args.exit_status => Exit::Done,
        exit => exit,
    })
}
