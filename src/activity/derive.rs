//! From a stored run to its `PipelineActivity`.
//!
//! One stage per Tekton task with its steps, then the promotions. The status of a run and of its tasks is what
//! Tekton's condition says; only what no pipeline runs is rolled up from its parts. jx writes the same shape
//! (jenkins-x-plugins/jx-build-controller `pkg/cmd/controller/tekton`): a stage is the task's name with dashes
//! as spaces, a step's name is written in words. Unlike jx no stage is ever made up.

use jiff::Timestamp;
use serde_json::Value;

use super::identity::RunIdentity;
use super::model::{
    API_VERSION, ActivitySpec, ActivityState, KIND, Metadata, PipelineActivity, Step,
};
use super::stages::{Task, tasks};
use super::status::Status;
use crate::ports::activities::RunRecord;

/// Annotation of a PipelineRun: the version that it released, where no result of that name says so.
pub const VERSION: &str = "landfall.dev/version";

/// The result, of the pipeline or of a task, that holds the version being released.
const VERSION_RESULT: &str = "version";

/// Derives the activity of a stored run.
///
/// `orphan` says why nobody will end the run any more, if so (see [`super::orphans`]): what had not ended is
/// then shown as aborted, with that message. What cannot be read in an object counts as not said.
pub fn derive(record: &RunRecord, orphan: Option<&str>) -> PipelineActivity {
    if record.object["kind"] == KIND {
        return of_activity(record, orphan);
    }
    let tasks = tasks(record, orphan.is_some());
    let outcome = Outcome::of(&record.object, orphan);
    let identity = RunIdentity::of(&record.object);
    let version = version(record);
    let status = &record.object["status"];
    let completed = timestamp(&status["completionTime"]).or_else(|| {
        let last = tasks.iter().filter_map(Task::completed).max();
        last.filter(|_| outcome.status.is_terminal())
    });
    let spec = ActivitySpec {
        pipeline: record.pipeline.clone(),
        build: record.build.clone(),
        version: version.clone(),
        status: outcome.status,
        message: outcome.message,
        started_timestamp: timestamp(&status["startTime"]),
        completed_timestamp: completed,
        steps: steps(&tasks, record),
        git_branch: identity.branch_name(),
        git_url: identity.repository_url,
        git_repository: identity.repository,
        git_owner: identity.owner,
        last_commit_sha: identity.sha,
        last_commit_message: identity.sha_title,
        context: identity.context,
        ..ActivitySpec::default()
    };
    PipelineActivity {
        api_version: API_VERSION.to_owned(),
        kind: KIND.to_owned(),
        metadata: metadata(record, &spec),
        spec,
        status: ActivityState {
            version,
            run: record.name.clone(),
            reason: outcome.reason,
            tasks: tasks.into_iter().map(|task| task.state).collect(),
            ..ActivityState::default()
        },
    }
}

/// How an object that has Tekton's `Succeeded` condition stands.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) status: Status,
    pub(super) reason: String,
    pub(super) message: String,
}

impl Outcome {
    /// Reads the condition of a PipelineRun or TaskRun. No condition: nobody has looked at it yet.
    pub(super) fn of(object: &Value, orphan: Option<&str>) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut conditions = object["status"]["conditions"]
            .as_array()
            .into_iter()
            .flatten();
        let condition = conditions.find(|condition| condition["type"] == "Succeeded");
        let (reason, message) = condition.map_or_else(Default::default, |condition| {
            (text(&condition["reason"]), text(&condition["message"]))
        });
        let word = condition.and_then(|condition| condition["status"].as_str());
        let status = match (word, reason.as_str()) {
            (Some("True"), _) => Status::Succeeded,
            (Some("False"), "Cancelled" | "TaskRunCancelled") => Status::Cancelled,
            (Some("False"), "PipelineRunTimeout" | "TaskRunTimeout") => Status::TimedOut,
            (Some("False"), _) if aborted(object) => Status::Aborted,
            (Some("False"), _) => Status::Failed,
            (None, _) | (Some(_), "Pending" | "PipelineRunPending") => Status::Pending,
            (Some(_), _) => Status::Running,
        };
        match orphan {
            Some(why) if !status.is_terminal() => Self {
                status: Status::Aborted,
                reason,
                message: why.to_owned(),
            },
            _ => Self {
                status,
                reason,
                message,
            },
        }
    }
}

