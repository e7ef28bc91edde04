//! A new release of an app that is in use.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use landfall::ports::platform::Health;

use super::world::{Answer, Service, World};

/// Sends requests from eight clients until told to end; returns all answers.
fn load(
    world: &Arc<World>,
    path: &'static str,
) -> (Arc<AtomicBool>, tokio::task::JoinHandle<Vec<Answer>>) {
    let end = Arc::new(AtomicBool::new(false));
    let (world, ended) = (Arc::clone(world), Arc::clone(&end));
    let clients = tokio::spawn(async move {
        let client = || async {
            let mut answers = Vec::new();
            while !ended.load(Ordering::Relaxed) {
                answers.push(world.get(path).await);
            }
            answers
        };
        futures_util::future::join_all((0..8).map(|_| client()))
            .await
            .concat()
    });
    (end, clients)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_under_load_loses_no_request() {
    let world = Arc::new(World::start().await);
    world.release("1.0.0", &Service::default());
    world.apply().await;
    let (end, clients) = load(&world, "/slow?20");
    for version in ["1.1.0", "1.2.0", "1.3.0"] {
        tokio::time::sleep(Duration::from_millis(300)).await;
        world.release(
            version,
            &Service {
                variables: &[("START_MS", "200")],
                ..Service::default()
            },
        );
        let applied = world.apply().await;
        assert_eq!((applied.failed().count(), applied.timed_out), (0, false));
        assert_eq!(world.get("/").await.version(), version);
    }
    // Time for the clients to meet the last one too.
    tokio::time::sleep(Duration::from_millis(300)).await;
    end.store(true, Ordering::Relaxed);
    let answers = clients.await.expect("clients");
    let lost: Vec<&Answer> = answers
        .iter()
        .filter(|answer| answer.status != 200)
        .collect();
    assert!(
        lost.is_empty(),
        "{} of {}: {:?}",
        lost.len(),
        answers.len(),
        lost.first()
    );
    assert!(answers.iter().any(|answer| answer.version() == "1.0.0"));
    assert!(answers.iter().any(|answer| answer.version() == "1.3.0"));
    world
        .until("old releases end", async |world| {
            world.instances().await.len() == 1
        })
        .await;
    Arc::into_inner(world).expect("the only one").end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_apps_that_are_asked_for_are_waited_for() {
    let world = World::start().await;
    world.release("1.0.0", &Service::default());
    world.apply().await;
    let never = Service {
        variables: &[("FAULT", "never-listen")],
        ..Service::default()
    };
    world.release("2.0.0", &never);
    let moment = Duration::from_millis(300);
    for apps in [None, Some(&["shop"][..])] {
        let applied = world.apply_within(apps, moment).await;
        assert!(applied.timed_out, "{applied:?}");
    }
    // Another app's commit does not wait for this one, and is not told that its own time was up.
    let applied = world.apply_within(Some(&["cart"]), moment).await;
    assert!(!applied.timed_out, "{applied:?}");
    assert_eq!(applied.applications[0].health, Health::Progressing);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_does_not_start_takes_no_request() {
    let world = Arc::new(World::start().await);
    world.release("1.0.0", &Service::default());
    world.apply().await;
    let (end, clients) = load(&world, "/");
    world.release(
        "2.0.0",
        &Service {
            variables: &[("FAULT", "crash")],
            ..Service::default()
        },
    );
    let applied = world.apply().await;
    let [failed] = applied.failed().collect::<Vec<_>>()[..] else {
        panic!("{applied:?}");
    };
    assert_eq!(
        (failed.version.as_str(), failed.health),
        ("1.0.0", Health::Degraded)
    );
    let message = failed.message.as_deref().unwrap_or_default();
    for part in [
        "version 2.0.0 does not start, 1.0.0 keeps running",
        "cannot find the database",
    ] {
        assert!(message.contains(part), "{part}: {message}");
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    end.store(true, Ordering::Relaxed);
    let answers = clients.await.expect("clients");
    assert!(
        answers
            .iter()
            .all(|answer| answer.status == 200 && answer.version() == "1.0.0")
    );

    // Back to what runs: nothing to start, nothing to complain about.
    world.release("1.0.0", &Service::default());
    let applied = world.apply().await;
    assert_eq!(applied.applications[0].health, Health::Healthy);
    Arc::into_inner(world).expect("the only one").end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_way_is_answered_by_the_old_release() {
    let world = Arc::new(World::start().await);
    world.release("1.0.0", &Service::default());
    world.apply().await;
    let slow = {
        let world = Arc::clone(&world);
        tokio::spawn(async move { world.get("/slow?2000").await })
    };
    tokio::time::sleep(Duration::from_millis(200)).await;
    world.release("1.1.0", &Service::default());
    world.apply().await;
    assert_eq!(world.get("/").await.version(), "1.1.0");
    let slow = slow.await.expect("answered");
    assert_eq!((slow.status, slow.version()), (200, "1.0.0"));
    Arc::into_inner(world).expect("the only one").end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_environment_that_cannot_be_read_keeps_what_runs() {
    let world = World::start().await;
    world.release("1.0.0", &Service::default());
    world.apply().await;
    world.environments.set(
        "staging",
        "bad",
        Err("charts/shop: no such chart".to_owned()),
    );
    world
        .until("the problem is noted", async |world| {
            use landfall::ports::platform::Platform as _;
            let status = world.platform.status().await.expect("status");
            status.environments[0].problem.as_deref() == Some("charts/shop: no such chart")
        })
        .await;
    assert_eq!(world.get("/").await.version(), "1.0.0");
    world.environments.remove("staging");
    world
        .until("it is gone", async |world| {
            world.get("/").await.status == 404
        })
        .await;
    world.end().await;
}
