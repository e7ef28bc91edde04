//! `landfall template` of charts that are not on the disk: repositories and packages on loopback, a real registry, and what can be
//! wrong with them. Texts are those that helm 4.3.1 gave for the same charts, but for what the network itself says.

use std::fmt::Write as _;
use std::fs;

use landfall::render::dependency::package_digest;

use super::dependency_update::{packed, stock, wants};
use crate::chart_server::{ChartServer, Reply};
use crate::docker_registry::DockerRegistry;
use crate::session::{Outcome, Session, everything, tree};

/// Runs `template r` with these words; the server's address is `SERVER` in them and in the outcome.
fn template(session: &Session, server: &ChartServer, words: &str) -> String {
    run(session, server, words)
        .to_string()
        .replace(&server.url(), "SERVER")
}

fn run(session: &Session, server: &ChartServer, words: &str) -> Outcome {
    let words = words.replace("SERVER", &server.url());
    let words: Vec<&str> = ["template", "r"]
        .into_iter()
        .chain(words.split(' '))
        .collect();
    session.run(&words)
}

/// Several calls and what came of them.
fn story(session: &Session, server: &ChartServer, calls: &[&str]) -> String {
    let mut story = String::new();
    for words in calls {
        let outcome = template(session, server, words);
        let _ = writeln!(story, "$ {words}\n{}", outcome.trim_end());
    }
    story
}

/// The same, where only the version of the chart is of interest.
fn version(session: &Session, server: &ChartServer, words: &str) -> String {
    let outcome = run(session, server, words);
    assert_eq!(
        (outcome.status, outcome.stderr.as_str()),
        (0, ""),
        "{words}: {outcome}"
    );
    outcome.stdout.lines().last().unwrap_or_default().to_owned()
}

/// A packaged chart that prints its version.
fn telling(version: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("apiVersion: v2\nname: shop\nversion: {version}\n");
    fs::write(folder.path().join("Chart.yaml"), text).unwrap();
    fs::create_dir(folder.path().join("templates")).unwrap();
    fs::write(
        folder.path().join("templates/a.yaml"),
        "v: {{ .Chart.Version }}\n",
    )
    .unwrap();
    chart::pack_folder(folder.path()).unwrap().bytes
}

/// A repository with these versions of `shop`; each prints its own.
fn shop(server: &ChartServer, versions: &[&str]) {
    let mut index = "apiVersion: v1\nentries:\n  shop:\n".to_owned();
    for version in versions {
        let bytes = telling(version);
        let digest = package_digest(&bytes);
        let _ = writeln!(
            index,
            "  - {{name: shop, version: {version}, urls: [shop-{version}.tgz], digest: {digest}}}"
        );
        server.file(&format!("/shop-{version}.tgz"), bytes);
    }
    server.file("/index.yaml", index);
}

/// A session in which helm knows the server as `dock`.
fn docked(server: &ChartServer, more: &str) -> Session {
    let session = Session::new();
    session.write(
        "home/.config/helm/repositories.yaml",
        &format!(
            "repositories:\n- name: dock\n  url: {}\n{more}",
            server.url()
        ),
    );
    session
}

