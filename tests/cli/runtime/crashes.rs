//! Apps that do not start, or end by themselves.

use std::time::{Duration, Instant};

use landfall::ports::platform::{Health, Platform as _};

use super::world::{Service, World, lives};

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_crashes_at_its_start_is_answered_503_with_its_log() {
    let world = World::start().await;
    world.release(
        "1.0.0",
        &Service {
            variables: &[("FAULT", "crash")],
            ..Service::default()
        },
    );
    world
        .until("the app is there", async |world| {
            world
                .platform
                .applications()
                .await
                .is_ok_and(|all| !all.is_empty())
        })
        .await;
    let held = world.get("/").await;
    assert_eq!(held.status, 503);
    for part in [
        "does not start",
        "ended with status 1",
        "cannot find the database",
    ] {
        assert!(held.body.contains(part), "{part}: {held:?}");
    }
    let start = Instant::now();
    assert_eq!(world.get("/").await.status, 503);
    assert!(start.elapsed() < Duration::from_secs(1), "at once");
    let application = world.application().await;
    assert_eq!(application.health, Health::Degraded);
    assert!(
        application
            .message
            .is_some_and(|message| message.contains("cannot find the database"))
    );

    // It is tried again, ever more rarely.
    let before = world.instances().await[0].restarts;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let after = world.instances().await[0].restarts;
    assert!(after - before <= 4, "{before} then {after} restarts");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repaired_release_is_served_at_once() {
    let world = World::start().await;
    world.release(
        "1.0.0",
        &Service {
            variables: &[("FAULT", "crash")],
            ..Service::default()
        },
    );
    assert_eq!(world.apply().await.failed().count(), 1);
    world.release("1.0.1", &Service::default());
    assert_eq!(world.apply().await.failed().count(), 0);
    let answer = world.get("/").await;
    assert_eq!((answer.status, answer.version()), (200, "1.0.1"));
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_sent_again_only_where_that_does_no_harm() {
    let world = World::start().await;
    world.release("1.0.0", &Service::default());
    world.apply().await;
    let first = world.get("/").await;
    let again = world.get("/once").await;
    assert_eq!(again.status, 200, "{again:?}");
    assert_ne!(first.pid(), again.pid());
    let post = world
        .send("POST /crash HTTP/1.1\r\nHost: shop.staging.localhost\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")
        .await;
    assert_eq!(post.status, 502, "{post:?}");
    world
        .until("it is started anew", async |world| {
            world
                .instances()
                .await
                .iter()
                .any(|one| one.ready && one.restarts == 2)
        })
        .await;
    assert_eq!(world.get("/").await.status, 200);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_ignores_its_end_is_killed_after_the_grace() {
    let world = World::start().await;
    let spec = serde_json::json!({"timeoutSeconds": 1});
    world.release(
        "1.0.0",
        &Service {
            spec,
            variables: &[("FAULT", "ignore-term")],
            ..Service::default()
        },
    );
    world.apply().await;
    let pid: u32 = world.get("/").await.pid().parse().expect("a process id");
    let start = Instant::now();
    world.end().await;
    assert!(!lives(pid));
    assert!(
        (Duration::from_millis(900)..Duration::from_secs(10)).contains(&start.elapsed()),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grandchild_in_a_session_of_its_own_ends_with_its_instance() {
    let world = World::start().await;
    world.release(
        "1.0.0",
        &Service {
            variables: &[("FAULT", "grandchild")],
            ..Service::default()
        },
    );
    world.apply().await;
    let name = world.instances().await[0].name.clone();
    let marker = format!("LANDFALL_INSTANCE={name}");
    assert!(marked(&marker) >= 2, "the app and its grandchild");
    world.end().await;
    assert_eq!(marked(&marker), 0);
}

/// Processes with this variable.
fn marked(marker: &str) -> usize {
    let processes = std::fs::read_dir("/proc")
        .expect("/proc")
        .filter_map(Result::ok);
    processes
        .filter_map(|entry| std::fs::read(entry.path().join("environ")).ok())
        .filter(|environ| {
            environ
                .split(|byte| *byte == 0)
                .any(|entry| entry == marker.as_bytes())
        })
        .count()
}
