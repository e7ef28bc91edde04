//! Which package a manifest leads to, or an index of manifests (source: opencontainers/image-spec image-index.md).
//!
//! Helm copies all that an index leads to and takes the chart that it copied last. So an index with one chart among other
//! artifacts is that chart; with several charts it is chance in Helm, and an error here.

use std::collections::BTreeSet;

use serde_json::Value;

use super::PACKAGE_LIMIT;
use super::oci::is_sha256;
use crate::ports::charts::FetchError;

/// What is asked for as a manifest.
pub(super) const ACCEPTED: &str = "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json";

/// The kinds of documents.
const MANIFEST_TYPES: [&str; 2] = [
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
];
const INDEX_TYPES: [&str; 2] = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
];

/// What says that a manifest is a chart's.
const CONFIG_TYPE: &str = "application/vnd.cncf.helm.config.v1+json";

/// The package among the layers, now and before.
const PACKAGE_TYPES: [&str; 2] = [
    "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
    "application/tar+gzip",
];

/// What a package's provenance is among the layers.
const PROVENANCE_TYPE: &str = "application/vnd.cncf.helm.chart.provenance.v1.prov";

/// The most documents that a reference may lead to.
const MAX_DOCUMENTS: usize = 100;

/// A manifest, or an index of manifests.
#[derive(Debug)]
pub(super) struct Document {
    kind: String,
    content: Value,
    /// `sha256:` and hex digits.
    pub(super) digest: String,
}

impl Document {
    /// `content_type` is the header; documents of old registries say it themselves.
    pub(super) fn new(content_type: Option<&str>, content: Value, digest: String) -> Self {
        let header = content_type.unwrap_or_default();
        let header = header.split(';').next().unwrap_or_default().trim();
        let is_known = |kind: &&str| MANIFEST_TYPES.contains(kind) || INDEX_TYPES.contains(kind);
        let kind = [header, content["mediaType"].as_str().unwrap_or_default()]
            .into_iter()
            .find(is_known)
            .unwrap_or(if content["manifests"].is_array() {
                INDEX_TYPES[0]
            } else {
                MANIFEST_TYPES[0]
            });
        Self {
            kind: kind.to_owned(),
            content,
            digest,
        }
    }
}

/// What was found on the way.
#[derive(Debug, Default)]
pub(super) struct Survey {
    seen: BTreeSet<String>,
    /// Documents, configurations and packages: what Helm copies.
    descriptors: usize,
    has_config: bool,
    /// The manifest and the package's digest, of each chart.
    charts: Vec<(String, String)>,
    /// The digests of their provenance, in hex.
    provenances: Vec<String>,
}

impl Survey {
    /// Takes a document in; the digests of those that it leads to and that are not known yet.
    pub(super) fn add(
        &mut self,
        document: &Document,
        reference: &str,
    ) -> Result<Vec<String>, FetchError> {
        self.seen.insert(document.digest.clone());
        self.descriptors += 1;
        if !INDEX_TYPES.contains(&&*document.kind) {
            self.add_manifest(document)?;
            return Ok(Vec::new());
        }
        let mut next = Vec::new();
        for entry in list(&document.content["manifests"]) {
            let kind = entry["mediaType"].as_str().unwrap_or_default();
            if !MANIFEST_TYPES.contains(&kind) && !INDEX_TYPES.contains(&kind) {
                continue;
            }
            let digest = entry["digest"].as_str().unwrap_or_default();
            if !digest.strip_prefix("sha256:").is_some_and(is_sha256) {
                return Err(FetchError::Refused(format!(
                    "{reference}: the index gives {digest:?} as the digest of a manifest, which is no SHA-256"
                )));
            }
            if self.seen.insert(digest.to_owned()) {
                next.push(digest.to_owned());
            }
        }
        if self.seen.len() > MAX_DOCUMENTS {
            return Err(FetchError::Refused(format!(
                "{reference}: the index leads to more than {MAX_DOCUMENTS} manifests"
            )));
        }
        Ok(next)
    }

    fn add_manifest(&mut self, document: &Document) -> Result<(), FetchError> {
        let manifest = &document.content;
        let has_config = manifest["config"]["mediaType"] == CONFIG_TYPE;
        self.has_config |= has_config;
        self.descriptors += usize::from(has_config);
        if has_config {
            let layers = list(&manifest["layers"]).iter();
            let provenances = layers.filter(|layer| layer["mediaType"] == PROVENANCE_TYPE);
            let digests = provenances.filter_map(|layer| layer["digest"].as_str());
            let hex = digests.filter_map(|digest| digest.strip_prefix("sha256:"));
            let hex = hex.filter(|hex| is_sha256(hex)).map(str::to_owned);
            self.provenances.extend(hex);
        }
        let is_package = |layer: &&Value| {
            let kind = layer["mediaType"].as_str().unwrap_or_default();
            PACKAGE_TYPES.contains(&kind)
        };
        let Some(layer) = list(&manifest["layers"]).iter().find(is_package) else {
            return Ok(());
        };
        self.descriptors += 1;
        if !has_config {
            return Ok(());
        }
        if layer["size"]
            .as_u64()
            .is_some_and(|size| size > PACKAGE_LIMIT)
        {
            return Err(FetchError::Refused(format!(
                "the package is larger than {PACKAGE_LIMIT} bytes"
            )));
        }
        let digest = layer["digest"].as_str().unwrap_or_default();
        match digest.strip_prefix("sha256:") {
            Some(hex) if is_sha256(hex) => {
                let found = (document.digest.clone(), hex.to_owned());
                self.charts.push(found);
                Ok(())
            }
            _ => Err(FetchError::Refused(format!(
                "the manifest gives {digest:?} as the digest of the package, which is no SHA-256"
            ))),
        }
    }

