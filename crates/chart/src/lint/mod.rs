//! What `helm lint` finds in a chart folder (`pkg/chart/v2/lint`), rule by rule in Helm's order and with its texts.

mod addresses;
mod chart_file;
mod crds;
mod dependencies;
mod names;
mod stream;
mod templates;
mod values_file;

use std::fmt;
use std::path::{Path, PathBuf};

use goyaml::Map;

use crate::{KubeVersion, Warning};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Against a convention, and likely to work.
    Warning,
    /// Likely not to work.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
        })
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// How bad it is.
    pub severity: Severity,
    /// What it is about; a path in the chart, mostly.
    pub path: String,
    /// What is wrong.
    pub text: String,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] {}: {}", self.severity, self.path, self.text)
    }
}

/// The warning for a kind that is going away: API version, kind, Kubernetes version.
pub type Deprecation<'d> = &'d dyn Fn(&str, &str, &KubeVersion) -> Option<String>;

/// What a chart is checked with.
#[derive(Clone)]
pub struct LintOptions<'o> {
    /// The user's values, merged.
    pub values: Map,
    /// `.Release.Namespace`.
    pub namespace: String,
    /// The Kubernetes version, where one is given.
    pub kube_version: Option<KubeVersion>,
    /// Leaves values.schema.json out.
    pub skip_schema: bool,
    /// Knows which kinds are going away.
    pub deprecation: Deprecation<'o>,
}

impl fmt::Debug for LintOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LintOptions")
            .field("namespace", &self.namespace)
            .field("kube_version", &self.kube_version)
            .finish_non_exhaustive()
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Lint {
    /// In Helm's order.
    pub messages: Vec<Message>,
    /// What Helm logs meanwhile.
    pub log: Vec<Warning>,
    /// What the templates of the chart itself were rendered to, with their paths in the chart; empty when they do not render.
    pub rendered: Vec<(String, Vec<u8>)>,
}

/// Checks the chart in a folder.
pub fn lint(folder: &Path, options: &LintOptions<'_>) -> Lint {
    let mut linter = Linter {
        folder: folder.to_owned(),
        found: Lint::default(),
    };
    chart_file::check(&mut linter);
    values_file::check(&mut linter, options);
    templates::check(&mut linter, options);
    dependencies::check(&mut linter);
    crds::check(&mut linter);
    linter.found
}

struct Linter {
    folder: PathBuf,
    found: Lint,
}

impl Linter {
    /// Adds a finding where there is a problem; true when there is none.
    fn rule(&mut self, severity: Severity, path: &str, problem: Option<String>) -> bool {
        let Some(text) = problem else {
            return true;
        };
        self.found.messages.push(Message {
            severity,
            path: path.to_owned(),
            text,
        });
        false
    }
}
