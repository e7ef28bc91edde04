//! Requests for an app that sleeps.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt as _;

use futures_util::future::join_all;

use super::world::{Service, World};

const QUICK: &[(&str, &str)] = &[("window", "6s")];

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_requests_at_once_start_one_process_and_are_all_answered() {
    let world = World::start().await;
    world.release(
        "1.0.0",
        &Service {
            scaling: QUICK,
            variables: &[("START_MS", "300")],
            ..Service::default()
        },
    );
    world.apply().await;
    world.until_asleep().await;
    let start = Instant::now();
    let answers = join_all((0..200).map(|_| world.get("/"))).await;
    assert!(
        answers.iter().all(|answer| answer.status == 200),
        "{answers:?}"
    );
    let pids: BTreeSet<&str> = answers.iter().map(super::world::Answer::pid).collect();
    assert_eq!(pids.len(), 1, "one start");
    assert!(
        start.elapsed() >= Duration::from_millis(300),
        "they were held"
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quiet_app_sleeps_after_its_window_and_wakes_for_the_next_request() {
    let world = World::start().await;
    world.release(
        "1.0.0",
        &Service {
            scaling: QUICK,
            ..Service::default()
        },
    );
    world.apply().await;
    assert_eq!(world.get("/").await.status, 200);
    let slept = world.until_asleep().await;
    assert!(
        (Duration::from_secs(5)..Duration::from_secs(12)).contains(&slept),
        "asleep after {slept:?}"
    );
    let application = world.application().await;
    assert!(application.asleep, "{application:?}");
    let start = Instant::now();
    assert_eq!(world.get("/").await.status, 200);
    // The launcher, the app and the gateway on a busy machine in a debug build; the figure is measured elsewhere.
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "woken in {:?}",
        start.elapsed()
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_request_keeps_its_instance_awake() {
    let world = World::start().await;
    world.release(
        "1.0.0",
        &Service {
            scaling: QUICK,
            ..Service::default()
        },
    );
    world.apply().await;
    let answer = world.get("/slow?9000").await;
    assert_eq!(answer.status, 200);
    let pids: Vec<String> = world
        .instances()
        .await
        .iter()
        .filter_map(|instance| instance.pid)
        .map(|pid| pid.to_string())
        .collect();
    assert_eq!(pids, [answer.pid()], "the instance is still there");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_goes_away_gives_its_place_back() {
    let world = World::start().await;
    world.release(
        "1.0.0",
        &Service {
            scaling: QUICK,
            variables: &[("FAULT", "never-listen")],
            ..Service::default()
        },
    );
    world.environments.set(
        "empty",
        "0",
        Ok(landfall::ports::platform::EnvironmentContent::default()),
    );
    world
        .until("the app is there", async |world| {
            !world.instances().await.is_empty()
        })
        .await;
    let mut stream = world.connect().await;
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: shop.staging.localhost\r\n\r\n")
        .await
        .expect("sent");
    tokio::time::sleep(Duration::from_millis(200)).await;
    drop(stream);
    // With nobody waiting, the end is not held up by the request.
    let start = Instant::now();
    world.end().await;
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "ended in {:?}",
        start.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_waits_too_long_is_answered_504() {
    let world = World::start().await;
    let spec = serde_json::json!({"timeoutSeconds": 1});
    world.release(
        "1.0.0",
        &Service {
            scaling: QUICK,
            spec,
            variables: &[("START_MS", "5000")],
        },
    );
    world
        .until("the app is there", async |world| {
            !world.instances().await.is_empty()
        })
        .await;
    let answer = world.get("/").await;
    assert_eq!(answer.status, 504);
    assert!(answer.body.contains("request timeout"), "{answer:?}");
    world.end().await;
}
