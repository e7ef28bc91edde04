//! `landfall import --plan`, an address instead of a folder, and a yes that is given beforehand.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::session::Session;

const STATIC: &[(&str, &str)] = &[("index.html", "<h1>Shop</h1>\n")];

/// Saves the plan of a repository beside it.
fn save(session: &Session, folder: &str, more: &[&str]) -> Value {
    let args = [&["import", "--dry-run", "-o", "json"], more].concat();
    let output = session
        .command(&args)
        .current_dir(session.root().join(folder))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    session.write("work/plan.json", &text);
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_plan_that_is_fed_back_gives_the_same_import() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let more = [
        "--port",
        "9191",
        "--name",
        "store",
        "--org",
        "acme",
        "--set",
        "scalingWindow=6s",
    ];
    let plan = save(&session, &folder, &more);
    session.write("work/first.json", &plan.to_string());
    let again = save(&session, &folder, &["--plan", "../first.json"]);
    assert_eq!(again, plan);
    session.done_in(&folder, &["import", "--plan", "../plan.json", "--yes"]);
    let tree = session.git(&folder, &["rev-parse", "HEAD^{tree}"]);
    let outcome = session.done_in(&folder, &["import", "--plan", "../plan.json", "--yes"]);
    assert!(outcome.stderr.contains("nothing to do"), "{outcome}");

    // Without the plan, by the same flags, into the same.
    session.done_in(&folder, &["import", "--undo"]);
    let flags = [&["import", "--batch-mode"], &more[..]].concat();
    session.done_in(&folder, &flags);
    assert_eq!(session.git(&folder, &["rev-parse", "HEAD^{tree}"]), tree);
}

#[test]
fn a_plan_may_be_edited_and_comes_by_standard_input_too() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let mut plan = save(&session, &folder, &[]);
    let values = plan["values"].as_array_mut().unwrap();
    let port = values
        .iter_mut()
        .find(|value| value["name"] == "port")
        .unwrap();
    port["value"] = json!(7070);
    let mut child = session
        .command(&["import", "--plan", "-", "--yes"])
        .current_dir(session.root().join(&folder))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(plan.to_string().as_bytes()).unwrap();
    drop(stdin);
    let outcome = session.outcome(child.wait_with_output().unwrap());
    assert_eq!(outcome.status, 0, "{outcome}");
    let app = session.read(&format!("{folder}/.landfall/app.yaml"));
    assert!(app.contains("port: 7070"), "{app}");
}

