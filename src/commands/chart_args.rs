//! Flags that `template` and `render` share; every letter is Helm's.

use chart::values::Layers;

/// Where values come from. Helm applies files, then JSON, plain, string, file and literal flags, whatever their order.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct ValuesArgs {
    /// Values from a YAML file (repeatable, also separated by commas; - is standard input)
    #[arg(short = 'f', long, value_name = "FILE", value_delimiter = ',')]
    values: Vec<String>,
    /// Set values: key1=val1,key2=val2 (repeatable)
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Set values that are always text (repeatable)
    #[arg(long, value_name = "KEY=VALUE")]
    set_string: Vec<String>,
    /// Set values to the contents of files: key1=path1 (repeatable)
    #[arg(long, value_name = "KEY=PATH")]
    set_file: Vec<String>,
    /// Set values to JSON: key1=json1, or one JSON object (repeatable)
    #[arg(long, value_name = "KEY=JSON")]
    set_json: Vec<String>,
    /// Set a value to the rest of the flag as it is (repeatable)
    #[arg(long, value_name = "KEY=TEXT")]
    set_literal: Vec<String>,
}

impl ValuesArgs {
    /// The layers in Helm's order.
    pub(super) fn layers(&self) -> Layers {
        Layers {
            files: self.values.clone(),
            json: self.set_json.clone(),
            set: self.set.clone(),
            strings: self.set_string.clone(),
            contents: self.set_file.clone(),
            literals: self.set_literal.clone(),
        }
    }
}

/// What the chart is told about the cluster.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct ClusterArgs {
    /// Namespace of the release
    #[arg(short, long, value_name = "NAMESPACE", default_value = "default")]
    pub(super) namespace: String,
    /// Kubernetes version that the chart sees
    #[arg(long, value_name = "VERSION")]
    pub(super) kube_version: Option<String>,
    /// API versions that the chart sees besides the usual ones (repeatable, also separated by commas)
    #[arg(
        short,
        long,
        value_name = "VERSION",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    pub(super) api_versions: Vec<String>,
    /// Tell the chart that it is an upgrade
    #[arg(long)]
    pub(super) is_upgrade: bool,
    /// Do not check values against values.schema.json
    #[arg(long)]
    pub(super) skip_schema_validation: bool,
}
