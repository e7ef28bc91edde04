//! Steps that refer to a `StepAction` (`resources/taskspec.go`, `applyStepActionParameters`).

use std::collections::BTreeMap;

use super::task::{defaults, replace_in_step, task_params};
use crate::model::{Param, ParamSpec, ParamType, ParamValue, Step, StepAction, TaskSpec};
use crate::text::{Replacements, TASK_PARAM_PATTERNS, expressions, pattern_key, step_result_refs};

/// Replaces every step that refers to a `StepAction` by what the action does.
///
/// # Errors
/// An action that is not there, or params that do not fit it, in Tekton's words.
pub(crate) fn resolve_step_actions(
    spec: &mut TaskSpec,
    given: &[Param],
    actions: &BTreeMap<String, StepAction>,
) -> Result<(), String> {
    let values = task_params(&spec.params, given);
    for (index, step) in spec.steps.iter_mut().enumerate() {
        if let Some(reference) = step.action.take() {
            resolve(step, &reference.name, actions, &values).map_err(|problem| {
                format!(
                    "failed to resolve step ref for step {:?} (index {index}): {problem}",
                    step.name
                )
            })?;
        }
    }
    Ok(())
}

fn resolve(
    step: &mut Step,
    name: &str,
    actions: &BTreeMap<String, StepAction>,
    task_values: &Replacements,
) -> Result<(), String> {
    let action = actions
        .get(name)
        .ok_or_else(|| format!("stepactions.tekton.dev {name:?} not found"))?;
    let mut action = action.spec.clone();
    action.set_defaults();
    let mut params = std::mem::take(&mut step.params);
    check_params(&params, &action.params)?;
    task_values.apply_params(&mut params);

    let mut from_action = Step {
        image: action.image,
        command: action.command,
        args: action.args,
        working_dir: action.working_dir,
        env: action.env,
        script: action.script,
        volume_mounts: action.volume_mounts,
        security_context: action.security_context,
        results: action.results,
        ..Step::default()
    };
    let mut values = defaults(&action.params);
    for declared in &action.params {
        if let Some(param) = params.iter().find(|param| param.name == declared.name) {
            add_given(&mut values, declared, &param.value);
        }
    }
    pass_on_step_results(&mut values, &params, &action.params);
    replace_in_step(&mut from_action, &values);

    step.image = from_action.image;
    step.security_context = from_action.security_context;
    step.command = from_action.command;
    step.args = from_action.args;
    step.script = from_action.script;
    step.working_dir = from_action.working_dir;
    step.env = from_action.env;
    step.volume_mounts = from_action.volume_mounts;
    step.results = from_action.results;
    Ok(())
}

/// A given object keeps the default's keys that it does not set.
fn add_given(values: &mut Replacements, declared: &ParamSpec, given: &ParamValue) {
    let entries = values
        .objects
        .get(&format!("params.{}", declared.name))
        .cloned();
    values.add_param(&TASK_PARAM_PATTERNS, &declared.name, given);
    if let (Some(mut entries), ParamValue::Object(set)) = (entries, given) {
        entries.extend(set.iter().map(|(key, value)| (key.clone(), value.clone())));
        values.add_param(
            &TASK_PARAM_PATTERNS,
            &declared.name,
            &ParamValue::Object(entries),
        );
    }
}

/// `validateStepHasStepActionParameters`.
fn check_params(given: &[Param], declared: &[ParamSpec]) -> Result<(), String> {
    let extra: Vec<_> = given
        .iter()
        .filter(|param| declared.iter().all(|spec| spec.name != param.name))
        .map(|param| param.name.as_str())
        .collect();
    if !extra.is_empty() {
        return Err(format!(
            "extra params passed by Step to StepAction: [{}]",
            extra.join(" ")
        ));
    }
    let missing: Vec<_> = declared
        .iter()
        .filter(|spec| spec.default.is_none() && given.iter().all(|param| param.name != spec.name))
        .map(|spec| spec.name.as_str())
        .collect();
    if !missing.is_empty() {
        return Err(format!(
            "non-existent params in Step: [{}]",
            missing.join(" ")
        ));
    }
    Ok(())
}

/// A param whose value is an earlier step's result becomes a reference to that result, which is replaced when the
/// step starts (`replacementsFromStepResults`).
fn pass_on_step_results(values: &mut Replacements, given: &[Param], declared: &[ParamSpec]) {
    for param in given
        .iter()
        .filter(|param| param.value.text().starts_with("$(steps."))
    {
        let text = param.value.text();
        let Some(reference) = step_result_refs(expressions(text)).into_iter().next() else {
            continue;
        };
        let Some(spec) = declared.iter().find(|spec| spec.name == param.name) else {
            continue;
        };
        let result = format!("steps.{}.results.{}", reference.source, reference.result);
        match spec.param_type() {
            ParamType::String => {}
            ParamType::Array => {
                for pattern in TASK_PARAM_PATTERNS {
                    let key = pattern_key(pattern, &spec.name);
                    values
                        .strings
                        .insert(format!("{key}[*]"), format!("$({result}[*])"));
                }
            }
            ParamType::Object => {
                for key in spec
                    .properties
                    .iter()
                    .flat_map(|properties| properties.keys())
                {
                    values.strings.insert(
                        format!("params.{}.{key}", spec.name),
                        format!("$({result}.{key})"),
                    );
                }
            }
        }
    }
}
