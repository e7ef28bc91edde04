//! Pipelines and their tasks.

use super::{
    Duration, ObjectMeta, Param, ParamSpec, ParamValue, PipelineWorkspace, TaskSpec,
    WorkspaceTaskBinding,
};

record! {
    /// A Pipeline.
    pub struct Pipeline {
        pub api_version: String,
        pub kind: String,
        pub metadata: ObjectMeta,
        pub spec: PipelineSpec,
    }

    /// Tasks, their order and what they pass on.
    pub struct PipelineSpec {
        pub display_name: String,
        pub description: String,
        pub tasks: Vec<PipelineTask>,
        pub params: Vec<ParamSpec>,
        pub workspaces: Vec<PipelineWorkspace>,
        pub results: Vec<PipelineResult>,
        pub finally: Vec<PipelineTask>,
    }

    /// A result of the whole pipeline.
    pub struct PipelineResult {
        pub name: String,
        #[serde(rename = "type")]
        pub kind: String,
        pub description: String,
        pub value: ParamValue,
    }

    /// A task of a pipeline.
    pub struct PipelineTask {
        pub name: String,
        pub display_name: String,
        pub description: String,
        pub task_ref: Option<TaskRef>,
        pub task_spec: Option<TaskSpec>,
        pub when: Vec<WhenExpression>,
        pub retries: i64,
        pub run_after: Vec<String>,
        pub params: Vec<Param>,
        pub matrix: Option<Matrix>,
        pub workspaces: Vec<WorkspaceTaskBinding>,
        pub timeout: Option<Duration>,
        pub pipeline_ref: Option<PipelineRef>,
        pub pipeline_spec: Option<Box<PipelineSpec>>,
        pub on_error: String,
    }

    /// The Task that a pipeline task or TaskRun runs.
    pub struct TaskRef {
        pub name: String,
        pub kind: String,
        pub api_version: String,
        pub resolver: String,
        pub params: Vec<Param>,
    }

    /// The Pipeline that a run runs.
    pub struct PipelineRef {
        pub name: String,
        pub api_version: String,
        pub resolver: String,
        pub params: Vec<Param>,
    }

    /// The fan-out of a task.
    pub struct Matrix {
        pub params: Vec<Param>,
        pub include: Vec<IncludeParams>,
    }

    /// A combination added to a matrix.
    pub struct IncludeParams {
        pub name: String,
        pub params: Vec<Param>,
    }

    /// A condition on a task or step.
    pub struct WhenExpression {
        pub input: String,
        pub operator: String,
        pub values: Vec<String>,
        pub cel: String,
    }
}

impl WhenExpression {
    /// Whether the input is (`in`) or is not (`notin`) among the values. CEL is refused before it comes to this.
    pub fn allows(&self) -> bool {
        self.values.contains(&self.input) == (self.operator == "in")
    }
}

impl PipelineSpec {
    /// Fills in types (`PipelineSpec.SetDefaults`).
    pub fn set_defaults(&mut self) {
        self.params.iter_mut().for_each(ParamSpec::set_defaults);
        for task in self.tasks.iter_mut().chain(&mut self.finally) {
            if let Some(reference) = &mut task.task_ref
                && reference.kind.is_empty()
                && reference.resolver.is_empty()
            {
                "Task".clone_into(&mut reference.kind);
            }
            if let Some(spec) = &mut task.task_spec {
                spec.set_defaults();
            }
        }
    }
}
