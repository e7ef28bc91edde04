//! The status of one step.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::results::ResultValue;
use super::status::time;

/// What a container has come to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ContainerState {
    /// There is no pod yet.
    None,
    /// It waits for earlier steps.
    Waiting,
    /// It runs.
    Running { since: Timestamp },
    /// It has ended.
    Terminated {
        code: i32,
        reason: String,
        since: Timestamp,
        until: Timestamp,
    },
}

/// A step in a TaskRun's status.
#[derive(Debug, Clone)]
pub(crate) struct StepState {
    pub(crate) name: String,
    /// Empty until there is a pod.
    pub(crate) container: String,
    pub(crate) state: ContainerState,
    pub(crate) termination_reason: String,
    pub(crate) results: Vec<ResultValue>,
    /// Whether this step's end makes the TaskRun fail.
    pub(crate) failed: bool,
    /// What the TaskRun's message says about it.
    pub(crate) failure_message: String,
}

impl StepState {
    pub(crate) fn unstarted(name: String) -> Self {
        Self {
            name,
            container: String::new(),
            state: ContainerState::None,
            termination_reason: String::new(),
            results: Vec::new(),
            failed: false,
            failure_message: String::new(),
        }
    }

    /// Ends the step with what a status shows.
    pub(crate) fn terminate(&mut self, code: i32, reason: &str, termination: &str, now: Timestamp) {
        let since = match self.state {
            ContainerState::Running { since } => since,
            _ => now,
        };
        self.state = ContainerState::Terminated {
            code,
            reason: reason.to_owned(),
            since,
            until: now,
        };
        termination.clone_into(&mut self.termination_reason);
    }

    /// Ends the step if it has not ended, because its TaskRun has (`terminateStepsInPod`).
    pub(crate) fn cut_off(&mut self, reason: &str, now: Timestamp) {
        if matches!(
            self.state,
            ContainerState::Waiting | ContainerState::Running { .. }
        ) {
            self.terminate(1, reason, reason, now);
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut step = json!({"name": self.name});
        if !self.container.is_empty() {
            step["container"] = json!(self.container);
        }
        match &self.state {
            ContainerState::None => {}
            ContainerState::Waiting => step["waiting"] = json!({"reason": "PodInitializing"}),
            ContainerState::Running { since } => {
                step["running"] = json!({"startedAt": time(*since)});
            }
            ContainerState::Terminated {
                code,
                reason,
                since,
                until,
            } => {
                step["terminated"] = json!({
                    "exitCode": code,
                    "reason": reason,
                    "startedAt": time(*since),
                    "finishedAt": time(*until),
                });
            }
        }
        if !self.termination_reason.is_empty() {
            step["terminationReason"] = json!(self.termination_reason);
        }
        if !self.results.is_empty() {
            step["results"] = self.results.iter().map(ResultValue::to_json).collect();
        }
        step
    }
}
