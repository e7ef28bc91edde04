//! When a crashed instance is started anew, and when requests are told at once that nothing starts.

use std::time::Duration;

use crate::Moment;

/// The first pause.
pub const FIRST: Duration = Duration::from_millis(100);
/// The longest pause.
pub const LONGEST: Duration = Duration::from_secs(30);
/// An instance that was ready for this long has shown that it works: its crash is the first one again.
pub const HEALTHY: Duration = Duration::from_mins(1);
/// After this many starts in a row without a ready instance, requests no longer wait.
pub const FAIL_FAST: u32 = 3;

/// The crashes of one revision in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
    ever_ready: bool,
    until: Moment,
}

impl Backoff {
    /// A start failed, or a ready instance ended by itself after `healthy_for`; returns when to start again.
    ///
    /// The pause doubles from 0.1 s to 30 s. `draw`, a random number, takes away up to a fifth of it, so that several do not start in step.
    pub fn failed(&mut self, now: Moment, healthy_for: Duration, draw: u64) -> Moment {
        if healthy_for >= HEALTHY {
            self.failures = 0;
        }
        let doubled = FIRST
            .saturating_mul(2_u32.saturating_pow(self.failures))
            .min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        let jitter = doubled.mul_f64((draw % 1000) as f64 / 5000.0);
        self.until = now + doubled.saturating_sub(jitter);
        self.until
    }

    /// An instance became ready.
    pub fn ready(&mut self) {
        if !self.ever_ready {
            self.failures = 0;
        }
        self.ever_ready = true;
    }

    /// Whether an instance was ever ready.
    pub fn ever_ready(&self) -> bool {
        self.ever_ready
    }

    /// Failures in a row.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// Whether requests are refused at once: three starts failed and none ever succeeded.
    pub fn fails_fast(&self) -> bool {
        !self.ever_ready && self.failures >= FAIL_FAST
    }

    /// No start before this moment.
    pub fn until(&self) -> Moment {
        self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let mut backoff = Backoff::default();
        let now = Duration::from_secs(100);
        let pauses: Vec<u128> = (0..12)
            .map(|_| {
                backoff
                    .failed(now, Duration::ZERO, 0)
                    .saturating_sub(now)
                    .as_millis()
            })
            .collect();
        assert_eq!(pauses[..5], [100, 200, 400, 800, 1600]);
        assert_eq!(pauses[8..], [25_600, 30_000, 30_000, 30_000]);
    }

    #[test]
    fn a_jitter_takes_at_most_a_fifth() {
        let now = Duration::from_secs(100);
        let until = Backoff::default().failed(now, Duration::ZERO, 999);
        assert!(
            (Duration::from_millis(80)..Duration::from_millis(100))
                .contains(&until.saturating_sub(now))
        );
    }

    #[test]
    fn three_failures_before_the_first_success_fail_fast() {
        let mut backoff = Backoff::default();
        for failures in 1..=3 {
            assert!(!backoff.fails_fast());
            backoff.failed(Duration::ZERO, Duration::ZERO, 0);
            assert_eq!(backoff.failures(), failures);
        }
        assert!(backoff.fails_fast());
        backoff.ready();
        backoff.failed(Duration::ZERO, Duration::ZERO, 0);
        assert!(!backoff.fails_fast());
    }

    #[test]
    fn a_minute_of_health_forgives() {
        let mut backoff = Backoff::default();
        for _ in 0..6 {
            backoff.failed(Duration::ZERO, Duration::ZERO, 0);
        }
        assert_eq!(backoff.failed(Duration::ZERO, HEALTHY, 0), FIRST);
    }
}
