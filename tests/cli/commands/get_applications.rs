use crate::session::Session;

#[test]
fn without_a_platform_it_is_said_what_the_environments_ask_for() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["get", "applications"]), @"
    ---- stderr
    no app is in an environment yet; a release pipeline promotes to staging
    ");
    session.git("work", &["init", "--quiet", "seed"]);
    session.write(
        "work/seed/environment.yaml",
        "name: edge\npromotion: Auto\nchartRepository: http://charts.example.com\n",
    );
    session.git("work/seed", &["add", "."]);
    session.git("work/seed", &["commit", "--quiet", "-m", "seed"]);
    session.git(
        "work",
        &["clone", "--quiet", "--bare", "seed", "acme/edge.git"],
    );
    session.done_in(
        "work",
        &["create", "environment", "edge", "--repo", "acme/edge.git"],
    );
    session.done_in(
        "work",
        &["promote", "shop", "--version", "1.2.0", "--env", "edge"],
    );
    insta::assert_snapshot!(session.run(&["get", "applications"]), @"
    APPLICATION   ENVIRONMENT   VERSION   READY       URL
    shop          edge          1.2.0     <unknown>
    ---- stderr
    warning: the local platform is not running: this is what the environments ask for
    hint: `landfall up` starts it
    ");
    let list = session.json(&["get", "apps"]);
    let keys: Vec<&String> = list["items"][0].as_object().unwrap().keys().collect();
    for key in [
        "app",
        "environment",
        "version",
        "url",
        "ready",
        "desired",
        "asleep",
        "health",
        "revision",
    ] {
        assert!(
            keys.iter().any(|known| *known == key),
            "{key} is missing: {list}"
        );
    }
    insta::assert_snapshot!(session.run(&["get", "applications", "store"]), @r#"
    ---- stderr
    warning: the local platform is not running: this is what the environments ask for
    hint: `landfall up` starts it
    error: no app is called "store"

    hint: known: shop
    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);
    insta::assert_snapshot!(session.run(&["get", "applications", "--env", "stage"]), @r#"
    ---- stderr
    error: no environment is called "stage"

    hint: known: edge
    hint: `landfall create environment NAME` makes another one
    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);
}
