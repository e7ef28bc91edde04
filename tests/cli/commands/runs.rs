//! What the tests of runs share: a repository whose pipeline is plain `sh`, pushed to the local forge.

use serde_json::Value;

use crate::session::Session;

/// The pipeline of all its runs so far.
pub(crate) const PIPELINE: &str = "ada/shop/main";

/// A `PipelineRun` for pushes with one task of two steps; `script` is that of the second.
pub(crate) fn on_push(script: &str) -> String {
    let script = script.replace('\n', "\n            ");
    format!(
        "\
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  name: release
  annotations:
    pipelinesascode.tekton.dev/on-event: \"[push]\"
    pipelinesascode.tekton.dev/on-target-branch: \"[main]\"
spec:
  pipelineSpec:
    tasks:
      - name: build
        taskSpec:
          steps:
            - name: compile
              image: busybox
              script: |
                #!/bin/sh
                echo compiling
            - name: test
              image: busybox
              script: |
                #!/bin/sh
                {}
",
        script.replace("\n            ", "\n                ")
    )
}

/// A repository `work/shop` with that pipeline, imported; the local platform runs it.
pub(crate) fn imported(session: &Session, script: &str) -> String {
    let folder = session.repository(
        "shop",
        &[
            ("index.html", "<h1>Shop</h1>\n"),
            (".tekton/release.yaml", &on_push(script)),
        ],
    );
    session.done_in(&folder, &["import", "--batch-mode"]);
    folder
}

/// Pushes the next commit, with this script.
pub(crate) fn push(session: &Session, folder: &str, script: &str) {
    session.write(&format!("{folder}/.tekton/release.yaml"), &on_push(script));
    session.git(folder, &["commit", "--quiet", "--all", "-m", "feat: next"]);
    session.git(folder, &["push", "--quiet", "origin", "main"]);
}

/// The activity of a build once its status is as wanted.
pub(crate) fn until(session: &Session, build: &str, status: &str) -> Value {
    session.until(&format!("build {build} {status}"), || {
        let list = session.json(&["get", "activities", "--filter", PIPELINE, "--build", build]);
        let found = list["items"].as_array()?.first()?.clone();
        (found["spec"]["status"] == status).then_some(found)
    })
}
