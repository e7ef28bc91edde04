//! A task's spec (`pkg/reconciler/taskrun/resources/apply.go`).

use std::collections::HashMap;

use super::Layout;
use super::workspace::replace_in_items;
use crate::model::{
    EnvFromSource, EnvVar, Param, ParamSpec, ParamValue, Sidecar, Step, StepTemplate, TaskSpec,
    Volume, VolumeMount, WorkspaceBinding, WorkspaceDeclaration,
};
use crate::names::step_container;
use crate::text::{Replacements, TASK_PARAM_PATTERNS, pattern_key, references};

const RESULTS_FOLDER: &str = "/tekton/results";
const STEPS_FOLDER: &str = "/tekton/steps";
const CREDENTIALS_FOLDER: &str = "/tekton/creds";

/// Puts values into every place of a task's spec that takes them (`ApplyReplacements`).
pub(crate) fn replace_in_task_spec(spec: &mut TaskSpec, values: &Replacements) {
    for step in &mut spec.steps {
        values.apply_params(&mut step.params);
        replace_in_step(step, values);
    }
    if let Some(template) = &mut spec.step_template {
        replace_in_template(template, values);
    }
    spec.volumes
        .iter_mut()
        .for_each(|volume| replace_in_volume(volume, values));
    for workspace in &mut spec.workspaces {
        values.apply(&mut workspace.mount_path);
    }
    spec.sidecars
        .iter_mut()
        .for_each(|sidecar| replace_in_sidecar(sidecar, values));
}

/// Puts values into a step (`ApplyStepReplacements`).
pub(super) fn replace_in_step(step: &mut Step, values: &Replacements) {
    values.apply(&mut step.script);
    values.apply(&mut step.on_error);
    for output in [&mut step.stdout_config, &mut step.stderr_config]
        .into_iter()
        .flatten()
    {
        values.apply(&mut output.path);
    }
    values.apply_when(&mut step.when);
    values.apply(&mut step.name);
    values.apply(&mut step.image);
    values.apply(&mut step.image_pull_policy);
    values.apply(&mut step.working_dir);
    values.apply_list(&mut step.args);
    values.apply_list(&mut step.command);
    replace_in_environment(&mut step.env, &mut step.env_from, values);
    replace_in_mounts(&mut step.volume_mounts, values);
}

fn replace_in_template(template: &mut StepTemplate, values: &Replacements) {
    values.apply(&mut template.image);
    values.apply(&mut template.image_pull_policy);
    values.apply(&mut template.working_dir);
    values.apply_list(&mut template.args);
    values.apply_list(&mut template.command);
    replace_in_environment(&mut template.env, &mut template.env_from, values);
    replace_in_mounts(&mut template.volume_mounts, values);
}

fn replace_in_sidecar(sidecar: &mut Sidecar, values: &Replacements) {
    values.apply(&mut sidecar.script);
    values.apply(&mut sidecar.name);
    values.apply(&mut sidecar.image);
    values.apply(&mut sidecar.image_pull_policy);
    values.apply(&mut sidecar.working_dir);
    values.apply_list(&mut sidecar.args);
    values.apply_list(&mut sidecar.command);
    replace_in_environment(&mut sidecar.env, &mut sidecar.env_from, values);
    replace_in_mounts(&mut sidecar.volume_mounts, values);
}

fn replace_in_environment(
    variables: &mut [EnvVar],
    sources: &mut [EnvFromSource],
    values: &Replacements,
) {
    for variable in variables {
        values.apply(&mut variable.value);
        let source = variable.value_from.iter_mut();
        let keys =
            source.flat_map(|s| s.secret_key_ref.iter_mut().chain(&mut s.config_map_key_ref));
        for key in keys {
            values.apply(&mut key.name);
            values.apply(&mut key.key);
        }
    }
    for source in sources {
        values.apply(&mut source.prefix);
        for reference in [&mut source.config_map_ref, &mut source.secret_ref]
            .into_iter()
            .flatten()
        {
            values.apply(&mut reference.name);
        }
    }
}

