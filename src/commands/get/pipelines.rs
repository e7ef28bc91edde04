//! `landfall get pipelines`

use serde::Serialize;

use crate::activity::{PipelineActivity, Status};
use crate::commands::runs::{activity_of, newest_of_each_pipeline};
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ports::activities::RunFilter;
use crate::ui::output::{OutputArgs, OutputFormat};
use crate::ui::pipeline_table;

/// The pipelines that have run, with the newest run of each
#[derive(Debug, clap::Args)]
pub struct PipelinesArgs {
    /// Only those with this text in their name
    #[arg(short, long, value_name = "TEXT")]
    filter: Option<String>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    name: &'a str,
    last_build: &'a str,
    status: &'a Status,
    activity: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    started: Option<jiff::Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    completed: Option<jiff::Timestamp>,
    #[serde(skip_serializing_if = "str::is_empty")]
    repository: &'a str,
}

pub(super) fn run(context: &Context<'_>, args: &PipelinesArgs) -> Result<Exit, Failure> {
    let records = context.ports.activities.list(&RunFilter::default())?;
    let mut records = newest_of_each_pipeline(records);
    if let Some(text) = &args.filter {
        records.retain(|record| record.pipeline.contains(text));
    }
    records.sort_by(|a, b| a.pipeline.cmp(&b.pipeline));
    let activities: Vec<PipelineActivity> = records
        .iter()
        .map(|record| activity_of(context, record))
        .collect();
    let text = match args.output.output {
        None | Some(OutputFormat::Wide) => {
            let now = context.ports.clock.now();
            pipeline_table(&activities, now, context.ui.is_colored())
        }
        Some(OutputFormat::Name) => {
            let names = records.iter().map(|record| &record.pipeline);
            context.ui.names("pipeline", names)?;
            return Ok(Exit::Done);
        }
        Some(format) => {
            let items: Vec<Item<'_>> = activities.iter().map(item).collect();
            context.ui.list(format, &items)?;
            return Ok(Exit::Done);
        }
    };
    context.ui.answer(&text)?;
    if activities.is_empty() {
        context.ui.say(match &args.filter {
            Some(text) => format!("no pipeline has \"{text}\" in its name"),
            None => "no pipeline has run yet; `landfall import` runs the first one".to_owned(),
        });
    }
    Ok(Exit::Done)
}

fn item(activity: &PipelineActivity) -> Item<'_> {
    let spec = &activity.spec;
    Item {
        name: &spec.pipeline,
        last_build: &spec.build,
        status: &spec.status,
        activity: &activity.metadata.name,
        started: spec.started_timestamp,
        completed: spec.completed_timestamp,
        repository: &spec.git_url,
    }
}
