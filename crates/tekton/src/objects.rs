//! The documents of a run, sorted by kind.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

use crate::decode::{DecodeError, decode};
use crate::model::{ObjectMeta, Pipeline, PipelineRun, StepAction, Task, TaskRun};

/// The largest set of documents that is read as one run.
pub(crate) const MAX_DOCUMENTS: usize = 1000;

/// Why a set of documents is no run.
#[derive(Debug, Error)]
pub enum ReadError {
    /// Not one PipelineRun or TaskRun.
    #[error("expected one PipelineRun or TaskRun, found {}", found(*.0))]
    RunCount(usize),
    /// Too many documents.
    #[error("more than {MAX_DOCUMENTS} documents")]
    TooMany,
    /// A document without `kind`, or that is no map.
    #[error("document {number}: {problem}")]
    NotAnObject {
        /// Counted from one.
        number: usize,
        /// What it lacks.
        problem: &'static str,
    },
    /// A kind that a run has no use for.
    #[error("{kind} {name:?}: this kind is not understood ({api_version})")]
    UnknownKind {
        /// The document's kind.
        kind: String,
        /// Its name.
        name: String,
        /// Its API version.
        api_version: String,
    },
    /// A Tekton document of another version than v1.
    #[error("{kind} {name:?} has apiVersion {api_version:?}; only tekton.dev/v1 is run")]
    Version {
        /// The document's kind.
        kind: String,
        /// Its name.
        name: String,
        /// Its API version.
        api_version: String,
    },
    /// A `ConfigMap`, Secret or claim of another form than Kubernetes'.
    #[error("{kind} {name:?}: {error}")]
    Form {
        /// The document's kind.
        kind: String,
        /// Its name.
        name: String,
        /// What is wrong with it.
        error: DecodeError,
    },
}

fn found(count: usize) -> String {
    if count == 0 {
        "none".to_owned()
    } else {
        count.to_string()
    }
}

/// A document that Tekton's webhook cannot read: refused, not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecodable {
    /// The document's kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// What is wrong.
    pub error: DecodeError,
}

/// The run itself.
#[derive(Debug, Clone)]
pub enum Run {
    /// A run of a pipeline.
    Pipeline(Box<PipelineRun>),
    /// A run of one task.
    Task(Box<TaskRun>),
}

impl Run {
    /// The run's metadata.
    pub fn metadata(&self) -> &ObjectMeta {
        match self {
            Self::Pipeline(run) => &run.metadata,
            Self::Task(run) => &run.metadata,
        }
    }

    /// The run's metadata.
    pub fn metadata_mut(&mut self) -> &mut ObjectMeta {
        match self {
            Self::Pipeline(run) => &mut run.metadata,
            Self::Task(run) => &mut run.metadata,
        }
    }
}

/// The bytes of a Secret or `ConfigMap` by key.
pub type Data = BTreeMap<String, Vec<u8>>;

/// Everything that a run may name, by kind and name.
#[derive(Debug, Clone)]
pub struct Objects {
    /// The run.
    pub run: Run,
    /// Pipelines.
    pub pipelines: BTreeMap<String, Pipeline>,
    /// Tasks.
    pub tasks: BTreeMap<String, Task>,
    /// `StepActions`.
    pub step_actions: BTreeMap<String, StepAction>,
    /// `ConfigMaps`.
    pub config_maps: BTreeMap<String, Data>,
    /// Secrets.
    pub secrets: BTreeMap<String, Data>,
    /// Claims; one that is not listed does not exist.
    pub claims: Vec<String>,
    /// Service accounts besides `default`.
    pub service_accounts: Vec<String>,
}

/// What became of a set of documents.
#[derive(Debug)]
pub enum Documents {
    /// They were read.
    Read(Box<Objects>),
    /// Tekton's webhook would refuse the first of these.
    Undecodable(Vec<Undecodable>),
}

