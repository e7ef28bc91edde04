//! What a TaskRun says of itself.

use serde_json::{Value, json};

use super::TaskRunState;
use crate::run::Shared;
use crate::run::prepare::namespace;
use crate::run::results::ResultValue;
use crate::run::status::{conditions, list, map, set, time, to_json};
use crate::run::step::StepState;

impl TaskRunState {
    /// The status without what is the same for all tries.
    pub(super) fn status(&self) -> Value {
        let mut status = json!({});
        let sidecars = self.sidecars.iter().map(|(name, code)| {
            let state = match code {
                Some(code) => json!({"exitCode": code, "reason": if *code == 0 { "Completed" } else { "Error" }}),
                None => json!({"exitCode": 0, "reason": "Completed"}),
            };
            let key = if code.is_some() || self.is_done() { "terminated" } else { "running" };
            json!({"name": name, "container": format!("sidecar-{name}"), key: state})
        });
        set(
            &mut status,
            [
                (
                    "conditions",
                    self.changed.map(|at| conditions(&self.condition, at)),
                ),
                (
                    "podName",
                    (!self.steps.is_empty()).then(|| json!(format!("{}-pod", self.name()))),
                ),
                ("startTime", self.started.map(|at| json!(time(at)))),
                ("completionTime", self.completed.map(|at| json!(time(at)))),
                ("steps", list(self.steps.iter().map(StepState::to_json))),
                (
                    "results",
                    list(self.results.iter().map(ResultValue::to_json)),
                ),
                ("sidecars", list(sidecars)),
            ],
        );
        status
    }

    /// The TaskRun with its status.
    pub(in crate::run) fn object(&self, shared: &Shared) -> Value {
        let wanted = &self.wanted;
        let mut labels = wanted.labels.clone();
        labels.insert(
            "app.kubernetes.io/managed-by".to_owned(),
            "tekton-pipelines".to_owned(),
        );
        if let Some(reference) = &wanted.spec.task_ref {
            labels.insert("tekton.dev/task".to_owned(), reference.name.clone());
        }
        let owner = wanted.owner.as_ref().map(|(name, uid)| {
            json!([{
                "apiVersion": "tekton.dev/v1", "kind": "PipelineRun", "name": name, "uid": uid,
                "controller": true, "blockOwnerDeletion": true,
            }])
        });
        let mut metadata =
            json!({"name": wanted.name, "namespace": namespace(shared), "uid": wanted.uid});
        set(
            &mut metadata,
            [
                ("creationTimestamp", self.created.map(|at| json!(time(at)))),
                ("labels", map(&labels)),
                ("annotations", map(&wanted.annotations)),
                ("ownerReferences", owner),
            ],
        );
        let mut status = self.status();
        set(
            &mut status,
            [
                ("retriesStatus", list(self.earlier_tries.iter().cloned())),
                ("taskSpec", self.spec.as_ref().map(to_json)),
            ],
        );
        json!({
            "apiVersion": "tekton.dev/v1",
            "kind": "TaskRun",
            "metadata": metadata,
            "spec": to_json(&wanted.spec),
            "status": status,
        })
    }
}
