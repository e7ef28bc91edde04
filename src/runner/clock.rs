//! The time that a run sees.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

/// The time of day at the start, and from then on a clock that nobody can set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    start: Timestamp,
    started: Instant,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self {
            start: Timestamp::now(),
            started: Instant::now(),
        }
    }

    pub(super) fn now(self) -> Timestamp {
        let passed = SignedDuration::try_from(self.started.elapsed()).unwrap_or_default();
        self.start.saturating_add(passed).unwrap_or(self.start)
    }
}
