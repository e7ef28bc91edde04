use std::collections::BTreeMap;

use serde_json::Value;

use super::{Action, PlanInput, PlanRemote, PreparedImport, plan};
use crate::pack::detect::detect;
use crate::pack::{AppFile, Catalog, Site};
use crate::project::{AppName, Project};

fn input(app: &str) -> PlanInput {
    PlanInput {
        app: (
            AppName::parse(app).unwrap(),
            "the name of the folder".to_owned(),
        ),
        org: ("me".to_owned(), "the setting org".to_owned()),
        site: (Site::default(), "it is given".to_owned()),
        repository: None,
        branch: ("trunk".to_owned(), "is checked out".to_owned()),
        pack_because: "is given".to_owned(),
        remote: PlanRemote {
            name: "origin".to_owned(),
            url: "/forge/me/app.git".to_owned(),
            because: "there is no remote yet".to_owned(),
        },
        answers: BTreeMap::new(),
        new_branch: None,
    }
}

fn planned(pack: &str, files: &[(&str, &str)]) -> PreparedImport {
    let project = Project::in_memory("app", files.iter().map(|(path, text)| (*path, *text)));
    let pack = Catalog::load(None).unwrap().resolve(pack).unwrap();
    let detection = detect(&project, &[]);
    plan(&project, &project, &detection, &pack, &input("app")).unwrap()
}

/// One small repository for each pack.
const SAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "go",
        &[
            ("go.mod", "module app\ngo 1.22\n"),
            (
                "main.go",
                "package main\nfunc main() { http.ListenAndServe(\":9999\", nil) }",
            ),
            ("templates/a", ""),
            ("a_test.go", "func TestA("),
        ],
    ),
    (
        "rust",
        &[
            ("Cargo.toml", "[package]\nname = \"x\""),
            ("Cargo.lock", ""),
            ("src/main.rs", "fn main() {}"),
        ],
    ),
    (
        "javascript",
        &[
            (
                "package.json",
                "{\"scripts\":{\"start\":\"node server.js\",\"test\":\"node --test\"}}",
            ),
            ("server.js", "app.listen(3000)"),
        ],
    ),
    (
        "javascript",
        &[
            (
                "package.json",
                "{\"dependencies\":{\"react-scripts\":\"1\"}}",
            ),
            ("src/index.js", ""),
            ("public/index.html", ""),
        ],
    ),
    (
        "python",
        &[
            ("requirements.txt", "flask\n"),
            ("app.py", "app = Flask(__name__)\n@app.route('/')"),
            ("test_app.py", "import unittest"),
        ],
    ),
    ("static", &[("index.html", "<p>")]),
    ("docker", &[("Dockerfile", "FROM x\nEXPOSE 80\n")]),
];

#[test]
fn every_pack_writes_yaml_that_can_be_read_and_no_template_is_left_open() {
    for (pack, files) in SAMPLES {
        let prepared = planned(pack, files);
        for (path, text) in &prepared.contents {
            if path.contains("/templates/") {
                continue;
            }
            if crate::project::extension(path) == "yaml" {
                for document in text.split("\n---\n") {
                    let value: Value = crate::yaml::parse(document, path.as_ref())
                        .unwrap_or_else(|error| panic!("{pack}: {error}\n{text}"));
                    assert!(value.is_object(), "{pack}: {path}");
                }
            }
            for line in text.lines().filter(|line| line.contains("{{")) {
                assert!(
                    line.trim_start().starts_with("value: \"{{ "),
                    "{pack}: {path}: {line}"
                );
            }
            assert!(
                text.ends_with('\n') && !text.contains("\n\n\n"),
                "{pack}: {path}"
            );
        }
    }
}

