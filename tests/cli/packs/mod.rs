//! The built-in packs over small repositories of every kind: which pack fits, what the plan finds, and what it would write.
//!
//! `LANDFALL_DOCKERFILES=DIR` keeps every Dockerfile below that folder, for `tests/dockerfiles`, which parses them with `BuildKit`.
//! `LANDFALL_HELM=PATH` compares the charts with Helm as well.

pub(crate) mod charts;
mod plans;

use std::collections::BTreeMap;
use std::path::Path;

use landfall::pack::detect::detect;
use landfall::pack::{Catalog, PlanInput, PlanRemote, PreparedImport, Site, plan};
use landfall::project::{AppName, Project};

/// A repository of `repositories.txt`.
struct Repository {
    name: String,
    pack: String,
    values: Vec<(String, String)>,
    files: Vec<(String, String)>,
}

fn repositories() -> Vec<Repository> {
    let text = include_str!("repositories.txt");
    let json = |text: &str| serde_json::from_str::<String>(text).unwrap();
    text.split("\n== ")
        .skip(1)
        .map(|part| {
            let mut lines = part.lines();
            let (name, pack) = lines.next().unwrap().split_once(' ').unwrap();
            let (mut values, mut files) = (Vec::new(), Vec::new());
            while let Some(line) = lines.next().filter(|line| !line.is_empty()) {
                if let Some(path) = line.strip_prefix("-- ") {
                    files.push((path.to_owned(), json(lines.next().unwrap())));
                } else {
                    let (key, value) = line.split_once(" = ").unwrap();
                    values.push((key.to_owned(), json(value)));
                }
            }
            Repository {
                name: name.to_owned(),
                pack: pack.to_owned(),
                values,
                files,
            }
        })
        .collect()
}

/// What an import of each sample app, of each repository of `repositories.txt` and of an image would write, by the name of the pack.
pub(crate) fn all_plans() -> Vec<(String, PreparedImport)> {
    let samples = SAMPLES.iter().map(|pack| planned(&sample(pack), None, &[]));
    let mut plans: Vec<_> = samples.collect();
    plans.extend(
        repositories()
            .iter()
            .map(|repository| planned(&repository.files, None, &[])),
    );
    plans.push(planned(&[], Some("base"), &[("image", "nginx:1.30.4")]));
    plans
}

/// What an import of these files would write. `pack` is the one that detection finds where none is given.
fn planned(
    files: &[(String, String)],
    pack: Option<&str>,
    answers: &[(&str, &str)],
) -> (String, PreparedImport) {
    let project = Project::in_memory("hello", files.iter().cloned());
    let detection = detect(&project, &[]);
    let name = pack
        .map(str::to_owned)
        .or_else(|| detection.pack.clone())
        .unwrap_or_default();
    let pack = Catalog::load(None).unwrap().resolve(&name).unwrap();
    let input = PlanInput {
        app: (AppName::parse("hello").unwrap(), "is given".to_owned()),
        org: ("me".to_owned(), "is given".to_owned()),
        site: (Site::default(), "is given".to_owned()),
        repository: None,
        branch: ("main".to_owned(), "is checked out".to_owned()),
        pack_because: "is given".to_owned(),
        remote: PlanRemote {
            name: "origin".to_owned(),
            url: "/forge/me/hello.git".to_owned(),
            because: "there is none".to_owned(),
        },
        answers: answers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect::<BTreeMap<_, _>>(),
        new_branch: None,
    };
    let prepared = plan(&project, &project, &detection, &pack, &input).unwrap();
    (name, prepared)
}

/// The files of a sample app.
fn sample(pack: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("packs")
        .join(pack)
        .join("sample");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let relative = path.strip_prefix(&root).unwrap();
                found.push((relative.to_string_lossy().into_owned(), text));
            }
        }
    }
    found
}

/// Every pack that has a sample app.
const SAMPLES: &[&str] = &[
    "cpp",
    "csharp",
    "docker",
    "elixir",
    "go",
    "gradle",
    "helm",
    "javascript",
    "maven",
    "php",
    "python",
    "ruby",
    "rust",
    "scala",
    "static",
    "swift",
    "typescript",
];
