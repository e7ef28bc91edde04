//! What only a Knative Service says.

use std::time::Duration;

use serde_json::Value;
use serving::annotations::{AnnotationError, Scaling, misplaced};

use super::{Document, map};

/// The API group of Knative Services.
pub const GROUP: &str = "serving.knative.dev";
/// A request may take this long unless the template says otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_mins(5);

/// Whether a document is a Knative Service.
pub fn is_service(document: &Document) -> bool {
    document.is(GROUP, "Service")
}

/// How a Knative Service serves.
#[derive(Clone, Debug, PartialEq)]
pub struct Serving {
    /// How it scales.
    pub scaling: Scaling,
    /// The limit of requests in one instance; 0 is none.
    pub container_concurrency: u32,
    /// How long a request may take, the wait for an instance included.
    pub timeout: Duration,
}

/// Reads a Knative Service; wrong annotations have their default and are returned as errors.
pub fn serving(document: &Document) -> (Serving, Vec<AnnotationError>) {
    let (scaling, mut errors) = Scaling::parse(&map(
        &document.object,
        "/spec/template/metadata/annotations",
    ));
    errors.extend(misplaced(&document.annotations()));
    let number = |pointer| document.object.pointer(pointer).and_then(Value::as_u64);
    let serving = Serving {
        scaling,
        container_concurrency: number("/spec/template/spec/containerConcurrency")
            .and_then(|limit| u32::try_from(limit).ok())
            .unwrap_or(0),
        timeout: number("/spec/template/spec/timeoutSeconds")
            .map_or(DEFAULT_TIMEOUT, Duration::from_secs),
    };
    (serving, errors)
}
