//! Tekton v1 and the parts of Kubernetes' core v1 that it embeds, as plain records.
//!
//! Field names, JSON names and defaults are those of `pkg/apis/pipeline/v1/*_types.go` of tektoncd/pipeline; what a
//! runner on one machine can only pass on (resources, security contexts, probes, pod templates) stays a JSON value.
#![expect(
    missing_docs,
    reason = "the fields carry Tekton's own names and meaning; its API reference documents them"
)]

/// Declares records that read a missing field as its default and leave a default out when written, as Go does.
macro_rules! record {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $(
                $(#[$field_meta])*
                #[serde(default, skip_serializing_if = "crate::model::is_default")]
                pub $field: $type,
            )*
        }
    )*};
}

mod container;
mod duration;
mod param;
mod pipeline;
mod run;
mod task;
mod volume;
mod workspace;

pub use container::{
    EnvFromSource, EnvVar, EnvVarSource, KeySelector, ObjectReference, Ref, Sidecar, Step,
    StepOutputConfig, StepTemplate, VolumeMount,
};
pub use duration::Duration;
pub use param::{Param, ParamSpec, ParamType, ParamValue, Properties, PropertySpec, find_param};
pub use pipeline::{
    IncludeParams, Matrix, Pipeline, PipelineRef, PipelineResult, PipelineSpec, PipelineTask,
    TaskRef, WhenExpression,
};
pub use run::{
    PipelineRun, PipelineRunSpec, PipelineTaskRunSpec, PipelineTaskRunTemplate, TaskRun,
    TaskRunSpec, TimeoutFields,
};
pub use task::{ObjectMeta, StepAction, StepActionSpec, StepResult, Task, TaskResult, TaskSpec};
pub use volume::{
    ClaimSource, ConfigMapSource, DownwardItem, DownwardSource, FieldSelector, KeyToPath,
    ProjectedSource, Projection, SecretProjection, SecretSource, Volume,
};
pub use workspace::{
    PipelineWorkspace, WorkspaceBinding, WorkspaceDeclaration, WorkspaceTaskBinding, WorkspaceUsage,
};

/// Whether a field would be left out by Go's `omitempty`.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
