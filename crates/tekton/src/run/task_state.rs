//! One task of a PipelineRun with its TaskRuns and what they wrote together.

use std::collections::BTreeMap;

use super::results::ResultValue;
use super::task_run::TaskRunState;
use crate::graph::task_result_refs;
use crate::model::{Matrix, ParamValue, PipelineTask, TaskSpec};

/// One task of the run.
#[derive(Debug)]
pub(super) struct TaskState {
    /// The task with params, context and workspaces in place.
    pub(super) task: PipelineTask,
    pub(super) is_final: bool,
    /// The spec that it refers to or embeds.
    pub(super) spec: TaskSpec,
    /// The name of the Task that it refers to.
    pub(super) task_name: String,
    /// Its TaskRuns once it has started: one, or one for each combination of its matrix.
    pub(super) runs: Vec<TaskRunState>,
    /// A result that it needs and that its source did not write.
    pub(super) missing_result: Option<String>,
    /// A TaskRun of it was cancelled by a limit of the run.
    pub(super) has_timed_out: bool,
}

impl TaskState {
    pub(super) fn has_started(&self) -> bool {
        !self.runs.is_empty()
    }

    /// All its TaskRuns have ended.
    pub(super) fn is_over(&self) -> bool {
        self.has_started() && self.runs.iter().all(TaskRunState::is_done)
    }

    /// The matrix, if it fans out.
    pub(super) fn matrix(&self) -> Option<&Matrix> {
        self.task.matrix.as_ref().filter(|matrix| matrix.is_used())
    }

    /// The results once it is over; with a matrix each is the list of what the TaskRuns wrote.
    pub(super) fn results(&self) -> Vec<ResultValue> {
        if !self.is_over() {
            return Vec::new();
        }
        if self.matrix().is_none() {
            let first = self.runs.first().map(TaskRunState::results);
            return first.unwrap_or_default().to_vec();
        }
        let mut runs: Vec<_> = self.runs.iter().collect();
        // In the order of names, where 10 comes before 2.
        runs.sort_by_key(|run| run.name());
        let mut lists: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for result in runs.into_iter().flat_map(TaskRunState::results) {
            let list = lists.entry(&result.name).or_default();
            list.push(result.value.text().to_owned());
        }
        lists
            .into_iter()
            .map(|(name, items)| ResultValue {
                name: name.to_owned(),
                value: ParamValue::Array(items),
            })
            .collect()
    }

    /// The value of one result.
    pub(super) fn result(&self, name: &str) -> Option<ParamValue> {
        let mut results = self.results().into_iter();
        Some(results.find(|result| result.name == name)?.value)
    }

    /// The results as the pipeline's own results and inline specs see them: those of a matrix only if some task's
    /// param, condition or spec refers to them (`GetTaskRunsResults` reads what that has left in a cache).
    pub(super) fn results_beyond_tasks(&self, tasks: &[Self]) -> Vec<ResultValue> {
        let is_consumed = || {
            let references = tasks.iter().flat_map(|other| task_result_refs(&other.task));
            references
                .into_iter()
                .any(|reference| reference.source == self.task.name)
        };
        if self.matrix().is_some() && !is_consumed() {
            return Vec::new();
        }
        self.results()
    }
}
