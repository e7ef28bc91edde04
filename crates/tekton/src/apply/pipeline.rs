//! A pipeline's spec (`pkg/reconciler/pipelinerun/resources/apply.go`).

use std::collections::HashMap;

use super::task::replace_in_task_spec;
use super::workspace::replace_in_bindings;
use crate::model::{ParamSpec, ParamType, ParamValue, PipelineRun, PipelineSpec, PipelineTask};
use crate::text::{PARAM_PATTERNS, Replacements, expressions, pattern_key};

/// How deep a default may refer to other params.
const MAX_REFERENCE_DEPTH: usize = 10;

/// The pipeline with the run's params, context and workspaces in place; params also go into the run's bindings.
///
/// # Errors
/// Defaults that refer to each other in a circle, too deeply or to nothing, in Tekton's words.
pub(crate) fn prepare_pipeline(
    mut spec: PipelineSpec,
    run: &mut PipelineRun,
    pipeline_name: &str,
) -> Result<PipelineSpec, String> {
    let mut given = Replacements::default();
    for param in &run.spec.params {
        given.add_param(&PARAM_PATTERNS, &param.name, &param.value);
    }
    replace_in_bindings(&mut run.spec.workspaces, &given);
    let params = with_defaults(given, &spec.params)?;
    replace_in_pipeline(&mut spec, &params);
    replace_in_pipeline(&mut spec, &context_values(run, pipeline_name));
    let bound = bound_workspaces(&spec, run);
    replace_in_pipeline(&mut spec, &bound);
    Ok(spec)
}

/// `GetContextReplacements`.
fn context_values(run: &PipelineRun, pipeline_name: &str) -> Replacements {
    let metadata = &run.metadata;
    let texts = [
        ("context.pipelineRun.name", &metadata.name),
        ("context.pipelineRun.namespace", &metadata.namespace),
        ("context.pipelineRun.uid", &metadata.uid),
    ];
    let mut values =
        Replacements::strings(texts.map(|(name, value)| (name.to_owned(), value.clone())));
    values
        .strings
        .insert("context.pipeline.name".to_owned(), pipeline_name.to_owned());
    values
}

fn bound_workspaces(spec: &PipelineSpec, run: &PipelineRun) -> Replacements {
    let declared = spec
        .workspaces
        .iter()
        .map(|workspace| (&workspace.name, "false"));
    let bound = run
        .spec
        .workspaces
        .iter()
        .map(|binding| (&binding.name, "true"));
    let entries = declared.chain(bound);
    Replacements::strings(
        entries.map(|(name, text)| (format!("workspaces.{name}.bound"), text.to_owned())),
    )
}

/// Adds the defaults of params without a value; a default may refer to other params.
fn with_defaults(mut values: Replacements, declared: &[ParamSpec]) -> Result<Replacements, String> {
    let missing: Vec<(&str, &ParamValue)> = declared
        .iter()
        .filter(|param| {
            let key = pattern_key(PARAM_PATTERNS[0], &param.name);
            match param.param_type() {
                ParamType::String => !values.strings.contains_key(&key),
                ParamType::Array => !values.arrays.contains_key(&key),
                ParamType::Object => !values.objects.contains_key(&key),
            }
        })
        .filter_map(|param| Some((param.name.as_str(), param.default.as_ref()?)))
        .collect();
    let texts: HashMap<String, &str> = missing
        .iter()
        .filter_map(|(name, default)| match default {
            ParamValue::String(text) => Some((name, text.as_str())),
            ParamValue::Array(_) | ParamValue::Object(_) => None,
        })
        .flat_map(|(name, text)| PARAM_PATTERNS.map(|pattern| (pattern_key(pattern, name), text)))
        .collect();
    let mut keys: Vec<_> = texts.keys().collect();
    keys.sort_unstable();
    for key in keys {
        resolve_text(key, &texts, &mut values, &mut Vec::new())?;
    }
    for (name, default) in missing {
        if !matches!(default, ParamValue::String(_)) {
            let mut default = default.clone();
            // Only texts inside the default are looked at, not whole lists.
            let texts = Replacements::strings(values.strings.clone());
            texts.apply_value(&mut default);
            values.add_param(&PARAM_PATTERNS, name, &default);
        }
    }
    Ok(values)
}

/// `resolveStringParamRecursively`.
fn resolve_text(
    key: &str,
    texts: &HashMap<String, &str>,
    values: &mut Replacements,
    visiting: &mut Vec<String>,
) -> Result<(), String> {
    if values.strings.contains_key(key) {
        return Ok(());
    }
    if visiting.iter().any(|visited| visited == key) {
        return Err(format!(
            "parameter resolution failed: circular dependency detected in param {key:?}"
        ));
    }
    if visiting.len() > MAX_REFERENCE_DEPTH {
        return Err(format!(
            "parameter resolution failed: maximum recursion depth ({MAX_REFERENCE_DEPTH}) exceeded for param {key:?}"
        ));
    }
    let Some(&text) = texts.get(key) else {
        return Ok(());
    };
    visiting.push(key.to_owned());
    for reference in expressions(text)
        .into_iter()
        .filter(|name| name.starts_with("params."))
    {
        if values.strings.contains_key(reference) {
            continue;
        }
        if !texts.contains_key(reference) {
            return Err(format!(
                "parameter resolution failed: param {key:?} references undefined param {reference:?}"
            ));
        }
        resolve_text(reference, texts, values, visiting)?;
    }
    visiting.pop();
    let resolved = values.text(text);
    values.strings.insert(key.to_owned(), resolved);
    Ok(())
}

