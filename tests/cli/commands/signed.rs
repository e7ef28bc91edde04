//! `--verify` of `landfall template` and `landfall dependency` for charts that are fetched: from a server on loopback and from a
//! real registry. With `LANDFALL_HELM` (the path of Helm 4.3.1 as published) Helm runs beside landfall and has to say the same.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use landfall::render::dependency::package_digest;
use landfall::render::provenance::PROVENANCE_LIMIT;

use crate::chart_server::{ChartServer, Reply};
use crate::docker_registry::DockerRegistry;
use crate::session::{Session, tree};

const CHART: &str = "shop-1.0.0.tgz";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/provenance")
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

/// The same files for landfall and for Helm.
struct World {
    server: ChartServer,
    ours: Session,
    theirs: Option<(PathBuf, Session)>,
    /// A registry's port, if there is one.
    port: Option<u16>,
}

impl World {
    fn new() -> Self {
        let server = ChartServer::start();
        let digest = package_digest(&fixture(CHART));
        server.file(&format!("/{CHART}"), fixture(CHART));
        server.file("/index.yaml", format!(
            "apiVersion: v1\nentries:\n  shop:\n  - {{name: shop, version: 1.0.0, urls: [{CHART}], digest: {digest}}}\n"
        ));
        let helm = std::env::var_os("LANDFALL_HELM").map(PathBuf::from);
        Self {
            server,
            ours: Session::new(),
            theirs: helm.map(|helm| (helm, Session::new())),
            port: None,
        }
    }

    /// Adds the server as `dock`, and a chart `c` that wants `shop` from it.
    fn with_dock() -> Self {
        let world = Self::new();
        let text = format!(
            "repositories:\n- name: dock\n  url: {}\n",
            world.server.url()
        );
        world.write("home/.config/helm/repositories.yaml", &text);
        world.want("@dock");
        world
    }

    /// The provenance that the server has, or none.
    fn set(&self, provenance: Option<&str>) {
        let reply = match provenance {
            Some(name) => Reply::File(fixture(name)),
            None => Reply::Status(404, String::new()),
        };
        self.server.set(&format!("/{CHART}.prov"), reply);
    }

    fn write(&self, path: &str, text: &str) {
        self.ours.write(path, text);
        if let Some((_, session)) = &self.theirs {
            session.write(path, text);
        }
    }

    /// A chart `c` that wants `shop` from here.
    fn want(&self, repository: &str) {
        self.write(
            "work/c/Chart.yaml",
            &format!("apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies: [{{name: shop, version: 1.x, repository: '{repository}'}}]\n"),
        );
    }

    /// Runs command lines one after the other; `SERVER` and `KEYS` stand for their places.
    fn story(&self, calls: &[&str]) -> String {
        let mut story = String::new();
        for line in calls {
            let shown = self.run(&self.ours, None, line);
            if let Some((helm, session)) = &self.theirs {
                let theirs = self.run(session, Some(helm), line);
                assert_eq!(shown, theirs, "ours and Helm's: {line}");
            }
            let _ = writeln!(story, "$ {line}\n{}", shown.trim_end());
        }
        story
    }

    fn run(&self, session: &Session, helm: Option<&Path>, line: &str) -> String {
        let keys = folder().to_string_lossy().into_owned();
        let port = self.port.unwrap_or_default().to_string();
        let line = line
            .replace("SERVER", &self.server.url())
            .replace("KEYS", &keys)
            .replace("PORT", &port);
        let words: Vec<&str> = line.split(' ').collect();
        let outcome = match helm {
            None => session.run(&words),
            Some(helm) => {
                let mut command = std::process::Command::new(helm);
                session.isolate(&mut command);
                session.outcome(command.args(&words).output().unwrap())
            }
        };
        let shown = outcome
            .to_string()
            .replace(&self.server.url(), "SERVER")
            .replace(&keys, "KEYS")
            .replace(&format!("127.0.0.1:{port}"), "127.0.0.1:PORT")
            // Helm shows the server's word for a status.
            .replace("404 x", "404 Not Found");
        without_ids(&shown)
    }
}

/// The number of the process, which Helm has in the names of folders.
fn without_ids(text: &str) -> String {
    let mut parts = text.split("tmpcharts-");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown.push_str("tmpcharts-PID");
        shown.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    shown
}

