//! How many instances there should be, and the steps towards it.
//!
//! The autoscaler is Knative's, with two differences that fit one machine. The gateway is always in the path, so there is no grace: the
//! last instance goes at the first tick after the stable window is empty. And the gateway knows how many requests it has this very
//! moment, so it does not wait for an average to rise: once a second, and whenever a request has to wait although an instance is ready,
//! the scale is at least what the present load needs.

use std::sync::Arc;
use std::time::Duration;

use serving::Moment;
use serving::annotations::Scaling;
use serving::bounds::{Activity, Reach, Situation, SleepPolicy, Verdict, verdict};
use serving::decider::{REPORT, TICK};
use serving::target::Metric;
use tokio::sync::Notify;

use super::{Refusal, Revision, Role, Scale, SlotPhase, Slotted, State};
use crate::runtime::clock::draw;
use crate::runtime::logs::InstanceLog;

/// Letters of the random end of an instance's name: those that Kubernetes uses, which spell no words.
const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
/// A sleeping machine is not caught up with second by second.
const CATCH_UP: Duration = Duration::from_secs(3);

impl Revision {
    /// Counts, decides and converges until the revision is retired and has no instance left.
    pub(super) async fn scale(self: Arc<Self>) {
        let Some(files) = self.prepare_files().await else {
            return;
        };
        loop {
            let now = self.machine.clock.now();
            let next = {
                let mut state = self.lock();
                state.count(now);
                state.decide(now, &self.workload.progress_deadline);
                self.converge(&mut state, now, &files);
                if state.role == Role::Retired && state.instances.is_empty() {
                    break;
                }
                state.next_step(now)
            };
            tokio::select! {
                () = self.wake.notified() => {}
                () = tokio::time::sleep_until(self.machine.clock.instant(next)) => {}
            }
        }
        // A folder that stays is removed at the next start.
        let _ = tokio::task::spawn_blocking(move || crate::files::remove_dir_all(&files)).await;
    }

    /// Starts and ends processes until there are as many as wanted.
    fn converge(self: &Arc<Self>, state: &mut State, now: Moment, files: &std::path::Path) {
        let wanted = if state.role == Role::Retired {
            0
        } else {
            state.wanted as usize
        };
        if now >= state.backoff.until() {
            for index in 0..state.instances.len() {
                if state.instances[index].phase == SlotPhase::Crashed {
                    state.instances[index].restarts += 1;
                    self.begin(state, index, files);
                }
            }
            while state.living() < wanted {
                let name = format!("{}-{}", self.workload.revision, random_letters(5));
                let log =
                    self.machine
                        .log_path(&self.workload.environment, &self.workload.app, &name);
                state.instances.push(Slotted {
                    name,
                    created: jiff::Timestamp::now(),
                    restarts: 0,
                    phase: SlotPhase::Crashed,
                    run: 0,
                    pid: None,
                    instance: None,
                    stop: Arc::new(Notify::new()),
                    log: Arc::new(InstanceLog::new(log)),
                });
                let index = state.instances.len() - 1;
                self.begin(state, index, files);
            }
        }
        while state.living() > wanted {
            let Some(index) = state.expendable() else {
                break;
            };
            let slotted = &mut state.instances[index];
            if slotted.phase == SlotPhase::Crashed {
                state.instances.remove(index);
            } else {
                slotted.phase = SlotPhase::Ending;
                slotted.stop.notify_one();
                let run = slotted.run;
                state.throttler.close(run);
            }
            self.changed();
        }
    }

    /// Starts the process of a place.
    fn begin(self: &Arc<Self>, state: &mut State, index: usize, files: &std::path::Path) {
        state.next_id += 1;
        let run = state.next_id;
        let slotted = &mut state.instances[index];
        slotted.run = run;
        slotted.phase = SlotPhase::Starting;
        slotted.stop = Arc::new(Notify::new());
        tokio::spawn(Arc::clone(self).follow(
            run,
            slotted.name.clone(),
            Arc::clone(&slotted.stop),
            Arc::clone(&slotted.log),
            files.to_owned(),
        ));
        self.changed();
    }

    /// Lets those that wait know when nothing will start.
    pub(super) fn fail_fast(&self) {
        let failure = {
            let state = self.lock();
            state
                .backoff
                .fails_fast()
                .then(|| state.failure.clone())
                .flatten()
        };
        if let Some(failure) = failure {
            self.dismiss(&Refusal::Broken(failure));
        }
    }
}

impl State {
    /// Records the load of every second that has passed.
    fn count(&mut self, now: Moment) {
        if now.saturating_sub(self.next_report) > CATCH_UP {
            self.next_report = now;
        }
        while now >= self.next_report {
            let report = self.stats.report(self.next_report);
            let load = match &self.scale {
                Scale::Automatic(scaling) if scaling.metric == Metric::Rps => report.own_requests(),
                _ => report.own_concurrency(),
            };
            // Sleep is not load: nobody reports while nothing runs.
            if !self.instances.is_empty() || load > 0.0 {
                self.decider.record(self.next_report, load);
            }
            self.next_report += REPORT;
            if self.ready() > 0 {
                self.raise_to_present_load();
            }
        }
        if self.throttler.waiting() > 0 && self.throttler.open_instances() > 0 {
            self.raise_to_present_load();
        }
    }

