//! Kubernetes documents as data: what they are called, and what landfall reads of them.
//!
//! [`Document`] is one object with the place it came from. [`workload`] reads what Deployments and Knative Services share;
//! [`knative`] what only the latter have, [`lint`] what would make them fail; [`config`] resolves variables from `ConfigMap`s and `Secret`s.

pub mod api;
pub mod config;
pub mod knative;
pub mod lint;
pub mod workload;

use serde_json::{Map, Value};

/// One rendered object.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The app whose chart it belongs to.
    pub app: String,
    /// The version of that chart.
    pub version: String,
    /// Where it came from, as Helm's `# Source:` line says it.
    pub source: String,
    /// The object.
    pub object: Value,
}

impl Document {
    /// The kind, empty when there is none.
    pub fn kind(&self) -> &str {
        text(&self.object, "/kind")
    }

    /// The API group, empty for the core.
    pub fn group(&self) -> &str {
        text(&self.object, "/apiVersion")
            .split_once('/')
            .map_or("", |(group, _)| group)
    }

    /// The name, empty when there is none.
    pub fn name(&self) -> &str {
        text(&self.object, "/metadata/name")
    }

    /// Whether it is of this group and kind, in any version.
    pub fn is(&self, group: &str, kind: &str) -> bool {
        self.group() == group && self.kind() == kind
    }

    /// The annotations of the object itself.
    pub fn annotations(&self) -> Map<String, Value> {
        map(&self.object, "/metadata/annotations")
    }
}

/// The string at a JSON pointer, empty when there is none.
pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The map at a JSON pointer, empty when there is none.
pub(crate) fn map(value: &Value, pointer: &str) -> Map<String, Value> {
    value
        .pointer(pointer)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

/// The list at a JSON pointer, empty when there is none.
pub(crate) fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value
        .pointer(pointer)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}
