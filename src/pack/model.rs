//! A pack as it stands in `pack.yaml`, and as it is after its parents were merged in.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::catalog::BUILT_IN;
use super::condition::Condition;
use super::detect::DetectRule;
use super::source::PackAddress;
use super::variable::VariableType;

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
    /// What its values are; texts unless told otherwise.
    #[serde(default, rename = "type")]
    pub kind: VariableType,
    /// The fact of the repository that it takes, such as `go.main`.
    #[serde(default)]
    pub from: Option<String>,
    /// The value where no fact gives one. Empty is none: a text or a boolean may be empty, any other value must be given then.
    #[serde(default)]
    pub default: String,
    /// The question that is asked on a terminal where neither `--set` nor a fact answers.
    #[serde(default)]
    pub prompt: Option<String>,
    /// The regular expression that a text must match as a whole.
    #[serde(default)]
    pub pattern: Option<String>,
    /// The least number.
    #[serde(default)]
    pub min: Option<i64>,
    /// The greatest number.
    #[serde(default)]
    pub max: Option<i64>,
    /// What a choice chooses from.
    #[serde(default)]
    pub choices: Vec<String>,
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
    /// When it is written: `name`, `!name`, `name == text` or `name != text`, joined by `&&`. Always, where it is absent.
    #[serde(default)]
    pub when: Option<String>,
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
    /// `built-in`, the folder it was read from, or the address and revision it was fetched from.
    pub source: String,
    /// The commit, for a pack from Git.
    pub commit: Option<String>,
    /// `sha256:` and a hash of everything that an import takes from it, parents included.
    pub digest: String,
    /// Why nothing of it was built where landfall is tested.
    pub unbuilt: Option<String>,
    /// The variables, parents first.
    pub variables: Vec<Variable>,
    /// The files, by the path they go to, with `__app__` and `__pack__` in it.
    pub files: Vec<PackItem>,
    /// The artifact; `None` for a pack whose image only a container builder can make.
    pub artifact: Option<Artifact>,
    /// Files of its own that no rule names, for whoever writes it.
    pub unused: Vec<String>,
    /// The app that is its test, by path; empty where it has none.
    pub sample: BTreeMap<String, Vec<u8>>,
}

impl Pack {
    /// Where its `pack.yaml` is, for messages.
    pub fn file(&self) -> String {
        let address = PackAddress::parse(&self.source);
        match &self.commit {
            None if self.source == BUILT_IN => format!("packs/{}/pack.yaml", self.name),
            None => format!("{}/pack.yaml", self.source),
            Some(_) => address.map_or_else(
                |_| self.source.clone(),
                |address| format!("{}/pack.yaml", address.place()),
            ),
        }
    }
}

/// One file of a pack.
#[derive(Debug, Clone)]
pub struct PackItem {
    /// Where it goes, without `.hbs`.
    pub target: String,
    /// Where it is, for errors: `base/files/Dockerfile.hbs`, with the folder in front where the pack is no built-in one.
    pub origin: String,
    /// What is in it.
    pub contents: Vec<u8>,
    /// Whether it is a template; others are copied byte for byte.
    pub is_template: bool,
    /// What it is for.
    pub role: Option<Role>,
    /// When it is written.
    pub when: Option<Condition>,
}
