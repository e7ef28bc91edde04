//! What the gateway does with requests besides routing them.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::world::{Service, World};

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_host_is_told_which_there_are() {
    let world = World::start().await;
    world.release("1.0.0", &Service::default());
    world.apply().await;
    let answer = world
        .send("GET / HTTP/1.1\r\nHost: shop.nowhere.localhost\r\nConnection: close\r\n\r\n")
        .await;
    assert_eq!(answer.status, 404);
    assert!(
        answer
            .body
            .contains(&format!("http://shop.staging.localhost:{}", world.port)),
        "{answer:?}"
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_reaches_the_app_and_comes_back() {
    let world = World::start().await;
    world.release("1.0.0", &Service::default());
    world.apply().await;
    let body = "x".repeat(300_000);
    let answer = world
        .send(&format!(
            "POST /echo HTTP/1.1\r\nHost: shop.staging.localhost\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        ))
        .await;
    assert_eq!((answer.status, answer.body.len()), (200, body.len()));
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_protocol_is_passed_through() {
    let world = World::start().await;
    world.release("1.0.0", &Service::default());
    world.apply().await;
    let mut stream = world.connect().await;
    stream
        .write_all(b"GET /socket HTTP/1.1\r\nHost: shop.staging.localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
        .await
        .expect("sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("a head"));
    }
    assert!(
        head.starts_with(b"HTTP/1.1 101"),
        "{}",
        String::from_utf8_lossy(&head)
    );
    stream.write_all(b"hello").await.expect("sent");
    let mut echo = [0; 5];
    stream.read_exact(&mut echo).await.expect("an echo");
    assert_eq!(&echo, b"hello");
    drop(stream);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn apps_get_a_clean_environment_and_a_copy_of_their_image() {
    let world = World::start().await;
    world.release("1.0.0", &Service::default());
    world.apply().await;
    assert_eq!(world.get("/write").await.status, 200);
    let variables = world.get("/env").await.body;
    let mut names: Vec<&str> = variables
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name)
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "HOME",
            "K_CONFIGURATION",
            "K_REVISION",
            "K_SERVICE",
            "LANDFALL_INSTANCE",
            "PATH",
            "PORT",
            "TMPDIR",
            "VERSION"
        ]
    );
    let store = world.folder.path().join("artifacts");
    let written = std::process::Command::new("find")
        .arg(&store)
        .args(["-name", "written"])
        .output()
        .expect("find");
    assert!(written.stdout.is_empty(), "the image was changed");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn charts_are_served_from_the_store() {
    let world = World::start().await;
    let get = |path: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: charts.localhost\r\nConnection: close\r\n\r\n")
    };
    let index = world.send(&get("/index.yaml")).await;
    assert_eq!(
        (index.status, index.body.as_str()),
        (200, r#"{"apiVersion":"v1","entries":{}}"#)
    );
    assert_eq!(world.send(&get("/shop-1.0.0.tgz")).await.status, 404);
    assert_eq!(world.send(&get("/../../state.db")).await.status, 404);
    world.end().await;
}
