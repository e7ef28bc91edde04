//! What is so at one moment of a PipelineRun: which tasks are done, skipped, to be started
//! (`pipelinerunresolution.go`, `pipelinerunstate.go`, `resultrefresolution.go`).

use std::cell::RefCell;
use std::collections::HashMap;

use jiff::Timestamp;

use super::Status;
use super::pipeline_run::PipelineRunState;
use super::results::add_reference;
use super::task_run::TaskRunState;
use super::task_state::TaskState;
use crate::apply::{apply_results_to_task, replace_in_task_params};
use crate::graph::task_result_refs;
use crate::model::{Matrix, ParamValue, PipelineTask, WhenExpression};
use crate::text::{Replacements, ResultRef, expressions, looks_like_result_ref};

/// Why a task does not run. The texts are Tekton's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skip {
    When,
    Stopping,
    GracefullyCancelled,
    GracefullyStopped,
    Parents,
    MissingResults,
    PipelineTimedOut,
    TasksTimedOut,
    FinallyTimedOut,
    EmptyMatrix,
}

impl Skip {
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::When => "When Expressions evaluated to false",
            Self::Stopping => "PipelineRun was stopping",
            Self::GracefullyCancelled => "PipelineRun was gracefully cancelled",
            Self::GracefullyStopped => "PipelineRun was gracefully stopped",
            Self::Parents => "Parent Tasks were skipped",
            Self::MissingResults => "Results were missing",
            Self::PipelineTimedOut => "PipelineRun timeout has been reached",
            Self::TasksTimedOut => "PipelineRun Tasks timeout has been reached",
            Self::FinallyTimedOut => "PipelineRun Finally timeout has been reached",
            Self::EmptyMatrix => "Matrix Parameters have an empty array",
        }
    }

    pub(super) fn is_timeout(self) -> bool {
        matches!(
            self,
            Self::PipelineTimedOut | Self::TasksTimedOut | Self::FinallyTimedOut
        )
    }
}

/// A reference to a result that cannot be resolved.
#[derive(Debug)]
pub(super) enum Unresolved {
    /// Its task has not ended, or not started, or did not write it: the task's name.
    From(String),
    /// An item that the list does not have.
    OutOfBounds(String),
}

/// The facts of one moment; answers are worked out when they are asked for and kept.
pub(super) struct Facts<'a> {
    run: &'a PipelineRunState,
    now: Timestamp,
    skips: RefCell<HashMap<usize, Option<Skip>>>,
    /// The tasks with the results that are there, and in unstarted final tasks the status of tasks.
    tasks: Vec<PipelineTask>,
    /// The same without the status of tasks, as statuses show them.
    shown: Vec<PipelineTask>,
}

impl<'a> Facts<'a> {
    /// Looks at a run.
    ///
    /// # Errors
    /// A reference to an item that a list does not have, in Tekton's words.
    pub(super) fn new(run: &'a PipelineRunState, now: Timestamp) -> Result<Self, String> {
        let mut facts = Self {
            run,
            now,
            skips: RefCell::default(),
            tasks: run.tasks.iter().map(|state| state.task.clone()).collect(),
            shown: Vec::new(),
        };
        for index in 0..facts.tasks.len() {
            match facts.resolve(index) {
                Ok(values) => apply_results_to_task(&mut facts.tasks[index], &values),
                Err(Unresolved::OutOfBounds(problem)) => return Err(problem),
                Err(Unresolved::From(_)) => {}
            }
        }
        facts.shown.clone_from(&facts.tasks);
        if facts.dag_is_done() {
            let status = facts.task_status();
            for (index, state) in run.tasks.iter().enumerate() {
                if state.is_final && !state.has_started() {
                    replace_in_task_params(&mut facts.tasks[index], &status);
                }
            }
            facts.skips.borrow_mut().clear();
        }
        Ok(facts)
    }

