//! Time and chance for the decisions of `crates/serving`.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, Instant};

use serving::Moment;

/// Monotonic time since a base that lies a day before the start, so that a decision can look back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Monotonic {
    start: Instant,
}

const ROOM: Duration = Duration::from_hours(24);

impl Monotonic {
    pub(super) fn new() -> Self {
        Self {
            start: Instant::now(),
        }
    }

    pub(super) fn now(&self) -> Moment {
        ROOM + self.start.elapsed()
    }

    /// The instant of a moment; moments before the start are the start.
    pub(super) fn instant(&self, moment: Moment) -> tokio::time::Instant {
        (self.start + moment.saturating_sub(ROOM)).into()
    }
}

/// A random number: the keys of a hash map's hasher are.
pub(super) fn draw() -> u64 {
    RandomState::new().build_hasher().finish()
}
