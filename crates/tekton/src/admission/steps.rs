//! Steps, sidecars and `StepActions` (`container_validation.go`).

use super::variables::{Names, no_entire, no_prohibited, no_unknown};
use super::{FieldErrors, Gates, names, params, results};
use crate::model::{Duration, Sidecar, Step, StepActionSpec, WhenExpression};
use crate::text::references;

/// The steps of a task, with the template merged in.
pub(super) fn steps(steps: &[Step], gates: Gates) -> FieldErrors {
    let mut seen = Names::new();
    let mut errors = FieldErrors::none();
    for (index, step) in steps.iter().enumerate() {
        if !step.name.is_empty() && !seen.insert(step.name.clone()) {
            errors.add(FieldErrors::both(&["name"]).via_index(index));
        }
        errors.add(self::step(step, gates).via_index(index));
        let known = super::variables::names(step.results.iter().map(|result| result.name.as_str()));
        if !step.results.is_empty() {
            errors.add(
                no_unknown(&step.script, "step.results", &known)
                    .via("script")
                    .via_index(index),
            );
            errors.add(
                results::step_results(&step.results)
                    .via_index(index)
                    .via("results"),
            );
        }
        errors.add(when(&step.when, gates).via_index(index));
    }
    errors
}

fn step(step: &Step, gates: Gates) -> FieldErrors {
    if !gates.alpha && uses_artifacts(step) {
        return FieldErrors::new(
            "feature flag enable-artifacts should be set to true to use artifacts feature.",
            &[""],
        );
    }
    let mut errors = match &step.action {
        Some(action) => {
            let mut errors = names::reference(&action.name, &action.resolver, &action.params);
            errors.add(fields_beside_action(step));
            errors
        }
        None => fields_without_action(step),
    };
    errors.add(names::step(&step.name));
    if let Some(timeout) = step.timeout
        && timeout < Duration::ZERO
    {
        return FieldErrors::invalid_value(timeout, "negative timeout");
    }
    errors.add(mounts(step));
    if !step.on_error.is_empty()
        && !step.on_error.starts_with("$(params")
        && !matches!(step.on_error.as_str(), "continue" | "stopAndFail")
    {
        errors.add(FieldErrors::detailed(
            format!("invalid value: \"{}\"", step.on_error),
            &["onError"],
            "Task step onError must be either \"continue\" or \"stopAndFail\"",
        ));
    }
    if step.script.trim_start().starts_with("#!win") {
        errors.add(gates.alpha_only("windows script support").via("script"));
    }
    if step.stdout_config.is_some() {
        errors.add(
            gates
                .alpha_only("step stdout stream support")
                .via("stdoutconfig"),
        );
    }
    if step.stderr_config.is_some() {
        errors.add(
            gates
                .alpha_only("step stderr stream support")
                .via("stderrconfig"),
        );
    }
    errors.add(no_step_results_outside_commands(step));
    errors
}

/// What the action decides and the step must not.
fn fields_beside_action(step: &Step) -> FieldErrors {
    [
        (
            !step.image.is_empty(),
            "image cannot be used with Ref",
            "image",
        ),
        (
            !step.command.is_empty(),
            "command cannot be used with Ref",
            "command",
        ),
        (
            !step.args.is_empty(),
            "args cannot be used with Ref",
            "args",
        ),
        (
            !step.script.is_empty(),
            "script cannot be used with Ref",
            "script",
        ),
        (
            !step.working_dir.is_empty(),
            "working dir cannot be used with Ref",
            "workingDir",
        ),
        (!step.env.is_empty(), "env cannot be used with Ref", "env"),
        (
            !step.volume_mounts.is_empty(),
            "volumeMounts cannot be used with Ref",
            "volumeMounts",
        ),
        (
            !step.results.is_empty(),
            "results cannot be used with Ref",
            "results",
        ),
    ]
    .into_iter()
    .filter(|(is_set, ..)| *is_set)
    .map(|(_, message, field)| FieldErrors::new(message, &[field]))
    .collect()
}

fn fields_without_action(step: &Step) -> FieldErrors {
    let mut errors = FieldErrors::none();
    if !step.params.is_empty() {
        errors.add(FieldErrors::new(
            "params cannot be used without Ref",
            &["params"],
        ));
    }
    if step.image.is_empty() {
        errors.add(FieldErrors::missing("Image"));
    }
    if !step.script.is_empty() && !step.command.is_empty() {
        errors.add(FieldErrors::new(
            "script cannot be used with command",
            &["script"],
        ));
    }
    errors
}

