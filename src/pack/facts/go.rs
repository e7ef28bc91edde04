//! How a Go program is built and tested.

use std::sync::LazyLock;

use regex::Regex;

use crate::pack::detect::go::main_package;
use crate::project::Folder;

use super::{Fact, assets};

static TEST: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?m)^func (Test\w+)\(").ok());
static REQUEST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"http\.(?:Get|Post|Head|NewRequest)\(").ok());

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
        flags(folder, module.as_deref()),
        test(folder),
        assets("go.assets", folder),
    ]
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
