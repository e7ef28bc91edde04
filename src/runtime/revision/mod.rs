//! One revision of an app: its instances, the requests for it, and how many instances there should be.
//!
//! [`Revision::admit`] is the way in for a request. A task of its own ([`scale`]) counts, decides and converges; another task per process
//! ([`process`]) follows it from start to end. Both work on [`State`] under one lock that is never held across a wait.

mod process;
mod scale;
mod view;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serving::Moment;
use serving::backoff::Backoff;
use serving::bounds::Activity;
use serving::decider::{Config, Decider};
use serving::stats::ProxyStats;
use serving::throttler::{Admission, Throttler, Ticket};
use tokio::sync::{Notify, oneshot, watch};

use super::clock::draw;
use super::desired::{Scale, Workload};
use super::instance::Instance;
use super::logs::InstanceLog;
use super::machine::Machine;
use super::port_shift::PortHabit;

pub(super) use view::Progress;

/// Requests that may wait for one revision.
pub(super) const QUEUE_LIMIT: usize = 10_000;

/// One revision.
pub(super) struct Revision {
    pub(super) workload: Workload,
    machine: Arc<Machine>,
    port_habit: PortHabit,
    state: Mutex<State>,
    /// Wakes the scaling task.
    wake: Notify,
    /// Counts visible changes.
    changes: watch::Sender<u64>,
}

/// Where a revision stands in its app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It has to show that it starts, with this many instances, before requests go to it.
    Candidate(u32),
    /// Requests go to it.
    Current,
    /// No new requests; it ends when it has answered those it has.
    Retired,
}

struct State {
    role: Role,
    scale: Scale,
    throttler: Throttler,
    waiters: HashMap<Ticket, oneshot::Sender<Result<Slot, Refusal>>>,
    stats: ProxyStats,
    decider: Decider,
    activity: (Activity, Moment),
    initialised: bool,
    instances: Vec<Slotted>,
    wanted: u32,
    backoff: Backoff,
    failure: Option<StartFailure>,
    next_report: Moment,
    next_tick: Moment,
    /// A sleeping revision was asked for: decide at once.
    poked: bool,
    started: Moment,
    next_id: u64,
}

/// A place for a process: as a pod it keeps its name when the process is started anew.
struct Slotted {
    name: String,
    created: Timestamp,
    restarts: u32,
    phase: SlotPhase,
    /// Names the present process to the throttler.
    run: u64,
    pid: Option<u32>,
    instance: Option<Arc<Instance>>,
    stop: Arc<Notify>,
    log: Arc<InstanceLog>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SlotPhase {
    Starting,
    Ready(Moment),
    Ending,
    Crashed,
}

/// Why a start failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StartFailure {
    /// In words.
    pub(super) reason: String,
    /// The last lines that the process printed.
    pub(super) tail: Vec<String>,
}

impl fmt::Display for StartFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.reason)?;
        if !self.tail.is_empty() {
            write!(
                formatter,
                "\nthe end of its log:\n  {}",
                self.tail.join("\n  ")
            )?;
        }
        Ok(())
    }
}

/// Why a request is not admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The queue is full.
    Full,
    /// The revision does not start.
    Broken(StartFailure),
    /// Another revision has taken over; ask the app again.
    Moved,
}

/// A request that is counted; dropping it counts it out.
struct Counted(Arc<Revision>);

/// A place in an instance; dropping it frees the place for the next request.
struct Slot {
    revision: Arc<Revision>,
    instance: Arc<Instance>,
}

/// The right to send one request to one instance. Ends when it is dropped.
pub(super) struct Lease {
    // In this order: the place is free before the request is counted out.
    slot: Slot,
    _counted: Counted,
}

impl fmt::Debug for Lease {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Lease")
            .field("instance", &self.slot.instance.address)
            .finish_non_exhaustive()
    }
}

impl Lease {
    pub(super) fn instance(&self) -> &Instance {
        &self.slot.instance
    }
}

impl fmt::Debug for Revision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Revision")
            .field("name", &self.workload.revision)
            .finish_non_exhaustive()
    }
}