#[test]
fn the_dockerfile_and_the_local_image_come_from_the_same_facts() {
    for (pack, files) in SAMPLES
        .iter()
        .filter(|(pack, _)| !matches!(*pack, "docker" | "static"))
    {
        let prepared = planned(pack, files);
        let app: Value = crate::yaml::parse(
            &prepared.contents[".landfall/app.yaml"],
            "app.yaml".as_ref(),
        )
        .unwrap();
        let dockerfile = &prepared.contents["Dockerfile"];
        assert!(
            dockerfile.contains(&format!("\nEXPOSE {}\n", app["port"])),
            "{pack}"
        );
        assert!(dockerfile.contains("\nUSER 65532:65532\n"), "{pack}");
        let is_site = app["command"][1] == "serve-static";
        assert!(
            is_site || dockerfile.contains(&format!("\nCMD {}\n", app["command"])),
            "{pack}: {dockerfile}\n{app}"
        );
        assert!(
            !dockerfile.contains("sha256:") && !dockerfile.contains(":latest"),
            "{pack}"
        );
    }
}

#[test]
fn the_description_of_every_app_can_be_read_back() {
    for (pack, files) in SAMPLES {
        let text = &planned(pack, files).contents[AppFile::PATH];
        let app: AppFile = crate::yaml::parse(text, AppFile::PATH.as_ref()).unwrap();
        assert_eq!(app.files.is_empty(), *pack == "docker");
        assert_eq!(app.command.is_empty(), *pack == "docker");
    }
}

#[test]
fn placeholders_stand_in_parameters_only_and_the_branch_is_the_one_checked_out() {
    let release = &planned("go", SAMPLES[0].1).contents[".tekton/release.yaml"];
    assert!(
        release.contains("on-target-branch: \"[trunk]\""),
        "{release}"
    );
    assert!(release.contains("value: \"{{ revision }}\""), "{release}");
}

#[test]
fn a_second_import_adds_nothing() {
    for (pack, files) in SAMPLES {
        let first = planned(pack, files);
        let mut after: Vec<(&str, &str)> = files.to_vec();
        after.extend(
            first
                .contents
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str())),
        );
        let second = planned(pack, &after);
        assert!(
            second.contents.is_empty(),
            "{pack}: {:?}",
            second.contents.keys()
        );
        assert_eq!(second.plan.commit, None);
        assert!(second.plan.pipeline.is_some());
        assert!(
            second
                .plan
                .files
                .iter()
                .all(|file| file.action != Action::Add)
        );
    }
}

#[test]
fn a_file_that_was_taken_away_after_an_import_stays_away() {
    let first = planned("static", SAMPLES[5].1);
    let after: Vec<(&str, &str)> = SAMPLES[5]
        .1
        .iter()
        .copied()
        .chain(
            first
                .contents
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str())),
        )
        .filter(|(path, _)| *path != ".dockerignore")
        .collect();
    assert!(planned("static", &after).contents.is_empty());
}

#[test]
fn what_is_there_is_kept_and_nothing_is_added_beside_it() {
    let prepared = planned(
        "go",
        &[
            ("go.mod", "module x\n"),
            ("main.go", "package main"),
            ("Dockerfile", "FROM scratch"),
            ("charts/other/Chart.yaml", "name: other"),
            ("Makefile", "NAME := REPLACE_ME_APP_NAME"),
        ],
    );
    assert!(
        prepared
            .paths()
            .all(|path| path.starts_with(".tekton/") || path.starts_with(".landfall/")),
        "{:?}",
        prepared.contents.keys()
    );
    let action = |path: &str| {
        prepared
            .plan
            .files
            .iter()
            .find(|file| file.path == path)
            .map(|file| file.action)
    };
    assert_eq!(action("Dockerfile"), Some(Action::Keep));
    assert_eq!(action("charts/other"), Some(Action::Adopt));
    assert_eq!(action("Makefile"), Some(Action::Keep));
}

#[test]
fn a_plan_survives_being_saved() {
    let prepared = planned("python", SAMPLES[4].1);
    let text = serde_json::to_string(&prepared).unwrap();
    assert_eq!(
        serde_json::from_str::<PreparedImport>(&text).unwrap(),
        prepared
    );
}
