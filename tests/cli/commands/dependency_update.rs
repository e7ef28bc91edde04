//! `landfall dependency update`: repositories on loopback, folders, a real registry, and everything that can be wrong with them.
//! Texts and digests are those that helm 4.3.1 gave for the same charts.

use std::fmt::Write as _;
use std::fs;

use landfall::render::dependency::package_digest;

use crate::chart_server::{ChartServer, Reply};
use crate::docker_registry::DockerRegistry;
use crate::session::{Session, everything, tree};

/// A packaged chart with one template.
pub(crate) fn packed(name: &str, version: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("apiVersion: v2\nname: {name}\nversion: {version}\n");
    fs::write(folder.path().join("Chart.yaml"), text).unwrap();
    fs::create_dir(folder.path().join("templates")).unwrap();
    fs::write(folder.path().join("templates/a.yaml"), "kind: A\n").unwrap();
    chart::pack_folder(folder.path()).unwrap().bytes
}

/// An index with these versions of `shop`, their packages beside it.
pub(crate) fn stock(server: &ChartServer, versions: &[&str]) {
    let mut index = "apiVersion: v1\nentries:\n  shop:\n".to_owned();
    for version in versions {
        let bytes = packed("shop", version);
        let _ = write!(
            index,
            "  - name: shop\n    version: {version}\n    urls: [shop-{version}.tgz]\n    digest: {}\n",
            package_digest(&bytes)
        );
        server.file(&format!("/shop-{version}.tgz"), bytes);
    }
    server.file("/index.yaml", index);
}

/// A chart `work/c` with these dependencies.
pub(crate) fn with_dependencies(dependencies: &str) -> Session {
    let session = Session::new();
    session.write(
        "work/c/Chart.yaml",
        &format!("apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies: [{dependencies}]\n"),
    );
    session
}

/// A chart that wants a version of `shop` from a server.
pub(crate) fn wants(server: &ChartServer, version: &str) -> Session {
    with_dependencies(&format!(
        "{{name: shop, version: '{version}', repository: '{}'}}",
        server.url()
    ))
}

fn shown(text: &str, server: &ChartServer) -> String {
    text.replace(&server.url(), "http://SERVER")
}