impl Objects {
    /// Sorts documents by kind and reads them.
    ///
    /// # Errors
    /// Documents that are no Tekton v1 or core v1 objects, or not exactly one run. A Tekton document with unknown or
    /// ill-formed fields is no error but [`Documents::Undecodable`], as the API server would answer.
    pub fn read(documents: &[Value]) -> Result<Documents, ReadError> {
        if documents.len() > MAX_DOCUMENTS {
            return Err(ReadError::TooMany);
        }
        let mut reader = Reader::default();
        for (index, document) in documents.iter().enumerate().filter(|(_, d)| !d.is_null()) {
            reader.read(index + 1, document)?;
        }
        if reader.run_count != 1 {
            return Err(ReadError::RunCount(reader.run_count));
        }
        match (reader.run, reader.undecodable.is_empty()) {
            (Some(run), true) => Ok(Documents::Read(Box::new(Self {
                run,
                pipelines: reader.pipelines,
                tasks: reader.tasks,
                step_actions: reader.step_actions,
                config_maps: reader.config_maps,
                secrets: reader.secrets,
                claims: reader.claims,
                service_accounts: reader.service_accounts,
            }))),
            _ => Ok(Documents::Undecodable(reader.undecodable)),
        }
    }
}

#[derive(Default)]
struct Reader {
    run: Option<Run>,
    run_count: usize,
    pipelines: BTreeMap<String, Pipeline>,
    tasks: BTreeMap<String, Task>,
    step_actions: BTreeMap<String, StepAction>,
    config_maps: BTreeMap<String, Data>,
    secrets: BTreeMap<String, Data>,
    claims: Vec<String>,
    service_accounts: Vec<String>,
    undecodable: Vec<Undecodable>,
}

