//! Annotations of a Knative Service, as JSON, and the autoscaler that they configure.
//!
//! Laws: what is accepted contradicts nothing; whatever was read makes an autoscaler that decides for a burst and for silence; a
//! duration read is finite.

use std::time::Duration;

use serde_json::Value;
use serving::annotations::{PREFIX, Scaling, go_duration, misplaced};
use serving::decider::Decider;

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let text = crate::text(bytes);
    let _ = go_duration(&text);
    // JSON, or lines `name: value` without the prefix, which are quicker to find.
    let map = match serde_json::from_slice(bytes) {
        Ok(Value::Object(map)) => map,
        _ => text
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (format!("{PREFIX}{name}"), Value::from(value)))
            .collect(),
    };
    let _ = misplaced(&map);
    let (scaling, errors) = Scaling::parse(&map);
    for error in &errors {
        assert!(!error.to_string().is_empty());
    }
    let bounds = scaling.bounds();
    if errors.is_empty() {
        assert!(bounds.max == 0 || bounds.min <= bounds.max);
        assert!(scaling.window >= Duration::from_secs(6));
    }
    for concurrency in [0, 1, 1000] {
        let config = scaling.config(concurrency);
        assert!(
            config.target > 0.0 && config.target.is_finite(),
            "{config:?}"
        );
        assert!(config.stable_window > 0);
        let start = Duration::from_secs(6000);
        let mut decider = Decider::new(config, 1, start);
        decider.record(start, 1e6);
        let burst = decider.decide(1, start + Duration::from_secs(1));
        assert!(burst.is_some_and(|decision| decision.wanted >= 0));
        for hours in 0..3 {
            if let Some(decision) = decider.decide(3, start + Duration::from_hours(hours)) {
                assert!(decision.wanted >= 0);
            }
        }
    }
}
