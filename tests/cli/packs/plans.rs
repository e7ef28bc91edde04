//! Plans of all kinds of repositories, and the rules that every Dockerfile and every pipeline follows.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::{SAMPLES, all_plans, planned, repositories, sample};

#[test]
fn every_kind_of_repository_gets_its_pack_and_its_facts() {
    let mut wrong = Vec::new();
    for repository in repositories() {
        let (pack, prepared) = planned(&repository.files, None, &[]);
        let name = &repository.name;
        if pack != repository.pack {
            wrong.push(format!("{name}: pack {pack}, not {}", repository.pack));
        }
        for (key, expected) in &repository.values {
            let found = prepared.plan.values.iter().find(|value| value.name == *key);
            let found = found.map(|value| match value.value.as_str() {
                Some(text) => text.to_owned(),
                None => value.value.to_string(),
            });
            if found.as_ref() != Some(expected) {
                wrong.push(format!("{name}: {key} is {found:?}, not {expected:?}"));
            }
        }
        for value in &prepared.plan.values {
            if value.because.is_empty() {
                wrong.push(format!("{name}: {} has no reason", value.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn samples_are_detected_as_the_pack_that_they_are_of() {
    for pack in SAMPLES {
        assert_eq!(planned(&sample(pack), None, &[]).0, *pack);
    }
}

/// Every Dockerfile that the packs write, by a name.
fn dockerfiles() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for repository in repositories() {
        let (_, prepared) = planned(&repository.files, None, &[]);
        if let Some(text) = prepared.contents.get("Dockerfile") {
            all.push((repository.name, text.clone()));
        }
    }
    for pack in SAMPLES {
        let (_, prepared) = planned(&sample(pack), None, &[]);
        if let Some(text) = prepared.contents.get("Dockerfile") {
            all.push((format!("sample-{pack}"), text.clone()));
        }
    }
    all
}

#[test]
fn dockerfiles_take_known_images_and_run_without_root() {
    let sources = include_str!("../../../packs/IMAGES.md");
    let known: BTreeSet<String> = sources
        .lines()
        .filter(|line| line.starts_with("| "))
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            Some(format!("{}:{}", cells.get(1)?, cells.get(2)?))
        })
        .collect();
    let keep = std::env::var_os("LANDFALL_DOCKERFILES").map(PathBuf::from);
    for (name, text) in dockerfiles() {
        let mut stages: BTreeSet<&str> = BTreeSet::from(["scratch"]);
        for line in text.lines().filter(|line| line.starts_with("FROM ")) {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert!(
                known.contains(words[1]) || stages.contains(words[1]),
                "{name}: {line}"
            );
            if let ["FROM", _, "AS", stage] = words.as_slice() {
                stages.insert(stage);
            }
        }
        let last = text.rsplit("\nFROM ").next().unwrap_or_default();
        assert!(
            last.contains("\nUSER 65532:65532\n") || last.contains("\nUSER 33:33\n"),
            "{name}"
        );
        assert!(
            !text.contains("{{") && !text.contains("\n\n\n"),
            "{name}:\n{text}"
        );
        if let Some(folder) = &keep {
            fs::create_dir_all(folder).unwrap();
            fs::write(folder.join(format!("{name}.Dockerfile")), text).unwrap();
        }
    }
}

/// Repositories whose lock file says what is installed: it is copied, and the installation done, before the sources come.
#[test]
fn dependencies_are_installed_before_the_sources_come() {
    let found = dockerfiles();
    for name in [
        "go-ver",
        "node-eng",
        "node-berry",
        "ts-nest",
        "next",
        "angular",
        "django",
        "fastapi-uv",
        "poetry",
        "pdm",
        "pipenv",
        "spring-maven",
        "micronaut-gradle",
        "rails",
        "laravel",
        "aspnet",
        "phoenix",
        "vapor",
        "scala-play",
        "sample-rust",
        "sample-typescript",
        "sample-maven",
        "sample-gradle",
        "sample-ruby",
    ] {
        let (_, text) = found.iter().find(|(known, _)| known == name).unwrap();
        let sources = text.find("\nCOPY . .\n").unwrap();
        let installs = text.find("\nRUN --mount=type=cache").unwrap();
        assert!(installs < sources, "{name}:\n{text}");
    }
}

#[test]
fn pipelines_name_tasks_that_are_there() {
    for (pack, prepared) in all_plans() {
        let mut tasks = BTreeSet::new();
        let mut named = BTreeSet::new();
        for (path, text) in &prepared.contents {
            if !path.starts_with(".tekton/") {
                continue;
            }
            let documents = tekton::read_documents(text)
                .unwrap_or_else(|error| panic!("{pack}: {path}: {error}\n{text}"));
            assert!(!documents.is_empty(), "{pack}: {path}");
            let mut lines = text.lines().map(str::trim).peekable();
            while let Some(line) = lines.next() {
                match (
                    line,
                    lines.peek().and_then(|next| next.strip_prefix("name: ")),
                ) {
                    ("taskRef:", Some(task)) => named.insert(task.to_owned()),
                    ("metadata:", Some(task)) => tasks.insert(task.to_owned()),
                    _ => false,
                };
            }
        }
        let missing: Vec<_> = named.difference(&tasks).collect();
        assert!(missing.is_empty(), "{pack}: {missing:?}");
        let builds = !matches!(pack.as_str(), "base" | "helm");
        assert_eq!(named.contains("hello-image"), builds, "{pack}");
        assert_eq!(tasks.contains("hello-image"), builds, "{pack}");
    }
}

#[test]
fn the_pack_around_an_image_deploys_the_one_that_is_named() {
    let (_, prepared) = planned(
        &[],
        Some("base"),
        &[("image", "registry.example.com/a/b:1.2")],
    );
    let values = &prepared.contents["charts/hello/values.yaml"];
    assert!(
        values.contains("name: \"registry.example.com/a/b:1.2\""),
        "{values}"
    );
    assert!(!prepared.contents.contains_key("Dockerfile"));
    let pipelines = &prepared.contents[".tekton/pipelines/base.yaml"];
    assert!(
        !pipelines.contains("hello-build") && pipelines.contains("hello-package"),
        "{pipelines}"
    );
}