    fn raise_to_present_load(&mut self) {
        if let (Role::Current, Scale::Automatic(scaling)) = (self.role, &self.scale) {
            let most = if scaling.max > 0 {
                scaling.max as u32
            } else {
                u32::MAX
            };
            self.wanted = self.wanted.max(self.present_need(scaling).min(most));
        }
    }

    /// The instances that the requests of this moment need.
    fn present_need(&self, scaling: &Scaling) -> u32 {
        if scaling.metric == Metric::Rps {
            return 0;
        }
        (f64::from(self.stats.in_flight()) / self.decider.config().total).ceil() as u32
    }

    /// Sets the wanted number of instances, at each tick or when a sleeping revision is asked for.
    fn decide(&mut self, now: Moment, progress_deadline: &Duration) {
        let due = now >= self.next_tick;
        let asked = std::mem::take(&mut self.poked) && self.wanted == 0;
        if due {
            self.next_tick = now + TICK;
        }
        self.follow_activity(now);
        let scaling = match (&self.scale, self.role) {
            (Scale::Fixed(replicas), Role::Current) => {
                self.wanted = *replicas;
                return;
            }
            (Scale::Automatic(scaling), Role::Current) if due || asked => scaling.as_ref().clone(),
            _ => return,
        };
        let need = if self.ready() > 0 {
            self.present_need(&scaling)
        } else {
            0
        };
        let wish = self
            .decider
            .decide(self.ready(), now)
            .map(|decision| decision.wanted.max(need as i32));
        let policy = SleepPolicy {
            scale_to_zero: true,
            stable_window: scaling.window,
            grace: Duration::ZERO,
            retention: scaling.retention,
            progress_deadline: *progress_deadline,
            always_proxied: true,
        };
        let mut answer = verdict(wish, &scaling.bounds(), &policy, &self.situation(now));
        if answer == Verdict::Idle && !matches!(self.activity.0, Activity::Inactive(_)) {
            self.activity = (Activity::Inactive(Duration::ZERO), now);
            answer = verdict(wish, &scaling.bounds(), &policy, &self.situation(now));
        }
        if let Verdict::Scale(wanted) = answer {
            self.wanted = u32::try_from(wanted).unwrap_or(0);
        }
    }

    /// Keeps what the revision is doing, and since when.
    fn follow_activity(&mut self, now: Moment) {
        let ready = self.ready();
        let enough = match &self.scale {
            Scale::Automatic(scaling) if self.initialised => scaling.min.max(1),
            Scale::Automatic(scaling) => scaling.min.max(scaling.initial).max(1),
            Scale::Fixed(_) => 1,
        };
        let next = match self.activity.0 {
            Activity::Activating(_) if ready >= enough as u32 => {
                self.initialised = true;
                Activity::Active(Duration::ZERO)
            }
            Activity::Activating(_) | Activity::Active(_) if self.wanted == 0 => {
                Activity::Inactive(Duration::ZERO)
            }
            Activity::Inactive(_) if self.wanted > 0 && ready == 0 => {
                Activity::Activating(Duration::ZERO)
            }
            Activity::Inactive(_) if self.stats.in_flight() > 0 && ready > 0 => {
                Activity::Active(Duration::ZERO)
            }
            _ => return,
        };
        self.activity = (next, now);
    }

    fn situation(&self, now: Moment) -> Situation {
        let since = now.saturating_sub(self.activity.1);
        Situation {
            reach: Reach::Reachable,
            activity: match self.activity.0 {
                Activity::Activating(_) => Activity::Activating(since),
                Activity::Active(_) => Activity::Active(since),
                Activity::Inactive(_) => Activity::Inactive(since),
            },
            initialised: self.initialised,
            proxied_for: now.saturating_sub(self.started),
            proxy_answers: true,
        }
    }

    /// When to look again without being woken.
    fn next_step(&self, now: Moment) -> Moment {
        let mut next = self.next_tick.min(self.next_report);
        if self.wanted == 0 && self.instances.is_empty() && self.stats.in_flight() == 0 {
            // Asleep: the next request wakes the task.
            next = now + Duration::from_mins(1);
        }
        if self
            .instances
            .iter()
            .any(|slotted| slotted.phase == SlotPhase::Crashed)
            || self.living() < self.wanted as usize
        {
            next = next.min(self.backoff.until().max(now + Duration::from_millis(1)));
        }
        next
    }

    /// Places that are not on their way out.
    fn living(&self) -> usize {
        self.instances
            .iter()
            .filter(|slotted| slotted.phase != SlotPhase::Ending)
            .count()
    }

    /// The place to give up first: one that runs nothing, then one that is not ready, then the least loaded.
    fn expendable(&self) -> Option<usize> {
        let by_phase = |phase| {
            self.instances
                .iter()
                .position(|slotted| slotted.phase == phase)
        };
        by_phase(SlotPhase::Crashed)
            .or_else(|| by_phase(SlotPhase::Starting))
            .or_else(|| {
                let run = self.throttler.least_loaded()?;
                self.instances.iter().position(|slotted| slotted.run == run)
            })
    }
}

fn random_letters(count: usize) -> String {
    let mut chance = draw();
    (0..count)
        .map(|_| {
            let letter = LETTERS[(chance % LETTERS.len() as u64) as usize];
            chance /= LETTERS.len() as u64;
            char::from(letter)
        })
        .collect()
}
