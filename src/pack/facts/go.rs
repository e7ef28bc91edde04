//! How a Go program is built and tested.

use std::sync::LazyLock;

use regex::Regex;

use crate::pack::detect::go::main_package;
use crate::project::Folder;

use super::images::{self, Asked};
use super::{Fact, assets};

static TEST: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?m)^func (Test\w+)\(").ok());
static REQUEST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"http\.(?:Get|Post|Head|NewRequest)\(").ok());

/// The most programs that are named.
const MAX_MAINS: usize = 20;

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let main = main_package(folder).unwrap_or_else(|| "main.go".to_owned());
    let package = main
        .rsplit_once('/')
        .map_or_else(|| ".".to_owned(), |(above, _)| format!("./{above}"));
    let module = folder.read("go.mod");
    vec![
        Fact::new(
            "go.main",
            package,
            format!("{} is the main package", folder.in_project(&main)),
        ),
        mains(folder, &main),
        flags(folder, module.as_deref()),
        module_files(folder),
        images::choose(
            "go.image",
            images::GO,
            module.as_deref().and_then(asked).as_ref(),
            2,
        ),
        test(folder),
        assets("go.assets", folder),
    ]
}

/// Every other program of the module, so that one can be chosen instead.
fn mains(folder: &Folder<'_>, main: &str) -> Fact {
    let others: Vec<String> = folder
        .below()
        .filter(|path| path.ends_with("/main.go") && *path != main)
        .filter(|path| !path.starts_with("vendor/") && !path.contains("test"))
        .filter_map(|path| path.strip_suffix("/main.go"))
        .take(MAX_MAINS)
        .map(|package| format!("./{package}"))
        .collect();
    let because = if others.is_empty() {
        "no other folder has a main.go"
    } else {
        "these have a main.go as well; --set main=FOLDER builds another"
    };
    Fact::new("go.others", others.join("\n"), because)
}

/// What `go mod download` reads.
fn module_files(folder: &Folder<'_>) -> Fact {
    let name = "go.manifests";
    let text = folder.read("go.mod").unwrap_or_default();
    // A replacement by a folder needs that folder, and a vendor folder needs no download.
    let is_local = text.lines().any(|line| {
        line.split_once("=>")
            .is_some_and(|(_, to)| to.trim_start().starts_with('.'))
    });
    if !folder.has("go.mod") || is_local || folder.has("go.work") || folder.has_folder("vendor") {
        return Fact::new(
            name,
            "",
            "nothing is downloaded before the sources are there",
        );
    }
    let files: Vec<&str> = ["go.mod", "go.sum"]
        .into_iter()
        .filter(|name| folder.has(name))
        .collect();
    Fact::new(name, files.join("\n"), "they name what is downloaded")
}

/// The Go that the module asks for: a newer one builds it as well.
fn asked(module: &str) -> Option<Asked> {
    let line = |key: &str| {
        module
            .lines()
            .find_map(|line| line.strip_prefix(key))
            .map(|version| version.trim().trim_start_matches("go"))
    };
    if let Some(version) = line("toolchain ") {
        return Some(Asked::at_least("toolchain in go.mod", version));
    }
    line("go ").map(|version| Asked::at_least("go.mod", version))
}

/// Modules from before Go 1.14 do not use their vendor folder by themselves, and some have no `go.sum`.
fn flags(folder: &Folder<'_>, module: Option<&str>) -> Fact {
    let name = "go.flags";
    let Some(module) = module else {
        return Fact::new(name, "", "there is no module");
    };
    let version = module
        .lines()
        .find_map(|line| line.strip_prefix("go "))
        .and_then(|version| version.trim().split('.').nth(1)?.parse::<u32>().ok());
    let old = version.is_none_or(|minor| minor < 14);
    if old && folder.has_folder("vendor") {
        Fact::new(
            name,
            "-mod=vendor",
            "the module is older than Go 1.14 and brings its dependencies in vendor/",
        )
    } else if module.contains("require") && !folder.has("go.sum") && !folder.has_folder("vendor") {
        Fact::new(
            name,
            "-mod=mod",
            "there is no go.sum, so the build writes one",
        )
    } else {
        Fact::new(name, "", "go.mod and go.sum say everything")
    }
}

