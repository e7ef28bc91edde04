//! The tasks of a run: as stages for people, and under their own names for programs.

use jiff::Timestamp;
use serde_json::Value;

use super::derive::{Outcome, timestamp};
use super::model::{CoreStep, StageStep, StepState, TaskState};
use super::status::Status;
use crate::ports::activities::RunRecord;

/// One task of a run in both forms.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) stage: StageStep,
    pub(super) state: TaskState,
}

impl Task {
    pub(super) fn completed(&self) -> Option<Timestamp> {
        self.stage.core.completed_timestamp
    }
}

/// Returns the tasks of a run: those that ran in the order in which they started, then those that were skipped.
pub(super) fn tasks(record: &RunRecord, orphaned: bool) -> Vec<Task> {
    let alone = record.object["kind"] == "TaskRun";
    let runs: Vec<&Value> = if alone {
        vec![&record.object]
    } else {
        record.task_runs.iter().collect()
    };
    let mut tasks: Vec<Task> = runs
        .iter()
        .enumerate()
        .map(|(index, run)| {
            let name = task_name(record, &runs, index);
            task_of(
                &name,
                &display_name(&record.object, run, &name),
                run,
                orphaned,
            )
        })
        .collect();
    // Stable, so that tasks of the same second stay in the order in which they were recorded.
    tasks.sort_by_key(|task| task.stage.core.started_timestamp.unwrap_or(Timestamp::MAX));
    let skipped = record.object["status"]["skippedTasks"].as_array();
    tasks.extend(skipped.into_iter().flatten().map(skipped_task));
    tasks
}

/// The name that a task is addressed by: that of the pipeline's task, with its index for one of a matrix.
fn task_name(record: &RunRecord, runs: &[&Value], index: usize) -> String {
    let own_name = |run: &Value| {
        run["metadata"]["name"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let label = |run: &Value| {
        let label = run["metadata"]["labels"]["tekton.dev/pipelineTask"].as_str();
        label.map(str::to_owned)
    };
    let Some(task) = runs.get(index).and_then(|run| label(run)) else {
        return runs.get(index).map(|run| own_name(run)).unwrap_or_default();
    };
    let mut same = (0..runs.len()).filter(|other| label(runs[*other]).as_ref() == Some(&task));
    let position = same.position(|other| other == index).unwrap_or_default();
    let several = position > 0 || same.next().is_some();
    if !several && !is_matrix(&record.object, &task) {
        return task;
    }
    let name = own_name(runs[index]);
    let suffix = name.strip_prefix(&format!("{}-{task}-", record.name));
    match suffix.and_then(|suffix| suffix.parse::<usize>().ok()) {
        Some(number) => format!("{task}-{number}"),
        None => format!("{task}-{position}"),
    }
}

/// The task `name` of the pipeline, as the run's status or spec holds it.
fn pipeline_task<'a>(run: &'a Value, name: &str) -> Option<&'a Value> {
    ["status", "spec"].iter().find_map(|part| {
        let spec = &run[part]["pipelineSpec"];
        ["tasks", "finally"].iter().find_map(|list| {
            let mut tasks = spec[list].as_array()?.iter();
            tasks.find(|task| task["name"] == name)
        })
    })
}

fn is_matrix(run: &Value, task: &str) -> bool {
    pipeline_task(run, task).is_some_and(|task| task["matrix"].is_object())
}

/// What people read: the display name that the pipeline gives, else the name with dashes as spaces.
fn display_name(pipeline_run: &Value, task_run: &Value, name: &str) -> String {
    let references = pipeline_run["status"]["childReferences"].as_array();
    let mut references = references.into_iter().flatten();
    let reference = references.find(|reference| reference["name"] == task_run["metadata"]["name"]);
    reference
        .and_then(|reference| reference["displayName"].as_str())
        .filter(|display| !display.is_empty())
        .map_or_else(|| name.replace('-', " "), str::to_owned)
}

