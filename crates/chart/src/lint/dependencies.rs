//! Rules for what Chart.yaml declares and charts/ holds (`rules/dependencies.go`).

use super::{Linter, Severity};
use crate::Chart;
use crate::load::load_any_generation;

pub(super) fn check(linter: &mut Linter) {
    let chart = match load_any_generation(&linter.folder) {
        Ok(chart) => chart,
        Err(cause) => {
            linter.found.log.extend(cause.warnings);
            let problem = format!("unable to load chart\n\t{}", cause.error);
            linter.rule(Severity::Error, "", Some(problem));
            return;
        }
    };
    linter.found.log.extend(chart.warnings.iter().cloned());
    let folder = linter.folder.to_string_lossy().into_owned();
    for (severity, problem) in [
        (Severity::Error, undeclared(&chart)),
        (Severity::Error, twice(&chart)),
        (Severity::Warning, missing(&chart)),
    ] {
        linter.rule(severity, &folder, problem);
    }
}

fn undeclared(chart: &Chart) -> Option<String> {
    let names = chart.dependencies.iter().map(Chart::name);
    let names: Vec<&str> = names
        .filter(|name| !declared(chart).any(|known| known == *name))
        .collect();
    (!names.is_empty()).then(|| {
        format!(
            "chart metadata is missing these dependencies: {}",
            names.join(",")
        )
    })
}

fn twice(chart: &Chart) -> Option<String> {
    let mut known = Vec::new();
    let mut shadowing = Vec::new();
    for dependency in chart.metadata.dependencies.iter().flatten() {
        let key = if dependency.alias.is_empty() {
            &dependency.name
        } else {
            &dependency.alias
        };
        if known.contains(&key) {
            shadowing.push(key.as_str());
        }
        known.push(key);
    }
    (!shadowing.is_empty()).then(|| {
        format!(
            "multiple dependencies with name or alias: {}",
            shadowing.join(",")
        )
    })
}

fn missing(chart: &Chart) -> Option<String> {
    let names: Vec<&str> = declared(chart)
        .filter(|name| !chart.dependencies.iter().any(|found| found.name() == *name))
        .collect();
    (!names.is_empty()).then(|| {
        format!(
            "chart directory is missing these dependencies: {}",
            names.join(",")
        )
    })
}

fn declared(chart: &Chart) -> impl Iterator<Item = &str> {
    let declared = chart.metadata.dependencies.iter().flatten();
    declared.map(|dependency| dependency.name.as_str())
}
