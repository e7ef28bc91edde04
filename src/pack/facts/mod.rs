//! What a pack needs to know about a repository beyond its name: how it is built, tested, started and asked for its health,
//! and with which version of its toolchain.
//!
//! Every fact has its reason, which the plan shows. Nothing is run to find one.

mod cpp;
mod dotnet;
mod elixir;
mod generator;
mod go;
mod health;
mod images;
mod jvm;
mod node;
mod php;
mod python;
mod requirement;
mod ruby;
mod rust;
mod scala;
mod site;
mod swift;

use serde::Serialize;

use crate::project::Folder;

/// A value that was read from the repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The name that packs refer to: `go.main`.
    pub name: &'static str,
    /// The value; several lines are several items.
    pub value: String,
    /// The reason, as a fragment.
    pub because: String,
}

impl Fact {
    fn new(name: &'static str, value: impl Into<String>, because: impl Into<String>) -> Self {
        Self {
            name,
            value: value.into(),
            because: because.into(),
        }
    }
}

/// Facts that say nothing where they have no value: the plan would only grow longer by them.
const QUIET: &[&str] = &[
    "go.others",
    "rust.manifests",
    "node.tool",
    "node.installSecond",
    "node.linker",
    "python.tool",
    "python.export",
    "python.testExport",
    "java.manifests",
    "java.wrapper",
    "scala.manifests",
    "ruby.frozen",
    "ruby.assets",
    "ruby.buildPackages",
    "ruby.runPackages",
    "php.router",
    "php.extensions",
    "elixir.assets",
    "elixir.phoenix",
    "swift.arguments",
];

/// The facts of `folder` for a pack, given with its parents, nearest first: those of the first language among them.
pub(super) fn gather(lineage: &[String], folder: &Folder<'_>) -> Vec<Fact> {
    let (pack, mut facts) = lineage
        .iter()
        .find_map(|pack| Some((pack.as_str(), of_language(pack, folder)?)))
        .unwrap_or_default();
    facts.retain(|fact| !fact.value.is_empty() || !QUIET.contains(&fact.name));
    let is_site = facts
        .iter()
        .any(|fact| fact.name == "node.site" && !fact.value.is_empty());
    facts.push(if is_site {
        Fact::new("health.path", "/", "the first page of the site is there")
    } else {
        health::fact(pack, folder)
    });
    facts
}

/// The facts of a language; `None` for a pack that is not one.
fn of_language(pack: &str, folder: &Folder<'_>) -> Option<Vec<Fact>> {
    Some(match pack {
        "go" => go::facts(folder),
        "rust" => rust::facts(folder),
        "javascript" | "typescript" => node::facts(folder),
        "python" => python::facts(folder),
        "maven" => jvm::maven::facts(folder),
        "gradle" => jvm::gradle::facts(folder),
        "scala" => scala::facts(folder),
        "ruby" => ruby::facts(folder),
        "php" => php::facts(folder),
        "elixir" => elixir::facts(folder),
        "csharp" => dotnet::facts(folder),
        "swift" => swift::facts(folder),
        "cpp" => cpp::facts(folder),
        "static" => site::facts(folder),
        _ => return None,
    })
}

/// Folders that a program of one binary reads at run time, because nothing builds them in.
const RUNTIME_FOLDERS: &[&str] = &[
    "templates",
    "static",
    "public",
    "views",
    "assets",
    "migrations",
    "config",
    "conf",
    "locales",
    "www",
];

/// The folders of [`RUNTIME_FOLDERS`] that are there.
fn runtime_folders(folder: &Folder<'_>) -> Vec<&'static str> {
    RUNTIME_FOLDERS
        .iter()
        .copied()
        .filter(|name| folder.has_folder(name))
        .collect()
}

/// The runtime folders as a fact.
fn assets(name: &'static str, folder: &Folder<'_>) -> Fact {
    let folders = runtime_folders(folder);
    let because = if folders.is_empty() {
        "no folder such as templates/ or static/ is here"
    } else {
        "the program may read them when it runs"
    };
    Fact::new(name, folders.join("\n"), because)
}

/// `text` as one word of a POSIX shell.
fn shell_word(text: &str) -> String {
    let plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '=' | '@' | '+')
    };
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// The first line that says something, in a file such as `.ruby-version`.
fn first_line(text: &str) -> Option<&str> {
    text.lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The version of a tool in `.tool-versions`, which asdf and mise read.
fn tool_version(folder: &Folder<'_>, tools: &[&str]) -> Option<String> {
    folder.read(".tool-versions")?.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        let tool = words.next()?;
        let version = words.next()?;
        tools.contains(&tool).then(|| version.to_owned())
    })
}

/// The first capture of a pattern in a text.
fn captured(pattern: Option<&regex::Regex>, text: &str) -> Option<String> {
    Some(pattern?.captures(text)?.get(1)?.as_str().trim().to_owned())
}

/// The value of a fact, for tests of one.
#[cfg(test)]
fn value_of(facts: Vec<Fact>, name: &str) -> String {
    facts
        .into_iter()
        .find(|fact| fact.name == name)
        .map_or_else(|| panic!("there is no fact {name}"), |fact| fact.value)
}
