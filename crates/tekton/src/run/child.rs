//! The TaskRun that a pipeline task becomes (`pipelinerun.go`: `createTaskRun`, `getTaskrunWorkspaces`).

use serde_json::Value;

use super::pipeline_run::TaskState;
use super::task_run::Wanted;
use crate::admission::{Gates, denial_message, task_run_spec};
use crate::apply::{replace_in_task_params, workspaces_used};
use crate::model::{
    ClaimSource, Duration, PipelineRun, PipelineTask, TaskRunSpec, WorkspaceBinding,
    WorkspaceTaskBinding,
};
use crate::names::{child_name, claim_from_template, derived_uid};
use crate::text::Replacements;

/// A limit of a run that is longer than this is given to its TaskRuns, which would end at their own default before.
const DEFAULT_LIMIT: Duration = Duration::from_minutes(60);

/// Makes the TaskRun of a pipeline task whose variables are all in place.
///
/// # Errors
/// Why it cannot be created: a workspace that nobody binds, or the webhook's refusal.
pub(super) fn task_run(
    run: &PipelineRun,
    pipeline_name: &str,
    state: &TaskState,
    mut task: PipelineTask,
    gates: Gates,
) -> Result<Wanted, String> {
    let retries = Replacements::strings([(
        "context.pipelineTask.retries".to_owned(),
        task.retries.to_string(),
    )]);
    replace_in_task_params(&mut task, &retries);
    let specific = run
        .spec
        .task_run_specs
        .iter()
        .find(|s| s.pipeline_task_name == task.name);
    let template = &run.spec.task_run_template;
    let account = specific
        .map(|s| &s.service_account_name)
        .filter(|name| !name.is_empty());
    let pod_template = merged_template(
        specific.and_then(|s| s.pod_template.as_ref()),
        template.pod_template.as_ref(),
    );
    let section_limit = if state.is_final {
        run.spec.finally_timeout()
    } else {
        run.spec.tasks_timeout()
    };
    let section_limit =
        section_limit.filter(|limit| *limit == Duration::ZERO || *limit > DEFAULT_LIMIT);
    let (workspaces, scratch_claims) = workspaces(run, state, &mut task)?;
    let mut spec = TaskRunSpec {
        params: task.params.clone(),
        service_account_name: account.unwrap_or(&template.service_account_name).clone(),
        task_ref: task.task_ref.clone(),
        task_spec: task.task_spec.clone(),
        retries: task.retries,
        timeout: specific
            .and_then(|s| s.timeout)
            .or(task.timeout)
            .or(section_limit),
        pod_template,
        workspaces,
        step_specs: specific.and_then(|s| s.step_specs.clone()),
        sidecar_specs: specific.and_then(|s| s.sidecar_specs.clone()),
        compute_resources: specific.and_then(|s| s.compute_resources.clone()),
        ..TaskRunSpec::default()
    };
    spec.set_defaults();
    let problems = task_run_spec(&spec, gates).via("spec");
    if !problems.is_empty() {
        return Err(denial_message(&problems));
    }
    let metadata = &run.metadata;
    let mut labels = metadata.labels.clone();
    let member_of = if state.is_final { "finally" } else { "tasks" };
    for (name, value) in [
        ("tekton.dev/pipeline", pipeline_name),
        ("tekton.dev/pipelineRun", &metadata.name),
        ("tekton.dev/pipelineRunUID", &metadata.uid),
        ("tekton.dev/pipelineTask", &task.name),
        ("tekton.dev/memberOf", member_of),
    ] {
        labels.insert(name.to_owned(), value.to_owned());
    }
    let name = child_name(&metadata.name, &format!("-{}", task.name));
    Ok(Wanted {
        uid: derived_uid(&metadata.uid, &name),
        name,
        labels,
        annotations: metadata.annotations.clone(),
        owner: Some((metadata.name.clone(), metadata.uid.clone())),
        log_prefix: task.name.clone(),
        ignore_failure: task.on_error == "continue",
        scratch_claims,
        spec,
    })
}

/// The task's bindings, those that an inline spec uses without saying so included.
fn workspaces(
    run: &PipelineRun,
    state: &TaskState,
    task: &mut PipelineTask,
) -> Result<(Vec<WorkspaceBinding>, Vec<String>), String> {
    if let Some(spec) = &task.task_spec {
        for name in workspaces_used(spec) {
            if task.workspaces.iter().all(|binding| binding.name != name) {
                task.workspaces.push(WorkspaceTaskBinding {
                    name,
                    ..WorkspaceTaskBinding::default()
                });
            }
        }
    }
    let mut bindings = Vec::new();
    let mut scratch = Vec::new();
    for wanted in &task.workspaces {
        let source = if wanted.workspace.is_empty() {
            &wanted.name
        } else {
            &wanted.workspace
        };
        let Some(bound) = run
            .spec
            .workspaces
            .iter()
            .find(|binding| binding.name == *source)
        else {
            let declared = state
                .spec
                .workspaces
                .iter()
                .find(|declared| declared.name == wanted.name);
            if declared.is_some_and(|declared| declared.optional) {
                continue;
            }
            return Err(format!(
                "expected workspace {source:?} to be provided by pipelinerun for pipeline task {:?}",
                task.name
            ));
        };
        let mut binding = WorkspaceBinding {
            name: wanted.name.clone(),
            sub_path: joined(&bound.sub_path, &wanted.sub_path),
            ..bound.clone()
        };
        if let Some(template) = binding.volume_claim_template.take() {
            let name = template.pointer("/metadata/name").and_then(Value::as_str);
            let claim_name =
                claim_from_template(name.unwrap_or_default(), &bound.name, &run.metadata.uid);
            scratch.push(claim_name.clone());
            binding.persistent_volume_claim = Some(ClaimSource {
                claim_name,
                read_only: false,
            });
        }
        bindings.push(binding);
    }
    Ok((bindings, scratch))
}

fn joined(outer: &str, inner: &str) -> String {
    match (outer, inner) {
        ("", inner) => inner.to_owned(),
        (outer, "") => outer.to_owned(),
        (outer, inner) => format!("{}/{inner}", outer.trim_end_matches('/')),
    }
}

/// The task's template over the run's: fields, and variables by name.
fn merged_template(specific: Option<&Value>, general: Option<&Value>) -> Option<Value> {
    let (Some(specific), Some(general)) = (specific, general) else {
        return specific.or(general).cloned();
    };
    let mut merged = general.clone();
    let (Value::Object(fields), Value::Object(own)) = (&mut merged, specific) else {
        return Some(specific.clone());
    };
    for (name, value) in own {
        let inherited = fields
            .get(name)
            .and_then(Value::as_array)
            .filter(|_| name == "env")
            .cloned();
        let mut value = value.clone();
        if let (Value::Array(variables), Some(inherited)) = (&mut value, inherited) {
            let missing = inherited.into_iter().filter(|variable| {
                variables
                    .iter()
                    .all(|own| own.get("name") != variable.get("name"))
            });
            let missing: Vec<_> = missing.collect();
            variables.extend(missing);
        }
        fields.insert(name.clone(), value);
    }
    Some(merged)
}
