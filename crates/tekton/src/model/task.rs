//! Tasks, `StepActions` and results.

use std::collections::BTreeMap;

use serde_json::Value;

use super::param::default_property_types;
use super::{
    EnvVar, ParamSpec, ParamValue, Properties, Sidecar, Step, StepTemplate, Volume, VolumeMount,
    WorkspaceDeclaration,
};

record! {
    /// The metadata that matters to a run; the rest is kept as it was read.
    pub struct ObjectMeta {
        pub name: String,
        pub generate_name: String,
        pub namespace: String,
        pub labels: BTreeMap<String, String>,
        pub annotations: BTreeMap<String, String>,
        pub uid: String,
        pub creation_timestamp: Option<Value>,
        pub resource_version: String,
        pub generation: Option<Value>,
        pub owner_references: Option<Value>,
        pub finalizers: Option<Value>,
        pub managed_fields: Option<Value>,
        pub self_link: Option<Value>,
        pub deletion_timestamp: Option<Value>,
        pub deletion_grace_period_seconds: Option<Value>,
    }

    /// A Task.
    pub struct Task {
        pub api_version: String,
        pub kind: String,
        pub metadata: ObjectMeta,
        pub spec: TaskSpec,
    }

    /// What a task does. `apiVersion`, `kind`, `metadata` and `spec` exist only where the spec is embedded in a
    /// pipeline.
    pub struct TaskSpec {
        pub api_version: String,
        pub kind: String,
        pub metadata: Option<Value>,
        pub spec: Option<Value>,
        pub params: Vec<ParamSpec>,
        pub display_name: String,
        pub description: String,
        pub steps: Vec<Step>,
        pub volumes: Vec<Volume>,
        pub step_template: Option<StepTemplate>,
        pub sidecars: Vec<Sidecar>,
        pub workspaces: Vec<WorkspaceDeclaration>,
        pub results: Vec<TaskResult>,
    }

    /// A result that a task declares.
    pub struct TaskResult {
        pub name: String,
        #[serde(rename = "type")]
        pub kind: String,
        pub properties: Option<Properties>,
        pub description: String,
        pub value: Option<ParamValue>,
    }

    /// A result that a step declares.
    pub struct StepResult {
        pub name: String,
        #[serde(rename = "type")]
        pub kind: String,
        pub properties: Option<Properties>,
        pub description: String,
    }

    /// A `StepAction`.
    pub struct StepAction {
        pub api_version: String,
        pub kind: String,
        pub metadata: ObjectMeta,
        pub spec: StepActionSpec,
    }

    /// What a step that refers to the action does.
    pub struct StepActionSpec {
        pub description: String,
        pub image: String,
        pub command: Vec<String>,
        pub args: Vec<String>,
        pub env: Vec<EnvVar>,
        pub script: String,
        pub working_dir: String,
        pub params: Vec<ParamSpec>,
        pub results: Vec<StepResult>,
        pub security_context: Option<Value>,
        pub volume_mounts: Vec<VolumeMount>,
    }
}

impl TaskSpec {
    /// Fills in the types of params and results (`TaskSpec.SetDefaults`).
    pub fn set_defaults(&mut self) {
        self.params.iter_mut().for_each(ParamSpec::set_defaults);
        for result in &mut self.results {
            default_result_type(&mut result.kind, result.properties.as_mut());
        }
        for result in self.steps.iter_mut().flat_map(|step| &mut step.results) {
            default_result_type(&mut result.kind, result.properties.as_mut());
        }
    }
}

impl StepActionSpec {
    /// Fills in the types of params and results.
    pub fn set_defaults(&mut self) {
        self.params.iter_mut().for_each(ParamSpec::set_defaults);
        for result in &mut self.results {
            default_result_type(&mut result.kind, result.properties.as_mut());
        }
    }
}

fn default_result_type(kind: &mut String, properties: Option<&mut Properties>) {
    if kind.is_empty() {
        if properties.is_some() {
            "object"
        } else {
            "string"
        }
        .clone_into(kind);
    }
    default_property_types(properties);
}