fn mounts(step: &Step) -> FieldErrors {
    let mut errors = FieldErrors::none();
    for (index, mount) in step.volume_mounts.iter().enumerate() {
        let path = clean_path(&mount.mount_path);
        if path.starts_with("/tekton/") && !path.starts_with("/tekton/home") {
            errors.add(
                FieldErrors::new(
                    format!(
                        "volumeMount cannot be mounted under /tekton/ (volumeMount {:?} mounted at {:?})",
                        mount.name, mount.mount_path
                    ),
                    &["mountPath"],
                )
                .via_item("volumeMounts", index),
            );
        }
        if mount.name.starts_with("tekton-internal-") {
            errors.add(
                FieldErrors::new(
                    format!(
                        "volumeMount name {:?} cannot start with \"tekton-internal-\"",
                        mount.name
                    ),
                    &["name"],
                )
                .via_item("volumeMounts", index),
            );
        }
    }
    errors
}

/// `filepath.Clean` for the paths that occur: no empty, `.` or `..` parts.
pub(super) fn clean_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if path.starts_with('/') {
        format!("/{joined}")
    } else {
        joined
    }
}

pub(crate) fn uses_artifacts(step: &Step) -> bool {
    let texts = step
        .command
        .iter()
        .chain(&step.args)
        .chain(step.env.iter().map(|v| &v.value));
    std::iter::once(&step.script).chain(texts).any(|text| {
        text.contains("$(step.artifacts.path)")
            || text.contains("$(artifacts.path)")
            || ["inputs", "outputs"].iter().any(|side| {
                references(text, "steps")
                    .iter()
                    .chain(&references(text, "tasks"))
                    .any(|reference| {
                        reference
                            .name
                            .split('.')
                            .nth(1)
                            .is_some_and(|part| part == *side)
                    })
            })
    })
}

/// `$(steps.x.results.y)` is replaced in env, command and args only.
fn no_step_results_outside_commands(step: &Step) -> FieldErrors {
    let mut errors = FieldErrors::none();
    let mut check = |text: &str, field: &str| {
        let found = references(text, "steps");
        if found
            .iter()
            .any(|reference| reference.name.contains(".results."))
        {
            errors.add(FieldErrors::new(
                "stepResult substitutions are only allowed in env, command and args. Found usage in",
                &[field],
            ));
        }
    };
    check(&step.name, "name");
    check(&step.image, "image");
    check(&step.script, "script");
    check(&step.image_pull_policy, "imagePullPolicy");
    check(&step.working_dir, "workingDir");
    for source in &step.env_from {
        check(&source.prefix, "envFrom.prefix");
        if let Some(reference) = &source.config_map_ref {
            check(&reference.name, "envFrom.configMapRef");
        }
        if let Some(reference) = &source.secret_ref {
            check(&reference.name, "envFrom.secretRef");
        }
    }
    for mount in &step.volume_mounts {
        check(&mount.name, "volumeMounts.name");
        check(&mount.mount_path, "volumeMounts.mountPath");
        check(&mount.sub_path, "volumeMounts.subPath");
    }
    errors
}

/// The sidecars of a task.
pub(super) fn sidecars(sidecars: &[Sidecar]) -> FieldErrors {
    let mut errors = FieldErrors::none();
    for sidecar in sidecars {
        if sidecar.name == "tekton-log-results" {
            errors.add(FieldErrors::new(
                format!(
                    "Invalid: cannot use reserved sidecar name {} ",
                    sidecar.name
                ),
                &["name"],
            ));
        }
        if sidecar.image.is_empty() {
            errors.add(FieldErrors::missing("image"));
        }
        if !sidecar.script.is_empty() && !sidecar.command.is_empty() {
            errors.add(FieldErrors::new(
                "script cannot be used with command",
                &["script"],
            ));
        }
    }
    errors
}

/// Conditions (`when_validation.go`).
pub(super) fn when(expressions: &[WhenExpression], gates: Gates) -> FieldErrors {
    let errors = expressions
        .iter()
        .enumerate()
        .map(|(index, expression)| when_expression(expression, gates).via_index(index));
    errors.collect::<FieldErrors>().via("when")
}

