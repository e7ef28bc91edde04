//! The life of one TaskRun.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::condition::user_error;
use super::pod::{Pod, with_step_results};
use super::prepare::{Prepared, namespace, prepare};
use super::results::{
    Message, ResultValue, add_result, drop_mismatched, message_of, missing_keys, parse,
    step_result_type,
};
use super::status::{conditions, list, map, set, time, to_json};
use super::step::{ContainerState, StepState};
use super::{Action, CancelMode, Condition, Event, Exit, Shared, Status, Verdict};
use crate::model::{Duration, ParamType, ParamValue, TaskRunSpec, TaskSpec};
use crate::text::{Replacements, expressions, step_result_refs};

/// What a TaskRun is to do.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) name: String,
    pub(super) uid: String,
    pub(super) labels: BTreeMap<String, String>,
    pub(super) annotations: BTreeMap<String, String>,
    /// The PipelineRun's name and UID.
    pub(super) owner: Option<(String, String)>,
    /// What its logs' names start with.
    pub(super) log_prefix: String,
    /// Its failure does not matter (`onError: continue` of the pipeline task).
    pub(super) ignore_failure: bool,
    /// The claims among its bindings that were made for the run.
    pub(super) scratch_claims: Vec<String>,
    pub(super) spec: TaskRunSpec,
}

/// How far a try has come.
#[derive(Debug)]
enum Phase {
    New,
    Preparing,
    Running,
    /// Waiting for what runs to be gone; then the condition.
    Stopping(Condition),
    Done,
}

/// One TaskRun.
#[derive(Debug)]
pub(super) struct TaskRunState {
    wanted: Wanted,
    phase: Phase,
    attempt: usize,
    condition: Condition,
    changed: Option<Timestamp>,
    created: Option<Timestamp>,
    started: Option<Timestamp>,
    completed: Option<Timestamp>,
    steps: Vec<StepState>,
    results: Vec<ResultValue>,
    sidecars: BTreeMap<String, Option<i32>>,
    earlier_tries: Vec<Value>,
    spec: Option<TaskSpec>,
    pod: Option<Pod>,
    is_cancelled: bool,
}

