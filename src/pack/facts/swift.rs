//! Which product of a Swift package is the app, and which Swift builds it.

use std::sync::LazyLock;

use regex::Regex;

use crate::project::Folder;

use super::images::{self, Asked};
use super::{Fact, captured, first_line, shell_word};

static TOOLS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"swift-tools-version:\s*(\d[\d.]*)").ok());
static EXECUTABLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?s)\.executable(?:Target)?\(\s*name:\s*"([\w.-]+)""#).ok());

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let package = folder.read("Package.swift").unwrap_or_default();
    let (product, because) = product(folder, &package);
    let pinned = folder.read(".swift-version").unwrap_or_default();
    let asked = first_line(&pinned)
        .map(|line| Asked::new(".swift-version", line))
        .or_else(|| {
            captured(TOOLS.as_ref(), &package)
                .map(|version| Asked::at_least("swift-tools-version", &version))
        });
    let manifests: Vec<&str> = ["Package.swift", "Package.resolved"]
        .into_iter()
        .filter(|path| folder.has(path))
        .collect();
    let is_local = package.contains(".package(path:");
    vec![
        Fact::new("swift.product", shell_word(&product), because),
        Fact::new(
            "swift.arguments",
            if package.contains("vapor") {
                "serve --env production --hostname 0.0.0.0 --port \"${PORT:-8080}\""
            } else if package.contains("hummingbird") && package.contains("swift-argument-parser") {
                "--hostname 0.0.0.0 --port \"${PORT:-8080}\""
            } else {
                ""
            },
            if package.contains("vapor") {
                "it is Vapor"
            } else if package.contains("hummingbird") {
                "it is Hummingbird, whose template takes them"
            } else {
                "no framework was found"
            },
        ),
        if folder.has_folder("Tests") {
            Fact::new("swift.test", "swift test", "Tests/ is there")
        } else {
            Fact::new("swift.test", "", "there is no Tests/")
        },
        Fact::new(
            "swift.manifests",
            if is_local {
                String::new()
            } else {
                manifests.join("\n")
            },
            if is_local {
                "the package needs folders of the repository"
            } else {
                "they name what is fetched"
            },
        ),
        super::assets("swift.assets", folder),
        images::choose("swift.image", images::SWIFT, asked.as_ref(), 2),
        images::choose("swift.run", images::SWIFT_RUN, asked.as_ref(), 2),
    ]
}

fn product(folder: &Folder<'_>, package: &str) -> (String, String) {
    if let Some(name) = captured(EXECUTABLE.as_ref(), package) {
        return (name, "Package.swift names it as executable".to_owned());
    }
    let target = folder.below().find_map(|path| {
        let target = path.strip_prefix("Sources/")?.strip_suffix("/main.swift")?;
        (!target.contains('/')).then_some(target)
    });
    match target {
        Some(target) => (
            target.to_owned(),
            format!("Sources/{target}/main.swift is the program"),
        ),
        None => ("App".to_owned(), "no executable was found".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::pack::facts::value_of;
    use crate::project::Project;

    #[test]
    fn the_product_and_the_version_are_read() {
        let fact = |text: &str, name: &str| {
            let project = Project::in_memory(
                "x",
                [("Package.swift", text), ("Sources/Run/main.swift", "")],
            );
            value_of(super::facts(&project.top()), name)
        };
        let vapor = "// swift-tools-version:5.9\n.package(url: \"https://github.com/vapor/vapor.git\")\n.executableTarget(\n  name: \"App\")";
        assert_eq!(fact(vapor, "swift.product"), "App");
        assert_eq!(fact(vapor, "swift.image"), "swift:6.3.3-noble");
        assert!(fact(vapor, "swift.arguments").starts_with("serve"));
        assert_eq!(fact("// swift-tools-version: 6.2", "swift.product"), "Run");
        assert_eq!(
            fact("// swift-tools-version: 6.2", "swift.run"),
            "swift:6.3.3-noble-slim"
        );
    }
}
