//! The decisions of the autoscaler on the tables and traces of Knative.
//!
//! The rows are those of knative/serving `pkg/autoscaler/scaling/autoscaler_test.go`. Where the total of a row is not given it is the
//! target divided by 0.75, as there.

use std::time::Duration;

use serving::Moment;
use serving::decider::{Config, Decider};

fn at(seconds: f64) -> Moment {
    Duration::from_secs_f64(1000.0 + seconds)
}

fn config(target: f64, burst: f64) -> Config {
    Config {
        target,
        total: target / 0.75,
        target_burst_capacity: burst,
        max_scale_up_rate: 10.0,
        max_scale_down_rate: 10.0,
        ..Config::default()
    }
}

/// Seconds, ready instances, stable and panic average; wanted instances and spare capacity.
type Call = (f64, u32, f64, f64, i32, i32);

#[track_caller]
fn decides(decider: &mut Decider, calls: &[Call]) {
    for &(seconds, ready, stable, panic, wanted, spare) in calls {
        let decision = decider.decide_on(stable, panic, ready, at(seconds));
        assert_eq!(
            decision.wanted, wanted,
            "wanted at {seconds} s: {decision:?}"
        );
        // Upstream's own tolerance: the table was made with another rounding of the total.
        assert!(
            (decision.excess_burst_capacity - spare).abs() <= 1,
            "spare at {seconds} s: {decision:?}"
        );
    }
}

#[track_caller]
fn fresh(config: Config, calls: &[Call]) {
    decides(&mut Decider::new(config, 1, at(0.0)), calls);
}

#[test]
fn quiet_load_is_met_within_the_rates() {
    fresh(config(10.0, 100.0), &[(0.0, 1, 0.0, 0.0, 0, -87)]);
    fresh(config(181.0, -1.0), &[(0.0, 1, 21.0, 26.0, 1, -1)]);
    fresh(config(10.0, 0.0), &[(0.0, 1, 50.0, 49.0, 5, 0)]);
    fresh(config(10.0, 100.0), &[(0.0, 1, 50.0, 50.0, 5, -137)]);
    fresh(config(10.0, 100.0), &[(0.0, 5, 50.0, 50.0, 5, -84)]);
    fresh(config(10.0, 84.0), &[(0.0, 1, 50.0, 100.0, 10, -171)]);
    fresh(
        config(10.0, 101.0),
        &[(0.0, 1, 50.0, 10.0, 5, -98), (0.0, 1, 100.0, 10.0, 10, -98)],
    );
    fresh(
        config(10.0, 101.0),
        &[
            (0.0, 1, 50.0, 50.0, 5, -138),
            (0.0, 1, 100.0, 99.0, 10, -187),
        ],
    );
    fresh(
        config(10.0, 98.0),
        &[
            (0.0, 8, 100.0, 100.0, 10, -92),
            (0.0, 8, 50.0, 50.0, 5, -42),
        ],
    );
    fresh(
        config(10.0, 75.0),
        &[(0.0, 1, 1.0, 0.0, 1, -62), (0.0, 1, 0.0, 0.0, 0, -62)],
    );
    fresh(config(10.0, 61.0), &[(0.0, 1, 1000.0, 1000.0, 10, -1049)]);
    fresh(
        config(10.0, 61.0),
        &[(0.0, 100, 1.0, 1.0, 10, 1271), (0.0, 10, 1.0, 1.0, 1, 71)],
    );
    fresh(config(10.0, 81.0), &[(0.0, 0, 1000.0, 888.0, 10, -969)]);
}

#[test]
fn rates_bound_both_ways() {
    let slow_up = Config {
        max_scale_up_rate: 1.1,
        ..config(1.0, 1982.0)
    };
    fresh(slow_up, &[(0.0, 2, 3.0, 3.1, 3, -1983)]);
    let slow_down = Config {
        max_scale_down_rate: 1.1,
        ..config(10.0, 1982.0)
    };
    fresh(slow_down.clone(), &[(0.0, 100, 1.0, 1.0, 90, -650)]);
    fresh(
        Config {
            reachable: false,
            ..slow_down
        },
        &[(0.0, 100, 1.0, 1.0, 1, -650)],
    );
    // 1.1 * 100.0 is 110.00000000000001.
    let exact = Config {
        max_scale_up_rate: 1.1,
        ..config(1.0, 0.0)
    };
    fresh(exact, &[(0.0, 100, 1e6, 1e6, 111, 0)]);
}

#[test]
fn a_panic_never_scales_down_and_ends_after_a_stable_window() {
    let first = [(0.0, 10, 11.0, 25.0, 25, -110)];
    let calm = [
        first[0],
        (30.0, 40, 30.0, 41.0, 41, -86),
        (62.0, 55, 50.0, 56.0, 50, -81),
    ];
    fresh(config(1.0, 98.0), &calm);
    fresh(
        config(1.0, 98.0),
        &[first[0], (30.0, 40, 30.0, 80.0, 80, -125)],
    );
    fresh(
        config(10.0, 93.0),
        &[
            (0.0, 1, 100.0, 100.0, 10, -180),
            (0.0, 10, 100.0, 1000.0, 100, -960),
            (30.0, 10, 1.0, 1.0, 100, 39),
            (61.0, 10, 1.0, 1.0, 1, 39),
        ],
    );
    let five = || Decider::new(config(1.0, 100.0), 5, at(-5.0));
    decides(&mut five(), &[(0.0, 5, 50.0, 30.0, 50, -124)]);
    decides(&mut five(), &[(0.0, 5, 20.0, 30.0, 30, -124)]);
}

