//! What the annotations of a Knative Service ask for.
//!
//! Keys, ranges and defaults are those of knative/serving `pkg/apis/autoscaling/register.go` and `annotation_validation.go`. Both spellings
//! are read, `min-scale` and `minScale`; all errors are reported, not only the first.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::bounds::Bounds;
use crate::decider::Config;
use crate::target::{Defaults, Metric, Wish, panic_window, resolve};
use crate::window::Aggregation;

/// The prefix of all autoscaling annotations.
pub const PREFIX: &str = "autoscaling.knative.dev/";

/// An annotation that Knative would refuse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("annotation {key}: {value} is not {expected}")]
pub struct AnnotationError {
    /// The key as written.
    pub key: String,
    /// The value as written, as JSON where it is not a string.
    pub value: String,
    /// What may stand there.
    pub expected: String,
}

/// How a revision scales.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    /// What is measured.
    pub metric: Metric,
    /// `target`.
    pub target: Option<f64>,
    /// `target-utilization-percentage`.
    pub utilization_percentage: Option<f64>,
    /// `min-scale`.
    pub min: i32,
    /// `max-scale`; 0 is no limit.
    pub max: i32,
    /// `initial-scale`.
    pub initial: i32,
    /// `activation-scale`; 0 is unset.
    pub activation: i32,
    /// `window`.
    pub window: Duration,
    /// `scale-down-delay`.
    pub scale_down_delay: Duration,
    /// `scale-to-zero-pod-retention-period`.
    pub retention: Duration,
    /// `panic-window-percentage`.
    pub panic_window_percentage: f64,
    /// `panic-threshold-percentage`.
    pub panic_threshold_percentage: f64,
    /// `target-burst-capacity`.
    pub target_burst_capacity: f64,
    /// `metric-aggregation-algorithm`.
    pub aggregation: Aggregation,
}

impl Default for Scaling {
    fn default() -> Self {
        Self {
            metric: Metric::Concurrency,
            target: None,
            utilization_percentage: None,
            min: 0,
            max: 0,
            initial: 1,
            activation: 0,
            window: Duration::from_mins(1),
            scale_down_delay: Duration::ZERO,
            retention: Duration::ZERO,
            panic_window_percentage: 10.0,
            panic_threshold_percentage: 200.0,
            target_burst_capacity: 211.0,
            aggregation: Aggregation::Average,
        }
    }
}

impl Scaling {
    /// Reads the annotations of a revision template; other annotations are left alone.
    ///
    /// The scaling returned has the default wherever an annotation is wrong.
    pub fn parse(annotations: &Map<String, Value>) -> (Self, Vec<AnnotationError>) {
        let mut scaling = Self::default();
        let mut errors = Vec::new();
        for (key, value) in annotations {
            let Some(name) = key.strip_prefix(PREFIX) else {
                continue;
            };
            let read = match value {
                Value::String(text) => scaling.set(&kebab_case(name), text),
                _ => Err("a string; put it in quotes".to_owned()),
            };
            if let Err(expected) = read {
                let value = value
                    .as_str()
                    .map_or_else(|| value.to_string(), |text| format!("{text:?}"));
                errors.push(AnnotationError {
                    key: key.clone(),
                    value,
                    expected,
                });
            }
        }
        errors.extend(scaling.contradictions());
        (scaling, errors)
    }

    /// Sets one annotation; the error says what may stand there.
    fn set(&mut self, name: &str, text: &str) -> Result<(), String> {
        match name {
            "class" => one_of(text, &[("kpa.autoscaling.knative.dev", ())]).map_err(|_| {
                "kpa.autoscaling.knative.dev, the only class simulated here".to_owned()
            })?,
            "metric" => {
                self.metric = one_of(
                    text,
                    &[("concurrency", Metric::Concurrency), ("rps", Metric::Rps)],
                )?;
            }
            "target" => self.target = Some(number(text, 0.01, f64::INFINITY)?),
            "target-utilization-percentage" => {
                self.utilization_percentage = Some(number(text, 1.0, 100.0)?);
            }
            "min-scale" => self.min = integer(text, 0)?,
            "max-scale" => self.max = integer(text, 0)?,
            "initial-scale" => self.initial = integer(text, 0)?,
            "activation-scale" => self.activation = integer(text, 2)?,
            "window" => self.window = seconds(text, 6)?,
            "scale-down-delay" => self.scale_down_delay = seconds(text, 0)?,
            "scale-to-zero-pod-retention-period" => self.retention = seconds(text, 0)?,
            "panic-window-percentage" => self.panic_window_percentage = number(text, 1.0, 100.0)?,
            "panic-threshold-percentage" => {
                self.panic_threshold_percentage = number(text, 110.0, 1000.0)?;
            }
            "target-burst-capacity" => self.target_burst_capacity = burst(text)?,
            "metric-aggregation-algorithm" => {
                self.aggregation = one_of(
                    text,
                    &[
                        ("linear", Aggregation::Average),
                        ("weighted-exponential", Aggregation::WeightedExponential),
                    ],
                )?;
            }
            _ => return Err("known; see the autoscaling annotations of Knative".to_owned()),
        }
        Ok(())
    }

