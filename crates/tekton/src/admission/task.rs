//! Tasks and task specs (`task_validation.go`).

use super::steps::{clean_path, step_lists, step_objects, step_variables};
use super::variables::{Names, names, no_unknown};
use super::{FieldErrors, Gates, params, results, steps};
use crate::merge::merge_step_template;
use crate::model::{ParamSpec, ParamType, Step, Task, TaskSpec};

/// A Task on its own: nothing propagates into it, so it declares what it uses.
pub(super) fn task(task: &Task, gates: Gates) -> FieldErrors {
    let mut errors = task_spec(&task.spec, gates);
    errors.add(undeclared_params(&task.spec.steps, &task.spec.params));
    errors.via("spec")
}

/// A task spec, embedded or not (`TaskSpec.Validate`).
pub fn task_spec(spec: &TaskSpec, gates: Gates) -> FieldErrors {
    let mut errors = FieldErrors::none();
    if spec.steps.is_empty() {
        errors.add(FieldErrors::missing("steps"));
    }
    errors.add(volumes(spec).via("volumes"));
    errors.add(workspaces(spec).via("workspaces"));
    errors.add(workspace_usages(spec));
    let mut merged = spec.steps.clone();
    merge_step_template(spec.step_template.as_ref(), &mut merged);
    errors.add(steps::steps(&merged, gates).via("steps"));
    errors.add(steps::sidecars(&spec.sidecars).via("sidecars"));
    errors.add(params::types(&spec.params).via("params"));
    errors.add(param_variables(&spec.steps, &spec.params, gates));
    let context = [
        ("context.taskRun", ["name", "namespace", "uid"].as_slice()),
        ("context.task", &["name", "retry-count"]),
    ];
    for (prefix, known) in context {
        errors.add(each_step(
            &spec.steps,
            prefix,
            &names(known.iter().copied()),
        ));
    }
    let declared = names(spec.results.iter().map(|result| result.name.as_str()));
    for (index, step) in spec.steps.iter().enumerate() {
        errors.add(
            no_unknown(&step.script, "results", &declared)
                .via("script")
                .via_item("steps", index),
        );
    }
    errors.add(results::task_results(&spec.results).via("results"));
    errors
}

/// Parameters that steps use and nobody declares (`ValidateUsageOfDeclaredParameters`).
pub fn undeclared_params(steps: &[Step], declared: &[ParamSpec]) -> FieldErrors {
    let mut errors = each_step(steps, "params", &params::all_names(declared));
    let objects = params::objects(declared);
    for (object, keys) in &objects {
        errors.add(each_step(steps, &format!("params.{object}"), keys));
    }
    let objects = names(objects.keys().copied());
    errors.add(accumulated(steps, |step| {
        step_objects(step, "params", &objects)
    }));
    errors.add(params::objects_have_properties(declared));
    errors
}

/// Names, allowed values and the places of lists (`ValidateParameterVariables`).
pub(super) fn param_variables(steps: &[Step], declared: &[ParamSpec], gates: Gates) -> FieldErrors {
    let mut errors = params::unique(declared);
    errors.add(params::enums(declared, gates).via("params"));
    errors.add(super::names::param_names(declared));
    let lists = params::names_of(declared, ParamType::Array);
    errors.add(accumulated(steps, |step| {
        step_lists(step, "params", &lists)
    }));
    errors
}

fn each_step(steps: &[Step], prefix: &str, known: &Names) -> FieldErrors {
    let checked = steps.iter().enumerate();
    checked
        .map(|(index, step)| step_variables(step, prefix, known).via_item("steps", index))
        .collect()
}

/// Tekton prefixes what it has found so far again for every further step (`errs.Also(...).ViaFieldIndex`), and its
/// messages show that.
fn accumulated(steps: &[Step], check: impl Fn(&Step) -> FieldErrors) -> FieldErrors {
    let mut errors = FieldErrors::none();
    for (index, step) in steps.iter().enumerate() {
        errors.add(check(step));
        errors = errors.via_item("steps", index);
    }
    errors
}

fn volumes(spec: &TaskSpec) -> FieldErrors {
    let mut seen = Names::new();
    spec.volumes
        .iter()
        .enumerate()
        .filter(|(_, volume)| !seen.insert(volume.name.clone()))
        .map(|(index, volume)| {
            FieldErrors::new(
                format!("multiple volumes with same name {:?}", volume.name),
                &["name"],
            )
            .via_index(index)
        })
        .collect()
}

fn workspaces(spec: &TaskSpec) -> FieldErrors {
    let template = spec
        .step_template
        .iter()
        .flat_map(|template| &template.volume_mounts);
    let mounts = spec
        .steps
        .iter()
        .flat_map(|step| &step.volume_mounts)
        .chain(template);
    let mut paths: Names = mounts.map(|mount| clean_path(&mount.mount_path)).collect();
    let mut seen = Names::new();
    let mut errors = FieldErrors::none();
    for (index, workspace) in spec.workspaces.iter().enumerate() {
        if !seen.insert(workspace.name.clone()) {
            let message = format!("workspace name {:?} must be unique", workspace.name);
            errors.add(FieldErrors::new(message, &["name"]).via_index(index));
        }
        let path = clean_path(&workspace.mount_path());
        if !paths.insert(path.clone()) {
            let message = format!("workspace mount path {path:?} must be unique");
            errors.add(FieldErrors::new(message, &["mountpath"]).via_index(index));
        }
    }
    errors
}

fn workspace_usages(spec: &TaskSpec) -> FieldErrors {
    let declared = names(
        spec.workspaces
            .iter()
            .map(|workspace| workspace.name.as_str()),
    );
    let in_steps = spec
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| ("steps", index, &step.workspaces));
    let in_sidecars = spec.sidecars.iter().enumerate();
    let in_sidecars = in_sidecars.map(|(index, sidecar)| ("sidecars", index, &sidecar.workspaces));
    let mut errors = FieldErrors::none();
    for (field, index, usages) in in_steps.chain(in_sidecars) {
        for (usage_index, usage) in usages.iter().enumerate() {
            if !declared.contains(&usage.name) {
                let message = format!("undefined workspace {:?}", usage.name);
                let error = FieldErrors::new(message, &["name"]);
                errors.add(
                    error
                        .via_item("workspaces", usage_index)
                        .via_item(field, index),
                );
            }
        }
    }
    errors
}
