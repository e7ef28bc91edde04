//! One workload of an environment over its releases: which revision takes the requests, and how a new one takes over.
//!
//! A new revision first shows that it starts. Only then do requests go to it; the old one answers those it has and ends. A revision that
//! does not start takes no request at all, and the app says why.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::ports::platform::{Application, Health, Instance};

use super::desired::{Scale, Workload};
use super::machine::Machine;
use super::revision::{Progress, Revision, Role, StartFailure};

/// One workload in one environment.
#[derive(Debug)]
pub(super) struct App {
    pub(super) environment: String,
    pub(super) name: String,
    machine: Arc<Machine>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    current: Arc<Revision>,
    candidate: Option<Arc<Revision>>,
    /// The newest release, when it did not start: its workload and why.
    failed: Option<(Workload, StartFailure)>,
    /// Revisions that still answer requests they had.
    leaving: Vec<Arc<Revision>>,
}

impl App {
    /// Starts a workload that was not there before: requests go to it at once and wait until it answers.
    pub(super) fn start(machine: &Arc<Machine>, workload: Workload) -> Arc<Self> {
        Arc::new(Self {
            environment: workload.environment.clone(),
            name: workload.name.clone(),
            machine: Arc::clone(machine),
            state: Mutex::new(State {
                current: Revision::start(machine, workload, Role::Current),
                candidate: None,
                failed: None,
                leaving: Vec::new(),
            }),
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The revision that takes requests.
    pub(super) fn current(&self) -> Arc<Revision> {
        Arc::clone(&self.lock().current)
    }

    /// Brings in a release. A release that runs already changes nothing but its number of instances; with `again` one that failed
    /// before is tried once more.
    pub(super) fn deploy(self: &Arc<Self>, workload: Workload, again: bool) {
        let mut state = self.lock();
        state.leaving.retain(|revision| !revision.is_gone());
        let candidate_is_it = state
            .candidate
            .as_ref()
            .is_some_and(|candidate| candidate.workload.identity == workload.identity);
        let failed_is_it = state
            .failed
            .as_ref()
            .is_some_and(|(failed, _)| failed.identity == workload.identity);
        if candidate_is_it || failed_is_it && !again {
            return;
        }
        state.failed = None;
        if let Some(candidate) = state.candidate.take() {
            candidate.retire();
            state.leaving.push(candidate);
        }
        if state.current.workload.identity == workload.identity {
            state.current.rescale(&workload.scale);
            return;
        }
        if state.current.progress() == Progress::Ready {
            let floor = floor(&workload, &state.current);
            let candidate = Revision::start(&self.machine, workload, Role::Candidate(floor));
            state.candidate = Some(Arc::clone(&candidate));
            tokio::spawn(Arc::clone(self).take_over(candidate));
        } else {
            // Nothing answers: whoever waits may as well wait for the newer one.
            let next = Revision::start(&self.machine, workload, Role::Current);
            let old = std::mem::replace(&mut state.current, next);
            old.retire();
            state.leaving.push(old);
        }
    }

    /// Lets `candidate` take over when it is ready; notes why when it does not get ready.
    async fn take_over(self: Arc<Self>, candidate: Arc<Revision>) {
        let mut changes = candidate.watch();
        let limit = candidate.workload.progress_deadline;
        let settled = tokio::time::timeout(limit, async {
            loop {
                changes.mark_unchanged();
                match candidate.progress() {
                    Progress::Starting => {}
                    settled => return settled,
                }
                if changes.changed().await.is_err() {
                    return Progress::Starting;
                }
            }
        })
        .await;
        let mut state = self.lock();
        if !state
            .candidate
            .as_ref()
            .is_some_and(|present| Arc::ptr_eq(present, &candidate))
        {
            return;
        }
        state.candidate = None;
        if settled == Ok(Progress::Ready) {
            candidate.promote();
            let old = std::mem::replace(&mut state.current, candidate);
            old.retire();
            state.leaving.push(old);
            return;
        }
        let failure = match settled {
            Ok(Progress::Failed(failure)) => failure,
            _ => candidate.failure().unwrap_or_else(|| StartFailure {
                reason: format!("it was not ready within {} s", limit.as_secs()),
                tail: Vec::new(),
            }),
        };
        state.failed = Some((candidate.workload.clone(), failure));
        candidate.retire();
        state.leaving.push(candidate);
    }

    /// Ends the app; returns when all its processes have ended.
    pub(super) async fn end(&self) {
        let revisions = {
            let mut state = self.lock();
            let candidate = state.candidate.take();
            let mut revisions = std::mem::take(&mut state.leaving);
            revisions.extend(candidate);
            revisions.push(Arc::clone(&state.current));
            revisions
        };
        for revision in &revisions {
            revision.retire();
        }
        for revision in revisions {
            let mut changes = revision.watch();
            while !revision.is_gone() {
                if changes.changed().await.is_err() {
                    break;
                }
            }
        }
    }

    /// Waits until the newest release is ready or has failed.
    pub(super) async fn settled(&self) {
        const LOOK: Duration = Duration::from_millis(20);
        loop {
            let health = self.health();
            if health.0 != Health::Progressing {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    fn health(&self) -> (Health, Option<String>) {
        let state = self.lock();
        if let Some((workload, failure)) = &state.failed {
            let message = format!(
                "version {} does not start, {} keeps running: {failure}",
                workload.version, state.current.workload.version
            );
            return (Health::Degraded, Some(message));
        }
        if state.candidate.is_some() {
            return (Health::Progressing, None);
        }
        match state.current.progress() {
            Progress::Ready => match (state.current.failure(), state.current.counts()) {
                (Some(failure), (0, wanted)) if wanted > 0 => (
                    Health::Degraded,
                    Some(format!("it keeps ending: {failure}")),
                ),
                _ => (Health::Healthy, None),
            },
            Progress::Starting => (Health::Progressing, None),
            Progress::Failed(failure) => (
                Health::Degraded,
                Some(format!(
                    "version {} does not start: {failure}",
                    state.current.workload.version
                )),
            ),
        }
    }

    /// The app as `get applications` lists it; `gateway_port` is for its URL.
    pub(super) fn application(&self, gateway_port: u16) -> Application {
        let (health, message) = self.health();
        let current = self.current();
        let (ready, desired) = current.counts();
        let workload = &current.workload;
        Application {
            app: workload.app.clone(),
            environment: self.environment.clone(),
            version: workload.version.clone(),
            url: workload
                .hosts
                .first()
                .map(|host| format!("http://{host}:{gateway_port}")),
            ready,
            desired,
            asleep: desired == 0 && ready == 0 && health == Health::Healthy,
            health,
            revision: workload.revision.clone(),
            message,
        }
    }

    /// All instances, those of leaving revisions included.
    pub(super) fn instances(&self) -> Vec<Instance> {
        let state = self.lock();
        let revisions = std::iter::once(&state.current)
            .chain(&state.candidate)
            .chain(&state.leaving);
        revisions
            .flat_map(|revision| revision.instances())
            .collect()
    }

    /// The host names that lead here.
    pub(super) fn hosts(&self) -> Vec<String> {
        self.current().workload.hosts.clone()
    }
}

/// With how many instances a release has to be ready before it takes over: its own minimum, and what the present load needs.
fn floor(workload: &Workload, current: &Revision) -> u32 {
    match &workload.scale {
        Scale::Fixed(replicas) => *replicas,
        Scale::Automatic(scaling) => {
            let own = scaling.initial.max(scaling.min).max(0) as u32;
            let config = scaling.config(workload.container_concurrency);
            let for_load = (f64::from(current.load()) / config.target).ceil() as u32;
            let most = if scaling.max > 0 {
                scaling.max as u32
            } else {
                u32::MAX
            };
            own.max(for_load).min(most)
        }
    }
}
