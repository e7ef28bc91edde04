//! One run: `crates/tekton` says what to do, this does it and reports what happened.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tekton::run::{
    Action, Event, Exit, MAX_RESULT_BYTES, PodPlan, RunOptions, RunState, StepPlan, Verdict,
};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use super::clock::Clock;
use super::hands::{Hands, keep_log_of_try};
use super::layout::{Layout, real_path};
use super::pod::Pod;
use super::simulated::not_simulated;
use super::step::Ended;
use super::{ProcessRunner, isolation, leftovers};
use crate::files;
use crate::ports::runner::{RunError, RunEvents, RunNotes, RunOutcome, RunRequest};

/// Runs a run to its end.
pub(super) async fn run(
    runner: &ProcessRunner,
    request: RunRequest,
    events: &dyn RunEvents,
) -> Result<RunOutcome, RunError> {
    let unsupported = tekton::unsupported(&request.objects);
    if !unsupported.is_empty() {
        return Err(RunError::Unsupported(unsupported));
    }
    leftovers::end().await;
    for folder in [&request.folder, &request.logs] {
        files::create_dir_all(folder)?;
    }
    let folder = real_path(&request.folder)?;
    let (is_isolated, fallback) = isolation::choose(runner, request.isolation, &folder).await?;
    let layout = Layout {
        folder,
        claims: request.claims.clone(),
        claims_root: request.claims_root.clone(),
        is_isolated,
    };
    layout.link_program(runner.executable())?;
    let notes = RunNotes {
        backend: if is_isolated { "isolated" } else { "host" },
        fallback,
        not_simulated: not_simulated(&request.objects, is_isolated),
    };
    events.begins(&notes);
    let options = RunOptions {
        gates: request.gates,
        run_uid: request.uid.clone(),
        paths_root: layout.paths_root(),
    };
    let state = RunState::new(request.objects.clone(), options);
    let (sender, receiver) = mpsc::unbounded_channel();
    let engine = Engine {
        hands: Arc::new(Hands {
            runner: runner.clone(),
            layout,
            logs: real_path(&request.logs)?,
            environment: request.environment,
            visible: request.visible,
            masked: request.masked,
            events: sender,
        }),
        state,
        pods: HashMap::new(),
        work: JoinSet::new(),
        told: BTreeMap::new(),
        clock: Clock::start(),
    };
    let mut cancel = request.cancel.0;
    Ok(engine.run(receiver, &mut cancel, events, notes).await)
}

/// One TaskRun that has folders.
#[derive(Debug)]
struct RunningPod {
    pod: Option<Arc<Pod>>,
    sidecars: Vec<StepPlan>,
    /// Ends the steps, and the sidecars with them.
    stop: watch::Sender<bool>,
    /// Ends the sidecars only.
    stop_sidecars: watch::Sender<bool>,
    /// How many processes run; a pod that is being made counts as one.
    running: usize,
    is_stopping: bool,
    logs: Vec<String>,
}

/// What a piece of work came to.
enum Done {
    Made {
        task_run: String,
        result: Result<Pod, String>,
    },
    Step {
        plan: Box<StepPlan>,
        ended: Ended,
    },
    Sidecar {
        task_run: String,
        sidecar: String,
        ended: Ended,
    },
}

struct Engine {
    hands: Arc<Hands>,
    state: RunState,
    pods: HashMap<String, RunningPod>,
    work: JoinSet<Done>,
    told: BTreeMap<String, Value>,
    clock: Clock,
}

impl Engine {
    async fn run(
        mut self,
        mut started: mpsc::UnboundedReceiver<Event>,
        cancel: &mut watch::Receiver<Option<tekton::run::CancelMode>>,
        events: &dyn RunEvents,
        notes: RunNotes,
    ) -> RunOutcome {
        let actions = self.state.start(self.clock.now());
        self.perform(actions, events);
        self.tell(events);
        let mut may_cancel = true;
        while self.state.verdict() == Verdict::Running {
            let now = self.clock.now();
            let deadline = self
                .state
                .next_deadline(now)
                .map_or(Duration::from_hours(1), |at| {
                    Duration::try_from(at.duration_since(now)).unwrap_or_default()
                });
            let event = tokio::select! {
                biased;
                Some(event) = started.recv() => Some(event),
                Some(done) = self.work.join_next() => done.ok().and_then(|done| self.finished(done)),
                changed = cancel.changed(), if may_cancel => {
                    may_cancel = changed.is_ok();
                    cancel.borrow_and_update().map(Event::Cancel)
                }
                () = tokio::time::sleep(deadline) => Some(Event::Tick),
            };
            if let Some(event) = event {
                let actions = self.state.handle(&event, self.clock.now());
                self.perform(actions, events);
                self.tell(events);
            }
        }
        // Sidecars and what a limit cut off: nothing of the run outlives it.
        for pod in self.pods.values() {
            pod.stop.send_replace(true);
            pod.stop_sidecars.send_replace(true);
        }
        while self.work.join_next().await.is_some() {}
        RunOutcome {
            verdict: self.state.verdict(),
            condition: self.state.condition().clone(),
            objects: self.state.objects(),
            notes,
        }
    }

    /// Tells what changed since the last time.
    fn tell(&mut self, events: &dyn RunEvents) {
        let mut changed = Vec::new();
        for object in self.state.objects() {
            let key = |field: &str| {
                object
                    .pointer(field)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
            };
            let key = format!("{}/{}", key("/kind"), key("/metadata/name"));
            if self.told.get(&key) != Some(&object) {
                self.told.insert(key, object.clone());
                changed.push(object);
            }
        }
        if !changed.is_empty() {
            events.changed(&changed);
        }
    }

