//! What an environment asks for at one moment: its apps' wrapper charts, with the charts of their releases, rendered.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::failure::{Code, Explain, Kind};
use crate::files::{self, FileError, WriteOptions};
use crate::manifest::Document;
use crate::ports::artifacts::{ArtifactError, ArtifactStore};
use crate::release::Version;
use crate::render::{self, RenderError, Request, TemplateCache};

use super::layout::own;

/// The files of an environment: path from its folder to content.
pub type EnvironmentFiles = BTreeMap<String, Vec<u8>>;

/// Why the content of an environment cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// A wrapper chart is not what it should be.
    #[error("{path}: {why}")]
    Chart {
        /// The file.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// A release that is nowhere to be had.
    #[error("{path}: chart {app} {version} is not in the artifact store")]
    NoRelease {
        /// The file.
        path: String,
        /// The app.
        app: String,
        /// The version.
        version: String,
    },
    /// The chart does not render.
    #[error("{path}: {}", chain(.source))]
    Render {
        /// The file.
        path: String,
        /// What the chart engine says.
        source: Box<RenderError>,
    },
    /// The artifact store cannot be read.
    #[error(transparent)]
    Artifact(#[from] ArtifactError),
    /// A scratch folder cannot be written.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Explain for ContentError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::Artifact(error) => error.code(),
            Self::File(error) => error.code(),
            _ => None,
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::File(_) => Kind::Outside,
            _ => Kind::User,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NoRelease { app, .. } => vec![format!(
                "the release pipeline of {app} puts its chart there"
            )],
            Self::Artifact(error) => error.hints(),
            _ => Vec::new(),
        }
    }
}

/// An error with its causes on one line: it ends in a status and in a table.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        // Writing to a String cannot fail.
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}

/// One app of an environment, rendered.
#[derive(Debug, Clone)]
pub struct RenderedApp {
    /// Its name, which is the release's too.
    pub app: String,
    /// The namespace that it runs in.
    pub namespace: String,
    /// The version of its chart.
    pub version: Version,
    /// What `helm upgrade --install` would apply, in install order.
    pub manifests: Vec<chart::Manifest>,
}

impl RenderedApp {
    /// The manifests as objects; those that hold none are left out.
    ///
    /// # Errors
    /// [`ContentError::Chart`] for a manifest that is no YAML.
    pub fn documents(&self) -> Result<Vec<Document>, ContentError> {
        let document = |manifest| {
            document(&self.app, &self.version, manifest).map_err(|why| ContentError::Chart {
                path: own::chart_file(&self.namespace, &self.app),
                why,
            })
        };
        self.manifests
            .iter()
            .filter_map(|manifest| document(manifest).transpose())
            .collect()
    }
}

/// Renders every app of an environment, in the order of namespaces and apps.
///
/// # Errors
/// The first app that does not render: an environment is taken as a whole or not at all.
pub fn render_environment(
    files: &EnvironmentFiles,
    artifacts: &dyn ArtifactStore,
) -> Result<Vec<RenderedApp>, ContentError> {
    // Apps of one pack have the same templates.
    let cache = Arc::default();
    own::apps(files.keys().map(String::as_str))
        .into_iter()
        .map(|(namespace, app)| render_app(files, &namespace, &app, artifacts, &cache))
        .collect()
}

/// Renders one app: release name and namespace are those of its folder, as `helm upgrade --install` would take them.
fn render_app(
    files: &EnvironmentFiles,
    namespace: &str,
    app: &str,
    artifacts: &dyn ArtifactStore,
    cache: &Arc<TemplateCache>,
) -> Result<RenderedApp, ContentError> {
    let path = own::chart_file(namespace, app);
    let wrong = |why: &str| ContentError::Chart {
        path: path.clone(),
        why: why.to_owned(),
    };
    let bytes = files.get(&path).map(Vec::as_slice).unwrap_or_default();
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8"))?;
    let dependency = own::read(text, app)
        .map_err(|error| wrong(&error.why))?
        .ok_or_else(|| wrong(&format!("it has no dependency {app}")))?;
    let version: Version = dependency
        .version
        .parse()
        .map_err(|error| wrong(&format!("{error}")))?;
    let package = artifacts
        .chart(app, &version)?
        .ok_or_else(|| ContentError::NoRelease {
            path: path.clone(),
            app: app.to_owned(),
            version: version.to_string(),
        })?;
    let scratch =
        tempfile::tempdir().map_err(|error| wrong(&format!("no temporary folder: {error}")))?;
    let folder = own::app_folder(namespace, app);
    write_wrapper(files, &folder, scratch.path())?;
    let packed = scratch
        .path()
        .join("charts")
        .join(format!("{app}-{version}.tgz"));
    files::write_atomic(&packed, &package, WriteOptions::default())?;
    let request = Request {
        release: app.to_owned(),
        namespace: namespace.to_owned(),
        cache: Some(Arc::clone(cache)),
        ..Request::default()
    };
    let rendered = render::render(scratch.path(), &request).map_err(|mut source| {
        source.chart = PathBuf::from(folder);
        ContentError::Render {
            path: path.clone(),
            source: Box::new(source),
        }
    })?;
    Ok(RenderedApp {
        app: app.to_owned(),
        namespace: namespace.to_owned(),
        version,
        manifests: rendered.manifests,
    })
}

/// Lays the app's folder down. Paths come from Git, which holds no way out of a folder; the check costs nothing.
fn write_wrapper(
    files: &EnvironmentFiles,
    folder: &str,
    target: &Path,
) -> Result<(), ContentError> {
    let prefix = format!("{folder}/");
    for (path, content) in files
        .range(prefix.clone()..)
        .take_while(|(path, _)| path.starts_with(&prefix))
    {
        let relative = PathBuf::from(&path[prefix.len()..]);
        // A stale copy of the release must not win over the version that the file names.
        if relative.starts_with("charts") || relative == Path::new("Chart.lock") {
            continue;
        }
        let place = files::join_inside(target, &relative)?;
        files::write_atomic(&place, content, WriteOptions::default())?;
    }
    Ok(())
}

/// A manifest as an object; `None` for one that is empty.
fn document(
    app: &str,
    version: &Version,
    manifest: &chart::Manifest,
) -> Result<Option<Document>, String> {
    let mut read = tekton::read_documents(&manifest.content)
        .map_err(|error| format!("{}: {error}", manifest.path))?;
    let object = match read.len() {
        0 => return Ok(None),
        _ => read.swap_remove(0).value,
    };
    Ok(Some(Document {
        app: app.to_owned(),
        version: version.to_string(),
        source: manifest.path.clone(),
        object,
    }))
}