#[test]
fn a_plan_for_another_state_is_refused() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let plan = save(&session, &folder, &[]);
    let refused = |text: &str| {
        session.write("work/plan.json", text);
        let outcome = session.run_in(&folder, &["import", "--plan", "../plan.json", "--yes"]);
        assert_eq!(session.git(&folder, &["status", "--porcelain"]), "");
        outcome.stable()
    };
    insta::assert_snapshot!(refused("{\"app\": \"shop\"}"), @"
    ---- stderr
    error: ../plan.json:1:2: missing field `org`

    hint: `landfall import --dry-run -o json` prints a plan
    hint: `landfall explain LF0010` says more
    ---- status 1
    ");
    insta::assert_snapshot!(refused("no plan"), @"
    ---- stderr
    error: ../plan.json:1:1: expected mapping start

    hint: `landfall import --dry-run -o json` prints a plan
    hint: `landfall explain LF0010` says more
    ---- status 1
    ");
    let with = |key: &str, value: Value| {
        let mut plan = plan.clone();
        plan[key] = value;
        plan.to_string()
    };
    insta::assert_snapshot!(refused(&with("bogus", json!(1))), @"
    ---- stderr
    error: ../plan.json:1:4499: unknown field `bogus`, expected one of app, org, repository, dir, pack, values, files, commit, remote, pipeline, branch

    hint: `landfall import --dry-run -o json` prints a plan
    hint: `landfall explain LF0010` says more
    ---- status 1
    ");
    insta::assert_snapshot!(refused(&with("commit", json!("feat: mine"))), @"
    ---- stderr
    error: the plan does not fit the repository as it is: the commit was feat: mine, and is chore: import with the landfall pack static

    hint: make it again: landfall import --dry-run -o json
    hint: `landfall explain LF0105` says more
    ---- status 6
    ");
    let unknown = json!([{"name": "prot", "value": 1, "because": ""}]);
    insta::assert_snapshot!(refused(&with("values", unknown)), @r#"
    ---- stderr
    error: the plan has no value "prot"

    hint: did you mean port?
    hint: values: port, health, image, builds, memory, toolsImage, test, knativeDeploy, scalingWindow, root, generator, install, build, buildImage, siteImage
    ---- status 2
    "#);
    let branch = json!([{"name": "branch", "value": "dev", "because": ""}]);
    insta::assert_snapshot!(refused(&with("values", branch)), @"
    ---- stderr
    error: the plan does not fit the repository as it is: it says branch dev, and that is not so here

    hint: make it again: landfall import --dry-run -o json
    hint: `landfall explain LF0105` says more
    ---- status 6
    ");

    session.write(&format!("{folder}/Dockerfile"), "FROM scratch\n");
    session.git(&folder, &["add", "."]);
    session.git(&folder, &["commit", "--quiet", "-m", "own"]);
    insta::assert_snapshot!(refused(&plan.to_string()), @"
    ---- stderr
    error: the plan does not fit the repository as it is: .dockerignore was to be: add; now it is: nothing

    hint: make it again: landfall import --dry-run -o json
    hint: `landfall explain LF0105` says more
    ---- status 6
    ");
    insta::assert_snapshot!(session.run_in(&folder, &["import", "--plan", "nowhere.json"]), @"
    ---- stderr
    error: cannot read /ROOT_________/work/shop/nowhere.json: no such file or folder

    hint: `landfall explain LF0010` says more
    ---- status 1
    ");
    let both = session.run_in(
        &folder,
        &["import", "--plan", "../plan.json", "--port", "1"],
    );
    assert_eq!(both.status, 2, "{both}");
}

#[test]
fn without_a_terminal_a_yes_is_needed() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let outcome = session.run_in(&folder, &["import"]);
    insta::assert_snapshot!(outcome.stderr.split("after the push\n").nth(1).unwrap(), @r#"
    error: "Import it so" needs an answer, and there is no terminal to ask on

    hint: give --yes, or --batch-mode for the defaults of every question
    hint: `landfall explain LF0002` says more
    "#);
    assert_eq!(outcome.status, 2);
    assert!(!session.state().join("forge").exists());
    session.done_in(&folder, &["import", "--yes"]);
}

#[test]
fn an_address_is_cloned_below_the_current_folder() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    session.git(
        "work",
        &[
            "clone",
            "--quiet",
            "--bare",
            "shop",
            "../there/acme/web.git",
        ],
    );
    fs::create_dir(session.root().join("new")).unwrap();
    let url = format!(
        "file://{}",
        session.root().join("there/acme/web.git").display()
    );

    let plan = session.json_in("new", &["import", &url, "--dry-run"]);
    assert_eq!(
        (plan["app"].as_str(), plan["org"].as_str()),
        (Some("web"), Some("acme"))
    );
    let left: Vec<_> = fs::read_dir(session.root().join("new")).unwrap().collect();
    assert!(left.is_empty(), "a dry run leaves nothing: {left:?}");

    let outcome = session
        .run_in("new", &["import", &url, "--batch-mode"])
        .stable();
    assert_eq!(outcome.status, 0, "{outcome}");
    let said: Vec<&str> = outcome
        .stderr
        .lines()
        .filter(|line| !line.starts_with(' '))
        .collect();
    insta::assert_snapshot!(said[0], @"cloned file:///ROOT_________/there/acme/web.git into /ROOT_________/new/web");
    assert_eq!(session.git("new/web", &["remote"]), "landfall\norigin");
    let again = session.run_in("new", &["import", &url, "--batch-mode"]);
    insta::assert_snapshot!(again.stable(), @"
    http://web.staging.localhost:8080
    ---- stderr
    /ROOT_________/new/web is a clone of file:///ROOT_________/there/acme/web.git already
    web is imported already; nothing to do
    the pipeline runs when the local platform does: `landfall up`
    Next:
      landfall get activities --filter web --watch
      landfall promote --env production
      landfall import --undo   (takes the import back)
    ");

    insta::assert_snapshot!(session.run_in("new", &["import", "ext::sh -c x", "--batch-mode"]), @r#"
    ---- stderr
    error: "ext::sh -c x" is no repository address: an absolute path, https://, ssh:// or user@host:path is expected
    ---- status 2
    "#);
    insta::assert_snapshot!(session.run_in("new", &["import", "file:///nowhere/at/all", "--batch-mode"]), @"
    ---- stderr
    error: `git clone` failed (exit status 128): '/nowhere/at/all' does not appear to be a git repository; Could not read from remote repository.; Please make sure you have the correct access rights; and the repository exists.

    hint: `landfall explain LF0025` says more
    ---- status 1
    ");
    fs::create_dir(session.root().join("new/shop")).unwrap();
    let url = format!("file://{}", session.root().join(&folder).display());
    insta::assert_snapshot!(session.run_in("new", &["import", &url, "--batch-mode"]), @"
    ---- stderr
    error: /ROOT_________/new/shop is there already, and is no clone of file:///ROOT_________/work/shop

    hint: run it in another folder, or clone it yourself and import that
    hint: `landfall explain LF0105` says more
    ---- status 6
    ");
    let inside = session.run_in(&folder, &["import", "https://example.invalid/a/b"]);
    insta::assert_snapshot!(inside, @"
    ---- stderr
    error: /ROOT_________/work/shop/b would be a repository inside the repository /ROOT_________/work/shop

    hint: run it in a folder that is in no repository
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
    let left = fs::read_dir(session.root().join("new")).unwrap().count();
    assert_eq!(left, 2);
}
