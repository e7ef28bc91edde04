//! What a PipelineRun is made of: its pipeline, the tasks, and the checks before anything starts.

use super::PipelineRunState;
use crate::admission::{FieldErrors, pipeline_spec, pipeline_task_on_error};
use crate::apply::prepare_pipeline;
use crate::graph::{Graph, task_result_refs};
use crate::model::PipelineSpec;
use crate::run::condition::user_error;
use crate::run::task_state::TaskState;
use crate::run::{Condition, Shared, validate};
use crate::text::{ResultRef, expressions, result_refs};

impl PipelineRunState {
    /// Finds the pipeline and its tasks and checks the run against them, in the order of Tekton's reconciler.
    pub(super) fn resolve(&mut self, shared: &Shared) -> Result<(), Condition> {
        let name = self.run.metadata.name.clone();
        let (pipeline_name, mut spec) = match (
            &self.run.spec.pipeline_ref,
            &self.run.spec.pipeline_spec,
        ) {
            (Some(reference), _) => match shared.objects.pipelines.get(&reference.name) {
                Some(pipeline) => (reference.name.clone(), pipeline.spec.clone()),
                None => {
                    return Err(Condition::failed(
                        "CouldntGetPipeline",
                        format!(
                            "Error retrieving pipeline for pipelinerun default/{name}: error when getting Pipeline for PipelineRun {name}: tekton client cannot get pipeline {0} from local cluster: pipelines.tekton.dev {0:?} not found",
                            reference.name
                        ),
                    ));
                }
            },
            (None, spec) => (name.clone(), spec.clone().unwrap_or_default()),
        };
        spec.set_defaults();
        self.pipeline_name.clone_from(&pipeline_name);
        self.graph = Graph::build(&spec.tasks).map_err(|error| {
            let message = format!("PipelineRun default/{name}'s Pipeline DAG is invalid: {error}");
            Condition::failed("PipelineInvalidGraph", user_error(message))
        })?;
        self.check(shared, &pipeline_name, &spec)?;
        let spec = prepare_pipeline(spec, &mut self.run, &pipeline_name).map_err(|problem| {
            let message = format!(
                "Failed to apply parameters to Pipeline default/{pipeline_name}: {problem}"
            );
            Condition::failed("PipelineValidationFailed", user_error(message))
        })?;
        let problems: FieldErrors = spec
            .tasks
            .iter()
            .chain(&spec.finally)
            .map(pipeline_task_on_error)
            .collect();
        if !problems.is_empty() {
            let message = format!(
                "Pipeline default/{pipeline_name} can't be Run; it has an invalid spec: {problems}"
            );
            return Err(Condition::failed(
                "PipelineValidationFailed",
                user_error(message),
            ));
        }
        self.find_tasks(shared, &spec)?;
        self.check_references(&spec)?;
        self.spec = Some(spec);
        Ok(())
    }

    /// The run's values against the pipeline's declarations.
    fn check(&self, shared: &Shared, pipeline: &str, spec: &PipelineSpec) -> Result<(), Condition> {
        let name = &self.run.metadata.name;
        let params = &self.run.spec.params;
        let refuse =
            |reason: &str, message: String| Err(Condition::failed(reason, user_error(message)));
        let problems = pipeline_spec(spec, shared.options.gates);
        if !problems.is_empty() {
            let message = format!(
                "Pipeline default/{pipeline} can't be Run; it has an invalid spec: {problems}"
            );
            return refuse("PipelineValidationFailed", message);
        }
        if let Some(problem) = validate::missing_params(&spec.params, params) {
            return refuse(
                "ParameterMissing",
                format!(
                    "PipelineRun default/{name} is missing some parameters required by Pipeline default/{pipeline}: {problem}"
                ),
            );
        }
        if let Some(problem) = validate::mistyped_params(&spec.params, params) {
            return refuse(
                "ParameterTypeMismatch",
                format!(
                    "PipelineRun default/{name} parameters have mismatching types with Pipeline default/{pipeline}'s parameters: {problem}"
                ),
            );
        }
        if let Some(keys) = validate::missing_keys(&spec.params, params) {
            return refuse(
                "ObjectParameterMissKeys",
                format!(
                    "PipelineRun default/{name} parameters is missing object keys required by Pipeline default/{pipeline}'s parameters: pipelineRun missing object keys for parameters: {keys}"
                ),
            );
        }
        if let Some(problem) = validate::pipeline_indexes(spec, params) {
            return refuse(
                "ParamArrayIndexingInvalid",
                format!(
                    "PipelineRun default/{name} failed validation: failed to validate Pipeline default/{pipeline}'s parameter which has an invalid index while referring to an array: {problem}"
                ),
            );
        }
        let bound = &self.run.spec.workspaces;
        let unbound = spec
            .workspaces
            .iter()
            .filter(|workspace| !workspace.optional);
        let mut unbound =
            unbound.filter(|workspace| bound.iter().all(|binding| binding.name != workspace.name));
        if let Some(workspace) = unbound.next() {
            return refuse(
                "InvalidWorkspaceBindings",
                format!(
                    "PipelineRun default/{name} doesn't bind Pipeline default/{pipeline}'s Workspaces correctly: pipeline requires workspace with name {:?} be provided by pipelinerun",
                    workspace.name
                ),
            );
        }
        let is_task = |name: &str| {
            spec.tasks
                .iter()
                .chain(&spec.finally)
                .any(|task| task.name == name)
        };
        let mut strangers = self.run.spec.task_run_specs.iter();
        if let Some(stranger) = strangers.find(|specific| !is_task(&specific.pipeline_task_name)) {
            return refuse(
                "InvalidTaskRunSpecs",
                format!(
                    "PipelineRun default/{name} doesn't define taskRunSpecs correctly: pipelineRun's taskrunSpecs defined wrong taskName: {:?}, does not exist in Pipeline",
                    stranger.pipeline_task_name
                ),
            );
        }
        Ok(())
    }

