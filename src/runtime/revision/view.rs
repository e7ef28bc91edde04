//! What others see of a revision.

use crate::ports::platform::{Instance as InstanceView, Phase};

use super::{Revision, Role, SlotPhase, StartFailure};

/// How far a new revision is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Not ready yet.
    Starting,
    /// It has shown that it starts.
    Ready,
    /// It does not start.
    Failed(StartFailure),
}

impl Revision {
    /// How far it is on its way to take requests.
    pub(in crate::runtime) fn progress(&self) -> Progress {
        let state = self.lock();
        let proven = match state.role {
            Role::Candidate(instances) => state.ready() >= instances,
            _ => state.initialised || state.backoff.ever_ready(),
        };
        match &state.failure {
            _ if proven => Progress::Ready,
            Some(failure) if state.backoff.fails_fast() => Progress::Failed(failure.clone()),
            _ => Progress::Starting,
        }
    }

    /// Ready instances, and those that there should be.
    pub(in crate::runtime) fn counts(&self) -> (u32, u32) {
        let state = self.lock();
        (state.ready(), state.wanted)
    }

    /// Requests that it is answering or that wait for it.
    pub(in crate::runtime) fn load(&self) -> u32 {
        self.lock().stats.in_flight()
    }

    /// The latest failure that no ready instance has made up for.
    pub(in crate::runtime) fn failure(&self) -> Option<StartFailure> {
        self.lock().failure.clone()
    }

    /// Whether all its processes have ended.
    pub(in crate::runtime) fn is_gone(&self) -> bool {
        self.lock().instances.is_empty()
    }

    /// Its instances.
    pub(in crate::runtime) fn instances(&self) -> Vec<InstanceView> {
        let state = self.lock();
        let view = |slotted: &super::Slotted| InstanceView {
            environment: self.workload.environment.clone(),
            app: self.workload.app.clone(),
            revision: self.workload.revision.clone(),
            name: slotted.name.clone(),
            ready: matches!(slotted.phase, SlotPhase::Ready(_)),
            phase: match slotted.phase {
                SlotPhase::Starting => Phase::ContainerCreating,
                SlotPhase::Ready(_) => Phase::Running,
                SlotPhase::Ending => Phase::Terminating,
                SlotPhase::Crashed => Phase::CrashLoopBackOff,
            },
            restarts: slotted.restarts,
            started: slotted.created,
            in_flight: state.throttler.in_flight(slotted.run),
            pid: slotted.pid,
            port: slotted
                .instance
                .as_ref()
                .map(|instance| instance.address.port()),
            log: slotted.log.path().to_owned(),
        };
        state.instances.iter().map(view).collect()
    }
}
