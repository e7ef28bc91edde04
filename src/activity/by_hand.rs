//! The activity of a promotion that no pipeline runs: `landfall promote` typed by a person.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::identity::RunIdentity;
use super::model::{API_VERSION, KIND};
use super::owner::{OWNER, Owner};
use super::status::Status;

/// Returns the object to record before the first promotion step of an activity by hand.
///
/// It says that it runs, and who runs it: once every step is recorded, [`finished`] ends it; if the process
/// dies before, views and [`super::mark_orphans`] see that. `identity` must have its build number.
pub fn begun(
    identity: &RunIdentity,
    version: &str,
    owner: Option<&Owner>,
    now: Timestamp,
) -> Value {
    let mut object = json!({
        "apiVersion": API_VERSION,
        "kind": KIND,
        "metadata": {"name": identity.activity_name(), "creationTimestamp": now.to_string()},
        "spec": {
            "pipeline": identity.pipeline(),
            "build": identity.build.to_string(),
            "version": version,
            "status": Status::Running.as_str(),
            "startedTimestamp": now.to_string(),
            "gitOwner": identity.owner,
            "gitRepository": identity.repository,
            "gitBranch": identity.branch_name(),
            "gitUrl": identity.repository_url,
            "lastCommitSHA": identity.sha,
        },
    });
    if let Some(owner) = owner {
        object["metadata"]["annotations"] = json!({OWNER: owner.to_string()});
    }
    identity.stamp(&mut object);
    object
}

/// Returns the object that ends what [`begun`] began.
pub fn finished(begun: &Value, status: &Status, message: &str, now: Timestamp) -> Value {
    let mut object = begun.clone();
    object["spec"]["status"] = json!(status);
    object["spec"]["message"] = json!(message);
    object["spec"]["completedTimestamp"] = json!(now.to_string());
    object
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{PromoteStep, derive};
    use crate::backend::memory::activities::MemoryActivities;
    use crate::ports::activities::{ActivityStore, Change};

    #[test]
    fn a_promotion_by_hand_is_an_activity_from_its_beginning_to_its_end() {
        let store = MemoryActivities::default();
        let identity = RunIdentity {
            owner: "acme".to_owned(),
            repository: "shop".to_owned(),
            branch: "main".to_owned(),
            build: 3,
            ..RunIdentity::default()
        };
        let now: Timestamp = "2026-11-01T12:00:00Z".parse().unwrap();
        let begun = begun(&identity, "1.2.3", None, now);
        store.record(&begun).unwrap();
        let step = PromoteStep {
            environment: "production".to_owned(),
            ..PromoteStep::default()
        };
        store.record_promotion("acme-shop-main-3", &step).unwrap();
        let view = || derive(&store.get("acme-shop-main-3").unwrap().unwrap(), None).spec;
        assert_eq!(view().pipeline, "acme/shop/main");
        assert_eq!(
            (view().status, view().version.as_str()),
            (Status::Running, "1.2.3")
        );
        store
            .record(&finished(&begun, &Status::Succeeded, "", now))
            .unwrap();
        assert_eq!(view().status, Status::Succeeded);
        assert_eq!(view().completed_timestamp, Some(now));
        assert_eq!(view().steps.len(), 1);
        assert_eq!(store.record(&begun).unwrap(), Change::Stale);
    }
}
