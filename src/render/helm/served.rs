//! `--dry-run=server` and `--validate` without a server: is every document of a kind that Kubernetes serves in this version?
//!
//! Helm asks a cluster; here the versions that are built in answer, with the words Helm has for a kind that its cluster lacks.

use chart::{Capabilities, Chart, Error, Manifest};

use crate::manifest::api;

use super::{Documents, other};

/// Refuses documents whose kind is not served. Kinds that the chart itself defines, and API versions named with `--api-versions`,
/// count as served.
pub(super) fn check(
    chart: &Chart,
    documents: &Documents,
    capabilities: &Capabilities,
) -> Result<(), Error> {
    let defined = defined_kinds(chart, documents);
    let version = minor(capabilities);
    let wrong: Vec<String> = documents
        .manifests
        .iter()
        .filter(|manifest| !is_served(manifest, version, capabilities, &defined))
        .map(|manifest| {
            let Manifest {
                name,
                kind,
                api_version,
                ..
            } = manifest;
            format!(
                "resource mapping not found for name: \"{name}\" namespace: \"\" from \"\": \
                 no matches for kind \"{kind}\" in version \"{api_version}\"\nensure CRDs are installed first"
            )
        })
        .collect();
    let text = match wrong.as_slice() {
        [] => return Ok(()),
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    Err(other(format!(
        "unable to build kubernetes objects from release manifest: {text}"
    )))
}

/// The Kubernetes version that the chart sees.
fn minor(capabilities: &Capabilities) -> api::Minor {
    let version = &capabilities.kube_version;
    let number = |text: &str| text.parse().unwrap_or(0);
    (number(&version.major), number(&version.minor))
}

fn is_served(
    manifest: &Manifest,
    version: api::Minor,
    capabilities: &Capabilities,
    defined: &[(String, String)],
) -> bool {
    let Manifest {
        api_version, kind, ..
    } = manifest;
    if api_version.is_empty() && kind.is_empty() {
        // A document of comments only.
        return true;
    }
    if let Some(lifetime) = api::lifetime(api_version, kind) {
        return lifetime.is_served(version);
    }
    let named = format!("{api_version}/{kind}");
    let group = api_version.split('/').next().unwrap_or_default();
    let is_named = capabilities.api_versions.iter().any(|known| {
        *known == named || (known == api_version && !api::is_known_group(api_version))
    });
    is_named
        || defined
            .iter()
            .any(|(defined_group, defined_kind)| defined_group == group && defined_kind == kind)
}

/// Group and kind of every custom resource definition of the chart.
fn defined_kinds(chart: &Chart, documents: &Documents) -> Vec<(String, String)> {
    let crds = chart.crds();
    let files = crds
        .iter()
        .map(|(_, file)| String::from_utf8_lossy(&file.data).into_owned());
    let rendered = documents
        .manifests
        .iter()
        .filter(|manifest| manifest.kind == "CustomResourceDefinition")
        .map(|manifest| manifest.content.clone());
    files
        .chain(rendered)
        .flat_map(|text| {
            chart::split_documents(&text)
                .into_iter()
                .filter_map(defined_kind)
                .collect::<Vec<_>>()
        })
        .collect()
}

fn defined_kind(document: &str) -> Option<(String, String)> {
    let document = goyaml::from_yaml(document.as_bytes()).ok()?;
    let spec = document.as_map()?.get("spec")?.as_map()?;
    let group = spec.get("group")?.as_str()?;
    let kind = spec.get("names")?.as_map()?.get("kind")?.as_str()?;
    Some((group.to_owned(), kind.to_owned()))
}
