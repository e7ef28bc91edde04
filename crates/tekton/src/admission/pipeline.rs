//! Pipelines and pipeline specs (`pipeline_validation.go`).

use super::variables::{
    Names, is_whole_reference, isolated, names, no_entire, no_prohibited, no_unknown,
};
use super::{FieldErrors, Gates, params, steps, task};
use crate::graph::Graph;
use crate::model::{
    Matrix, Param, ParamSpec, ParamType, ParamValue, Pipeline, PipelineSpec, PipelineTask,
};
use crate::text::{expressions, looks_like_result_ref, result_refs};

/// A Pipeline on its own: it declares the params and workspaces that it uses.
pub(super) fn pipeline(pipeline: &Pipeline, gates: Gates) -> FieldErrors {
    let spec = &pipeline.spec;
    let mut errors = pipeline_spec(spec, gates);
    for (tasks, field) in sections(spec) {
        for (index, task) in tasks.iter().enumerate() {
            if let Some(inline) = &task.task_spec {
                let declared: Vec<_> = inline.params.iter().chain(&spec.params).cloned().collect();
                errors
                    .add(task::undeclared_params(&inline.steps, &declared).via_item(field, index));
            }
        }
        errors.add(param_usage(tasks, &spec.params).via(field));
    }
    let declared = names(
        spec.workspaces
            .iter()
            .map(|workspace| workspace.name.as_str()),
    );
    for (tasks, field) in sections(spec) {
        for (index, task) in tasks.iter().enumerate() {
            errors.add(workspace_usage(task, &declared).via_index(index).via(field));
        }
    }
    errors.via("spec")
}

