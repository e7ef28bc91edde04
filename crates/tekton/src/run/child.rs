//! The TaskRun that a pipeline task becomes (`pipelinerun.go`: `createTaskRun`, `getTaskrunWorkspaces`).

use serde_json::Value;

use super::task_run::Wanted;
use super::task_state::TaskState;
use crate::admission::{Gates, denial_message, task_run_spec};
use crate::apply::{replace_in_task_params, workspaces_used};
use crate::model::{
    ClaimSource, Duration, Matrix, PipelineRun, PipelineTask, TaskRunSpec, WorkspaceBinding,
    WorkspaceTaskBinding,
};
use crate::names::{claim_from_template, derived_uid, matrix_child_name};
use crate::text::Replacements;

/// A limit of a run that is longer than this is given to its TaskRuns, which would end at their own default before.
const DEFAULT_LIMIT: Duration = Duration::from_minutes(60);

/// More TaskRuns than this are not made of one task. Tekton has a limit for lists that are written down only; lists
/// from results multiply without one.
const MAX_FAN_OUT: usize = 4096;

/// What the TaskRuns of a pipeline task are made from.
pub(super) struct ChildSource<'a> {
    pub(super) run: &'a PipelineRun,
    pub(super) pipeline_name: &'a str,
    pub(super) state: &'a TaskState,
    /// The lengths of matrices that its params ask for.
    pub(super) lengths: Replacements,
    pub(super) gates: Gates,
}

/// Makes the TaskRuns of a pipeline task whose variables are all in place: one, or one for each combination of its
/// matrix.
///
/// # Errors
/// Why they cannot be created: a workspace that nobody binds, the webhook's refusal, or too many of them.
pub(super) fn task_runs(
    source: &ChildSource<'_>,
    task: &PipelineTask,
) -> Result<Vec<Wanted>, String> {
    let matrix = task.matrix.as_ref().filter(|matrix| matrix.is_used());
    let count = matrix.map_or(1, Matrix::count);
    if count > MAX_FAN_OUT {
        return Err(format!(
            "the matrix of pipeline task {:?} has {count} combinations; landfall runs {MAX_FAN_OUT} at most",
            task.name
        ));
    }
    let combinations = matrix.map(Matrix::combinations).unwrap_or_default();
    let mut replacements = source.lengths.clone();
    replacements.strings.insert(
        "context.pipelineTask.retries".to_owned(),
        task.retries.to_string(),
    );
    let mut task = task.clone();
    replace_in_task_params(&mut task, &replacements);
    (0..count)
        .map(|index| {
            let mut task = task.clone();
            if let Some(combination) = combinations.get(index) {
                task.params.splice(0..0, combination.iter().cloned());
            }
            let parent = &source.run.metadata.name;
            let name = matrix_child_name(parent, &task.name, index, count);
            task_run(source, task, name, (count > 1).then_some(index))
        })
        .collect()
}

fn task_run(
    source: &ChildSource<'_>,
    mut task: PipelineTask,
    name: String,
    index: Option<usize>,
) -> Result<Wanted, String> {
    let ChildSource {
        run,
        pipeline_name,
        state,
        gates,
        ..
    } = *source;
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
    let log_prefix = index.map_or_else(
        || task.name.clone(),
        |index| format!("{}-{index}", task.name),
    );
    Ok(Wanted {
        uid: derived_uid(&metadata.uid, &name),
        name,
        labels,
        annotations: metadata.annotations.clone(),
        owner: Some((metadata.name.clone(), metadata.uid.clone())),
        log_prefix,
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