    /// The digest of the provenance, in hex.
    pub(super) fn provenance(&self) -> Result<String, FetchError> {
        // Helm takes the last one.
        self.provenances.last().cloned().ok_or_else(|| {
            FetchError::NotFound(format!(
                "manifest does not contain a layer with mediatype {PROVENANCE_TYPE}"
            ))
        })
    }

    /// The digest of the package, in hex; the texts are Helm's (`processChartPull` of `pkg/registry/client.go`).
    pub(super) fn package(&self, reference: &str) -> Result<String, FetchError> {
        let refused = |why: String| Err(FetchError::Refused(why));
        if self.descriptors < 2 {
            return refused(format!(
                "manifest does not contain minimum number of descriptors (2), descriptors found: {}",
                self.descriptors
            ));
        }
        if !self.has_config {
            return refused(format!(
                "could not load config with mediatype {CONFIG_TYPE}"
            ));
        }
        let Some((_, hex)) = self.charts.first() else {
            return refused(format!(
                "manifest does not contain a layer with mediatype {}",
                PACKAGE_TYPES[0]
            ));
        };
        if self.charts.iter().all(|(_, other)| other == hex) {
            return Ok(hex.clone());
        }
        let mut manifests: Vec<_> = self.charts.iter().map(|(manifest, _)| manifest).collect();
        manifests.sort();
        let manifests: Vec<_> = manifests
            .into_iter()
            .map(|digest| format!("@{digest}"))
            .collect();
        refused(format!(
            "{reference} is an index of {} charts; name one of them by its digest: {}",
            manifests.len(),
            manifests.join(", ")
        ))
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn digest(number: u8) -> String {
        format!("sha256:{}", format!("{number:02x}").repeat(32))
    }

    fn manifest(number: u8, config: &str, layer: &str, package: &str) -> Document {
        let content = json!({"config": {"mediaType": config}, "layers": [{"mediaType": layer, "digest": package, "size": 5}]});
        Document::new(None, content, digest(number))
    }

    fn package(documents: &[Document]) -> Result<String, String> {
        let mut survey = Survey::default();
        for document in documents {
            survey
                .add(document, "r/c:1")
                .map_err(|error| error.to_string())?;
        }
        survey.package("r/c:1").map_err(|error| error.to_string())
    }

    #[test]
    fn a_manifest_has_to_be_a_charts() {
        const IMAGE: &str = "application/vnd.docker.container.image.v1+json";
        let package_of =
            |config, layer, digest: &str| package(&[manifest(1, config, layer, digest)]);
        let hex = "0a".repeat(32);
        assert_eq!(
            package_of(CONFIG_TYPE, PACKAGE_TYPES[1], &digest(10)),
            Ok(hex)
        );
        for (config, layer, digest, expected) in [
            (IMAGE, "x", digest(10), "descriptors found: 1"),
            (IMAGE, PACKAGE_TYPES[0], digest(10), "could not load config"),
            (CONFIG_TYPE, "x", digest(10), "does not contain a layer"),
            (
                CONFIG_TYPE,
                PACKAGE_TYPES[0],
                "sha256:../../etc/passwd".to_owned(),
                "no SHA-256",
            ),
        ] {
            let error = package_of(config, layer, &digest).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn an_index_is_its_one_chart() {
        let entry = |number: u8, kind: &str| json!({"mediaType": kind, "digest": digest(number)});
        let index = |entries: Value| {
            Document::new(
                Some("application/vnd.oci.image.index.v1+json; charset=utf-8"),
                json!({"manifests": entries}),
                digest(0),
            )
        };
        let entries = json!([
            entry(1, MANIFEST_TYPES[0]),
            entry(1, MANIFEST_TYPES[0]),
            entry(2, INDEX_TYPES[0]),
            entry(3, "application/octet-stream"),
        ]);
        let next = Survey::default().add(&index(entries), "r/c:1").unwrap();
        assert_eq!(next, [digest(1), digest(2)]);
        let chart =
            |number, package| manifest(number, CONFIG_TYPE, PACKAGE_TYPES[0], &digest(package));
        let image = || manifest(3, "x", "x", &digest(4));
        let root = || index(json!([]));
        assert_eq!(
            package(&[root(), image(), chart(1, 10)]),
            Ok("0a".repeat(32))
        );
        assert_eq!(
            package(&[root(), chart(2, 10), chart(1, 10)]),
            Ok("0a".repeat(32))
        );
        let error = package(&[root(), chart(2, 10), chart(1, 11)]).unwrap_err();
        assert!(error.contains("an index of 2 charts"), "{error}");
        assert!(
            error.ends_with(&format!("@{}, @{}", digest(1), digest(2))),
            "{error}"
        );
        let error = package(&[root(), image()]).unwrap_err();
        assert!(error.contains("could not load config"), "{error}");
        let many: Vec<Value> = (0..=100)
            .map(|number| entry(number, MANIFEST_TYPES[0]))
            .collect();
        assert!(
            Survey::default()
                .add(&index(Value::from(many)), "r")
                .is_err()
        );
    }
}
