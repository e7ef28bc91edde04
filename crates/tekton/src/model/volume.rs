//! Volumes: where files come from.

use serde_json::Value;

record! {
    /// A volume of a task. Exactly one source is set.
    pub struct Volume {
        pub name: String,
        pub empty_dir: Option<Value>,
        pub secret: Option<SecretSource>,
        pub config_map: Option<ConfigMapSource>,
        pub persistent_volume_claim: Option<ClaimSource>,
        pub projected: Option<ProjectedSource>,
        #[serde(rename = "downwardAPI")]
        pub downward_api: Option<DownwardSource>,
        pub csi: Option<Value>,
        pub host_path: Option<Value>,
        pub nfs: Option<Value>,
        pub ephemeral: Option<Value>,
        pub image: Option<Value>,
    }

    /// A key of a Secret or `ConfigMap` as a file.
    pub struct KeyToPath {
        pub key: String,
        pub path: String,
        pub mode: Option<i64>,
    }

    /// The keys of a Secret as files.
    pub struct SecretSource {
        pub secret_name: String,
        pub items: Vec<KeyToPath>,
        pub default_mode: Option<i64>,
        pub optional: bool,
    }

    /// The keys of a `ConfigMap` as files.
    pub struct ConfigMapSource {
        pub name: String,
        pub items: Vec<KeyToPath>,
        pub default_mode: Option<i64>,
        pub optional: bool,
    }

    /// A claim by name.
    pub struct ClaimSource {
        pub claim_name: String,
        pub read_only: bool,
    }

    /// Several sources in one folder.
    pub struct ProjectedSource {
        pub sources: Vec<Projection>,
        pub default_mode: Option<i64>,
    }

    /// One source of a projected volume.
    pub struct Projection {
        pub secret: Option<SecretProjection>,
        pub config_map: Option<ConfigMapSource>,
        #[serde(rename = "downwardAPI")]
        pub downward_api: Option<DownwardSource>,
        pub service_account_token: Option<Value>,
        pub cluster_trust_bundle: Option<Value>,
    }

    /// The keys of a Secret in a projected volume; the name is spelled differently there.
    pub struct SecretProjection {
        pub name: String,
        pub items: Vec<KeyToPath>,
        pub optional: bool,
    }

    /// Facts about the pod as files.
    pub struct DownwardSource {
        pub items: Vec<DownwardItem>,
        pub default_mode: Option<i64>,
    }

    /// One fact as a file.
    pub struct DownwardItem {
        pub path: String,
        pub field_ref: Option<FieldSelector>,
        pub resource_field_ref: Option<Value>,
        pub mode: Option<i64>,
    }

    /// A field of the pod.
    pub struct FieldSelector {
        pub api_version: String,
        pub field_path: String,
    }
}