fn replace_in_mounts(mounts: &mut [VolumeMount], values: &Replacements) {
    for mount in mounts {
        values.apply(&mut mount.name);
        values.apply(&mut mount.mount_path);
        values.apply(&mut mount.sub_path);
    }
}

fn replace_in_volume(volume: &mut Volume, values: &Replacements) {
    values.apply(&mut volume.name);
    if let Some(source) = &mut volume.config_map {
        values.apply(&mut source.name);
        replace_in_items(&mut source.items, values);
    }
    if let Some(source) = &mut volume.secret {
        values.apply(&mut source.secret_name);
        replace_in_items(&mut source.items, values);
    }
    if let Some(source) = &mut volume.persistent_volume_claim {
        values.apply(&mut source.claim_name);
    }
    for source in volume
        .projected
        .iter_mut()
        .flat_map(|projected| &mut projected.sources)
    {
        if let Some(source) = &mut source.config_map {
            values.apply(&mut source.name);
        }
        if let Some(source) = &mut source.secret {
            values.apply(&mut source.name);
        }
    }
}

/// The values of a task's parameters: defaults, then what the TaskRun gives (`getTaskParameters`).
pub(crate) fn task_params(declared: &[ParamSpec], given: &[Param]) -> Replacements {
    let mut values = defaults(declared);
    for param in given {
        let own_keys = values
            .objects
            .get(&format!("params.{}", param.name))
            .cloned();
        values.add_param(&TASK_PARAM_PATTERNS, &param.name, &param.value);
        // A given object keeps the default's keys that it does not set.
        if let (Some(mut entries), ParamValue::Object(set)) = (own_keys, &param.value) {
            entries.extend(set.iter().map(|(key, value)| (key.clone(), value.clone())));
            for pattern in TASK_PARAM_PATTERNS {
                values
                    .objects
                    .insert(pattern_key(pattern, &param.name), entries.clone());
            }
        }
    }
    values
}

/// Default values; one that mentions another parameter takes that one's default (`replacementsFromDefaultParams`).
pub(super) fn defaults(declared: &[ParamSpec]) -> Replacements {
    let mut values = Replacements::default();
    let mentions_params = |value: &ParamValue| value.text().contains("$(params.");
    let defaults = || {
        declared
            .iter()
            .filter_map(|param| Some((&param.name, param.default.as_ref()?)))
    };
    for (name, default) in defaults().filter(|(_, default)| !mentions_params(default)) {
        values.add_param(&TASK_PARAM_PATTERNS, name, default);
    }
    for (name, default) in defaults().filter(|(_, default)| mentions_params(default)) {
        let text = default.text();
        for reference in references(text, "params") {
            let key = format!("params.{}", reference.name);
            if let Some(value) = values.strings.get(&key) {
                let resolved = text.replace(reference.whole, value);
                values.add_param(&TASK_PARAM_PATTERNS, name, &ParamValue::String(resolved));
            }
        }
    }
    values
}

/// What a task's spec needs to know of its TaskRun.
#[derive(Debug)]
pub(crate) struct TaskContext<'a> {
    pub(crate) task_name: &'a str,
    pub(crate) run_name: &'a str,
    pub(crate) namespace: &'a str,
    pub(crate) uid: &'a str,
    pub(crate) retry_count: usize,
    pub(crate) params: &'a [Param],
    pub(crate) bindings: &'a [WorkspaceBinding],
    /// The volume that carries each workspace.
    pub(crate) volumes: &'a HashMap<String, String>,
    pub(crate) layout: &'a Layout,
}

