use crate::session::Session;

#[test]
fn an_environment_that_cannot_be_rendered_says_why_and_stays_as_it_was() {
    let session = Session::with_platform();
    insta::assert_snapshot!(session.run(&["apply", "edge", "--no-start"]), @"
    ---- stderr
    error: the local platform is not running

    hint: `landfall up` starts it
    hint: `landfall explain LF0070` says more
    ---- status 1
    ");
    insta::assert_snapshot!(session.run(&["apply", "edge"]), @r#"
    ---- stderr
    started the local platform, gateway http://localhost:PORT_
    error: no environment is called "edge"

    hint: the first promotion creates staging and production
    hint: `landfall explain LF0004` says more
    ---- status 5
    "#);
    let folder = session.repository(
        "edge",
        &[(
            "environment.yaml",
            "name: edge\npromotion: Manual\nchartRepository: http://charts.example.com\n",
        )],
    );
    session.git("work", &["clone", "--quiet", "--bare", "edge", "edge.git"]);
    session.done_in(
        "work",
        &["create", "environment", "edge", "--repo", "edge.git"],
    );
    insta::assert_snapshot!(session.run(&["apply", "edge"]), @"");
    session.write(
        &format!("{folder}/namespaces/edge/web/Chart.yaml"),
        "apiVersion: v2\nname: web\nversion: 0.0.0\ndependencies:\n  - name: web\n    version: 1.0.0\n    repository: http://charts.localhost:8080\n",
    );
    session.git(&folder, &["add", "--all"]);
    session.git(&folder, &["commit", "--quiet", "-m", "feat: web"]);
    session.git(&folder, &["push", "--quiet", "../edge.git", "main"]);
    insta::assert_snapshot!(session.run(&["apply", "edge"]), @"
    ---- stderr
    error: environment edge cannot be applied: namespaces/edge/web/Chart.yaml: chart web 1.0.0 is not in the artifact store

    hint: `landfall explain LF0072` says more
    ---- status 1
    ");
    insta::assert_snapshot!(session.run(&["status"]), @"
    ---- stderr
    no instances: every app is asleep, or there is none
    gateway: http://localhost:PORT_
    warning: environment edge stays as it was: namespaces/edge/web/Chart.yaml: chart web 1.0.0 is not in the artifact store
    ");
}
