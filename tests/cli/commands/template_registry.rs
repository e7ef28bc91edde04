//! `landfall template` of charts in a real registry: logins that helpers keep, and indexes of manifests. Charts and texts are
//! those of helm 4.3.1 where it does not leave them to chance.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::dependency_update::packed;
use crate::docker_registry::DockerRegistry;
use crate::session::{Outcome, Session, everything};

/// `template r` with these words; helpers are looked for in `bin` first.
fn template(session: &Session, registry: &DockerRegistry, words: &str) -> Outcome {
    let words = words.replace("REGISTRY", &registry.url());
    let words: Vec<&str> = ["template", "r", "--plain-http"]
        .into_iter()
        .chain(words.split(' '))
        .collect();
    let path = std::env::var("PATH").unwrap();
    let bin = session.root().join("bin");
    let output = session
        .command(&words)
        .env("PATH", format!("{}:{path}", bin.display()))
        .output();
    let mut outcome = session.outcome(output.unwrap()).stable();
    for text in [&mut outcome.stdout, &mut outcome.stderr] {
        *text = text.replace(&format!(":{}", registry.port()), ":PORT");
    }
    outcome
}

/// A helper that tells what it was asked, and answers like this.
fn helper(session: &Session, name: &str, answer: &str) {
    let path = format!("bin/docker-credential-{name}");
    session.write(
        &path,
        &format!(
            "#!/bin/sh\nread -r server\necho \"{name} $1 $server\" >> \"$HOME/asked\"\n{answer}\n"
        ),
    );
    let path = session.root().join(path);
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// What helpers were asked since the last time.
fn asked(session: &Session, registry: &DockerRegistry) -> String {
    let path = session.home().join("asked");
    let text = fs::read_to_string(&path).unwrap_or_default();
    let _ = fs::remove_file(path);
    text.replace(&format!(":{}", registry.port()), ":PORT")
}

const LOGIN: &str = "echo '{\"ServerURL\":\"x\",\"Username\":\"ada\",\"Secret\":\"canary-pw\"}'";

const HELM: &str = "home/.config/helm/registry/config.json";

const DOCKER: &str = "home/.docker/config.json";

#[test]
fn a_helper_gives_the_login() {
    let session = Session::new();
    let Some(registry) = DockerRegistry::start_guarded(session.root()) else {
        eprintln!("left out: docker-registry is not installed");
        return;
    };
    registry.push("charts/shop", "1.0.0", &packed("shop", "1.0.0"));
    let chart = "REGISTRY/charts/shop:1.0.0";
    let host = format!("127.0.0.1:{}", registry.port());
    let run = || template(&session, &registry, chart);
    assert!(run().stderr.contains("401"), "{}", run());
    helper(&session, "good", LOGIN);
    helper(
        &session,
        "none",
        "echo 'credentials not found in native keychain'; exit 1",
    );
    let per_host = format!("{{\"credsStore\":\"none\",\"credHelpers\":{{\"{host}\":\"good\"}}}}");
    for (helm, docker, expected) in [
        // Docker's file is asked where Helm's has nothing.
        ("", "{\"credsStore\":\"good\"}", "good get 127.0.0.1:PORT\n"),
        (
            "{\"credsStore\":\"good\"}",
            "{\"credsStore\":\"none\"}",
            "good get 127.0.0.1:PORT\n",
        ),
        (
            "{\"credsStore\":\"none\"}",
            "{\"credsStore\":\"good\"}",
            "none get 127.0.0.1:PORT\ngood get 127.0.0.1:PORT\n",
        ),
        (&per_host, "", "good get 127.0.0.1:PORT\n"),
    ] {
        session.write(HELM, helm);
        session.write(DOCKER, docker);
        let outcome = run();
        assert!(
            outcome.stdout.ends_with("kind: A\n"),
            "{helm} {docker}: {outcome}"
        );
        assert_eq!(asked(&session, &registry), expected, "{helm} {docker}");
        assert!(!outcome.to_string().contains("canary"), "{outcome}");
    }
    // A login on the command line asks nobody.
    let words = format!("{chart} --username ada --password canary-pw");
    assert_eq!(template(&session, &registry, &words).status, 0);
    assert_eq!(asked(&session, &registry), "");
    for (path, (file, _)) in everything(&session.home()) {
        assert!(
            !String::from_utf8_lossy(&file).contains("canary"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn a_helper_that_fails_is_told_with_what_to_do() {
    let session = Session::new();
    let Some(registry) = DockerRegistry::start_guarded(session.root()) else {
        eprintln!("left out: docker-registry is not installed");
        return;
    };
    registry.push("charts/shop", "1.0.0", &packed("shop", "1.0.0"));
    helper(&session, "locked", "echo 'the store is locked'; exit 1");
    helper(
        &session,
        "leaky",
        "echo '{\"Username\":\"ada\",\"Secret\":\"canary-pw\"'",
    );
    helper(
        &session,
        "wrong",
        "echo '{\"Username\":\"ada\",\"Secret\":\"canary-wrong\"}'",
    );
    let mut told = String::new();
    for name in ["missing", "locked", "leaky", "wrong"] {
        session.write(HELM, &format!("{{\"credsStore\":\"{name}\"}}"));
        let outcome = template(&session, &registry, "REGISTRY/charts/shop:1.0.0");
        assert_eq!(outcome.status, 1);
        told.push_str(&outcome.stderr);
    }
    assert!(!told.contains("canary"), "{told}");
    insta::assert_snapshot!(told, @r#"
    Error: cannot ask for the login of 127.0.0.1:PORT (/ROOT_________/home/.config/helm/registry/config.json): the credential helper docker-credential-missing is not installed: it is in no folder of PATH; install docker-credential-missing, or give --username and --password
    Error: cannot ask for the login of 127.0.0.1:PORT (/ROOT_________/home/.config/helm/registry/config.json): the credential helper docker-credential-locked failed: the store is locked; try `docker-credential-locked list`, or give --username and --password
    Error: cannot ask for the login of 127.0.0.1:PORT (/ROOT_________/home/.config/helm/registry/config.json): the answer of the credential helper docker-credential-leaky is no login; try `docker-credential-leaky list`, or give --username and --password
    Error: GET "http://127.0.0.1:PORT/v2/charts/shop/manifests/1.0.0": response status code 401: 401 Unauthorized
    "#);
}

#[test]
fn an_index_of_manifests_is_its_one_chart() {
    let session = Session::new();
    let Some(registry) = DockerRegistry::start(session.root()) else {
        eprintln!("left out: docker-registry is not installed");
        return;
    };
    let one = registry.push("charts/shop", "1.0.0", &packed("shop", "1.0.0"));
    let other = registry.push("charts/shop", "1.1.0", &packed("shop", "1.1.0"));
    let image = registry.push_image("charts/shop", "6.0.0");
    registry.push_index("charts/shop", "2.0.0", &[&image, &one]);
    registry.push_index("charts/shop", "3.0.0", &[&image]);
    registry.push_index("charts/shop", "4.0.0", &[&one, &other]);
    registry.push_index("charts/shop", "5.0.0", &[]);
    let mut told = String::new();
    for version in ["2.0.0", "3.0.0", "4.0.0", "5.0.0", "6.0.0"] {
        let outcome = template(
            &session,
            &registry,
            &format!("REGISTRY/charts/shop:{version}"),
        );
        let _ = writeln!(told, "$ {version}\n{}", outcome.to_string().trim_end());
    }
    insta::assert_snapshot!(told, @"
    $ 2.0.0
    ---
    # Source: shop/templates/a.yaml
    kind: A
    ---- stderr
    Pulled: 127.0.0.1:PORT/charts/shop:2.0.0
    Digest: sha256:DIGEST
    $ 3.0.0
    ---- stderr
    Error: could not load config with mediatype application/vnd.cncf.helm.config.v1+json
    ---- status 1
    $ 4.0.0
    ---- stderr
    Error: 127.0.0.1:PORT/charts/shop:4.0.0 is an index of 2 charts; name one of them by its digest: @sha256:DIGEST, @sha256:DIGEST
    ---- status 1
    $ 5.0.0
    ---- stderr
    Error: manifest does not contain minimum number of descriptors (2), descriptors found: 1
    ---- status 1
    $ 6.0.0
    ---- stderr
    Error: manifest does not contain minimum number of descriptors (2), descriptors found: 1
    ---- status 1
    ");
}
