//! The largest value of the last few ticks, which is what delays a scale-down.
//!
//! knative/serving `pkg/autoscaler/aggregation/max`: a window of slots, two seconds each, that keeps only values which can still be the
//! maximum: each is smaller than the ones before it.

use std::collections::VecDeque;
use std::time::Duration;

use crate::Moment;
use crate::decider::TICK;

/// A maximum over the last `size` indexes.
#[derive(Clone, Debug)]
pub struct MaxWindow {
    size: i64,
    /// Index and value, with falling values.
    maxima: VecDeque<(i64, i32)>,
}

impl MaxWindow {
    /// A window of `size` slots; it has at least one.
    pub fn new(size: i64) -> Self {
        Self {
            size: size.max(1),
            maxima: VecDeque::new(),
        }
    }

    /// Records `value` for `index`. Indexes do not go back; of two values for one index the larger stays.
    pub fn record(&mut self, index: i64, value: i32) {
        while self.maxima.back().is_some_and(|&(_, last)| last <= value) {
            self.maxima.pop_back();
        }
        while self
            .maxima
            .front()
            .is_some_and(|&(first, _)| index - first >= self.size)
        {
            self.maxima.pop_front();
        }
        if self.maxima.back().is_none_or(|&(last, _)| last != index) {
            self.maxima.push_back((index, value));
        }
    }

    /// The largest value in the window, zero when nothing was recorded.
    pub fn max(&self) -> i32 {
        self.maxima.front().map_or(0, |&(_, value)| value)
    }
}

/// A [`MaxWindow`] over time, one slot per tick of the autoscaler.
#[derive(Clone, Debug)]
pub struct DelayWindow(MaxWindow);

impl DelayWindow {
    /// A window that remembers for `delay`, in whole ticks, rounded up.
    pub fn new(delay: Duration) -> Self {
        let slots = delay.as_nanos().div_ceil(TICK.as_nanos());
        Self(MaxWindow::new(i64::try_from(slots).unwrap_or(i64::MAX)))
    }

    /// Records the wish of `now` and returns the largest one that is remembered.
    pub fn largest(&mut self, now: Moment, wanted: i32) -> i32 {
        let slot = now.as_secs() / TICK.as_secs();
        self.0
            .record(i64::try_from(slot).unwrap_or(i64::MAX), wanted);
        self.0.max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_maximum_follows_the_table_of_knative() {
        let mut window = MaxWindow::new(5);
        let values = [5, 8, 5, 7, 5, 5, 1, 4, 4, 4, 4, 9, 3, 4, 2, 1, 0];
        let expected = [5, 8, 8, 8, 8, 8, 7, 7, 5, 5, 4, 9, 9, 9, 9, 9, 4];
        for (index, (value, expected)) in values.into_iter().zip(expected).enumerate() {
            window.record(index as i64, value);
            assert_eq!(window.max(), expected, "after index {index}");
        }
    }

    #[test]
    fn one_slot_keeps_its_largest_value() {
        for values in [[1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4, 3, 2, 1]] {
            let mut window = MaxWindow::new(5);
            let mut largest = 0;
            for value in values {
                window.record(0, value);
                largest = largest.max(value);
                assert_eq!(window.max(), largest);
            }
        }
    }

    proptest! {
        #[test]
        fn the_maximum_is_that_of_the_last_values(values in prop::collection::vec(0..100_i32, 1..60), size in 1..10_usize) {
            let mut window = MaxWindow::new(size as i64);
            for (index, &value) in values.iter().enumerate() {
                window.record(index as i64, value);
                let newest = &values[(index + 1).saturating_sub(size)..=index];
                prop_assert_eq!(Some(window.max()), newest.iter().copied().max());
            }
        }
    }
}
