//! A chart in memory.

use std::sync::Arc;

use goyaml::Map;

use crate::{Lock, Metadata, Warning};

/// A file of a chart.
#[derive(Debug, Clone)]
pub struct File {
    /// Path in the chart, with `/`.
    pub name: Arc<str>,
    /// Its bytes, without a byte order mark.
    pub data: Arc<[u8]>,
}

impl File {
    pub(crate) fn new(name: &str, mut data: Vec<u8>) -> Self {
        if data.starts_with(&[0xEF, 0xBB, 0xBF]) {
            data.drain(..3);
        }
        Self {
            name: name.into(),
            data: data.into(),
        }
    }
}

/// A loaded chart with its subcharts. Copies share the files.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    /// Chart.yaml (and requirements.yaml of version 1).
    pub metadata: Metadata,
    /// Chart.lock, or requirements.lock of version 1.
    pub lock: Option<Lock>,
    /// values.yaml.
    pub values: Map,
    /// values.yaml as it is written, for whoever wants to know where a value stands.
    pub values_text: Option<Arc<[u8]>>,
    /// values.schema.json.
    pub schema: Option<Arc<[u8]>>,
    /// Files below templates/, in the order found.
    pub templates: Vec<File>,
    /// All other files.
    pub files: Vec<File>,
    /// Charts below charts/, by name of the entry.
    pub dependencies: Vec<Self>,
    /// What Helm would log while loading.
    pub warnings: Vec<Warning>,
}

impl Chart {
    /// The chart's name.
    pub fn name(&self) -> &str {
        &self.metadata.name
    }

    /// Files of crds/ of this chart and its subcharts, with their path in the release (`c/charts/s/crds/x.yaml`).
    pub fn crds(&self) -> Vec<(String, File)> {
        let mut found = Vec::new();
        self.collect_crds(self.name(), &mut found);
        found
    }

    fn collect_crds(&self, path: &str, found: &mut Vec<(String, File)>) {
        for file in &self.files {
            let extension = file
                .name
                .rsplit('/')
                .next()
                .and_then(|name| name.rsplit_once('.'))
                .map_or("", |(_, ext)| ext);
            let manifest = ["yaml", "yml", "json"]
                .iter()
                .any(|known| extension.eq_ignore_ascii_case(known));
            if manifest && file.name.starts_with("crds/") {
                found.push((format!("{path}/{}", file.name), file.clone()));
            }
        }
        for dependency in &self.dependencies {
            dependency.collect_crds(&format!("{path}/charts/{}", dependency.name()), found);
        }
    }
}
