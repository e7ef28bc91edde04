//! Whether a run's values fit what its pipeline or task declares (`validate_params.go`, `validate_taskrun.go`).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Matrix, Param, ParamSpec, ParamType, ParamValue, PipelineSpec, PipelineTask, TaskSpec,
    WorkspaceBinding, WorkspaceDeclaration,
};
use crate::text::{
    array_index_references, expressions, first_index, looks_like_result_ref, references,
    trim_indexes,
};

/// `[a b]`, as Go prints a list.
fn go_list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    format!("[{}]", names.into_iter().collect::<Vec<_>>().join(" "))
}

fn is_given(params: &[Param], name: &str) -> bool {
    params.iter().any(|param| param.name == name)
}

/// Parameters without a value or default.
pub(super) fn missing_params(declared: &[ParamSpec], given: &[Param]) -> Option<String> {
    let missing: Vec<_> = declared
        .iter()
        .filter(|param| param.default.is_none() && !is_given(given, &param.name))
        .map(|param| param.name.as_str())
        .collect();
    (!missing.is_empty()).then(|| format!("pipelineRun missing parameters: {}", go_list(missing)))
}

/// Parameters of another type than declared.
pub(super) fn mistyped_params(declared: &[ParamSpec], given: &[Param]) -> Option<String> {
    let mistyped: Vec<_> = given
        .iter()
        .filter(|param| {
            let spec = declared.iter().find(|spec| spec.name == param.name);
            spec.is_some_and(|spec| spec.param_type() != param.value.kind())
        })
        .map(|param| param.name.as_str())
        .collect();
    (!mistyped.is_empty())
        .then(|| format!("parameters have inconsistent types : {}", go_list(mistyped)))
}

/// Keys that object parameters lack: `map[param:[key]]`.
pub(super) fn missing_keys(declared: &[ParamSpec], given: &[Param]) -> Option<String> {
    let mut missing = BTreeMap::new();
    for spec in declared
        .iter()
        .filter(|spec| spec.param_type() == ParamType::Object)
    {
        let values = [
            spec.default.as_ref(),
            given.iter().find(|p| p.name == spec.name).map(|p| &p.value),
        ];
        let mut has_values = false;
        let mut keys = BTreeSet::new();
        for value in values.into_iter().flatten() {
            if let ParamValue::Object(entries) = value {
                has_values |= !entries.is_empty();
                keys.extend(entries.keys());
            }
        }
        let needed = spec
            .properties
            .iter()
            .flat_map(|properties| properties.keys());
        let absent: Vec<_> = needed
            .filter(|key| !keys.contains(key))
            .map(String::as_str)
            .collect();
        if has_values && !absent.is_empty() {
            missing.insert(spec.name.as_str(), go_list(absent));
        }
    }
    let list: Vec<_> = missing
        .iter()
        .map(|(name, keys)| format!("{name}:{keys}"))
        .collect();
    (!list.is_empty()).then(|| format!("map[{}]", list.join(" ")))
}

/// A task's values (`ValidateResolvedTask`).
pub(super) fn task_params(
    task_name: &str,
    declared: &[ParamSpec],
    given: &[Param],
) -> Result<(), String> {
    params_with_matrix(task_name, declared, given, None)
}

/// The params of a pipeline task, those of its matrix included (`ValidateResolvedTask`).
pub(super) fn pipeline_task_params(
    task_name: &str,
    declared: &[ParamSpec],
    task: &PipelineTask,
) -> Result<(), String> {
    params_with_matrix(task_name, declared, &task.params, task.matrix.as_ref())
}

/// Lists fan out, and what is included are texts (`ValidateParameterTypesInMatrix`).
pub(super) fn matrix(task: &PipelineTask) -> Result<(), String> {
    let Some(matrix) = &task.matrix else {
        return Ok(());
    };
    let refuse = |wanted: &str, param: &Param| {
        Err(format!(
            "parameters of type {wanted} only are allowed, but param {:?} has type {:?} in pipelineTask {:?}",
            param.name,
            param.value.kind().as_str(),
            task.name
        ))
    };
    for param in matrix.include.iter().flat_map(|include| &include.params) {
        if param.value.kind() != ParamType::String {
            return refuse("string", param);
        }
    }
    for param in &matrix.params {
        let mut variables = param.value.texts().into_iter().flat_map(expressions);
        let may_become_list = variables.any(looks_like_result_ref);
        if param.value.kind() != ParamType::Array && !may_become_list {
            return refuse("array", param);
        }
    }
    Ok(())
}

