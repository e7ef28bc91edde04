use std::collections::BTreeSet;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::session::{Session, tree};

const REPOSITORY: &str = "http://charts.example.com";

/// An environment of the user's own: a bare repository without pipelines, so that nothing is waited for.
fn environment(session: &Session, strategy: &str) {
    session.git("work", &["init", "--quiet", "seed"]);
    session.write(
        "work/seed/environment.yaml",
        &format!("name: edge\npromotion: {strategy}\nchartRepository: {REPOSITORY}\n"),
    );
    session.git("work/seed", &["add", "."]);
    session.git("work/seed", &["commit", "--quiet", "-m", "seed"]);
    session.git(
        "work",
        &["clone", "--quiet", "--bare", "seed", "acme/edge.git"],
    );
    let outcome = session.run(&["create", "environment", "edge", "--repo", "acme/edge.git"]);
    assert_eq!(outcome.status, 0, "{outcome}");
}

fn promote<'a>(app: &'a str, version: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let args = ["promote", app, "--version", version, "--env", "edge"];
    args.iter().chain(more).copied().collect()
}

fn json(session: &Session, args: &[&str]) -> Value {
    let outcome = session.run(&[args, &["-o", "json"]].concat());
    serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{error}: {outcome}"))
}

#[test]
fn a_release_is_merged_found_again_and_never_taken_back() {
    let session = Session::new();
    environment(&session, "Auto");
    insta::assert_snapshot!(session.run(&promote("shop", "1.2.0", &["--dry-run"])), @"
    edge: shop 1.2.0 would change acme/edge
    --- /dev/null
    +++ b/namespaces/edge/shop/Chart.yaml
    +apiVersion: v2
    +name: shop
    +version: 0.0.0
    +dependencies:
    +  - name: shop
    +    version: 1.2.0
    +    repository: http://charts.example.com
    --- /dev/null
    +++ b/namespaces/edge/shop/values.yaml
    +# What differs here from the defaults of the chart.
    +shop: {}
    ");
    insta::assert_snapshot!(session.run(&promote("shop", "1.2.0", &[])), @"edge: shop 1.2.0 merged (acme/edge#1)");
    insta::assert_snapshot!(session.run(&promote("shop", "1.2.0", &[])), @"edge: shop 1.2.0 unchanged");
    let unchanged = session.run(&promote("shop", "1.2.0", &["--error-unchanged"]));
    assert_eq!(unchanged.status, 3);
    insta::assert_snapshot!(session.run(&promote("shop", "1.3.0", &["--dry-run"])), @"
    edge: shop 1.3.0 would change acme/edge
    --- a/namespaces/edge/shop/Chart.yaml
    +++ b/namespaces/edge/shop/Chart.yaml
    @@ -6 +6 @@
    -    version: 1.2.0
    +    version: 1.3.0
    ");
    insta::assert_snapshot!(session.run(&promote("shop", "1.1.0", &[])), @"
    edge: shop 1.1.0 superseded
    ---- stderr
    error: shop 1.1.0 is superseded by 1.2.0 in edge

    hint: --allow-downgrade promotes an older version on purpose
    hint: `landfall explain LF0040` says more
    ---- status 6
    ");
    let report = json(&session, &promote("shop", "1.1.0", &["--allow-downgrade"]));
    assert_eq!(report["outcome"], "merged");
    assert_eq!(
        report["files"],
        serde_json::json!(["namespaces/edge/shop/Chart.yaml"])
    );
    let merge = report["pullRequest"]["mergeCommit"].as_str().unwrap();
    assert_eq!(
        session.git("work/acme/edge.git", &["rev-parse", "main"]),
        merge
    );
    let report = json(&session, &promote("shop", "1.0.0", &[]));
    assert_eq!(report["outcome"], "superseded");
}

#[test]
fn a_manual_environment_waits_for_a_person() {
    let session = Session::new();
    environment(&session, "Manual");
    insta::assert_snapshot!(session.run(&promote("shop", "1.2.0", &[])), @"
    edge: shop 1.2.0 waits in acme/edge#1
    ---- stderr
    hint: a person decides: `landfall promote shop --version 1.2.0 --env edge --merge` merges it when its checks pass
    ");
    let again = json(&session, &promote("shop", "1.2.0", &[]));
    assert_eq!(again["outcome"], "open");
    assert!(
        again["pullRequest"]["url"]
            .as_str()
            .unwrap()
            .ends_with("/acme/edge.git/pull/1"),
        "{again}"
    );
    let branches = session.git(
        "work/acme/edge.git",
        &["branch", "--format=%(refname:short)"],
    );
    assert_eq!(branches, "main\npromote/edge/edge/shop");
}

#[test]
fn the_first_promotion_creates_staging_and_production() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["get", "environments"]), @"
    ---- stderr
    there is no environment yet; the first promotion creates staging and production
    ");
    insta::assert_snapshot!(session.run(&["promote", "shop", "--env", "staging", "--dry-run"]), @"
    ---- stderr
    would create the environments staging (Auto) and production (Manual) first
    ");
    assert!(
        !session.state().exists(),
        "a dry run writes nothing: {}",
        tree(&session.state())
    );
    insta::assert_snapshot!(session.run(&["promote", "shop", "--env", "staging"]), @"
    ---- stderr
    created environment staging (Auto) in ada/environment-staging
    created environment production (Manual) in ada/environment-production
    error: shop has no release

    hint: the release pipeline makes one: `landfall start pipeline`
    hint: `landfall explain LF0004` says more
    ---- status 5
    ");
    insta::assert_snapshot!(session.run(&["get", "environments"]), @"
    NAME         PROMOTE   NAMESPACE    ORDER   SOURCE
    staging      Auto      staging        100   ada/environment-staging
    production   Manual    production     200   ada/environment-production
    ");
    insta::assert_snapshot!(session.run(&["promote", "shop", "--env", "stagin", "--version", "1.0.0"]), @r#"
    ---- stderr
    error: no environment is called "stagin"

    hint: known: staging, production
    hint: `landfall create environment NAME` makes another one
    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);
    // No release of shop is on this machine, so the check of the pull request, which renders the environment, fails.
    insta::assert_snapshot!(session.run(&["promote", "shop", "--env", "staging", "--version", "1.0.0", "-u", REPOSITORY, "--timeout", "0"]), @"
    staging: shop 1.0.0 waits in ada/environment-staging#1
    ---- stderr
    error: the checks of ada/environment-staging#1 failed: landfall/pull-request (Tasks Completed: 1 (Failed: 1, Cancelled 0), Skipped: 0) (ada-environment-staging-pr-1-1)

    hint: `landfall logs ada/environment-staging/PR-1` shows what the check printed
    hint: `landfall explain LF0042` says more
    ---- status 1
    ");
}

#[test]
fn other_layouts_and_forges_are_refused_by_name() {
    let session = Session::new();
    session.git("work", &["init", "--quiet", "seed"]);
    session.write("work/seed/env/requirements.yaml", "dependencies: []\n");
    session.git("work/seed", &["add", "."]);
    session.git("work/seed", &["commit", "--quiet", "-m", "seed"]);
    session.git("work", &["clone", "--quiet", "--bare", "seed", "jx.git"]);
    let create = |repo: &str| session.run(&["create", "environment", "jx", "--repo", repo]);
    insta::assert_snapshot!(create("jx.git"), @"
    ---- stderr
    error: /ROOT_________/work/jx.git is a Jenkins X 2 environment repository, and promoting into one is not there yet

    hint: this version promotes into repositories that `landfall create environment` made
    hint: `landfall explain LF0001` says more
    ---- status 2
    ");
    insta::assert_snapshot!(create("https://github.com/acme/env"), @"
    ---- stderr
    error: https://github.com/acme/env is no repository of the local forge

    hint: GitHub, GitLab, Gitea and Bitbucket are not there yet; use a bare repository on this machine
    hint: `landfall explain LF0001` says more
    ---- status 2
    ");
    insta::assert_snapshot!(create("seed/../x y"), @r#"
    ---- stderr
    error: "work/x y" is no repository name: owner/name of letters, digits and ._- is expected
    ---- status 2
    "#);
    assert_eq!(session.run(&["get", "environments"]).stdout, "");
}

/// C-2 with the real program: whatever the order, the newer one wins and the older one is told so.
#[test]
fn c2_two_versions_at_once_end_at_the_newer_one() {
    for round in 0..4 {
        let session = Session::new();
        environment(&session, "Auto");
        let mut order = ["1.2.0", "1.3.0"];
        if round % 2 == 1 {
            order.reverse();
        }
        let children: Vec<Child> = order
            .iter()
            .map(|version| start(&session, &promote("shop", version, &[])))
            .collect();
        for (version, child) in order.iter().zip(children) {
            let outcome = session.outcome(child.wait_with_output().unwrap());
            // The older one may have been merged before the newer one came.
            if *version == "1.3.0" {
                assert_eq!(outcome.status, 0, "{outcome}");
            } else {
                assert!(matches!(outcome.status, 0 | 6), "{outcome}");
                assert_eq!(
                    outcome.status == 6,
                    outcome.stderr.contains("superseded by 1.3.0")
                );
            }
        }
        let chart = session.git(
            "work/acme/edge.git",
            &["show", "main:namespaces/edge/shop/Chart.yaml"],
        );
        assert!(chart.contains("version: 1.3.0"), "{chart}");
    }
}

#[test]
fn c1_eight_processes_promote_eight_apps() {
    race(2);
}

#[test]
#[ignore = "the full 20 rounds take a while; .ci/run calls them"]
fn c1_eight_processes_promote_eight_apps_in_twenty_rounds() {
    race(20);
}

/// Eight processes promote one app each at the same moment, `rounds` times; nothing of it is lost.
fn race(rounds: u32) {
    let session = Session::new();
    environment(&session, "Auto");
    for round in 1..=rounds {
        let version = format!("1.{round}.0");
        let apps: Vec<String> = (0..8).map(|index| format!("app-{index}")).collect();
        let children: Vec<Child> = apps
            .iter()
            .map(|app| start(&session, &promote(app, &version, &[])))
            .collect();
        for child in children {
            let outcome = session.outcome(child.wait_with_output().unwrap());
            assert_eq!(outcome.status, 0, "round {round}: {outcome}");
            assert!(outcome.stdout.contains("merged"), "{outcome}");
        }
    }
    let repository = "work/acme/edge.git";
    session.git(repository, &["fsck", "--strict", "--full"]);
    let titles = session.git(repository, &["log", "--no-merges", "--format=%s", "main"]);
    let titles: BTreeSet<&str> = titles.lines().collect();
    for index in 0..8 {
        for round in 1..=rounds {
            let title = format!("chore: promote app-{index} to version 1.{round}.0");
            assert!(titles.contains(title.as_str()), "{title} is lost");
        }
        let file = format!("main:namespaces/edge/app-{index}/Chart.yaml");
        let chart = session.git(repository, &["show", &file]);
        assert!(
            chart.contains(&format!("version: 1.{rounds}.0\n")),
            "{chart}"
        );
    }
    let left = session.git(repository, &["branch", "--format=%(refname:short)"]);
    assert_eq!(left, "main", "merged branches are deleted");
}

fn start(session: &Session, args: &[&str]) -> Child {
    session
        .command(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}