impl Revision {
    /// Makes a revision and starts the task that scales it.
    pub(super) fn start(machine: &Arc<Machine>, workload: Workload, role: Role) -> Arc<Self> {
        let now = machine.clock.now();
        let config = match &workload.scale {
            Scale::Automatic(scaling) => scaling.config(workload.container_concurrency),
            Scale::Fixed(_) => Config::default(),
        };
        let wanted = match (&workload.scale, role) {
            (_, Role::Candidate(instances)) => instances,
            (Scale::Fixed(replicas), _) => *replicas,
            (Scale::Automatic(scaling), _) => scaling.initial.max(scaling.min).max(0) as u32,
        };
        let state = State {
            role,
            scale: workload.scale.clone(),
            throttler: Throttler::new(workload.container_concurrency, QUEUE_LIMIT),
            waiters: HashMap::new(),
            stats: ProxyStats::new(now),
            decider: Decider::new(config, 0, now),
            activity: (Activity::Activating(std::time::Duration::ZERO), now),
            initialised: wanted == 0,
            instances: Vec::new(),
            wanted,
            backoff: Backoff::default(),
            failure: None,
            next_report: now + serving::decider::REPORT,
            next_tick: now + serving::decider::TICK,
            poked: false,
            started: now,
            next_id: 0,
        };
        let revision = Arc::new(Self {
            workload,
            machine: Arc::clone(machine),
            port_habit: PortHabit::default(),
            state: Mutex::new(state),
            wake: Notify::new(),
            changes: watch::channel(0).0,
        });
        tokio::spawn(Arc::clone(&revision).scale());
        revision
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changed(&self) {
        self.changes.send_modify(|changes| *changes += 1);
    }

    /// Told of every visible change.
    pub(super) fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Waits for an instance with a free place. Dropping the future gives the place in the queue back.
    pub(super) async fn admit(self: &Arc<Self>) -> Result<Lease, Refusal> {
        let counted = self.count_in();
        let (ticket, answer) = {
            let mut state = self.lock();
            if state.role == Role::Retired {
                return Err(Refusal::Moved);
            }
            if state.backoff.fails_fast()
                && let Some(failure) = state.failure.clone()
            {
                return Err(Refusal::Broken(failure));
            }
            match state.throttler.arrive(draw()) {
                Admission::Refuse => return Err(Refusal::Full),
                Admission::Run(run) => match self.slot(&mut state, run) {
                    Some(slot) => {
                        return Ok(Lease {
                            slot,
                            _counted: counted,
                        });
                    }
                    None => return Err(Refusal::Moved),
                },
                Admission::Wait(ticket) => {
                    let (sender, answer) = oneshot::channel();
                    state.waiters.insert(ticket, sender);
                    state.ask(self.machine.clock.now());
                    (ticket, answer)
                }
            }
        };
        let _place = Waiting {
            revision: self,
            ticket,
        };
        self.wake.notify_one();
        match answer.await {
            Ok(Ok(slot)) => Ok(Lease {
                slot,
                _counted: counted,
            }),
            Ok(Err(refusal)) => Err(refusal),
            Err(_) => Err(Refusal::Moved),
        }
    }

    fn count_in(self: &Arc<Self>) -> Counted {
        let now = self.machine.clock.now();
        let mut state = self.lock();
        if state.stats.arrived(now) {
            state.ask(now);
        }
        Counted(Arc::clone(self))
    }

    /// The place that the throttler gave out; `None` when the instance went away in the same moment.
    fn slot(self: &Arc<Self>, state: &mut State, run: u64) -> Option<Slot> {
        let slotted = state.instances.iter().find(|slotted| slotted.run == run);
        let instance = slotted.and_then(|slotted| slotted.instance.clone());
        if instance.is_none() {
            state.throttler.finish(run);
        }
        Some(Slot {
            revision: Arc::clone(self),
            instance: instance?,
        })
    }

    /// Lets in those that wait, as far as places are free.
    fn dispatch(self: &Arc<Self>) {
        let mut admitted = Vec::new();
        {
            let mut state = self.lock();
            while let Some((ticket, run)) = state.throttler.next(draw()) {
                let slot = self.slot(&mut state, run);
                if let (Some(waiter), Some(slot)) = (state.waiters.remove(&ticket), slot) {
                    admitted.push((waiter, slot));
                }
            }
        }
        // Outside the lock: what a client that went away does not take is dropped here, and dropping it takes the lock.
        for (waiter, slot) in admitted {
            let _ = waiter.send(Ok(slot));
        }
    }

    /// Answers all that wait.
    fn dismiss(&self, refusal: &Refusal) {
        let waiters: Vec<_> = {
            let mut state = self.lock();
            let tickets = state.throttler.dismiss();
            tickets
                .into_iter()
                .filter_map(|ticket| state.waiters.remove(&ticket))
                .collect()
        };
        for waiter in waiters {
            let _ = waiter.send(Err(refusal.clone()));
        }
    }

    /// Requests go here from now on.
    pub(super) fn promote(&self) {
        let now = self.machine.clock.now();
        {
            let mut state = self.lock();
            state.role = Role::Current;
            state.initialised = true;
            let ready = state.ready();
            let config = state.decider.config().clone();
            state.decider = Decider::new(config, ready, now);
            state.activity = (Activity::Active(std::time::Duration::ZERO), now);
        }
        self.wake.notify_one();
        self.changed();
    }

    /// Requests go elsewhere from now on. Those it has are answered, those that wait are sent on.
    pub(super) fn retire(&self) {
        self.lock().role = Role::Retired;
        self.dismiss(&Refusal::Moved);
        self.wake.notify_one();
        self.changed();
    }

    /// Changes the fixed number of instances, or the rules of scaling, without a new revision.
    pub(super) fn rescale(&self, scale: &Scale) {
        let mut state = self.lock();
        if state.scale != *scale {
            state.scale = scale.clone();
            if let Scale::Automatic(scaling) = scale {
                state
                    .decider
                    .reconfigure(scaling.config(self.workload.container_concurrency));
            }
            drop(state);
            self.wake.notify_one();
        }
    }
}

impl State {
    /// Somebody waits: a revision that sleeps, or is about to, decides at once. Counts as a load of one.
    fn ask(&mut self, now: Moment) {
        if self.wanted == 0 && !self.poked {
            self.decider.record(now, 1.0);
            self.poked = true;
        }
    }

    fn ready(&self) -> u32 {
        self.instances
            .iter()
            .filter(|slotted| matches!(slotted.phase, SlotPhase::Ready(_)))
            .count() as u32
    }

    fn by_run(&mut self, run: u64) -> Option<&mut Slotted> {
        self.instances.iter_mut().find(|slotted| slotted.run == run)
    }
}

/// A place in the queue; dropping it gives it back.
struct Waiting<'a> {
    revision: &'a Revision,
    ticket: Ticket,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut state = self.revision.lock();
        state.throttler.give_up(self.ticket);
        state.waiters.remove(&self.ticket);
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.revision.lock().throttler.finish(self.instance.run);
        self.instance.freed.notify_waiters();
        self.revision.dispatch();
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let now = self.0.machine.clock.now();
        self.0.lock().stats.left(now);
    }
}
