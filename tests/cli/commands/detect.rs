use serde_json::json;

use crate::session::Session;

#[test]
fn one_application_is_named_with_the_reason() {
    let session = Session::new();
    let folder = session.repository(
        "shop",
        &[
            ("go.mod", "module example.com/shop\n\ngo 1.24\n"),
            ("main.go", "package main\n\nimport \"net/http\"\n\nfunc main() {\n\t_ = http.ListenAndServe(\":8081\", nil)\n}\n"),
        ],
    );
    insta::assert_snapshot!(session.run_in(&folder, &["detect"]), @"
    VALUE   CHOSEN   BECAUSE
    pack    go       go.mod declares a Go module
    name    shop     the name of the folder
    port    8081     main.go:6 says so
    ");
    assert_eq!(
        session.run_in(&folder, &["detect", "-o", "name"]).stdout,
        "go\n"
    );
}

#[test]
fn the_answer_for_scripts_has_the_documented_shape() {
    let session = Session::new();
    let folder = session.repository(
        "shop",
        &[
            (
                "package.json",
                "{\"name\": \"shop\", \"scripts\": {\"start\": \"node server.js\"}}\n",
            ),
            ("server.js", "require('http').createServer().listen(3000)\n"),
            ("Dockerfile", "FROM node\nEXPOSE 9090\n"),
            (
                "charts/shop/Chart.yaml",
                "apiVersion: v2\nname: shop\nversion: 0.1.0\n",
            ),
        ],
    );
    let found = session.json_in(&folder, &["detect"]);
    let keys: Vec<&String> = found.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "outcome",
            "pack",
            "name",
            "port",
            "portSource",
            "dockerfile",
            "chart",
            "candidates",
            "apps",
            "facts"
        ]
    );
    assert_eq!(found["outcome"], "one");
    assert_eq!(found["pack"], "javascript");
    assert_eq!(found["name"], "shop");
    assert_eq!(found["port"], 9090);
    assert_eq!(found["portSource"], "dockerfile");
    assert_eq!(found["dockerfile"], "Dockerfile");
    assert_eq!(found["chart"], "charts/shop");
    for candidate in found["candidates"].as_array().unwrap() {
        let keys: Vec<&String> = candidate.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["pack", "dir", "score", "evidence"]);
        for evidence in candidate["evidence"].as_array().unwrap() {
            let keys: Vec<&String> = evidence.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["path", "line", "because"]);
        }
    }
    assert_eq!(
        found["apps"],
        json!([{"dir": ".", "pack": "javascript", "name": "shop", "port": 9090}])
    );
    let facts = found["facts"].as_array().unwrap();
    assert!(
        facts.contains(&json!({
            "name": "node.start",
            "value": "node server.js",
            "because": "package.json has a start script"
        })),
        "{facts:?}"
    );
    for fact in facts {
        let keys: Vec<&String> = fact.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["name", "value", "because"]);
    }
}

#[test]
fn several_applications_are_listed_with_their_folders() {
    let session = Session::new();
    let folder = session.repository(
        "mono",
        &[
            ("api/go.mod", "module example.com/api\n\ngo 1.24\n"),
            ("api/main.go", "package main\n\nfunc main() {}\n"),
            (
                "web/package.json",
                "{\"name\": \"web\", \"scripts\": {\"start\": \"node server.js\"}}\n",
            ),
            (
                "web/server.js",
                "require('http').createServer().listen(3000)\n",
            ),
        ],
    );
    insta::assert_snapshot!(session.run_in(&folder, &["detect"]), @"
    DIR   PACK         NAME   PORT
    api   go           api    <none>
    web   javascript   web    3000
    ");
    let found = session.json_in(&folder, &["detect"]);
    assert_eq!(found["outcome"], "many");
    assert_eq!(found["pack"], json!(null));
    let apps = found["apps"].as_array().unwrap();
    let packs: Vec<_> = apps.iter().map(|app| (&app["dir"], &app["pack"])).collect();
    assert_eq!(
        packs,
        [
            (&json!("api"), &json!("go")),
            (&json!("web"), &json!("javascript"))
        ]
    );
}

#[test]
fn a_repository_without_a_build_file_ends_with_status_5() {
    let session = Session::new();
    let folder = session.repository("notes", &[("README.md", "# Notes\n")]);
    insta::assert_snapshot!(session.run_in(&folder, &["detect"]), @"
    ---- stderr
    error: no pack fits: no go.mod, Cargo.toml, package.json, requirements.txt, pom.xml, Dockerfile, index.html or the like decides

    hint: choose one with --pack; `landfall get packs` lists them
    hint: `landfall explain LF0102` says more
    ---- status 5
    ");
    let outcome = session.run_in(&folder, &["detect", "-o", "json"]);
    assert_eq!(outcome.status, 5);
    assert_eq!(outcome.stderr, "");
    let found: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(found["outcome"], "none");
    assert_eq!(found["pack"], json!(null));
    assert_eq!(found["apps"], json!([]));
}

#[test]
fn a_folder_that_is_not_there_is_said_once() {
    let session = Session::new();
    insta::assert_snapshot!(session.run(&["detect", "nowhere"]), @"
    ---- stderr
    error: cannot list /ROOT_________/work/nowhere: no such file or folder

    hint: `landfall explain LF0010` says more
    ---- status 1
    ");
}
