//! Rust: a package with a binary, or a workspace.

use crate::project::{Folder, extension};

use super::finding::{Finding, score};

const FRAMEWORKS: &[(&str, u16, &str)] = &[("rocket", 8000, "Rocket")];

pub(super) fn detect(folder: &Folder<'_>) -> Option<Finding> {
    let manifest = folder
        .read("Cargo.toml")
        .or_else(|| folder.has("Cargo.toml").then(String::new))?;
    let because = if manifest.contains("[workspace]") {
        "declares a Cargo workspace"
    } else {
        "declares a Cargo package"
    };
    let mut sources = folder.below().filter(|path| extension(path) == "rs");
    let Some(first) = sources.next() else {
        return Some(
            Finding::new(
                "rust",
                score::HELPER,
                folder,
                "Cargo.toml",
                "has no Rust source below",
            )
            .silent(),
        );
    };
    let is_main = |path: &str| path.ends_with("src/main.rs") || path.contains("src/bin/");
    let binary = is_main(first)
        .then_some(first)
        .or_else(|| folder.below().find(|path| is_main(path)));
    let finding = match binary {
        Some(path) => Finding::new("rust", score::APP, folder, "Cargo.toml", because).line(
            folder,
            path,
            "fn main",
            "is the program",
        ),
        None if manifest.contains("[[bin]]") => {
            Finding::new("rust", score::APP, folder, "Cargo.toml", because)
        }
        None => Finding::new("rust", score::LIBRARY, folder, "Cargo.toml", because).silent(),
    };
    let framework = super::finding::framework_in(&manifest, FRAMEWORKS);
    Some(match framework {
        Some((_, port, name)) => finding.port(*port, name),
        None => finding,
    })
}