#[test]
fn growth_is_exponential() {
    let steps = [1, 6, 36, 216, 1296];
    let spare = [-106, -129, -269, -1109, 331];
    let mut decider = Decider::new(
        Config {
            max_scale_up_rate: 6.0,
            ..config(1.0, 101.0)
        },
        1,
        at(0.0),
    );
    for (index, (ready, spare)) in steps.into_iter().zip(spare).enumerate() {
        let load = f64::from(*steps.get(index + 1).unwrap_or(&1296));
        let seconds = [0.0, 0.0, 1.0, 1.0, 2.0][index];
        decides(
            &mut decider,
            &[(seconds, ready, load, load, load as i32, spare)],
        );
    }
}

#[test]
fn activation_scale_holds_only_under_load() {
    let active = Config {
        activation_scale: 2,
        ..config(10.0, 75.0)
    };
    fresh(
        active,
        &[(0.0, 1, 0.0, 0.0, 0, -62), (0.0, 1, 1.0, 0.0, 2, -62)],
    );
}

#[test]
fn a_new_configuration_is_used_at_once() {
    let mut decider = Decider::new(config(10.0, 77.0), 1, at(0.0));
    decides(&mut decider, &[(0.0, 1, 100.0, 101.0, 10, -165)]);
    decider.reconfigure(Config {
        target: 1.0,
        total: 1.0 / 0.75,
        target_burst_capacity: 71.0,
        ..config(10.0, 0.0)
    });
    decides(&mut decider, &[(0.0, 10, 100.0, 101.0, 100, -159)]);
}

#[test]
fn a_delay_holds_the_largest_wish() {
    let delayed = Config {
        panic_threshold: 100.0,
        scale_down_delay: Duration::from_mins(5),
        ..config(10.0, 0.0)
    };
    let mut decider = Decider::new(delayed.clone(), 0, at(0.0));
    for (seconds, load, wanted) in [
        (2.0, 40.0, 4),
        (300.0, 0.0, 4),
        (302.0, 0.0, 0),
        (540.0, 40.0, 4),
        (600.0, 30.0, 4),
        (660.0, 0.0, 4),
        (840.0, 0.0, 3),
        (900.0, 0.0, 0),
    ] {
        decides(&mut decider, &[(seconds, 0, load, load, wanted, 0)]);
    }
    decides(&mut decider, &[(902.0, 0, 40.0, 40.0, 4, 0)]);
    decider.reconfigure(Config {
        reachable: false,
        ..delayed.clone()
    });
    decides(&mut decider, &[(904.0, 0, 0.0, 0.0, 0, 0)]);

    let prompt = Config {
        scale_down_delay: Duration::ZERO,
        ..delayed
    };
    fresh(
        prompt,
        &[(0.0, 0, 40.0, 40.0, 4, 0), (0.5, 0, 20.0, 20.0, 2, 0)],
    );
}

#[test]
fn no_data_is_no_decision() {
    let mut decider = Decider::new(Config::default(), 0, at(0.0));
    assert_eq!(decider.decide(0, at(0.0)), None);
    decider.record(at(0.0), 1.0);
    assert!(decider.decide(0, at(60.0)).is_some());
    assert_eq!(decider.decide(0, at(61.0)), None);
}

/// The story: 300 requests at once for 20 s, from zero. An instance is ready, or gone, one second after the decision.
#[test]
fn the_story_takes_five_instances_today_and_three_in_2019() {
    let today = Config::default();
    let early = Config {
        target: 100.0,
        max_scale_up_rate: 10.0,
        max_scale_down_rate: 1e9,
        ..Config::default()
    };
    let load = |second: u32| match second {
        1 => 299.0,
        2..=20 => 300.0,
        _ => 0.0,
    };
    let run = |config: Config| {
        let mut decider = Decider::new(config, 0, at(0.0));
        decider.record(at(0.0), 1.0);
        let mut ready = 0;
        let mut wishes = Vec::new();
        for second in 0..=82_u32 {
            if second > 0 && (second <= 20 || ready > 0) {
                decider.record(at(f64::from(second)), load(second));
            }
            if second % 2 == 0 {
                let decision = decider.decide(ready, at(f64::from(second)));
                let wanted = decision.map_or(ready as i32, |decision| decision.wanted);
                wishes.push((second, wanted));
                ready = u32::try_from(wanted).unwrap_or(0);
            }
        }
        wishes.dedup_by_key(|&mut (_, wanted)| wanted);
        wishes
    };
    assert_eq!(
        run(today),
        [(0, 1), (2, 3), (4, 4), (6, 5), (64, 2), (66, 1), (80, 0)]
    );
    assert_eq!(run(early), [(0, 1), (2, 2), (4, 3), (64, 1), (80, 0)]);
}
