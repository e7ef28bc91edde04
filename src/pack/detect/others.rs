//! Languages that one build file names: Ruby, PHP, Swift, Elixir, C and C++.

use crate::project::{Folder, extension};

use super::finding::{Finding, framework_in, score};

pub(super) fn ruby(folder: &Folder<'_>) -> Option<Finding> {
    let gemspec = folder.with_suffix(".gemspec");
    let name = folder.has("Gemfile").then_some("Gemfile").or(gemspec)?;
    let text = folder.read(name).unwrap_or_default();
    let server = folder.has("config.ru") || folder.has("config/application.rb");
    let program = folder.names().any(|name| extension(name) == "rb");
    if gemspec.is_some() && !server {
        return Some(
            Finding::new("ruby", score::LIBRARY + 20, folder, name, "describes a gem").silent(),
        );
    }
    if !server && !program {
        return Some(
            Finding::new("ruby", score::HELPER, folder, name, "lists Ruby tools only").silent(),
        );
    }
    let finding = Finding::new("ruby", score::APP - 3, folder, name, "lists the gems");
    let frameworks = [
        ("rails", 3000, "Rails"),
        ("sinatra", 4567, "Sinatra"),
        ("hanami", 2300, "Hanami"),
        ("puma", 9292, "Puma"),
        ("rack", 9292, "Rack"),
    ];
    Some(match framework_in(&text, &frameworks) {
        Some((key, port, framework)) => finding
            .line(folder, name, key, format!("depends on {framework}"))
            .port(*port, framework),
        None => finding,
    })
}

pub(super) fn php(folder: &Folder<'_>) -> Option<Finding> {
    let text = folder.read("composer.json");
    if text.is_none() && !folder.has("composer.json") {
        let index = folder.first_of(&["index.php", "public/index.php"])?;
        return Some(Finding::new(
            "php",
            score::LIBRARY + 10,
            folder,
            index,
            "is a PHP page",
        ));
    }
    let text = text.unwrap_or_default();
    let finding = Finding::new(
        "php",
        score::APP - 4,
        folder,
        "composer.json",
        "describes a PHP project",
    );
    let frameworks = [
        ("laravel/framework", 8000, "Laravel"),
        ("symfony/framework-bundle", 8000, "Symfony"),
        ("slim/slim", 8080, "Slim"),
    ];
    Some(match framework_in(&text, &frameworks) {
        Some((key, port, framework)) => finding
            .line(
                folder,
                "composer.json",
                key,
                format!("depends on {framework}"),
            )
            .port(*port, framework),
        None => finding,
    })
}

pub(super) fn swift(folder: &Folder<'_>) -> Option<Finding> {
    let text = folder
        .has("Package.swift")
        .then(|| folder.read("Package.swift").unwrap_or_default())?;
    let finding = Finding::new(
        "swift",
        score::APP,
        folder,
        "Package.swift",
        "is a Swift package",
    );
    let frameworks = [
        ("vapor", 8080, "Vapor"),
        ("hummingbird", 8080, "Hummingbird"),
    ];
    Some(match framework_in(&text, &frameworks) {
        Some((key, port, framework)) => finding
            .line(
                folder,
                "Package.swift",
                key,
                format!("depends on {framework}"),
            )
            .port(*port, framework),
        None => finding,
    })
}

pub(super) fn elixir(folder: &Folder<'_>) -> Option<Finding> {
    let text = folder
        .has("mix.exs")
        .then(|| folder.read("mix.exs").unwrap_or_default())?;
    let finding = Finding::new("elixir", score::APP, folder, "mix.exs", "is a Mix project");
    Some(if text.contains(":phoenix") {
        finding
            .line(folder, "mix.exs", ":phoenix", "depends on Phoenix")
            .port(4000, "Phoenix")
    } else {
        finding
    })
}

pub(super) fn cpp(folder: &Folder<'_>) -> Option<Finding> {
    let is_source = |path: &&str| {
        matches!(path.rsplit_once('.'), Some((_, "c" | "cc" | "cpp" | "cxx")))
            && !path.starts_with("third_party/")
            && !path.starts_with("vendor/")
    };
    let name = folder.first_of(&[
        "CMakeLists.txt",
        "meson.build",
        "configure.ac",
        "Makefile",
        "makefile",
        "GNUmakefile",
    ])?;
    let sources = if matches!(name, "CMakeLists.txt" | "meson.build" | "configure.ac") {
        folder.below().find(is_source)
    } else {
        // Every language has Makefiles: only C beside it counts.
        folder.names().find(is_source).or_else(|| {
            folder
                .below()
                .filter(|path| path.starts_with("src/"))
                .find(is_source)
        })
    }?;
    Some(
        Finding::new("cpp", score::LIBRARY + 15, folder, name, "builds C or C++").line(
            folder,
            sources,
            "main(",
            "is C or C++",
        ),
    )
}
