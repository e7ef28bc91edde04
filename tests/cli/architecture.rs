//! Holds the table of `docs/architecture.md`: who may use whom, read from `use` lines and full paths.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The domain modules, lowest first: each may use those before it.
const DOMAIN: &[&str] = &[
    "manifest", "project", "template", "pack", "render", "release", "gitops", "pipeline",
    "activity", "journal",
];

/// A heavy library and the only places that may name it.
const OWNERS: &[(&str, &[&str])] = &[
    ("git2", &["src/backend/git/"]),
    ("rusqlite", &["src/backend/store/"]),
    ("kube", &["src/backend/kubernetes/"]),
    ("reqwest", &["src/backend/http.rs", "src/backend/http/"]),
    ("rustls", &["src/backend/http.rs", "src/backend/http/"]),
    ("webpki", &["src/backend/http/"]),
    ("pgp", &["src/render/provenance/"]),
    ("handlebars", &["src/template/", "src/template.rs"]),
    ("indicatif", &["src/ui/"]),
    ("dialoguer", &["src/ui/"]),
    ("serde_yaml", &["src/yaml.rs"]),
    ("hyper", &["src/runtime/", "src/demo/"]),
    ("hyper_util", &["src/runtime/", "src/demo/"]),
    (
        "clap",
        &[
            "src/cli.rs",
            "src/commands/",
            "src/ui/",
            "src/settings/",
            "src/lib.rs",
        ],
    ),
];

/// What modules of a kind must not use, by the first segment after `crate::`.
fn forbidden(module: &str) -> Vec<&'static str> {
    let mut forbidden = match module {
        "main" | "lib" => return Vec::new(),
        "commands" | "demo" => vec!["backend"],
        "cli" => vec!["backend", "runner", "runtime"],
        "settings" | "process" | "failure" | "files" | "yaml" | "env_vars" => {
            [DOMAIN, &["backend", "ui", "commands", "runner", "runtime"]].concat()
        }
        "ports" => vec![
            "backend", "runner", "runtime", "ui", "commands", "cli", "settings",
        ],
        "backend" => vec!["ui", "commands", "cli", "runner", "runtime"],
        "runner" | "runtime" | "server" => vec!["ui", "commands", "cli", "backend"],
        "ui" | "context" => vec!["backend", "commands"],
        _ => vec![
            "ui", "cli", "settings", "commands", "backend", "runner", "runtime",
        ],
    };
    if let Some(rank) = DOMAIN.iter().position(|name| *name == module) {
        forbidden.extend(&DOMAIN[rank + 1..]);
    }
    forbidden
}

fn sources() -> BTreeMap<PathBuf, String> {
    fn walk(folder: &Path, files: &mut BTreeMap<PathBuf, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.insert(path.clone(), fs::read_to_string(&path).unwrap());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    walk(&root.join("src"), &mut files);
    files
        .into_iter()
        .map(|(path, text)| (path.strip_prefix(root).unwrap().to_owned(), text))
        .collect()
}

/// The lines that are code of the product: no comments, nothing after the tests begin.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(index, line)| (index + 1, line))
}

/// The first segment of the path below `src`, without `.rs`.
fn module_of(path: &Path) -> String {
    let first = path
        .components()
        .nth(1)
        .unwrap()
        .as_os_str()
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// Every `crate::NAME` in a line, `crate::{a, b}` included.
fn crate_uses(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        if at > 0 && line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &line[at + "crate::".len()..];
        let names = rest
            .strip_prefix('{')
            .map_or_else(|| vec![rest], |group| group.split(',').collect());
        found.extend(names.into_iter().map(|name| {
            name.trim_start()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        }));
    }
    found
}

fn is_test_file(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "tests.rs")
        || path.components().any(|part| part.as_os_str() == "tests")
}

#[test]
fn modules_use_only_what_the_table_allows() {
    let mut broken = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test_file(path)) {
        let module = module_of(path);
        let forbidden = forbidden(&module);
        for (number, line) in code_lines(text) {
            for used in crate_uses(line)
                .iter()
                .filter(|used| forbidden.contains(&used.as_str()))
            {
                broken.push(format!("{}:{number}: {module} uses {used}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn heavy_libraries_are_named_by_their_owners_alone() {
    let mut broken = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test_file(path)) {
        for (library, owners) in OWNERS {
            let place = path.to_string_lossy();
            if owners.iter().any(|owner| place.starts_with(owner)) {
                continue;
            }
            for (number, line) in code_lines(text) {
                if names_path(line, library) {
                    broken.push(format!(
                        "{place}:{number}: {library} belongs to {}",
                        owners.join(", ")
                    ));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_environment_and_the_streams_have_one_door() {
    let mut broken = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !is_test_file(path)) {
        let module = module_of(path);
        for (number, line) in code_lines(text) {
            let reads = [
                "env::var",
                "env::current_dir",
                "env::args",
                "env::current_exe",
            ];
            if module != "process" && reads.iter().any(|call| line.contains(call)) {
                broken.push(format!(
                    "{}:{number}: the environment is read in process.rs alone",
                    path.display()
                ));
            }
            if ["println!", "eprintln!", "print!(", "eprint!("]
                .iter()
                .any(|call| line.trim_start().starts_with(call))
            {
                broken.push(format!(
                    "{}:{number}: printing goes through Ui",
                    path.display()
                ));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Whether the line has `library::` as a path of its own.
fn names_path(line: &str, library: &str) -> bool {
    line.match_indices(&format!("{library}::"))
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}
