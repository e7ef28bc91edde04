//! What every store reads from the objects that it is given: keys, index and whether they have ended.

use serde_json::Value;

use super::StoreError;
use crate::activity::model::KIND as ACTIVITY_KIND;
use crate::activity::{RunIdentity, Status};

/// Names the object that [`super::ActivityStore::record`] is given: what every implementation keys by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectKey {
    /// `metadata.name`.
    pub name: String,
    /// The run that the object belongs to; its own name if it is a run.
    pub run: String,
    /// `metadata.uid`, if it has one.
    pub uid: Option<String>,
}

impl ObjectKey {
    /// Reads the key of a recordable object.
    ///
    /// # Errors
    /// [`StoreError::NotAnObject`] for other kinds or a missing name.
    pub fn of(object: &Value) -> Result<Self, StoreError> {
        let text = |value: &Value| {
            let text = value.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        let metadata = &object["metadata"];
        let kind = object["kind"].as_str().unwrap_or_default();
        let Some(name) = text(&metadata["name"]) else {
            return Err(StoreError::NotAnObject {
                found: format!("a {kind} without metadata.name"),
            });
        };
        let run = match kind {
            "PipelineRun" | ACTIVITY_KIND => None,
            "TaskRun" => text(&metadata["labels"]["tekton.dev/pipelineRun"]),
            _ => {
                return Err(StoreError::NotAnObject {
                    found: format!("kind `{kind}`"),
                });
            }
        };
        Ok(Self {
            run: run.unwrap_or_else(|| name.clone()),
            uid: text(&metadata["uid"]),
            name,
        })
    }

    /// Tells whether the object is a run itself and not a part of one.
    pub fn is_run(&self) -> bool {
        self.run == self.name
    }
}

/// What a run is listed and found by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunIndex {
    /// See [`super::RunRecord::activity`].
    pub activity: String,
    /// See [`super::RunRecord::pipeline`].
    pub pipeline: String,
    /// See [`super::RunRecord::build`].
    pub build: String,
}

impl RunIndex {
    /// Reads it from a run. A run without a known repository is its own pipeline.
    pub fn of(object: &Value) -> Self {
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        if object["kind"] == ACTIVITY_KIND {
            let spec = |field: &str| {
                object["spec"][field]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            };
            return Self {
                activity: name.to_owned(),
                pipeline: spec("pipeline"),
                build: spec("build"),
            };
        }
        let identity = RunIdentity::of(object);
        let build = match identity.build {
            0 => String::new(),
            number => number.to_string(),
        };
        if identity.repository.is_empty() || build.is_empty() {
            return Self {
                activity: name.to_owned(),
                pipeline: name.to_owned(),
                build,
            };
        }
        Self {
            activity: identity.activity_name(),
            pipeline: identity.pipeline(),
            build,
        }
    }
}

/// Tells whether a recorded object has reached its end, after which it changes no more.
pub fn has_ended(object: &Value) -> bool {
    if object["kind"] == ACTIVITY_KIND {
        let status = object["spec"]["status"].as_str().unwrap_or_default();
        return Status::from(status.to_owned()).is_terminal();
    }
    object["status"]["conditions"]
        .as_array()
        .into_iter()
        .flatten()
        .any(|condition| {
            condition["type"] == "Succeeded"
                && matches!(condition["status"].as_str(), Some("True" | "False"))
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn task_runs_belong_to_the_run_in_their_label() {
        let alone = json!({"kind": "TaskRun", "metadata": {"name": "t", "uid": "u"}});
        let key = ObjectKey::of(&alone).expect("a key");
        assert!(key.is_run());
        assert_eq!(key.uid.as_deref(), Some("u"));

        let labels = json!({"tekton.dev/pipelineRun": "run"});
        let part = json!({"kind": "TaskRun", "metadata": {"name": "run-t", "labels": labels}});
        let key = ObjectKey::of(&part).expect("a key");
        assert_eq!((key.run.as_str(), key.is_run()), ("run", false));
    }

    #[test]
    fn other_objects_are_refused_by_kind_or_missing_name() {
        for (object, message) in [
            (
                json!({"kind": "Pod", "metadata": {"name": "x"}}),
                "kind `Pod`",
            ),
            (
                json!({"kind": "TaskRun"}),
                "a TaskRun without metadata.name",
            ),
            (
                json!({"kind": "TaskRun", "metadata": {"name": ""}}),
                "without metadata.name",
            ),
            (json!([]), "without metadata.name"),
        ] {
            let error = ObjectKey::of(&object).expect_err("refused");
            assert!(error.to_string().contains(message), "{error}");
        }
    }

    #[test]
    fn a_run_without_a_repository_is_its_own_pipeline() {
        let object = json!({"kind": "PipelineRun", "metadata": {"name": "hello"}});
        let index = RunIndex::of(&object);
        assert_eq!(
            (index.pipeline.as_str(), index.build.as_str()),
            ("hello", "")
        );
        assert_eq!(index.activity, "hello");
    }
}