    fn contradictions(&self) -> Vec<AnnotationError> {
        let error = |key: &str, value: i32, expected: String| AnnotationError {
            key: format!("{PREFIX}{key}"),
            value: value.to_string(),
            expected,
        };
        let mut errors = Vec::new();
        if self.max > 0 && self.max < self.min {
            errors.push(error(
                "max-scale",
                self.max,
                format!("at least min-scale, which is {}", self.min),
            ));
        }
        if self.activation > 0 && self.activation < self.min {
            errors.push(error(
                "activation-scale",
                self.activation,
                format!("at least min-scale, which is {}", self.min),
            ));
        }
        if self.activation > 0 && self.max > 0 && self.activation > self.max {
            errors.push(error(
                "activation-scale",
                self.activation,
                format!("at most max-scale, which is {}", self.max),
            ));
        }
        errors
    }

    /// The autoscaler's configuration for instances that take `container_concurrency` requests at once (0: any number).
    pub fn config(&self, container_concurrency: u32) -> Config {
        let wish = Wish {
            metric: self.metric,
            container_concurrency,
            target: self.target,
            utilization_percentage: self.utilization_percentage,
        };
        let target = resolve(&wish, &Defaults::default());
        Config {
            target: target.target,
            total: target.total,
            target_burst_capacity: self.target_burst_capacity,
            panic_threshold: self.panic_threshold_percentage / 100.0,
            stable_window: self.window.as_secs() as u32,
            panic_window: panic_window(self.window, self.panic_window_percentage),
            scale_down_delay: self.scale_down_delay,
            activation_scale: self.activation,
            aggregation: self.aggregation,
            ..Config::default()
        }
    }

    /// The limits of the scale.
    pub fn bounds(&self) -> Bounds {
        Bounds {
            min: self.min,
            max: self.max,
            initial: self.initial,
        }
    }
}

/// The annotations of a Service itself that belong to its template: Knative refuses them there.
pub fn misplaced(service_annotations: &Map<String, Value>) -> Vec<AnnotationError> {
    service_annotations
        .keys()
        .filter(|key| key.starts_with(PREFIX))
        .map(|key| AnnotationError {
            key: key.clone(),
            value: "the metadata of the Service".to_owned(),
            expected: "its place, which is spec.template.metadata.annotations".to_owned(),
        })
        .collect()
}

/// `minScale` and `min-scale` are the same annotation; so are `targetUtilizationPercentage` and its kebab form.
fn kebab_case(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(letter.to_ascii_lowercase());
    }
    kebab
}

fn one_of<T: Copy>(text: &str, choices: &[(&str, T)]) -> Result<T, String> {
    choices
        .iter()
        .find(|(name, _)| *name == text)
        .map(|&(_, value)| value)
        .ok_or_else(|| {
            let names: Vec<&str> = choices.iter().map(|&(name, _)| name).collect();
            names.join(" or ")
        })
}

fn integer(text: &str, least: i32) -> Result<i32, String> {
    text.parse()
        .ok()
        .filter(|value| *value >= least)
        .ok_or_else(|| format!("a whole number of at least {least}"))
}

fn number(text: &str, least: f64, most: f64) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|value: &f64| (least..=most).contains(value) && value.is_finite())
        .ok_or_else(|| {
            if most.is_finite() {
                format!("a number from {least} to {most}")
            } else {
                format!("a number of at least {least}")
            }
        })
}

fn burst(text: &str) -> Result<f64, String> {
    number(text, -1.0, f64::INFINITY)
        .ok()
        .filter(|value| *value >= 0.0 || (*value - -1.0).abs() < f64::EPSILON)
        .ok_or_else(|| "-1 or a number of at least 0".to_owned())
}

/// Durations are at most an hour.
const LONGEST: Duration = Duration::from_hours(1);

fn seconds(text: &str, least: u64) -> Result<Duration, String> {
    go_duration(text)
        .filter(|value| value.subsec_nanos() == 0)
        .filter(|value| (Duration::from_secs(least)..=LONGEST).contains(value))
        .ok_or_else(|| format!("a duration in whole seconds from {least}s to 1h"))
}

