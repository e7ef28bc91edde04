//! The results of a pipeline (`apply.go`: `ApplyTaskResultsToPipelineResults`).

use super::facts::Facts;
use super::task_state::TaskState;
use crate::model::{ParamValue, PipelineResult};
use crate::text::{Replacements, expressions, first_index, trim_indexes};

/// The results that can be made, and the names of those that refer to what is not there.
///
/// A result of a task that did not succeed is silently left out; so is that of a skipped one.
pub(super) fn pipeline_results(
    declared: &[PipelineResult],
    tasks: &[TaskState],
    facts: &Facts<'_>,
) -> (Vec<(String, ParamValue)>, Option<String>) {
    let mut values = Replacements::default();
    let mut results = Vec::new();
    let mut invalid: Vec<&str> = Vec::new();
    for result in declared {
        let variables: Vec<_> = result
            .value
            .texts()
            .into_iter()
            .flat_map(expressions)
            .collect();
        if variables.is_empty() {
            continue;
        }
        let mut is_valid = true;
        for variable in variables {
            match find(variable, tasks, facts) {
                Found::Value(value) => add(&mut values, variable, value),
                Found::LeftOut => is_valid = false,
                Found::Invalid => {
                    is_valid = false;
                    invalid.push(&result.name);
                }
            }
        }
        if is_valid {
            let mut value = result.value.clone();
            values.apply_value(&mut value);
            results.push((result.name.clone(), value));
        }
    }
    let problem = (!invalid.is_empty()).then(|| {
        format!(
            "invalid pipelineresults [{}], the referenced results don't exist",
            invalid.join(" ")
        )
    });
    (results, problem)
}

enum Found {
    Value(ParamValue),
    LeftOut,
    Invalid,
}

fn find(variable: &str, tasks: &[TaskState], facts: &Facts<'_>) -> Found {
    let parts: Vec<_> = variable.split('.').collect();
    let is_result = matches!(parts[0], "tasks" | "finally") && parts.get(2) == Some(&"results");
    if !is_result || !matches!(parts.len(), 4 | 5) {
        return Found::Invalid;
    }
    let Some(index) = tasks.iter().position(|state| state.task.name == parts[1]) else {
        return Found::Invalid;
    };
    let name = trim_indexes(parts[3]);
    let mut results = tasks[index].results_beyond_tasks(tasks).into_iter();
    let Some(value) = results.find(|result| result.name == name) else {
        return if facts.status_of(index) == "Succeeded" {
            Found::Invalid
        } else {
            Found::LeftOut
        };
    };
    let part = match (value.value, parts.get(4)) {
        (ParamValue::Object(entries), Some(key)) => entries
            .get(*key)
            .map(|text| ParamValue::String(text.clone())),
        (_, Some(_)) => None,
        (ParamValue::Array(items), None) if !parts[3].ends_with("[*]") => {
            let item = items.get(first_index(parts[3]).unwrap_or(0));
            item.map(|text| ParamValue::String(text.clone()))
        }
        (value, None) => Some(value),
    };
    part.map_or(Found::Invalid, Found::Value)
}

fn add(values: &mut Replacements, variable: &str, value: ParamValue) {
    let whole = variable.strip_suffix("[*]").unwrap_or(variable).to_owned();
    match value {
        ParamValue::String(text) => {
            values.strings.insert(variable.to_owned(), text);
        }
        ParamValue::Array(items) => {
            values.arrays.insert(whole, items);
        }
        ParamValue::Object(entries) => {
            values.objects.insert(whole, entries);
        }
    }
}
