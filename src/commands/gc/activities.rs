//! `landfall gc activities`

use std::collections::HashMap;

use jiff::SignedDuration;
use serde::Serialize;

use crate::activity::PipelineActivity;
use crate::commands::runs::{KIND, activity_of};
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::ports::activities::RunFilter;
use crate::ui::count;
use crate::ui::output::{OutputArgs, OutputFormat};

/// Remove old runs with their logs and folders
///
/// Of each pipeline the newest ones are kept, and so is every run that has not ended. Build numbers are not used
/// again.
#[derive(Debug, clap::Args)]
pub struct ActivitiesArgs {
    /// How many runs of each pipeline to keep
    #[arg(long, value_name = "N", default_value_t = 20)]
    keep: usize,
    /// Only runs that ended more than so many days ago
    #[arg(long, value_name = "DAYS")]
    older_than: Option<u32>,
    /// Only say what would be removed
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Removed {
    activity: String,
    run: String,
    pipeline: String,
    build: String,
}

pub(super) fn run(context: &Context<'_>, args: &ActivitiesArgs) -> Result<Exit, Failure> {
    let records = context.ports.activities.list(&RunFilter::default())?;
    let mut newer: HashMap<String, usize> = HashMap::new();
    let mut removed = Vec::new();
    for record in records.iter().rev() {
        let newer = newer.entry(record.pipeline.clone()).or_default();
        *newer += 1;
        if *newer > args.keep && may_go(context, args, &activity_of(context, record)) {
            removed.push(Removed {
                activity: record.activity.clone(),
                run: record.name.clone(),
                pipeline: record.pipeline.clone(),
                build: record.build.clone(),
            });
        }
    }
    removed.reverse();
    if !args.dry_run {
        for item in &removed {
            remove(context, &item.run)?;
        }
    }
    show(context, args, &removed)?;
    Ok(Exit::Done)
}

fn may_go(context: &Context<'_>, args: &ActivitiesArgs, activity: &PipelineActivity) -> bool {
    let spec = &activity.spec;
    let ended = spec.completed_timestamp.or(spec.started_timestamp);
    let is_old = args.older_than.is_none_or(|days| {
        let limit = SignedDuration::from_hours(24 * i64::from(days));
        ended.is_some_and(|ended| context.ports.clock.now().duration_since(ended) > limit)
    });
    spec.status.is_terminal() && is_old
}

/// The record goes last: what is cut short is found again by the next call.
fn remove(context: &Context<'_>, run: &str) -> Result<(), Failure> {
    context.ports.logs.delete(run)?;
    let runs = context.home().runs();
    if files::list_dir(&runs)?.contains(&runs.join(run)) {
        files::remove_dir_all(&runs.join(run))?;
    }
    context.ports.activities.delete(run)?;
    Ok(())
}

fn show(context: &Context<'_>, args: &ActivitiesArgs, removed: &[Removed]) -> Result<(), Failure> {
    let text = match args.output.output {
        Some(OutputFormat::Name) => {
            let names = removed.iter().map(|item| &item.activity);
            return context.ui.names(KIND, names);
        }
        None | Some(OutputFormat::Wide) => {
            let done = if args.dry_run {
                "would be removed"
            } else {
                "removed"
            };
            let lines = removed
                .iter()
                .map(|item| format!("{} #{} {done}\n", item.pipeline, item.build));
            context
                .ui
                .verbose(format!("{} looked at", count(removed.len(), "old run")));
            lines.collect::<String>()
        }
        Some(format) => return context.ui.list(format, removed),
    };
    context.ui.answer(&text)
}