fn params_with_matrix(
    task_name: &str,
    declared: &[ParamSpec],
    given: &[Param],
    matrix: Option<&Matrix>,
) -> Result<(), String> {
    let fanned_out: Vec<&Param> = matrix.into_iter().flat_map(Matrix::all_params).collect();
    if declared.is_empty() {
        return Ok(());
    }
    let fail = |problem: String| {
        Err(format!(
            "invalid input params for task {task_name}: {problem}"
        ))
    };
    let missing: Vec<_> = declared
        .iter()
        .filter(|spec| spec.default.is_none() && !is_given(given, &spec.name))
        .filter(|spec| fanned_out.iter().all(|param| param.name != spec.name))
        .map(|spec| spec.name.as_str())
        .collect();
    if !missing.is_empty() {
        return fail(format!(
            "missing values for these params which have no default values: {}",
            go_list(missing)
        ));
    }
    let in_matrix = fanned_out.iter().filter(|param| {
        let spec = declared.iter().find(|spec| spec.name == param.name);
        spec.is_some_and(|spec| spec.param_type() != ParamType::String)
    });
    let mistyped: Vec<_> = given
        .iter()
        .filter(|param| {
            let spec = declared.iter().find(|spec| spec.name == param.name);
            spec.is_some_and(|spec| {
                // A text that refers to something can still become a list or map.
                let may_change = spec.param_type() != ParamType::String
                    && matches!(&param.value, ParamValue::String(text) if !expressions(text).is_empty());
                !may_change && spec.param_type() != param.value.kind()
            })
        })
        .chain(in_matrix.copied())
        .map(|param| param.name.as_str())
        .collect();
    if !mistyped.is_empty() {
        return fail(format!(
            "param types don't match the user-specified type: {}",
            go_list(mistyped)
        ));
    }
    match missing_keys(declared, given) {
        Some(keys) => fail(format!(
            "missing keys for these params which are required in ParamSpec's properties {keys}"
        )),
        None => Ok(()),
    }
}

/// References to items that a list does not have (`ValidateOutOfBoundArrayParams`).
fn out_of_bounds(declared: &[ParamSpec], given: &[Param], texts: &[&str]) -> Option<String> {
    let length = |name: &str| {
        let value = given
            .iter()
            .find(|param| param.name == name)
            .map(|param| &param.value);
        let default = || {
            declared
                .iter()
                .find(|spec| spec.name == name)?
                .default
                .as_ref()
        };
        match value.or_else(default)? {
            ParamValue::Array(items) => Some(items.len()),
            ParamValue::String(_) | ParamValue::Object(_) => None,
        }
    };
    let found: BTreeSet<_> = texts
        .iter()
        .flat_map(|text| array_index_references(text))
        .filter(|reference| {
            let trimmed = trim_indexes(reference);
            let name = references(&trimmed, "params").first().map(|found| found.name.to_owned());
            let length = name.and_then(|name| length(&name));
            matches!((length, first_index(reference)), (Some(length), Some(index)) if index >= length)
        })
        .collect();
    (!found.is_empty()).then(|| format!("non-existent param references:{}", go_list(found)))
}

/// Items of a pipeline's lists that are not there.
pub(super) fn pipeline_indexes(spec: &PipelineSpec, given: &[Param]) -> Option<String> {
    let texts: Vec<_> = spec
        .tasks
        .iter()
        .chain(&spec.finally)
        .flat_map(pipeline_task_texts)
        .collect();
    out_of_bounds(&spec.params, given, &texts)
}

fn pipeline_task_texts(task: &PipelineTask) -> Vec<&str> {
    let matrix = task.matrix.iter().flat_map(|matrix| &matrix.params);
    let mut texts: Vec<_> = task
        .params
        .iter()
        .chain(matrix)
        .flat_map(|param| param.value.texts())
        .collect();
    texts.extend(
        task.workspaces
            .iter()
            .map(|workspace| workspace.sub_path.as_str()),
    );
    for when in &task.when {
        texts.push(&when.input);
        texts.extend(when.values.iter().map(String::as_str));
    }
    texts
}

/// Items of a task's lists that are not there.
pub(super) fn task_indexes(spec: &TaskSpec, given: &[Param]) -> Option<String> {
    let mut texts: Vec<&str> = Vec::new();
    for step in &spec.steps {
        texts
            .extend([&step.script, &step.name, &step.image, &step.working_dir].map(String::as_str));
        texts.extend(step.command.iter().chain(&step.args).map(String::as_str));
        texts.extend(step.env.iter().map(|variable| variable.value.as_str()));
        for mount in &step.volume_mounts {
            texts.extend([&mount.name, &mount.mount_path, &mount.sub_path].map(String::as_str));
        }
    }
    texts.extend(
        spec.workspaces
            .iter()
            .map(|workspace| workspace.mount_path.as_str()),
    );
    out_of_bounds(&spec.params, given, &texts)
}

/// Workspaces that are required and not bound, or bound and not declared (`workspace.ValidateBindings`).
pub(super) fn bindings(
    declared: &[WorkspaceDeclaration],
    bound: &[WorkspaceBinding],
) -> Result<(), String> {
    let is_bound = |name: &str| bound.iter().any(|binding| binding.name == name);
    if let Some(missing) = declared.iter().find(|d| !d.optional && !is_bound(&d.name)) {
        return Err(format!(
            "declared workspace {:?} is required but has not been bound",
            missing.name
        ));
    }
    let is_declared = |name: &str| declared.iter().any(|declaration| declaration.name == name);
    match bound.iter().find(|binding| !is_declared(&binding.name)) {
        Some(extra) => Err(format!(
            "workspace binding {:?} does not match any declared workspace",
            extra.name
        )),
        None => Ok(()),
    }
}