    fn state(&self, index: usize) -> &'a TaskState {
        &self.run.tasks[index]
    }

    /// The task with all values in place that are known.
    pub(super) fn task(&self, index: usize) -> &PipelineTask {
        &self.tasks[index]
    }

    /// The task as statuses show it.
    pub(super) fn shown(&self, index: usize) -> &PipelineTask {
        &self.shown[index]
    }

    fn runs_of(&self, index: usize) -> &'a [TaskRunState] {
        &self.state(index).runs
    }

    fn index_of(&self, name: &str) -> Option<usize> {
        self.run
            .tasks
            .iter()
            .position(|state| state.task.name == name)
    }

    pub(super) fn is_successful(&self, index: usize) -> bool {
        self.state(index).is_over()
            && self
                .runs_of(index)
                .iter()
                .all(|run| run.condition().status == Status::True)
    }

    pub(super) fn is_failed(&self, index: usize) -> bool {
        self.state(index).is_over()
            && self
                .runs_of(index)
                .iter()
                .any(|run| run.condition().status == Status::False)
    }

    /// Cancelled by a user, or by a limit of the run.
    pub(super) fn is_cancelled(&self, index: usize) -> bool {
        self.is_failed(index)
            && self
                .runs_of(index)
                .iter()
                .any(|run| run.condition().reason == "TaskRunCancelled")
    }

    pub(super) fn is_done(&self, index: usize) -> bool {
        self.skip(index).is_some()
            || self.is_successful(index)
            || self.is_failed(index)
            || self.state(index).missing_result.is_some()
    }

    fn indexes(&self, is_final: bool) -> impl Iterator<Item = usize> {
        let states = self.run.tasks.iter().enumerate();
        states
            .filter(move |(_, state)| state.is_final == is_final)
            .map(|(index, _)| index)
    }

    pub(super) fn dag_is_done(&self) -> bool {
        self.indexes(false).all(|index| self.is_done(index))
    }

    pub(super) fn has_finally(&self) -> bool {
        self.indexes(true).next().is_some()
    }

    pub(super) fn finally_is_done(&self) -> bool {
        self.indexes(true).all(|index| self.is_done(index))
    }

    /// A task failed for good: no further ones start.
    pub(super) fn is_stopping(&self) -> bool {
        self.indexes(false).any(|index| {
            let state = self.state(index);
            (self.is_failed(index) || state.missing_result.is_some())
                && state.task.on_error != "continue"
        })
    }

    /// Why a task of the graph does not run, if it does not.
    pub(super) fn skip(&self, index: usize) -> Option<Skip> {
        if let Some(known) = self.skips.borrow().get(&index) {
            return *known;
        }
        let skip = self.find_skip(index);
        self.skips.borrow_mut().insert(index, skip);
        skip
    }

    fn find_skip(&self, index: usize) -> Option<Skip> {
        use super::CancelMode::{CancelledRunFinally, StoppedRunFinally};
        let state = self.state(index);
        if state.is_final || state.has_started() || state.missing_result.is_some() {
            return None;
        }
        if self.is_stopping() {
            return Some(Skip::Stopping);
        }
        match self.run.cancel {
            Some(CancelledRunFinally) => return Some(Skip::GracefullyCancelled),
            Some(StoppedRunFinally) => return Some(Skip::GracefullyStopped),
            _ => {}
        }
        let parents: Vec<_> = self
            .run
            .graph
            .parents(&state.task.name)
            .filter_map(|name| self.index_of(name))
            .collect();
        let parents_are_done = parents.iter().all(|parent| self.is_done(*parent));
        if parents_are_done && !self.when_allows(index) {
            return Some(Skip::When);
        }
        let blocks = |parent: &usize| self.skip(*parent).is_some_and(|skip| skip != Skip::When);
        if parents.iter().any(blocks) {
            return Some(Skip::Parents);
        }
        if parents_are_done && self.results_are_missing(index) {
            return Some(Skip::MissingResults);
        }
        if parents_are_done && self.run.has_timed_out(self.now) {
            return Some(Skip::PipelineTimedOut);
        }
        if parents_are_done && self.run.tasks_have_timed_out(self.now) {
            return Some(Skip::TasksTimedOut);
        }
        self.has_empty_matrix(index).then_some(Skip::EmptyMatrix)
    }

    /// Why a final task does not run, if it does not.
    pub(super) fn final_skip(&self, index: usize) -> Option<Skip> {
        let state = self.state(index);
        if !state.is_final || state.has_started() || !self.dag_is_done() {
            return None;
        }
        if self.results_are_missing(index) {
            Some(Skip::MissingResults)
        } else if !self.when_allows(index) {
            Some(Skip::When)
        } else if self.run.has_timed_out(self.now) {
            Some(Skip::PipelineTimedOut)
        } else if self.run.finally_has_timed_out(self.now) {
            Some(Skip::FinallyTimedOut)
        } else {
            self.has_empty_matrix(index).then_some(Skip::EmptyMatrix)
        }
    }

    fn has_empty_matrix(&self, index: usize) -> bool {
        let matrix = self.task(index).matrix.as_ref();
        matrix.is_some_and(Matrix::has_empty_list)
    }

    fn when_allows(&self, index: usize) -> bool {
        self.task(index).when.iter().all(WhenExpression::allows)
    }

    /// `skipBecauseResultReferencesAreMissing`.
    fn results_are_missing(&self, index: usize) -> bool {
        let task = &self.state(index).task;
        let params = task.params.iter().flat_map(|param| param.value.texts());
        let when = task.when.iter().flat_map(|when| {
            std::iter::once(&when.input)
                .chain(&when.values)
                .map(String::as_str)
        });
        if !params
            .chain(when)
            .flat_map(expressions)
            .any(looks_like_result_ref)
        {
            return false;
        }
        let Err(Unresolved::From(source)) = self.resolve(index) else {
            return false;
        };
        let Some(source) = self.index_of(&source) else {
            return false;
        };
        task.on_error == "continue"
            || self.state(index).is_final
            || self.skip(source) == Some(Skip::When)
    }

    /// The results that a task refers to; all of them or none.
    pub(super) fn resolve(&self, index: usize) -> Result<Replacements, Unresolved> {
        let mut values = Replacements::default();
        for reference in task_result_refs(&self.state(index).task) {
            let Some(value) = self.finished_result(&reference) else {
                return Err(Unresolved::From(reference.source));
            };
            if let (Some(item), ParamValue::Array(items)) = (reference.index, &value)
                && item >= items.len()
            {
                return Err(Unresolved::OutOfBounds(format!(
                    "array Result Index {item} for Task {} Result {} is out of bound of size {}",
                    reference.source,
                    reference.result,
                    items.len()
                )));
            }
            let prefix = format!("tasks.{}.results", reference.source);
            for key in [
                format!("{prefix}.{}", reference.result),
                format!("{prefix}[\"{}\"]", reference.result),
                format!("{prefix}['{}']", reference.result),
            ] {
                add_reference(&mut values, &key, &value);
            }
        }
        Ok(values)
    }

    fn finished_result(&self, reference: &ResultRef) -> Option<ParamValue> {
        let index = self.index_of(&reference.source)?;
        self.state(index).result(&reference.result)
    }

    /// Whether a result is there; of a matrix, whether its first TaskRun wrote it.
    fn has_result(&self, reference: &ResultRef) -> bool {
        let Some(index) = self.index_of(&reference.source) else {
            return false;
        };
        let first = self.runs_of(index).first();
        first.filter(|run| run.is_done()).is_some_and(|run| {
            let mut results = run.results().iter();
            results.any(|result| result.name == reference.result)
        })
    }

    /// The first result that a task needs and that is not there, in Tekton's words (`CheckMissingResultReferences`).
    pub(super) fn missing_result(&self, index: usize) -> Option<String> {
        let state = self.state(index);
        task_result_refs(&state.task).into_iter().find_map(|reference| {
            if self.has_result(&reference) {
                return None;
            }
            let ResultRef { source, result, .. } = &reference;
            Some(match self.index_of(source) {
                Some(source_index) if self.is_successful(source_index) => format!(
                    "task {source:?} completed successfully but did not emit the result {result:?}, which is referenced by task {:?}",
                    state.task.name
                ),
                Some(source_index) if self.state(source_index).has_started() => format!(
                    "Invalid task result reference: Could not find result with name {result} for pipeline task {source}"
                ),
                _ => format!(
                    "Result reference error: Internal result ref \"{source}\" has zero-length TaskRuns"
                ),
            })
        })
    }

    /// The tasks of the graph that can start now (`DAGExecutionQueue`).
    pub(super) fn ready(&self) -> Vec<usize> {
        use super::CancelMode::{Cancelled, CancelledRunFinally, StoppedRunFinally};
        let is_halted = matches!(
            self.run.cancel,
            Some(Cancelled | CancelledRunFinally | StoppedRunFinally)
        );
        if is_halted || self.is_stopping() {
            return Vec::new();
        }
        self.indexes(false)
            .filter(|&index| {
                let name = &self.state(index).task.name;
                !self.state(index).has_started()
                    && !self.is_done(index)
                    && self
                        .run
                        .graph
                        .parents(name)
                        .filter_map(|parent| self.index_of(parent))
                        .all(|parent| self.is_done(parent))
            })
            .collect()
    }

    /// The final tasks that can start or be skipped now.
    pub(super) fn ready_finally(&self) -> Vec<usize> {
        if !self.dag_is_done() {
            return Vec::new();
        }
        self.indexes(true)
            .filter(|&index| !self.state(index).has_started())
            .filter(|&index| self.resolve(index).is_ok())
            .collect()
    }

    /// `$(tasks.<task>.status)`, `.reason` and `$(tasks.status)` (`GetPipelineTaskStatus`).
    fn task_status(&self) -> Replacements {
        let mut values = Replacements::default();
        let mut aggregate = "Succeeded";
        for index in self.indexes(false) {
            let name = &self.state(index).task.name;
            let runs = self.runs_of(index);
            let unsuccessful = runs
                .iter()
                .find(|run| run.condition().status != Status::True);
            let reason = unsuccessful
                .or(runs.first())
                .map(|run| run.condition().reason.clone());
            values.strings.insert(
                format!("tasks.{name}.status"),
                self.status_of(index).to_owned(),
            );
            values
                .strings
                .insert(format!("tasks.{name}.reason"), reason.unwrap_or_default());
            if self.is_failed(index) {
                aggregate = "Failed";
            } else if aggregate != "Failed" && self.skip(index).is_some() {
                aggregate = "Completed";
            }
        }
        values
            .strings
            .insert("tasks.status".to_owned(), aggregate.to_owned());
        values
    }

    /// `Succeeded`, `Failed` or `None`.
    pub(super) fn status_of(&self, index: usize) -> &'static str {
        if self.is_successful(index) {
            "Succeeded"
        } else if self.is_failed(index) {
            "Failed"
        } else {
            "None"
        }
    }
}