#[test]
fn a_version_is_chosen_as_helm_does() {
    let server = ChartServer::start();
    shop(&server, &["1.0.0", "1.10.0", "1.9.0", "2.0.0-rc.1"]);
    let session = docked(&server, "");
    for (flags, expected) in [
        ("", "v: 1.10.0"),
        (" --version ^1.0", "v: 1.10.0"),
        (" --version 1.9.0", "v: 1.9.0"),
        (" --version <1.9", "v: 1.0.0"),
        (" --devel", "v: 2.0.0-rc.1"),
        (" --devel --version 1.x", "v: 1.10.0"),
    ] {
        for chart in ["shop --repo SERVER", "dock/shop"] {
            let words = format!("{chart}{flags}");
            assert_eq!(version(&session, &server, &words), expected, "{words}");
        }
    }
    // An address has one version, whatever the flag says.
    let words = "SERVER/shop-1.0.0.tgz --version 7.0.0";
    assert_eq!(version(&session, &server, words), "v: 1.0.0");
    insta::assert_snapshot!(template(&session, &server, "shop --repo SERVER --version 1.0"), @r#"
    ---
    # Source: shop/templates/a.yaml
    v: 1.0.0
    ---- stderr
    level=WARN msg="unable to find exact version requested; falling back to closest available version" chart=shop requested=1.0 selected=1.0.0
    "#);
}

#[test]
fn what_is_not_there_is_told_in_helms_words() {
    let server = ChartServer::start();
    shop(&server, &["1.0.0"]);
    server.file("/page.html", "<html>");
    let session = docked(&server, "- name: bare\n");
    insta::assert_snapshot!(story(&session, &server, &[
        "none --repo SERVER",
        "shop --repo SERVER --version 7.0.0",
        "shop --repo SERVER/elsewhere",
        "shop --repo ftp://127.0.0.1",
        "shop --repo oci://127.0.0.1/charts",
        "dock/none",
        "dock/shop --version 7",
        "bare/shop",
        "nobody/shop",
        "shop",
        "SERVER",
        "SERVER/shop-7.0.0.tgz",
        "SERVER/page.html",
        "ftp://127.0.0.1/shop.tgz",
        "oci://127.0.0.1",
        "oci://127.0.0.1/Shop:1.0.0",
        "oci://127.0.0.1/shop:1.0.0 --version 1.1.0",
        "oci://127.0.0.1/shop@sha256:0a",
    ]), @r#"
    $ none --repo SERVER
    ---- stderr
    Error: chart "none" not found in SERVER repository
    ---- status 1
    $ shop --repo SERVER --version 7.0.0
    ---- stderr
    Error: chart "shop" version "7.0.0" not found in SERVER repository
    ---- status 1
    $ shop --repo SERVER/elsewhere
    ---- stderr
    Error: looks like "SERVER/elsewhere" is not a valid chart repository or cannot be reached: failed to fetch SERVER/elsewhere/index.yaml : 404 Not Found
    ---- status 1
    $ shop --repo ftp://127.0.0.1
    ---- stderr
    Error: could not find protocol handler for: ftp
    ---- status 1
    $ shop --repo oci://127.0.0.1/charts
    ---- stderr
    Error: looks like "oci://127.0.0.1/charts" is not a valid chart repository or cannot be reached: it is a registry, which has no index; name the chart as oci://127.0.0.1/charts/shop
    ---- status 1
    $ dock/none
    ---- stderr
    Error: chart "none" matching  not found in dock index. (try 'helm repo update'): no chart name found
    ---- status 1
    $ dock/shop --version 7
    ---- stderr
    Error: chart "shop" matching 7 not found in dock index. (try 'helm repo update'): no chart version found for shop-7
    ---- status 1
    $ bare/shop
    ---- stderr
    Error: no URL found for repository bare
    ---- status 1
    $ nobody/shop
    ---- stderr
    Error: repo nobody not found
    ---- status 1
    $ shop
    ---- stderr
    Error: non-absolute URLs should be in form of repo_name/path_to_chart, got: shop
    ---- status 1
    $ SERVER
    ---- stderr
    Error: non-absolute URLs should be in form of repo_name/path_to_chart, got: SERVER
    ---- status 1
    $ SERVER/shop-7.0.0.tgz
    ---- stderr
    Error: failed to fetch SERVER/shop-7.0.0.tgz : 404 Not Found
    ---- status 1
    $ SERVER/page.html
    ---- stderr
    Error: the package cannot be used: unexpected EOF
    ---- status 1
    $ ftp://127.0.0.1/shop.tgz
    ---- stderr
    Error: scheme "ftp" not supported
    ---- status 1
    $ oci://127.0.0.1
    ---- stderr
    Error: invalid reference: missing registry or repository
    ---- status 1
    $ oci://127.0.0.1/Shop:1.0.0
    ---- stderr
    Error: invalid reference: invalid repository "Shop"
    ---- status 1
    $ oci://127.0.0.1/shop:1.0.0 --version 1.1.0
    ---- stderr
    Error: chart reference and version mismatch: 1.1.0 is not 1.0.0
    ---- status 1
    $ oci://127.0.0.1/shop@sha256:0a
    ---- stderr
    Error: invalid reference: invalid digest "sha256:0a"
    ---- status 1
    "#);
}

#[test]
fn an_exact_version_that_is_kept_needs_no_network() {
    let server = ChartServer::start();
    shop(&server, &["1.0.0", "1.1.0"]);
    let session = docked(&server, "");
    for words in [
        "dock/shop --version 1.0.0",
        "shop --repo SERVER --version 1.0.0",
        "SERVER/shop-1.0.0.tgz",
    ] {
        assert_eq!(version(&session, &server, words), "v: 1.0.0");
    }
    assert_eq!(
        server.asked(),
        [
            "GET /index.yaml",
            "GET /shop-1.0.0.tgz",
            "GET /shop-1.0.0.tgz"
        ]
    );
    for path in ["/index.yaml", "/shop-1.0.0.tgz", "/shop-1.1.0.tgz"] {
        server.set(path, Reply::Status(503, String::new()));
    }
    assert_eq!(
        version(&session, &server, "dock/shop --version 1.0.0"),
        "v: 1.0.0"
    );
    assert!(server.asked().is_empty());
    insta::assert_snapshot!(story(&session, &server, &[
        "dock/shop --version <1.1",
        "shop --repo SERVER --version 1.1.0",
        "SERVER/shop-1.0.0.tgz",
    ]), @"
    $ dock/shop --version <1.1
    ---
    # Source: shop/templates/a.yaml
    v: 1.0.0
    $ shop --repo SERVER --version 1.1.0
    ---- stderr
    Error: failed to fetch SERVER/shop-1.1.0.tgz : 503 Service Unavailable
    ---- status 1
    $ SERVER/shop-1.0.0.tgz
    ---
    # Source: shop/templates/a.yaml
    v: 1.0.0
    ---- stderr
    warning: using the kept package: failed to fetch SERVER/shop-1.0.0.tgz : 503 Service Unavailable
    ");
}

#[test]
fn nobody_there_is_an_error_that_names_the_address() {
    let server = ChartServer::start();
    let session = docked(&server, "- name: down\n  url: http://127.0.0.1:1\n");
    insta::assert_snapshot!(story(&session, &server, &[
        "shop --repo http://127.0.0.1:1",
        "down/shop",
        "http://127.0.0.1:1/shop.tgz",
        "oci://127.0.0.1:1/charts/shop --plain-http",
        "oci://127.0.0.1:1/charts/shop:1.0.0 --plain-http",
    ]), @r#"
    $ shop --repo http://127.0.0.1:1
    ---- stderr
    Error: looks like "http://127.0.0.1:1" is not a valid chart repository or cannot be reached: Get "http://127.0.0.1:1/index.yaml": cannot connect: connection refused
    ---- status 1
    $ down/shop
    ---- stderr
    Error: no cached repo found. (try 'helm repo update'): Get "http://127.0.0.1:1/index.yaml": cannot connect: connection refused
    ---- status 1
    $ http://127.0.0.1:1/shop.tgz
    ---- stderr
    Error: Get "http://127.0.0.1:1/shop.tgz": cannot connect: connection refused
    ---- status 1
    $ oci://127.0.0.1:1/charts/shop --plain-http
    ---- stderr
    Error: Get "http://127.0.0.1:1/v2/charts/shop/tags/list": cannot connect: connection refused
    ---- status 1
    $ oci://127.0.0.1:1/charts/shop:1.0.0 --plain-http
    ---- stderr
    Error: Get "http://127.0.0.1:1/v2/charts/shop/manifests/1.0.0": cannot connect: connection refused
    ---- status 1
    "#);
}

#[test]
fn a_package_is_what_the_index_says() {
    let server = ChartServer::start();
    shop(&server, &["1.0.0"]);
    server.file("/shop-1.0.0.tgz", telling("6.6.6"));
    let session = docked(&server, "");
    let outcome = run(&session, &server, "dock/shop --version 1.0.0");
    assert_eq!((outcome.status, outcome.stdout.as_str()), (1, ""));
    assert!(
        outcome
            .stderr
            .starts_with("Error: the package has the digest "),
        "{outcome}"
    );
    // A repository that has another one under the same version by now is asked again.
    server.file("/shop-1.0.0.tgz", telling("1.0.0"));
    assert_eq!(
        version(&session, &server, "dock/shop --version 1.0.0"),
        "v: 1.0.0"
    );
    let session = docked(&server, "");
    run(&session, &server, "dock/shop --version 7.0.0");
    let other = packed("shop", "1.0.0");
    server.file(
        "/index.yaml",
        format!(
            "apiVersion: v1\nentries:\n  shop:\n  - {{name: shop, version: 1.0.0, urls: [shop-1.0.0.tgz], digest: {}}}\n",
            package_digest(&other)
        ),
    );
    server.file("/shop-1.0.0.tgz", other);
    assert_eq!(
        version(&session, &server, "dock/shop --version 1.0.0"),
        "kind: A"
    );
}

#[test]
fn a_login_goes_where_it_belongs_and_is_never_printed() {
    let server = ChartServer::start();
    let elsewhere = ChartServer::start();
    let bytes = telling("1.0.0");
    let guarded = |file: Vec<u8>| Reply::Guarded {
        authorization: "Basic YWRhOmNhbmFyeS1wdw==".to_owned(),
        challenge: "Basic".to_owned(),
        file,
    };
    let index = format!(
        "apiVersion: v1\nentries:\n  shop:\n  - {{name: shop, version: 1.0.0, urls: [a.tgz]}}\n  far:\n  - {{name: shop, version: 1.0.0, urls: ['{}/b.tgz']}}\n",
        elsewhere.url()
    );
    server.set("/index.yaml", guarded(index.into_bytes()));
    server.set("/a.tgz", guarded(bytes.clone()));
    elsewhere.file("/b.tgz", bytes);
    let session = Session::new();
    let login = "--username ada --password canary-pw";
    for words in ["shop --repo SERVER", "SERVER/a.tgz"] {
        assert_eq!(
            version(&session, &server, &format!("{words} {login}")),
            "v: 1.0.0"
        );
        for wrong in ["", " --username ada --password canary-wrong"] {
            let outcome = run(&session, &server, &format!("{words} --debug{wrong}"));
            assert_eq!(outcome.status, 1, "{outcome}");
            assert!(outcome.stderr.contains("401 Unauthorized"), "{outcome}");
            assert!(!outcome.to_string().contains("canary"), "{outcome}");
        }
    }
    version(&session, &server, &format!("far --repo SERVER {login}"));
    assert_eq!(elsewhere.asked(), ["GET /b.tgz"]);
    version(
        &session,
        &server,
        &format!("far --repo SERVER {login} --pass-credentials"),
    );
    assert_eq!(elsewhere.asked(), ["GET /b.tgz +login"]);
    // A login in the address itself.
    let with_login = |password: &str| {
        server
            .url()
            .replace("http://", &format!("http://ada:{password}@"))
    };
    let words = format!("shop --repo {}", with_login("canary-pw"));
    assert_eq!(version(&session, &server, &words), "v: 1.0.0");
    let refused = run(
        &session,
        &server,
        &format!("{}/a.tgz", with_login("canary-wrong")),
    );
    assert!(refused.stderr.contains("401 Unauthorized"), "{refused}");
    assert!(!refused.to_string().contains("canary"), "{refused}");
    let refused = run(&session, &server, "oci://ada:canary@127.0.0.1/shop");
    assert!(!refused.to_string().contains("canary"), "{refused}");
    for (file, _) in everything(&session.home()).values() {
        assert!(!String::from_utf8_lossy(file).contains("canary"));
    }
    // One of helm's, for a package that its index names by its full address.
    let session = docked(&elsewhere, "  username: ada\n  password: canary-pw\n");
    let index = format!(
        "apiVersion: v1\nentries:\n  shop:\n  - {{name: shop, version: 1.0.0, urls: ['{}/b.tgz']}}\n",
        elsewhere.url()
    );
    elsewhere.file("/index.yaml", index);
    version(&session, &elsewhere, "dock/shop");
    version(&session, &elsewhere, "SERVER/b.tgz");
    let asked = elsewhere.asked();
    assert!(
        asked.iter().all(|asked| asked.ends_with("+login")),
        "{asked:?}"
    );
}

#[test]
fn a_real_registry_gives_tags_and_digests() {
    let session = Session::new();
    let server = ChartServer::start();
    let Some(registry) = DockerRegistry::start(session.root()) else {
        eprintln!("left out: docker-registry is not installed");
        return;
    };
    for version in ["1.0.0", "1.10.0+build.7", "1.9.0", "2.0.0-rc.1"] {
        registry.push("charts/shop", version, &telling(version));
    }
    let run = |words: &str| {
        let words = format!("{words} --plain-http").replace("REGISTRY", &registry.url());
        run(&session, &server, &words)
    };
    let said = |words: &str| {
        let text = run(words).stable().to_string();
        let text = text.replace(&format!(":{}", registry.port()), ":PORT");
        format!("$ {words}\n{}\n", text.trim_end())
    };
    let digest = |version: &str| {
        let outcome = run(&format!("REGISTRY/charts/shop --version {version}"));
        let line = outcome
            .stderr
            .lines()
            .find_map(|line| line.strip_prefix("Digest: "));
        line.expect("a digest").to_owned()
    };
    let (first, second) = (digest("1.0.0"), digest("1.9.0"));
    insta::assert_snapshot!(said("REGISTRY/charts/shop"), @"
    $ REGISTRY/charts/shop
    ---
    # Source: shop/templates/a.yaml
    v: 1.10.0+build.7
    ---- stderr
    Pulled: 127.0.0.1:PORT/charts/shop:1.10.0_build.7
    Digest: sha256:DIGEST
    127.0.0.1:PORT/charts/shop:1.10.0_build.7 contains an underscore.

    OCI artifact references (e.g. tags) do not support the plus sign (+). To support
    storing semantic versions, Helm adopts the convention of changing plus (+) to
    an underscore (_) in chart version tags when pushing to a registry and back to
    a plus (+) when pulling from a registry.
    ");
    insta::assert_snapshot!([
        said("REGISTRY/charts/shop --version <1.9"),
        said("REGISTRY/charts/shop --devel"),
        said("REGISTRY/charts/shop:1.9.0"),
        said("REGISTRY/charts/shop --version ^9"),
        said("REGISTRY/charts/shop:9.0.0"),
        said("REGISTRY/charts/shop:latest"),
        said("REGISTRY/charts/none"),
    ].concat(), @r#"
    $ REGISTRY/charts/shop --version <1.9
    ---
    # Source: shop/templates/a.yaml
    v: 1.0.0
    ---- stderr
    Pulled: 127.0.0.1:PORT/charts/shop:1.0.0
    Digest: sha256:DIGEST
    $ REGISTRY/charts/shop --devel
    ---
    # Source: shop/templates/a.yaml
    v: 2.0.0-rc.1
    ---- stderr
    Pulled: 127.0.0.1:PORT/charts/shop:2.0.0-rc.1
    Digest: sha256:DIGEST
    $ REGISTRY/charts/shop:1.9.0
    ---
    # Source: shop/templates/a.yaml
    v: 1.9.0
    ---- stderr
    Pulled: 127.0.0.1:PORT/charts/shop:1.9.0
    Digest: sha256:DIGEST
    $ REGISTRY/charts/shop --version ^9
    ---- stderr
    Error: could not locate a version matching provided version string ^9
    ---- status 1
    $ REGISTRY/charts/shop:9.0.0
    ---- stderr
    Error: failed to perform "FetchReference" on source: 127.0.0.1:PORT/charts/shop:9.0.0: not found
    ---- status 1
    $ REGISTRY/charts/shop:latest
    ---- stderr
    Error: improper constraint: "latest"
    ---- status 1
    $ REGISTRY/charts/none
    ---- stderr
    Error: 127.0.0.1:PORT/charts/none: not found
    ---- status 1
    "#);
    for words in ["shop@FIRST", "shop:1.0.0@FIRST", "shop:9.0.0@FIRST"] {
        let outcome = run(&format!(
            "REGISTRY/charts/{}",
            words.replace("FIRST", &first)
        ));
        assert!(outcome.stdout.ends_with("v: 1.0.0\n"), "{words}: {outcome}");
        assert!(
            outcome
                .stderr
                .contains(&format!("/charts/shop@{first}\nDigest: {first}\n")),
            "{words}: {outcome}"
        );
    }
    let mismatch = run(&format!("REGISTRY/charts/shop:1.9.0@{first}"));
    assert_eq!(
        (mismatch.status, mismatch.stderr),
        (
            1,
            format!("Error: chart reference digest mismatch: {second} is not {first}\n")
        )
    );
    let nothing = run(&format!("REGISTRY/charts/shop@sha256:{}", "0a".repeat(32)));
    assert!(nothing.stderr.ends_with(": not found\n"), "{nothing}");
    let (url, port) = (registry.url(), registry.port());
    drop(registry);
    let offline = |words: &str| {
        let words = format!("{} --plain-http", words.replace("REGISTRY", &url));
        self::run(&session, &server, &words)
    };
    // A digest is for ever; a tag may have moved.
    let kept = offline(&format!("REGISTRY/charts/shop@{first}"));
    assert!(
        kept.status == 0 && !kept.stderr.contains("warning"),
        "{kept}"
    );
    let kept = offline("REGISTRY/charts/shop:1.9.0").stable().to_string();
    insta::assert_snapshot!(kept.replace(&format!(":{port}"), ":PORT"), @r#"
    ---
    # Source: shop/templates/a.yaml
    v: 1.9.0
    ---- stderr
    warning: using the kept package: Get "http://127.0.0.1:PORT/v2/charts/shop/manifests/1.9.0": cannot connect: connection refused
    Pulled: 127.0.0.1:PORT/charts/shop:1.9.0
    Digest: sha256:DIGEST
    "#);
    let gone = offline("REGISTRY/charts/shop:1.5.0");
    assert!(
        gone.status == 1 && gone.stderr.contains("connection refused"),
        "{gone}"
    );
}

#[test]
fn missing_dependencies_are_fetched_when_that_is_asked_for() {
    let server = ChartServer::start();
    stock(&server, &["1.0.0", "1.1.0"]);
    let session = wants(&server, "^1");
    session.write("work/c/templates/a.yaml", "kind: Own\n");
    insta::assert_snapshot!(template(&session, &server, "c"), @"
    ---- stderr
    Error: an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: shop
    ---- status 1
    ");
    insta::assert_snapshot!(template(&session, &server, "c --dependency-update"), @r#"
    Getting updates for unmanaged Helm repositories...
    ...Successfully got an update from the "SERVER" chart repository
    Saving 1 charts
    Downloading shop from repo SERVER
    Deleting outdated charts
    ---
    # Source: c/charts/shop/templates/a.yaml
    kind: A

    ---
    # Source: c/templates/a.yaml
    kind: Own
    "#);
    assert_eq!(
        tree(&session.work().join("c")),
        "Chart.lock\nChart.yaml\ncharts/shop-1.1.0.tgz\ntemplates/a.yaml\n"
    );
    server.asked();
    // Nothing is asked when nothing is missing.
    session.done_in("work", &["template", "c", "--dependency-update"]);
    assert!(server.asked().is_empty());
}

#[test]
fn dependencies_that_cannot_be_fetched_leave_the_chart_as_it_was() {
    let server = ChartServer::start();
    stock(&server, &["1.0.0"]);
    let session = wants(&server, "^7");
    let before = everything(&session.work().join("c"));
    insta::assert_snapshot!(template(&session, &server, "c --dependency-update"), @r#"
    Getting updates for unmanaged Helm repositories...
    ...Successfully got an update from the "SERVER" chart repository
    ---- stderr
    Error: can't get a valid version for 1 subchart(s): "shop" (repository "SERVER", version "^7"). Make sure a matching chart version exists in the repo, or change the version constraint in Chart.yaml
    ---- status 1
    "#);
    assert!(everything(&session.work().join("c")) == before);
    // A library is refused before anything is fetched.
    let text = session.read("work/c/Chart.yaml").replace("^7", "^1") + "type: library\n";
    session.write("work/c/Chart.yaml", &text);
    server.asked();
    insta::assert_snapshot!(template(&session, &server, "c --dependency-update"), @"
    ---- stderr
    Error: library charts are not installable
    ---- status 1
    ");
    assert!(server.asked().is_empty());
    // A packed chart stays as it is.
    session.write("work/c/Chart.yaml", &text.replace("library", "application"));
    let bytes = chart::pack_folder(&session.work().join("c")).unwrap().bytes;
    fs::write(session.work().join("c.tgz"), bytes).unwrap();
    insta::assert_snapshot!(template(&session, &server, "c.tgz --dependency-update"), @"
    ---- stderr
    Error: only unpacked charts can be updated
    ---- status 1
    ");
}
