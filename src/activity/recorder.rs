//! What a run tells the store while it runs.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ports::activities::{ActivityStore, StoreError};
use crate::ports::runner::{RunEvents, RunNotes};

/// Records a run's objects as they change.
#[derive(Debug)]
pub struct Recorder<'a> {
    metadata: Value,
    store: &'a dyn ActivityStore,
    first_error: Mutex<Option<StoreError>>,
}

impl<'a> Recorder<'a> {
    /// Records into `store`; `run` is the PipelineRun as it was started, name and labels included.
    pub fn new(run: &Value, store: &'a dyn ActivityStore) -> Self {
        Self {
            metadata: run["metadata"].clone(),
            store,
            first_error: Mutex::new(None),
        }
    }

    /// Records each object; a PipelineRun keeps the labels and annotations that it was started with.
    pub fn record(&self, objects: &[Value]) {
        for object in objects {
            let mut object = object.clone();
            if object["kind"] == "PipelineRun" {
                for kind in ["labels", "annotations"] {
                    for (key, value) in self.metadata[kind].as_object().into_iter().flatten() {
                        object["metadata"][kind][key] = value.clone();
                    }
                }
            }
            if let Err(error) = self.store.record(&object) {
                self.first_error
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .get_or_insert(error);
            }
        }
    }

    /// Whether everything was recorded.
    ///
    /// # Errors
    /// The first thing that could not be.
    pub fn check(self) -> Result<(), StoreError> {
        self.first_error
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
            .map_or(Ok(()), Err)
    }
}

impl RunEvents for Recorder<'_> {
    fn changed(&self, objects: &[Value]) {
        self.record(objects);
    }

    fn begins(&self, _notes: &RunNotes) {}
}

/// A run that never began, with the reason in Tekton's form.
pub fn refused(run: &Value, why: &str, now: Timestamp) -> Value {
    let mut run = run.clone();
    run["metadata"]["creationTimestamp"] = json!(now);
    run["status"] = json!({
        "startTime": now,
        "completionTime": now,
        "conditions": [{
            "type": "Succeeded",
            "status": "False",
            "reason": "PipelineValidationFailed",
            "message": why,
            "lastTransitionTime": now,
        }],
    });
    run
}
