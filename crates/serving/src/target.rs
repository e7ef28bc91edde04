//! The load that one instance is meant to carry.
//!
//! knative/serving `pkg/reconciler/autoscaling/resources/target.go` and `metric.go`.

use std::time::Duration;

/// What is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Metric {
    /// Requests in flight, those that wait included.
    #[default]
    Concurrency,
    /// Requests per second.
    Rps,
}

/// Defaults of the platform, which annotations of a revision override.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Defaults {
    /// Concurrency of one instance where neither a limit nor an annotation says it.
    pub concurrency: f64,
    /// Requests per second of one instance.
    pub rps: f64,
    /// The share of the concurrency that is aimed at.
    pub concurrency_fraction: f64,
    /// The share of the requests per second that is aimed at.
    pub rps_fraction: f64,
}

impl Default for Defaults {
    fn default() -> Self {
        Self {
            concurrency: 100.0,
            rps: 200.0,
            concurrency_fraction: 0.7,
            rps_fraction: 0.7,
        }
    }
}

/// The smallest target that is aimed at.
pub const LEAST_TARGET: f64 = 0.01;

/// Target and capacity of one instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The load that is aimed at.
    pub target: f64,
    /// The load that an instance can carry.
    pub total: f64,
}

/// What a revision says about its target.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wish {
    /// What is measured.
    pub metric: Metric,
    /// The hard limit of requests in one instance; 0 is none.
    pub container_concurrency: u32,
    /// Annotation `target`.
    pub target: Option<f64>,
    /// Annotation `target-utilization-percentage`.
    pub utilization_percentage: Option<f64>,
}

/// Resolves a revision's wish against the defaults.
pub fn resolve(wish: &Wish, defaults: &Defaults) -> Target {
    let limit = f64::from(wish.container_concurrency);
    let (mut total, mut fraction) = match wish.metric {
        Metric::Rps => (defaults.rps, defaults.rps_fraction),
        Metric::Concurrency if wish.container_concurrency == 0 => {
            (defaults.concurrency, defaults.concurrency_fraction)
        }
        Metric::Concurrency => (limit, defaults.concurrency_fraction),
    };
    if let Some(target) = wish.target {
        total = target;
        if wish.metric == Metric::Concurrency && wish.container_concurrency != 0 {
            total = total.min(limit);
        }
    }
    if let Some(percentage) = wish.utilization_percentage {
        fraction = percentage / 100.0;
    }
    Target {
        target: (total * fraction).max(LEAST_TARGET),
        total,
    }
}

/// The panic window in whole seconds: a share of the stable window, at least one second.
pub fn panic_window(stable: Duration, percentage: f64) -> u32 {
    (stable.as_secs_f64() * percentage / 100.0).round().max(1.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_follow_the_table_of_knative() {
        let upstream = Defaults {
            concurrency_fraction: 1.0,
            ..Defaults::default()
        };
        let concurrency = |limit, target, percentage| Wish {
            metric: Metric::Concurrency,
            container_concurrency: limit,
            target,
            utilization_percentage: percentage,
        };
        let rps = |target, percentage| Wish {
            metric: Metric::Rps,
            ..concurrency(0, target, percentage)
        };
        for (wish, fraction, target, total) in [
            (concurrency(0, None, None), 1.0, 100.0, 100.0),
            (concurrency(0, None, None), 0.8, 80.0, 100.0),
            (concurrency(12, None, Some(75.0)), 1.0, 9.0, 12.0),
            (concurrency(10, None, None), 0.8, 8.0, 10.0),
            (concurrency(1, None, None), 0.8, 0.8, 1.0),
            (concurrency(0, Some(1.0), Some(0.1)), 1.0, 0.01, 1.0),
            (concurrency(0, Some(500.0), None), 1.0, 500.0, 500.0),
            (concurrency(1, Some(10.0), None), 1.0, 1.0, 1.0),
            (rps(None, None), 1.0, 140.0, 200.0),
            (rps(Some(1.0), None), 1.0, 0.7, 1.0),
            (rps(None, Some(75.0)), 1.0, 150.0, 200.0),
            (rps(Some(300.0), None), 1.0, 210.0, 300.0),
        ] {
            let resolved = resolve(
                &wish,
                &Defaults {
                    concurrency_fraction: fraction,
                    ..upstream
                },
            );
            assert!(
                (resolved.target - target).abs() < 1e-9,
                "{wish:?}: {resolved:?}"
            );
            assert!(
                (resolved.total - total).abs() < 1e-9,
                "{wish:?}: {resolved:?}"
            );
        }
    }

    #[test]
    fn panic_windows_are_whole_seconds() {
        for (stable, percentage, expected) in [
            (10, 10.0, 1),
            (600, 10.0, 60),
            (60, 50.0, 30),
            (60, 51.0, 31),
            (6, 1.0, 1),
        ] {
            assert_eq!(
                panic_window(Duration::from_secs(stable), percentage),
                expected
            );
        }
    }
}
