//! How many instances the load of a revision asks for.
//!
//! knative/serving `pkg/autoscaler/scaling/autoscaler.go`. The numbers are `f64` and the operations keep upstream's order: with a rate of
//! 1.1 and 100 instances the product is 110.00000000000001, its ceiling 111, and that is the answer.

use std::time::Duration;

use crate::Moment;
use crate::delay::DelayWindow;
use crate::window::{Aggregation, Window};

/// The time between two decisions.
pub const TICK: Duration = Duration::from_secs(2);
/// The time between two reports of the load.
pub const REPORT: Duration = Duration::from_secs(1);

/// What a decision depends on besides the load.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The load that one instance is meant to carry; see [`crate::target`].
    pub target: f64,
    /// The load that one instance can carry at most.
    pub total: f64,
    /// The spare capacity kept for bursts: 0 none, -1 unlimited.
    pub target_burst_capacity: f64,
    /// The load is a panic when it asks for this many times the ready instances.
    pub panic_threshold: f64,
    /// The window that decides in quiet times, in seconds.
    pub stable_window: u32,
    /// The window that decides in a panic, in seconds.
    pub panic_window: u32,
    /// A decision grows by this factor at most.
    pub max_scale_up_rate: f64,
    /// A decision shrinks by this factor at most.
    pub max_scale_down_rate: f64,
    /// A smaller scale is taken only after it was enough for this long.
    pub scale_down_delay: Duration,
    /// An active revision has at least this many instances; up to 1 has no effect.
    pub activation_scale: i32,
    /// Whether any traffic leads to the revision.
    pub reachable: bool,
    /// How the seconds of a window are weighted.
    pub aggregation: Aggregation,
}

impl Default for Config {
    /// The defaults of Knative 1.23.
    fn default() -> Self {
        Self {
            target: 70.0,
            total: 100.0,
            target_burst_capacity: 211.0,
            panic_threshold: 2.0,
            stable_window: 60,
            panic_window: 6,
            max_scale_up_rate: 1000.0,
            max_scale_down_rate: 2.0,
            scale_down_delay: Duration::ZERO,
            activation_scale: 0,
            reachable: true,
            aggregation: Aggregation::Average,
        }
    }
}

/// One decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The number of instances that the load asks for, before bounds.
    pub wanted: i32,
    /// The spare capacity over the configured burst; negative when a burst would not fit.
    pub excess_burst_capacity: i32,
    /// Whether the decision was made in a panic, when the scale never shrinks.
    pub panicking: bool,
}

/// The autoscaler of one revision: its windows and its state of panic.
#[derive(Clone, Debug)]
pub struct Decider {
    config: Config,
    stable: Window,
    panic: Window,
    panic_since: Option<Moment>,
    max_in_panic: i32,
    delay: Option<DelayWindow>,
}

impl Decider {
    /// An autoscaler that starts with `ready` instances.
    ///
    /// With more than one it starts in a panic: the history of their load is lost, and a scale that was right is not given up before
    /// there is a new one.
    pub fn new(config: Config, ready: u32, now: Moment) -> Self {
        Self {
            stable: Window::new(config.stable_window, config.aggregation),
            panic: Window::new(config.panic_window, config.aggregation),
            panic_since: (ready > 1).then_some(now),
            max_in_panic: i32::try_from(ready).unwrap_or(i32::MAX),
            delay: (!config.scale_down_delay.is_zero())
                .then(|| DelayWindow::new(config.scale_down_delay)),
            config,
        }
    }

    /// Takes a new configuration; windows are resized, a delay keeps the size it was made with.
    pub fn reconfigure(&mut self, config: Config) {
        self.stable.resize(config.stable_window, config.aggregation);
        self.panic.resize(config.panic_window, config.aggregation);
        self.config = config;
    }

    /// The configuration in force.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Records the load that one source saw in the second of `at`.
    pub fn record(&mut self, at: Moment, load: f64) {
        self.stable.record(at, load);
        self.panic.record(at, load);
    }

    /// The averages over the stable and the panic window.
    pub fn averages(&self, now: Moment) -> (f64, f64) {
        (self.stable.average(now), self.panic.average(now))
    }

    /// Decides for `ready` instances; `None` when there is no load recorded to decide on, so that the scale stays.
    pub fn decide(&mut self, ready: u32, now: Moment) -> Option<Decision> {
        if self.stable.is_empty(now) {
            return None;
        }
        let (stable, panic) = self.averages(now);
        Some(self.decide_on(stable, panic, ready, now))
    }

    /// Decides on two averages that the caller knows.
    pub fn decide_on(&mut self, stable: f64, panic: f64, ready: u32, now: Moment) -> Decision {
        let config = &self.config;
        let at_least_one = f64::from(ready).max(1.0);
        let up = (config.max_scale_up_rate * at_least_one).ceil();
        let down = if config.reachable {
            (at_least_one / config.max_scale_down_rate).floor()
        } else {
            0.0
        };
        let for_stable = (stable / config.target).ceil();
        let for_panic = (panic / config.target).ceil();
        let activated = |load: f64| {
            let wanted = load.max(down).min(up) as i32;
            let active = config.activation_scale > 1 && load > 0.0;
            if active {
                wanted.max(config.activation_scale)
            } else {
                wanted
            }
        };
        let mut wanted = activated(for_stable);

        let over = for_panic / at_least_one >= config.panic_threshold;
        let stable_window = Duration::from_secs(u64::from(config.stable_window));
        if over {
            self.panic_since = Some(now);
        } else if self
            .panic_since
            .is_some_and(|since| since + stable_window < now)
        {
            self.panic_since = None;
            self.max_in_panic = 0;
        }
        if self.panic_since.is_some() {
            self.max_in_panic = self.max_in_panic.max(wanted).max(activated(for_panic));
            wanted = self.max_in_panic;
        }
        if let Some(delay) = &mut self.delay {
            let delayed = delay.largest(now, wanted);
            if config.reachable {
                wanted = delayed;
            }
        }
        Decision {
            wanted,
            excess_burst_capacity: excess_burst_capacity(config, ready, panic),
            panicking: self.panic_since.is_some(),
        }
    }
}

fn excess_burst_capacity(config: &Config, ready: u32, load: f64) -> i32 {
    if config.target_burst_capacity == 0.0 {
        return 0;
    }
    if config.target_burst_capacity < 0.0 {
        return -1;
    }
    (f64::from(ready) * config.total - config.target_burst_capacity - load).floor() as i32
}

/// The spare capacity of a revision before its first decision.
///
/// It is the burst capacity itself where that is 0 (none) or -1 (unlimited).
pub fn initial_excess_burst_capacity(config: &Config, initial_scale: u32) -> i32 {
    if config.target_burst_capacity <= 0.0 {
        return config.target_burst_capacity as i32;
    }
    (f64::from(initial_scale) * config.total - config.target_burst_capacity) as i32
}
