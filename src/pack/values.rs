//! The values that templates get, each with its reason: the user's answer, a fact of the repository, or the pack's default.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::template::Templates;

use super::error::PackError;
use super::facts::Fact;
use super::model::{Artifact, Pack};
use super::site::Site;

/// Why a value is what it is when nothing else says so.
pub(super) const DEFAULT: &str = "the pack's default";

/// Why a value is what the user said.
const GIVEN: &str = "it is given";

/// A value of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanValue {
    /// The name in templates.
    pub name: String,
    /// The value.
    pub value: Value,
    /// Why, as a fragment.
    pub because: String,
}

impl PlanValue {
    /// A text.
    pub fn text(name: &str, value: impl Into<String>, because: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            value: Value::String(value.into()),
            because: because.into(),
        }
    }

    /// The pack's own, which nobody has to think about.
    pub(super) fn default_text(name: &str, value: &str) -> Self {
        Self::text(name, value, DEFAULT)
    }

    /// Whether nobody chose it: neither the user nor anything in the repository.
    pub fn is_default(&self) -> bool {
        self.because == DEFAULT
    }

    /// Whether the user gave it.
    pub fn is_given(&self) -> bool {
        self.because == GIVEN
    }

    /// The value as people read it.
    pub fn shown(&self) -> String {
        self.value
            .as_str()
            .map_or_else(|| self.value.to_string(), |text| text.replace('\n', ", "))
    }
}

/// The pack's own variables, from `facts` or their defaults.
pub(super) fn of_pack(pack: &Pack, facts: &[Fact]) -> Vec<PlanValue> {
    pack.variables
        .iter()
        .map(|variable| {
            let fact = variable
                .from
                .as_ref()
                .and_then(|from| facts.iter().find(|fact| fact.name == from));
            match fact {
                Some(fact) if !fact.value.is_empty() || variable.default.is_empty() => {
                    PlanValue::text(&variable.name, &fact.value, &fact.because)
                }
                _ => PlanValue::text(&variable.name, &variable.default, DEFAULT),
            }
        })
        .collect()
}

/// What has a flag of its own, or follows from what Git says.
pub(super) const NOT_ANSWERED: [&str; 6] = ["app", "org", "pack", "branch", "chart", "dir"];

/// Variables that are a choice between two.
const SWITCHES: [&str; 1] = ["knativeDeploy"];

/// Puts what an earlier import recorded in the place of what would be found now: answers stay until other ones are given.
pub(super) fn recall(values: &mut [PlanValue], recorded: &BTreeMap<String, Value>) {
    let own = ["app", "org", "pack", "dir"];
    for value in values
        .iter_mut()
        .filter(|value| !own.contains(&value.name.as_str()))
    {
        if let Some(known) = recorded.get(&value.name)
            && *known != value.value
        {
            value.value = known.clone();
            "an earlier import used it".clone_into(&mut value.because);
        }
    }
}

/// The values that differ from those that an earlier import recorded, by name.
pub(super) fn changed<'a>(
    values: &'a [PlanValue],
    recorded: &BTreeMap<String, Value>,
) -> Vec<&'a PlanValue> {
    values
        .iter()
        .filter(|value| {
            recorded
                .get(&value.name)
                .is_some_and(|old| *old != value.value)
        })
        .collect()
}

/// Puts the user's answers in the place of what was found.
///
/// # Errors
/// [`PackError::UnknownValue`], or a port that is no port.
pub(super) fn answer(
    values: &mut [PlanValue],
    answers: &BTreeMap<String, String>,
) -> Result<(), PackError> {
    for (name, answer) in answers {
        let asked = |value: &&mut PlanValue| !NOT_ANSWERED.contains(&value.name.as_str());
        let Some(value) = values
            .iter_mut()
            .filter(asked)
            .find(|value| value.name == *name)
        else {
            return Err(PackError::UnknownValue {
                name: name.clone(),
                known: values
                    .iter()
                    .map(|value| value.name.clone())
                    .filter(|name| !NOT_ANSWERED.contains(&name.as_str()))
                    .collect(),
            });
        };
        value.value = if name == "port" {
            let port: std::num::NonZeroU16 = answer.parse().map_err(|_| PackError::BadValue {
                name: name.clone(),
                value: answer.clone(),
                expected: "a number from 1 to 65535".to_owned(),
            })?;
            Value::from(port.get())
        } else if SWITCHES.contains(&name.as_str()) && !["true", "false"].contains(&answer.as_str())
        {
            return Err(PackError::BadValue {
                name: name.clone(),
                value: answer.clone(),
                expected: "true or false".to_owned(),
            });
        } else {
            Value::from(answer.as_str())
        };
        GIVEN.clone_into(&mut value.because);
    }
    Ok(())
}

/// Where the app lives that these values are of. An app at the top has no value `dir`.
pub(super) fn site(values: &[PlanValue]) -> Site {
    let dir = values.iter().find(|value| value.name == "dir");
    Site::new(dir.and_then(|dir| dir.value.as_str()).unwrap_or_default())
}

/// What the templates of a pack are rendered with: the values by name, `dir`, which is empty at the top of the repository, and
/// `artifact` when the pack has one.
pub(super) fn context(
    pack: &Pack,
    values: &[PlanValue],
    templates: &Templates,
) -> Result<(Value, Option<Artifact>), PackError> {
    let mut map: Map<String, Value> = values
        .iter()
        .map(|value| (value.name.clone(), value.value.clone()))
        .collect();
    map.entry("dir").or_insert_with(|| Value::from(""));
    let artifact = match &pack.artifact {
        Some(artifact) => Some(render(
            pack,
            artifact,
            &Value::Object(map.clone()),
            templates,
        )?),
        None => None,
    };
    map.insert(
        "artifact".to_owned(),
        serde_json::to_value(&artifact).unwrap_or(Value::Null),
    );
    Ok((Value::Object(map), artifact))
}

fn render(
    pack: &Pack,
    artifact: &Artifact,
    values: &Value,
    templates: &Templates,
) -> Result<Artifact, PackError> {
    let name = format!("{}/pack.yaml: artifact", pack.name);
    let text = |template: &String| templates.render(&name, template, values);
    let list = |items: &[String]| -> Result<Vec<String>, PackError> {
        let mut rendered = Vec::new();
        for item in items {
            rendered.extend(
                text(item)?
                    .lines()
                    .filter(|line| !line.trim().is_empty())
                    .map(str::to_owned),
            );
        }
        Ok(rendered)
    };
    let mut environment = BTreeMap::new();
    for (key, value) in &artifact.environment {
        let value = text(value)?;
        if !value.is_empty() {
            environment.insert(key.clone(), value);
        }
    }
    Ok(Artifact {
        files: list(&artifact.files)?,
        exclude: list(&artifact.exclude)?,
        command: list(&artifact.command)?,
        environment,
    })
}
