//! `landfall get activities`

use crate::activity::PipelineActivity;
use crate::commands::runs::{Following, KIND, Show, Watch, activity_of, verdict};
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ports::activities::RunFilter;
use crate::ui::ActivityTable;
use crate::ui::output::{OutputArgs, OutputFormat};

/// Pipeline runs and promotions with their stages and steps, newest last
///
/// With --watch a terminal is drawn anew whenever something changes; a pipe gets the block of each activity
/// again when it is different, or with -o jsonl one event a line: {"seq","type","object"}.
///
/// Examples:
///   landfall get activities --filter shop --watch
///   landfall get activities --limit 5 -o json
///   landfall get activities -f acme/shop/main --build 7 --watch --exit-status
///
/// Exit status with --exit-status: 0 when all that were shown succeeded, 10 when one failed, 11 when one was
/// cancelled, 8 when one has not ended (without --watch).
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct ActivitiesArgs {
    /// Only those with this text in their name or pipeline
    #[arg(short, long, value_name = "TEXT")]
    filter: Option<String>,
    /// Only this build number
    #[arg(long, value_name = "N")]
    build: Option<String>,
    /// Only the newest so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Go on and show what changes
    #[arg(short, long)]
    watch: bool,
    /// Sort by the time of the start; what has not started comes last
    #[arg(short, long, conflicts_with = "watch")]
    sort: bool,
    /// End as the runs end: with --watch once all have, with the worst outcome as the status. What ended
    /// before a newer run of the same pipeline is left out then, unless --build or --limit choose
    #[arg(long)]
    exit_status: bool,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

pub(super) async fn run(context: &Context<'_>, args: &ActivitiesArgs) -> Result<Exit, Failure> {
    let filter = RunFilter {
        text: args.filter.clone(),
        build: args.build.clone(),
        limit: args.limit,
    };
    if !args.watch {
        return list(context, args, &filter);
    }
    let show = match args.output.output {
        None => Show::Table,
        Some(OutputFormat::Wide) => Show::Wide,
        Some(OutputFormat::Jsonl) => Show::Events,
        Some(OutputFormat::Json | OutputFormat::Yaml | OutputFormat::Name) => {
            return Err(
                Failure::usage("a watch has no end that such an answer could have")
                    .hint("use -o jsonl: one event a line"),
            );
        }
    };
    let narrow = args.exit_status && args.build.is_none() && args.limit.is_none();
    let watch = Watch {
        following: Following::new(context, filter, narrow),
        show,
        until_ended: args.exit_status,
        waiting_for: match &args.filter {
            Some(text) => format!("waiting for an activity with \"{text}\" in its name"),
            None => "waiting for an activity".to_owned(),
        },
    };
    watch.run(context).await
}

fn list(context: &Context<'_>, args: &ActivitiesArgs, filter: &RunFilter) -> Result<Exit, Failure> {
    let records = context.ports.activities.list(filter)?;
    let records = records.iter().map(|record| activity_of(context, record));
    let mut activities: Vec<PipelineActivity> = records.collect();
    if args.sort {
        activities.sort_by_key(|activity| {
            let started = activity.spec.started_timestamp;
            (started.is_none(), started)
        });
    }
    match args.output.output {
        None | Some(OutputFormat::Wide) => {
            let wide = args.output.output.is_some();
            let mut table = ActivityTable::new(context.ui.is_colored(), wide);
            let text = table.whole(&activities, context.ports.clock.now());
            context.ui.answer(&text)?;
            if activities.is_empty() {
                context.ui.say(match &args.filter {
                    Some(text) => format!("no activity has \"{text}\" in its name"),
                    None => "no activity yet; `landfall import` runs the first pipeline".to_owned(),
                });
            }
        }
        Some(OutputFormat::Name) => {
            let names = activities.iter().map(|one| &one.metadata.name);
            context.ui.names(KIND, names)?;
        }
        Some(format) => context.ui.list(format, &activities)?,
    }
    if !args.exit_status {
        return Ok(Exit::Done);
    }
    Ok(match verdict(&activities) {
        Some(exit) => exit,
        None if activities.is_empty() => Exit::NotFound,
        None => Exit::Pending,
    })
}
