//! A process of a revision, from its start to its end.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::{Revision, SlotPhase, StartFailure};
use crate::runtime::clock::draw;
use crate::runtime::copy::copy_folder;
use crate::runtime::instance::{Instance, Process, describe};
use crate::runtime::logs::InstanceLog;

/// The longest time between asking a process to end and killing it.
const GRACE: Duration = Duration::from_secs(30);

impl Revision {
    /// Copies the image's files for the instances to run in; they may write there, the image stays as it is.
    ///
    /// `None` when that fails: then nothing of this revision ever starts, and its failure says why.
    pub(super) async fn prepare_files(self: &Arc<Self>) -> Option<PathBuf> {
        let folder = format!("{}-{:08x}", self.workload.revision, draw() as u32);
        let target = self
            .machine
            .revisions()
            .join(&self.workload.environment)
            .join(folder);
        let (from, to) = (self.workload.image.files.clone(), target.clone());
        let copied = tokio::task::spawn_blocking(move || copy_folder(&from, &to)).await;
        let reason = match copied {
            Ok(Ok(())) => return Some(target),
            Ok(Err(error)) => error.to_string(),
            Err(error) => error.to_string(),
        };
        let failure = StartFailure {
            reason: format!("its files cannot be copied: {reason}"),
            tail: Vec::new(),
        };
        for _ in 0..serving::backoff::FAIL_FAST {
            self.start_failed(None, failure.clone());
        }
        None
    }

    /// Follows one process. `run` names it to the throttler; `stop` asks for its end.
    pub(super) async fn follow(
        self: Arc<Self>,
        run: u64,
        name: String,
        stop: Arc<Notify>,
        log: Arc<InstanceLog>,
        files: PathBuf,
    ) {
        let started = Process::start(
            &self.machine,
            &self.workload,
            &name,
            &files,
            log,
            &self.port_habit,
        );
        match started.await {
            Ok(process) => self.attend(run, &stop, process).await,
            Err(error) => {
                let reason = format!("it cannot be started: {error}");
                self.start_failed(
                    Some(run),
                    StartFailure {
                        reason,
                        tail: Vec::new(),
                    },
                );
            }
        }
        self.wake.notify_one();
        self.changed();
    }

    async fn attend(self: &Arc<Self>, run: u64, stop: &Notify, mut process: Process) {
        if let Some(slotted) = self.lock().by_run(run) {
            slotted.pid = Some(process.pid());
        }
        let deadline = tokio::time::sleep(self.workload.progress_deadline);
        let started = tokio::select! {
            ready = process.ready(&self.workload, run, &self.port_habit) => ready.map_err(|status| {
                format!("the process {} before it answered on port {}", describe(status), process_port(&self.workload, &process))
            }),
            () = deadline => Err(format!(
                "nothing answered on port {} within {} s",
                process.port(), self.workload.progress_deadline.as_secs()
            )),
            () = stop.notified() => {
                process.stop(self.grace()).await;
                process.clear().await;
                self.forget(run);
                return;
            }
        };
        match started {
            Err(reason) => {
                process.stop(self.grace()).await;
                let tail = process.clear().await;
                self.start_failed(Some(run), StartFailure { reason, tail });
            }
            Ok(instance) => {
                let instance = Arc::new(instance);
                self.serve_from(run, &instance);
                process.record(&self.machine).await;
                self.run_to_its_end(run, stop, process, &instance).await;
            }
        }
    }

    async fn run_to_its_end(
        self: &Arc<Self>,
        run: u64,
        stop: &Notify,
        mut process: Process,
        instance: &Instance,
    ) {
        let ended = tokio::select! {
            status = process.wait() => Some(status),
            () = stop.notified() => None,
        };
        if let Some(status) = ended {
            // Out of the choice at once; what was in flight there follows the rules of retry.
            self.take_out(run);
            let tail = process.clear().await;
            self.crashed(
                run,
                StartFailure {
                    reason: format!("the process {}", describe(status)),
                    tail,
                },
            );
            return;
        }
        // Whoever is still being answered is waited for, unless the process ends by itself.
        let drained = async {
            let limit = tokio::time::sleep(self.workload.timeout);
            tokio::pin!(limit);
            loop {
                let freed = instance.freed.notified();
                if self.lock().throttler.in_flight(run) == 0 {
                    break;
                }
                tokio::select! {
                    () = freed => {}
                    () = &mut limit => break,
                }
            }
        };
        tokio::select! {
            () = drained => {}
            _ = process.wait() => {}
        }
        instance.pool.close_idle();
        process.stop(self.grace()).await;
        process.clear().await;
        self.forget(run);
    }

    fn grace(&self) -> Duration {
        self.workload.timeout.min(GRACE)
    }

    /// A process answers: requests may go there.
    fn serve_from(self: &Arc<Self>, run: u64, instance: &Arc<Instance>) {
        let now = self.machine.clock.now();
        {
            let mut state = self.lock();
            state.backoff.ready();
            state.failure = None;
            if let Some(slotted) = state.by_run(run) {
                slotted.instance = Some(Arc::clone(instance));
                // Its end may have been asked for in the same moment.
                if slotted.phase == SlotPhase::Starting {
                    slotted.phase = SlotPhase::Ready(now);
                    state.throttler.add(run);
                }
            }
        }
        self.dispatch();
        self.wake.notify_one();
        self.changed();
    }

    /// A start failed, of the process `run` or before there was one.
    fn start_failed(&self, run: Option<u64>, failure: StartFailure) {
        self.failed(run, failure, Duration::ZERO);
        self.fail_fast();
    }

    /// A process that answered has ended by itself.
    fn crashed(&self, run: u64, failure: StartFailure) {
        let now = self.machine.clock.now();
        let healthy = match self.lock().by_run(run).map(|slotted| slotted.phase) {
            Some(SlotPhase::Ready(since)) => now.saturating_sub(since),
            _ => Duration::ZERO,
        };
        self.failed(Some(run), failure, healthy);
    }

    fn failed(&self, run: Option<u64>, failure: StartFailure, healthy: Duration) {
        let now = self.machine.clock.now();
        {
            let mut state = self.lock();
            state.backoff.failed(now, healthy, draw());
            state.failure = Some(failure);
            if let Some(run) = run {
                state.throttler.remove(run);
                let ending = state
                    .by_run(run)
                    .is_some_and(|slotted| slotted.phase == SlotPhase::Ending);
                if ending {
                    state.instances.retain(|slotted| slotted.run != run);
                } else if let Some(slotted) = state.by_run(run) {
                    slotted.phase = SlotPhase::Crashed;
                    slotted.instance = None;
                    slotted.pid = None;
                }
            }
        }
        self.wake.notify_one();
        self.changed();
    }

    fn take_out(&self, run: u64) {
        self.lock().throttler.remove(run);
    }

    /// A process has ended as it was asked to.
    fn forget(&self, run: u64) {
        let mut state = self.lock();
        state.throttler.remove(run);
        state.instances.retain(|slotted| slotted.run != run);
        drop(state);
        self.wake.notify_one();
        self.changed();
    }
}

/// The port to name in a message: the one the app was told, and the one its template names.
fn process_port(workload: &crate::runtime::desired::Workload, process: &Process) -> String {
    match workload.declared_port {
        Some(declared) if declared != process.port() => {
            format!("{} (PORT) or {declared}", process.port())
        }
        _ => process.port().to_string(),
    }
}
