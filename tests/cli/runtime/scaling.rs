//! How many instances a load gets.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join_all;

use super::world::{Service, World};

#[tokio::test(flavor = "multi_thread")]
async fn instances_with_a_limit_never_get_more_than_that() {
    let world = World::start().await;
    let spec = serde_json::json!({"containerConcurrency": 2});
    world.release(
        "1.0.0",
        &Service {
            scaling: &[("max-scale", "3")],
            spec,
            ..Service::default()
        },
    );
    world.apply().await;
    let answers = join_all((0..24).map(|_| world.get("/slow?300"))).await;
    assert!(answers.iter().all(|answer| answer.status == 200));
    let mut by_process: BTreeMap<&str, u32> = BTreeMap::new();
    for answer in &answers {
        *by_process.entry(answer.pid()).or_default() += 1;
    }
    assert_eq!(by_process.len(), 3, "at most three: {by_process:?}");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lasting_load_scales_out_within_seconds_and_back() {
    let world = World::start().await;
    world.release(
        "1.0.0",
        &Service {
            scaling: &[("target", "10"), ("window", "6s"), ("max-scale", "4")],
            ..Service::default()
        },
    );
    world.apply().await;
    let load = join_all((0..40).map(|_| world.get("/slow?4000")));
    let watch = async {
        world
            .until("four instances", async |world| {
                world.application().await.ready == 4
            })
            .await
    };
    let (answers, scaled) = tokio::join!(load, watch);
    assert!(answers.iter().all(|answer| answer.status == 200));
    assert!(scaled < Duration::from_secs(3), "scaled out in {scaled:?}");
    world.until_asleep().await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_minimum_is_kept() {
    let world = World::start().await;
    world.release(
        "1.0.0",
        &Service {
            scaling: &[("min-scale", "2"), ("window", "6s")],
            ..Service::default()
        },
    );
    world.apply().await;
    world
        .until("two are ready", async |world| {
            world.application().await.ready == 2
        })
        .await;
    tokio::time::sleep(Duration::from_secs(9)).await;
    let application = world.application().await;
    assert_eq!((application.ready, application.asleep), (2, false));
    world.end().await;
}
