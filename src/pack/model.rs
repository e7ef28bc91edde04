//! A pack as it stands in `pack.yaml`, and as it is after its parents were merged in.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::detect::DetectRule;

/// `pack.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PackFile {
    /// The name; it is the folder's name too.
    pub name: String,
    /// One line for people.
    pub description: String,
    /// The pack whose files, variables and artifact come first.
    #[serde(default)]
    pub extends: Option<String>,
    /// Why its sample is not built, tested and served by our tests; absent where it is.
    #[serde(default)]
    pub unbuilt: Option<String>,
    /// Whether it is there to be extended only.
    #[serde(default)]
    pub hidden: bool,
    /// What makes it fit. Languages that landfall knows are detected by the program, which looks closer.
    #[serde(default)]
    pub detect: Option<DetectRule>,
    /// What the templates may use beside `app`, `org`, `pack`, `branch`, `port` and `health`.
    #[serde(default)]
    pub variables: Vec<Variable>,
    /// What is copied, from the folder `files` beside this file.
    #[serde(default)]
    pub files: Vec<FileRule>,
    /// What the build leaves and how it starts.
    #[serde(default)]
    pub artifact: Option<Artifact>,
}

/// A variable of the templates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Variable {
    /// The name in templates.
    pub name: String,
    /// One line for people.
    pub about: String,
    /// The fact of the repository that it takes, such as `go.main`.
    #[serde(default)]
    pub from: Option<String>,
    /// The value where no fact gives one.
    #[serde(default)]
    pub default: String,
}

/// A file or folder of the pack.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileRule {
    /// The path below `files/`; `__app__` and `__pack__` stand for the names.
    pub path: String,
    /// What it is, where the repository's own takes its place.
    #[serde(default)]
    pub role: Option<Role>,
}

/// What a file of a pack is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Part of the chart; left out when the repository has one, whatever it is called.
    Chart,
    /// The Dockerfile and what only belongs to it; left out when the repository has one.
    Dockerfile,
}

/// What the build leaves and how it starts. Every text is a template; an item of several lines is several items.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Artifact {
    /// Files and folders, relative to the repository; `.` is all of it.
    #[serde(default)]
    pub files: Vec<String>,
    /// What is left out of these.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// The command, word by word, run in the folder of the files.
    #[serde(default)]
    pub command: Vec<String>,
    /// Environment variables.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
}

/// A pack with its parents merged in.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its name.
    pub name: String,
    /// One line for people.
    pub description: String,
    /// Its own name and those of its parents, nearest first.
    pub lineage: Vec<String>,
    /// `built-in`, or the folder it was read from.
    pub source: String,
    /// `sha256:` and a hash of everything in it, parents included.
    pub digest: String,
    /// The variables, parents first.
    pub variables: Vec<Variable>,
    /// The files, by the path they go to, with `__app__` and `__pack__` in it.
    pub files: Vec<PackItem>,
    /// The artifact; `None` for a pack whose image only a container builder can make.
    pub artifact: Option<Artifact>,
}

/// One file of a pack.
#[derive(Debug, Clone)]
pub struct PackItem {
    /// Where it goes, without `.hbs`.
    pub target: String,
    /// Where it is, for errors: `base/files/Dockerfile.hbs`.
    pub origin: String,
    /// What is in it.
    pub contents: Vec<u8>,
    /// Whether it is a template; others are copied byte for byte.
    pub is_template: bool,
    /// What it is for.
    pub role: Option<Role>,
}
