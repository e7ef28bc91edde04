use serde_json::Value;

use super::runs::{PIPELINE, imported, push, until};
use crate::session::Session;

#[test]
fn runs_are_listed_with_their_stages_and_steps() {
    let session = Session::with_platform();
    insta::assert_snapshot!(session.run(&["get", "activities"]), @"
    STEP STARTED AGO DURATION STATUS
    ---- stderr
    no activity yet; `landfall import` runs the first pipeline
    ");
    let folder = imported(&session, "echo tested");
    until(&session, "1", "Succeeded");
    push(&session, &folder, "echo broken; exit 3");
    until(&session, "2", "Failed");
    let list = session.run(&["get", "activities"]).stable();
    insta::assert_snapshot!(list, @"
    STEP             STARTED AGO DURATION STATUS
    ada/shop/main #1          #s       #s Succeeded
      build                   #s       #s Succeeded
        Compile               #s       #s Succeeded
        Test                  #s       #s Succeeded
    ada/shop/main #2          #s       #s Failed
      build                   #s       #s Failed
        Compile               #s       #s Succeeded
        Test                  #s       #s Failed exit code 3
    ");
    insta::assert_snapshot!(session.run(&["get", "activities", "-o", "name"]), @"
    activity/ada-shop-main-1
    activity/ada-shop-main-2
    ");
    insta::assert_snapshot!(session.run(&["get", "act", "--build", "1", "-o", "name"]), @"activity/ada-shop-main-1");
    insta::assert_snapshot!(session.run(&["get", "activities", "--limit", "1", "-o", "name"]), @"activity/ada-shop-main-2");
    insta::assert_snapshot!(session.run(&["get", "activities", "--filter", "nobody"]), @r#"
    STEP STARTED AGO DURATION STATUS
    ---- stderr
    no activity has "nobody" in its name
    "#);
}

#[test]
fn the_status_is_that_of_the_runs_when_it_is_asked_for() {
    let session = Session::with_platform();
    let status = |more: &[&str]| {
        session
            .run(
                &[
                    &["get", "activities", "--filter", PIPELINE, "--exit-status"],
                    more,
                ]
                .concat(),
            )
            .status
    };
    assert_eq!(status(&[]), 5, "nothing is there");
    let folder = imported(&session, "exit 0");
    assert_eq!(status(&["--watch"]), 0);
    assert_eq!(status(&[]), 0);
    push(&session, &folder, "exit 3");
    until(&session, "2", "Failed");
    assert_eq!(status(&["--watch"]), 10);
    assert_eq!(status(&["--build", "1"]), 0, "a build of its own");
    push(&session, &folder, "sleep 600");
    let running = until(&session, "3", "Running");
    assert_eq!(status(&["--build", "3"]), 8, "has not ended");
    let run = running["metadata"]["name"].as_str().unwrap();
    let stopped = session.run(&["stop", "pipeline", run]);
    assert_eq!(stopped.status, 0, "{stopped}");
    until(&session, "3", "Cancelled");
    assert_eq!(status(&["--watch"]), 11);
}

#[test]
fn objects_are_those_of_jenkins_x() {
    let session = Session::with_platform();
    imported(&session, "exit 0");
    until(&session, "1", "Succeeded");
    let list = session.json(&["get", "activities"]);
    assert_eq!(list["apiVersion"], "v1");
    assert_eq!(list["kind"], "List");
    let one = &list["items"][0];
    assert_eq!(one["apiVersion"], "jenkins.io/v1");
    assert_eq!(one["kind"], "PipelineActivity");
    let spec = &one["spec"];
    assert_eq!(spec["pipeline"], PIPELINE);
    assert_eq!(spec["build"], "1");
    assert_eq!(spec["status"], "Succeeded");
    assert_eq!(spec["gitOwner"], "ada");
    assert_eq!(spec["gitRepository"], "shop");
    assert_eq!(spec["gitBranch"], "main");
    for key in ["startedTimestamp", "completedTimestamp"] {
        let time = spec[key].as_str().unwrap();
        assert!(
            time.ends_with('Z') && time.parse::<jiff::Timestamp>().is_ok(),
            "{time}"
        );
    }
    let stages: Vec<&Value> = spec["steps"].as_array().unwrap().iter().collect();
    assert_eq!(stages.len(), 1);
    assert_eq!(stages[0]["kind"], "Stage");
    let steps = stages[0]["stage"]["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 2);
    assert!(steps.iter().all(|step| step["status"] == "Succeeded"));
}

#[test]
fn events_are_one_a_line_with_rising_numbers_and_end_with_the_runs() {
    let session = Session::with_platform();
    imported(&session, "exit 0");
    let outcome = session.run(&[
        "get",
        "activities",
        "--filter",
        PIPELINE,
        "--watch",
        "--exit-status",
        "-o",
        "jsonl",
    ]);
    assert_eq!(outcome.status, 0, "{outcome}");
    let events: Vec<Value> = outcome
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(events[0]["type"], "added");
    let mut seq = 0;
    for event in &events {
        let keys: Vec<&String> = event.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["seq", "type", "object"]);
        assert!(event["seq"].as_u64().unwrap() > seq, "{events:?}");
        seq = event["seq"].as_u64().unwrap();
        assert_eq!(event["object"]["kind"], "PipelineActivity");
    }
    assert_eq!(
        events.last().unwrap()["object"]["spec"]["status"],
        "Succeeded"
    );
}

#[test]
fn a_watch_has_no_json_form() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["get", "activities", "--watch", "-o", "json"]), @r#"
    ---- stderr
    {"error":"a watch has no end that such an answer could have","causes":[],"code":null,"exit":2,"hints":["use -o jsonl: one event a line"]}
    ---- status 2
    "#);
    insta::assert_snapshot!(session.run(&["get", "activities", "--watch", "-o", "name"]), @"
    ---- stderr
    error: a watch has no end that such an answer could have

    hint: use -o jsonl: one event a line
    ---- status 2
    ");
}

#[test]
fn a_file_that_tekton_would_refuse_is_a_failed_run_that_says_why() {
    let session = Session::with_platform();
    let folder = imported(&session, "exit 0");
    until(&session, "1", "Succeeded");
    session.write(
        &format!("{folder}/.tekton/release.yaml"),
        "kind: PipelineRun\nmetadata: [\n",
    );
    session.git(
        &folder,
        &["commit", "--quiet", "--all", "-m", "feat: broken"],
    );
    session.git(&folder, &["push", "--quiet", "origin", "main"]);
    until(&session, "2", "Failed");
    insta::assert_snapshot!(session.run(&["get", "activities", "--build", "2"]).stable(), @"
    STEP             STARTED AGO DURATION STATUS
    ada/shop/main #2          #s       #s Failed .tekton/release.yaml: document 1, which starts in line 1: yaml: line 2: did not find expected node content
    ");
    insta::assert_snapshot!(session.run(&["logs"]).stable(), @"
    ---- stderr
    ada-shop-main-2 has no steps: .tekton/release.yaml: document 1, which starts in line 1: yaml: line 2: did not find expected node content
    ");
}
