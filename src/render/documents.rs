//! A chart and values to the documents of one release.

use std::path::{Path, PathBuf};

use chart::values::{Layers, merge};
use chart::{Capabilities, Chart, Error, Hook, Level, Manifest, RenderOptions, Warning};

/// What to render.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Name of the release.
    pub release: String,
    /// Namespace of the release.
    pub namespace: String,
    /// Values files and `--set` flags; paths are relative to [`Request::folder`].
    pub layers: Layers,
    /// The folder that paths are relative to.
    pub folder: PathBuf,
    /// Kubernetes version of the cluster; Helm's default without one.
    pub kube_version: Option<String>,
    /// API versions of the cluster besides Helm's list.
    pub api_versions: Vec<String>,
    /// Whether the release is there already.
    pub is_upgrade: bool,
    /// Leaves values.schema.json out.
    pub skip_schema: bool,
}

/// A rendered release.
#[derive(Debug, Default)]
pub struct Documents {
    /// Documents in install order.
    pub manifests: Vec<Manifest>,
    /// Hooks in the same order of kinds.
    pub hooks: Vec<Hook>,
    /// Files of crds/ with their path in the release.
    pub crds: Vec<(String, String)>,
    /// NOTES.txt.
    pub notes: String,
    /// What Helm would log.
    pub warnings: Vec<Warning>,
}

/// Why a chart did not render.
#[derive(Debug, thiserror::Error)]
#[error("failed to render the chart {}", .chart.display())]
pub struct RenderError {
    /// The chart.
    pub chart: PathBuf,
    /// Why.
    pub source: Error,
    /// What Helm would have logged until then.
    pub warnings: Vec<Warning>,
}

/// Loads a chart (folder or .tgz) and renders it.
///
/// # Errors
/// Everything that [`chart::load`], [`chart::values::merge`] and [`chart::render`] refuse.
pub fn render(chart: &Path, request: &Request) -> Result<Documents, RenderError> {
    let mut warnings = Vec::new();
    let rendered = load_and_render(&request.folder.join(chart), request, &mut warnings);
    warnings.retain(|line| line.level != Level::Debug);
    match rendered {
        Ok(documents) => Ok(Documents {
            warnings,
            ..documents
        }),
        Err(source) => Err(RenderError {
            chart: chart.to_owned(),
            source,
            warnings,
        }),
    }
}

fn load_and_render(
    chart: &Path,
    request: &Request,
    warnings: &mut Vec<Warning>,
) -> Result<Documents, Error> {
    let capabilities = Capabilities::new(request.kube_version.as_deref(), &request.api_versions)?;
    let values = merge(&request.layers, &|name| read(&request.folder, name))?;
    let chart = chart::load(chart)?;
    let options = RenderOptions {
        release: request.release.clone(),
        namespace: request.namespace.clone(),
        values,
        capabilities,
        is_upgrade: request.is_upgrade,
        skip_schema: request.skip_schema,
    };
    render_loaded(&chart, &options, warnings)
}

/// Renders a chart that is in memory.
pub(super) fn render_loaded(
    chart: &Chart,
    options: &RenderOptions,
    warnings: &mut Vec<Warning>,
) -> Result<Documents, Error> {
    let rendered = chart::render(chart, options, warnings)?;
    let text = |data: &[u8]| String::from_utf8_lossy(data).into_owned();
    Ok(Documents {
        manifests: rendered.manifests,
        hooks: rendered.hooks,
        crds: rendered
            .crds
            .into_iter()
            .map(|(path, file)| (path, text(&file.data)))
            .collect(),
        notes: rendered.notes,
        warnings: Vec::new(),
    })
}

/// Reads a file named on the command line; the error names it as it was typed.
pub(super) fn read(folder: &Path, name: &str) -> Result<Vec<u8>, Error> {
    if name.trim() == "-" {
        let mut bytes = Vec::new();
        return match std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes) {
            Ok(_) => Ok(bytes),
            Err(source) => Err(Error::Io {
                operation: "read",
                path: "/dev/stdin".into(),
                source,
            }),
        };
    }
    if let Some((scheme @ ("http" | "https" | "oci"), _)) = name.split_once("://") {
        return Err(Error::Other(format!(
            "values from {scheme}:// are not there yet: download {name} first"
        )));
    }
    let failed = |operation, source| Error::Io {
        operation,
        path: name.into(),
        source,
    };
    if name.is_empty() {
        // Joined to the folder it would be the folder itself.
        return Err(failed("open", std::io::ErrorKind::NotFound.into()));
    }
    let path = folder.join(name);
    let operation = if path.is_dir() { "read" } else { "open" };
    std::fs::read(path).map_err(|source| failed(operation, source))
}
