//! PipelineRuns and TaskRuns (`pipelinerun_validation.go`, `taskrun_validation.go`, `workspace_validation.go`).

use super::params::{Inferred, unique_names};
use super::{FieldErrors, Gates, params, pipeline, task};
use crate::model::{
    Duration, PipelineRunSpec, PipelineTaskRunSpec, TaskRunSpec, TimeoutFields, WorkspaceBinding,
};
use crate::text::{expressions, looks_like_result_ref};

/// `PipelineRunSpec.Validate`.
pub(super) fn pipeline_run_spec(spec: &PipelineRunSpec, gates: Gates) -> FieldErrors {
    let mut errors = FieldErrors::none();
    match (&spec.pipeline_ref, &spec.pipeline_spec) {
        (None, None) => errors.add(FieldErrors::neither(&["pipelineRef", "pipelineSpec"])),
        (Some(_), Some(_)) => errors.add(FieldErrors::both(&["pipelineRef", "pipelineSpec"])),
        _ => {}
    }
    if let Some(reference) = &spec.pipeline_ref {
        let found =
            super::names::reference(&reference.name, &reference.resolver, &reference.params);
        errors.add(found.via("pipelineRef"));
    }
    if let Some(inline) = &spec.pipeline_spec {
        errors.add(pipeline::pipeline_spec(inline, gates).via("pipelineSpec"));
    }
    errors.add(run_params(spec));
    errors.add(inline_params(spec, gates));
    if let Some(timeouts) = &spec.timeouts {
        errors.add(self::timeouts(timeouts));
    }
    for (index, task) in spec.task_run_specs.iter().enumerate() {
        errors.add(
            task_limit(task, spec.timeouts.as_ref())
                .via_index(index)
                .via("taskRunSpecs"),
        );
    }
    errors.add(status(&spec.status));
    let mut seen: Vec<&str> = Vec::new();
    for (index, binding) in spec.workspaces.iter().enumerate() {
        errors.add(workspace_binding(binding).via_item("workspaces", index));
        if let Some(first) = seen.iter().position(|name| *name == binding.name) {
            let message = format!(
                "workspace {:?} provided by pipelinerun more than once, at index {first} and {index}",
                binding.name
            );
            errors.add(FieldErrors::new(message, &["name"]).via_item("workspaces", index));
        }
        seen.push(&binding.name);
    }
    errors
}

fn run_params(spec: &PipelineRunSpec) -> FieldErrors {
    let all = spec.params.iter().map(|param| param.name.as_str());
    let mut errors = unique_names(all, false).via("params");
    for param in &spec.params {
        let found: Vec<_> = param
            .value
            .texts()
            .into_iter()
            .flat_map(expressions)
            .filter(|expression| looks_like_result_ref(expression))
            .collect();
        if !found.is_empty() {
            errors.add(
                FieldErrors::invalid_value(
                    format!(
                        "cannot use result expressions in [{}] as PipelineRun parameter values",
                        found.join(" ")
                    ),
                    "value",
                )
                .via_key("params", &param.name),
            );
        }
    }
    errors
}

/// Params that propagate into inline specs are declared by having a value (`validateInlineParameters`).
fn inline_params(spec: &PipelineRunSpec, gates: Gates) -> FieldErrors {
    let mut errors = FieldErrors::none();
    let Some(inline) = &spec.pipeline_spec else {
        return errors;
    };
    let mut inferred = Inferred::default();
    inferred.add_values(&spec.params);
    errors.add(inferred.add_specs(&inline.params));
    for task in &inline.tasks {
        inferred.add_task_values(&task.params);
        if let Some(task_spec) = &task.task_spec {
            errors.add(inferred.add_specs(&task_spec.params));
        }
    }
    if inline.tasks.is_empty() {
        return errors;
    }
    let declared = inferred.into_specs();
    for task in &inline.tasks {
        if let Some(task_spec) = task
            .task_spec
            .as_ref()
            .filter(|spec| !spec.steps.is_empty())
        {
            errors.add(params::types(&declared));
            errors.add(task::param_variables(&task_spec.steps, &declared, gates));
            errors.add(task::undeclared_params(&task_spec.steps, &declared));
        }
    }
    errors.add(pipeline::param_declarations(
        &inline.tasks,
        &declared,
        gates,
    ));
    errors.add(pipeline::param_usage(&inline.tasks, &declared));
    errors
}

