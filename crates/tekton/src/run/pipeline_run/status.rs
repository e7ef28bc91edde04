//! What a PipelineRun says of itself: its condition, its children, what it skipped.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::PipelineRunState;
use crate::model::{IncludeParams, Matrix, ParamValue};
use crate::run::facts::{Facts, Skip};
use crate::run::status::{conditions, list, set, time, to_json};
use crate::run::{CancelMode, Condition, Shared, prepare};
use crate::text::{PARAM_PATTERNS, Replacements};

/// The longest list of missing results in a condition.
const MAX_PROBLEMS_LENGTH: usize = 1024;

/// How many tasks came to what.
#[derive(Debug, Default)]
struct Count {
    succeeded: usize,
    failed: usize,
    ignored: usize,
    cancelled: usize,
    skipped: usize,
    skipped_by_timeout: usize,
    incomplete: usize,
    missing_results: Vec<String>,
}

impl PipelineRunState {
    /// `GetPipelineConditionStatus`.
    pub(super) fn condition_now(&self, facts: &Facts<'_>, now: Timestamp) -> Condition {
        let name = &self.run.metadata.name;
        if let Some(limit) = self
            .run
            .spec
            .tasks_timeout()
            .filter(|_| self.tasks_have_timed_out(now))
            && (!facts.has_finally() || facts.finally_is_done())
        {
            let message = format!(
                "PipelineRun {name:?} failed due to tasks failed to finish within \"{limit}\""
            );
            return Condition::failed("PipelineRunTimeout", message);
        }
        let count = self.count(facts);
        let completed = count.succeeded + count.failed + count.cancelled + count.ignored;
        if count.incomplete > 0 {
            let reason = if self.tasks_have_timed_out(now) && facts.has_finally() {
                "PipelineRunTimeoutRunningFinally"
            } else {
                match self.cancel {
                    Some(CancelMode::CancelledRunFinally) => "CancelledRunningFinally",
                    Some(CancelMode::StoppedRunFinally) => "StoppedRunningFinally",
                    _ if count.cancelled > 0 || (count.failed > 0 && facts.finally_is_done()) => {
                        "PipelineRunStopping"
                    }
                    _ => "Running",
                }
            };
            let message = format!(
                "Tasks Completed: {completed} (Failed: {}, Cancelled {}), Incomplete: {}, Skipped: {}",
                count.failed, count.cancelled, count.incomplete, count.skipped
            );
            return Condition::unknown(reason, message);
        }
        let failed = match count.ignored {
            0 => count.failed.to_string(),
            ignored => format!("{} (Ignored: {ignored})", count.failed + ignored),
        };
        let mut message = format!(
            "Tasks Completed: {completed} (Failed: {failed}, Cancelled {}), Skipped: {}",
            count.cancelled, count.skipped
        );
        if !count.missing_results.is_empty() {
            let mut problems = count.missing_results.join("; ");
            if problems.len() > MAX_PROBLEMS_LENGTH {
                let end = (0..=MAX_PROBLEMS_LENGTH)
                    .rev()
                    .find(|&end| problems.is_char_boundary(end));
                problems.truncate(end.unwrap_or(0));
                problems.push_str("...");
            }
            let missing = count.missing_results.len();
            // Writing to a text cannot fail.
            let _ = write!(message, ", Failed Validation: {missing} ({problems})");
            return Condition::failed("PipelineValidationFailed", message);
        }
        if count.failed > 0 || count.skipped_by_timeout > 0 {
            return Condition::failed("Failed", message);
        }
        if matches!(
            self.cancel,
            Some(CancelMode::CancelledRunFinally | CancelMode::StoppedRunFinally)
        ) {
            return self.cancelled();
        }
        if count.cancelled > 0 {
            return Condition::failed("Cancelled", message);
        }
        Condition::succeeded(
            if count.skipped > 0 {
                "Completed"
            } else {
                "Succeeded"
            },
            message,
        )
    }

    /// `getPipelineTasksCount`.
    fn count(&self, facts: &Facts<'_>) -> Count {
        let mut count = Count::default();
        let mut missing: Vec<(&str, &str)> = Vec::new();
        for (index, state) in self.tasks.iter().enumerate() {
            if facts.is_successful(index) {
                count.succeeded += 1;
            } else if facts.is_cancelled(index) && state.has_timed_out {
                count.failed += 1;
            } else if facts.is_cancelled(index) {
                count.cancelled += 1;
            } else if facts.is_failed(index) {
                if state.task.on_error == "continue" {
                    count.ignored += 1;
                } else {
                    count.failed += 1;
                }
            } else if let Some(problem) = &state.missing_result {
                missing.push((&state.task.name, problem));
            } else if let Some(skip) = facts.skip(index).or_else(|| facts.final_skip(index)) {
                count.skipped += 1;
                count.skipped_by_timeout += usize::from(skip.is_timeout());
            } else {
                count.incomplete += 1;
            }
        }
        missing.sort_unstable();
        count.missing_results = missing
            .into_iter()
            .map(|(_, problem)| problem.to_owned())
            .collect();
        count
    }

