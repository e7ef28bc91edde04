//! Averages over a sliding window of whole seconds.
//!
//! The algorithm is knative/serving `pkg/autoscaler/aggregation/bucketing.go` with a bucket of one second. The order of the floating
//! point operations is part of it: a total that is kept by adding and taking away is not the sum of the buckets.

use crate::Moment;

/// How the seconds of a window are weighted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aggregation {
    /// Each second counts the same.
    #[default]
    Average,
    /// The latest second counts most, each older one less by a constant factor.
    WeightedExponential,
}

/// The weights of a [`Aggregation::WeightedExponential`] window sum to at least this.
const WEIGHT_PRECISION: f64 = 0.9999;
/// The smallest factor by which weights fall, whatever the size of the window.
const LEAST_COEFFICIENT: f64 = 0.2;

/// A ring of one bucket a second.
///
/// Values recorded for the same second add up: each reports the share of one source.
#[derive(Clone, Debug)]
pub struct Window {
    buckets: Vec<f64>,
    first_write: Option<i64>,
    last_write: Option<i64>,
    total: f64,
    aggregation: Aggregation,
}

impl Window {
    /// A window over `seconds` seconds; a window has at least one.
    pub fn new(seconds: u32, aggregation: Aggregation) -> Self {
        Self {
            buckets: vec![0.0; seconds.max(1) as usize],
            first_write: None,
            last_write: None,
            total: 0.0,
            aggregation,
        }
    }

    /// Adds `value` to the second of `at`. A value older than the window is ignored.
    pub fn record(&mut self, at: Moment, value: f64) {
        let second = whole_seconds(at);
        if self.last_write != Some(second) && !self.move_to(second) {
            return;
        }
        let bucket = self.slot(second);
        self.buckets[bucket] += value;
        self.total += value;
    }

    /// Makes `second` writable; false when it lies before the window.
    fn move_to(&mut self, second: i64) -> bool {
        let size = self.size();
        let Some(last) = self.last_write else {
            self.first_write = Some(second);
            self.last_write = Some(second);
            return true;
        };
        if second + size <= last {
            return false;
        }
        if self.first_write.is_none_or(|first| first > second) {
            self.first_write = Some(second);
        }
        if second > last {
            if second - last >= size {
                self.first_write = Some(second);
                self.buckets.fill(0.0);
                self.total = 0.0;
            } else {
                for skipped in last + 1..=second {
                    let bucket = self.slot(skipped);
                    self.total -= self.buckets[bucket];
                    self.buckets[bucket] = 0.0;
                }
            }
            self.last_write = Some(second);
        }
        true
    }

    /// The average as of `now`; zero where nothing was recorded for a whole window.
    pub fn average(&self, now: Moment) -> f64 {
        let Some(last) = self.last_write else {
            return 0.0;
        };
        match self.aggregation {
            Aggregation::Average => self.plain_average(whole_seconds(now), last),
            Aggregation::WeightedExponential => self.weighted_average(whole_seconds(now), last),
        }
    }

    fn plain_average(&self, now: i64, last: i64) -> f64 {
        let written = last - self.first_write.unwrap_or(last) + 1;
        let gap = now - last;
        if gap <= 0 {
            return six_decimals(self.total / written.min(self.size()) as f64);
        }
        if gap >= self.size() {
            return 0.0;
        }
        let mut total = self.total;
        for outdated in last + 1..=now {
            total -= self.buckets[self.slot(outdated)];
        }
        six_decimals(total / written.min(self.size() - gap) as f64)
    }

    fn weighted_average(&self, now: i64, last: i64) -> f64 {
        let gap = (now - last).max(0);
        if gap > self.size() {
            return 0.0;
        }
        let coefficient = smoothing_coefficient(self.buckets.len());
        let mut weight = coefficient * (1.0 - coefficient).powf(gap as f64);
        let mut average = 0.0;
        for age in 0..self.size() - gap {
            average += self.buckets[self.slot(last - age)] * weight;
            weight *= 1.0 - coefficient;
        }
        average
    }

    /// Whether nothing was recorded for longer than the window.
    pub fn is_empty(&self, now: Moment) -> bool {
        self.last_write
            .is_none_or(|last| whole_seconds(now) - last > self.size())
    }

    /// Changes the size and the weighting, and keeps the newest values that fit: a longer window looks further back.
    pub fn resize(&mut self, seconds: u32, aggregation: Aggregation) {
        self.aggregation = aggregation;
        let size = i64::from(seconds.max(1));
        if size == self.size() {
            return;
        }
        let mut resized = Self::new(seconds, aggregation);
        if let Some(last) = self.last_write {
            for second in (last - size.min(self.size()) + 1..=last).rev() {
                let value = self.buckets[self.slot(second)];
                let bucket = resized.slot(second);
                resized.buckets[bucket] = value;
                resized.total += value;
            }
            resized.first_write = Some(last - self.size() + 1);
        }
        resized.last_write = self.last_write;
        *self = resized;
    }

