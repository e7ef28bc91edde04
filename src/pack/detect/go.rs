//! Go: a module, or the loose files of a main package.

use crate::project::Folder;

use super::finding::{Finding, score};

/// A `main` package in one of the usual places.
pub(super) fn detect(folder: &Folder<'_>) -> Option<Finding> {
    let main = main_package(folder);
    if folder.has("go.mod") {
        return Some(match &main {
            Some(main) => Finding::new("go", score::APP, folder, "go.mod", "declares a Go module")
                .line(folder, main, "package main", "holds the main package"),
            None => Finding::new(
                "go",
                score::LIBRARY,
                folder,
                "go.mod",
                "declares a Go module",
            )
            .silent(),
        });
    }
    // Go from before modules: loose files at the top of the repository.
    let main = main.filter(|main| !main.contains('/'))?;
    Some(Finding::new(
        "go",
        score::APP - 10,
        folder,
        &main,
        "is a Go main package without a module",
    ))
}

/// The file of the main package: `main.go` here, then below `cmd/`, then any file here that declares it.
/// Names decide before texts, so that an unread file still counts.
pub(in crate::pack) fn main_package(folder: &Folder<'_>) -> Option<String> {
    if folder.has("main.go") {
        return Some("main.go".to_owned());
    }
    let is_source = |name: &&str| {
        std::path::Path::new(name)
            .extension()
            .is_some_and(|extension| extension == "go")
            && !name.ends_with("_test.go")
    };
    let commands: Vec<&str> = folder
        .below()
        .filter(|path| path.starts_with("cmd/"))
        .filter(is_source)
        .collect();
    if let Some(path) = program(folder, &commands).or_else(|| commands.first().copied()) {
        return Some(path.to_owned());
    }
    let here: Vec<&str> = folder.names().filter(is_source).collect();
    here.iter()
        .find(|name| folder.read(name).is_some_and(|text| declares_main(&text)))
        .or_else(|| here.first().filter(|_| folder.has("Dockerfile")))
        .map(|name| (*name).to_owned())
}

/// The likeliest `main.go` of several: of the program that is called as the module is, then of the one that the Dockerfile builds, then of a
/// server before a tool.
fn program<'a>(folder: &Folder<'_>, commands: &[&'a str]) -> Option<&'a str> {
    let programs: Vec<&str> = commands
        .iter()
        .copied()
        .filter(|path| path.ends_with("/main.go"))
        .collect();
    if programs.len() < 2 {
        return programs.first().copied();
    }
    let module = folder.read("go.mod").and_then(|text| module_name(&text));
    let image = folder.read("Dockerfile").unwrap_or_default();
    let likely = |path: &str| {
        let package = path.strip_suffix("/main.go").unwrap_or(path);
        let name = package.rsplit('/').next().unwrap_or(package);
        let mut words = image.split([' ', '\t', '\n', '"', '\'']);
        (
            module.as_deref() == Some(name),
            words.any(|word| word.trim_start_matches("./").trim_end_matches('/') == package),
            matches!(name, "server" | "api" | "app" | "web" | "service"),
        )
    };
    // The first of equal ones.
    programs.into_iter().rev().max_by_key(|path| likely(path))
}

/// The last part of a module's path that is no major version.
fn module_name(text: &str) -> Option<String> {
    let path = text.lines().find_map(|line| line.strip_prefix("module "))?;
    let is_version = |part: &&str| {
        let digits = part.strip_prefix('v').unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let path = path.split("//").next().unwrap_or_default();
    let mut parts = path
        .trim()
        .trim_matches('"')
        .rsplit('/')
        .skip_while(is_version);
    parts.next().map(str::to_owned)
}

fn declares_main(text: &str) -> bool {
    text.lines().any(|line| line.trim_end() == "package main")
}

#[cfg(test)]
mod tests {
    use crate::project::Project;

    fn main_of(more: &[(&str, &str)]) -> String {
        let files = [
            ("cmd/actl/main.go", "package main"),
            ("cmd/shop/main.go", "package main"),
            ("cmd/server/main.go", "package main"),
        ];
        let project = Project::in_memory("x", files.iter().chain(more).copied());
        super::main_package(&project.top()).unwrap()
    }

    #[test]
    fn of_several_programs_the_likeliest_is_taken() {
        let module = |path| ("go.mod", path);
        assert_eq!(main_of(&[module("module a.b/shop\n")]), "cmd/shop/main.go");
        assert_eq!(
            main_of(&[module("module a.b/shop/v2 // x\n")]),
            "cmd/shop/main.go"
        );
        assert_eq!(
            main_of(&[module("module a.b/shop/v2\n")]),
            "cmd/shop/main.go"
        );
        let image = ("Dockerfile", "RUN go build -o /a ./cmd/actl\n");
        assert_eq!(
            main_of(&[module("module a.b/x"), image]),
            "cmd/actl/main.go"
        );
        assert_eq!(main_of(&[]), "cmd/server/main.go");
    }
}
