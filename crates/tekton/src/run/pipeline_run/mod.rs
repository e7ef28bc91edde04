//! The life of one PipelineRun (`pipelinerun.go`, `cancel.go`, `timeout.go`).

mod resolve;
mod status;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::child::{ChildSource, task_runs};
use super::condition::user_error;
use super::facts::Facts;
use super::pipeline_results::pipeline_results;
use super::task_run::TaskRunState;
use super::task_state::TaskState;
use super::{Action, CancelMode, Condition, Event, RunOptions, Shared, Status, Verdict, validate};
use crate::graph::Graph;
use crate::model::{Duration, Matrix, ParamValue, PipelineRun, PipelineSpec, PipelineTask};
use crate::text::{Replacements, expressions};

const CANCELLED_BECAUSE: &str =
    "TaskRun cancelled as the PipelineRun it belongs to has been cancelled.";
const TIMED_OUT_BECAUSE: &str = "TaskRun cancelled as the PipelineRun it belongs to has timed out.";
/// One PipelineRun.
#[derive(Debug)]
pub(super) struct PipelineRunState {
    run: PipelineRun,
    pipeline_name: String,
    spec: Option<PipelineSpec>,
    pub(super) graph: Graph,
    pub(super) tasks: Vec<TaskState>,
    pub(super) cancel: Option<CancelMode>,
    condition: Condition,
    changed: Option<Timestamp>,
    started: Option<Timestamp>,
    finally_started: Option<Timestamp>,
    completed: Option<Timestamp>,
    /// The condition that it gets once nothing runs any more.
    ending: Option<Condition>,
    children: Vec<Value>,
    skipped: Vec<Value>,
    results: Vec<(String, ParamValue)>,
}

impl PipelineRunState {
    pub(super) fn new(mut run: PipelineRun, options: &RunOptions) -> Self {
        run.spec.set_defaults();
        run.metadata.uid.clone_from(&options.run_uid);
        if run.metadata.namespace.is_empty() {
            "default".clone_into(&mut run.metadata.namespace);
        }
        Self {
            run,
            pipeline_name: String::new(),
            spec: None,
            graph: Graph::default(),
            tasks: Vec::new(),
            cancel: None,
            condition: Condition::unknown("Started", ""),
            changed: None,
            started: None,
            finally_started: None,
            completed: None,
            ending: None,
            children: Vec::new(),
            skipped: Vec::new(),
            results: Vec::new(),
        }
    }

    pub(super) fn condition(&self) -> &Condition {
        &self.condition
    }

    pub(super) fn verdict(&self) -> Verdict {
        match (self.completed, self.condition.status) {
            (None, _) if self.condition.reason == "PipelineRunPending" => Verdict::Pending,
            (None, _) => Verdict::Running,
            (Some(_), Status::True) => Verdict::Succeeded,
            (Some(_), _) if self.condition.reason == "Cancelled" => Verdict::Cancelled,
            (Some(_), _) => Verdict::Failed,
        }
    }

    pub(super) fn start(&mut self, shared: &Shared, now: Timestamp, actions: &mut Vec<Action>) {
        self.started = Some(now);
        self.changed = Some(now);
        if self.run.spec.status == "PipelineRunPending" {
            let message = format!("PipelineRun {:?} is pending", self.run.metadata.name);
            return self.set_condition(Condition::unknown("PipelineRunPending", message), now);
        }
        self.cancel = CancelMode::parse(&self.run.spec.status);
        if self.cancel == Some(CancelMode::Cancelled) {
            return self.finish(self.cancelled(), now);
        }
        match self.resolve(shared) {
            Ok(()) => self.reconcile(shared, now, actions),
            Err(condition) => self.finish(condition, now),
        }
    }

    fn cancelled(&self) -> Condition {
        let message = format!("PipelineRun {:?} was cancelled", self.run.metadata.name);
        Condition::failed("Cancelled", message)
    }

