//! What a pack writes, once for each choice that its variables offer.

use std::collections::BTreeMap;

use serde_json::Value;

use super::finding::{Finding, add};
use crate::pack::error::PackError;
use crate::pack::image;
use crate::pack::model::{Pack, Variable};
use crate::pack::plan;
use crate::pack::rendered::{RenderedFile, render_files};
use crate::pack::values::{self, PlanValue};
use crate::pack::variable::VariableType;
use crate::project::Project;

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

/// The first variant has the values of the sample; one has the defaults, and each other differs in one variable. What cannot be
/// rendered is a finding.
pub(super) fn variants(
    pack: &Pack,
    answers: &[(String, String)],
    findings: &mut Vec<Finding>,
) -> Vec<Variant> {
    let Some(values) = sample_values(pack, answers, findings) else {
        return Vec::new();
    };
    let mut sets = vec![(String::new(), values.clone())];
    let defaults = all_values(pack, answers, &BTreeMap::new(), &mut Vec::new());
    if let Some(defaults) = defaults.filter(|defaults| *defaults != values) {
        sets.push(("defaults".to_owned(), defaults));
    }
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
                let shown = other
                    .as_str()
                    .map_or_else(|| other.to_string(), str::to_owned);
                sets.push((format!("{}={shown}", variable.name), changed));
            }
        }
    }
    let mut variants = Vec::new();
    for (name, values) in sets {
        let app = values
            .iter()
            .find(|value| value.name == "app")
            .map(PlanValue::shown);
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

/// The values of an import of the pack's own sample.
fn sample_values(
    pack: &Pack,
    answers: &[(String, String)],
    findings: &mut Vec<Finding>,
) -> Option<Vec<PlanValue>> {
    let files = pack.sample.iter().filter_map(|(path, contents)| {
        let text = String::from_utf8(contents.clone()).ok()?;
        Some((path.clone(), text))
    });
    let project = Project::in_memory("sample", files);
    let facts = values::of_pack(pack, &plan::facts_of(&project, pack));
    let facts = facts
        .into_iter()
        .map(|value| {
            (
                value.name.clone(),
                value.value.as_str().unwrap_or_default().to_owned(),
            )
        })
        .collect();
    all_values(pack, answers, &facts, findings)
}

/// Every value: an answer, a fact, the default, or one that fits; `None` when a variable has none of these.
fn all_values(
    pack: &Pack,
    answers: &[(String, String)],
    facts: &BTreeMap<String, String>,
    findings: &mut Vec<Finding>,
) -> Option<Vec<PlanValue>> {
    let mut all = common(pack);
    for variable in &pack.variables {
        let answer = answers.iter().find(|(name, _)| *name == variable.name);
        let text = answer
            .map(|(_, answer)| answer)
            .or_else(|| facts.get(&variable.name))
            .unwrap_or(&variable.default);
        let value = match variable.value(text) {
            Ok(value) => value,
            Err(error) => {
                let Some(value) = fitting(variable).filter(|_| text.is_empty()) else {
                    let place = pack.file();
                    let hint = format!("{error}; give one with --set {}=VALUE", variable.name);
                    add(findings, Finding::error(place, hint));
                    return None;
                };
                value
            }
        };
        all.push(PlanValue {
            name: variable.name.clone(),
            value,
            because: String::new(),
        });
    }
    if let Err(PackError::NoImage { .. }) = image::check(pack, &all) {
        for value in all.iter_mut().filter(|value| value.name == "image") {
            value.value = Value::from(image::EXAMPLE);
        }
    }
    Some(all)
}

fn common(pack: &Pack) -> Vec<PlanValue> {
    vec![
        PlanValue::text("app", "sample", ""),
        PlanValue::text("org", "acme", ""),
        PlanValue::text("pack", &pack.name, ""),
        PlanValue::text("branch", "main", ""),
        PlanValue {
            name: "port".to_owned(),
            value: Value::from(plan::DEFAULT_PORT),
            because: String::new(),
        },
        PlanValue::text("health", "", ""),
        PlanValue::text("chart", "", ""),
    ]
}

/// A value that fits a variable without a default.
fn fitting(variable: &Variable) -> Option<Value> {
    let candidates = match variable.kind {
        VariableType::Integer | VariableType::Port => {
            let limits = [Some(8080), Some(1), variable.min, variable.max];
            limits
                .into_iter()
                .flatten()
                .map(|number| number.to_string())
                .collect()
        }
        VariableType::Choice => variable.choices.clone(),
        VariableType::Boolean | VariableType::String => Vec::new(),
    };
    candidates.iter().find_map(|text| variable.value(text).ok())
}