impl TaskRunState {
    pub(super) fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            phase: Phase::New,
            attempt: 1,
            condition: Condition::unknown("Started", ""),
            changed: None,
            created: None,
            started: None,
            completed: None,
            steps: Vec::new(),
            results: Vec::new(),
            sidecars: BTreeMap::new(),
            earlier_tries: Vec::new(),
            spec: None,
            pod: None,
            is_cancelled: false,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.wanted.name
    }

    pub(super) fn params(&self) -> &[crate::model::Param] {
        &self.wanted.spec.params
    }

    pub(super) fn condition(&self) -> &Condition {
        &self.condition
    }

    pub(super) fn results(&self) -> &[ResultValue] {
        &self.results
    }

    pub(super) fn is_done(&self) -> bool {
        matches!(self.phase, Phase::Done)
    }

    pub(super) fn verdict(&self) -> Verdict {
        match (self.is_done(), self.condition.status) {
            (true, Status::True) => Verdict::Succeeded,
            (true, _) if self.condition.reason == "TaskRunCancelled" => Verdict::Cancelled,
            (true, _) => Verdict::Failed,
            (false, _) => Verdict::Running,
        }
    }

    /// When its limit is reached.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let limit = self
            .wanted
            .spec
            .timeout
            .filter(|limit| *limit > Duration::ZERO)?;
        let is_running = matches!(self.phase, Phase::Preparing | Phase::Running);
        let started = self.started.filter(|_| is_running)?;
        started
            .checked_add(SignedDuration::from_nanos(limit.0))
            .ok()
    }

    /// Starts the first or next try.
    pub(super) fn start(&mut self, shared: &Shared, now: Timestamp, actions: &mut Vec<Action>) {
        self.created.get_or_insert(now);
        self.started = Some(now);
        self.changed = Some(now);
        match prepare(shared, &self.wanted, self.attempt) {
            Err(refusal) => {
                self.steps = refusal
                    .steps
                    .into_iter()
                    .map(StepState::unstarted)
                    .collect();
                let condition = Condition::failed(refusal.reason, refusal.message);
                self.finish(shared, condition, now, actions);
            }
            Ok(Prepared { spec, pod }) => {
                self.spec = Some(spec);
                self.begin(shared, pod, now, actions);
            }
        }
    }

    fn begin(&mut self, shared: &Shared, pod: Pod, now: Timestamp, actions: &mut Vec<Action>) {
        self.steps = pod
            .steps
            .iter()
            .map(|step| StepState {
                container: step.plan.container.clone(),
                state: ContainerState::Waiting,
                ..StepState::unstarted(step.plan.name.clone())
            })
            .collect();
        self.sidecars = pod
            .plan
            .sidecars
            .iter()
            .map(|sidecar| (sidecar.name.clone(), None))
            .collect();
        self.condition = Condition::unknown("Pending", "Pending");
        if let Some(problem) = &pod.waits_for {
            // A cluster would wait for the object until the limit; here nothing can bring it.
            let limit = self.wanted.spec.timeout.unwrap_or_default();
            let message = format!(
                "TaskRun {:?} failed to finish within \"{limit}\": {problem}, and nothing here would have made it, so landfall did not wait",
                self.wanted.name
            );
            return self.cut_off(
                shared,
                Condition::failed("TaskRunTimeout", message),
                now,
                actions,
            );
        }
        if let Some((step, problem)) = &pod.config_error {
            let message = format!(
                "the step {step:?} in TaskRun {:?} failed to start. The pod errored with the message: \"{problem}.\"",
                self.wanted.name
            );
            let condition = Condition::failed("CreateContainerConfigError", message);
            return self.cut_off(shared, condition, now, actions);
        }
        actions.push(Action::Prepare(Box::new(pod.plan.clone())));
        self.pod = Some(pod);
        self.phase = Phase::Preparing;
    }

    /// Takes an event that concerns this TaskRun.
    pub(super) fn handle(
        &mut self,
        shared: &Shared,
        event: &Event,
        now: Timestamp,
        actions: &mut Vec<Action>,
    ) {
        match (event, &self.phase) {
            (Event::Prepared { .. }, Phase::Preparing) => {
                self.phase = Phase::Running;
                self.set_condition(
                    Condition::unknown(
                        "Running",
                        "Not all Steps in the Task have finished executing",
                    ),
                    now,
                );
                self.run_from(shared, 0, now, actions);
            }
            (Event::NotPrepared { problem, .. }, Phase::Preparing) => {
                let message = format!(
                    "failed to create task run pod {:?}: {problem}. Maybe invalid TaskSpec",
                    self.wanted.name
                );
                let condition = Condition::failed("PodCreationFailed", message);
                self.cut_off(shared, condition, now, actions);
            }
            (Event::StepStarted { step, .. }, Phase::Running) => {
                if let Some(state) = self.steps.get_mut(*step) {
                    state.state = ContainerState::Running { since: now };
                }
            }
            (
                Event::StepEnded {
                    step,
                    exit,
                    results,
                    step_results,
                    ..
                },
                Phase::Running,
            ) => {
                self.end_step(*step, exit, results, step_results, now);
                self.run_from(shared, step + 1, now, actions);
            }
            (Event::SidecarEnded { sidecar, exit, .. }, Phase::Running | Phase::Preparing) => {
                if let Some(code) = self.sidecars.get_mut(sidecar) {
                    *code = Some(shown_code(exit, false));
                }
            }
            (Event::Stopped { .. }, Phase::Stopping(condition)) => {
                let condition = condition.clone();
                self.cut_off(shared, condition, now, actions);
            }
            (Event::Cancel(CancelMode::Cancelled | CancelMode::CancelledRunFinally), _) => {
                self.cancel(shared, "", now, actions);
            }
            (Event::Tick, _) if self.deadline().is_some_and(|deadline| now >= deadline) => {
                let limit = self.wanted.spec.timeout.unwrap_or_default();
                let message = format!(
                    "TaskRun {:?} failed to finish within \"{limit}\"",
                    self.wanted.name
                );
                self.stop(Condition::failed("TaskRunTimeout", message), actions);
            }
            _ => {}
        }
    }

    /// Cancels it, for a reason that its message gives.
    pub(super) fn cancel(
        &mut self,
        shared: &Shared,
        because: &str,
        now: Timestamp,
        actions: &mut Vec<Action>,
    ) {
        let message = format!("TaskRun {:?} was cancelled. {because}", self.wanted.name);
        let condition = Condition::failed("TaskRunCancelled", message);
        self.is_cancelled = true;
        match self.phase {
            Phase::New => self.finish(shared, condition, now, actions),
            Phase::Preparing | Phase::Running => self.stop(condition, actions),
            Phase::Stopping(_) | Phase::Done => {}
        }
    }

    fn stop(&mut self, condition: Condition, actions: &mut Vec<Action>) {
        self.phase = Phase::Stopping(condition);
        actions.push(Action::Stop {
            task_run: self.wanted.name.clone(),
        });
    }

    /// Ends with steps that have not.
    fn cut_off(
        &mut self,
        shared: &Shared,
        condition: Condition,
        now: Timestamp,
        actions: &mut Vec<Action>,
    ) {
        self.steps
            .iter_mut()
            .for_each(|step| step.cut_off(&condition.reason, now));
        // Results are read when all steps have ended, and here they have not.
        self.results.clear();
        self.steps.iter_mut().for_each(|step| step.results.clear());
        self.finish(shared, condition, now, actions);
    }

    /// Runs the next step that is to run; ends the try when there is none.
    fn run_from(
        &mut self,
        shared: &Shared,
        first: usize,
        now: Timestamp,
        actions: &mut Vec<Action>,
    ) {
        let has_failed = self.steps.iter().any(|step| step.failed);
        for index in first..self.steps.len() {
            if has_failed {
                self.steps[index].terminate(1, "Error", "Skipped", now);
                continue;
            }
            let Some(step) = self.pod.as_ref().and_then(|pod| pod.steps.get(index)) else {
                break;
            };
            let values = self.step_results();
            let mut when = step.when.clone();
            values.apply_when(&mut when);
            if when.iter().all(crate::model::WhenExpression::allows) {
                actions.push(Action::RunStep(Box::new(with_step_results(
                    &step.plan, &values,
                ))));
                return;
            }
            self.steps[index].terminate(0, "Completed", "Skipped", now);
        }
        self.complete(shared, now, actions);
    }

    /// The results of the steps so far, by reference.
    fn step_results(&self) -> Replacements {
        let mut values = Replacements::default();
        for step in &self.steps {
            for result in &step.results {
                add_reference(
                    &mut values,
                    &format!("steps.{}.results.{}", step.name, result.name),
                    &result.value,
                );
            }
        }
        values
    }

    /// What a step's end means (`entrypointer.go`, `status.go`).
    fn end_step(
        &mut self,
        index: usize,
        exit: &Exit,
        results: &BTreeMap<String, Vec<u8>>,
        step_results: &BTreeMap<String, Vec<u8>>,
        now: Timestamp,
    ) {
        let (Some(pod), Some(state)) = (&self.pod, self.steps.get_mut(index)) else {
            return;
        };
        let step = &pod.steps[index];
        let continues = step.continues && matches!(exit, Exit::Code(_) | Exit::Signal(_));
        let code = shown_code(exit, continues);
        let message = message_of(
            results.iter().chain(step_results),
            continues.then_some(code),
            pod.containers,
        );
        let has_failed = (code != 0 && !continues) || message == Message::TooLong;
        let code = if message == Message::TooLong { 1 } else { code };
        let termination = match (message, exit) {
            (Message::Cut, _) => "",
            (Message::TooLong, _) => "Error",
            (Message::Whole, Exit::TimedOut) => "TimeoutExceeded",
            (Message::Whole, _) if has_failed => "Error",
            (Message::Whole, _) if code != 0 => "Continued",
            (Message::Whole, _) => "Completed",
        };
        state.failed = has_failed;
        state.failure_message = match exit {
            Exit::TimedOut => format!(
                "{:?} exited because the step exceeded the specified timeout limit",
                state.container
            ),
            _ => format!("{:?} exited with code {code}: Error", state.container),
        };
        state.terminate(
            code,
            if has_failed { "Error" } else { "Completed" },
            termination,
            now,
        );
        if message != Message::Whole {
            return;
        }
        let declared = self.spec.iter().flat_map(|spec| &spec.results);
        let types: BTreeMap<&str, ParamType> = declared
            .map(|result| {
                (
                    result.name.as_str(),
                    ParamType::parse(&result.kind).unwrap_or(ParamType::String),
                )
            })
            .collect();
        for (name, bytes) in results {
            let kind = types
                .get(name.as_str())
                .copied()
                .unwrap_or(ParamType::String);
            add_result(&mut self.results, name, parse(kind, bytes));
        }
        for (name, bytes) in step_results {
            let value = parse(step_result_type(&step.results, name), bytes);
            state.results.push(ResultValue {
                name: name.clone(),
                value,
            });
        }
        self.lift_step_results(index);
    }

    /// Task results that are taken from a step: `value: $(steps.x.results.y)`.
    fn lift_step_results(&mut self, index: usize) {
        let step = &self.steps[index];
        for declared in self.spec.iter().flat_map(|spec| &spec.results) {
            let Some(value) = &declared.value else {
                continue;
            };
            let reference = step_result_refs(expressions(value.text()))
                .into_iter()
                .next();
            let Some(reference) = reference.filter(|r| r.source == step.name) else {
                continue;
            };
            if let Some(result) = step.results.iter().find(|r| r.name == reference.result) {
                add_result(&mut self.results, &declared.name, result.value.clone());
            }
        }
    }

    /// All steps have ended.
    fn complete(&mut self, shared: &Shared, now: Timestamp, actions: &mut Vec<Action>) {
        let failed_step = self.steps.iter().find(|step| step.failed);
        let failed_sidecar = self
            .sidecars
            .iter()
            .find(|(_, code)| code.is_some_and(|c| c != 0));
        let ignored = |reason| {
            if self.wanted.ignore_failure {
                "FailureIgnored"
            } else {
                reason
            }
        };
        let mut condition = match (failed_step, failed_sidecar) {
            (Some(step), _) => {
                Condition::failed(ignored("StepFailed"), step.failure_message.clone())
            }
            (None, Some((name, code))) => {
                let code = code.unwrap_or_default();
                let message = format!("\"sidecar-{name}\" exited with code {code}: Error");
                Condition::failed(ignored("SidecarFailed"), message)
            }
            (None, None) => Condition::succeeded("Succeeded", "All Steps have completed executing"),
        };
        let declared = self
            .spec
            .as_ref()
            .map(|spec| spec.results.as_slice())
            .unwrap_or_default();
        let is_inline = self.wanted.spec.task_spec.is_some();
        let problem = drop_mismatched(&mut self.results, declared)
            .or_else(|| missing_keys(&self.results, declared, is_inline));
        if let Some(problem) = problem {
            condition = Condition::failed("TaskRunValidationFailed", user_error(problem));
        }
        self.finish(shared, condition, now, actions);
    }

    /// The try is over; another follows if it failed and there is one left.
    fn finish(
        &mut self,
        shared: &Shared,
        condition: Condition,
        now: Timestamp,
        actions: &mut Vec<Action>,
    ) {
        let tries_left =
            self.earlier_tries.len() < usize::try_from(self.wanted.spec.retries).unwrap_or(0);
        let is_retried = condition.status == Status::False && tries_left && !self.is_cancelled;
        self.set_condition(condition, now);
        self.completed = Some(now);
        self.phase = Phase::Done;
        if self.pod.take().is_some() {
            let task_run = self.wanted.name.clone();
            actions.push(Action::Retire {
                task_run,
                attempt: self.attempt,
                is_retried,
            });
        }
        if is_retried {
            self.earlier_tries.push(self.status());
            self.attempt += 1;
            self.steps.clear();
            self.results.clear();
            self.sidecars.clear();
            self.completed = None;
            self.phase = Phase::New;
            self.set_condition(
                Condition::unknown("ToBeRetried", self.condition.message.clone()),
                now,
            );
            self.start(shared, now, actions);
        }
    }

    fn set_condition(&mut self, condition: Condition, now: Timestamp) {
        if condition != self.condition {
            self.condition = condition;
            self.changed = Some(now);
        }
    }

    /// The status without what is the same for all tries.
    fn status(&self) -> Value {
        let mut status = json!({});
        let sidecars = self.sidecars.iter().map(|(name, code)| {
            let state = match code {
                Some(code) => json!({"exitCode": code, "reason": if *code == 0 { "Completed" } else { "Error" }}),
                None => json!({"exitCode": 0, "reason": "Completed"}),
            };
            let key = if code.is_some() || self.is_done() { "terminated" } else { "running" };
            json!({"name": name, "container": format!("sidecar-{name}"), key: state})
        });
        set(
            &mut status,
            [
                (
                    "conditions",
                    self.changed.map(|at| conditions(&self.condition, at)),
                ),
                (
                    "podName",
                    (!self.steps.is_empty()).then(|| json!(format!("{}-pod", self.name()))),
                ),
                ("startTime", self.started.map(|at| json!(time(at)))),
                ("completionTime", self.completed.map(|at| json!(time(at)))),
                ("steps", list(self.steps.iter().map(StepState::to_json))),
                (
                    "results",
                    list(self.results.iter().map(ResultValue::to_json)),
                ),
                ("sidecars", list(sidecars)),
            ],
        );
        status
    }

    /// The TaskRun with its status.
    pub(super) fn object(&self, shared: &Shared) -> Value {
        let wanted = &self.wanted;
        let mut labels = wanted.labels.clone();
        labels.insert(
            "app.kubernetes.io/managed-by".to_owned(),
            "tekton-pipelines".to_owned(),
        );
        if let Some(reference) = &wanted.spec.task_ref {
            labels.insert("tekton.dev/task".to_owned(), reference.name.clone());
        }
        let owner = wanted.owner.as_ref().map(|(name, uid)| {
            json!([{
                "apiVersion": "tekton.dev/v1", "kind": "PipelineRun", "name": name, "uid": uid,
                "controller": true, "blockOwnerDeletion": true,
            }])
        });
        let mut metadata =
            json!({"name": wanted.name, "namespace": namespace(shared), "uid": wanted.uid});
        set(
            &mut metadata,
            [
                ("creationTimestamp", self.created.map(|at| json!(time(at)))),
                ("labels", map(&labels)),
                ("annotations", map(&wanted.annotations)),
                ("ownerReferences", owner),
            ],
        );
        let mut status = self.status();
        set(
            &mut status,
            [
                ("retriesStatus", list(self.earlier_tries.iter().cloned())),
                ("taskSpec", self.spec.as_ref().map(to_json)),
            ],
        );
        json!({
            "apiVersion": "tekton.dev/v1",
            "kind": "TaskRun",
            "metadata": metadata,
            "spec": to_json(&wanted.spec),
            "status": status,
        })
    }
}

/// The exit code that a status shows: Go's `ExitCode()` is -1 after a signal, and `os.Exit(-1)` is 255.
fn shown_code(exit: &Exit, continues: bool) -> i32 {
    match exit {
        Exit::Code(code) => *code,
        Exit::Signal(_) if continues => -1,
        Exit::Signal(_) => 255,
        Exit::TimedOut | Exit::NotStarted(_) => 1,
    }
}

/// Adds a result under its reference, with its items and keys.
pub(super) fn add_reference(values: &mut Replacements, reference: &str, value: &ParamValue) {
    match value {
        ParamValue::String(text) => {
            values.strings.insert(reference.to_owned(), text.clone());
        }
        ParamValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                values
                    .strings
                    .insert(format!("{reference}[{index}]"), item.clone());
            }
            values.arrays.insert(reference.to_owned(), items.clone());
        }
        ParamValue::Object(entries) => {
            for (key, text) in entries {
                values
                    .strings
                    .insert(format!("{reference}.{key}"), text.clone());
            }
            values.objects.insert(reference.to_owned(), entries.clone());
        }
    }
}