    fn perform(&mut self, actions: Vec<Action>, events: &dyn RunEvents) {
        for action in actions {
            match action {
                Action::Prepare(plan) => self.prepare(*plan),
                Action::RunStep(plan) => self.run_step(*plan, events),
                Action::Stop { task_run } => {
                    if let Some(pod) = self.pods.get_mut(&task_run) {
                        pod.is_stopping = true;
                        pod.stop.send_replace(true);
                        pod.stop_sidecars.send_replace(true);
                        self.stopped_if_idle(&task_run);
                    }
                }
                Action::Retire {
                    task_run,
                    attempt,
                    is_retried,
                } => {
                    if let Some(pod) = self.pods.get_mut(&task_run) {
                        pod.stop_sidecars.send_replace(true);
                        if is_retried {
                            for log in std::mem::take(&mut pod.logs) {
                                keep_log_of_try(&self.hands.logs, &log, attempt);
                            }
                        }
                    }
                }
            }
        }
    }

    fn prepare(&mut self, plan: PodPlan) {
        let task_run = plan.task_run.clone();
        self.pods.insert(
            task_run.clone(),
            RunningPod {
                pod: None,
                sidecars: plan.sidecars.clone(),
                stop: watch::channel(false).0,
                stop_sidecars: watch::channel(false).0,
                running: 1,
                is_stopping: false,
                logs: Vec::new(),
            },
        );
        let layout = self.hands.layout.clone();
        self.work.spawn(async move {
            let made = tokio::task::spawn_blocking(move || Pod::make(&plan, &layout)).await;
            let result = made.unwrap_or_else(|error| Err(error.to_string()));
            Done::Made { task_run, result }
        });
    }

    fn run_step(&mut self, plan: StepPlan, events: &dyn RunEvents) {
        let Some(running) = self.pods.get_mut(&plan.task_run) else {
            return;
        };
        let Some(pod) = running.pod.clone() else {
            return;
        };
        running.running += 1;
        running.logs.push(plan.log_name.clone());
        let file = self.hands.logs.join(format!("{}.txt", plan.log_name));
        let task = plan
            .log_name
            .strip_suffix(&format!("-{}", plan.name))
            .unwrap_or(&plan.log_name);
        events.log_begins(task, &plan.name, &file);
        let hands = Arc::clone(&self.hands);
        let stop = running.stop.subscribe();
        self.work.spawn(async move {
            let started = Event::StepStarted {
                task_run: plan.task_run.clone(),
                step: plan.step,
            };
            let ended = hands.run(&pod, &plan, stop, Some(started)).await;
            Done::Step {
                plan: Box::new(plan),
                ended,
            }
        });
    }

    fn start_sidecars(&mut self, task_run: &str) {
        let Some(running) = self.pods.get_mut(task_run) else {
            return;
        };
        let Some(pod) = running.pod.clone() else {
            return;
        };
        for plan in running.sidecars.clone() {
            running.running += 1;
            let hands = Arc::clone(&self.hands);
            let stop = running.stop_sidecars.subscribe();
            let pod = Arc::clone(&pod);
            self.work.spawn(async move {
                let ended = hands.run(&pod, &plan, stop, None).await;
                Done::Sidecar {
                    task_run: plan.task_run,
                    sidecar: plan.name,
                    ended,
                }
            });
        }
    }

    /// The event of a piece of work that is done, if it is one.
    fn finished(&mut self, done: Done) -> Option<Event> {
        match done {
            Done::Made { task_run, result } => {
                let running = self.pods.get_mut(&task_run)?;
                running.running -= 1;
                match result {
                    Ok(pod) => {
                        running.pod = Some(Arc::new(pod));
                        if running.is_stopping {
                            return Some(Event::Stopped { task_run });
                        }
                        self.start_sidecars(&task_run);
                        Some(Event::Prepared { task_run })
                    }
                    Err(_) if running.is_stopping => Some(Event::Stopped { task_run }),
                    Err(problem) => Some(Event::NotPrepared { task_run, problem }),
                }
            }
            Done::Step { plan, ended } => {
                let running = self.pods.get_mut(&plan.task_run)?;
                running.running -= 1;
                if running.is_stopping {
                    return self.stopped(&plan.task_run);
                }
                let pod = running.pod.clone()?;
                let exit = match ended {
                    Ended::By(exit) => exit,
                    Ended::Stopped => Exit::Signal(15),
                };
                if let Exit::Code(code) = exit {
                    pod.write_exit_code(&plan.container, code);
                }
                Some(Event::StepEnded {
                    results: pod.results(&plan.results, MAX_RESULT_BYTES),
                    step_results: pod.step_results(
                        &plan.container,
                        &plan.step_results,
                        MAX_RESULT_BYTES,
                    ),
                    task_run: plan.task_run,
                    step: plan.step,
                    exit,
                })
            }
            Done::Sidecar {
                task_run,
                sidecar,
                ended,
            } => {
                let running = self.pods.get_mut(&task_run)?;
                running.running -= 1;
                match ended {
                    Ended::By(exit) if !running.is_stopping => Some(Event::SidecarEnded {
                        task_run,
                        sidecar,
                        exit,
                    }),
                    _ => self.stopped(&task_run),
                }
            }
        }
    }

    fn stopped(&self, task_run: &str) -> Option<Event> {
        let pod = self.pods.get(task_run)?;
        let is_stopped = pod.is_stopping && pod.running == 0;
        is_stopped.then(|| Event::Stopped {
            task_run: task_run.to_owned(),
        })
    }

    /// A TaskRun between two steps has nothing that could end and say so.
    fn stopped_if_idle(&self, task_run: &str) {
        if let Some(event) = self.stopped(task_run) {
            // The receiver lives as long as the engine.
            let _ = self.hands.events.send(event);
        }
    }
}