/// The spec with everything in place (`applyParamsContextsResultsAndWorkspaces`): params, context, result paths, exit
/// codes, workspaces; each level once and in this order.
pub(crate) fn resolve_task_spec(mut spec: TaskSpec, context: &TaskContext<'_>) -> TaskSpec {
    let params = task_params(&spec.params, context.params);
    replace_in_task_spec(&mut spec, &params);
    replace_in_task_spec(&mut spec, &context_values(context));
    for (index, step) in spec.steps.iter_mut().enumerate() {
        let values = step_result_paths(step, index, context.layout);
        replace_in_step(step, &values);
    }
    let results = task_result_paths(&spec, context.layout);
    replace_in_task_spec(&mut spec, &results);
    let exit_codes = exit_code_paths(&spec, context.layout);
    replace_in_task_spec(&mut spec, &exit_codes);
    for binding in context.bindings {
        if spec
            .workspaces
            .iter()
            .all(|workspace| workspace.name != binding.name)
        {
            spec.workspaces
                .push(WorkspaceDeclaration::named(&binding.name));
        }
    }
    replace_workspaces(&mut spec, context);
    spec
}

fn context_values(context: &TaskContext<'_>) -> Replacements {
    let texts = [
        ("context.taskRun.name", context.run_name.to_owned()),
        ("context.task.name", context.task_name.to_owned()),
        ("context.taskRun.namespace", context.namespace.to_owned()),
        ("context.taskRun.uid", context.uid.to_owned()),
        ("context.task.retry-count", context.retry_count.to_string()),
        ("credentials.path", context.layout.path(CREDENTIALS_FOLDER)),
    ];
    Replacements::strings(texts.map(|(name, value)| (name.to_owned(), value)))
}

fn path_values(prefix: &str, name: &str, path: &str) -> [(String, String); 3] {
    [
        (format!("{prefix}.{name}.path"), path.to_owned()),
        (format!("{prefix}[\"{name}\"].path"), path.to_owned()),
        (format!("{prefix}['{name}'].path"), path.to_owned()),
    ]
}

fn step_result_paths(step: &Step, index: usize, layout: &Layout) -> Replacements {
    let folder = step_container(&step.name, index);
    Replacements::strings(step.results.iter().flat_map(|result| {
        let path = layout.path(&format!("{STEPS_FOLDER}/{folder}/results/{}", result.name));
        path_values("step.results", &result.name, &path)
    }))
}

fn task_result_paths(spec: &TaskSpec, layout: &Layout) -> Replacements {
    Replacements::strings(spec.results.iter().flat_map(|result| {
        let path = layout.path(&format!("{RESULTS_FOLDER}/{}", result.name));
        path_values("results", &result.name, &path)
    }))
}

fn exit_code_paths(spec: &TaskSpec, layout: &Layout) -> Replacements {
    Replacements::strings(spec.steps.iter().enumerate().map(|(index, step)| {
        let folder = step_container(&step.name, index);
        let path = layout.path(&format!("{STEPS_FOLDER}/{folder}/exitCode"));
        (format!("steps.{folder}.exitCode.path"), path)
    }))
}

