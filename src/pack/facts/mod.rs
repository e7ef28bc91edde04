//! What a pack needs to know about a repository beyond its name: how it is built, tested, started and asked for its health.
//!
//! Every fact has its reason, which the plan shows. Nothing is run to find one.

mod go;
mod health;
mod node;
mod python;
mod rust;
mod site;

use crate::project::Folder;

/// A value that was read from the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    /// The name that packs refer to: `go.main`.
    pub(super) name: &'static str,
    /// The value; several lines are several items.
    pub(super) value: String,
    /// The reason, as a fragment.
    pub(super) because: String,
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

/// The facts of `folder`, for a pack of this name or one that extends it.
pub(super) fn gather(pack: &str, folder: &Folder<'_>) -> Vec<Fact> {
    let mut facts = match pack {
        "go" => go::facts(folder),
        "rust" => rust::facts(folder),
        "javascript" | "typescript" => node::facts(folder),
        "python" => python::facts(folder),
        "static" => site::facts(folder),
        _ => Vec::new(),
    };
    facts.push(health::fact(pack, folder));
    facts
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
