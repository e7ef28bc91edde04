//! Real imports of Jenkins X, replayed as data: what it wrote over, swept in or added beside, landfall leaves alone.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::session::Session;

/// The corpus beside this repository. It is not part of it: without one there is nothing to replay.
#[expect(clippy::print_stdout, reason = "a test that does nothing says so")]
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/import");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return Vec::new();
    };
    let mut cases: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    cases.sort();
    cases
}

fn texts<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    let list = value[key].as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .filter_map(|item| item.as_str().or_else(|| item["path"].as_str()))
        .collect()
}

/// The corpus holds paths and no contents: enough of them for the packs to say what it is.
fn text(path: &str, has_mark: bool) -> String {
    let text = match path.rsplit('/').next().unwrap_or(path) {
        "go.mod" => "module a\n\ngo 1.24\n",
        "main.go" => "package main\n\nfunc main() {}\n",
        "package.json" => "{\"scripts\": {\"start\": \"node server.js\"}}\n",
        "Cargo.toml" => "[package]\nname = \"a\"\nversion = \"0.1.0\"\n",
        "Chart.yaml" => "apiVersion: v1\nname: x\nversion: 0.1.0\n",
        "Dockerfile" => "FROM scratch\n",
        _ => "x\n",
    };
    let mark = if has_mark {
        "# REPLACE_ME_APP_NAME\n"
    } else {
        ""
    };
    format!("{text}{mark}")
}

fn replay(path: &Path) {
    let case: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let name = path.file_stem().unwrap().to_str().unwrap();
    let expected = &case["expected"];
    let marks = texts(expected, "user_files_with_marks");
    let session = Session::new();
    let repository = case["repo"].as_str().unwrap();
    let folder = session.repository(repository.rsplit('/').next().unwrap(), &[("a", "a\n")]);
    let before = texts(&case, "before");
    for path in &before {
        let text = text(path, marks.contains(path));
        session.write(&format!("{folder}/{path}"), &text);
    }
    session.git(&folder, &["add", "--all", "--force"]);
    session.git(&folder, &["commit", "--quiet", "-m", "before"]);
    let url = format!("https://git.example/{repository}.git");
    session.git(&folder, &["remote", "add", "origin", &url]);
    // An edit under way is nobody's business.
    session.write(&format!("{folder}/a"), "edited\n");

    let pack = case["pack"].as_str().unwrap();
    let has_pack = ["go", "rust", "javascript", "python"].contains(&pack);
    let pack = if has_pack { pack } else { "static" };
    let args = ["import", "--batch-mode", "--pack", pack];
    let plan = session.json_in(&folder, &["import", "--dry-run", "--pack", pack]);
    assert_eq!(plan["app"], case["names"]["app"], "{name}");
    let owner = repository.split('/').next().unwrap().to_lowercase();
    assert_eq!(plan["org"].as_str(), Some(&*owner), "{name}");
    let files = plan["files"].as_array().unwrap();
    let of = |action: &str| -> Vec<&str> {
        let files = files.iter().filter(|file| file["action"] == action);
        files.map(|file| file["path"].as_str().unwrap()).collect()
    };
    let (added, adopted) = (of("add"), of("adopt"));
    let kept = [of("keep"), adopted.clone()].concat();
    for path in texts(expected, "collisions_kept") {
        let is_said = kept.contains(&path)
            || adopted
                .iter()
                .any(|chart| path.starts_with(&format!("{chart}/")));
        assert!(is_said, "{name}: {path} is not said to be kept");
    }
    for path in &marks {
        assert!(
            kept.contains(path),
            "{name}: the mark in {path} is not said"
        );
    }
    if expected["adds_nothing"] == true {
        let beside: Vec<_> = added
            .iter()
            .filter(|path| path.starts_with("charts/"))
            .collect();
        assert!(beside.is_empty(), "{name}: {beside:?} beside a chart");
    }

    session.done_in(&folder, &args);
    let committed = session.git(
        &folder,
        &[
            "-c",
            "core.quotePath=false",
            "diff",
            "--raw",
            "HEAD~1",
            "HEAD",
        ],
    );
    let committed: Vec<(&str, &str)> = committed
        .lines()
        .map(|line| (&line[1..14], line.split('\t').nth(1).unwrap()))
        .collect();
    let paths: Vec<&str> = committed.iter().map(|(_, path)| *path).collect();
    assert_eq!(paths, added, "{name}: only what the plan adds is committed");
    for (modes, path) in &committed {
        assert_eq!(*modes, "000000 100644", "{name}: {path}");
        assert!(!before.contains(path), "{name}: {path} was there");
    }
    for path in &before {
        let is = session.read(&format!("{folder}/{path}"));
        assert_eq!(is, text(path, marks.contains(path)), "{name}: {path}");
    }
    let again = session.done_in(&folder, &args);
    assert!(again.stderr.contains("nothing to do"), "{name}: {again}");
    session.done_in(&folder, &["import", "--undo"]);
    assert_eq!(
        session.git(&folder, &["status", "--porcelain"]),
        " M a",
        "{name}"
    );
    assert_eq!(
        session.git(&folder, &["log", "-1", "--format=%s"]),
        "before",
        "{name}"
    );
}

#[test]
fn what_jenkins_x_imported_is_imported_without_its_mistakes() {
    let cases = cases();
    for case in &cases {
        replay(case);
    }
}