#[test]
fn a_chart_from_the_web_is_checked_by_the_file_beside_it() {
    let world = World::new();
    world.set(Some("rsa.prov"));
    insta::assert_snapshot!(world.story(&[
        "template r SERVER/shop-1.0.0.tgz --verify --keyring KEYS/rsa.gpg",
        "template r shop --repo SERVER --verify --keyring KEYS/rsa.gpg",
        "template r shop --version 1.x --repo SERVER --verify --keyring KEYS/ed25519.gpg",
        "template r SERVER/shop-1.0.0.tgz --verify",
        "template r SERVER/shop-1.0.0.tgz --keyring KEYS/none.gpg",
    ]), @"
    $ template r SERVER/shop-1.0.0.tgz --verify --keyring KEYS/rsa.gpg
    ---
    # Source: shop/templates/a.yaml
    kind: Shop
    name: r
    $ template r shop --repo SERVER --verify --keyring KEYS/rsa.gpg
    ---
    # Source: shop/templates/a.yaml
    kind: Shop
    name: r
    $ template r shop --version 1.x --repo SERVER --verify --keyring KEYS/ed25519.gpg
    ---- stderr
    Error: openpgp: signature made by unknown entity
    ---- status 1
    $ template r SERVER/shop-1.0.0.tgz --verify
    ---- stderr
    Error: failed to load keyring: open /ROOT_________/home/.gnupg/pubring.gpg: no such file or directory
    ---- status 1
    $ template r SERVER/shop-1.0.0.tgz --keyring KEYS/none.gpg
    ---
    # Source: shop/templates/a.yaml
    kind: Shop
    name: r
    ");
    assert!(world.server.asked().contains(&format!("GET /{CHART}.prov")));
}

#[test]
fn a_chart_without_provenance_is_refused() {
    let world = World::new();
    world.set(None);
    insta::assert_snapshot!(world.story(&[
        "template r SERVER/shop-1.0.0.tgz --verify --keyring KEYS/rsa.gpg",
        "template r shop --repo SERVER --verify --keyring KEYS/rsa.gpg",
    ]), @r#"
    $ template r SERVER/shop-1.0.0.tgz --verify --keyring KEYS/rsa.gpg
    ---- stderr
    Error: failed to fetch provenance "SERVER/shop-1.0.0.tgz.prov"
    ---- status 1
    $ template r shop --repo SERVER --verify --keyring KEYS/rsa.gpg
    ---- stderr
    Error: failed to fetch provenance "SERVER/shop-1.0.0.tgz.prov"
    ---- status 1
    "#);
    world.set(Some("wrong-sum.prov"));
    insta::assert_snapshot!(world.story(&[
        "template r SERVER/shop-1.0.0.tgz --verify --keyring KEYS/rsa.gpg",
    ]), @r#"
    $ template r SERVER/shop-1.0.0.tgz --verify --keyring KEYS/rsa.gpg
    ---- stderr
    Error: sha256 sum does not match for shop-1.0.0.tgz: "sha256:01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b" != "sha256:4e1e7c53b58996a59c27600cd5f57fd66a1f3f0220e69adfca31a5a208663198"
    ---- status 1
    "#);
}

#[test]
fn a_provenance_is_asked_for_once_and_again_when_it_does_not_fit() {
    let world = World::new();
    let run = |key: &str| {
        let line = format!(
            "template r shop --repo SERVER --version 1.0.0 --verify --keyring KEYS/{key}.gpg"
        );
        let shown = world.run(&world.ours, None, &line);
        let asked = world.server.asked();
        let asked = asked.iter().filter(|line| line.contains(".prov")).count();
        (shown.contains("name: r"), asked)
    };
    world.set(Some("ed25519.prov"));
    assert_eq!(run("ed25519"), (true, 1));
    assert_eq!(run("ed25519"), (true, 0));
    // The chart was signed anew by somebody else: the kept one is asked for again.
    assert_eq!(run("rsa"), (false, 1));
    world.set(Some("rsa.prov"));
    assert_eq!(run("rsa"), (true, 1));
    assert_eq!(run("rsa"), (true, 0));
    world.set(None);
    assert_eq!(run("rsa"), (true, 0));
    assert_eq!(run("ed25519"), (false, 1));
}

#[test]
fn a_huge_provenance_is_not_read() {
    let world = World::new();
    let huge = vec![b'x'; PROVENANCE_LIMIT as usize + 1];
    world.server.file(&format!("/{CHART}.prov"), huge);
    let line = "template r SERVER/shop-1.0.0.tgz --verify --keyring KEYS/rsa.gpg";
    let shown = world.run(&world.ours, None, line);
    insta::assert_snapshot!(shown, @r#"
    ---- stderr
    Error: failed to fetch provenance "SERVER/shop-1.0.0.tgz.prov"
    ---- status 1
    "#);
    let session = Session::new();
    session.write(&format!("work/{CHART}.prov"), "");
    fs::write(session.work().join(CHART), fixture(CHART)).unwrap();
    let file = fs::File::create(session.work().join(format!("{CHART}.prov"))).unwrap();
    file.set_len(PROVENANCE_LIMIT + 1).unwrap();
    let keyring = folder().join("rsa.gpg").to_string_lossy().into_owned();
    let outcome = session.run(&["template", "r", CHART, "--verify", "--keyring", &keyring]);
    insta::assert_snapshot!(outcome, @"
    ---- stderr
    Error: failed to read provenance file: /ROOT_________/work/shop-1.0.0.tgz.prov is larger than 8388608 bytes
    ---- status 1
    ");
}

#[test]
fn an_update_wants_signatures_and_a_build_checks_those_that_there_are() {
    let world = World::with_dock();
    world.set(Some("rsa.prov"));
    insta::assert_snapshot!(world.story(&[
        "dependency update c --verify --keyring KEYS/ed25519.gpg",
        "dependency build c --verify --keyring KEYS/ed25519.gpg",
        "dependency update c --verify --keyring KEYS/rsa.gpg",
        "dependency build c --verify --keyring KEYS/rsa.gpg",
        "dependency build c --verify --keyring KEYS/ed25519.gpg",
        "dependency build c --verify",
        "dependency build c --keyring KEYS/none.gpg",
    ]), @r#"
    $ dependency update c --verify --keyring KEYS/ed25519.gpg
    Hang tight while we grab the latest from your chart repositories...
    ...Successfully got an update from the "dock" chart repository
    Update Complete. ⎈Happy Helming!⎈
    Saving 1 charts
    Downloading shop from repo SERVER
    Save error occurred:  could not download SERVER/shop-1.0.0.tgz: openpgp: signature made by unknown entity
    ---- stderr
    Error: could not download SERVER/shop-1.0.0.tgz: openpgp: signature made by unknown entity
    ---- status 1
    $ dependency build c --verify --keyring KEYS/ed25519.gpg
    Hang tight while we grab the latest from your chart repositories...
    ...Successfully got an update from the "dock" chart repository
    Update Complete. ⎈Happy Helming!⎈
    Saving 1 charts
    Downloading shop from repo SERVER
    Save error occurred:  could not download SERVER/shop-1.0.0.tgz: openpgp: signature made by unknown entity
    ---- stderr
    Error: could not download SERVER/shop-1.0.0.tgz: openpgp: signature made by unknown entity
    ---- status 1
    $ dependency update c --verify --keyring KEYS/rsa.gpg
    Hang tight while we grab the latest from your chart repositories...
    ...Successfully got an update from the "dock" chart repository
    Update Complete. ⎈Happy Helming!⎈
    Saving 1 charts
    Downloading shop from repo SERVER
    Could not verify c/tmpcharts-PID/shop-1.0.0.tgz.prov for moving: file 'c/tmpcharts-PID/shop-1.0.0.tgz.prov' does not appear to be a gzipped archive; got 'text/plain; charset=utf-8' (Skipping)Deleting outdated charts
    $ dependency build c --verify --keyring KEYS/rsa.gpg
    Hang tight while we grab the latest from your chart repositories...
    ...Successfully got an update from the "dock" chart repository
    Update Complete. ⎈Happy Helming!⎈
    Saving 1 charts
    Downloading shop from repo SERVER
    Could not verify c/tmpcharts-PID/shop-1.0.0.tgz.prov for moving: file 'c/tmpcharts-PID/shop-1.0.0.tgz.prov' does not appear to be a gzipped archive; got 'text/plain; charset=utf-8' (Skipping)Deleting outdated charts
    $ dependency build c --verify --keyring KEYS/ed25519.gpg
    Hang tight while we grab the latest from your chart repositories...
    ...Successfully got an update from the "dock" chart repository
    Update Complete. ⎈Happy Helming!⎈
    Saving 1 charts
    Downloading shop from repo SERVER
    Save error occurred:  could not download SERVER/shop-1.0.0.tgz: openpgp: signature made by unknown entity
    ---- stderr
    Error: could not download SERVER/shop-1.0.0.tgz: openpgp: signature made by unknown entity
    ---- status 1
    $ dependency build c --verify
    Hang tight while we grab the latest from your chart repositories...
    ...Successfully got an update from the "dock" chart repository
    Update Complete. ⎈Happy Helming!⎈
    Saving 1 charts
    Downloading shop from repo SERVER
    Save error occurred:  could not download SERVER/shop-1.0.0.tgz: failed to load keyring: open /ROOT_________/home/.gnupg/pubring.gpg: no such file or directory
    ---- stderr
    Error: could not download SERVER/shop-1.0.0.tgz: failed to load keyring: open /ROOT_________/home/.gnupg/pubring.gpg: no such file or directory
    ---- status 1
    $ dependency build c --keyring KEYS/none.gpg
    Hang tight while we grab the latest from your chart repositories...
    ...Successfully got an update from the "dock" chart repository
    Update Complete. ⎈Happy Helming!⎈
    Saving 1 charts
    Downloading shop from repo SERVER
    Deleting outdated charts
    "#);
    insta::assert_snapshot!(tree(&world.ours.work().join("c")), @"
    Chart.lock
    Chart.yaml
    charts/shop-1.0.0.tgz
    ");
}

#[test]
fn an_update_without_signatures_leaves_everything_as_it_was() {
    let world = World::with_dock();
    world.set(None);
    insta::assert_snapshot!(world.story(&[
        "dependency update c --verify --keyring KEYS/rsa.gpg",
        "dependency build c --verify --keyring KEYS/rsa.gpg",
        "dependency update c --verify --keyring KEYS/rsa.gpg",
    ]), @r#"
    $ dependency update c --verify --keyring KEYS/rsa.gpg
    Hang tight while we grab the latest from your chart repositories...
    ...Successfully got an update from the "dock" chart repository
    Update Complete. ⎈Happy Helming!⎈
    Saving 1 charts
    Downloading shop from repo SERVER
    Save error occurred:  could not download SERVER/shop-1.0.0.tgz: failed to fetch provenance "SERVER/shop-1.0.0.tgz.prov"
    ---- stderr
    Error: could not download SERVER/shop-1.0.0.tgz: failed to fetch provenance "SERVER/shop-1.0.0.tgz.prov"
    ---- status 1
    $ dependency build c --verify --keyring KEYS/rsa.gpg
    Hang tight while we grab the latest from your chart repositories...
    ...Successfully got an update from the "dock" chart repository
    Update Complete. ⎈Happy Helming!⎈
    Saving 1 charts
    Downloading shop from repo SERVER
    WARNING: Verification not found for SERVER/shop-1.0.0.tgz: failed to fetch SERVER/shop-1.0.0.tgz.prov : 404 Not Found
    Deleting outdated charts
    $ dependency update c --verify --keyring KEYS/rsa.gpg
    Hang tight while we grab the latest from your chart repositories...
    ...Successfully got an update from the "dock" chart repository
    Update Complete. ⎈Happy Helming!⎈
    Saving 1 charts
    Downloading shop from repo SERVER
    Save error occurred:  could not download SERVER/shop-1.0.0.tgz: failed to fetch provenance "SERVER/shop-1.0.0.tgz.prov"
    ---- stderr
    Error: could not download SERVER/shop-1.0.0.tgz: failed to fetch provenance "SERVER/shop-1.0.0.tgz.prov"
    ---- status 1
    "#);
    insta::assert_snapshot!(tree(&world.ours.work().join("c")), @"
    Chart.lock
    Chart.yaml
    charts/shop-1.0.0.tgz
    ");
}

#[test]
fn what_is_not_fetched_needs_no_signature() {
    let world = World::new();
    world.write(
        "work/d/Chart.yaml",
        "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
    );
    world.want("file://../d");
    insta::assert_snapshot!(world.story(&[
        "dependency update c --verify --keyring KEYS/none.gpg",
        "template r c --dependency-update --verify --keyring KEYS/rsa.gpg",
    ]), @"
    $ dependency update c --verify --keyring KEYS/none.gpg
    Saving 1 charts
    Deleting outdated charts
    $ template r c --dependency-update --verify --keyring KEYS/rsa.gpg
    ---- stderr
    Error: unpacked charts cannot be verified
    ---- status 1
    ");
}

#[test]
fn a_registry_keeps_the_provenance_as_a_layer() {
    let mut world = World::new();
    let Some(registry) = DockerRegistry::start(world.ours.root()) else {
        eprintln!("left out: docker-registry is not installed");
        return;
    };
    world.port = Some(registry.port());
    registry.push_signed(
        "signed/shop",
        "1.0.0",
        &fixture(CHART),
        &fixture("rsa.prov"),
    );
    registry.push("bare/shop", "1.0.0", &fixture(CHART));
    insta::assert_snapshot!(world.story(&[
        "template r oci://127.0.0.1:PORT/signed/shop:1.0.0 --plain-http --verify --keyring KEYS/rsa.gpg",
        "template r oci://127.0.0.1:PORT/signed/shop --plain-http --verify --keyring KEYS/rsa.gpg",
        "template r oci://127.0.0.1:PORT/signed/shop --plain-http --verify",
    ]), @"
    $ template r oci://127.0.0.1:PORT/signed/shop:1.0.0 --plain-http --verify --keyring KEYS/rsa.gpg
    ---
    # Source: shop/templates/a.yaml
    kind: Shop
    name: r
    ---- stderr
    Pulled: 127.0.0.1:PORT/signed/shop:1.0.0
    Digest: sha256:785a8384d2fcd2ba67595f712c28f85c75261421bf3a11cae155ac4253cad146
    Pulled: 127.0.0.1:PORT/signed/shop:1.0.0
    Digest: sha256:785a8384d2fcd2ba67595f712c28f85c75261421bf3a11cae155ac4253cad146
    $ template r oci://127.0.0.1:PORT/signed/shop --plain-http --verify --keyring KEYS/rsa.gpg
    ---
    # Source: shop/templates/a.yaml
    kind: Shop
    name: r
    ---- stderr
    Pulled: 127.0.0.1:PORT/signed/shop:1.0.0
    Digest: sha256:785a8384d2fcd2ba67595f712c28f85c75261421bf3a11cae155ac4253cad146
    $ template r oci://127.0.0.1:PORT/signed/shop --plain-http --verify
    ---- stderr
    Pulled: 127.0.0.1:PORT/signed/shop:1.0.0
    Digest: sha256:785a8384d2fcd2ba67595f712c28f85c75261421bf3a11cae155ac4253cad146
    Error: failed to load keyring: open /ROOT_________/home/.gnupg/pubring.gpg: no such file or directory
    ---- status 1
    ");
    world.want(&format!("oci://127.0.0.1:{}/signed", registry.port()));
    insta::assert_snapshot!(world.story(&[
        "dependency update c --plain-http --verify --keyring KEYS/rsa.gpg",
        "dependency build c --plain-http --verify --keyring KEYS/ed25519.gpg",
    ]), @"
    $ dependency update c --plain-http --verify --keyring KEYS/rsa.gpg
    Saving 1 charts
    Downloading shop from repo oci://127.0.0.1:PORT/signed
    Pulled: 127.0.0.1:PORT/signed/shop:1.0.0
    Digest: sha256:785a8384d2fcd2ba67595f712c28f85c75261421bf3a11cae155ac4253cad146
    Pulled: 127.0.0.1:PORT/signed/shop:1.0.0
    Digest: sha256:785a8384d2fcd2ba67595f712c28f85c75261421bf3a11cae155ac4253cad146
    Could not verify c/tmpcharts-PID/shop-1.0.0.tgz.prov for moving: file 'c/tmpcharts-PID/shop-1.0.0.tgz.prov' does not appear to be a gzipped archive; got 'text/plain; charset=utf-8' (Skipping)Deleting outdated charts
    $ dependency build c --plain-http --verify --keyring KEYS/ed25519.gpg
    Saving 1 charts
    Downloading shop from repo oci://127.0.0.1:PORT/signed
    Pulled: 127.0.0.1:PORT/signed/shop:1.0.0
    Digest: sha256:785a8384d2fcd2ba67595f712c28f85c75261421bf3a11cae155ac4253cad146
    Pulled: 127.0.0.1:PORT/signed/shop:1.0.0
    Digest: sha256:785a8384d2fcd2ba67595f712c28f85c75261421bf3a11cae155ac4253cad146
    Save error occurred:  could not download oci://127.0.0.1:PORT/signed/shop: openpgp: signature made by unknown entity
    ---- stderr
    Error: could not download oci://127.0.0.1:PORT/signed/shop: openpgp: signature made by unknown entity
    ---- status 1
    ");
    world.want(&format!("oci://127.0.0.1:{}/bare", registry.port()));
    insta::assert_snapshot!(world.story(&[
        "dependency update c --plain-http --verify --keyring KEYS/rsa.gpg",
        "dependency update c --plain-http",
        "dependency build c --plain-http --verify --keyring KEYS/rsa.gpg",
    ]), @r#"
    $ dependency update c --plain-http --verify --keyring KEYS/rsa.gpg
    Saving 1 charts
    Downloading shop from repo oci://127.0.0.1:PORT/bare
    Pulled: 127.0.0.1:PORT/bare/shop:1.0.0
    Digest: sha256:d2b1ba08ac72ae6cc7fa7b546dbd328235bd6e1f4582c3bff3d3c74a59c7bb50
    Save error occurred:  could not download oci://127.0.0.1:PORT/bare/shop: failed to fetch provenance "oci://127.0.0.1:PORT/bare/shop:1.0.0.prov"
    ---- stderr
    Error: could not download oci://127.0.0.1:PORT/bare/shop: failed to fetch provenance "oci://127.0.0.1:PORT/bare/shop:1.0.0.prov"
    ---- status 1
    $ dependency update c --plain-http
    Saving 1 charts
    Downloading shop from repo oci://127.0.0.1:PORT/bare
    Pulled: 127.0.0.1:PORT/bare/shop:1.0.0
    Digest: sha256:d2b1ba08ac72ae6cc7fa7b546dbd328235bd6e1f4582c3bff3d3c74a59c7bb50
    Deleting outdated charts
    $ dependency build c --plain-http --verify --keyring KEYS/rsa.gpg
    Saving 1 charts
    Downloading shop from repo oci://127.0.0.1:PORT/bare
    Pulled: 127.0.0.1:PORT/bare/shop:1.0.0
    Digest: sha256:d2b1ba08ac72ae6cc7fa7b546dbd328235bd6e1f4582c3bff3d3c74a59c7bb50
    WARNING: Verification not found for oci://127.0.0.1:PORT/bare/shop: manifest does not contain a layer with mediatype application/vnd.cncf.helm.chart.provenance.v1.prov
    Deleting outdated charts
    "#);
    let line =
        "template r oci://127.0.0.1:PORT/bare/shop --plain-http --verify --keyring KEYS/rsa.gpg";
    // The same bytes were signed elsewhere.
    insta::assert_snapshot!(world.story(&[line]), @"
    $ template r oci://127.0.0.1:PORT/bare/shop --plain-http --verify --keyring KEYS/rsa.gpg
    ---
    # Source: shop/templates/a.yaml
    kind: Shop
    name: r
    ---- stderr
    Pulled: 127.0.0.1:PORT/bare/shop:1.0.0
    Digest: sha256:d2b1ba08ac72ae6cc7fa7b546dbd328235bd6e1f4582c3bff3d3c74a59c7bb50
    ");
    let other = Session::new();
    insta::assert_snapshot!(world.run(&other, None, line), @r#"
    ---- stderr
    Pulled: 127.0.0.1:PORT/bare/shop:1.0.0
    Digest: sha256:d2b1ba08ac72ae6cc7fa7b546dbd328235bd6e1f4582c3bff3d3c74a59c7bb50
    Error: failed to fetch provenance "oci://127.0.0.1:PORT/bare/shop:1.0.0.prov"
    ---- status 1
    "#);
}

#[test]
fn offline_a_kept_provenance_counts() {
    let mut world = World::new();
    let Some(registry) = DockerRegistry::start(world.ours.root()) else {
        eprintln!("left out: docker-registry is not installed");
        return;
    };
    world.port = Some(registry.port());
    world.theirs = None;
    registry.push_signed(
        "signed/shop",
        "1.0.0",
        &fixture(CHART),
        &fixture("rsa.prov"),
    );
    let run = |key: &str| {
        world.run(
            &world.ours,
            None,
            &format!("template r oci://127.0.0.1:PORT/signed/shop:1.0.0 --plain-http --verify --keyring KEYS/{key}.gpg"),
        )
    };
    assert!(run("rsa").contains("name: r"));
    drop(registry);
    let kept = run("rsa");
    assert!(
        kept.contains("name: r") && kept.contains("using the kept package"),
        "{kept}"
    );
    let wrong = run("ed25519");
    assert!(
        wrong.contains("Error: openpgp: signature made by unknown entity"),
        "{wrong}"
    );
}