/// `ApplyReplacements` of a pipeline's spec.
fn replace_in_pipeline(spec: &mut PipelineSpec, values: &Replacements) {
    for task in spec.tasks.iter_mut().chain(&mut spec.finally) {
        replace_in_task_params(task, values);
        for workspace in &mut task.workspaces {
            values.apply(&mut workspace.sub_path);
        }
        values.apply(&mut task.on_error);
        propagate(task, values);
    }
}

/// Puts values into a pipeline task's params, conditions, reference and display name.
pub(crate) fn replace_in_task_params(task: &mut PipelineTask, values: &Replacements) {
    values.apply_params(&mut task.params);
    match &mut task.matrix {
        Some(matrix) => {
            values.apply_params(&mut matrix.params);
            matrix
                .include
                .iter_mut()
                .for_each(|include| values.apply_params(&mut include.params));
        }
        None => values.apply(&mut task.display_name),
    }
    values.apply_when(&mut task.when);
    if let Some(reference) = &mut task.task_ref {
        values.apply_params(&mut reference.params);
        values.apply(&mut reference.name);
    }
}

/// Values go into an inline spec too; the task's own params win over the run's of that name (`propagateParams`).
fn propagate(task: &mut PipelineTask, values: &Replacements) {
    let Some(spec) = &mut task.task_spec else {
        return;
    };
    let mut own = values.clone();
    for param in &task.params {
        let keys = PARAM_PATTERNS.map(|pattern| pattern_key(pattern, &param.name));
        for key in keys {
            if let Some(text) = own.strings.get_mut(&key) {
                param.value.text().clone_into(text);
            }
            if let Some(items) = own.arrays.get_mut(&key) {
                *items = match &param.value {
                    ParamValue::Array(items) => items.clone(),
                    ParamValue::String(_) | ParamValue::Object(_) => Vec::new(),
                };
            }
            if own.objects.contains_key(&key)
                && let ParamValue::Object(entries) = &param.value
            {
                for (entry, text) in entries {
                    own.strings
                        .insert(format!("params.{}.{entry}", param.name), text.clone());
                }
                own.objects.insert(key, entries.clone());
            }
        }
    }
    replace_in_task_spec(spec, &own);
}

/// Puts results of tasks into a pipeline task (`ApplyTaskResults`), its workspaces' sub-paths included.
pub(crate) fn apply_results_to_task(task: &mut PipelineTask, values: &Replacements) {
    replace_in_task_params(task, values);
    for workspace in &mut task.workspaces {
        values.apply(&mut workspace.sub_path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Param, Step, TaskSpec};

    fn text(text: &str) -> ParamValue {
        ParamValue::String(text.into())
    }

    fn declared(name: &str, default: &str) -> ParamSpec {
        ParamSpec {
            name: name.into(),
            kind: "string".into(),
            default: Some(text(default)),
            ..ParamSpec::default()
        }
    }

    fn script_after(
        params: Vec<ParamSpec>,
        given: &[(&str, &str)],
        task: PipelineTask,
    ) -> Result<String, String> {
        let spec = PipelineSpec {
            params,
            tasks: vec![task],
            ..PipelineSpec::default()
        };
        let mut run = PipelineRun::default();
        run.metadata.name = "run".into();
        run.spec.params = given
            .iter()
            .map(|(name, value)| Param {
                name: (*name).into(),
                value: text(value),
            })
            .collect();
        let mut spec = prepare_pipeline(spec, &mut run, "pipeline")?;
        Ok(spec
            .tasks
            .remove(0)
            .task_spec
            .unwrap()
            .steps
            .remove(0)
            .script)
    }

    fn inline(script: &str, own: &[(&str, &str)]) -> PipelineTask {
        PipelineTask {
            params: own
                .iter()
                .map(|(name, value)| Param {
                    name: (*name).into(),
                    value: text(value),
                })
                .collect(),
            task_spec: Some(TaskSpec {
                steps: vec![Step {
                    script: script.into(),
                    ..Step::default()
                }],
                ..TaskSpec::default()
            }),
            ..PipelineTask::default()
        }
    }

    #[test]
    fn defaults_may_refer_to_params_and_values_are_not_looked_at() {
        let params = vec![
            declared("base", "x"),
            declared("derived", "$(params.base)-derived"),
        ];
        let script = "$(params.derived) $(params.hostile) $(context.pipelineRun.name) $(context.pipeline.name)";
        let given = [("base", "B"), ("hostile", "$(params.base)")];
        assert_eq!(
            script_after(params, &given, inline(script, &[])).unwrap(),
            "B-derived $(params.base) run pipeline"
        );
    }

    #[test]
    fn the_tasks_own_value_wins() {
        let given = [("a", "run-a"), ("b", "run-b")];
        let task = inline("$(params.a) $(params.b)", &[("a", "task-a")]);
        assert_eq!(script_after(vec![], &given, task).unwrap(), "task-a run-b");
    }

    #[test]
    fn circles_of_defaults_are_refused() {
        let params = vec![declared("a", "$(params.b)"), declared("b", "$(params.a)")];
        assert!(
            script_after(params, &[], inline("", &[]))
                .unwrap_err()
                .contains("circular dependency")
        );
    }
}