    pub(super) fn child_references(&self, facts: &Facts<'_>) -> Vec<Value> {
        let with_runs = self.tasks.iter().enumerate();
        let with_runs =
            with_runs.flat_map(|(index, state)| state.runs.iter().map(move |run| (index, run)));
        with_runs
            .map(|(index, run)| {
                let task = facts.shown(index);
                let mut params = Replacements::default();
                for param in run
                    .params()
                    .iter()
                    .filter(|p| matches!(p.value, ParamValue::String(_)))
                {
                    params.add_param(&PARAM_PATTERNS[..1], &param.name, &param.value);
                }
                let display_name = task
                    .matrix
                    .as_ref()
                    .and_then(|matrix| included_names(matrix, &params))
                    .unwrap_or_else(|| params.text(&task.display_name));
                let mut child = json!({
                    "apiVersion": "tekton.dev/v1",
                    "kind": "TaskRun",
                    "name": run.name(),
                    "pipelineTaskName": task.name,
                });
                set(
                    &mut child,
                    [
                        (
                            "displayName",
                            (!display_name.is_empty()).then(|| json!(display_name)),
                        ),
                        ("whenExpressions", list(task.when.iter().map(to_json))),
                    ],
                );
                child
            })
            .collect()
    }

    pub(super) fn skipped_tasks(&self, facts: &Facts<'_>) -> Vec<Value> {
        let mut skipped = Vec::new();
        for index in 0..self.tasks.len() {
            let skip = facts.skip(index);
            let final_skip = facts.final_skip(index);
            let Some(reason) = skip.or(final_skip) else {
                continue;
            };
            let task = facts.task(index);
            let mut entry = json!({"name": task.name, "reason": reason.reason()});
            let shows_when = skip.is_some() || final_skip == Some(Skip::When);
            let when = if shows_when {
                list(task.when.iter().map(to_json))
            } else {
                None
            };
            set(&mut entry, [("whenExpressions", when)]);
            skipped.push(entry);
        }
        skipped
    }

    pub(in crate::run) fn objects(&self, shared: &Shared) -> Vec<Value> {
        let mut status = json!({});
        let results = self
            .results
            .iter()
            .map(|(name, value)| json!({"name": name, "value": value.to_json()}));
        set(
            &mut status,
            [
                (
                    "conditions",
                    self.changed.map(|at| conditions(&self.condition, at)),
                ),
                ("startTime", self.started.map(|at| json!(time(at)))),
                ("completionTime", self.completed.map(|at| json!(time(at)))),
                (
                    "finallyStartTime",
                    self.finally_started.map(|at| json!(time(at))),
                ),
                ("childReferences", list(self.children.iter().cloned())),
                ("skippedTasks", list(self.skipped.iter().cloned())),
                ("results", list(results)),
                ("pipelineSpec", self.spec.as_ref().map(to_json)),
            ],
        );
        let mut metadata = self.run.metadata.clone();
        if !self.pipeline_name.is_empty() {
            metadata
                .labels
                .insert("tekton.dev/pipeline".to_owned(), self.pipeline_name.clone());
        }
        metadata.creation_timestamp = self.started.map(|at| json!(time(at)));
        prepare::namespace(shared).clone_into(&mut metadata.namespace);
        let run = json!({
            "apiVersion": "tekton.dev/v1",
            "kind": "PipelineRun",
            "metadata": to_json(&metadata),
            "spec": to_json(&self.run.spec),
            "status": status,
        });
        std::iter::once(run)
            .chain(self.runs().map(|run| run.object(shared)))
            .collect()
    }
}

/// The names of the included combinations that a TaskRun with these params is of.
fn included_names(matrix: &Matrix, params: &Replacements) -> Option<String> {
    let fits = |include: &&IncludeParams| {
        include.params.iter().all(|param| {
            let given = params.strings.get(&format!("params.{}", param.name));
            given.is_some_and(|given| match &param.value {
                ParamValue::String(text) => text == given,
                ParamValue::Array(_) | ParamValue::Object(_) => true,
            })
        })
    };
    let names: Vec<_> = matrix
        .include
        .iter()
        .filter(|include| !include.name.is_empty())
        .filter(fits)
        .map(|include| params.text(&include.name))
        .collect();
    (!names.is_empty()).then(|| names.join(" "))
}
