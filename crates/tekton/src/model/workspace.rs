//! Workspaces: named folders that tasks declare and runs bind.

use serde_json::Value;

use super::{ClaimSource, ConfigMapSource, ProjectedSource, SecretSource};

record! {
    /// A workspace that a task declares.
    pub struct WorkspaceDeclaration {
        pub name: String,
        pub description: String,
        pub mount_path: String,
        pub read_only: bool,
        pub optional: bool,
    }

    /// A workspace that a pipeline declares.
    pub struct PipelineWorkspace {
        pub name: String,
        pub description: String,
        pub optional: bool,
    }

    /// Which of the pipeline's workspaces a task gets.
    pub struct WorkspaceTaskBinding {
        pub name: String,
        pub workspace: String,
        pub sub_path: String,
    }

    /// A step that has a workspace to itself.
    pub struct WorkspaceUsage {
        pub name: String,
        pub mount_path: String,
    }

    /// The folder that a run gives to a workspace. Exactly one source is set.
    pub struct WorkspaceBinding {
        pub name: String,
        pub sub_path: String,
        pub volume_claim_template: Option<Value>,
        pub persistent_volume_claim: Option<ClaimSource>,
        pub empty_dir: Option<Value>,
        pub config_map: Option<ConfigMapSource>,
        pub secret: Option<SecretSource>,
        pub projected: Option<ProjectedSource>,
        pub csi: Option<Value>,
    }
}

impl WorkspaceDeclaration {
    /// A declaration that only names the workspace, as propagation makes it.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// Where the workspace appears in a step.
    pub fn mount_path(&self) -> String {
        if self.mount_path.is_empty() {
            format!("/workspace/{}", self.name)
        } else {
            self.mount_path.clone()
        }
    }
}
