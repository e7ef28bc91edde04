//! The life of one TaskRun.

mod outcome;
mod status;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::pod::{Pod, with_step_results};
use super::prepare::{Prepared, prepare};
use super::results::ResultValue;
use super::step::{ContainerState, StepState};
use super::{Action, CancelMode, Condition, Event, Shared, Status, Verdict};
use crate::model::{Duration, TaskRunSpec, TaskSpec};
use outcome::shown_code;

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
}
