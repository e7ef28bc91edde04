//! How much load a set of instances takes, and how many of them a sample needs.
//!
//! knative/serving `pkg/autoscaler/metrics/sample_size.go`, `pkg/activator/net/throttler.go` and the activator count of
//! `pkg/reconciler/autoscaling/kpa`.

/// The capacity of an activator, in requests.
pub const ACTIVATOR_CAPACITY: f64 = 100.0;
/// A revision has at least this many activators.
pub const LEAST_ACTIVATORS: u32 = 2;

/// How many of `population` instances to ask, so that the mean is right to within a tenth nineteen times of twenty.
pub fn sample_size(population: u32) -> u32 {
    const EVERYONE_UP_TO: u32 = 3;
    if population <= EVERYONE_UP_TO {
        return population;
    }
    let spread = 1.96_f64.powi(2) * 100.0 / 25.0;
    let size = f64::from(population);
    (size * spread / (size + spread - 1.0)).ceil() as u32
}

/// How many requests `instances` take at once, shared by `proxies` equal proxies.
///
/// `limit` is the limit of one instance; with 0 there is none, and one instance opens the door for all (1 stands for open).
pub fn breaker_capacity(limit: u32, instances: u32, proxies: u32) -> u32 {
    if instances == 0 {
        return 0;
    }
    if limit == 0 {
        return 1;
    }
    let all = limit.saturating_mul(instances);
    (all / proxies.max(1)).max(1)
}

/// How many activators stand before a revision.
pub fn activators(
    ready: u32,
    total: f64,
    target_burst_capacity: f64,
    activator_capacity: f64,
) -> u32 {
    if target_burst_capacity == 0.0 {
        return LEAST_ACTIVATORS;
    }
    let load = f64::from(ready) * total + target_burst_capacity.max(0.0);
    LEAST_ACTIVATORS.max((load / activator_capacity).ceil() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_follow_the_table_of_knative() {
        for (population, expected) in [
            (0, 0),
            (1, 1),
            (2, 2),
            (5, 4),
            (10, 7),
            (100, 14),
            (1000, 16),
        ] {
            assert_eq!(sample_size(population), expected, "{population}");
        }
    }

    #[test]
    fn capacities_follow_the_table_of_knative() {
        for (limit, instances, proxies, expected) in [
            (10, 1, 1, 10),
            (10, 10, 1, 100),
            (10, 100, 1, 1000),
            (10, 10, 5, 20),
            (10, 10, 200, 1),
            (10, 0, 1, 0),
            (0, 0, 1, 0),
            (0, 7, 1, 1),
        ] {
            assert_eq!(
                breaker_capacity(limit, instances, proxies),
                expected,
                "{limit} {instances} {proxies}"
            );
        }
    }

    #[test]
    fn activators_follow_the_table_of_knative() {
        for (ready, burst, expected) in [
            (0, 200.0, 2),
            (1, 200.0, 3),
            (100, 0.0, 2),
            (5, -1.0, 5),
            (15, 200.0, 17),
        ] {
            assert_eq!(
                activators(ready, 100.0, burst, ACTIVATOR_CAPACITY),
                expected,
                "{ready} {burst}"
            );
        }
    }
}
