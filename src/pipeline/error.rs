//! What can be wrong with the files under `.tekton/`.

use crate::failure::{Code, Explain, Kind};

/// A pipeline that cannot be started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PipelineError {
    /// A file is no YAML. One broken file fails them all: which one was meant is not known.
    #[error("{path}: {message}")]
    Broken {
        /// The file.
        path: String,
        /// Line and reason.
        message: String,
    },
    /// A feature that this version does not have.
    #[error("{path}: {feature} is not there yet")]
    NotThereYet {
        /// The file.
        path: String,
        /// The annotation.
        feature: String,
    },
    /// An annotation that cannot be read.
    #[error("{path}: {annotation} is \"{value}\": {why}")]
    BadAnnotation {
        /// The file.
        path: String,
        /// Its name.
        annotation: String,
        /// Its value.
        value: String,
        /// What is wrong with it.
        why: String,
    },
    /// Two runs of one name: neither ever matches in Pipelines-as-Code.
    #[error("{path}: the PipelineRun \"{name}\" is also in {other}")]
    Twice {
        /// The second file.
        path: String,
        /// The name.
        name: String,
        /// The first file.
        other: String,
    },
    /// Several files of one name, in folders of several apps.
    #[error("several PipelineRuns are in files called {name}: {}", found.join(", "))]
    Several {
        /// The name.
        name: String,
        /// The names of the runs.
        found: Vec<String>,
    },
    /// No file of that kind.
    #[error("there is no {what} in {folder}")]
    Missing {
        /// What was looked for.
        what: String,
        /// Where.
        folder: String,
    },
}

impl Explain for PipelineError {
    fn code(&self) -> Option<Code> {
        Some(if matches!(self, Self::NotThereYet { .. }) {
            Code::NOT_THERE_YET
        } else {
            Code::PIPELINE
        })
    }

    fn kind(&self) -> Kind {
        Kind::User
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Missing { .. } => {
                vec!["`landfall import` writes the pipelines of a language pack".to_owned()]
            }
            Self::Several { .. } => {
                vec!["name one of these, or run it in the folder of the app".to_owned()]
            }
            Self::Broken { path, .. } => vec![format!(
                "mend {path}; until then no pipeline of this repository runs"
            )],
            _ => Vec::new(),
        }
    }
}