/// All tests but those that ask a running copy of the app, whose address they take from the environment.
fn test(folder: &Folder<'_>) -> Fact {
    let tests: Vec<&str> = folder
        .below()
        .filter(|path| path.ends_with("_test.go") && !path.starts_with("vendor/"))
        .collect();
    if tests.is_empty() {
        return Fact::new("go.test", "", "there is no _test.go file");
    }
    let mut skipped = Vec::new();
    let mut files = Vec::new();
    for path in tests.iter().filter(|path| !path.contains('/')) {
        let text = folder.read(path).unwrap_or_default();
        let requests = REQUEST
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(&text));
        if requests && text.contains("os.Getenv(") && !text.contains("httptest") {
            files.push(*path);
            skipped.extend(TEST.iter().flat_map(|pattern| {
                pattern
                    .captures_iter(&text)
                    .map(|found| found[1].to_owned())
                    .collect::<Vec<_>>()
            }));
        }
    }
    if skipped.is_empty() {
        Fact::new(
            "go.test",
            "go test ./...",
            format!("{} and others are tests", tests[0]),
        )
    } else {
        Fact::new(
            "go.test",
            format!("go test -skip '^({})$' ./...", skipped.join("|")),
            format!(
                "the tests in {} ask a running app whose address they read from the environment",
                files.join(" and ")
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::project::Project;

    fn fact(files: &[(&str, &str)], name: &str) -> String {
        let project = Project::in_memory("x", files.iter().map(|(path, text)| (*path, *text)));
        super::facts(&project.top())
            .into_iter()
            .find(|fact| fact.name == name)
            .unwrap()
            .value
    }

    #[test]
    fn the_main_package_is_named_as_go_takes_it() {
        assert_eq!(fact(&[("main.go", "")], "go.main"), ".");
        assert_eq!(
            fact(
                &[
                    ("go.mod", ""),
                    ("cmd/api/main.go", ""),
                    ("lib.go", "package lib")
                ],
                "go.main"
            ),
            "./cmd/api"
        );
        assert_eq!(
            fact(&[("go.mod", ""), ("app.go", "package main\n")], "go.main"),
            "."
        );
    }

    #[test]
    fn other_programs_are_named() {
        assert_eq!(
            fact(
                &[
                    ("go.mod", ""),
                    ("cmd/api/main.go", ""),
                    ("cmd/worker/main.go", "")
                ],
                "go.others"
            ),
            "./cmd/worker"
        );
    }

    #[test]
    fn the_version_of_the_module_chooses_the_image() {
        let image = |module: &str| fact(&[("go.mod", module), ("main.go", "")], "go.image");
        assert_eq!(
            image("module x\ngo 1.21\ntoolchain go1.21.5\n"),
            "golang:1.26.7-bookworm"
        );
        assert_eq!(image("module x\n\ngo 1.27\n"), "golang:1.27.0-bookworm");
        assert_eq!(
            image("module x\r\n\r\ngo 1.27.0\r\n"),
            "golang:1.27.0-bookworm"
        );
        assert_eq!(image("module x\n"), "");
    }

    #[test]
    fn modules_are_downloaded_before_the_sources_are_there() {
        let files = |files: &[(&str, &str)]| fact(files, "go.manifests");
        assert_eq!(
            files(&[("go.mod", "module x"), ("go.sum", "")]),
            "go.mod\ngo.sum"
        );
        assert_eq!(files(&[("go.mod", "replace a => ../a")]), "");
        assert_eq!(files(&[("go.mod", ""), ("vendor/a/a.go", "")]), "");
        assert_eq!(files(&[("main.go", "")]), "");
    }

    #[test]
    fn old_modules_get_their_flags() {
        assert_eq!(
            fact(
                &[("go.mod", "module x\nrequire y v1"), ("vendor/y/y.go", "")],
                "go.flags"
            ),
            "-mod=vendor"
        );
        assert_eq!(
            fact(
                &[
                    ("go.mod", "module x\ngo 1.22\nrequire y v1"),
                    ("vendor/y/y.go", "")
                ],
                "go.flags"
            ),
            ""
        );
        assert_eq!(
            fact(&[("go.mod", "module x\ngo 1.22\nrequire y v1")], "go.flags"),
            "-mod=mod"
        );
        assert_eq!(fact(&[("go.mod", "module x\ngo 1.22\n")], "go.flags"), "");
    }

    #[test]
    fn tests_of_a_running_app_are_left_out_by_name() {
        let remote = "func TestFar(t *testing.T) {\n http.Get(os.Getenv(\"ADDRESS\"))";
        assert_eq!(
            fact(
                &[("far_test.go", remote), ("a_test.go", "func TestA(")],
                "go.test"
            ),
            "go test -skip '^(TestFar)$' ./..."
        );
        assert_eq!(
            fact(&[("a_test.go", "func TestA(")], "go.test"),
            "go test ./..."
        );
        assert_eq!(fact(&[("main.go", "")], "go.test"), "");
    }
}
