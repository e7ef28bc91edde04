//! A resident that is killed, and the one that comes after it.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use landfall::ports::platform::Serving as _;

use super::world::{Service, World, lives};

/// Names the folder of the resident that a test kills.
const FOLDER: &str = "LANDFALL_TEST_FOLDER";

/// Not a test of its own: the resident that the test below kills. Apps do not end with it, so that the next one finds them.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by another test"]
async fn resident_to_be_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let folder = tempfile::Builder::new()
        .prefix("inner-")
        .tempdir_in(folder)
        .expect("a folder");
    let world = World::start_in(folder, false).await;
    world.release(
        "1.0.0",
        &Service {
            variables: &[("FAULT", "grandchild")],
            ..Service::default()
        },
    );
    world.apply().await;
    println!(
        "ready {} {}",
        world.folder.path().display(),
        world.get("/").await.pid()
    );
    std::future::pending::<()>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_resident_left_is_ended_by_the_next() {
    let outer = tempfile::Builder::new()
        .prefix("lf-")
        .tempdir_in("/tmp")
        .expect("a folder");
    let mut child = Command::new(std::env::current_exe().expect("the test program"))
        .args([
            "--exact",
            "runtime::killed::resident_to_be_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(FOLDER, outer.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a resident");
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(
        child.stdout.take().expect("a pipe"),
    ));
    let ready = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("ready ").map(str::to_owned));
    let ready = ready.expect("the resident is ready");
    let (folder, pid) = ready.split_once(' ').expect("folder and process id");
    let pid: u32 = pid.parse().expect("a process id");
    child.kill().expect("killed");
    child.wait().expect("waited");
    assert!(lives(pid), "the app outlives its resident");

    let start = Instant::now();
    let world = World::start_in(
        tempfile::Builder::new()
            .tempdir_in(outer.path())
            .expect("a folder"),
        true,
    )
    .await;
    assert!(lives(pid), "another folder's apps are left alone");
    world.end().await;
    let options = landfall::runtime::ResidentOptions {
        machine: landfall::runtime::MachineOptions {
            run: std::path::Path::new(folder).join("run"),
            logs: std::path::Path::new(folder).join("logs"),
            launcher: env!("CARGO_BIN_EXE_landfall").into(),
            environment: std::collections::BTreeMap::new(),
            end_with_resident: true,
        },
        port: 19_000,
        environments: std::sync::Arc::new(
            landfall::backend::memory::environments::MemoryEnvironments::default(),
        ),
        artifacts: std::sync::Arc::new(landfall::backend::artifacts::DiskArtifacts::new(
            folder.into(),
        )),
        tasks: Vec::new(),
    };
    let next = landfall::runtime::Resident::start(options)
        .await
        .expect("a resident");
    assert_eq!(next.leftovers(), 1);
    assert!(!lives(pid));
    assert!(start.elapsed() < Duration::from_secs(20));
    Box::new(next).end().await;
}
