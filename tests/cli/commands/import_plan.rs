//! `landfall import --plan`, an address instead of a folder, and a yes that is given beforehand.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::session::Session;

const STATIC: &[(&str, &str)] = &[("index.html", "<h1>Shop</h1>\n")];

/// Saves the plan of a repository beside it.
fn save(session: &Session, folder: &str, more: &[&str]) -> Value {
    let plan = session.json_in(folder, &[&["import", "--dry-run"], more].concat());
    session.write("work/plan.json", &plan.to_string());
    plan
}

#[test]
fn a_plan_that_is_fed_back_gives_the_same_import() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let more = ["--port", "9191", "--name", "store", "--org", "acme", "--set", "scalingWindow=6s"];
    let plan = save(&session, &folder, &more);
    let again = session.json_in(&folder, &["import", "--dry-run", "--plan", "../plan.json"]);
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
    let port = values.iter_mut().find(|value| value["name"] == "port").unwrap();
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
    insta::assert_snapshot!(refused("{\"app\": \"shop\"}"), @"");
    insta::assert_snapshot!(refused("no plan"), @"");
    let with = |key: &str, value: Value| {
        let mut plan = plan.clone();
        plan[key] = value;
        plan.to_string()
    };
    insta::assert_snapshot!(refused(&with("bogus", json!(1))), @"");
    insta::assert_snapshot!(refused(&with("commit", json!("feat: mine"))), @"");
    let unknown = json!([{"name": "prot", "value": 1, "because": ""}]);
    insta::assert_snapshot!(refused(&with("values", unknown)), @"");
    let branch = json!([{"name": "branch", "value": "dev", "because": ""}]);
    insta::assert_snapshot!(refused(&with("values", branch)), @"");

    session.write(&format!("{folder}/Dockerfile"), "FROM scratch\n");
    session.git(&folder, &["add", "."]);
    session.git(&folder, &["commit", "--quiet", "-m", "own"]);
    insta::assert_snapshot!(refused(&plan.to_string()), @"");
    insta::assert_snapshot!(session.run_in(&folder, &["import", "--plan", "nowhere.json"]), @"");
    let both = session.run_in(&folder, &["import", "--plan", "../plan.json", "--port", "1"]);
    assert_eq!(both.status, 2, "{both}");
}

#[test]
fn without_a_terminal_a_yes_is_needed() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let outcome = session.run_in(&folder, &["import"]);
    insta::assert_snapshot!(outcome.stderr.split("after the push\n").nth(1).unwrap(), @"");
    assert_eq!(outcome.status, 2);
    assert!(!session.state().join("forge").exists());
    session.done_in(&folder, &["import", "--yes"]);
}

#[test]
fn an_address_is_cloned_below_the_current_folder() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    session.git("work", &["clone", "--quiet", "--bare", "shop", "../there/acme/web.git"]);
    fs::create_dir(session.root().join("new")).unwrap();
    let url = format!("file://{}", session.root().join("there/acme/web.git").display());

    let plan = session.json_in("new", &["import", &url, "--dry-run"]);
    assert_eq!((plan["app"].as_str(), plan["org"].as_str()), (Some("web"), Some("acme")));
    let left: Vec<_> = fs::read_dir(session.root().join("new")).unwrap().collect();
    assert!(left.is_empty(), "a dry run leaves nothing: {left:?}");

    let outcome = session.run_in("new", &["import", &url, "--batch-mode"]).stable();
    assert_eq!(outcome.status, 0, "{outcome}");
    let said: Vec<&str> = outcome.stderr.lines().filter(|line| !line.starts_with(' ')).collect();
    insta::assert_snapshot!(said[0], @"");
    assert_eq!(session.git("new/web", &["remote"]), "landfall\norigin");
    let again = session.run_in("new", &["import", &url, "--batch-mode"]);
    insta::assert_snapshot!(again.stable(), @"");

    insta::assert_snapshot!(session.run_in("new", &["import", "ext::sh -c x", "--batch-mode"]), @"");
    insta::assert_snapshot!(session.run_in("new", &["import", "file:///nowhere/at/all", "--batch-mode"]), @"");
    fs::create_dir(session.root().join("new/shop")).unwrap();
    let url = format!("file://{}", session.root().join(&folder).display());
    insta::assert_snapshot!(session.run_in("new", &["import", &url, "--batch-mode"]), @"");
    let inside = session.run_in(&folder, &["import", "https://example.invalid/a/b"]);
    insta::assert_snapshot!(inside, @"");
    let left = fs::read_dir(session.root().join("new")).unwrap().count();
    assert_eq!(left, 2);
}
