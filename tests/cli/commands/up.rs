use std::net::{Ipv4Addr, TcpListener};

use crate::session::Session;

#[test]
fn the_platform_comes_up_once_and_goes_down_once() {
    let session = Session::with_platform();
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
    let resident = session.resident();
    insta::assert_snapshot!(session.run(&["up"]).stable(), @"
    ---- stderr
    the local platform is up already (process PID)
    gateway: http://localhost:PORT_
    ");
    insta::assert_snapshot!(session.run(&["up", "--port", "9"]).stable(), @"
    ---- stderr
    the local platform is up already (process PID)
    gateway: http://localhost:PORT_
    hint: another port needs a new start: `landfall down`, then `landfall up --port PORT`
    ");
    assert_eq!(session.resident(), resident, "it is the same process");
    insta::assert_snapshot!(session.run(&["status"]).stable(), @"
    ---- stderr
    no instances: every app is asleep, or there is none
    gateway: http://localhost:PORT_
    ");
    let answer = session.get("shop.staging.localhost", "/");
    assert_eq!(answer.status, 404);
    insta::assert_snapshot!(answer.body, @"
    no app answers to shop.staging.localhost

    no app is there yet
    ");
    insta::assert_snapshot!(session.run(&["down"]), @"
    ---- stderr
    the local platform is down
    ");
    insta::assert_snapshot!(session.run(&["down"]), @"
    ---- stderr
    the local platform is not running
    ");
    assert!(!session.state().join("run/control.sock").exists());
}

#[test]
fn a_port_that_is_taken_is_said_and_the_next_free_one_is_used() {
    let session = Session::with_platform();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, session.port())).unwrap();
    let outcome = session.run(&["up"]);
    assert_eq!(outcome.status, 0, "{outcome}");
    let status = session.json(&["status"]);
    let port = status["status"]["port"].as_u64().unwrap();
    assert!(port > u64::from(session.port()), "{status}");
    let expected = format!(
        "gateway: http://localhost:{port} (port {} is taken)\n",
        session.port()
    );
    assert!(outcome.stderr.ends_with(&expected), "{outcome}");
    let serve_log = session.read("home/state/run/serve.log");
    let expected = format!("port {} is taken, using {port}\n", session.port());
    assert!(serve_log.contains(&expected), "{serve_log}");
    drop(taken);
}

#[test]
fn two_that_come_up_at_once_are_one() {
    let session = Session::with_platform();
    let children: Vec<_> = (0..4)
        .map(|_| {
            session
                .command(&["up"])
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let mut started = 0;
    for child in children {
        let outcome = session.outcome(child.wait_with_output().unwrap());
        assert_eq!(outcome.status, 0, "{outcome}");
        started += usize::from(outcome.stderr.contains("the local platform is up (process"));
    }
    assert_eq!(started, 1, "one of them started it");
}
