//! A second import: values that are given change what the first one wrote, and what the user has edited stays.

use crate::session::{Outcome, Session};

const STATIC: &[(&str, &str)] = &[("index.html", "<h1>Shop</h1>\n")];
const GO: &[(&str, &str)] = &[
    ("go.mod", "module example.com/shop\n\ngo 1.24\n"),
    ("main.go", "package main\n\nfunc main() {}\n"),
];

fn import(session: &Session, folder: &str, more: &[&str]) -> Outcome {
    session
        .run_in(folder, &[&["import", "--batch-mode"], more].concat())
        .stable()
}

#[test]
fn a_value_that_is_given_later_changes_what_nobody_edited() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    session.done_in(
        &folder,
        &["import", "--batch-mode", "--set", "scalingWindow=6s"],
    );
    let outcome = import(&session, &folder, &["--port", "9999"]);
    assert_eq!(outcome.status, 0, "{outcome}");
    let read = |path: &str| session.read(&format!("{folder}/{path}"));
    assert!(read(".landfall/app.yaml").contains("port: 9999"));
    let values = read("charts/shop/values.yaml");
    assert!(values.contains("internalPort: 9999"), "{values}");
    // What was answered before is not asked again.
    assert!(values.contains("window: \"6s\""), "{values}");
    let record = read(".landfall/import.yaml");
    assert!(
        record.contains("port: 9999") && record.contains("scalingWindow: 6s"),
        "{record}"
    );
    let subject = session.git(&folder, &["log", "-1", "--format=%s"]);
    insta::assert_snapshot!(subject, @"chore: import with other values: port");
    let changed = session.git(&folder, &["show", "--name-status", "--format=", "HEAD"]);
    insta::assert_snapshot!(changed, @"
    M	.landfall/app.yaml
    M	.landfall/import.yaml
    M	Dockerfile
    M	charts/shop/values.yaml
    ");
    assert_eq!(session.git(&folder, &["status", "--porcelain"]), "");
    assert_eq!(
        session.git("home/state/forge/ada/shop.git", &["rev-parse", "main"]),
        session.git(&folder, &["rev-parse", "HEAD"])
    );

    for same in [&["--port", "9999"][..], &[]] {
        let again = import(&session, &folder, same);
        assert!(again.stderr.contains("nothing to do"), "{again}");
    }
    // Each import is taken back by itself.
    session.done_in(&folder, &["import", "--undo"]);
    assert!(!read(".landfall/app.yaml").contains("9999"));
    assert_eq!(session.git(&folder, &["status", "--porcelain"]), "");
    assert_eq!(
        session.git("home/state/forge/ada/shop.git", &["rev-parse", "main"]),
        session.git(&folder, &["rev-parse", "HEAD"])
    );
    session.done_in(&folder, &["import", "--undo"]);
    assert_eq!(session.git(&folder, &["log", "--format=%s"]), "feat: start");
    let last = session.done_in(&folder, &["import", "--undo"]);
    insta::assert_snapshot!(last, @"
    ---- stderr
    nothing is imported here; there is nothing to take back
    ");
}

#[test]
fn what_the_user_edited_is_left_and_said() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    session.done_in(&folder, &["import", "--batch-mode"]);
    let path = format!("{folder}/charts/shop/values.yaml");
    let edited = session.read(&path).replace("maxScale: 10", "maxScale: 3");
    session.write(&path, &edited);
    session.git(&folder, &["commit", "--quiet", "--all", "-m", "fewer"]);
    let outcome = import(&session, &folder, &["--port", "9999"]);
    assert_eq!(outcome.status, 0, "{outcome}");
    let warnings: Vec<&str> = outcome
        .stderr
        .lines()
        .filter(|line| line.starts_with("warning:"))
        .collect();
    insta::assert_snapshot!(warnings.join("\n"), @"warning: charts/shop/values.yaml: you have edited it; what changes in it is left to you");
    assert_eq!(session.read(&path), edited);
    let app = session.read(&format!("{folder}/.landfall/app.yaml"));
    assert!(app.contains("port: 9999"), "{app}");
}