    pub(super) fn handle(
        &mut self,
        shared: &Shared,
        event: &Event,
        now: Timestamp,
        actions: &mut Vec<Action>,
    ) {
        if self.completed.is_some() || self.started.is_none() {
            return;
        }
        match event {
            Event::Cancel(mode) => {
                // What was asked for first can only be made harder.
                if self.cancel != Some(CancelMode::Cancelled) {
                    self.cancel = Some(*mode);
                    mode.as_str().clone_into(&mut self.run.spec.status);
                }
            }
            Event::Tick => {
                for run in self.tasks.iter_mut().flat_map(|state| &mut state.runs) {
                    run.handle(shared, event, now, actions);
                }
            }
            Event::StepStarted { task_run, .. } => {
                // Nothing can follow from a step that runs but its status.
                let mut runs = self.tasks.iter_mut().flat_map(|state| &mut state.runs);
                if let Some(run) = runs.find(|run| run.name() == task_run) {
                    run.handle(shared, event, now, actions);
                }
                return;
            }
            Event::Prepared { task_run }
            | Event::NotPrepared { task_run, .. }
            | Event::StepEnded { task_run, .. }
            | Event::SidecarEnded { task_run, .. }
            | Event::Stopped { task_run } => {
                let mut runs = self.tasks.iter_mut().flat_map(|state| &mut state.runs);
                if let Some(run) = runs.find(|run| run.name() == task_run) {
                    run.handle(shared, event, now, actions);
                }
            }
        }
        self.reconcile(shared, now, actions);
    }

    /// Looks at everything and does what is to be done; again while tasks end without having run.
    fn reconcile(&mut self, shared: &Shared, now: Timestamp, actions: &mut Vec<Action>) {
        loop {
            if let Some(condition) = self.ending.clone() {
                if self.runs().all(TaskRunState::is_done) {
                    self.finish(condition, now);
                }
                return;
            }
            if self.cancel == Some(CancelMode::Cancelled) {
                self.end(shared, self.cancelled(), CANCELLED_BECAUSE, now, actions);
                continue;
            }
            let done_before = self.runs().filter(|run| run.is_done()).count();
            if let Err(condition) = self.step(shared, now, actions) {
                self.end(shared, condition, CANCELLED_BECAUSE, now, actions);
                continue;
            }
            if self.completed.is_some()
                || self.ending.is_none()
                    && self.runs().filter(|run| run.is_done()).count() == done_before
            {
                return;
            }
        }
    }

    fn runs(&self) -> impl Iterator<Item = &TaskRunState> {
        self.tasks.iter().flat_map(|state| &state.runs)
    }

    /// One reconciliation.
    fn step(
        &mut self,
        shared: &Shared,
        now: Timestamp,
        actions: &mut Vec<Action>,
    ) -> Result<(), Condition> {
        self.check_values(now)?;
        self.stop_what_must_stop(shared, now, actions);
        self.start_what_can_start(shared, now, actions)?;
        if self.has_timed_out(now) {
            let message = format!(
                "PipelineRun {:?} failed to finish within \"{}\"",
                self.run.metadata.name,
                self.run.spec.pipeline_timeout()
            );
            let condition = Condition::failed("PipelineRunTimeout", message);
            self.end(shared, condition, TIMED_OUT_BECAUSE, now, actions);
            return Ok(());
        }
        let facts = Facts::new(self, now).map_err(|problem| self.out_of_bounds(&problem))?;
        let condition = self.condition_now(&facts, now);
        let children = self.child_references(&facts);
        let skipped = self.skipped_tasks(&facts);
        let is_over = condition.is_done();
        let spec_results = self
            .spec
            .as_ref()
            .map(|spec| spec.results.as_slice())
            .unwrap_or_default();
        let (results, problem) = if is_over {
            pipeline_results(spec_results, &self.tasks, &facts)
        } else {
            (Vec::new(), None)
        };
        (self.children, self.skipped, self.results) = (children, skipped, results);
        match (is_over, problem) {
            (true, Some(problem)) => {
                let message = format!(
                    "Failed to get PipelineResult from TaskRun Results for PipelineRun {}: {problem}",
                    self.run.metadata.name
                );
                self.finish(Condition::failed("CouldntGetPipelineResult", message), now);
            }
            (true, None) => self.finish(condition, now),
            (false, _) => self.set_condition(condition, now),
        }
        Ok(())
    }

    fn out_of_bounds(&self, problem: &str) -> Condition {
        let message = format!(
            "PipelineRun default/{} can't be Run; couldn't resolve all references: {problem}",
            self.run.metadata.name
        );
        Condition::failed("PipelineValidationFailed", user_error(message))
    }

