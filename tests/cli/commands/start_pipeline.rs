use serde_json::{Value, json};

use crate::session::Session;

fn run(name: &str, script: &str) -> String {
    format!(
        "\
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  name: {name}
spec:
  pipelineSpec:
    tasks:
      - name: greet
        taskSpec:
          steps:
            - name: say
              image: busybox
              script: |
                #!/bin/sh
                {script}
"
    )
}

fn start(session: &Session, name: &str, script: &str, more: &[&str]) -> crate::session::Outcome {
    session.write(&format!("work/{name}.yaml"), &run(name, script));
    let file = format!("{name}.yaml");
    // The host runner is there on every machine.
    let args = ["start", "pipeline", "--file", &file, "--runner", "host"];
    session.run(&[&args, more].concat())
}

#[test]
fn a_run_ends_with_the_status_of_its_outcome() {
    let session = Session::new();
    insta::assert_snapshot!(start(&session, "hello", "echo hello", &[]), @"
    hello: Succeeded: Tasks Completed: 1 (Failed: 0, Cancelled 0), Skipped: 0
    ---- stderr
    runner: host
    not simulated: images: steps use the programs of this machine
    hello-greet: Succeeded
    ");
    insta::assert_snapshot!(start(&session, "bad", "echo no; exit 3", &[]), @"
    bad: Failed: Tasks Completed: 1 (Failed: 1, Cancelled 0), Skipped: 0
    ---- stderr
    runner: host
    not simulated: images: steps use the programs of this machine
    bad-greet: StepFailed
    the end of /ROOT_________/home/state/runs/bad/logs/greet-say.txt:
    [greet : say] no
    hint: the run's folder is kept: /ROOT_________/home/state/runs/bad
    ---- status 10
    ");
    assert_eq!(
        session.read("home/state/runs/bad/logs/greet-say.txt"),
        "no\n",
        "the folder is kept"
    );
}

#[test]
fn the_answer_for_scripts_is_a_list_of_tekton_objects() {
    let session = Session::new();
    let outcome = start(
        &session,
        "bad",
        "echo no; exit 3",
        &["-o", "json", "--logs", "out"],
    );
    assert_eq!(outcome.status, 10, "{outcome}");
    let list: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(list["kind"], "List");
    let kinds: Vec<&Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["kind"])
        .collect();
    assert_eq!(kinds, ["PipelineRun", "TaskRun"]);
    let condition = &list["items"][0]["status"]["conditions"][0];
    assert_eq!(condition["type"], "Succeeded");
    assert_eq!(condition["status"], "False");
    assert_eq!(condition["reason"], "Failed");
    let step = &list["items"][1]["status"]["steps"][0];
    assert_eq!(step["terminated"]["exitCode"], 3);
    assert_eq!(session.read("work/out/greet-say.txt"), "no\n");
}

#[test]
fn what_tekton_would_refuse_runs_nothing() {
    let session = Session::new();
    session.write(
        "work/empty.yaml",
        "apiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata:\n  name: empty\nspec:\n  pipelineSpec:\n    tasks: []\n",
    );
    let outcome = session.run(&["start", "pipeline", "--file", "empty.yaml", "-o", "json"]);
    assert_eq!(outcome.status, 1, "{outcome}");
    let answer: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let denied = answer["denied"].as_array().unwrap();
    assert_eq!(denied.len(), 1, "{answer}");
    let keys: Vec<&String> = denied[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["kind", "name", "message"]);
    assert_eq!(denied[0]["kind"], "PipelineRun");
    assert_eq!(denied[0]["name"], "empty");
    assert_eq!(answer["taskRuns"], json!([]));
    insta::assert_snapshot!(session.run(&["start", "pipeline", "--file", "empty.yaml"]), @r#"
    ---- stderr
    error: /ROOT_________/work/empty.yaml:6: PipelineRun empty: admission webhook "validation.webhook.pipeline.tekton.dev" denied the request: validation failed: expected at least one, got none: spec.pipelineSpec.description, spec.pipelineSpec.params, spec.pipelineSpec.resources, spec.pipelineSpec.tasks, spec.pipelineSpec.workspaces

    hint: `landfall explain LF0030` says more
    ---- status 1
    "#);
    assert!(!session.state().join("runs").exists(), "nothing ran");
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_place() {
    let session = Session::new();
    session.write(
        "work/broken.yaml",
        "apiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata: [\n",
    );
    insta::assert_snapshot!(session.run(&["start", "pipeline", "--file", "broken.yaml"]), @"
    ---- stderr
    error: /ROOT_________/work/broken.yaml: document 1, which starts in line 1: yaml: line 3: did not find expected node content

    hint: `landfall explain LF0030` says more
    ---- status 1
    ");
    insta::assert_snapshot!(session.run(&["start", "pipeline", "--file", "missing.yaml"]), @"
    ---- stderr
    error: cannot read /ROOT_________/work/missing.yaml: no such file or folder

    hint: `landfall explain LF0010` says more
    ---- status 1
    ");
    session.write("work/two.yaml", "a: 1\n");
    insta::assert_snapshot!(session.run(&["start", "pipeline", "--file", "two.yaml"]), @"
    ---- stderr
    error: /ROOT_________/work/two.yaml: document 1: no kind

    hint: `landfall explain LF0030` says more
    ---- status 1
    ");
}

#[test]
fn a_pipeline_of_the_repository_runs_on_the_working_tree() {
    let session = Session::new();
    let folder = session.repository(
        "shop",
        &[
            ("note.txt", "committed\n"),
            (".tekton/pipelines/check.yaml", CHECK),
            (".tekton/check.yaml", CHECK_RUN),
        ],
    );
    session.write(&format!("{folder}/note.txt"), "changed\n");
    let outcome = session.run_in(&folder, &["start", "pipeline", "check"]);
    assert_eq!(outcome.status, 0, "{outcome}");
    assert!(
        outcome
            .stderr
            .contains("warning: 1 file with changes that are not committed"),
        "{outcome}"
    );
    // It is an activity like one that a push starts, with its log.
    insta::assert_snapshot!(session.run(&["get", "activities"]).stable(), @"
    STEP             STARTED AGO DURATION STATUS
    ada/shop/main #1          #s       #s Succeeded
      look                    #s       #s Succeeded
        Look                  #s       #s Succeeded
    ");
    insta::assert_snapshot!(session.run(&["logs", "ada/shop/main"]), @"[look : look] changed");
    insta::assert_snapshot!(session.run_in(&folder, &["start", "pipeline"]), @r#"
    ---- stderr
    error: there is no PipelineRun called "release" in .tekton

    hint: `landfall import` writes the pipelines of a language pack
    hint: `landfall explain LF0030` says more
    ---- status 1
    "#);
    insta::assert_snapshot!(session.git(&folder, &["status", "--short"]), @" M note.txt");
}

const CHECK: &str = "\
apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: check
spec:
  workspaces:
    - name: source
  tasks:
    - name: look
      workspaces:
        - name: source
      taskSpec:
        workspaces:
          - name: source
        steps:
          - name: look
            image: any
            script: |
              #!/bin/sh
              cat \"$(workspaces.source.path)/note.txt\"
";

const CHECK_RUN: &str = "\
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  name: check
spec:
  pipelineRef:
    name: check
  workspaces:
    - name: source
      volumeClaimTemplate:
        spec:
          accessModes: [ReadWriteOnce]
          resources:
            requests:
              storage: 1Mi
";

#[test]
fn what_this_version_cannot_do_is_refused_by_name() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["start", "pipeline"]), @"
    ---- stderr
    error: /ROOT_________/work is in no Git repository

    hint: run it in a repository, or name a file with --file
    hint: `landfall explain LF0021` says more
    ---- status 1
    ");
    insta::assert_snapshot!(session.run(&["start", "pipeline", "--file", "x.yaml", "--runner", "podman"]), @"
    ---- stderr
    error: running steps in a container engine is not there yet

    hint: use --runner isolated or --runner host
    hint: `landfall explain LF0001` says more
    ---- status 2
    ");
}