    fn size(&self) -> i64 {
        self.buckets.len() as i64
    }

    fn slot(&self, second: i64) -> usize {
        second.rem_euclid(self.size()) as usize
    }
}

/// The factor by which a weighted window of `buckets` seconds forgets, per second.
///
/// It lets the weights sum to 0.9999 over the window and is never under 0.2.
pub fn smoothing_coefficient(buckets: usize) -> f64 {
    (1.0 - (1.0 - WEIGHT_PRECISION).powf(1.0 / buckets as f64)).max(LEAST_COEFFICIENT)
}

fn whole_seconds(at: Moment) -> i64 {
    i64::try_from(at.as_secs()).unwrap_or(i64::MAX)
}

/// Rounds half away from zero, as Go's `math.Round` does.
fn six_decimals(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// The tables write seconds from an arbitrary base; ours leaves room before it.
    fn at(seconds: f64) -> Moment {
        Duration::from_secs_f64(1000.0 + seconds)
    }

    fn window(seconds: u32, aggregation: Aggregation, values: &[(f64, f64)]) -> Window {
        let mut window = Window::new(seconds, aggregation);
        for &(second, value) in values {
            window.record(at(second), value);
        }
        window
    }

    #[track_caller]
    fn assert_average(window: &Window, now: f64, expected: f64) {
        let average = window.average(at(now));
        assert!(
            (average - expected).abs() < 1e-9,
            "{average} is not {expected}"
        );
    }

    #[test]
    fn averages_follow_the_table_of_knative() {
        let mut five = window(5, Aggregation::Average, &[(0.0, 1.0)]);
        assert_average(&five, 0.0, 1.0);
        for (second, value) in [(1.0, 2.0), (2.0, 3.0), (3.0, 4.0), (4.0, 5.0)] {
            five.record(at(second), value);
        }
        for (now, expected) in [(4.0, 3.0), (3.6, 3.0), (6.0, 4.0), (10.0, 0.0)] {
            assert_average(&five, now, expected);
        }
        for (second, value, now, expected) in [
            (6.0, 91.0, 6.0, 20.6),
            (60.0, 1984.0, 60.0, 1984.0),
            (57.0, 4.0, 60.0, 497.0),
            (61.0, 5.0, 61.0, 398.6),
            (58.0, 10.0, 61.0, 400.6),
            (55.0, 1e6, 61.0, 400.6),
            (56.0, 1e6, 61.0, 400.6),
            (66.0, 10.0, 66.0, 10.0),
        ] {
            five.record(at(second), value);
            assert_average(&five, now, expected);
        }
    }

    #[test]
    fn values_that_arrive_backwards_fill_the_window() {
        let values: Vec<(f64, f64)> = (0..=8)
            .rev()
            .map(|second| (f64::from(second), 5.0))
            .collect();
        assert_average(&window(5, Aggregation::Average, &values), 8.0, 5.0);
    }

    #[test]
    fn values_of_one_second_add_up() {
        assert_average(
            &window(5, Aggregation::Average, &[(0.1, 1.0), (0.9, 10.0)]),
            0.0,
            11.0,
        );
    }

    #[test]
    fn weights_follow_the_table_of_knative() {
        for (buckets, expected) in [
            (100, 0.2),
            (60, 0.2),
            (40, 0.20567),
            (6, 0.78456),
            (5, 0.84151),
        ] {
            assert!(
                (smoothing_coefficient(buckets) - expected).abs() < 5e-6,
                "{buckets}"
            );
        }
        let values = [(0.0, 2.0), (1.0, 3.0), (2.0, 4.0), (3.0, 5.0), (4.0, 6.0)];
        let average = window(5, Aggregation::WeightedExponential, &values).average(at(4.0));
        assert!((average - 5.812).abs() < 5e-4, "{average}");
    }

    #[test]
    fn a_window_is_empty_only_after_its_whole_length() {
        let one = window(5, Aggregation::Average, &[(0.0, 1.0)]);
        assert!(!one.is_empty(at(5.9)));
        assert!(one.is_empty(at(6.0)));
        assert!(Window::new(5, Aggregation::Average).is_empty(at(0.0)));
    }

    #[test]
    fn a_smaller_window_keeps_the_newest_values() {
        let values: Vec<(f64, f64)> = (0..10)
            .map(|second| (f64::from(second), f64::from(second)))
            .collect();
        let mut shrunk = window(10, Aggregation::Average, &values);
        shrunk.resize(2, Aggregation::Average);
        assert_average(&shrunk, 9.0, 8.5);
    }
}
