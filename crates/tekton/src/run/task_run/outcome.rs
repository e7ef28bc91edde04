//! What the ends of steps and sidecars come to (`entrypointer.go`, `status.go`).

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::TaskRunState;
use crate::model::ParamType;
use crate::run::condition::user_error;
use crate::run::results::{
    Message, ResultValue, add_reference, add_result, drop_mismatched, message_of, missing_keys,
    parse, step_result_type,
};
use crate::run::{Action, Condition, Exit, Shared};
use crate::text::{Replacements, expressions, step_result_refs};

impl TaskRunState {
    /// The results of the steps so far, by reference.
    pub(super) fn step_results(&self) -> Replacements {
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

    /// What a step's end means.
    pub(super) fn end_step(
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
    pub(super) fn complete(&mut self, shared: &Shared, now: Timestamp, actions: &mut Vec<Action>) {
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
}

/// The exit code that a status shows: Go's `ExitCode()` is -1 after a signal, and `os.Exit(-1)` is 255.
pub(super) fn shown_code(exit: &Exit, continues: bool) -> i32 {
    match exit {
        Exit::Code(code) => *code,
        Exit::Signal(_) if continues => -1,
        Exit::Signal(_) => 255,
        Exit::TimedOut | Exit::NotStarted(_) => 1,
    }
}
