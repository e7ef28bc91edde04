use std::process::Stdio;

use crate::session::Session;

#[test]
fn a_run_is_cancelled_from_another_process() {
    let session = Session::new();
    session.write(
        "work/slow.yaml",
        "\
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  name: slow
spec:
  pipelineSpec:
    tasks:
      - name: sleep
        taskSpec:
          steps:
            - name: sleep
              image: busybox
              script: |
                #!/bin/sh
                echo asleep
                sleep 600
    finally:
      - name: tidy
        taskSpec:
          steps:
            - name: tidy
              image: busybox
              script: |
                #!/bin/sh
                echo tidied
",
    );
    for (grace, tidied) in [(None, false), (Some("CancelledRunFinally"), true)] {
        let child = session
            .command(&[
                "start",
                "pipeline",
                "--file",
                "slow.yaml",
                "--runner",
                "host",
                "--logs",
                "out",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        session.until("the step", || {
            let log = session.work().join("out/sleep-sleep.txt");
            let text = std::fs::read_to_string(log).ok()?;
            text.contains("asleep").then_some(())
        });
        let mut args = vec!["stop", "pipeline", "slow"];
        args.extend(grace.iter().flat_map(|grace| ["--grace", grace]));
        insta::allow_duplicates! {
            insta::assert_snapshot!(session.run(&args), @"
            ---- stderr
            slow has ended
            ");
        }
        let outcome = session.outcome(child.wait_with_output().unwrap());
        assert_eq!(outcome.status, 11, "{outcome}");
        assert_eq!(
            session.work().join("out/tidy-tidy.txt").exists(),
            tidied,
            "{outcome}"
        );
        std::fs::remove_dir_all(session.work().join("out")).unwrap();
    }
    insta::assert_snapshot!(session.run(&["stop", "pipeline", "slow"]), @r#"
    ---- stderr
    error: no pipeline run called "slow" is running

    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);
}
