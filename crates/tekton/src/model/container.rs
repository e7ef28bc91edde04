//! Steps, sidecars and the container fields they share.

use serde_json::Value;

use super::{Duration, Param, StepResult, WhenExpression, WorkspaceUsage};

record! {
    /// One variable of a container's environment.
    pub struct EnvVar {
        pub name: String,
        pub value: String,
        pub value_from: Option<EnvVarSource>,
    }

    /// Where a variable's value comes from.
    pub struct EnvVarSource {
        pub secret_key_ref: Option<KeySelector>,
        pub config_map_key_ref: Option<KeySelector>,
        pub field_ref: Option<Value>,
        pub resource_field_ref: Option<Value>,
    }

    /// One key of a Secret or `ConfigMap`.
    pub struct KeySelector {
        pub name: String,
        pub key: String,
        pub optional: bool,
    }

    /// All keys of a Secret or `ConfigMap` as variables.
    pub struct EnvFromSource {
        pub prefix: String,
        pub config_map_ref: Option<ObjectReference>,
        pub secret_ref: Option<ObjectReference>,
    }

    /// A Secret or `ConfigMap` by name.
    pub struct ObjectReference {
        pub name: String,
        pub optional: bool,
    }

    /// A place in a container where a volume appears.
    pub struct VolumeMount {
        pub name: String,
        pub mount_path: String,
        pub sub_path: String,
        pub read_only: bool,
        pub recursive_read_only: Option<Value>,
        pub mount_propagation: Option<Value>,
        pub sub_path_expr: Option<Value>,
    }

    /// A file that receives a stream (alpha).
    pub struct StepOutputConfig {
        pub path: String,
    }

    /// The `StepAction` of a step.
    pub struct Ref {
        pub name: String,
        pub resolver: String,
        pub params: Vec<Param>,
    }

    /// One step of a task.
    pub struct Step {
        pub name: String,
        pub display_name: String,
        pub image: String,
        pub command: Vec<String>,
        pub args: Vec<String>,
        pub working_dir: String,
        pub env_from: Vec<EnvFromSource>,
        pub env: Vec<EnvVar>,
        pub compute_resources: Option<Value>,
        pub volume_mounts: Vec<VolumeMount>,
        pub volume_devices: Option<Value>,
        pub image_pull_policy: String,
        pub security_context: Option<Value>,
        pub script: String,
        pub timeout: Option<Duration>,
        pub workspaces: Vec<WorkspaceUsage>,
        pub on_error: String,
        pub stdout_config: Option<StepOutputConfig>,
        pub stderr_config: Option<StepOutputConfig>,
        #[serde(rename = "ref")]
        pub action: Option<Ref>,
        pub params: Vec<Param>,
        pub results: Vec<StepResult>,
        pub when: Vec<WhenExpression>,
    }

    /// What every step of a task starts from.
    pub struct StepTemplate {
        pub image: String,
        pub command: Vec<String>,
        pub args: Vec<String>,
        pub working_dir: String,
        pub env_from: Vec<EnvFromSource>,
        pub env: Vec<EnvVar>,
        pub compute_resources: Option<Value>,
        pub volume_mounts: Vec<VolumeMount>,
        pub volume_devices: Option<Value>,
        pub image_pull_policy: String,
        pub security_context: Option<Value>,
    }

    /// A container that runs beside the steps.
    pub struct Sidecar {
        pub name: String,
        pub image: String,
        pub command: Vec<String>,
        pub args: Vec<String>,
        pub working_dir: String,
        pub ports: Option<Value>,
        pub env_from: Vec<EnvFromSource>,
        pub env: Vec<EnvVar>,
        pub compute_resources: Option<Value>,
        pub volume_mounts: Vec<VolumeMount>,
        pub volume_devices: Option<Value>,
        pub liveness_probe: Option<Value>,
        pub readiness_probe: Option<Value>,
        pub startup_probe: Option<Value>,
        pub lifecycle: Option<Value>,
        pub termination_message_path: String,
        pub termination_message_policy: String,
        pub image_pull_policy: String,
        pub security_context: Option<Value>,
        pub stdin: bool,
        pub stdin_once: bool,
        pub tty: bool,
        pub script: String,
        pub workspaces: Vec<WorkspaceUsage>,
        pub restart_policy: Option<String>,
    }
}