fn when_expression(expression: &WhenExpression, gates: Gates) -> FieldErrors {
    if !expression.cel.is_empty() {
        if gates.alpha {
            return FieldErrors::none();
        }
        return FieldErrors::new(
            format!(
                "feature flag enable-cel-in-whenexpression should be set to true to use CEL: {} in WhenExpression",
                expression.cel
            ),
            &[""],
        );
    }
    if *expression == WhenExpression::default() {
        return FieldErrors::missing("");
    }
    if !matches!(expression.operator.as_str(), "in" | "notin") {
        return FieldErrors::invalid_value(
            format!(
                "operator {:?} is not recognized. valid operators: in,notin",
                expression.operator
            ),
            "",
        );
    }
    if expression.values.is_empty() {
        return FieldErrors::invalid_value("expecting non-empty values field", "");
    }
    FieldErrors::none()
}

/// Whether each text of a step names only known variables (`validateStepVariables`).
pub(super) fn step_variables(step: &Step, prefix: &str, known: &Names) -> FieldErrors {
    let mut errors = each_text(step, |text, _| no_unknown(text, prefix, known));
    errors.add(no_unknown(&step.on_error, prefix, known).via("onError"));
    errors
}

/// Whether lists are used only where a list can stand (`validateStepArrayUsage`).
pub(super) fn step_lists(step: &Step, prefix: &str, lists: &Names) -> FieldErrors {
    each_text(step, |text, is_list_item| {
        if is_list_item {
            super::variables::isolated(text, prefix, lists)
        } else {
            no_prohibited(text, prefix, lists)
        }
    })
}

/// Whether maps are used only by key (`validateStepObjectUsageAsWhole`).
pub(super) fn step_objects(step: &Step, prefix: &str, objects: &Names) -> FieldErrors {
    each_text(step, |text, _| no_entire(text, prefix, objects))
}

/// Checks every text of a step; `true` marks items of lists.
fn each_text(step: &Step, check: impl Fn(&str, bool) -> FieldErrors) -> FieldErrors {
    let mut errors = check(&step.name, false).via("name");
    errors.add(check(&step.image, false).via("image"));
    errors.add(check(&step.working_dir, false).via("workingDir"));
    errors.add(check(&step.script, false).via("script"));
    for (index, item) in step.command.iter().enumerate() {
        errors.add(check(item, true).via_item("command", index));
    }
    for (index, item) in step.args.iter().enumerate() {
        errors.add(check(item, true).via_item("args", index));
    }
    for variable in &step.env {
        errors.add(check(&variable.value, false).via_key("env", &variable.name));
    }
    for (index, mount) in step.volume_mounts.iter().enumerate() {
        for (text, field) in [
            (&mount.name, "name"),
            (&mount.mount_path, "mountPath"),
            (&mount.sub_path, "subPath"),
        ] {
            errors.add(check(text, false).via(field).via_item("volumeMount", index));
        }
    }
    errors
}

/// A `StepAction` (`stepaction_validation.go`).
pub(super) fn step_action(spec: &StepActionSpec) -> FieldErrors {
    let mut errors = FieldErrors::none();
    if spec.image.is_empty() {
        errors.add(FieldErrors::missing("Image"));
    }
    if !spec.script.is_empty() {
        if !spec.command.is_empty() {
            errors.add(FieldErrors::new(
                "script cannot be used with command",
                &["script"],
            ));
        }
        if !references(&spec.script, "params").is_empty() {
            errors.add(FieldErrors::new(
                "param substitution in scripts is not allowed.",
                &["script"],
            ));
        }
    }
    errors.add(params::types(&spec.params).via("params"));
    errors.add(params::unique(&spec.params));
    errors.add(names::param_names(&spec.params));
    errors.add(params::objects_have_properties(&spec.params));
    let step = Step {
        image: spec.image.clone(),
        command: spec.command.clone(),
        args: spec.args.clone(),
        working_dir: spec.working_dir.clone(),
        env: spec.env.clone(),
        volume_mounts: spec.volume_mounts.clone(),
        ..Step::default()
    };
    errors.add(step_variables(
        &step,
        "params",
        &params::all_names(&spec.params),
    ));
    let lists = params::names_of(&spec.params, crate::model::ParamType::Array);
    errors.add(step_lists(&step, "params", &lists));
    errors.add(results::step_results(&spec.results).via("results"));
    errors
}