fn timeouts(timeouts: &TimeoutFields) -> FieldErrors {
    let mut errors = FieldErrors::none();
    for (limit, field) in [
        (timeouts.tasks, "tasks"),
        (timeouts.finally, "finally"),
        (timeouts.pipeline, "pipeline"),
    ] {
        if let Some(limit) = limit.filter(|limit| *limit < Duration::ZERO) {
            let path = format!("timeouts.{field}");
            errors.add(FieldErrors::invalid_value(
                format!("{limit} should be >= 0"),
                &path,
            ));
        }
    }
    let Some(whole) = timeouts.pipeline else {
        return errors;
    };
    let has_limit = whole != Duration::ZERO;
    for (part, field) in [(timeouts.tasks, "tasks"), (timeouts.finally, "finally")] {
        let Some(part) = part.filter(|_| has_limit) else {
            continue;
        };
        let written = match part {
            Duration::ZERO => format!("{part} (no timeout)"),
            part if part > whole => part.to_string(),
            _ => continue,
        };
        errors.add(FieldErrors::invalid_value(
            format!("{written} should be <= pipeline duration"),
            &format!("timeouts.{field}"),
        ));
    }
    if let (Some(tasks), Some(finally)) = (timeouts.tasks, timeouts.finally)
        && tasks.0.saturating_add(finally.0) > whole.0
    {
        let message = format!("{tasks} + {finally} should be <= pipeline duration");
        for field in ["timeouts.tasks", "timeouts.finally"] {
            errors.add(FieldErrors::invalid_value(&message, field));
        }
    }
    errors
}

/// The limit of one task against the limit of the run (`validateTaskRunSpecTimeout`).
fn task_limit(task: &PipelineTaskRunSpec, timeouts: Option<&TimeoutFields>) -> FieldErrors {
    let Some(limit) = task.timeout else {
        return FieldErrors::none();
    };
    if limit < Duration::ZERO {
        return FieldErrors::invalid_value(format!("{limit} should be >= 0"), "timeout");
    }
    let tasks = timeouts
        .and_then(|timeouts| timeouts.tasks)
        .map(|max| (max, "pipeline tasks duration"));
    let whole = timeouts
        .and_then(|timeouts| timeouts.pipeline)
        .map(|max| (max, "pipeline duration"));
    let default = (Duration::from_minutes(60), "default pipeline duration");
    let (max, source) = tasks.or(whole).unwrap_or(default);
    if max != Duration::ZERO && limit > max {
        return FieldErrors::invalid_value(
            format!("{limit} should be <= {source} {max}"),
            "timeout",
        );
    }
    FieldErrors::none()
}

fn status(status: &str) -> FieldErrors {
    const KNOWN: [&str; 5] = [
        "",
        "PipelineRunPending",
        "Cancelled",
        "CancelledRunFinally",
        "StoppedRunFinally",
    ];
    if KNOWN.contains(&status) {
        return FieldErrors::none();
    }
    FieldErrors::invalid_value(
        format!(
            "{status} should be Cancelled, CancelledRunFinally, StoppedRunFinally or PipelineRunPending"
        ),
        "status",
    )
}

