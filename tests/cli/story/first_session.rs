//! The first session of the README, and what comes after it.

use std::fs;
use std::path::Path;

use crate::session::Session;

const PAGE: &str = "<h1>Hello</h1>\n";

/// The commands of README's "A first session", in order.
fn readme() -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let section = text.split("## A first session").nth(1).unwrap();
    let block = section.split("```console\n").nth(1).unwrap();
    let block = block.split("```").next().unwrap();
    block
        .lines()
        .filter_map(|line| line.strip_prefix("$ "))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_readmes_first_session_works_as_it_is_written() {
    let session = Session::with_platform();
    let folder = session.repository("my-app", &[("index.html", PAGE)]);
    let commands = readme();
    assert_eq!(commands.len(), 5, "{commands:?}");
    for command in commands {
        let words: Vec<&str> = command.split(' ').collect();
        match words.as_slice() {
            // The watch of a person ends with Ctrl-C; --exit-status ends it as the runs end, with their outcome.
            ["landfall", arguments @ ..] if arguments.contains(&"--watch") => {
                let outcome = session.run_in(&folder, &[arguments, &["--exit-status"]].concat());
                assert_eq!(outcome.status, 0, "{command}: {outcome}");
                assert!(outcome.stdout.contains("Promote: staging"), "{outcome}");
            }
            ["landfall", arguments @ ..] => {
                let outcome = session.done_in(&folder, arguments);
                if arguments == ["get", "applications"] {
                    assert!(
                        outcome.stdout.contains("my-app        staging"),
                        "{outcome}"
                    );
                }
            }
            ["curl", url] => {
                let address = url.strip_prefix("http://").unwrap();
                let (host, path) = address.split_once('/').unwrap();
                let (host, port) = host.split_once(':').unwrap();
                assert_eq!(port, "8080", "the default port of the gateway");
                let answer = session.get(host, &format!("/{path}"));
                assert_eq!((answer.status, answer.body.as_str()), (200, PAGE));
            }
            _ => panic!("`{command}` is run by no test"),
        }
    }
    let production = session.get("my-app.production.localhost", "/");
    assert_eq!((production.status, production.body.as_str()), (200, PAGE));
}

#[test]
fn a_site_is_imported_served_released_again_and_promoted() {
    let session = Session::with_platform();
    let folder = session.repository("site", &[("index.html", PAGE)]);
    insta::assert_snapshot!(session.done_in(&folder, &["import", "--batch-mode"]).stable().stderr.split("after the push\n").nth(1).unwrap(), @"
    committed 26 files as COMMIT_
    pushed main to ada/site (origin)
    started the local platform, gateway http://localhost:PORT_
    Next:
      landfall get activities --filter site --watch
      landfall promote --env production
      landfall import --undo   (takes the import back)
    ");
    let watch = [
        "get",
        "activities",
        "--filter",
        "ada/site/main",
        "--watch",
        "--exit-status",
    ];
    session.done_in(&folder, &watch);
    insta::assert_snapshot!(session.run(&["get", "applications"]), @"
    APPLICATION   ENVIRONMENT   VERSION   READY   URL
    site          staging       0.0.1     1/1     http://site.staging.localhost:PORT_
    ");
    insta::assert_snapshot!(session.run(&["get", "applications", "-o", "name"]), @"application/site");
    let status = session.run(&["status"]).stable();
    insta::assert_snapshot!(status, @"
    NAME                      READY   STATUS    RESTARTS   AGE
    site-REVISION____-INST_   1/1     Running   0          #s
    ---- stderr
    gateway: http://localhost:PORT_
    ");
    assert_eq!(session.get("site.staging.localhost", "/").body, PAGE);
    assert_eq!(session.get("site.production.localhost", "/").status, 404);
    // Nothing of the repository but the site is served.
    for own in [
        "/Dockerfile",
        "/charts/site/Chart.yaml",
        "/.landfall/app.yaml",
        "/.git/config",
    ] {
        assert_eq!(
            session.get("site.staging.localhost", own).status,
            404,
            "{own}"
        );
    }

    // Tags start nothing, and no event of theirs is left to be tried for ever.
    session.until("the end of all events", || {
        let mut spool = fs::read_dir(session.state().join("spool")).ok()?;
        spool.next().is_none().then_some(())
    });

    // The next release: a commit, a push.
    session.write(&format!("{folder}/index.html"), "<h1>Again</h1>\n");
    session.git(
        &folder,
        &["commit", "--quiet", "--all", "-m", "feat: say it again"],
    );
    session.git(&folder, &["push", "--quiet", "origin", "main"]);
    session.until("the next release in staging", || {
        (session.get("site.staging.localhost", "/").body == "<h1>Again</h1>\n").then_some(())
    });
    let list = session.json(&["get", "applications", "--env", "staging"]);
    assert_eq!(
        list["items"][0]["version"], "0.1.0",
        "a feature raises the minor number"
    );
    assert_eq!(list["items"][0]["health"], "Healthy");
    session.git(&folder, &["fetch", "--quiet", "--tags", "origin"]);
    assert_eq!(session.git(&folder, &["tag"]), "v0.0.1\nv0.1.0");

    insta::assert_snapshot!(session.run_in(&folder, &["promote", "--env", "production", "--merge"]), @"production: site 0.1.0 merged (ada/environment-production#1)");
    assert_eq!(
        session.get("site.production.localhost", "/").body,
        "<h1>Again</h1>\n"
    );
    insta::assert_snapshot!(session.run(&["apply", "production"]), @"
    APPLICATION   ENVIRONMENT   VERSION   READY   URL
    site          production    0.1.0     1/1     http://site.production.localhost:PORT_
    ");
    insta::assert_snapshot!(session.run(&["get", "environments", "-o", "name"]), @"
    environment/staging
    environment/production
    ");
    insta::assert_snapshot!(session.run(&["down"]), @"
    ---- stderr
    the local platform is down
    ");
    insta::assert_snapshot!(session.run(&["get", "applications", "--no-start"]), @"
    APPLICATION   ENVIRONMENT   VERSION   READY       URL
    site          production    0.1.0     <unknown>
    site          staging       0.1.0     <unknown>
    ---- stderr
    warning: the local platform is not running: this is what the environments ask for
    hint: `landfall up` starts it
    ");

    // Everything is in Git: the next start serves it again, without a pipeline.
    session.done_in("work", &["up"]);
    session.until("both environments again", || {
        let both = ["staging", "production"].map(|environment| {
            session
                .get(&format!("site.{environment}.localhost"), "/")
                .status
        });
        (both == [200, 200]).then_some(())
    });
    let runs = session.json(&["get", "activities", "--filter", "ada/site/main"]);
    assert_eq!(
        runs["items"].as_array().unwrap().len(),
        2,
        "no run was repeated"
    );
}
