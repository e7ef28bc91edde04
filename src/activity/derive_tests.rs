use serde_json::json;

use super::*;
use crate::activity::model::{CoreStep, PromoteStep};
use crate::activity::rows::rows;
use crate::ports::activities::contract::{pipeline_run, task_run};

fn record(run: Value, task_runs: Vec<Value>) -> RunRecord {
    RunRecord {
        name: "shop-main-7".to_owned(),
        activity: "acme-shop-main-7".to_owned(),
        pipeline: "acme/shop/main".to_owned(),
        build: "7".to_owned(),
        object: run,
        task_runs,
        ..RunRecord::default()
    }
}

/// The tree as text: label and status, two spaces per level.
fn tree(activity: &PipelineActivity) -> String {
    let mut text = String::new();
    for row in rows(activity) {
        let details: String = row
            .details
            .iter()
            .map(|span| match span {
                crate::activity::rows::Span::Plain(text)
                | crate::activity::rows::Span::Value(text)
                | crate::activity::rows::Span::State(text) => text.as_str(),
            })
            .collect();
        let line = format!(
            "{}{} = {} {details}",
            "  ".repeat(row.depth),
            row.label,
            row.status
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn at(task: &mut Value, start: &str, end: Option<&str>) {
    let time = |clock: &str| json!(format!("2026-11-01T12:{clock}Z"));
    task["status"]["startTime"] = time(start);
    if let Some(end) = end {
        task["status"]["completionTime"] = time(end);
    }
}

#[test]
fn a_failed_release_shows_every_task_with_its_steps() {
    let mut run = pipeline_run("shop", 7, Some(false));
    run["status"]["completionTime"] = json!("2026-11-01T12:00:09Z");
    run["status"]["skippedTasks"] =
        json!([{"name": "promote", "reason": "PipelineRun was stopping"}]);
    let mut checkout = task_run("shop-main-7", "checkout", Some(true));
    at(&mut checkout, "00:01", Some("00:02"));
    checkout["status"]["steps"] = json!([{"name": "checkout", "terminated": {
        "exitCode": 0, "startedAt": "2026-11-01T12:00:01Z", "finishedAt": "2026-11-01T12:00:02Z"}}]);
    let mut version = task_run("shop-main-7", "next-version", Some(true));
    at(&mut version, "00:02", Some("00:03"));
    version["status"]["results"] = json!([{"name": "version", "value": "1.2.3\n"}]);
    let mut test = task_run("shop-main-7", "unit-test", Some(false));
    at(&mut test, "00:02", Some("00:09"));
    test["status"]["steps"] = json!([
        {"name": "lint_all", "terminated": {"exitCode": 3}, "terminationReason": "Continued"},
        {"name": "go-test", "terminated": {"exitCode": 2}, "terminationReason": "Error"},
        {"name": "report", "terminated": {"exitCode": 1}, "terminationReason": "Skipped"},
    ]);
    // Recorded in another order than they started.
    let activity = derive(&record(run, vec![test, version, checkout]), None);
    insta::assert_snapshot!(tree(&activity), @r"
    acme/shop/main #7 = Failed Version: 1.2.3
      checkout = Succeeded
        Checkout = Succeeded
      unit test = Failed
        Lint All = Failed exit code 3, continued
        Go Test = Failed exit code 2
        Report = NotExecuted
      next version = Succeeded
      promote = NotExecuted PipelineRun was stopping
    ");
    assert_eq!(activity.metadata.name, "acme-shop-main-7");
    assert_eq!(activity.metadata.labels["repository"], "shop");
    assert_eq!(activity.spec.git_owner, "acme");
    assert_eq!(activity.status.tasks[1].name, "unit-test");
    assert_eq!(activity.status.tasks[1].steps[1].exit_code, Some(2));
}

#[test]
fn tasks_of_a_matrix_are_told_apart() {
    let run = pipeline_run("shop", 7, None);
    let child = |number: &str| {
        let mut task = task_run("shop-main-7", "test", None);
        task["metadata"]["name"] = json!(format!("shop-main-7-test-{number}"));
        task
    };
    let names = |children| -> Vec<String> {
        let activity = derive(&record(run.clone(), children), None);
        activity
            .status
            .tasks
            .into_iter()
            .map(|task| task.name)
            .collect()
    };
    assert_eq!(names(vec![child("1"), child("0")]), ["test-1", "test-0"]);
    assert_eq!(
        names(vec![child("0ab3"), child("9cd1")]),
        ["test-0", "test-1"]
    );
    assert_eq!(names(vec![child("0")]), ["test"]);
}

#[test]
fn conditions_become_the_words_of_jx() {
    let table = [
        (json!([]), Status::Pending),
        (
            json!([{"type": "Other", "status": "True"}]),
            Status::Pending,
        ),
        (
            json!([{"type": "Succeeded", "status": "Unknown", "reason": "Started"}]),
            Status::Running,
        ),
        (
            json!([{"type": "Succeeded", "status": "Unknown", "reason": "Pending"}]),
            Status::Pending,
        ),
        (
            json!([{"type": "Succeeded", "status": "True", "reason": "Completed"}]),
            Status::Succeeded,
        ),
        (
            json!([{"type": "Succeeded", "status": "False", "reason": "Cancelled"}]),
            Status::Cancelled,
        ),
        (
            json!([{"type": "Succeeded", "status": "False", "reason": "TaskRunCancelled"}]),
            Status::Cancelled,
        ),
        (
            json!([{"type": "Succeeded", "status": "False", "reason": "PipelineRunTimeout"}]),
            Status::TimedOut,
        ),
        (
            json!([{"type": "Succeeded", "status": "False", "reason": "CouldntGetTask"}]),
            Status::Failed,
        ),
    ];
    for (conditions, expected) in table {
        let object = json!({"status": {"conditions": conditions}});
        assert_eq!(Outcome::of(&object, None).status, expected, "{object}");
    }
}

#[test]
fn a_promotion_by_hand_is_rolled_up_from_its_steps() {
    let object = json!({
        "apiVersion": "jenkins.io/v1", "kind": "PipelineActivity",
        "metadata": {"name": "acme-shop-main-8"},
        "spec": {"pipeline": "acme/shop/main", "build": "8", "version": "1.2.3"},
    });
    let mut record = record(object, Vec::new());
    assert_eq!(derive(&record, None).spec.status, Status::Unset);
    let noon: Timestamp = "2026-11-01T12:00:00Z".parse().unwrap();
    for (environment, status) in [
        ("staging", Status::Succeeded),
        ("production", Status::Running),
    ] {
        record.promotions.push(PromoteStep {
            core: CoreStep::new("", status, noon),
            environment: environment.to_owned(),
            ..PromoteStep::default()
        });
    }
    let activity = derive(&record, None);
    assert_eq!(activity.spec.status, Status::Running);
    assert_eq!(activity.spec.started_timestamp, Some(noon));
    assert_eq!(activity.spec.completed_timestamp, None);
    // Its own word that it goes on holds until its process is gone.
    record.object["spec"]["status"] = json!("Running");
    let mut ended = record.clone();
    ended.promotions.truncate(1);
    assert_eq!(derive(&ended, None).spec.status, Status::Running);
    assert_eq!(derive(&ended, Some("gone")).spec.status, Status::Succeeded);
    let aborted = derive(&record, Some("gone")).spec;
    assert_eq!(
        (aborted.status, aborted.message.as_str()),
        (Status::Aborted, "gone")
    );
    let core = &mut record.promotions[1].core;
    core.status = Status::Failed;
    core.completed_timestamp = Some(noon);
    core.message = "the check failed".to_owned();
    let activity = derive(&record, None);
    assert_eq!(activity.spec.status, Status::Failed);
    assert_eq!(activity.spec.message, "the check failed");
    assert_eq!(activity.spec.completed_timestamp, Some(noon));
}

#[test]
fn objects_that_make_no_sense_still_read() {
    for object in [
        json!({"kind": "PipelineRun"}),
        json!({"kind": "PipelineRun", "status": {"conditions": 3, "startTime": "yesterday"}}),
        json!({"kind": "PipelineRun", "metadata": [], "status": {"skippedTasks": [1]}}),
        json!({"kind": "PipelineActivity", "spec": 1}),
    ] {
        let task_runs = vec![
            json!({"status": {"steps": [null, {"terminated": {}}]}}),
            json!(1),
        ];
        let activity = derive(&record(object.clone(), task_runs), None);
        assert_eq!(activity.metadata.name, "acme-shop-main-7", "{object}");
    }
}