/// `WorkspaceBinding.Validate`.
fn workspace_binding(binding: &WorkspaceBinding) -> FieldErrors {
    const SOURCES: [&str; 5] = [
        "persistentvolumeclaim",
        "volumeclaimtemplate",
        "emptydir",
        "configmap",
        "secret",
    ];
    if *binding == WorkspaceBinding::default() {
        return FieldErrors::missing("");
    }
    let given = [
        binding.volume_claim_template.is_some(),
        binding.persistent_volume_claim.is_some(),
        binding.empty_dir.is_some(),
        binding.config_map.is_some(),
        binding.secret.is_some(),
        binding.projected.is_some(),
        binding.csi.is_some(),
    ];
    match given.iter().filter(|is_given| **is_given).count() {
        0 => return FieldErrors::neither(&SOURCES),
        1 => {}
        _ => return FieldErrors::both(&SOURCES),
    }
    let claim = binding
        .persistent_volume_claim
        .as_ref()
        .map(|source| &source.claim_name);
    let config_map = binding.config_map.as_ref().map(|source| &source.name);
    let secret = binding.secret.as_ref().map(|source| &source.secret_name);
    for (name, path) in [
        (claim, "persistentvolumeclaim.claimname"),
        (config_map, "configmap.name"),
        (secret, "secret.secretName"),
    ] {
        if name.is_some_and(String::is_empty) {
            return FieldErrors::missing(path);
        }
    }
    if binding
        .projected
        .as_ref()
        .is_some_and(|projected| projected.sources.is_empty())
    {
        return FieldErrors::missing("projected.sources");
    }
    FieldErrors::none()
}

/// `TaskRunSpec.Validate`.
pub(crate) fn task_run_spec(spec: &TaskRunSpec, gates: Gates) -> FieldErrors {
    let mut errors = FieldErrors::none();
    match (&spec.task_ref, &spec.task_spec) {
        (None, None) => errors.add(FieldErrors::neither(&["taskRef", "taskSpec"])),
        (Some(_), Some(_)) => errors.add(FieldErrors::both(&["taskRef", "taskSpec"])),
        _ => {}
    }
    if let Some(reference) = &spec.task_ref {
        let found =
            super::names::reference(&reference.name, &reference.resolver, &reference.params);
        errors.add(found.via("taskRef"));
    }
    if let Some(inline) = &spec.task_spec {
        errors.add(task::task_spec(inline, gates).via("taskSpec"));
    }
    errors.add(
        unique_names(spec.params.iter().map(|param| param.name.as_str()), false).via("params"),
    );
    if let Some(inline) = &spec.task_spec {
        let mut inferred = Inferred::default();
        inferred.add_values(&spec.params);
        errors.add(inferred.add_specs(&inline.params));
        let declared = inferred.into_specs();
        if !inline.steps.is_empty() {
            errors.add(params::types(&declared));
            errors.add(task::param_variables(&inline.steps, &declared, gates));
            errors.add(task::undeclared_params(&inline.steps, &declared));
        }
    }
    for (index, binding) in spec.workspaces.iter().enumerate() {
        errors.add(
            workspace_binding(binding)
                .via_index(index)
                .via("workspaces"),
        );
    }
    let bound = spec.workspaces.iter().map(|binding| binding.name.as_str());
    errors.add(unique_names(bound, true).via("workspaces"));
    if spec.debug.is_some() {
        errors.add(gates.alpha_only("debug").via("debug"));
    }
    if !matches!(
        spec.status.as_str(),
        "" | "TaskRunCancelled" | "TaskRunPending"
    ) {
        errors.add(FieldErrors::invalid_value(
            format!(
                "{} should be TaskRunCancelled or TaskRunPending",
                spec.status
            ),
            "status",
        ));
    }
    if spec.status.is_empty() && !spec.status_message.is_empty() {
        errors.add(FieldErrors::invalid_value(
            format!(
                "statusMessage should not be set if status is not set, but it is currently set to {}",
                spec.status_message
            ),
            "statusMessage",
        ));
    }
    if spec.retries < 0 {
        errors.add(FieldErrors::invalid_value(
            format!("{} should be >= 0", spec.retries),
            "retries",
        ));
    }
    if let Some(timeout) = spec.timeout.filter(|timeout| *timeout < Duration::ZERO) {
        errors.add(FieldErrors::invalid_value(
            format!("{timeout} should be >= 0"),
            "timeout",
        ));
    }
    errors
}
