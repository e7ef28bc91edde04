//! A resident that is killed while it works: the next one takes up what it left.

use std::os::unix::net::UnixStream;

use crate::commands::runs::{imported, until};
use crate::session::{Session, kill};

/// Kills the resident and waits until nothing of it is left: its threads end one after the other, the socket with the last.
fn kill_resident(session: &Session) {
    kill(&session.resident());
    let socket = session.state().join("run/control.sock");
    session.until("the end of the resident", || {
        UnixStream::connect(&socket).err()
    });
}

#[test]
fn a_pipeline_whose_resident_was_killed_is_done_again() {
    let session = Session::with_platform();
    // The first run waits to be killed; one that comes later goes on.
    let mark = session.root().join("mark");
    let mark = mark.display();
    let script = format!("if test -e {mark}; then exit 0; fi; echo >{mark}; sleep 600");
    imported(&session, &script);
    session.until("the step", || {
        session.root().join("mark").exists().then_some(())
    });
    kill_resident(&session);
    let outcome = session.run(&[
        "get",
        "activities",
        "--build",
        "1",
        "--exit-status",
        "--no-start",
    ]);
    assert_ne!(
        outcome.status, 8,
        "nobody runs it, so it does not go on: {outcome}"
    );

    session.done_in("work", &["up"]);
    let items = session.until("the event to be done again", || {
        let list = session.json(&["get", "activities", "--filter", "ada/shop/main"]);
        let items = list["items"].as_array()?.clone();
        let states: Vec<&str> = items
            .iter()
            .filter_map(|one| one["spec"]["status"].as_str())
            .collect();
        let is_done = states.contains(&"Succeeded")
            && !states.contains(&"Running")
            && !states.contains(&"Pending");
        is_done.then_some(items)
    });
    let commits: Vec<_> = items
        .iter()
        .map(|one| &one["spec"]["lastCommitSHA"])
        .collect();
    assert!(
        commits.iter().all(|commit| *commit == commits[0]),
        "{commits:?}"
    );
    assert_eq!(
        session.json(&["get", "activities"])["items"]
            .as_array()
            .unwrap()
            .len(),
        items.len()
    );
}

#[test]
fn what_ran_is_served_again_by_the_next_resident() {
    let session = Session::with_platform();
    let folder = session.repository("site", &[("index.html", "hello\n")]);
    session.done_in(&folder, &["import", "--batch-mode"]);
    session.done_in(
        &folder,
        &[
            "get",
            "activities",
            "--filter",
            "ada/site/main",
            "--watch",
            "--exit-status",
        ],
    );
    assert_eq!(session.get("site.staging.localhost", "/").body, "hello\n");
    let instance = session.json(&["status"])["items"][0]["pid"].to_string();
    kill_resident(&session);
    session.until("the end of the app", || {
        let state = std::fs::read_to_string(format!("/proc/{instance}/stat")).ok();
        state.is_none_or(|text| text.contains(") Z ")).then_some(())
    });
    insta::assert_snapshot!(session.run(&["status"]), @"
    ---- stderr
    error: the local platform is not running

    hint: `landfall up` starts it
    hint: `landfall explain LF0070` says more
    ---- status 1
    ");
    insta::assert_snapshot!(session.run(&["up"]).stable(), @"
    ---- stderr
    the local platform is up (process PID)
    gateway: http://localhost:PORT_
    ");
    session.until("the app again", || {
        (session.get("site.staging.localhost", "/").body == "hello\n").then_some(())
    });
    assert_ne!(
        session.json(&["status"])["items"][0]["pid"].to_string(),
        instance
    );
}

/// The platform is killed at growing delays from the push on; the release always arrives, and nothing stays Running.
#[test]
fn a_release_survives_a_resident_that_is_killed_at_any_moment() {
    const POINTS: u64 = 5;
    for point in 0..POINTS {
        let session = Session::with_platform();
        let folder = session.repository("site", &[("index.html", "hello\n")]);
        session.done_in(&folder, &["import", "--batch-mode"]);
        std::thread::sleep(std::time::Duration::from_millis(50 + 300 * point));
        kill_resident(&session);
        session.done_in("work", &["up"]);
        session.until(&format!("point {point}: the app in staging"), || {
            let answer = session.get("site.staging.localhost", "/");
            (answer.body == "hello\n").then_some(())
        });
        session.until(&format!("point {point}: the end of all runs"), || {
            let list = session.json(&["get", "activities"]);
            let mut items = list["items"].as_array()?.iter();
            items
                .all(|one| {
                    !["Running", "Pending"]
                        .contains(&one["spec"]["status"].as_str().unwrap_or_default())
                })
                .then_some(())
        });
        let newest = until_newest(&session);
        assert_eq!(newest, "Succeeded", "point {point}");
    }
}

/// The status of the newest run of the app's pipeline.
fn until_newest(session: &Session) -> String {
    let list = session.json(&[
        "get",
        "activities",
        "--filter",
        "ada/site/main",
        "--limit",
        "1",
    ]);
    list["items"][0]["spec"]["status"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn stopping_the_platform_ends_what_runs_and_leaves_nothing_running() {
    let session = Session::with_platform();
    imported(&session, "sleep 600");
    until(&session, "1", "Running");
    session.done_in("work", &["down"]);
    // The process may need a moment more than its socket.
    session.until("the end of the run", || {
        let args = ["get", "activities", "--exit-status", "--no-start"];
        (session.run(&args).status == 10).then_some(())
    });
}