    fn find_tasks(&mut self, shared: &Shared, spec: &PipelineSpec) -> Result<(), Condition> {
        let tasks = spec.tasks.iter().map(|task| (task, false));
        for (task, is_final) in tasks.chain(spec.finally.iter().map(|task| (task, true))) {
            let (task_name, mut spec) = match (&task.task_ref, &task.task_spec) {
                (Some(reference), _) => match shared.objects.tasks.get(&reference.name) {
                    Some(found) => (reference.name.clone(), found.spec.clone()),
                    None => {
                        return Err(Condition::failed(
                            "CouldntGetTask",
                            format!(
                                "Pipeline default/{} can't be Run; it contains Tasks that don't exist: Couldn't retrieve Task {1:?}: tasks.tekton.dev {1:?} not found",
                                self.pipeline_name, reference.name
                            ),
                        ));
                    }
                },
                (None, inline) => (String::new(), inline.clone().unwrap_or_default()),
            };
            spec.set_defaults();
            self.tasks.push(TaskState {
                task: task.clone(),
                is_final,
                spec,
                task_name,
                runs: Vec::new(),
                missing_result: None,
                has_timed_out: false,
            });
        }
        Ok(())
    }

    /// References to results that no task declares, and optional workspaces that a task requires.
    fn check_references(&self, spec: &PipelineSpec) -> Result<(), Condition> {
        for state in &self.tasks {
            validate::pipeline_task_params(&state.task_name, &state.spec.params, &state.task)
                .map_err(|problem| self.validation_failed(&problem))?;
        }
        for state in &self.tasks {
            for reference in task_result_refs(&state.task) {
                if let Some(problem) = self.undeclared(&reference) {
                    let message = format!(
                        "invalid result reference in pipeline task {:?}: {problem}",
                        state.task.name
                    );
                    return Err(Condition::failed("InvalidTaskResultReference", message));
                }
            }
        }
        for result in &spec.results {
            let references = result_refs(result.value.texts().into_iter().flat_map(expressions));
            if let Some(problem) = references
                .iter()
                .find_map(|reference| self.undeclared(reference))
            {
                let message = format!(
                    "Failed to resolve pipeline result reference for {:?} with error invalid pipeline result {:?}: {problem}",
                    self.run.metadata.name, result.name
                );
                return Err(Condition::failed("InvalidPipelineResultReference", message));
            }
        }
        for state in &self.tasks {
            for binding in &state.task.workspaces {
                let is_optional = spec
                    .workspaces
                    .iter()
                    .any(|w| w.optional && w.name == binding.workspace);
                let is_required = state
                    .spec
                    .workspaces
                    .iter()
                    .any(|w| !w.optional && w.name == binding.name);
                if is_optional && is_required {
                    let message = format!(
                        "Optional workspace not supported by task: pipeline workspace {:?} is marked optional but pipeline task {:?} requires it be provided",
                        binding.workspace, state.task.name
                    );
                    return Err(Condition::failed(
                        "RequiredWorkspaceMarkedOptional",
                        user_error(message),
                    ));
                }
            }
        }
        Ok(())
    }

    pub(super) fn validation_failed(&self, problem: &str) -> Condition {
        let message = format!(
            "Validation failed for pipelinerun {} with error {problem}",
            self.run.metadata.name
        );
        Condition::failed("PipelineValidationFailed", user_error(message))
    }

    fn undeclared(&self, reference: &ResultRef) -> Option<String> {
        let Some(source) = self
            .tasks
            .iter()
            .find(|state| state.task.name == reference.source)
        else {
            return Some(format!(
                "referenced pipeline task {:?} does not exist",
                reference.source
            ));
        };
        let is_declared = source
            .spec
            .results
            .iter()
            .any(|result| result.name == reference.result);
        (!is_declared).then(|| {
            format!(
                "{:?} is not a named result returned by pipeline task {:?}",
                reference.result, reference.source
            )
        })
    }
}
