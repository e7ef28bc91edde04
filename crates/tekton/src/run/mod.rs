//! A run as a state machine: events go in, actions come out, statuses can be read at any time.
//!
//! It holds no clock and starts nothing. Whoever drives it passes the time with every event, does what the actions say
//! and reports back:
//!
//! ```text
//! Prepare -> Prepared -> RunStep -> StepStarted -> StepEnded -> RunStep ... -> Retire
//!                          Stop -> Stopped
//! ```
//!
//! The rules are those of Tekton's reconcilers (`pkg/reconciler/pipelinerun`, `pkg/reconciler/taskrun`, `pkg/pod`), with
//! one reconciliation after every event.

mod child;
mod condition;
mod environment;
mod facts;
mod pipeline_results;
mod pipeline_run;
mod pod;
mod prepare;
mod protocol;
mod results;
mod status;
mod step;
mod task_run;
mod task_state;
mod validate;
mod volumes;

use jiff::Timestamp;
use serde_json::Value;

pub use condition::{Condition, Status};
pub use protocol::{
    Action, CancelMode, Event, Exit, FileEntry, Mount, PodPlan, RunOptions, Script, StepPlan,
    VolumeContent,
};
pub use results::MAX_RESULT_BYTES;

use crate::objects::{Objects, Run};
use pipeline_run::PipelineRunState;
use task_run::{TaskRunState, Wanted};

/// What all parts of a run share: the documents and the options.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) objects: Objects,
    pub(crate) options: RunOptions,
}

/// How a run ended, or that it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not yet.
    Running,
    /// True.
    Succeeded,
    /// False, for whatever reason but a cancel.
    Failed,
    /// False because somebody cancelled it.
    Cancelled,
    /// Waiting for somebody to change its spec; nothing will happen by itself.
    Pending,
}

/// One PipelineRun or TaskRun and all that belongs to it.
#[derive(Debug)]
pub struct RunState {
    shared: Shared,
    run: Machine,
}

#[derive(Debug)]
enum Machine {
    Pipeline(Box<PipelineRunState>),
    Task(Box<TaskRunState>),
}

impl RunState {
    /// A run that has not started. The documents must have been admitted.
    pub fn new(objects: Objects, options: RunOptions) -> Self {
        let run = match &objects.run {
            Run::Pipeline(run) => Machine::Pipeline(Box::new(PipelineRunState::new(
                run.as_ref().clone(),
                &options,
            ))),
            Run::Task(run) => {
                let mut run = run.as_ref().clone();
                run.spec.set_defaults();
                let wanted = Wanted {
                    name: run.metadata.name.clone(),
                    uid: options.run_uid.clone(),
                    labels: run.metadata.labels.clone(),
                    annotations: run.metadata.annotations.clone(),
                    owner: None,
                    log_prefix: run.metadata.name.clone(),
                    ignore_failure: false,
                    scratch_claims: Vec::new(),
                    spec: run.spec,
                };
                Machine::Task(Box::new(TaskRunState::new(wanted)))
            }
        };
        Self {
            shared: Shared { objects, options },
            run,
        }
    }

    /// Starts the run.
    pub fn start(&mut self, now: Timestamp) -> Vec<Action> {
        let mut actions = Vec::new();
        match &mut self.run {
            Machine::Pipeline(run) => run.start(&self.shared, now, &mut actions),
            Machine::Task(run) => run.start(&self.shared, now, &mut actions),
        }
        actions
    }

    /// Takes what happened and says what to do next. Events that come too late change nothing.
    pub fn handle(&mut self, event: &Event, now: Timestamp) -> Vec<Action> {
        let mut actions = Vec::new();
        match &mut self.run {
            Machine::Pipeline(run) => run.handle(&self.shared, event, now, &mut actions),
            Machine::Task(run) => run.handle(&self.shared, event, now, &mut actions),
        }
        actions
    }

    /// When a limit is reached next, after now; send [`Event::Tick`] then.
    pub fn next_deadline(&self, now: Timestamp) -> Option<Timestamp> {
        match &self.run {
            Machine::Pipeline(run) => run.next_deadline(now),
            Machine::Task(run) => run.deadline().filter(|at| *at > now),
        }
    }

    /// How the run ended. It has ended only when everything it started has.
    pub fn verdict(&self) -> Verdict {
        match &self.run {
            Machine::Pipeline(run) => run.verdict(),
            Machine::Task(run) => run.verdict(),
        }
    }

    /// The run's condition.
    pub fn condition(&self) -> &Condition {
        match &self.run {
            Machine::Pipeline(run) => run.condition(),
            Machine::Task(run) => run.condition(),
        }
    }

    /// The PipelineRun and its TaskRuns, or the one TaskRun, as Tekton's objects with their statuses.
    pub fn objects(&self) -> Vec<Value> {
        match &self.run {
            Machine::Pipeline(run) => run.objects(&self.shared),
            Machine::Task(run) => vec![run.object(&self.shared)],
        }
    }
}
