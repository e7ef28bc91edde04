//! A chart and values to the documents of one release.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use chart::values::{Layers, merge};
use chart::{
    Capabilities, Chart, Error, Hook, Level, Manifest, Output, RenderOptions, TemplateCache,
    Warning,
};
use goyaml::{Map, Value};

use super::drawing::{Drawing, draw};

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
    /// The same clock and random numbers in each run.
    pub reproducible: Option<chart::Reproducible>,
    /// Fills [`Documents::outputs`].
    pub trace: bool,
    /// Keeps parsed templates for other requests.
    pub cache: Option<Arc<TemplateCache>>,
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
    /// The chart that was rendered, as it was loaded.
    pub chart: Chart,
    /// The user's values, merged.
    pub given: Map,
    /// What templates saw as `.Values`.
    pub values: Value,
    /// What each template wrote and from where, when [`Request::trace`] asks for it.
    pub outputs: Vec<Output>,
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
    /// The error as people see it, if it is one of a template.
    pub drawing: Option<Drawing>,
}

/// Loads a chart (folder or .tgz) and renders it.
///
/// # Errors
/// Everything that [`chart::load`], [`chart::values::merge`] and [`chart::render`] refuse.
pub fn render(chart: &Path, request: &Request) -> Result<Documents, RenderError> {
    let mut warnings = Vec::new();
    let mut drawing = None;
    let rendered = load_and_render(chart, request, &mut warnings, &mut drawing);
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
            drawing,
        }),
    }
}

/// Renders several charts, on all cores. The results are in the order of the requests.
pub fn render_all(requests: &[(PathBuf, Request)]) -> Vec<Result<Documents, RenderError>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((chart, request)) = requests.get(index) else {
                return done;
            };
            done.push((index, render(chart, request)));
        }
    };
    let mut done = thread::scope(|scope| {
        let helpers: Vec<_> = (1..cores.min(requests.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let mut done = work();
        for helper in helpers {
            done.extend(helper.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

fn load_and_render(
    chart: &Path,
    request: &Request,
    warnings: &mut Vec<Warning>,
    drawing: &mut Option<Drawing>,
) -> Result<Documents, Error> {
    let capabilities = Capabilities::new(request.kube_version.as_deref(), &request.api_versions)?;
    let values = merge(&request.layers, &|name| read(&request.folder, name))?;
    let place = chart;
    let chart = chart::load(&request.folder.join(place))?;
    let options = RenderOptions {
        release: request.release.clone(),
        namespace: request.namespace.clone(),
        values: values.clone(),
        capabilities,
        is_upgrade: request.is_upgrade,
        skip_schema: request.skip_schema,
        reproducible: request.reproducible.clone(),
        trace: request.trace,
        cache: request.cache.clone(),
        ..RenderOptions::default()
    };
    match render_loaded(&chart, &options, warnings) {
        Ok(documents) => Ok(Documents {
            chart,
            given: values,
            ..documents
        }),
        Err(error) => {
            let mut known = chart.values.clone();
            chart::values::merge_maps(&mut known, values);
            *drawing = draw(&chart, place, &Value::Map(known), &error);
            Err(error)
        }
    }
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
        values: rendered.values,
        outputs: rendered.outputs,
        ..Documents::default()
    })
}

/// Reads a file named on the command line, or standard input for `-`; the error names it as it was typed.
///
/// # Errors
/// What the operating system says, or an address instead of a file.
pub fn read(folder: &Path, name: &str) -> Result<Vec<u8>, Error> {
    if name.trim() == "-" {
        // It can be read once; who asks again gets the same.
        static READ: OnceLock<Vec<u8>> = OnceLock::new();
        if let Some(bytes) = READ.get() {
            return Ok(bytes.clone());
        }
        let mut bytes = Vec::new();
        return match std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes) {
            Ok(_) => Ok(READ.get_or_init(|| bytes).clone()),
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