    /// Values that came from results against the declarations of tasks that have not started.
    fn check_values(&self, now: Timestamp) -> Result<(), Condition> {
        let facts = Facts::new(self, now).map_err(|problem| self.out_of_bounds(&problem))?;
        for (index, state) in self
            .tasks
            .iter()
            .enumerate()
            .filter(|(_, state)| !state.has_started())
        {
            let task = facts.shown(index);
            validate::pipeline_task_params(&state.task_name, &state.spec.params, task)
                .map_err(|problem| self.validation_failed(&problem))?;
        }
        Ok(())
    }

    /// Cancels TaskRuns whose section has been cancelled or has reached its limit.
    fn stop_what_must_stop(&mut self, shared: &Shared, now: Timestamp, actions: &mut Vec<Action>) {
        let is_cancelled = self.cancel == Some(CancelMode::CancelledRunFinally);
        let has_finally_started = self.finally_started.is_some();
        let tasks_timed_out = !has_finally_started && self.tasks_have_timed_out(now);
        let finally_timed_out = has_finally_started && self.finally_has_timed_out(now);
        for state in &mut self.tasks {
            let has_timed_out =
                (tasks_timed_out && !state.is_final) || (finally_timed_out && state.is_final);
            for run in state.runs.iter_mut().filter(|run| !run.is_done()) {
                if is_cancelled && !state.is_final {
                    run.cancel(shared, CANCELLED_BECAUSE, now, actions);
                } else if has_timed_out {
                    state.has_timed_out = true;
                    run.cancel(shared, TIMED_OUT_BECAUSE, now, actions);
                }
            }
        }
    }

    /// `runNextSchedulableTask`.
    fn start_what_can_start(
        &mut self,
        shared: &Shared,
        now: Timestamp,
        actions: &mut Vec<Action>,
    ) -> Result<(), Condition> {
        let facts = Facts::new(self, now).map_err(|problem| self.out_of_bounds(&problem))?;
        let mut ready = facts.ready();
        let missing: Vec<_> = ready
            .iter()
            .filter_map(|&index| Some((index, facts.missing_result(index)?)))
            .collect();
        if !missing.is_empty() {
            ready.clear();
            for (index, problem) in missing {
                self.tasks[index].missing_result = Some(problem);
            }
        }
        let facts = Facts::new(self, now).map_err(|problem| self.out_of_bounds(&problem))?;
        let finally = facts.ready_finally();
        let starts_finally = !finally.is_empty();
        let mut wanted = Vec::new();
        for index in ready.into_iter().chain(finally) {
            if facts.skip(index).is_some() || facts.final_skip(index).is_some() {
                continue;
            }
            let task = self.with_propagated_results(facts.task(index).clone());
            validate::matrix(&task).map_err(|problem| {
                // Tekton gives its format one argument too few.
                let problem = user_error(problem);
                let message =
                    format!("Failed to validate matrix {problem:?} with error %!v(MISSING)");
                Condition::failed("InvalidMatrixParameterTypes", message)
            })?;
            let source = ChildSource {
                run: &self.run,
                pipeline_name: &self.pipeline_name,
                state: &self.tasks[index],
                lengths: self.matrix_lengths(&task),
                gates: shared.options.gates,
            };
            let runs = task_runs(&source, &task)
                .map_err(|problem| Condition::failed("CreateRunFailed", problem))?;
            wanted.extend(runs.into_iter().map(|run| (index, run)));
        }
        if starts_finally {
            self.finally_started.get_or_insert(now);
        }
        for (index, wanted) in wanted {
            let mut run = TaskRunState::new(wanted);
            run.start(shared, now, actions);
            self.tasks[index].runs.push(run);
        }
        Ok(())
    }

