//! Runs: what a user creates.

use serde_json::Value;

use super::{
    Duration, ObjectMeta, Param, PipelineRef, PipelineSpec, TaskRef, TaskSpec, WorkspaceBinding,
};

record! {
    /// A PipelineRun.
    pub struct PipelineRun {
        pub api_version: String,
        pub kind: String,
        pub metadata: ObjectMeta,
        pub spec: PipelineRunSpec,
        pub status: Option<Value>,
    }

    /// What a PipelineRun asks for.
    pub struct PipelineRunSpec {
        pub pipeline_ref: Option<PipelineRef>,
        pub pipeline_spec: Option<PipelineSpec>,
        pub params: Vec<Param>,
        pub status: String,
        pub timeouts: Option<TimeoutFields>,
        pub task_run_template: PipelineTaskRunTemplate,
        pub workspaces: Vec<WorkspaceBinding>,
        pub task_run_specs: Vec<PipelineTaskRunSpec>,
        pub managed_by: Option<String>,
    }

    /// The three limits of a PipelineRun.
    pub struct TimeoutFields {
        pub pipeline: Option<Duration>,
        pub tasks: Option<Duration>,
        pub finally: Option<Duration>,
    }

    /// What every TaskRun of the run gets.
    pub struct PipelineTaskRunTemplate {
        pub pod_template: Option<Value>,
        pub service_account_name: String,
    }

    /// What the TaskRun of one pipeline task gets.
    pub struct PipelineTaskRunSpec {
        pub pipeline_task_name: String,
        pub service_account_name: String,
        pub pod_template: Option<Value>,
        pub step_specs: Option<Value>,
        pub sidecar_specs: Option<Value>,
        pub metadata: Option<Value>,
        pub compute_resources: Option<Value>,
        pub timeout: Option<Duration>,
    }

    /// A TaskRun.
    pub struct TaskRun {
        pub api_version: String,
        pub kind: String,
        pub metadata: ObjectMeta,
        pub spec: TaskRunSpec,
        pub status: Option<Value>,
    }

    /// What a TaskRun asks for.
    pub struct TaskRunSpec {
        pub debug: Option<Value>,
        pub params: Vec<Param>,
        pub service_account_name: String,
        pub task_ref: Option<TaskRef>,
        pub task_spec: Option<TaskSpec>,
        pub status: String,
        pub status_message: String,
        pub retries: i64,
        pub timeout: Option<Duration>,
        pub pod_template: Option<Value>,
        pub workspaces: Vec<WorkspaceBinding>,
        pub step_specs: Option<Value>,
        pub sidecar_specs: Option<Value>,
        pub compute_resources: Option<Value>,
        pub managed_by: Option<String>,
    }
}

/// The limit of a run or task that names none.
const DEFAULT_TIMEOUT: Duration = Duration::from_minutes(60);

impl PipelineRunSpec {
    /// Fills in types and the default limit (`PipelineRunSpec.SetDefaults`).
    pub fn set_defaults(&mut self) {
        let timeouts = self.timeouts.get_or_insert_default();
        timeouts.pipeline.get_or_insert(DEFAULT_TIMEOUT);
        if let Some(spec) = &mut self.pipeline_spec {
            spec.set_defaults();
        }
        if self.task_run_template.service_account_name.is_empty() {
            "default".clone_into(&mut self.task_run_template.service_account_name);
        }
    }

    /// The limit of the whole run; zero is no limit.
    pub fn pipeline_timeout(&self) -> Duration {
        self.timeouts
            .as_ref()
            .and_then(|t| t.pipeline)
            .unwrap_or(DEFAULT_TIMEOUT)
    }

    /// The limit of the tasks section, given or left over by the other two.
    pub fn tasks_timeout(&self) -> Option<Duration> {
        let timeouts = self.timeouts.as_ref()?;
        timeouts
            .tasks
            .or_else(|| rest_of(timeouts.pipeline, timeouts.finally))
    }

    /// The limit of the finally section, given or left over by the other two.
    pub fn finally_timeout(&self) -> Option<Duration> {
        let timeouts = self.timeouts.as_ref()?;
        timeouts
            .finally
            .or_else(|| rest_of(timeouts.pipeline, timeouts.tasks))
    }
}

fn rest_of(whole: Option<Duration>, part: Option<Duration>) -> Option<Duration> {
    let (whole, part) = (whole?, part?);
    (whole != Duration::ZERO && part != Duration::ZERO).then(|| Duration(whole.0 - part.0))
}

impl TaskRunSpec {
    /// Fills in types and the default limit (`TaskRunSpec.SetDefaults`).
    pub fn set_defaults(&mut self) {
        self.timeout.get_or_insert(DEFAULT_TIMEOUT);
        if let Some(reference) = &mut self.task_ref
            && reference.kind.is_empty()
            && reference.resolver.is_empty()
        {
            "Task".clone_into(&mut reference.kind);
        }
        if let Some(spec) = &mut self.task_spec {
            spec.set_defaults();
        }
        if self.service_account_name.is_empty() {
            "default".clone_into(&mut self.service_account_name);
        }
    }
}
