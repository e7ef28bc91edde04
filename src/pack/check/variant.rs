//! What a pack writes, once for each choice that its variables offer.

use std::collections::BTreeMap;

use serde_json::Value;

use super::SampleValues;
use super::finding::{Finding, add};
use crate::pack::model::{Pack, Variable};
use crate::pack::rendered::{RenderedFile, render_files};
use crate::pack::values::PlanValue;
use crate::pack::variable::VariableType;

/// The most variants of one pack.
const MAX_VARIANTS: usize = 64;

/// What a pack writes for one set of values.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Which choice it shows; empty for the first.
    pub name: String,
    /// The app's name.
    pub app: String,
    /// The files by path.
    pub files: BTreeMap<String, RenderedFile>,
}

/// The first variant has the values of the sample, or the defaults; each other differs in one variable. What cannot be rendered is a
/// finding.
pub fn variants(
    pack: &Pack,
    answers: &[(String, String)],
    sample: Option<&SampleValues>,
    findings: &mut Vec<Finding>,
) -> Vec<Variant> {
    let place = format!("{}/pack.yaml", pack.source);
    let mut values = sample.cloned().unwrap_or_else(|| common(pack));
    for variable in &pack.variables {
        if values.iter().any(|value| value.name == variable.name) {
            continue;
        }
        let answer = answers.iter().find(|(name, _)| *name == variable.name);
        let text = answer.map_or(variable.default.as_str(), |(_, answer)| answer.as_str());
        let value = match variable.value(text) {
            Ok(value) => value,
            Err(_) if text.is_empty() && fitting(variable).is_some() => {
                fitting(variable).unwrap_or_default()
            }
            Err(error) => {
                let hint = format!("{error}; give one with --set {}=VALUE", variable.name);
                add(findings, Finding::error(&place, hint));
                return Vec::new();
            }
        };
        values.push(PlanValue {
            name: variable.name.clone(),
            value,
            because: String::new(),
        });
    }
    let mut sets = vec![(String::new(), values.clone())];
    for variable in &pack.variables {
        let standing = values.iter().find(|value| value.name == variable.name);
        let standing = standing.map_or(Value::Null, |value| value.value.clone());
        for other in variable.all_values(&standing) {
            if other != standing && sets.len() < MAX_VARIANTS {
                let mut changed = values.clone();
                for value in &mut changed {
                    if value.name == variable.name {
                        value.value = other.clone();
                    }
                }
                let shown = other.as_str().map_or_else(|| other.to_string(), str::to_owned);
                sets.push((format!("{}={shown}", variable.name), changed));
            }
        }
    }
    let mut variants = Vec::new();
    for (name, values) in sets {
        let app = values.iter().find(|value| value.name == "app").map(PlanValue::shown);
        match render_files(pack, &values) {
            Ok(files) => variants.push(Variant {
                name,
                app: app.unwrap_or_default(),
                files,
            }),
            Err(error) => add(findings, Finding::from(&error)),
        }
    }
    variants
}

fn common(pack: &Pack) -> Vec<PlanValue> {
    vec![
        PlanValue::text("app", "sample", ""),
        PlanValue::text("org", "acme", ""),
        PlanValue::text("pack", &pack.name, ""),
        PlanValue::text("branch", "main", ""),
        PlanValue {
            name: "port".to_owned(),
            value: Value::from(crate::pack::plan::DEFAULT_PORT),
            because: String::new(),
        },
        PlanValue::text("health", "", ""),
    ]
}

/// A value that fits a variable without a default.
fn fitting(variable: &Variable) -> Option<Value> {
    let candidates = match variable.kind {
        VariableType::Integer | VariableType::Port => {
            let limits = [Some(8080), Some(1), variable.min, variable.max];
            limits.into_iter().flatten().map(|number| number.to_string()).collect()
        }
        VariableType::Choice => variable.choices.clone(),
        VariableType::Boolean | VariableType::String => Vec::new(),
    };
    candidates.iter().find_map(|text| variable.value(text).ok())
}
