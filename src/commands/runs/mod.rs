//! What the commands about runs share: choosing one by what a person types, and following several.

mod following;
mod watching;

pub(super) use following::Following;
pub(super) use watching::{Show, Watch, verdict};

use crate::activity::orphans::abandoned;
use crate::activity::{PipelineActivity, derive};
use crate::context::Context;
use crate::failure::{Code, Exit, Failure};
use crate::ports::activities::{RunFilter, RunRecord};

/// What `-o name` prints before a name, and what every name may begin with.
pub(super) const KIND: &str = "activity";

/// The activity of a record as it is to be shown now.
pub(super) fn activity_of(context: &Context<'_>, record: &RunRecord) -> PipelineActivity {
    derive(record, abandoned(record, &*context.ports.owners).as_deref())
}

/// Finds the run that a person means: by the name of the activity or the run, by pipeline (its newest run), or
/// by a part of these if that leaves one pipeline. Without a name: the newest run of all.
pub(super) fn find_run(
    context: &Context<'_>,
    name: Option<&str>,
    build: Option<&str>,
) -> Result<RunRecord, Failure> {
    let store = &context.ports.activities;
    let typed = name.map(|name| {
        let rest = name.strip_prefix(KIND);
        rest.and_then(|rest| rest.strip_prefix('/')).unwrap_or(name)
    });
    // The label of the table works too: `acme/shop/main #7`.
    let (text, build) = match typed.and_then(|name| name.split_once(" #")) {
        Some((pipeline, number)) => (Some(pipeline), Some(number)),
        None => (typed, build),
    };
    if let (Some(text), None) = (text, build)
        && let Some(record) = store.get(text)?
    {
        return Ok(record);
    }
    let mut matching = store.list(&RunFilter {
        text: text.map(str::to_owned),
        build: build.map(str::to_owned),
        limit: text.is_none().then_some(1),
    })?;
    if matching
        .iter()
        .any(|record| Some(record.pipeline.as_str()) == text)
    {
        matching.retain(|record| Some(record.pipeline.as_str()) == text);
    }
    let newest = newest_of_each_pipeline(matching);
    match <[RunRecord; 1]>::try_from(newest) {
        Ok([record]) => Ok(record),
        Err(newest) if newest.is_empty() => Err(nothing_found(context, typed)?),
        Err(newest) => Err(ambiguous(typed.unwrap_or_default(), &newest)),
    }
}

/// Keeps the newest run of each pipeline, in the order of these.
pub(super) fn newest_of_each_pipeline(records: Vec<RunRecord>) -> Vec<RunRecord> {
    let mut newest: Vec<RunRecord> = Vec::new();
    for record in records {
        newest.retain(|known| known.pipeline != record.pipeline);
        newest.push(record);
    }
    newest
}

fn nothing_found(context: &Context<'_>, name: Option<&str>) -> Result<Failure, Failure> {
    let Some(name) = name else {
        return Ok(Failure::new("no pipeline has run yet")
            .code(Code::NOT_FOUND)
            .exit(Exit::NotFound)
            .hint("`landfall import` runs the first one"));
    };
    let records = context.ports.activities.list(&RunFilter::default())?;
    let known: Vec<String> = newest_of_each_pipeline(records)
        .into_iter()
        .map(|record| record.pipeline)
        .collect();
    Ok(Failure::not_found("activity", name, &known))
}

fn ambiguous(name: &str, candidates: &[RunRecord]) -> Failure {
    let names: Vec<&str> = candidates
        .iter()
        .map(|record| record.activity.as_str())
        .collect();
    Failure::usage(format!(
        "\"{name}\" could be one of {} pipelines",
        candidates.len()
    ))
    .hint(format!("the newest run of each: {}", names.join(", ")))
}
