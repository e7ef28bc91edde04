//! `landfall dependency build`: from the lock, and without network once everything was fetched.

use std::fs;

use crate::chart_server::ChartServer;
use crate::commands::dependency_update::{packed, stock, wants, with_dependencies};
use crate::session::{Session, tree};

/// Removes the packages, as a fresh clone has none.
fn forget(session: &Session) {
    fs::remove_dir_all(session.work().join("c/charts")).unwrap();
}

const WHOLE: &str = "Chart.lock\nChart.yaml\ncharts/shop-1.0.0.tgz\n";

#[test]
fn the_lock_counts_and_not_what_is_newest() {
    let server = ChartServer::start();
    stock(&server, &["1.0.0"]);
    let session = wants(&server, "1.x");
    // Without a lock it is an update.
    session.done_in("work", &["dependency", "build", "c"]);
    stock(&server, &["1.0.0", "1.1.0"]);
    forget(&session);
    let outcome = session.run(&["dependency", "build", "c"]);
    insta::assert_snapshot!(outcome.to_string().replace(&server.url(), "http://SERVER"), @"
    Saving 1 charts
    Downloading shop from repo http://SERVER
    Deleting outdated charts
    ");
    assert_eq!(tree(&session.work().join("c")), WHOLE);
}

#[test]
fn what_was_fetched_once_needs_no_network() {
    let server = ChartServer::start();
    stock(&server, &["1.0.0"]);
    let session = wants(&server, "1.x");
    session.done_in("work", &["dependency", "update", "c"]);
    drop(server);
    forget(&session);
    session.done_in("work", &["dependency", "build", "c"]);
    assert_eq!(tree(&session.work().join("c")), WHOLE);
    let package = fs::read(session.work().join("c/charts/shop-1.0.0.tgz")).unwrap();
    assert!(package == packed("shop", "1.0.0"));
}

#[test]
fn c22_a_damaged_cache_is_fetched_again_or_told() {
    let server = ChartServer::start();
    stock(&server, &["1.0.0"]);
    let session = wants(&server, "1.x");
    session.done_in("work", &["dependency", "update", "c"]);
    let blobs = session.home().join(".cache/landfall/charts/blobs");
    let damage = |bytes: &[u8]| {
        for blob in fs::read_dir(&blobs).unwrap() {
            fs::write(blob.unwrap().path(), bytes).unwrap();
        }
    };
    for bytes in [&b""[..], b"cut", b"flipped"] {
        damage(bytes);
        forget(&session);
        session.done_in("work", &["dependency", "build", "c"]);
        assert_eq!(tree(&session.work().join("c")), WHOLE);
    }
    damage(b"");
    drop(server);
    forget(&session);
    let outcome = session.run(&["dependency", "build", "c"]);
    assert_eq!(outcome.status, 1, "{outcome}");
    assert!(
        outcome
            .stderr
            .contains("cannot connect: connection refused"),
        "{outcome}"
    );
    assert_eq!(tree(&session.work().join("c")), "Chart.lock\nChart.yaml\n");
}

#[test]
fn a_lock_of_other_dependencies_is_refused() {
    let server = ChartServer::start();
    stock(&server, &["1.0.0", "1.1.0"]);
    let session = wants(&server, "1.0.x");
    session.done_in("work", &["dependency", "update", "c"]);
    let changed = session.read("work/c/Chart.yaml").replace("1.0.x", "1.1.x");
    session.write("work/c/Chart.yaml", &changed);
    insta::assert_snapshot!(session.run(&["dependency", "build", "c"]), @"
    ---- stderr
    Error: the lock file (Chart.lock) is out of sync with the dependencies file (Chart.yaml). Please update the dependencies with 'helm dependency update'
    ---- status 1
    ");
    assert_eq!(tree(&session.work().join("c")), WHOLE);
}

#[test]
fn a_chart_without_dependencies_is_built() {
    let session = with_dependencies("");
    session.done_in("work", &["dependency", "build", "c"]);
    session.done_in("work/c", &["dependency", "build"]);
}
