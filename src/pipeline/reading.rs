//! From documents to a run that may start.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tekton::admission::{Denied, Gates, admit, denied_for_form};
use tekton::{Documents, Objects, ReadError, SourceDocument, TextError};
use thiserror::Error;

use super::name_for;
use crate::failure::{Code, Exit, Explain, Kind};
use crate::files::{self, FileError};

/// Why documents are no run.
#[derive(Debug, Error)]
pub enum ReadingError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The text is no YAML.
    #[error("{}: {error}", path.display())]
    Text {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: TextError,
    },
    /// The documents are not one run with what it names.
    #[error("{place}: {error}")]
    Documents {
        /// The file or folder.
        place: String,
        /// What is wrong with them.
        error: Box<ReadError>,
    },
}

impl Explain for ReadingError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::File(error) => error.code(),
            Self::Text { .. } | Self::Documents { .. } => Some(Code::PIPELINE),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::File(error) => error.kind(),
            Self::Text { .. } | Self::Documents { .. } => Kind::User,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::File(error) => error.exit(),
            Self::Text { .. } | Self::Documents { .. } => Exit::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::File(error) => error.hints(),
            Self::Documents { error, .. } if matches!(**error, ReadError::Version { .. }) => vec![
                "rewrite it as tekton.dev/v1; most v1beta1 files need only that line changed"
                    .to_owned(),
            ],
            Self::Text { .. } | Self::Documents { .. } => Vec::new(),
        }
    }
}

/// What became of documents.
#[derive(Debug)]
pub enum Reading {
    /// A run that may start.
    Ready(Box<Objects>),
    /// What Tekton's admission refuses; nothing may run.
    Denied(Vec<Refusal>),
}

/// A document that Tekton's admission refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The API server's answer.
    pub denied: Denied,
    /// The field that it names first.
    pub field: String,
    /// Where that is, as `file:line`; empty where it is not known.
    pub place: String,
}

/// Reads a file with one run and what it names.
///
/// # Errors
/// A file that cannot be read, that is no YAML, or whose documents are not one run.
pub fn read_file(path: &Path, gates: Gates) -> Result<Reading, ReadingError> {
    let text = files::read_text(path)?;
    let documents = tekton::read_documents(&text).map_err(|error| ReadingError::Text {
        path: path.to_owned(),
        error,
    })?;
    let values: Vec<_> = documents
        .iter()
        .map(|document| document.value.clone())
        .collect();
    let mut reading = read_documents(&values, &path.display().to_string(), gates)?;
    if let Reading::Denied(refusals) = &mut reading {
        for refusal in refusals {
            refusal.place = place(path, &documents, refusal);
        }
    }
    Ok(reading)
}

/// Takes documents that were read already; the place is for messages.
///
/// # Errors
/// Documents that are not one run with what it names.
pub fn read_documents(
    values: &[Value],
    place: &str,
    gates: Gates,
) -> Result<Reading, ReadingError> {
    let read = Objects::read(values).map_err(|error| ReadingError::Documents {
        place: place.to_owned(),
        error: Box::new(error),
    })?;
    let mut objects = match read {
        Documents::Read(objects) => objects,
        Documents::Undecodable(undecodable) => {
            let refusals = undecodable.iter().map(|refused| Refusal {
                denied: denied_for_form(refused),
                field: refused.error.path.clone(),
                place: String::new(),
            });
            return Ok(Reading::Denied(refusals.collect()));
        }
    };
    let metadata = objects.run.metadata_mut();
    metadata.name = name_for(metadata);
    let denied = admit(&objects, gates);
    if denied.is_empty() {
        return Ok(Reading::Ready(objects));
    }
    let refusals = denied.into_iter().map(|denied| Refusal {
        field: first_field(&denied.message).to_owned(),
        denied,
        place: String::new(),
    });
    Ok(Reading::Denied(refusals.collect()))
}

/// The first path that a refusal names: what stands behind the last colon of its first line.
fn first_field(message: &str) -> &str {
    let line = message.lines().next().unwrap_or_default();
    let paths = line.rsplit_once(": ").map_or("", |(_, paths)| paths);
    paths.split(", ").next().unwrap_or_default()
}

fn place(path: &Path, documents: &[SourceDocument], refusal: &Refusal) -> String {
    let document = documents.iter().find(|document| {
        document.value["kind"] == refusal.denied.kind
            && document.value["metadata"]["name"] == refusal.denied.name
    });
    match document {
        Some(document) => format!("{}:{}", path.display(), document.line_of(&refusal.field)),
        None => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAD_NAME: &str = "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: t}
spec:
  taskSpec:
    steps:
      - name: Bad
        image: x
        script: 'true'
";

    #[test]
    fn a_refusal_says_where() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.yaml");
        std::fs::write(&path, BAD_NAME).unwrap();
        let Reading::Denied(refusals) = read_file(&path, Gates::default()).unwrap() else {
            panic!("admitted")
        };
        assert_eq!(refusals[0].field, "spec.taskSpec.steps[0].name");
        assert_eq!(refusals[0].place, format!("{}:7", path.display()));
    }

    #[test]
    fn text_that_is_no_yaml_and_files_without_a_run_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.yaml");
        for (text, message) in [
            (
                "a: [",
                "run.yaml: document 1, which starts in line 1: yaml:",
            ),
            (
                "kind: ConfigMap\napiVersion: v1\n",
                "run.yaml: expected one PipelineRun or TaskRun, found none",
            ),
        ] {
            std::fs::write(&path, text).unwrap();
            let error = read_file(&path, Gates::default()).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
