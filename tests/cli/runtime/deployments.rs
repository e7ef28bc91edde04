//! Plain Deployments.

use landfall::ports::platform::Platform as _;

use super::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_is_reached_through_its_service() {
    let world = World::start().await;
    world.deployment("1.0.0", 2, &[]);
    let applied = world.apply().await;
    assert_eq!(
        applied.applications[0].url.as_deref(),
        Some(format!("http://shop.staging.localhost:{}", world.port).as_str())
    );
    assert_eq!(world.get("/").await.status, 200);
    world
        .until("two are ready", async |world| {
            world.application().await.ready == 2
        })
        .await;

    world.deployment("1.0.0", 1, &[]);
    world.apply().await;
    world
        .until("one stays", async |world| {
            world.instances().await.len() == 1
        })
        .await;
    assert_eq!(world.instances().await[0].restarts, 0);
    let status = world.platform.status().await.expect("status");
    let [missing] = status.not_simulated.as_slice() else {
        panic!("{status:?}");
    };
    assert_eq!(
        (missing.kind.as_str(), missing.name.as_str()),
        ("StatefulSet", "db")
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_does_not_heed_its_port_is_found() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("an address")
        .port();
    let world = World::start().await;
    world.deployment(
        "1.0.0",
        1,
        &[("FAULT", "fixed-port"), ("FIXED_PORT", &free.to_string())],
    );
    assert_eq!(world.apply().await.failed().count(), 0);
    assert_eq!(world.get("/").await.status, 200);
    assert_eq!(world.instances().await[0].port, Some(free));

    // What was found is known from then on: a second instance does not collide with the first.
    world.deployment(
        "1.0.0",
        2,
        &[("FAULT", "fixed-port"), ("FIXED_PORT", &free.to_string())],
    );
    assert_eq!(world.apply().await.failed().count(), 0);
    world
        .until("two are ready", async |world| {
            world.application().await.ready == 2
        })
        .await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
#[cfg(target_os = "linux")]
async fn instances_that_insist_on_the_same_port_do_not_collide() {
    // The port of the template is taken, by this test or by somebody else.
    let _taken = std::net::TcpListener::bind("127.0.0.1:8080");
    let world = World::start().await;
    world.deployment(
        "1.0.0",
        3,
        &[("FAULT", "fixed-port"), ("FIXED_PORT", "8080")],
    );
    assert_eq!(world.apply().await.failed().count(), 0);
    world
        .until("three are ready", async |world| {
            world.application().await.ready == 3
        })
        .await;
    let instances = world.instances().await;
    let ports: std::collections::BTreeSet<_> =
        instances.iter().map(|instance| instance.port).collect();
    assert_eq!(ports.len(), 3, "{ports:?}");
    assert!(!ports.contains(&Some(8080)), "{ports:?}");
    assert!(instances.iter().all(|instance| instance.restarts == 0));
    assert_eq!(world.get("/").await.status, 200);
    world.end().await;
}