#[test]
fn the_highest_version_that_fits_is_fetched_and_locked() {
    let server = ChartServer::start();
    stock(
        &server,
        &["1.0.0", "1.10.0", "1.9.0", "2.0.0", "1.11.0-rc.1"],
    );
    let session = wants(&server, "^1");
    fs::create_dir(session.work().join("c/charts")).unwrap();
    fs::write(
        session.work().join("c/charts/shop-1.0.0.tgz"),
        packed("shop", "1.0.0"),
    )
    .unwrap();
    let outcome = session.run(&["dependency", "update", "c"]);
    insta::assert_snapshot!(shown(&outcome.to_string(), &server), @r#"
    Getting updates for unmanaged Helm repositories...
    ...Successfully got an update from the "http://SERVER" chart repository
    Saving 1 charts
    Downloading shop from repo http://SERVER
    Deleting outdated charts
    "#);
    assert_eq!(
        tree(&session.work().join("c")),
        "Chart.lock\nChart.yaml\ncharts/shop-1.10.0.tgz\n"
    );
    let lock = session.read("work/c/Chart.lock");
    let json = format!(
        "[[{{\"name\":\"shop\",\"version\":\"^1\",\"repository\":\"{0}\"}}],[{{\"name\":\"shop\",\"version\":\"1.10.0\",\"repository\":\"{0}\"}}]]",
        server.url()
    );
    assert!(
        lock.contains(&format!(
            "digest: sha256:{}\n",
            package_digest(json.as_bytes())
        )),
        "{lock}"
    );
    assert!(lock.contains("  version: 1.10.0\n"), "{lock}");
    // Nothing changes when nothing changed.
    session.done_in("work", &["dependency", "up", "c"]);
    assert_eq!(session.read("work/c/Chart.lock"), lock);
    let done = session.done_in("work", &["template", "c"]);
    assert!(
        done.stdout.contains("c/charts/shop/templates/a.yaml"),
        "{done}"
    );
}

#[test]
fn a_folder_is_packed() {
    let session = with_dependencies("{name: lib, version: 1.x, repository: 'file://../lib'}");
    session.write(
        "work/lib/Chart.yaml",
        "apiVersion: v2\nname: lib\nversion: 1.4.2\n",
    );
    insta::assert_snapshot!(session.run(&["dependency", "update", "c"]), @"
    Saving 1 charts
    Deleting outdated charts
    ");
    let lock = session.read("work/c/Chart.lock");
    // What helm writes for this chart.
    assert!(
        lock.starts_with(
            "dependencies:\n- name: lib\n  repository: file://../lib\n  version: 1.4.2\n\
             digest: sha256:3c87d9bdc16cc75fa837b08e2900e6927d5609765a02df97a7f50ca2cfda1677\ngenerated: \"20"
        ),
        "{lock}"
    );
    assert!(session.work().join("c/charts/lib-1.4.2.tgz").exists());
}

#[test]
fn a_chart_of_version_1_has_files_of_its_own() {
    let server = ChartServer::start();
    stock(&server, &["1.0.0"]);
    let session = Session::new();
    session.write(
        "work/c/Chart.yaml",
        "apiVersion: v1\nname: c\nversion: 0.1.0\n",
    );
    session.write(
        "work/c/requirements.yaml",
        &format!(
            "dependencies:\n- name: shop\n  version: 1.x\n  repository: {}\n",
            server.url()
        ),
    );
    session.done_in("work", &["dependency", "update", "c"]);
    assert_eq!(
        tree(&session.work().join("c")),
        "Chart.yaml\ncharts/shop-1.0.0.tgz\nrequirements.lock\nrequirements.yaml\n"
    );
}

#[test]
fn an_alias_is_a_repository_that_helm_knows() {
    let server = ChartServer::start();
    let session = with_dependencies("{name: shop, version: 1.0.0, repository: '@dock'}");
    insta::assert_snapshot!(session.run(&["dependency", "update", "c"]), @"
    ---- stderr
    Error: no repository definition for @dock. Please add them via 'helm repo add'
    ---- status 1
    ");
    let bytes = packed("shop", "1.0.0");
    let guarded = |file: Vec<u8>| Reply::Guarded {
        authorization: "Basic YWRhOmNhbmFyeS1wdw==".to_owned(),
        challenge: "Basic".to_owned(),
        file,
    };
    let index = format!(
        "apiVersion: v1\nentries:\n  shop:\n  - {{name: shop, version: 1.0.0, urls: [shop-1.0.0.tgz], digest: {}}}\n",
        package_digest(&bytes)
    );
    server.set("/index.yaml", guarded(index.into_bytes()));
    server.set("/shop-1.0.0.tgz", guarded(bytes));
    let repositories = |password: &str| {
        session.write(
            "home/.config/helm/repositories.yaml",
            &format!(
                "repositories:\n- name: dock\n  url: {}\n  username: ada\n  password: {password}\n",
                server.url()
            ),
        );
    };
    repositories("canary-wrong");
    let refused = session.run(&["dependency", "update", "c"]);
    assert_eq!(refused.status, 1);
    assert!(refused.stdout.contains("401 Unauthorized"), "{refused}");
    assert!(!refused.to_string().contains("canary"), "{refused}");
    repositories("canary-pw");
    let outcome = session.run(&["dependency", "update", "c"]);
    insta::assert_snapshot!(shown(&outcome.to_string(), &server), @r#"
    Hang tight while we grab the latest from your chart repositories...
    ...Successfully got an update from the "dock" chart repository
    Update Complete. ⎈Happy Helming!⎈
    Saving 1 charts
    Downloading shop from repo http://SERVER
    Deleting outdated charts
    "#);
    assert!(session.read("work/c/Chart.lock").contains(&server.url()));
}

#[test]
fn a_failure_leaves_everything_as_it_was() {
    let server = ChartServer::start();
    stock(&server, &["1.0.0"]);
    let session = wants(&server, "1.x");
    session.done_in("work", &["dependency", "update", "c"]);
    let before = everything(&session.work().join("c/charts"));
    let lock = session.read("work/c/Chart.lock");
    let good = packed("shop", "1.1.0");
    let index = |text: &str| format!("apiVersion: v1\nentries:\n  shop:\n{text}");
    let entry = |digest: &str| {
        index(&format!(
            "  - {{name: shop, version: 1.1.0, urls: [shop-1.1.0.tgz], digest: {digest}}}\n"
        ))
    };
    let mut traversal = tar::Builder::new(flate2::write::GzEncoder::new(
        Vec::new(),
        flate2::Compression::default(),
    ));
    let mut header = tar::Header::new_gnu();
    header.set_size(1);
    header.set_mode(0o644);
    header.as_old_mut().name[..16].copy_from_slice(b"shop/../../evil\0");
    header.set_cksum();
    traversal.append(&header, b"x".as_slice()).unwrap();
    let traversal = traversal.into_inner().unwrap().finish().unwrap();
    let other_name = packed("other", "1.1.0");
    let other_version = packed("shop", "6.6.6");
    let file = Reply::File;
    for (index, package, expected) in [
        (
            entry(&"0a".repeat(32)),
            file(good.clone()),
            "the index says 0a0a",
        ),
        (entry("zz"), file(good.clone()), "as digest, which is none"),
        (
            entry(&package_digest(&good)),
            Reply::Cut(good.clone()),
            "could not download",
        ),
        (
            entry(&package_digest(&good)),
            Reply::Status(404, String::new()),
            "404 Not Found",
        ),
        (
            entry(&package_digest(&traversal)),
            file(traversal.clone()),
            "chart illegally references parent directory",
        ),
        (
            entry(&package_digest(b"x")),
            file(b"x".to_vec()),
            "the package cannot be used",
        ),
        (
            entry(&package_digest(&other_name)),
            file(other_name.clone()),
            "the package holds the chart \"other\"",
        ),
        (
            entry(&package_digest(&other_version)),
            file(other_version.clone()),
            "the package holds version 6.6.6",
        ),
        (
            index("  - {name: shop, version: 0.1.0, urls: [a.tgz]}\n"),
            file(good.clone()),
            "can't get a valid version for 1 subchart(s): \"shop\"",
        ),
        (
            index("  - {name: shop, version: 1.1.0}\n"),
            file(good.clone()),
            "can't get a valid version",
        ),
        (
            "apiVersion: v1\nentries: {}\n".to_owned(),
            file(good.clone()),
            "shop chart not found in repo",
        ),
    ] {
        server.file("/index.yaml", index.clone());
        server.set("/shop-1.1.0.tgz", package);
        let outcome = session.run(&["dependency", "update", "c"]);
        assert_eq!(outcome.status, 1, "{index}: {outcome}");
        assert!(outcome.stderr.contains(expected), "{expected}: {outcome}");
        assert!(
            everything(&session.work().join("c/charts")) == before,
            "{expected}"
        );
        assert_eq!(session.read("work/c/Chart.lock"), lock, "{expected}");
    }
}

#[test]
fn an_index_that_is_none_is_told_and_the_last_good_one_is_used() {
    let server = ChartServer::start();
    stock(&server, &["1.0.0"]);
    for (index, expected) in [
        (
            Reply::File(b"<html><body>hi</body></html>".to_vec()),
            "cannot unmarshal string into Go value of type repo.IndexFile",
        ),
        (
            Reply::File(b"apiVersion: v1\nentries: {}\nentries: {}\n".to_vec()),
            "key \"entries\" already set in map",
        ),
        (
            Reply::File(b"entries: {}\n".to_vec()),
            "no API version specified",
        ),
        (Reply::File(Vec::new()), "empty index.yaml file"),
        (Reply::Status(404, String::new()), "404 Not Found"),
        (
            Reply::Status(302, "location: http://127.0.0.1:1/\r\n".to_owned()),
            "cannot connect: connection refused",
        ),
    ] {
        let session = wants(&server, "1.x");
        server.set("/index.yaml", index.clone());
        let outcome = session.run(&["dependency", "update", "c"]);
        assert_eq!(outcome.status, 1, "{outcome}");
        assert!(outcome.stdout.contains(expected), "{expected}: {outcome}");
        assert!(
            outcome
                .stderr
                .contains("no cached repository for http://127.0.0.1:"),
            "{outcome}"
        );
        assert_eq!(tree(&session.work().join("c")), "Chart.yaml\n");
        stock(&server, &["1.0.0"]);
        session.done_in("work", &["dependency", "update", "c"]);
        server.set("/index.yaml", index);
        let kept = session.run(&["dependency", "update", "c"]);
        assert_eq!(
            (kept.status, kept.stdout.contains(expected)),
            (0, true),
            "{kept}"
        );
        stock(&server, &["1.0.0"]);
    }
}

#[test]
fn a_server_that_is_busy_is_asked_again() {
    let server = ChartServer::start();
    stock(&server, &["1.0.0"]);
    let bytes = packed("shop", "1.0.0");
    let turns = vec![
        Reply::Status(503, String::new()),
        Reply::Cut(bytes.clone()),
        Reply::File(bytes),
    ];
    server.set("/shop-1.0.0.tgz", Reply::Turns(turns));
    wants(&server, "1.x").done_in("work", &["dependency", "update", "c"]);
}

#[test]
fn nothing_is_fetched_into_a_place_that_cannot_be_written() {
    let server = ChartServer::start();
    stock(&server, &["1.0.0"]);
    let session = wants(&server, "1.x");
    session.write("work/c/charts", "a file");
    // Helm loads the chart first and takes the file for one of its own.
    let outcome = session.run(&["dependency", "update", "c"]);
    assert_eq!(outcome.status, 1, "{outcome}");
    assert!(
        outcome.stderr.contains("\"c/charts\" is not a directory"),
        "{outcome}"
    );
    assert!(server.asked().is_empty());
}

#[test]
fn what_a_killed_update_left_is_cleared_by_the_next() {
    let server = ChartServer::start();
    stock(&server, &["1.0.0"]);
    let session = wants(&server, "1.x");
    session.write("work/c/charts/.landfall-update/shop-1.0.0.tgz", "half of");
    // The chart can still be used meanwhile.
    let list = session.run(&["dependency", "list", "c"]);
    assert!(list.stdout.contains("\tmissing"), "{list}");
    session.done_in("work", &["dependency", "update", "c"]);
    assert_eq!(
        tree(&session.work().join("c")),
        "Chart.lock\nChart.yaml\ncharts/shop-1.0.0.tgz\n"
    );
}

#[test]
fn a_real_registry_gives_versions_and_packages() {
    let session = Session::new();
    let Some(registry) = DockerRegistry::start(session.root()) else {
        eprintln!("left out: docker-registry is not installed");
        return;
    };
    for version in ["1.0.0", "1.10.0+build.7", "1.9.0", "2.0.0"] {
        registry.push("charts/shop", version, &packed("shop", version));
    }
    let chart = |version: &str| {
        session.write(
            "work/c/Chart.yaml",
            &format!(
                "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies: [{{name: shop, version: '{version}', repository: '{}/charts'}}]\n",
                registry.url()
            ),
        );
    };
    let update = |session: &Session| {
        let outcome = session
            .run(&["dependency", "update", "c", "--plain-http"])
            .stable();
        outcome
            .to_string()
            .replace(&format!(":{}", registry.port()), ":PORT")
    };
    chart("^1");
    insta::assert_snapshot!(update(&session), @"
    Saving 1 charts
    Downloading shop from repo oci://127.0.0.1:PORT/charts
    Pulled: 127.0.0.1:PORT/charts/shop:1.10.0_build.7
    Digest: sha256:DIGEST
    127.0.0.1:PORT/charts/shop:1.10.0_build.7 contains an underscore.

    OCI artifact references (e.g. tags) do not support the plus sign (+). To support
    storing semantic versions, Helm adopts the convention of changing plus (+) to
    an underscore (_) in chart version tags when pushing to a registry and back to
    a plus (+) when pulling from a registry.
    Deleting outdated charts
    ");
    assert!(
        session
            .work()
            .join("c/charts/shop-1.10.0+build.7.tgz")
            .exists()
    );
    chart("^9");
    insta::assert_snapshot!(update(&session), @"
    Saving 1 charts
    Downloading shop from repo oci://127.0.0.1:PORT/charts
    Save error occurred:  could not download oci://127.0.0.1:PORT/charts/shop: could not locate a version matching provided version string ^9
    ---- stderr
    Error: could not download oci://127.0.0.1:PORT/charts/shop: could not locate a version matching provided version string ^9
    ---- status 1
    ");
    chart("1.0.0");
    drop(registry);
    let outcome = session.run(&["dependency", "update", "c", "--plain-http"]);
    assert_eq!(outcome.status, 1, "{outcome}");
    assert!(outcome.stderr.contains("connection refused"), "{outcome}");
    assert!(
        session
            .work()
            .join("c/charts/shop-1.10.0+build.7.tgz")
            .exists()
    );
}
