//! Why a chart could not be loaded, its values merged, or rendered. `Display` is Helm 4.3.1's text.

use std::io;
use std::path::{Path, PathBuf};

use crate::Warning;
use crate::semver::SemverError;

/// An error of this crate.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read.
    #[error("{operation} {}: {}", .path.display(), go_io_text(.source))]
    Io {
        /// Go's name of the call: `open`, `stat`, `lstat`.
        operation: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said; its text is part of this one.
        source: io::Error,
    },
    /// There is no chart at the path.
    #[error("path \"{0}\" not found")]
    PathNotFound(String),
    /// A folder without a Chart.yaml.
    #[error("unable to detect chart at {}: {cause}", .path.display())]
    NoChart {
        /// The Chart.yaml that was looked for.
        path: PathBuf,
        /// Why it could not be read.
        cause: Box<Self>,
    },
    /// A YAML or JSON file of the chart that does not fit, with the words in front of it.
    #[error("{context}: {cause}")]
    Document {
        /// What was being read.
        context: String,
        /// What is wrong with it.
        cause: String,
    },
    /// The metadata breaks a rule.
    #[error("validation: {0}")]
    Validation(String),
    /// A dependency in charts/ is broken.
    #[error("error unpacking subchart {name} in {parent}: {cause}")]
    Subchart {
        /// The entry of charts/.
        name: String,
        /// The chart it belongs to.
        parent: String,
        /// What is wrong with it.
        cause: Box<Self>,
    },
    /// Declared dependencies that are not in charts/.
    #[error(
        "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: \
         found in Chart.yaml, but missing in charts/ directory: {}",
        .0.join(", ")
    )]
    MissingDependencies(Vec<String>),
    /// The chart wants another Kubernetes version.
    #[error("chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {found}")]
    KubeVersion {
        /// The constraint.
        wanted: String,
        /// The version it was checked against.
        found: String,
    },
    /// Values that break a values.schema.json, with the report of every chart.
    #[error(
        "values don't meet the specifications of the schema(s) in the following chart(s):\n{0}"
    )]
    Schema(String),
    /// A value on the command line that does not parse.
    #[error("failed parsing {flag} data: {cause}")]
    Set {
        /// The flag.
        flag: &'static str,
        /// What is wrong.
        cause: String,
    },
    /// The release cannot have this name.
    #[error("release name check failed: {0}")]
    ReleaseName(String),
    /// The dependencies could not be resolved.
    #[error("chart dependencies processing failed: {0}")]
    Dependencies(Box<Self>),
    /// A template failed; the text is laid out as Helm does it.
    #[error("{text}")]
    Template {
        /// Helm's text.
        text: String,
        /// The engine's error with its chain, where there is one.
        cause: Option<Box<gotpl::Error>>,
    },
    /// A rendered document is not what Kubernetes takes.
    #[error("YAML parse error on {path}: {cause}")]
    Manifest {
        /// The template.
        path: String,
        /// What is wrong with its output.
        cause: String,
        /// The output of all templates, for those who search for the fault.
        rendered: String,
    },
    /// A version or constraint.
    #[error(transparent)]
    Semver(#[from] SemverError),
    /// An edit of a chart file when packaging.
    #[error("cannot set {what} in {file}: {cause}")]
    Edit {
        /// The field.
        what: String,
        /// The file.
        file: &'static str,
        /// Why not.
        cause: String,
    },
    /// Any other text of Helm.
    #[error("{0}")]
    Other(String),
}

/// A chart that was not loaded, with what Helm would have logged before it gave up.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct NotLoaded {
    /// Why not.
    pub error: Error,
    /// The lines, in order.
    pub warnings: Vec<Warning>,
}

impl From<NotLoaded> for Error {
    fn from(not_loaded: NotLoaded) -> Self {
        not_loaded.error
    }
}

impl Error {
    pub(crate) fn io(operation: &'static str, path: &Path, source: io::Error) -> Self {
        let is_folder = operation == "open" && source.kind() == io::ErrorKind::IsADirectory;
        Self::Io {
            // Opening a folder works; reading it does not.
            operation: if is_folder { "read" } else { operation },
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn other(text: impl Into<String>) -> Self {
        Self::Other(text.into())
    }

    pub(crate) fn document(context: impl Into<String>, cause: impl std::fmt::Display) -> Self {
        Self::Document {
            context: context.into(),
            cause: cause.to_string(),
        }
    }
}

/// The system's error as Go prints it.
pub(crate) fn go_io_text(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::IsADirectory => "is a directory".into(),
        io::ErrorKind::NotADirectory => "not a directory".into(),
        _ => error.to_string(),
    }
}
