//! The life of one PipelineRun (`pipelinerun.go`, `cancel.go`, `timeout.go`).

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::child::task_run;
use super::condition::user_error;
use super::facts::{Facts, Skip};
use super::pipeline_results::pipeline_results;
use super::status::{conditions, list, set, time, to_json};
use super::task_run::TaskRunState;
use super::{
    Action, CancelMode, Condition, Event, RunOptions, Shared, Status, Verdict, prepare, validate,
};
use crate::admission::{pipeline_spec, pipeline_task_on_error};
use crate::apply::prepare_pipeline;
use crate::graph::{Graph, task_result_refs};
use crate::model::{Duration, ParamValue, PipelineRun, PipelineSpec, PipelineTask, TaskSpec};
use crate::text::{PARAM_PATTERNS, Replacements, expressions, result_refs};

const CANCELLED_BECAUSE: &str =
    "TaskRun cancelled as the PipelineRun it belongs to has been cancelled.";
const TIMED_OUT_BECAUSE: &str = "TaskRun cancelled as the PipelineRun it belongs to has timed out.";
/// The longest list of missing results in a condition.
const MAX_PROBLEMS_LENGTH: usize = 1024;

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
    pub(super) run: Option<TaskRunState>,
    /// A result that it needs and that its source did not write.
    pub(super) missing_result: Option<String>,
    /// Its TaskRun was cancelled by a limit of the run.
    has_timed_out: bool,
}

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
                for run in self.tasks.iter_mut().filter_map(|state| state.run.as_mut()) {
                    run.handle(shared, event, now, actions);
                }
            }
            Event::StepStarted { task_run, .. } => {
                // Nothing can follow from a step that runs but its status.
                let runs = self.tasks.iter_mut().filter_map(|state| state.run.as_mut());
                if let Some(run) = runs.into_iter().find(|run| run.name() == task_run) {
                    run.handle(shared, event, now, actions);
                }
                return;
            }
            Event::Prepared { task_run }
            | Event::NotPrepared { task_run, .. }
            | Event::StepEnded { task_run, .. }
            | Event::SidecarEnded { task_run, .. }
            | Event::Stopped { task_run } => {
                let runs = self.tasks.iter_mut().filter_map(|state| state.run.as_mut());
                if let Some(run) = runs.into_iter().find(|run| run.name() == task_run) {
                    run.handle(shared, event, now, actions);
                }
            }
        }
        self.reconcile(shared, now, actions);
    }

    /// Finds the pipeline and its tasks and checks the run against them, in the order of Tekton's reconciler.
    fn resolve(&mut self, shared: &Shared) -> Result<(), Condition> {
        let name = self.run.metadata.name.clone();
        let (pipeline_name, mut spec) = match (
            &self.run.spec.pipeline_ref,
            &self.run.spec.pipeline_spec,
        ) {
            (Some(reference), _) => match shared.objects.pipelines.get(&reference.name) {
                Some(pipeline) => (reference.name.clone(), pipeline.spec.clone()),
                None => {
                    return Err(Condition::failed(
                        "CouldntGetPipeline",
                        format!(
                            "Error retrieving pipeline for pipelinerun default/{name}: error when getting Pipeline for PipelineRun {name}: tekton client cannot get pipeline {0} from local cluster: pipelines.tekton.dev {0:?} not found",
                            reference.name
                        ),
                    ));
                }
            },
            (None, spec) => (name.clone(), spec.clone().unwrap_or_default()),
        };
        spec.set_defaults();
        self.pipeline_name.clone_from(&pipeline_name);
        self.graph = Graph::build(&spec.tasks).map_err(|error| {
            let message = format!("PipelineRun default/{name}'s Pipeline DAG is invalid: {error}");
            Condition::failed("PipelineInvalidGraph", user_error(message))
        })?;
        self.check(shared, &pipeline_name, &spec)?;
        let spec = prepare_pipeline(spec, &mut self.run, &pipeline_name).map_err(|problem| {
            let message = format!(
                "Failed to apply parameters to Pipeline default/{pipeline_name}: {problem}"
            );
            Condition::failed("PipelineValidationFailed", user_error(message))
        })?;
        let problems: crate::admission::FieldErrors = spec
            .tasks
            .iter()
            .chain(&spec.finally)
            .map(pipeline_task_on_error)
            .collect();
        if !problems.is_empty() {
            let message = format!(
                "Pipeline default/{pipeline_name} can't be Run; it has an invalid spec: {problems}"
            );
            return Err(Condition::failed(
                "PipelineValidationFailed",
                user_error(message),
            ));
        }
        self.find_tasks(shared, &spec)?;
        self.check_references(&spec)?;
        self.spec = Some(spec);
        Ok(())
    }

    /// The run's values against the pipeline's declarations.
    fn check(&self, shared: &Shared, pipeline: &str, spec: &PipelineSpec) -> Result<(), Condition> {
        let name = &self.run.metadata.name;
        let params = &self.run.spec.params;
        let refuse =
            |reason: &str, message: String| Err(Condition::failed(reason, user_error(message)));
        let problems = pipeline_spec(spec, shared.options.gates);
        if !problems.is_empty() {
            let message = format!(
                "Pipeline default/{pipeline} can't be Run; it has an invalid spec: {problems}"
            );
            return refuse("PipelineValidationFailed", message);
        }
        if let Some(problem) = validate::missing_params(&spec.params, params) {
            return refuse(
                "ParameterMissing",
                format!(
                    "PipelineRun default/{name} is missing some parameters required by Pipeline default/{pipeline}: {problem}"
                ),
            );
        }
        if let Some(problem) = validate::mistyped_params(&spec.params, params) {
            return refuse(
                "ParameterTypeMismatch",
                format!(
                    "PipelineRun default/{name} parameters have mismatching types with Pipeline default/{pipeline}'s parameters: {problem}"
                ),
            );
        }
        if let Some(keys) = validate::missing_keys(&spec.params, params) {
            return refuse(
                "ObjectParameterMissKeys",
                format!(
                    "PipelineRun default/{name} parameters is missing object keys required by Pipeline default/{pipeline}'s parameters: pipelineRun missing object keys for parameters: {keys}"
                ),
            );
        }
        if let Some(problem) = validate::pipeline_indexes(spec, params) {
            return refuse(
                "ParamArrayIndexingInvalid",
                format!(
                    "PipelineRun default/{name} failed validation: failed to validate Pipeline default/{pipeline}'s parameter which has an invalid index while referring to an array: {problem}"
                ),
            );
        }
        let bound = &self.run.spec.workspaces;
        let unbound = spec
            .workspaces
            .iter()
            .filter(|workspace| !workspace.optional);
        let mut unbound =
            unbound.filter(|workspace| bound.iter().all(|binding| binding.name != workspace.name));
        if let Some(workspace) = unbound.next() {
            return refuse(
                "InvalidWorkspaceBindings",
                format!(
                    "PipelineRun default/{name} doesn't bind Pipeline default/{pipeline}'s Workspaces correctly: pipeline requires workspace with name {:?} be provided by pipelinerun",
                    workspace.name
                ),
            );
        }
        let is_task = |name: &str| {
            spec.tasks
                .iter()
                .chain(&spec.finally)
                .any(|task| task.name == name)
        };
        let mut strangers = self.run.spec.task_run_specs.iter();
        if let Some(stranger) = strangers.find(|specific| !is_task(&specific.pipeline_task_name)) {
            return refuse(
                "InvalidTaskRunSpecs",
                format!(
                    "PipelineRun default/{name} doesn't define taskRunSpecs correctly: pipelineRun's taskrunSpecs defined wrong taskName: {:?}, does not exist in Pipeline",
                    stranger.pipeline_task_name
                ),
            );
        }
        Ok(())
    }

    fn find_tasks(&mut self, shared: &Shared, spec: &PipelineSpec) -> Result<(), Condition> {
        let tasks = spec.tasks.iter().map(|task| (task, false));
        for (task, is_final) in tasks.chain(spec.finally.iter().map(|task| (task, true))) {
            let (task_name, mut spec) = match (&task.task_ref, &task.task_spec) {
                (Some(reference), _) => match shared.objects.tasks.get(&reference.name) {
                    Some(found) => (reference.name.clone(), found.spec.clone()),
                    None => {
                        return Err(Condition::failed(
                            "CouldntGetTask",
                            format!(
                                "Pipeline default/{} can't be Run; it contains Tasks that don't exist: Couldn't retrieve Task {1:?}: tasks.tekton.dev {1:?} not found",
                                self.pipeline_name, reference.name
                            ),
                        ));
                    }
                },
                (None, inline) => (String::new(), inline.clone().unwrap_or_default()),
            };
            spec.set_defaults();
            self.tasks.push(TaskState {
                task: task.clone(),
                is_final,
                spec,
                task_name,
                run: None,
                missing_result: None,
                has_timed_out: false,
            });
        }
        Ok(())
    }

    /// References to results that no task declares, and optional workspaces that a task requires.
    fn check_references(&self, spec: &PipelineSpec) -> Result<(), Condition> {
        for state in &self.tasks {
            validate::task_params(&state.task_name, &state.spec.params, &state.task.params)
                .map_err(|problem| self.validation_failed(&problem))?;
        }
        for state in &self.tasks {
            for reference in task_result_refs(&state.task) {
                if let Some(problem) = self.undeclared(&reference) {
                    let message = format!(
                        "invalid result reference in pipeline task {:?}: {problem}",
                        state.task.name
                    );
                    return Err(Condition::failed("InvalidTaskResultReference", message));
                }
            }
        }
        for result in &spec.results {
            let references = result_refs(result.value.texts().into_iter().flat_map(expressions));
            if let Some(problem) = references
                .iter()
                .find_map(|reference| self.undeclared(reference))
            {
                let message = format!(
                    "Failed to resolve pipeline result reference for {:?} with error invalid pipeline result {:?}: {problem}",
                    self.run.metadata.name, result.name
                );
                return Err(Condition::failed("InvalidPipelineResultReference", message));
            }
        }
        for state in &self.tasks {
            for binding in &state.task.workspaces {
                let is_optional = spec
                    .workspaces
                    .iter()
                    .any(|w| w.optional && w.name == binding.workspace);
                let is_required = state
                    .spec
                    .workspaces
                    .iter()
                    .any(|w| !w.optional && w.name == binding.name);
                if is_optional && is_required {
                    let message = format!(
                        "Optional workspace not supported by task: pipeline workspace {:?} is marked optional but pipeline task {:?} requires it be provided",
                        binding.workspace, state.task.name
                    );
                    return Err(Condition::failed(
                        "RequiredWorkspaceMarkedOptional",
                        user_error(message),
                    ));
                }
            }
        }
        Ok(())
    }

    fn validation_failed(&self, problem: &str) -> Condition {
        let message = format!(
            "Validation failed for pipelinerun {} with error {problem}",
            self.run.metadata.name
        );
        Condition::failed("PipelineValidationFailed", user_error(message))
    }

    fn undeclared(&self, reference: &crate::text::ResultRef) -> Option<String> {
        let Some(source) = self
            .tasks
            .iter()
            .find(|state| state.task.name == reference.source)
        else {
            return Some(format!(
                "referenced pipeline task {:?} does not exist",
                reference.source
            ));
        };
        let is_declared = source
            .spec
            .results
            .iter()
            .any(|result| result.name == reference.result);
        (!is_declared).then(|| {
            format!(
                "{:?} is not a named result returned by pipeline task {:?}",
                reference.result, reference.source
            )
        })
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
        self.tasks.iter().filter_map(|state| state.run.as_ref())
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
            .filter(|(_, state)| state.run.is_none())
        {
            let params = &facts.shown(index).params;
            validate::task_params(&state.task_name, &state.spec.params, params)
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
            let Some(run) = state.run.as_mut().filter(|run| !run.is_done()) else {
                continue;
            };
            if is_cancelled && !state.is_final {
                run.cancel(shared, CANCELLED_BECAUSE, now, actions);
            } else if (tasks_timed_out && !state.is_final) || (finally_timed_out && state.is_final)
            {
                state.has_timed_out = true;
                run.cancel(shared, TIMED_OUT_BECAUSE, now, actions);
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
            let state = &self.tasks[index];
            let gates = shared.options.gates;
            let run = task_run(&self.run, &self.pipeline_name, state, task, gates)
                .map_err(|problem| Condition::failed("CreateRunFailed", problem))?;
            wanted.push((index, run));
        }
        if starts_finally {
            self.finally_started.get_or_insert(now);
        }
        for (index, wanted) in wanted {
            let run = self.tasks[index].run.insert(TaskRunState::new(wanted));
            run.start(shared, now, actions);
        }
        Ok(())
    }

    /// Results go into an inline spec, by whole value and key; items of lists stay as they are (`PropagateResults`).
    fn with_propagated_results(&self, mut task: PipelineTask) -> PipelineTask {
        let Some(spec) = &mut task.task_spec else {
            return task;
        };
        let mut values = Replacements::default();
        for state in &self.tasks {
            let Some(run) = state.run.as_ref().filter(|run| run.is_done()) else {
                continue;
            };
            for result in run.results() {
                let reference = format!("tasks.{}.results.{}", state.task.name, result.name);
                match &result.value {
                    ParamValue::String(text) => {
                        values.strings.insert(reference, text.clone());
                    }
                    ParamValue::Array(items) => {
                        values.arrays.insert(reference, items.clone());
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
            if let Some(run) = state.run.as_mut().filter(|run| !run.is_done()) {
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

    /// `GetPipelineConditionStatus`.
    fn condition_now(&self, facts: &Facts<'_>, now: Timestamp) -> Condition {
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

    fn child_references(&self, facts: &Facts<'_>) -> Vec<Value> {
        let with_runs = self.tasks.iter().enumerate();
        let with_runs = with_runs.filter_map(|(index, state)| Some((index, state.run.as_ref()?)));
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
                let display_name = params.text(&task.display_name);
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

    fn skipped_tasks(&self, facts: &Facts<'_>) -> Vec<Value> {
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

    pub(super) fn objects(&self, shared: &Shared) -> Vec<Value> {
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

fn deadline(from: Option<Timestamp>, limit: Option<Duration>) -> Option<Timestamp> {
    let limit = limit.filter(|limit| *limit > Duration::ZERO)?;
    from?.checked_add(SignedDuration::from_nanos(limit.0)).ok()
}

fn is_past(from: Option<Timestamp>, limit: Option<Duration>, now: Timestamp) -> bool {
    deadline(from, limit).is_some_and(|deadline| now >= deadline)
}

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