fn sections(spec: &PipelineSpec) -> [(&[PipelineTask], &'static str); 2] {
    [(&spec.tasks, "tasks"), (&spec.finally, "finally")]
}

/// A pipeline spec, embedded or not (`PipelineSpec.Validate`).
pub(crate) fn pipeline_spec(spec: &PipelineSpec, gates: Gates) -> FieldErrors {
    let mut errors = FieldErrors::none();
    if *spec == PipelineSpec::default() {
        errors.add(FieldErrors::new(
            "expected at least one, got none",
            &["description", "params", "resources", "tasks", "workspaces"],
        ));
    }
    let mut seen = Names::new();
    for (tasks, field) in sections(spec) {
        for (index, task) in tasks.iter().enumerate() {
            errors.add(super::names::pipeline_task(&task.name).via_item(field, index));
            if !seen.insert(task.name.clone()) {
                errors.add(FieldErrors::both(&["name"]).via_item(field, index));
            }
            errors.add(pipeline_task(task, gates).via_item(field, index));
        }
    }
    if let Err(error) = Graph::build(&spec.tasks) {
        errors.add(FieldErrors::invalid_value(error, "tasks"));
    }
    for (tasks, field) in sections(spec) {
        errors.add(param_declarations(tasks, &spec.params, gates).via(field));
    }
    for (tasks, field) in sections(spec) {
        errors.add(context_variables(tasks).via(field));
    }
    errors.add(status_variables(spec));
    errors.add(workspace_declarations(spec));
    errors.add(pipeline_results(spec));
    if !spec.finally.is_empty() && spec.tasks.is_empty() {
        errors.add(FieldErrors::invalid_value(
            format!(
                "spec.tasks is empty but spec.finally has {} tasks",
                spec.finally.len()
            ),
            "finally",
        ));
    }
    errors.add(final_tasks(spec));
    for (tasks, field) in sections(spec) {
        for (index, task) in tasks.iter().enumerate() {
            errors.add(steps::when(&task.when, gates).via_item(field, index));
        }
    }
    for (tasks, field) in sections(spec) {
        errors.add(super::matrix::matrices(tasks).via(field));
    }
    for (tasks, field) in sections(spec) {
        errors.add(variable_prefixes(tasks, field));
    }
    errors
}

/// `PipelineTask.Validate`.
fn pipeline_task(task: &PipelineTask, gates: Gates) -> FieldErrors {
    let mut errors = reference_or_spec(task, gates);
    let spec = task.task_spec.as_ref();
    if let Some(spec) = spec.filter(|spec| !spec.steps.is_empty()) {
        for (text, field) in [(&spec.api_version, "apiVersion"), (&spec.kind, "kind")] {
            if !text.is_empty() {
                errors.add(FieldErrors::new(
                    format!("taskSpec.{field} cannot be specified when using taskSpec.steps"),
                    &[&format!("taskSpec.{field}")],
                ));
            }
        }
    }
    errors.add(on_error(task));
    // A kind or version of its own makes it a custom task, which is checked by whoever runs those.
    let is_task = |kind: &str, version: &str| matches!(kind, "" | "Task") && version.is_empty();
    if let Some(reference) = &task.task_ref
        && is_task(&reference.kind, &reference.api_version)
    {
        errors.add(
            super::names::reference(&reference.name, &reference.resolver, &reference.params)
                .via("taskRef"),
        );
    }
    if let Some(spec) = spec
        && is_task(&spec.kind, &spec.api_version)
    {
        errors.add(task::task_spec(spec, gates).via("taskSpec"));
    }
    errors
}

fn reference_or_spec(task: &PipelineTask, gates: Gates) -> FieldErrors {
    let mut errors = FieldErrors::none();
    if task.pipeline_ref.is_some() {
        errors.add(gates.alpha_only("pipelineRef"));
    }
    if task.pipeline_spec.is_some() {
        errors.add(gates.alpha_only("pipelineSpec"));
    }
    let given: Vec<_> = [
        (task.task_ref.is_some(), "taskRef"),
        (task.task_spec.is_some(), "taskSpec"),
        (task.pipeline_ref.is_some(), "pipelineRef"),
        (task.pipeline_spec.is_some(), "pipelineSpec"),
    ]
    .into_iter()
    .filter_map(|(is_given, field)| is_given.then_some(field))
    .collect();
    match given.len() {
        0 if gates.alpha => {
            errors.add(FieldErrors::neither(&[
                "taskRef",
                "taskSpec",
                "pipelineRef",
                "pipelineSpec",
            ]));
        }
        0 => errors.add(FieldErrors::neither(&["taskRef", "taskSpec"])),
        1 => {}
        _ => errors.add(FieldErrors::new(
            "expected exactly one, got multiple",
            &given,
        )),
    }
    errors
}

/// `PipelineTask.ValidateOnError`; runs again once params are in place.
pub(crate) fn on_error(task: &PipelineTask) -> FieldErrors {
    let mut errors = FieldErrors::none();
    if task.on_error.is_empty() || task.on_error.starts_with("$(params") {
        return errors;
    }
    if !matches!(task.on_error.as_str(), "continue" | "stopAndFail") {
        errors.add(FieldErrors::detailed(
            format!("invalid value: {}", task.on_error),
            &["OnError"],
            "PipelineTask OnError must be either \"continue\" or \"stopAndFail\"",
        ));
    }
    if task.on_error == "continue" && task.retries > 0 {
        errors.add(FieldErrors::new(
            "PipelineTask OnError cannot be set to \"continue\" when Retries is greater than 0",
            &[],
        ));
    }
    errors
}

fn workspace_usage(task: &PipelineTask, declared: &Names) -> FieldErrors {
    let mut seen = Names::new();
    let mut errors = FieldErrors::none();
    for (index, binding) in task.workspaces.iter().enumerate() {
        if !seen.insert(binding.name.clone()) {
            let message = format!("workspace name {:?} must be unique", binding.name);
            errors.add(FieldErrors::new(message, &[""]).via_item("workspaces", index));
        }
        let wanted = if binding.workspace.is_empty() {
            &binding.name
        } else {
            &binding.workspace
        };
        if !declared.contains(wanted) {
            let message = format!(
                "pipeline task {:?} expects workspace with name {wanted:?} but none exists in pipeline spec",
                task.name
            );
            errors.add(FieldErrors::invalid_value(message, "").via_item("workspaces", index));
        }
    }
    errors
}

fn workspace_declarations(spec: &PipelineSpec) -> FieldErrors {
    let mut seen = Names::new();
    let mut errors = FieldErrors::none();
    for (index, workspace) in spec.workspaces.iter().enumerate() {
        if workspace.name.is_empty() {
            let message = format!("workspace {index} has empty name");
            errors.add(FieldErrors::invalid_value(message, "").via_item("workspaces", index));
        }
        if !seen.insert(workspace.name.clone()) {
            let message = format!(
                "workspace with name {:?} appears more than once",
                workspace.name
            );
            errors.add(FieldErrors::invalid_value(message, "").via_item("workspaces", index));
        }
    }
    errors
}

/// `ValidatePipelineParameterVariables`.
pub(super) fn param_declarations(
    tasks: &[PipelineTask],
    declared: &[ParamSpec],
    gates: Gates,
) -> FieldErrors {
    let mut errors = params::types(declared).via("params");
    errors.add(params::unique(declared));
    errors.add(params::enums(declared, gates).via("params"));
    for (index, task) in tasks.iter().enumerate() {
        errors.add(
            params::unique_values(&task.params)
                .via("params")
                .via_index(index),
        );
    }
    errors
}

/// `validatePipelineTaskParameterUsage`: params that tasks use and nobody declares.
pub(super) fn param_usage(tasks: &[PipelineTask], declared: &[ParamSpec]) -> FieldErrors {
    let checker = UsageChecker {
        all: params::all_names(declared),
        lists: params::names_of(declared, ParamType::Array),
        objects: params::objects(declared)
            .into_iter()
            .map(|(n, keys)| (n.to_owned(), keys))
            .collect(),
    };
    let mut errors = FieldErrors::none();
    for (index, task) in tasks.iter().enumerate() {
        for param in &task.params {
            errors.add(checker.param(param).via_index(index));
        }
        if let Some(matrix) = &task.matrix {
            errors.add(checker.matrix(matrix).via_index(index));
        }
        for (when_index, when) in task.when.iter().enumerate() {
            let mut found = checker.text(&when.input).via("input");
            for value in &when.values {
                let list = value
                    .strip_prefix("$(params.")
                    .and_then(|v| v.strip_suffix("[*])"));
                let is_list = list.is_some_and(|name| checker.lists.contains(name));
                let check = if is_list {
                    checker.item(value)
                } else {
                    checker.text(value)
                };
                found.add(check.via("values"));
            }
            errors.add(found.via_item("when", when_index).via_index(index));
        }
    }
    for (index, task) in tasks.iter().enumerate() {
        errors.add(
            params::unique_values(&task.params)
                .via("params")
                .via_index(index),
        );
    }
    errors
}

struct UsageChecker {
    all: Names,
    lists: Names,
    objects: Vec<(String, Names)>,
}

impl UsageChecker {
    fn param(&self, param: &Param) -> FieldErrors {
        match &param.value {
            ParamValue::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, item)| self.item(item).via_item("value", index))
                .collect::<FieldErrors>()
                .via_key("params", &param.name),
            ParamValue::Object(entries) => entries
                .iter()
                .map(|(key, text)| self.text(text).via_key("properties", key))
                .collect::<FieldErrors>()
                .via_key("params", &param.name),
            ParamValue::String(text) if is_whole_reference(text, "params") => {
                no_unknown(text, "params", &self.all).via_key("params", &param.name)
            }
            ParamValue::String(text) => self.text(text).via_key("params", &param.name),
        }
    }

    /// `validatePipelineParametersVariablesInMatrixParameters`.
    fn matrix(&self, matrix: &Matrix) -> FieldErrors {
        let mut errors = FieldErrors::none();
        for include in &matrix.include {
            for (index, param) in include.params.iter().enumerate() {
                let found = self.text(param.value.text());
                errors.add(found.via_index(index).via("matrix.include.params"));
            }
        }
        for param in &matrix.params {
            if let ParamValue::Array(items) = &param.value {
                for (index, item) in items.iter().enumerate() {
                    let found = self.item(item).via_item("value", index);
                    errors.add(found.via_key("matrix.params", &param.name));
                }
            }
        }
        errors
    }

    fn text(&self, text: &str) -> FieldErrors {
        let mut errors = no_unknown(text, "params", &self.all);
        errors.add(self.keys(text));
        errors.add(no_prohibited(text, "params", &self.lists));
        errors
    }

    fn item(&self, item: &str) -> FieldErrors {
        let mut errors = no_unknown(item, "params", &self.all);
        errors.add(self.keys(item));
        errors.add(isolated(item, "params", &self.lists));
        errors
    }

    fn keys(&self, text: &str) -> FieldErrors {
        let mut errors = FieldErrors::none();
        for (object, keys) in &self.objects {
            errors.add(no_unknown(text, &format!("params.{object}"), keys));
        }
        errors.add(no_entire(
            text,
            "params",
            &names(self.objects.iter().map(|(n, _)| n.as_str())),
        ));
        errors
    }
}