/// Reads a duration as Go writes it: numbers with units, as in `1m30s`; no sign.
pub fn go_duration(text: &str) -> Option<Duration> {
    if text == "0" {
        return Some(Duration::ZERO);
    }
    let mut rest = text;
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let value: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let end = rest
            .find(|letter: char| letter.is_ascii_digit() || letter == '.')
            .unwrap_or(rest.len());
        let unit = match &rest[..end] {
            "h" => 3600.0,
            "m" => 60.0,
            "s" => 1.0,
            "ms" => 1e-3,
            "us" | "µs" => 1e-6,
            "ns" => 1e-9,
            _ => return None,
        };
        total = total.checked_add(Duration::try_from_secs_f64(value * unit).ok()?)?;
        rest = &rest[end..];
    }
    (!text.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parse(annotations: Value) -> (Scaling, Vec<String>) {
        let Value::Object(map) = annotations else {
            panic!("annotations are a map");
        };
        let (scaling, errors) = Scaling::parse(&map);
        (scaling, errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn both_spellings_are_read() {
        for annotations in [
            json!({"autoscaling.knative.dev/min-scale": "1", "autoscaling.knative.dev/max-scale": "3"}),
            json!({"autoscaling.knative.dev/minScale": "1", "autoscaling.knative.dev/maxScale": "3"}),
        ] {
            let (scaling, errors) = parse(annotations);
            assert_eq!(errors, Vec::<String>::new());
            assert_eq!((scaling.min, scaling.max), (1, 3));
        }
    }

    #[test]
    fn every_wrong_annotation_is_named_with_what_may_stand_there() {
        let (scaling, errors) = parse(json!({
            "autoscaling.knative.dev/window": "5s",
            "autoscaling.knative.dev/scale-down-delay": "1500ms",
            "autoscaling.knative.dev/min-scale": 1,
            "autoscaling.knative.dev/max-scale": "-2",
            "autoscaling.knative.dev/activation-scale": "1",
            "autoscaling.knative.dev/metric": "cpu",
            "autoscaling.knative.dev/target": "NaN",
            "autoscaling.knative.dev/target-burst-capacity": "-0.5",
            "autoscaling.knative.dev/minimum": "1",
            "example.com/min-scale": 7,
        }));
        assert_eq!(scaling, Scaling::default());
        assert_eq!(
            errors,
            [
                r#"annotation autoscaling.knative.dev/window: "5s" is not a duration in whole seconds from 6s to 1h"#,
                r#"annotation autoscaling.knative.dev/scale-down-delay: "1500ms" is not a duration in whole seconds from 0s to 1h"#,
                "annotation autoscaling.knative.dev/min-scale: 1 is not a string; put it in quotes",
                r#"annotation autoscaling.knative.dev/max-scale: "-2" is not a whole number of at least 0"#,
                r#"annotation autoscaling.knative.dev/activation-scale: "1" is not a whole number of at least 2"#,
                r#"annotation autoscaling.knative.dev/metric: "cpu" is not concurrency or rps"#,
                r#"annotation autoscaling.knative.dev/target: "NaN" is not a number of at least 0.01"#,
                r#"annotation autoscaling.knative.dev/target-burst-capacity: "-0.5" is not -1 or a number of at least 0"#,
                r#"annotation autoscaling.knative.dev/minimum: "1" is not known; see the autoscaling annotations of Knative"#,
            ]
        );
    }

    #[test]
    fn bounds_that_contradict_are_errors() {
        let (_, errors) = parse(
            json!({"autoscaling.knative.dev/min-scale": "4", "autoscaling.knative.dev/max-scale": "3"}),
        );
        assert_eq!(
            errors,
            [
                "annotation autoscaling.knative.dev/max-scale: 3 is not at least min-scale, which is 4"
            ]
        );
    }

    #[test]
    fn a_window_becomes_a_configuration() {
        let (scaling, _) = parse(json!({
            "autoscaling.knative.dev/window": "1m",
            "autoscaling.knative.dev/target": "20",
            "autoscaling.knative.dev/target-utilization-percentage": "50",
        }));
        let config = scaling.config(10);
        assert!((config.target - 5.0).abs() < 1e-9);
        assert_eq!((config.stable_window, config.panic_window), (60, 6));
    }

    #[test]
    fn durations_are_read_as_go_writes_them() {
        for (text, millis) in [
            ("90s", Some(90_000)),
            ("1m30s", Some(90_000)),
            ("1.5m", Some(90_000)),
            ("0", Some(0)),
            ("", None),
            ("5", None),
            ("s", None),
            ("-1s", None),
            ("1d", None),
        ] {
            assert_eq!(
                go_duration(text),
                millis.map(Duration::from_millis),
                "{text:?}"
            );
        }
    }
}
