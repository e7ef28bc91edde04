//! The chart repository of this machine: `index.yaml` and the packages.

use std::sync::Arc;

use hyper::{Method, Response};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::answer::{Body, bytes, text};
use crate::ports::artifacts::{ArtifactError, ArtifactStore};

/// Answers a request for the chart repository at `base`.
pub(super) async fn answer(
    store: Arc<dyn ArtifactStore>,
    method: &Method,
    path: &str,
    base: String,
) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        return text(405, "charts are read here, not written\n");
    }
    let name = path.trim_start_matches('/').to_owned();
    let read = tokio::task::spawn_blocking(move || {
        if name == "index.yaml" {
            // JSON is YAML, and every reader of indexes takes it.
            return index(store.as_ref(), &base)
                .map(|index| Some(bytes(200, "application/yaml", index.to_string())));
        }
        let package = package(store.as_ref(), &name)?;
        Ok(package.map(|package| bytes(200, "application/gzip", package)))
    })
    .await;
    match read {
        Ok(Ok(Some(found))) => found,
        Ok(Ok(None)) => text(404, "no such chart; index.yaml lists them\n"),
        Ok(Err(error)) => text(500, format!("the chart store cannot be read: {error}\n")),
        Err(error) => text(500, format!("the chart store cannot be read: {error}\n")),
    }
}

/// The index in the form of Helm's `pkg/repo/v1` `IndexFile`, with what a client needs to find and check a package.
fn index(store: &dyn ArtifactStore, base: &str) -> Result<Value, ArtifactError> {
    let mut entries = Map::new();
    for (name, versions) in store.charts()? {
        let mut packages = Vec::with_capacity(versions.len());
        for version in versions {
            let Some(package) = store.chart(&name, &version)? else {
                continue;
            };
            packages.push(json!({
                "apiVersion": "v2",
                "name": name,
                "version": version.to_string(),
                "digest": hex(&Sha256::digest(&package)),
                "urls": [format!("{base}/{name}-{version}.tgz")],
            }));
        }
        entries.insert(name, Value::Array(packages));
    }
    Ok(json!({"apiVersion": "v1", "entries": entries}))
}

/// The package with that file name. Only names that the store lists reach it.
fn package(store: &dyn ArtifactStore, file_name: &str) -> Result<Option<Vec<u8>>, ArtifactError> {
    for (name, versions) in store.charts()? {
        let wanted = versions
            .iter()
            .find(|version| file_name == format!("{name}-{version}.tgz"));
        if let Some(version) = wanted {
            return store.chart(&name, version);
        }
    }
    Ok(None)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
