//! Runs recorded from Knative's own autoscaler, replayed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use serving::Moment;
use serving::decider::{Config, Decider};
use serving::window::Aggregation;

/// The folder of recordings: `LANDFALL_CORPUS`, or `shared/corpus` beside the workspace or one of its parents.
fn corpus() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("LANDFALL_CORPUS") {
        return Some(folder.into());
    }
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|parent| parent.join("shared/corpus"))
        .find(|folder| folder.is_dir())
}

/// Delays are counted in slots of two seconds, and the recordings do not say whether theirs began at an even second.
const STARTS: [f64; 2] = [6000.0, 6001.0];

fn number(object: &Value, key: &str) -> f64 {
    object[key]
        .as_f64()
        .unwrap_or_else(|| panic!("{key} is a number"))
}

fn config(object: &Value) -> Config {
    Config {
        target: number(object, "target"),
        total: number(object, "total"),
        target_burst_capacity: number(object, "targetBurstCapacity"),
        panic_threshold: number(object, "panicThreshold"),
        stable_window: number(object, "stableWindow") as u32,
        panic_window: number(object, "panicWindow") as u32,
        max_scale_up_rate: number(object, "maxScaleUpRate"),
        max_scale_down_rate: number(object, "maxScaleDownRate"),
        scale_down_delay: Duration::from_secs_f64(number(object, "scaleDownDelay")),
        activation_scale: number(object, "activationScale") as i32,
        reachable: object["reachable"] == true,
        aggregation: match object["aggregation"].as_str() {
            Some("weighted-exponential") => Aggregation::WeightedExponential,
            _ => Aggregation::Average,
        },
    }
}

/// The first difference of a trace whose clock begins at `start`, if any.
fn replay(trace: &Value, start: f64) -> Option<String> {
    let at = |seconds: f64| -> Moment { Duration::from_secs_f64(start + seconds) };
    let mut decider = Decider::new(
        config(&trace["config"]),
        number(trace, "startReady") as u32,
        at(0.0),
    );
    for row in trace["rows"].as_array()? {
        let seconds = number(row, "t");
        for report in row["record"].as_array().into_iter().flatten() {
            decider.record(at(report[0].as_f64()?), report[1].as_f64()?);
        }
        if let Some(update) = row.get("update") {
            decider.reconfigure(config(update));
        }
        let decision = decider.decide(number(row, "ready") as u32, at(seconds));
        let (stable, panic) = decider.averages(at(seconds));
        let expected = (row["valid"] == true).then(|| {
            (
                number(row, "desired") as i32,
                number(row, "excessBurstCapacity") as i32,
            )
        });
        let actual = decision.map(|decision| (decision.wanted, decision.excess_burst_capacity));
        let near = |average: f64, key| (average - number(row, key)).abs() <= 0.001;
        if actual != expected || !near(stable, "stable") || !near(panic, "panic") {
            return Some(format!(
                "{} at {seconds} s: {actual:?} {stable} {panic}, not {row}",
                trace["name"]
            ));
        }
    }
    None
}

/// The difference that no start of the clock explains.
fn difference(trace: &Value) -> Option<String> {
    STARTS
        .into_iter()
        .map(|start| replay(trace, start))
        .min()
        .flatten()
}

#[test]
fn recorded_runs_are_decided_alike() {
    let Some(folder) = corpus() else {
        eprintln!("left out: no recordings (set LANDFALL_CORPUS)");
        return;
    };
    let path = folder.join("kpa/traces.jsonl");
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let traces: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("a trace a line"))
        .collect();
    let differences: Vec<String> = traces.iter().filter_map(difference).collect();
    assert!(
        differences.is_empty(),
        "{} of {}:\n{}",
        differences.len(),
        traces.len(),
        differences.join("\n")
    );
    assert_eq!(traces.len(), 162);
}