fn task_of(name: &str, display: &str, run: &Value, orphaned: bool) -> Task {
    let outcome = Outcome::of(run, orphaned.then_some(""));
    let status = &run["status"];
    let steps: Vec<StepParts> = status["steps"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|step| StepParts::of(step, orphaned || outcome.status.is_terminal(), &outcome))
        .collect();
    let stage = StageStep {
        core: CoreStep {
            name: display.to_owned(),
            started_timestamp: timestamp(&status["startTime"]),
            completed_timestamp: timestamp(&status["completionTime"]),
            message: if outcome.status == Status::Succeeded {
                String::new()
            } else {
                outcome.message
            },
            status: outcome.status.clone(),
            ..CoreStep::default()
        },
        steps: steps.iter().map(|step| step.core.clone()).collect(),
    };
    let task = TaskState {
        name: name.to_owned(),
        task_run: run["metadata"]["name"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        status: outcome.status,
        reason: outcome.reason,
        retries: status["retriesStatus"].as_array().map_or(0, Vec::len),
        steps: steps.into_iter().map(|step| step.state).collect(),
    };
    Task { stage, state: task }
}

fn skipped_task(skipped: &Value) -> Task {
    let text = |field: &str| skipped[field].as_str().unwrap_or_default().to_owned();
    let name = text("name");
    Task {
        stage: StageStep {
            core: CoreStep {
                name: name.replace('-', " "),
                description: text("reason"),
                status: Status::NotExecuted,
                ..CoreStep::default()
            },
            steps: Vec::new(),
        },
        state: TaskState {
            name,
            status: Status::NotExecuted,
            reason: text("reason"),
            ..TaskState::default()
        },
    }
}

struct StepParts {
    core: CoreStep,
    state: StepState,
}

impl StepParts {
    /// Reads a step's container state. In a task that has ended, a step that has not never will.
    fn of(step: &Value, ended: bool, task: &Outcome) -> Self {
        let name = step["name"].as_str().unwrap_or_default().to_owned();
        let (terminated, running) = (&step["terminated"], &step["running"]);
        let mut core = CoreStep {
            name: in_words(&name),
            ..CoreStep::default()
        };
        let exit_code = terminated["exitCode"].as_i64();
        if terminated.is_object() {
            core.status = ended_status(step, exit_code);
            if core.status != Status::NotExecuted {
                core.started_timestamp = timestamp(&terminated["startedAt"]);
                core.completed_timestamp = timestamp(&terminated["finishedAt"]);
            }
            if core.status == Status::Failed {
                core.description = exit_description(step, exit_code);
            }
        } else if running.is_object() {
            core.status = Status::Running;
            core.started_timestamp = timestamp(&running["startedAt"]);
        } else {
            core.status = Status::Pending;
        }
        if ended && !core.status.is_terminal() {
            core.status = match core.status {
                Status::Running if task.status == Status::Succeeded => Status::Succeeded,
                Status::Running => task.status.clone(),
                _ => Status::NotExecuted,
            };
        }
        Self {
            state: StepState {
                name,
                status: core.status.clone(),
                exit_code,
            },
            core,
        }
    }
}

/// What an ended step's `terminationReason` (Tekton's own) and exit code mean.
fn ended_status(step: &Value, exit_code: Option<i64>) -> Status {
    match step["terminationReason"].as_str().unwrap_or_default() {
        "Skipped" => Status::NotExecuted,
        "Cancelled" | "TaskRunCancelled" => Status::Cancelled,
        "TimeoutExceeded" | "TaskRunTimeout" => Status::TimedOut,
        _ if exit_code == Some(0) => Status::Succeeded,
        _ => Status::Failed,
    }
}

fn exit_description(step: &Value, exit_code: Option<i64>) -> String {
    let code = exit_code.map_or_else(|| "unknown".to_owned(), |code| code.to_string());
    if step["terminationReason"] == "Continued" {
        format!("exit code {code}, continued")
    } else {
        format!("exit code {code}")
    }
}

/// Writes a name as words: `git-source_acme` is `Git Source Acme`.
fn in_words(name: &str) -> String {
    let words = name.split(['-', '_', ' ']).filter(|word| !word.is_empty());
    let words: Vec<String> = words
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(char::to_uppercase);
            first.into_iter().flatten().chain(letters).collect()
        })
        .collect();
    words.join(" ")
}