impl Reader {
    fn read(&mut self, number: usize, document: &Value) -> Result<(), ReadError> {
        if !document.is_object() {
            return Err(ReadError::NotAnObject {
                number,
                problem: "not a map",
            });
        }
        let text = |pointer: &str| {
            document
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let (kind, api_version, name) =
            (text("/kind"), text("/apiVersion"), text("/metadata/name"));
        if kind.is_empty() {
            return Err(ReadError::NotAnObject {
                number,
                problem: "no kind",
            });
        }
        match (api_version.split_once('/'), kind.as_str()) {
            (Some(("tekton.dev", version)), "PipelineRun" | "TaskRun" | "Pipeline" | "Task")
                if version != "v1" =>
            {
                return Err(ReadError::Version {
                    kind,
                    name,
                    api_version,
                });
            }
            (Some(("tekton.dev", _)), "PipelineRun") => {
                self.run_count += 1;
                let run = self.decoded(&kind, &name, document);
                self.run = run
                    .map(|run| Run::Pipeline(Box::new(run)))
                    .or(self.run.take());
            }
            (Some(("tekton.dev", _)), "TaskRun") => {
                self.run_count += 1;
                let run = self.decoded(&kind, &name, document);
                self.run = run.map(|run| Run::Task(Box::new(run))).or(self.run.take());
            }
            (Some(("tekton.dev", _)), "Pipeline") => {
                if let Some(pipeline) = self.decoded(&kind, &name, document) {
                    self.pipelines.insert(name, pipeline);
                }
            }
            (Some(("tekton.dev", _)), "Task") => {
                if let Some(task) = self.decoded(&kind, &name, document) {
                    self.tasks.insert(name, task);
                }
            }
            (Some(("tekton.dev", _)), "StepAction") => {
                if let Some(action) = self.decoded(&kind, &name, document) {
                    self.step_actions.insert(name, action);
                }
            }
            (None, "ConfigMap") => {
                let data = data_of(document, "data", "binaryData");
                let data = data.map_err(|error| ReadError::Form {
                    kind,
                    name: name.clone(),
                    error,
                })?;
                self.config_maps.insert(name, data);
            }
            (None, "Secret") => {
                let data = data_of(document, "stringData", "data");
                let data = data.map_err(|error| ReadError::Form {
                    kind,
                    name: name.clone(),
                    error,
                })?;
                self.secrets.insert(name, data);
            }
            (None, "PersistentVolumeClaim") => self.claims.push(name),
            (None, "ServiceAccount") => self.service_accounts.push(name),
            _ => {
                return Err(ReadError::UnknownKind {
                    kind,
                    name,
                    api_version,
                });
            }
        }
        Ok(())
    }

    fn decoded<T: DeserializeOwned>(
        &mut self,
        kind: &str,
        name: &str,
        document: &Value,
    ) -> Option<T> {
        match decode(document) {
            Ok(object) => Some(object),
            Err(error) => {
                self.undecodable.push(Undecodable {
                    kind: kind.to_owned(),
                    name: name.to_owned(),
                    error,
                });
                None
            }
        }
    }
}

/// The texts of one field and the Base64 of another.
fn data_of(document: &Value, texts: &str, encoded: &str) -> Result<Data, DecodeError> {
    let map_of = |field: &str| -> Result<BTreeMap<String, String>, DecodeError> {
        document
            .get(field)
            .filter(|map| !map.is_null())
            .map_or(Ok(BTreeMap::new()), decode)
    };
    let mut data: Data = map_of(encoded)?
        .into_iter()
        .map(|(key, text)| {
            let bytes = decode_base64(&text)
                .ok_or_else(|| serde::de::Error::custom(format!("{encoded}.{key} is no Base64")))?;
            Ok((key, bytes))
        })
        .collect::<Result<_, DecodeError>>()?;
    data.extend(
        map_of(texts)?
            .into_iter()
            .map(|(key, text)| (key, text.into_bytes())),
    );
    Ok(data)
}

/// Standard Base64 with padding (RFC 4648), white space ignored.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut digits = 0_usize;
    let mut padding = 0_usize;
    let mut bits = 0_u32;
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padding += 1;
                0
            }
            _ => return None,
        };
        if padding > 0 && byte != b'=' {
            return None;
        }
        bits = bits << 6 | u32::from(value);
        digits += 1;
        if digits.is_multiple_of(4) {
            bytes.extend_from_slice(&bits.to_be_bytes()[1..]);
            bits = 0;
        }
    }
    (digits.is_multiple_of(4) && padding <= 2).then(|| {
        bytes.truncate(bytes.len() - padding);
        bytes
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_read_from_texts_and_base64() {
        let secret = json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"},
            "data": {"password": "aHVudGVyMg==", "both": "eA=="}, "stringData": {"both": "text"}});
        let run =
            json!({"apiVersion": "tekton.dev/v1", "kind": "TaskRun", "metadata": {"name": "t"}});
        let Documents::Read(objects) = Objects::read(&[secret, run]).unwrap() else {
            panic!("not read")
        };
        assert_eq!(objects.secrets["s"]["password"], b"hunter2");
        assert_eq!(objects.secrets["s"]["both"], b"text");
    }

    #[test]
    fn exactly_one_run_of_version_one_is_needed() {
        let run = |version: &str| json!({"apiVersion": version, "kind": "PipelineRun", "metadata": {"name": "r"}});
        let message = |documents: &[Value]| Objects::read(documents).unwrap_err().to_string();
        assert_eq!(
            message(&[]),
            "expected one PipelineRun or TaskRun, found none"
        );
        assert_eq!(
            message(&[run("tekton.dev/v1"), run("tekton.dev/v1")]),
            "expected one PipelineRun or TaskRun, found 2"
        );
        assert_eq!(
            message(&[run("tekton.dev/v1beta1")]),
            "PipelineRun \"r\" has apiVersion \"tekton.dev/v1beta1\"; only tekton.dev/v1 is run"
        );
        assert_eq!(message(&[json!("x")]), "document 1: not a map");
    }

    #[test]
    fn broken_base64_is_refused() {
        for text in ["a", "ab=c", "====", "a===", "!!!!"] {
            assert!(decode_base64(text).is_none_or(|b| b.is_empty()), "{text}");
        }
        assert_eq!(decode_base64("aGk=\n").unwrap(), b"hi");
    }
}
