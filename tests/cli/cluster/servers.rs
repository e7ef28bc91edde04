//! The server itself: who gets in, what it refuses, and that nothing of it stays.

use std::path::PathBuf;
use std::process::Command;

use super::api_server::{ADMIN, ApiServer, DEV};
use super::client::Mode;

const NAMED: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n";

#[test]
#[ignore = "needs a kube-apiserver: tests/cluster/build"]
fn a_server_knows_who_asks_and_is_gone_afterwards() {
    let server = ApiServer::start();
    assert_eq!(
        server.client(ADMIN).apply(NAMED, Mode::DryRun).fault(),
        None
    );
    assert_eq!(
        server
            .client(ADMIN)
            .get("/api/v1/namespaces/default/configmaps/a")
            .status,
        404
    );
    let refused = server.client(DEV).apply(NAMED, Mode::Real);
    assert_eq!(refused.status, 403, "{refused:?}");
    assert_eq!(server.client("nobody").get("/api").status, 401);

    assert_eq!(server.client(ADMIN).apply(NAMED, Mode::Real).fault(), None);
    let config = std::fs::read_to_string(server.kubeconfig(ADMIN)).unwrap();
    assert!(config.contains(&server.url()), "{config}");

    let pids = server.pids();
    let is_there = |pid: &u32| PathBuf::from(format!("/proc/{pid}")).exists();
    assert!(pids.len() == 2 && pids.iter().all(is_there));
    drop(server);
    assert!(!pids.iter().any(is_there));
}

#[test]
#[ignore = "needs a kube-apiserver: tests/cluster/build"]
fn a_killed_test_leaves_no_server() {
    const FOLDER: &str = "LANDFALL_TEST_PIDS";
    if let Some(file) = std::env::var_os(FOLDER) {
        let server = ApiServer::start();
        let pids: Vec<String> = server.pids().iter().map(u32::to_string).collect();
        let part = PathBuf::from(&file).with_extension("part");
        std::fs::write(&part, pids.join(" ")).unwrap();
        std::fs::rename(part, file).unwrap();
        std::thread::sleep(crate::session::PATIENCE);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pids");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact"])
        .arg("cluster::servers::a_killed_test_leaves_no_server")
        .env(FOLDER, &file)
        .env("TMPDIR", folder.path())
        .spawn()
        .unwrap();
    let begun = std::time::Instant::now();
    while !file.exists() && begun.elapsed() < crate::session::PATIENCE {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let pids = std::fs::read_to_string(&file);
    child.kill().unwrap();
    child.wait().unwrap();
    let pids = pids.expect("the server started");
    let is_there = |pid: &str| {
        // One that ended stays as a zombie until whoever adopted it looks.
        std::fs::read_to_string(format!("/proc/{pid}/stat"))
            .is_ok_and(|stat| !stat.contains(") Z "))
    };
    let begun = std::time::Instant::now();
    while pids.split(' ').any(is_there) {
        assert!(begun.elapsed() < crate::session::PATIENCE, "{pids}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