fn aborted(object: &Value) -> bool {
    object["metadata"]["annotations"][super::orphans::ABORTED].is_string()
}

/// Reads a time; what is none counts as not said.
pub(super) fn timestamp(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

fn version(record: &RunRecord) -> String {
    let named = |results: &Value| {
        let mut results = results.as_array().into_iter().flatten();
        let result = results.find(|result| result["name"] == VERSION_RESULT)?;
        Some(result["value"].as_str()?.trim().to_owned())
    };
    let annotation = record.object["metadata"]["annotations"][VERSION].as_str();
    annotation
        .map(str::to_owned)
        .or_else(|| named(&record.object["status"]["results"]))
        .or_else(|| {
            let mut runs = record.task_runs.iter();
            runs.find_map(|run| named(&run["status"]["results"]))
        })
        .unwrap_or_default()
}

fn metadata(record: &RunRecord, spec: &ActivitySpec) -> Metadata {
    let object = &record.object["metadata"];
    let map = |field: &str| object[field].as_object().cloned().unwrap_or_default();
    let mut labels = map("labels");
    // jx selects by these; a value that is no label value stays out (branches with slashes).
    for (key, value) in [
        ("owner", &spec.git_owner),
        ("repository", &spec.git_repository),
        ("branch", &spec.git_branch),
        ("build", &spec.build),
    ] {
        if super::identity::is_label_value(value) {
            labels.insert(key.to_owned(), Value::String(value.clone()));
        }
    }
    Metadata {
        name: record.activity.clone(),
        creation_timestamp: timestamp(&object["creationTimestamp"]),
        labels,
        annotations: map("annotations"),
        ..Metadata::default()
    }
}

fn steps(tasks: &[Task], record: &RunRecord) -> Vec<Step> {
    let stages = tasks.iter().map(|task| Step::of_stage(task.stage.clone()));
    let promotions = record.promotions.iter().cloned().map(Step::of_promotion);
    stages.chain(promotions).collect()
}

/// Completes an activity that was recorded as such with its promotions, and rolls its status up from them.
///
/// One that says of itself that it is running has not ended with the steps that are there: more may follow.
fn of_activity(record: &RunRecord, orphan: Option<&str>) -> PipelineActivity {
    let mut activity: PipelineActivity =
        serde_json::from_value(record.object.clone()).unwrap_or_default();
    API_VERSION.clone_into(&mut activity.api_version);
    KIND.clone_into(&mut activity.kind);
    activity.metadata.name.clone_from(&record.activity);
    activity.status.run.clone_from(&record.name);
    let spec = &mut activity.spec;
    for promotion in &record.promotions {
        let known = spec.steps.iter_mut().find_map(|step| {
            let known = step.promote.as_mut()?;
            (known.environment == promotion.environment).then_some(known)
        });
        match known {
            Some(known) => known.merge(promotion),
            None => spec.steps.push(Step::of_promotion(promotion.clone())),
        }
    }
    if spec.status.is_terminal() || (record.promotions.is_empty() && orphan.is_none()) {
        return activity;
    }
    let cores = || spec.steps.iter().filter_map(Step::core);
    let rolled = Status::roll_up(&spec.status, cores().map(|core| &core.status));
    let status = match orphan {
        None if spec.status == Status::Running && rolled == Status::Succeeded => Status::Running,
        Some(_) if !rolled.is_terminal() => Status::Aborted,
        _ => rolled,
    };
    let started = cores().filter_map(|core| core.started_timestamp).min();
    let completed = cores().filter_map(|core| core.completed_timestamp).max();
    let message = cores().find(|core| core.status == status && !core.message.is_empty());
    let message = message.map(|core| core.message.clone());
    let message = message.or_else(|| orphan.map(str::to_owned));
    spec.started_timestamp = spec.started_timestamp.or(started);
    if status.is_terminal() {
        spec.completed_timestamp = spec.completed_timestamp.or(completed);
        if spec.message.is_empty() {
            spec.message = message.unwrap_or_default();
        }
    }
    spec.status = status;
    activity
}

#[cfg(test)]
#[path = "derive_tests.rs"]
mod tests;
