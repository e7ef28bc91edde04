//! Runs whose process died before it could say how they ended.
//!
//! Views say so at once ([`abandoned`]); the resident process writes it down when it starts ([`mark_orphans`]),
//! so that followers and other machines' tools see an ended run.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::derive::derive;
use super::model::KIND;
use super::owner::{OWNER, Owner};
use crate::ports::activities::{
    ActivityStore, Change, Owners, RunFilter, RunRecord, StoreError, has_ended,
};

/// Annotation of a PipelineRun that was ended in its dead owner's place: why.
pub const ABORTED: &str = "landfall.dev/aborted";

/// The exit code of a step that vanished: the one that a kubelet reports with `ContainerStatusUnknown`.
const VANISHED: i64 = 137;

/// Says why nobody will end this run any more: its process is gone. `None` if it has ended, runs, or names no owner.
pub fn abandoned(record: &RunRecord, owners: &dyn Owners) -> Option<String> {
    if has_ended(&record.object) {
        return None;
    }
    let owner = record.object["metadata"]["annotations"][OWNER].as_str()?;
    let owner: Owner = owner.parse().ok()?;
    if owners.is_alive(&owner)? {
        return None;
    }
    Some(format!(
        "the process that ran it ({}) ended without finishing it",
        owner.pid
    ))
}

/// Ends every abandoned run in the store, its tasks and steps included; returns their names.
///
/// Safe to call at any time and from several processes: a run that ends otherwise in between stays as it ended.
pub fn mark_orphans(
    store: &dyn ActivityStore,
    owners: &dyn Owners,
    now: Timestamp,
) -> Result<Vec<String>, StoreError> {
    let mut marked = Vec::new();
    for record in store.list(&RunFilter::default())? {
        let Some(why) = abandoned(&record, owners) else {
            continue;
        };
        for task_run in &record.task_runs {
            if !has_ended(task_run) {
                store.record(&ended(task_run, &why, now))?;
            }
        }
        let mut run = if record.object["kind"] == KIND {
            let mut activity = record.object.clone();
            activity["spec"]["status"] = json!(derive(&record, Some(&why)).spec.status);
            activity["spec"]["message"] = json!(why);
            activity
        } else {
            ended(&record.object, &why, now)
        };
        run["metadata"]["annotations"][ABORTED] = json!(why);
        if matches!(store.record(&run)?, Change::Modified(_)) {
            marked.push(record.name);
        }
    }
    Ok(marked)
}

/// Returns the object as it is once it has failed at `now`, its unfinished steps included.
fn ended(object: &Value, why: &str, now: Timestamp) -> Value {
    let mut object = object.clone();
    if !object["status"].is_object() {
        object["status"] = json!({});
    }
    let now = json!(now.to_string());
    let status = &mut object["status"];
    let condition = json!({
        "type": "Succeeded", "status": "False", "reason": "Failed", "message": why,
        "lastTransitionTime": now,
    });
    match status["conditions"].as_array_mut() {
        Some(conditions) => {
            conditions.retain(|condition| condition["type"] != "Succeeded");
            conditions.push(condition);
        }
        None => status["conditions"] = json!([condition]),
    }
    status["completionTime"] = now.clone();
    for step in status["steps"].as_array_mut().into_iter().flatten() {
        let Some(step) = step
            .as_object_mut()
            .filter(|step| !step.contains_key("terminated"))
        else {
            continue;
        };
        let running = step.remove("running");
        step.remove("waiting");
        let reason = if running.is_some() {
            "ContainerStatusUnknown"
        } else {
            "Skipped"
        };
        let started = running.map_or(Value::Null, |running| running["startedAt"].clone());
        step.insert(
            "terminated".to_owned(),
            json!({"exitCode": VANISHED, "reason": "Error", "message": why,
                   "startedAt": started, "finishedAt": now}),
        );
        step.insert("terminationReason".to_owned(), json!(reason));
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Status;
    use crate::backend::memory::activities::MemoryActivities;
    use crate::ports::activities::contract::{pipeline_run, task_run};

    #[derive(Debug)]
    struct Only(u32);

    impl Owners for Only {
        fn this_process(&self) -> Option<Owner> {
            None
        }

        fn is_alive(&self, owner: &Owner) -> Option<bool> {
            Some(owner.pid == self.0)
        }
    }

    fn owned(build: u64, pid: u32, outcome: Option<bool>) -> Value {
        let mut run = pipeline_run("shop", build, outcome);
        run["metadata"]["annotations"][OWNER] = json!(format!("{pid}:1:boot"));
        run
    }

    #[test]
    fn a_run_whose_process_died_is_aborted_in_views_and_then_in_the_store() {
        let store = MemoryActivities::default();
        for run in [
            owned(1, 11, None),
            owned(2, 22, None),
            owned(3, 11, Some(true)),
            pipeline_run("shop", 4, None),
        ] {
            store.record(&run).unwrap();
        }
        let mut task = task_run("shop-main-1", "build", None);
        let started = "2026-11-01T12:00:00Z";
        task["status"]["steps"] = json!([
            {"name": "one", "terminated": {"exitCode": 0}},
            {"name": "two", "running": {"startedAt": started}},
            {"name": "three", "waiting": {}},
        ]);
        store.record(&task).unwrap();
        let now: Timestamp = "2026-11-01T12:05:00Z".parse().unwrap();
        let statuses = || -> Vec<Status> {
            let records = store.list(&RunFilter::default()).unwrap();
            let statuses = records.iter().map(|record| {
                derive(record, abandoned(record, &Only(22)).as_deref())
                    .spec
                    .status
            });
            statuses.collect()
        };
        let expected = [
            Status::Aborted,
            Status::Running,
            Status::Succeeded,
            Status::Running,
        ];
        assert_eq!(statuses(), expected);
        let view = |record: &RunRecord| derive(record, abandoned(record, &Only(22)).as_deref());
        let record = store.get("shop-main-1").unwrap().unwrap();
        let before = view(&record);

        assert_eq!(
            mark_orphans(&store, &Only(22), now).unwrap(),
            ["shop-main-1"]
        );
        assert_eq!(mark_orphans(&store, &Only(22), now).unwrap(), [""; 0]);
        assert_eq!(statuses(), expected);
        let record = store.get("shop-main-1").unwrap().unwrap();
        assert_eq!(abandoned(&record, &Only(22)), None);
        let after = view(&record);
        let message = "the process that ran it (11) ended without finishing it";
        for activity in [&before, &after] {
            assert_eq!(activity.spec.message, message);
            let steps: Vec<&str> = activity.status.tasks[0]
                .steps
                .iter()
                .map(|step| step.status.as_str())
                .collect();
            assert_eq!(steps[0], "Succeeded");
            assert_eq!(steps[2], "NotExecuted");
        }
        assert_eq!(after.spec.completed_timestamp, Some(now));
        let step = &record.task_runs[0]["status"]["steps"][1];
        assert_eq!(step["terminated"]["startedAt"], started);
        assert_eq!(step["terminationReason"], "ContainerStatusUnknown");
    }
}
