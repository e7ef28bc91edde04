//! The chart of a pack, judged by the chart engine's own lint.

use std::path::Path;

use regex::Regex;

use super::place;
use crate::failure::Failure;
use crate::files::{self, WriteOptions};
use crate::pack::Pack;
use crate::pack::check::{Finding, Severity, Variant};
use crate::render::lint::HelmLint;

/// What is wrong with every chart that the variant writes.
pub(super) fn check(pack: &Pack, variant: &Variant) -> Result<Vec<Finding>, Failure> {
    let charts: Vec<&str> = variant
        .files
        .keys()
        .filter_map(|path| path.strip_suffix("/Chart.yaml"))
        .collect();
    if charts.is_empty() {
        return Ok(Vec::new());
    }
    let scratch = tempfile::tempdir().map_err(anyhow::Error::new)?;
    let options = WriteOptions::default();
    for (path, file) in &variant.files {
        let full = files::join_inside(scratch.path(), Path::new(path))?;
        files::write_atomic(&full, file.text.as_bytes(), options)?;
    }
    let mut found = Vec::new();
    for chart in charts {
        let call = HelmLint {
            paths: vec![chart.to_owned()],
            namespace: "default".to_owned(),
            folder: scratch.path().to_owned(),
            ..HelmLint::default()
        };
        let linted = call.run();
        if linted.is_wrong {
            let text = linted
                .stderr
                .trim()
                .trim_start_matches("Error: ")
                .to_owned();
            found.push(Finding::error(
                place(pack, variant, &format!("{chart}/Chart.yaml"), None),
                text,
            ));
        }
        for report in &linted.reports {
            if let Some(error) = &report.error {
                let place = place(pack, variant, &format!("{chart}/Chart.yaml"), None);
                found.push(Finding::error(place, error));
            }
            for message in &report.messages {
                let severity = match message.severity {
                    chart::lint::Severity::Error => Severity::Error,
                    chart::lint::Severity::Warning => Severity::Warning,
                    chart::lint::Severity::Info => continue,
                };
                let (path, line) = named(&message.text).unwrap_or((message.path.clone(), None));
                let place = place(pack, variant, &format!("{chart}/{path}"), line);
                let text = message
                    .text
                    .replace(&format!("{}/", scratch.path().display()), "");
                found.push(Finding {
                    place,
                    severity,
                    message: text,
                });
            }
            for finding in &report.findings {
                let line = (!finding.is_rendered).then_some(finding.line);
                let place = place(pack, variant, &format!("{chart}/{}", finding.path), line);
                found.push(Finding::warning(place, &finding.text));
            }
        }
    }
    Ok(found)
}

/// The first file of the chart that a message names, with its line.
fn named(text: &str) -> Option<(String, Option<usize>)> {
    let pattern = Regex::new(r"(templates/[^\s:()]+|values\.yaml|Chart\.yaml)(?::(\d+))?").ok()?;
    let found = pattern.captures(text)?;
    let line = found.get(2).and_then(|line| line.as_str().parse().ok());
    Some((found[1].to_owned(), line))
}