    /// `$(tasks.<task>.matrix.length)` and `$(tasks.<task>.matrix.<result>.length)` among a task's params
    /// (`ApplyPipelineTaskContexts`). Lists that come from results count as one combination.
    fn matrix_lengths(&self, task: &PipelineTask) -> Replacements {
        let texts = task.params.iter().flat_map(|param| param.value.texts());
        let lengths = texts.flat_map(expressions).filter_map(|expression| {
            let parts: Vec<_> = expression.split('.').collect();
            let state = |name: &str| self.tasks.iter().find(|state| state.task.name == name);
            let length = match parts[..] {
                ["tasks", name, "matrix", "length"] => {
                    state(name)?.task.matrix.as_ref().map_or(0, Matrix::count)
                }
                ["tasks", name, "matrix", result, "length"] => {
                    let runs = state(name)?.runs.iter();
                    let results = runs.flat_map(TaskRunState::results);
                    results.filter(|found| found.name == result).count()
                }
                _ => return None,
            };
            Some((expression.to_owned(), length.to_string()))
        });
        Replacements::strings(lengths)
    }

    /// Results go into an inline spec, by whole value and key; items of lists stay as they are (`PropagateResults`).
    fn with_propagated_results(&self, mut task: PipelineTask) -> PipelineTask {
        let Some(spec) = &mut task.task_spec else {
            return task;
        };
        let mut values = Replacements::default();
        for state in &self.tasks {
            for result in state.results_beyond_tasks(&self.tasks) {
                let reference = format!("tasks.{}.results.{}", state.task.name, result.name);
                match result.value {
                    ParamValue::String(text) => {
                        values.strings.insert(reference, text);
                    }
                    ParamValue::Array(items) => {
                        values.arrays.insert(reference, items);
                    }
                    ParamValue::Object(entries) => {
                        values.strings.extend(
                            entries
                                .iter()
                                .map(|(key, text)| (format!("{reference}.{key}"), text.clone())),
                        );
                    }
                }
            }
        }
        crate::apply::replace_in_task_spec(spec, &values);
        task
    }

    /// Decides how the run ends and stops everything that runs.
    fn end(
        &mut self,
        shared: &Shared,
        condition: Condition,
        because: &str,
        now: Timestamp,
        actions: &mut Vec<Action>,
    ) {
        self.ending = Some(condition);
        for state in &mut self.tasks {
            for run in state.runs.iter_mut().filter(|run| !run.is_done()) {
                run.cancel(shared, because, now, actions);
            }
        }
        if let Ok(facts) = Facts::new(self, now) {
            self.children = self.child_references(&facts);
        }
    }

    fn finish(&mut self, condition: Condition, now: Timestamp) {
        self.set_condition(condition, now);
        self.completed = Some(now);
    }

    fn set_condition(&mut self, condition: Condition, now: Timestamp) {
        if condition != self.condition {
            self.condition = condition;
            self.changed = Some(now);
        }
    }

    /// The whole run's limit is reached.
    pub(super) fn has_timed_out(&self, now: Timestamp) -> bool {
        is_past(self.started, Some(self.run.spec.pipeline_timeout()), now)
    }

    /// The tasks section's limit is reached.
    pub(super) fn tasks_have_timed_out(&self, now: Timestamp) -> bool {
        is_past(self.started, self.run.spec.tasks_timeout(), now)
    }

    /// The finally section's limit is reached.
    pub(super) fn finally_has_timed_out(&self, now: Timestamp) -> bool {
        is_past(self.finally_started, self.run.spec.finally_timeout(), now)
    }

    /// The next limit after now.
    pub(super) fn next_deadline(&self, now: Timestamp) -> Option<Timestamp> {
        if self.completed.is_some() || self.ending.is_some() || self.spec.is_none() {
            return None;
        }
        let section = match self.finally_started {
            Some(_) => deadline(self.finally_started, self.run.spec.finally_timeout()),
            None => deadline(self.started, self.run.spec.tasks_timeout()),
        };
        let whole = deadline(self.started, Some(self.run.spec.pipeline_timeout()));
        let of_tasks = self.runs().filter_map(TaskRunState::deadline);
        of_tasks
            .chain(section)
            .chain(whole)
            .filter(|at| *at > now)
            .min()
    }
}

fn deadline(from: Option<Timestamp>, limit: Option<Duration>) -> Option<Timestamp> {
    let limit = limit.filter(|limit| *limit > Duration::ZERO)?;
    from?.checked_add(SignedDuration::from_nanos(limit.0)).ok()
}

fn is_past(from: Option<Timestamp>, limit: Option<Duration>, now: Timestamp) -> bool {
    deadline(from, limit).is_some_and(|deadline| now >= deadline)
}
