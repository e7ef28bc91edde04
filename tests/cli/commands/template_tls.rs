//! `landfall template` and `dependency` where the server has to prove who it is. Texts about certificates are those of Go.

use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};

use landfall::render::dependency::package_digest;
use regex::Regex;

use super::dependency_update::{packed, stock};
use crate::chart_server::ChartServer;
use crate::session::Session;
use crate::tls_door::{TlsDoor, certificate};

/// What `template r` with these words gives, the door's address as `DOOR`.
fn template(session: &Session, door: &TlsDoor, words: &str) -> String {
    let words = words
        .replace("DOOR", &door.host())
        .replace("OWN", &certificate("own").to_string_lossy());
    let words: Vec<&str> = ["template", "r"]
        .into_iter()
        .chain(words.split(' '))
        .collect();
    let outcome = session.run(&words).stable();
    outcome.to_string().replace(&door.host(), "DOOR")
}

/// A repository with `shop` 1.0.0, which is a registry as well.
fn shop() -> ChartServer {
    let server = ChartServer::start();
    stock(&server, &["1.0.0"]);
    let bytes = packed("shop", "1.0.0");
    let digest = format!("sha256:{}", package_digest(&bytes));
    let manifest = serde_json::json!({
        "config": {"mediaType": "application/vnd.cncf.helm.config.v1+json"},
        "layers": [{"mediaType": "application/vnd.cncf.helm.chart.content.v1.tar+gzip", "digest": digest}],
    });
    server.file("/v2/shop/manifests/1.0.0", manifest.to_string());
    server.file(&format!("/v2/shop/blobs/{digest}"), bytes);
    server
}

/// The ways to name the chart.
const WAYS: [&str; 4] = [
    "https://DOOR/shop-1.0.0.tgz",
    "shop --repo https://DOOR",
    "oci://DOOR/shop:1.0.0",
    "oci://DOOR/shop --version 1.0.0",
];

/// What has to be printed in the end.
const KIND: &str = "kind: A\n";

const UNKNOWN: &str =
    "tls: failed to verify certificate: x509: certificate signed by unknown authority";

#[test]
fn nothing_kept_stands_in_for_a_server_that_is_not_proved() {
    let server = shop();
    let door = TlsDoor::to(server.port(), "own");
    let session = Session::new();
    for words in WAYS {
        let shown = template(&session, &door, &format!("{words} --ca-file OWN"));
        assert!(shown.contains(KIND), "{words}: {shown}");
    }
    // Everything is kept now.
    server.asked();
    for words in WAYS {
        let shown = template(&session, &door, words);
        assert!(shown.contains(UNKNOWN), "{words}: {shown}");
        assert!(
            shown.trim_end().ends_with("---- status 1"),
            "{words}: {shown}"
        );
        assert!(!shown.contains("kind: A"), "{words}: {shown}");
        let shown = template(
            &session,
            &door,
            &format!("{words} --insecure-skip-tls-verify"),
        );
        assert!(shown.contains(KIND), "{words}: {shown}");
    }
    insta::assert_snapshot!(template(&session, &door, WAYS[0]), @r#"
    ---- stderr
    Error: Get "https://DOOR/shop-1.0.0.tgz": tls: failed to verify certificate: x509: certificate signed by unknown authority (--ca-file, or caFile in repositories.yaml, names certificates to trust)
    ---- status 1
    "#);
    // A network that is away is another matter.
    let address = WAYS[0].replace("DOOR", &door.host());
    drop(door);
    let shown = session.run(&["template", "r", &address]).to_string();
    assert!(
        shown.contains(KIND) && shown.contains("using the kept package"),
        "{shown}"
    );
}

#[test]
fn what_is_wrong_with_a_certificate_is_told() {
    let server = shop();
    let session = Session::new();
    let today = Regex::new("current time [^ ]+").unwrap();
    let mut told = String::new();
    for (shown, trusted) in [
        ("leaf", "own"),
        ("leaf", "leaf"),
        ("own", "elsewhere"),
        ("elsewhere", "elsewhere"),
        ("expired", "expired"),
    ] {
        let door = TlsDoor::to(server.port(), shown);
        let trusted = certificate(trusted);
        let words = format!("oci://DOOR/shop:1.0.0 --ca-file {}", trusted.display());
        let outcome = template(&session, &door, &words);
        let outcome = today.replace(&outcome, "current time NOW");
        let _ = writeln!(told, "$ {shown}\n{}", outcome.trim_end());
    }
    insta::assert_snapshot!(told, @r#"
    $ leaf
    ---
    # Source: shop/templates/a.yaml
    kind: A
    ---- stderr
    Pulled: DOOR/shop:1.0.0
    Digest: sha256:DIGEST
    $ leaf
    ---
    # Source: shop/templates/a.yaml
    kind: A
    ---- stderr
    Pulled: DOOR/shop:1.0.0
    Digest: sha256:DIGEST
    $ own
    ---- stderr
    Error: Get "https://DOOR/v2/shop/manifests/1.0.0": tls: failed to verify certificate: x509: certificate signed by unknown authority (--ca-file, or caFile in repositories.yaml, names certificates to trust)
    ---- status 1
    $ elsewhere
    ---- stderr
    Error: Get "https://DOOR/v2/shop/manifests/1.0.0": tls: failed to verify certificate: x509: cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs
    ---- status 1
    $ expired
    ---- stderr
    Error: Get "https://DOOR/v2/shop/manifests/1.0.0": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time NOW is after 2020-01-02T00:00:00Z
    ---- status 1
    "#);
    // A server that does not speak TLS at all.
    let plain = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("https://{}/shop.tgz", plain.local_addr().unwrap());
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = plain.accept().unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .unwrap();
        // Until the client goes away: one that leaves its question unread resets the connection.
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let outcome = session.run(&["template", "r", &address]);
    answering.join().unwrap();
    assert!(
        outcome
            .stderr
            .contains("tls: first record does not look like a TLS handshake"),
        "{outcome}"
    );
    let outcome = session.run(&["template", "r", &address, "--ca-file", "missing.pem"]);
    assert!(outcome.stderr.contains("missing.pem"), "{outcome}");
}

#[test]
fn a_kept_index_does_not_stand_in_either() {
    let server = shop();
    let door = TlsDoor::to(server.port(), "own");
    let session = Session::new();
    session.write(
        "work/c/Chart.yaml",
        &format!(
            "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies: [{{name: shop, version: ^1, repository: 'https://{}'}}]\n",
            door.host()
        ),
    );
    let repositories = |more: &str| {
        session.write(
            "home/.config/helm/repositories.yaml",
            &format!(
                "repositories:\n- name: dock\n  url: https://{}\n{more}",
                door.host()
            ),
        );
    };
    let update = || session.run(&["dependency", "update", "c"]);
    repositories(&format!("  caFile: {}\n", certificate("own").display()));
    assert_eq!(update().status, 0);
    repositories("");
    let outcome = update();
    assert_eq!(outcome.status, 1, "{outcome}");
    assert!(outcome.stderr.contains(UNKNOWN), "{outcome}");
    repositories("  insecure_skip_tls_verify: true\n");
    fs::remove_file(session.work().join("c/charts/shop-1.0.0.tgz")).unwrap();
    assert_eq!(update().status, 0);
    assert!(session.work().join("c/charts/shop-1.0.0.tgz").exists());
}
