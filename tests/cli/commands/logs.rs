use std::process::Stdio;
use std::time::{Duration, Instant};

use super::runs::{PIPELINE, imported, push, until};
use crate::session::Session;

#[test]
fn every_line_stands_after_its_task_and_step() {
    let session = Session::with_platform();
    insta::assert_snapshot!(session.run(&["logs"]), @"
    ---- stderr
    error: no pipeline has run yet

    hint: `landfall import` runs the first one
    hint: `landfall explain LF0004` says more
    ---- status 5
    ");
    let folder = imported(&session, "printf 'one\\n\\ntwo without an end'");
    until(&session, "1", "Succeeded");
    insta::assert_snapshot!(session.run(&["logs"]), @"
    [build : compile] compiling
    [build : test] one
    [build : test]
    [build : test] two without an end
    ");
    insta::assert_snapshot!(session.run(&["logs", "shop", "--step", "test"]), @"
    [build : test] one
    [build : test]
    [build : test] two without an end
    ");
    insta::assert_snapshot!(session.run(&["logs", "shop", "--step", "build/compile"]), @"[build : compile] compiling");
    insta::assert_snapshot!(session.run(&["logs", "shop", "--step", "tset"]), @r#"
    ---- stderr
    error: no step is called "tset"

    hint: did you mean test?
    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);
    insta::assert_snapshot!(session.run(&["logs", "shop", "--step", "test", "--raw"]), @"
    one

    two without an end
    ");
    insta::assert_snapshot!(session.run(&["logs", "store"]), @r#"
    ---- stderr
    error: no activity is called "store"

    hint: known: ada/shop/main
    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);

    push(&session, &folder, "echo no >&2; exit 3");
    until(&session, "2", "Failed");
    insta::assert_snapshot!(session.run(&["logs", "ada/shop/main", "--exit-status"]), @"
    [build : compile] compiling
    [build : test] no
    ---- status 10
    ");
    assert_eq!(
        session
            .run(&["logs", PIPELINE, "--build", "1", "--exit-status"])
            .status,
        0
    );
    // The label of the table works as a name.
    assert_eq!(
        session
            .run(&["logs", "ada/shop/main #2", "--exit-status"])
            .status,
        10
    );
}

#[test]
fn a_log_is_followed_while_it_is_written() {
    let session = Session::with_platform();
    imported(&session, "echo first; sleep 600");
    until(&session, "1", "Running");
    let child = session
        .command(&["logs", "--follow", "--exit-status"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The step says its first words, then the run is cancelled; both reach the reader, who waits for neither for long.
    session.until("the first words", || {
        session
            .run(&["logs", "--step", "test"])
            .stdout
            .contains("first")
            .then_some(())
    });
    let begun = Instant::now();
    let running = until(&session, "1", "Running");
    let name = running["metadata"]["name"].as_str().unwrap();
    assert_eq!(session.run(&["stop", "pipeline", name]).status, 0);
    let outcome = session.outcome(child.wait_with_output().unwrap());
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "{:?}",
        begun.elapsed()
    );
    insta::assert_snapshot!(outcome, @"
    [build : compile] compiling
    [build : test] first
    ---- status 11
    ");
}