/// `ApplyWorkspaces`: paths (of a step's own mount where it has one), whether bound, claims and volumes.
fn replace_workspaces(spec: &mut TaskSpec, context: &TaskContext<'_>) {
    let mut values = Replacements::default();
    for workspace in spec.workspaces.clone() {
        let name = &workspace.name;
        let is_bound = context.bindings.iter().any(|binding| binding.name == *name);
        let path_key = format!("workspaces.{name}.path");
        if workspace.optional && !is_bound {
            values
                .strings
                .insert(format!("workspaces.{name}.bound"), "false".to_owned());
            values.strings.insert(path_key, String::new());
            continue;
        }
        values
            .strings
            .insert(format!("workspaces.{name}.bound"), "true".to_owned());
        let value =
            |path: &str| Replacements::strings([(path_key.clone(), context.layout.path(path))]);
        let own_path = |usages: &[crate::model::WorkspaceUsage]| {
            let usage = usages
                .iter()
                .find(|usage| usage.name == *name && !usage.mount_path.is_empty());
            usage.map(|usage| usage.mount_path.clone())
        };
        for step in &mut spec.steps {
            if let Some(path) = own_path(&step.workspaces) {
                replace_in_step(step, &value(&path));
            }
        }
        for sidecar in &mut spec.sidecars {
            if let Some(path) = own_path(&sidecar.workspaces) {
                replace_in_sidecar(sidecar, &value(&path));
            }
        }
        replace_in_task_spec(spec, &value(&workspace.mount_path()));
    }
    for (name, volume) in context.volumes {
        values
            .strings
            .insert(format!("workspaces.{name}.volume"), volume.clone());
    }
    for binding in context.bindings {
        let claim = binding
            .persistent_volume_claim
            .as_ref()
            .map(|source| source.claim_name.clone());
        let key = format!("workspaces.{}.claim", binding.name);
        values.strings.insert(key, claim.unwrap_or_default());
    }
    replace_in_task_spec(spec, &values);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(script: &str) -> TaskSpec {
        TaskSpec {
            params: vec![
                ParamSpec {
                    name: "t".into(),
                    default: Some(ParamValue::String("T".into())),
                    ..ParamSpec::default()
                },
                ParamSpec {
                    name: "u".into(),
                    default: Some(ParamValue::String("$(params.t)+".into())),
                    ..ParamSpec::default()
                },
            ],
            steps: vec![Step {
                script: script.into(),
                ..Step::default()
            }],
            workspaces: vec![WorkspaceDeclaration {
                optional: true,
                ..WorkspaceDeclaration::named("w")
            }],
            results: vec![crate::model::TaskResult {
                name: "r".into(),
                ..Default::default()
            }],
            ..TaskSpec::default()
        }
    }

    fn resolved(
        script: &str,
        given: &[Param],
        bindings: &[WorkspaceBinding],
        root: &str,
    ) -> String {
        let layout = Layout { root: root.into() };
        let context = TaskContext {
            task_name: "task",
            run_name: "run",
            namespace: "default",
            uid: "u1",
            retry_count: 2,
            params: given,
            bindings,
            volumes: &HashMap::new(),
            layout: &layout,
        };
        resolve_task_spec(spec(script), &context)
            .steps
            .remove(0)
            .script
    }

    #[test]
    fn a_tasks_variables_are_put_in() {
        let bound = [WorkspaceBinding {
            name: "w".into(),
            ..WorkspaceBinding::default()
        }];
        for (script, expected) in [
            ("$(params.t) $(inputs.params.t)", "T T"),
            ("$(params.u)", "T+"),
            (
                "$(results.r.path) $(results['r'].path)",
                "/tekton/results/r /tekton/results/r",
            ),
            (
                "$(context.task.name) $(context.taskRun.name) $(context.task.retry-count)",
                "task run 2",
            ),
            (
                "$(steps.step-unnamed-0.exitCode.path)",
                "/tekton/steps/step-unnamed-0/exitCode",
            ),
            (
                "$(context.pipelineTask.retries)",
                "$(context.pipelineTask.retries)",
            ),
            (
                "$(workspaces.w.path) $(workspaces.w.bound)",
                "/workspace/w true",
            ),
            ("$(workspaces['w'].path)", "$(workspaces['w'].path)"),
        ] {
            assert_eq!(resolved(script, &[], &bound, ""), expected);
        }
        assert_eq!(
            resolved("[$(workspaces.w.path)] $(workspaces.w.bound)", &[], &[], ""),
            "[] false"
        );
    }

    #[test]
    fn paths_lie_below_the_root_that_the_runner_gives() {
        assert_eq!(
            resolved("$(results.r.path)", &[], &[], "/runs/1"),
            "/runs/1/tekton/results/r"
        );
    }

    #[test]
    fn a_given_value_is_put_in_as_it_stands() {
        let given = [Param {
            name: "t".into(),
            value: ParamValue::String("$(params.u)".into()),
        }];
        assert_eq!(resolved("$(params.t)", &given, &[], ""), "$(params.u)");
    }
}
