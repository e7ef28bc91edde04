//! The matrix of pipeline tasks (`validateMatrix` and what it calls).

use std::collections::BTreeMap;

use super::FieldErrors;
use super::params;
use crate::matrix::MAX_COMBINATIONS;
use crate::model::{Matrix, ParamType, PipelineTask};
use crate::text::{ResultRef, expressions, looks_like_result_ref, result_refs};

/// Checks the matrices of one section.
pub(super) fn matrices(tasks: &[PipelineTask]) -> FieldErrors {
    let mut errors = FieldErrors::none();
    for (index, task) in tasks.iter().enumerate() {
        if let Some(matrix) = &task.matrix {
            errors.add(matrix_of(task, matrix).via_index(index));
        }
    }
    errors.add(consumers(tasks));
    errors
}

fn matrix_of(task: &PipelineTask, matrix: &Matrix) -> FieldErrors {
    let mut errors = FieldErrors::none();
    let count = matrix.count();
    if count > MAX_COMBINATIONS {
        let message = format!("expected 0 <= {count} <= {MAX_COMBINATIONS}");
        errors.add(FieldErrors::new(message, &["matrix"]));
    }
    for (index, include) in matrix.include.iter().enumerate() {
        let field = format!("matrix.include[{index}].params");
        errors.add(params::unique_values(&include.params).via(&field));
    }
    errors.add(params::unique_values(&matrix.params).via("matrix.params"));
    for param in &task.params {
        if matrix.all_params().any(|other| other.name == param.name) {
            errors.add(FieldErrors::both(&[
                &format!("matrix[{}]", param.name),
                &format!("params[{}]", param.name),
            ]));
        }
    }
    errors
}

/// Results of a task with a matrix are used as a whole, and are texts.
fn consumers(tasks: &[PipelineTask]) -> FieldErrors {
    let by_name: BTreeMap<&str, &PipelineTask> = tasks
        .iter()
        .map(|task| (task.name.as_str(), task))
        .collect();
    let mut found: Vec<ResultRef> = Vec::new();
    for param in tasks.iter().flat_map(|task| &task.params) {
        let all: Vec<_> = param
            .value
            .texts()
            .into_iter()
            .flat_map(expressions)
            .collect();
        if !all
            .iter()
            .any(|expression| looks_like_result_ref(expression))
        {
            continue;
        }
        let of_matrix: Vec<_> = all
            .into_iter()
            .filter(|expression| looks_like_result_ref(expression))
            .filter(|expression| {
                let source = expression
                    .split('.')
                    .nth(1)
                    .and_then(|name| by_name.get(name));
                source.is_some_and(|task| task.matrix.as_ref().is_some_and(Matrix::is_used))
            })
            .collect();
        let errors: FieldErrors = of_matrix
            .iter()
            .filter(|expression| !expression.ends_with("[*]"))
            .map(|expression| {
                FieldErrors::new(
                    format!(
                        "A matrixed pipelineTask can only be consumed in aggregate using [*] notation, but is currently set to {expression}"
                    ),
                    &[],
                )
            })
            .collect();
        if !errors.is_empty() {
            return errors;
        }
        // Tekton keeps those of the last parameter only.
        found = result_refs(of_matrix);
    }
    found
        .iter()
        .filter_map(|reference| no_text(reference, &by_name))
        .collect()
}

fn no_text(reference: &ResultRef, by_name: &BTreeMap<&str, &PipelineTask>) -> Option<FieldErrors> {
    let task = by_name.get(reference.source.as_str())?;
    let spec = match &task.task_ref {
        Some(task_ref) => by_name.get(task_ref.name.as_str())?.task_spec.as_ref(),
        None => task.task_spec.as_ref(),
    };
    let declared = spec?
        .results
        .iter()
        .find(|result| result.name == reference.result)?;
    let is_text = declared.kind == ParamType::String.as_str();
    (!is_text).then(|| {
        FieldErrors::invalid_value(
            format!(
                "Matrixed PipelineTasks emitting results must have an underlying type string, but result {} has type {} in pipelineTask",
                reference.result, declared.kind
            ),
            "",
        )
    })
}
