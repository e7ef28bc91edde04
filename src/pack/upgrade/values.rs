//! The values of an upgrade: those of the record, and the newer pack's where nobody chose.

use serde::Serialize;
use serde_json::Value;

use crate::pack::error::PackError;
use crate::pack::model::Pack;
use crate::pack::plan::facts_of;
use crate::pack::record::ImportRecord;
use crate::pack::values::{self, PlanValue};
use crate::pack::variable;
use crate::project::Project;

/// The values that every plan has, whatever the pack is.
const COMMON: [&str; 7] = ["app", "org", "pack", "branch", "port", "health", "chart"];

/// A value that an upgrade changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedValue {
    /// The name.
    pub name: String,
    /// The value until now; absent for a new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Value>,
    /// The value from now on.
    pub to: Value,
}

/// The values that templates of the newer pack get, for the app in `project`. What was chosen at the import stays, what was the older pack's default or is new
/// takes the newer pack's.
///
/// # Errors
/// A new variable that needs an answer, or a recorded value that the newer pack does not take.
pub fn upgraded_values(
    record: &ImportRecord,
    pack: &Pack,
    project: &Project,
) -> Result<Vec<PlanValue>, PackError> {
    let recorded = |name: &str| {
        let is_default = record.defaults.iter().any(|default| default == name);
        let because = if is_default {
            values::DEFAULT
        } else {
            "the record says so"
        };
        let value = record.values.get(name).cloned();
        value.map(|value| PlanValue {
            name: name.to_owned(),
            value,
            because: because.to_owned(),
        })
    };
    let mut all: Vec<PlanValue> = COMMON
        .iter()
        .map(|name| match *name {
            "pack" => PlanValue::text("pack", &pack.name, "the newer pack"),
            name => recorded(name).unwrap_or_else(|| PlanValue::text(name, "", "nothing says so")),
        })
        .chain(recorded("dir"))
        .collect();
    for value in values::of_pack(pack, &facts_of(project, pack)) {
        let chosen = recorded(&value.name).filter(|_| !record.defaults.contains(&value.name));
        all.push(chosen.unwrap_or(value));
    }
    variable::settle(pack, &mut all)?;
    Ok(all)
}

/// What differs from the record. Values that the newer pack does not have are not named.
pub(super) fn changed(record: &ImportRecord, values: &[PlanValue]) -> Vec<ChangedValue> {
    values
        .iter()
        .filter(|value| record.values.get(&value.name) != Some(&value.value))
        .map(|value| ChangedValue {
            name: value.name.clone(),
            from: record.values.get(&value.name).cloned(),
            to: value.value.clone(),
        })
        .collect()
}