/// `validatePipelineContextVariables`: Tekton looks at the last task of a section only.
fn context_variables(tasks: &[PipelineTask]) -> FieldErrors {
    let Some(task) = tasks.last() else {
        return FieldErrors::none();
    };
    let mut errors = FieldErrors::none();
    for (prefix, known) in [
        (
            "context.pipelineRun",
            ["name", "namespace", "uid"].as_slice(),
        ),
        ("context.pipeline", &["name"]),
        ("context.pipelineTask", &["retries"]),
    ] {
        let known = names(known.iter().copied());
        for text in task.params.iter().flat_map(|param| param.value.texts()) {
            errors.add(no_unknown(text, prefix, &known).via("value"));
        }
    }
    errors
}

/// Puts the path of a place in front of what is wrong there.
type PlaceErrors<'a> = Box<dyn Fn(FieldErrors) -> FieldErrors + 'a>;

/// The expressions of a task's params and conditions, each with where it stands.
fn task_expressions(task: &PipelineTask) -> Vec<(Vec<&str>, PlaceErrors<'_>)> {
    let mut found: Vec<(Vec<&str>, PlaceErrors<'_>)> = Vec::new();
    for param in &task.params {
        found.push((
            param_expressions(param),
            Box::new(|errors| errors.via("value").via_key("params", &param.name)),
        ));
    }
    for (index, when) in task.when.iter().enumerate() {
        let texts = [when.input.as_str(), &when.cel].into_iter();
        let texts = texts.chain(when.values.iter().map(String::as_str));
        let all: Vec<_> = texts.flat_map(expressions).collect();
        found.push((all, Box::new(move |errors| errors.via_item("when", index))));
    }
    found
}

fn param_expressions(param: &Param) -> Vec<&str> {
    let texts = param.value.texts().into_iter();
    texts.flat_map(expressions).collect()
}

/// The expressions of a matrix, each with where it stands.
fn matrix_expressions(matrix: &Matrix) -> Vec<(Vec<&str>, PlaceErrors<'_>)> {
    let mut found: Vec<(Vec<&str>, PlaceErrors<'_>)> = Vec::new();
    for param in &matrix.params {
        found.push((
            param_expressions(param),
            Box::new(|errors| errors.via("value").via_key("matrix.params", &param.name)),
        ));
    }
    for (index, include) in matrix.include.iter().enumerate() {
        for param in &include.params {
            found.push((
                param_expressions(param),
                Box::new(move |errors| {
                    let errors = errors.via("value").via_key("params", &param.name);
                    errors.via_item("matrix.include", index)
                }),
            ));
        }
    }
    found
}

/// `validateExecutionStatusVariables`: the status of tasks is known in finally only, and only of tasks.
fn status_variables(spec: &PipelineSpec) -> FieldErrors {
    let is_status = |expression: &str| {
        expression.starts_with("tasks.")
            && (expression.ends_with(".status") || expression.ends_with(".reason"))
    };
    let tasks = names(spec.tasks.iter().map(|task| task.name.as_str()));
    let mut errors = FieldErrors::none();
    for (section, field) in sections(spec) {
        for (index, task) in section.iter().enumerate() {
            for (all, place) in task_expressions(task) {
                if all
                    .iter()
                    .any(|expression| looks_like_result_ref(expression))
                {
                    continue;
                }
                let mut found = FieldErrors::none();
                for expression in all.iter().filter(|expression| is_status(expression)) {
                    if field == "tasks" {
                        found = FieldErrors::invalid_value(
                            "pipeline tasks can not refer to execution status of any other pipeline task or aggregate status of tasks",
                            "",
                        );
                        break;
                    }
                    if *expression == "tasks.status" {
                        continue;
                    }
                    let name = &expression["tasks.".len()..expression.len() - ".status".len()];
                    if !tasks.contains(name) {
                        found.add(FieldErrors::invalid_value(
                            format!("pipeline task {name} is not defined in the pipeline"),
                            "",
                        ));
                    }
                }
                errors.add(place(found).via_item(field, index));
            }
        }
    }
    errors
}

/// `validatePipelineResults`.
fn pipeline_results(spec: &PipelineSpec) -> FieldErrors {
    let tasks = names(spec.tasks.iter().map(|task| task.name.as_str()));
    let finally = names(spec.finally.iter().map(|task| task.name.as_str()));
    let mut errors = FieldErrors::none();
    for (index, result) in spec.results.iter().enumerate() {
        let all: Vec<_> = result
            .value
            .texts()
            .into_iter()
            .flat_map(expressions)
            .collect();
        let mut add = |message: String| {
            errors.add(FieldErrors::invalid_value(message, "value").via_item("results", index));
        };
        if all.is_empty() {
            add("expected pipeline results to be task result expressions but no expressions were found".into());
        }
        let references: Vec<_> = all
            .iter()
            .copied()
            .filter(|expression| looks_like_result_ref(expression))
            .collect();
        if references.is_empty() {
            add("expected pipeline results to be task result expressions but an invalid expressions was found".into());
        }
        let parsed = result_refs(references.iter().copied());
        if references.len() != parsed.len() {
            add(format!(
                "expected all of the expressions [{}] to be result expressions but only {} were",
                references.join(" "),
                parsed.len()
            ));
        }
        if !refers_to_tasks(result.value.text(), &tasks, &finally) {
            add("referencing a nonexistent task".into());
        }
    }
    errors
}

/// `taskContainsResult`: the text, cut at every `$`, starts each part with a reference to a task that is there.
fn refers_to_tasks(text: &str, tasks: &Names, finally: &Names) -> bool {
    text.split('$').filter(|part| !part.is_empty()).all(|part| {
        let part = format!("${part}");
        let value = part.strip_prefix("$(").unwrap_or(&part);
        let value = value.strip_suffix(')').unwrap_or(value);
        let Some(reference) = result_refs([value]).into_iter().next() else {
            return false;
        };
        let section = if value.starts_with("tasks") {
            tasks
        } else {
            finally
        };
        section.contains(&reference.source)
    })
}

/// `validateFinalTasks`.
fn final_tasks(spec: &PipelineSpec) -> FieldErrors {
    let tasks = names(spec.tasks.iter().map(|task| task.name.as_str()));
    let finally = names(spec.finally.iter().map(|task| task.name.as_str()));
    let mut errors = FieldErrors::none();
    for (index, task) in spec.finally.iter().enumerate() {
        if !task.run_after.is_empty() {
            let message = format!(
                "no runAfter allowed under spec.finally, final task {} has runAfter specified",
                task.name
            );
            errors.add(FieldErrors::invalid_value(message, "").via_item("finally", index));
        }
    }
    for (index, task) in spec.finally.iter().enumerate() {
        for (all, place) in task_expressions(task) {
            let mut found = FieldErrors::none();
            for reference in result_refs(all) {
                let name = &reference.source;
                if finally.contains(name) {
                    found.add(FieldErrors::invalid_value(
                        format!("invalid task result reference, final task has task result reference from a final task {name}"),
                        "",
                    ));
                } else if !tasks.contains(name) {
                    found.add(FieldErrors::invalid_value(
                        format!("invalid task result reference, final task has task result reference from a task {name} which is not defined in the pipeline"),
                        "",
                    ));
                }
            }
            errors.add(place(found).via_item("finally", index));
        }
    }
    errors
}

/// `validateVarSubstitutionExpressions`: what looks like a variable starts with a known word.
fn variable_prefixes(tasks: &[PipelineTask], field: &str) -> FieldErrors {
    const KNOWN: [&str; 6] = [
        "params",
        "tasks",
        "finally",
        "context",
        "workspaces",
        "results",
    ];
    let mut errors = FieldErrors::none();
    for (index, task) in tasks.iter().enumerate() {
        let in_matrix = task.matrix.iter().flat_map(matrix_expressions);
        for (all, place) in task_expressions(task).into_iter().chain(in_matrix) {
            let unknown = all.into_iter().filter(|expression| {
                !KNOWN.contains(&expression.split('.').next().unwrap_or_default())
            });
            let found: FieldErrors = unknown
                .map(|expression| {
                    FieldErrors::invalid_value(
                        format!(
                            "invalid variable reference \"$({expression})\", must start with a valid prefix: params, tasks, finally, context, workspaces, or results; if you meant a shell variable, use ${{VAR}} instead"
                        ),
                        "",
                    )
                })
                .collect();
            errors.add(place(found).via_item(field, index));
        }
    }
    errors
}
