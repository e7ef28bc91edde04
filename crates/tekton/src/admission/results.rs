//! Declarations of results (`result_validation.go`).

use super::FieldErrors;
use super::names::{is_label, is_result_name};
use crate::model::{ParamValue, Properties, StepResult, TaskResult};
use crate::text::{expressions, step_result_refs};

const RESULT_NAME_FORMAT: &str = "^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$";

/// The results of a task.
pub(super) fn task_results(results: &[TaskResult]) -> FieldErrors {
    let errors = results.iter().enumerate().map(|(index, result)| {
        let mut errors = declaration(&result.name, &result.kind, result.properties.as_ref());
        if is_result_name(&result.name) {
            errors.add(value(result));
        }
        errors.via_index(index)
    });
    errors.collect()
}

/// The results of a step.
pub(super) fn step_results(results: &[StepResult]) -> FieldErrors {
    let errors = results.iter().enumerate().map(|(index, result)| {
        declaration(&result.name, &result.kind, result.properties.as_ref()).via_index(index)
    });
    errors.collect()
}

fn declaration(name: &str, kind: &str, properties: Option<&Properties>) -> FieldErrors {
    if !is_result_name(name) {
        return FieldErrors::detailed(
            format!("invalid key name \"{name}\""),
            &["name"],
            &format!(
                "Name must consist of alphanumeric characters, '-', '_', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my-name',  or 'my_name', regex used for validation is '{RESULT_NAME_FORMAT}')"
            ),
        );
    }
    match kind {
        "object" => object(name, properties),
        "array" | "string" | "" => FieldErrors::none(),
        other => FieldErrors::detailed(
            format!("invalid value: {other}"),
            &["type"],
            "type must be string",
        ),
    }
}

fn object(name: &str, properties: Option<&Properties>) -> FieldErrors {
    let path = format!("{name}.properties");
    let Some(properties) = properties else {
        return FieldErrors::missing(&path);
    };
    let invalid: Vec<_> = properties
        .iter()
        .filter(|(_, property)| property.kind != "string")
        .map(|(key, _)| key.as_str())
        .collect();
    if invalid.is_empty() {
        return FieldErrors::none();
    }
    FieldErrors::new(
        format!(
            "The value type specified for these keys [{}] is invalid, the type must be string",
            invalid.join(" ")
        ),
        &[&path],
    )
}

/// A task result taken from a step: `$(steps.<step>.results.<result>)`.
fn value(result: &TaskResult) -> FieldErrors {
    let text = match &result.value {
        None => return FieldErrors::none(),
        Some(ParamValue::String(text)) => text,
        Some(other) => {
            return FieldErrors::new(
                format!(
                    "Invalid Type. Wanted string but got: \"{}\"",
                    other.kind().as_str()
                ),
                &[&format!("{}.type", result.name)],
            );
        }
    };
    if text.is_empty() {
        return FieldErrors::none();
    }
    let path = format!("{}.value", result.name);
    let found = step_result_refs(expressions(text));
    let Some(reference) = found.first() else {
        return FieldErrors::new(
            format!(
                "Could not extract step name and result name. Expected value to look like $(steps.<stepName>.results.<resultName>) but got \"{text}\""
            ),
            &[&path],
        );
    };
    if is_label(&reference.source) {
        return FieldErrors::none();
    }
    FieldErrors::detailed(
        format!("invalid extracted step name {:?}", reference.source),
        &[&path],
        "stepName in $(steps.<stepName>.results.<resultName>) must be a valid DNS Label, For more info refer to https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names",
    )
}
