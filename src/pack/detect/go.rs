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
    if let Some(path) = commands
        .iter()
        .find(|path| path.ends_with("/main.go"))
        .or_else(|| commands.first())
    {
        return Some((*path).to_owned());
    }
    let here: Vec<&str> = folder.names().filter(is_source).collect();
    here.iter()
        .find(|name| folder.read(name).is_some_and(|text| declares_main(&text)))
        .or_else(|| here.first().filter(|_| folder.has("Dockerfile")))
        .map(|name| (*name).to_owned())
}

fn declares_main(text: &str) -> bool {
    text.lines().any(|line| line.trim_end() == "package main")
}