#[test]
fn the_deploy_kind_is_a_value_of_the_chart() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    session.done_in(
        &folder,
        &["import", "--batch-mode", "--deploy-kind", "default"],
    );
    let values = || session.read(&format!("{folder}/charts/shop/values.yaml"));
    assert!(
        values().contains("\nknativeDeploy: false\n"),
        "{}",
        values()
    );
    session.done_in(
        &folder,
        &["import", "--batch-mode", "--set", "knativeDeploy=true"],
    );
    assert!(values().contains("\nknativeDeploy: true\n"), "{}", values());
    let outcome = import(&session, &folder, &["--set", "knativeDeploy=maybe"]);
    insta::assert_snapshot!(outcome, @r#"
    ---- stderr
    error: "maybe" cannot be the value knativeDeploy: true or false is expected
    ---- status 2
    "#);
}

#[test]
fn what_is_imported_is_not_imported_as_something_else() {
    let session = Session::new();
    let folder = session.repository("shop", GO);
    session.done_in(&folder, &["import", "--batch-mode"]);
    let head = session.git(&folder, &["rev-parse", "HEAD"]);
    insta::assert_snapshot!(import(&session, &folder, &["--pack", "rust"]), @"
    ---- stderr
    error: this repository was imported with the pack go, and --pack says rust

    hint: leave --pack out
    hint: or take the import back first, `landfall import --undo`, and import with --pack rust
    hint: `landfall explain LF0105` says more
    ---- status 6
    ");
    insta::assert_snapshot!(import(&session, &folder, &["--name", "store"]), @"
    ---- stderr
    error: this repository was imported as shop, and --name says store

    hint: leave --name out
    hint: or take the import back first, `landfall import --undo`, and import with --name store
    hint: `landfall explain LF0105` says more
    ---- status 6
    ");
    insta::assert_snapshot!(import(&session, &folder, &["--org", "acme"]), @"
    ---- stderr
    error: this repository was imported for ada, and --org says acme

    hint: leave --org out
    hint: or take the import back first, `landfall import --undo`, and import with --org acme
    hint: `landfall explain LF0105` says more
    ---- status 6
    ");
    assert_eq!(session.git(&folder, &["rev-parse", "HEAD"]), head);
    assert_eq!(session.git(&folder, &["status", "--porcelain"]), "");
    let same = ["--pack", "go", "--name", "shop", "--org", "Ada"];
    let outcome = import(&session, &folder, &same);
    assert!(outcome.stderr.contains("nothing to do"), "{outcome}");
}

#[test]
fn a_chart_outside_of_charts_is_the_one_that_is_released() {
    for chart in [".", "deploy/helm/x y"] {
        let session = Session::new();
        let name = |file: &str| match chart {
            "." => file.to_owned(),
            chart => format!("{chart}/{file}"),
        };
        let (metadata, values) = (name("Chart.yaml"), name("values.yaml"));
        let folder = session.repository(
            "shop",
            &[
                ("index.html", "<h1>Shop</h1>\n"),
                (&metadata, "apiVersion: v2\nname: web\nversion: 0.1.0\n"),
                (&values, "image:\n  repository: x\n"),
            ],
        );
        session.done_in(&folder, &["import", "--batch-mode"]);
        let task = session.read(&format!("{folder}/.tekton/tasks/chart.yaml"));
        // The step's own script, with the variables that the task gives it.
        let script = task
            .lines()
            .find(|line| line.contains("landfall step chart"))
            .unwrap();
        assert!(script.ends_with("--chart=\"$CHART\""), "{task}");
        assert!(task.contains(&format!("value: \"{chart}\"")), "{task}");
        let chart = format!("--chart={chart}");
        let outcome = session.done_in(&folder, &["step", "chart", "--version", "1.0.0", &chart]);
        assert_eq!(outcome.stdout, "web-1.0.0.tgz\n");
    }
}
