//! One pack as it was read, before its parents are merged in.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::contents::Contents;
use super::names;
use super::place::{Step, line_of};
use crate::pack::condition::Condition;
use crate::pack::error::PackError;
use crate::pack::model::{FileRule, PackFile, PackItem};
use crate::yaml;

/// The longest name of a pack.
const MAX_NAME: usize = 63;

/// Refuses what cannot be the name of a pack: it stands in paths, in YAML and on command lines.
///
/// # Errors
/// What is wrong with it.
pub fn check_pack_name(name: &str) -> Result<(), String> {
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= MAX_NAME
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if is_name {
        return Ok(());
    }
    Err(format!(
        "\"{name}\" cannot be the name of a pack: a-z first, then a-z, 0-9 and -, at most {MAX_NAME}"
    ))
}

/// One pack as it was read.
#[derive(Debug)]
pub(in super::super) struct Loaded {
    /// `pack.yaml`.
    pub(in super::super) file: PackFile,
    /// `built-in`, a folder, or an address.
    pub(in super::super) source: String,
    /// The commit, for a pack from Git.
    pub(in super::super) commit: Option<String>,
    /// `pack.yaml` as it stands.
    text: String,
    /// What errors call its folder.
    place: String,
    /// Below `files/` and `sample/`, by path.
    contents: Contents,
}

impl Loaded {
    /// Takes the files of a pack; `place` is what errors call its folder.
    ///
    /// # Errors
    /// A `pack.yaml` that is missing or wrong, or a path that cannot be used everywhere.
    pub(in super::super) fn new(
        place: &str,
        source: String,
        mut contents: Contents,
    ) -> Result<Self, PackError> {
        let file = format!("{place}/pack.yaml");
        let broken = |place: &str, reason: &str| PackError::Broken {
            place: place.to_owned(),
            reason: reason.to_owned(),
        };
        let bytes = contents
            .remove("pack.yaml")
            .ok_or_else(|| broken(&file, "it is missing, and a pack begins with it"))?;
        let text = String::from_utf8(bytes).map_err(|_| broken(&file, "it is not UTF-8 text"))?;
        let parsed: PackFile = yaml::parse(&text, Path::new(&file))?;
        for path in contents.keys() {
            if let Some(fault) = names::fault(path) {
                return Err(broken(place, &format!("the path {path:?} {fault}")));
            }
        }
        let loaded = Self {
            file: parsed,
            source,
            commit: None,
            text,
            place: place.to_owned(),
            contents,
        };
        loaded.check()?;
        Ok(loaded)
    }

    fn check(&self) -> Result<(), PackError> {
        check_pack_name(&self.file.name).map_err(|why| self.wrong(&[Step::Key("name")], why))?;
        for (index, variable) in self.file.variables.iter().enumerate() {
            let at = |key| [Step::Key("variables"), Step::Item(index), Step::Key(key)];
            if let Some((key, why)) = variable.mistake() {
                return Err(self.wrong(&at(key), format!("variable {}: {why}", variable.name)));
            }
            let twice = self.file.variables[..index]
                .iter()
                .any(|known| known.name == variable.name);
            if twice {
                return Err(self.wrong(
                    &at("name"),
                    format!("variable {}: it is there twice", variable.name),
                ));
            }
        }
        self.items().map(drop)
    }

    /// The error that something in `pack.yaml` is wrong.
    pub(in super::super) fn wrong(&self, steps: &[Step<'_>], reason: String) -> PackError {
        PackError::Invalid {
            pack: self.file.name.clone(),
            place: format!("{}/pack.yaml:{}", self.place, line_of(&self.text, steps)),
            reason,
        }
    }

    /// The error that a file's condition asks for a value that does not exist.
    pub(in super::super) fn unknown_name(&self, target: &str, name: &str) -> Option<PackError> {
        let index = self
            .file
            .files
            .iter()
            .position(|rule| rule.when.is_some() && covers(rule, target))?;
        let steps = [Step::Key("files"), Step::Item(index), Step::Key("when")];
        Some(self.wrong(&steps, format!("no variable is called {name}")))
    }

    /// The files that the rules name; of two rules for one file the last one counts.
    ///
    /// # Errors
    /// A rule for what is not there, or a condition that cannot be read.
    pub(in super::super) fn items(&self) -> Result<Vec<PackItem>, PackError> {
        let mut items: BTreeMap<String, PackItem> = BTreeMap::new();
        for (index, rule) in self.file.files.iter().enumerate() {
            let at = |key| [Step::Key("files"), Step::Item(index), Step::Key(key)];
            let when = rule.when.as_deref().map(Condition::parse).transpose();
            let when = when.map_err(|why| self.wrong(&at("when"), why))?;
            let mut found = false;
            for (path, contents) in &self.contents {
                let Some(path) = path
                    .strip_prefix("files/")
                    .filter(|path| covers(rule, path))
                else {
                    continue;
                };
                found = true;
                let item = self.item(rule, path, contents, when.clone());
                items.insert(item.target.clone(), item);
            }
            if !found {
                return Err(self.wrong(&at("path"), format!("files/{} does not exist", rule.path)));
            }
        }
        Ok(items.into_values().collect())
    }

    fn item(
        &self,
        rule: &FileRule,
        path: &str,
        contents: &[u8],
        when: Option<Condition>,
    ) -> PackItem {
        let target = path.strip_suffix(".hbs");
        let place = if self.source == "built-in" {
            &self.file.name
        } else {
            &self.place
        };
        PackItem {
            target: target.unwrap_or(path).to_owned(),
            origin: format!("{place}/files/{path}"),
            contents: contents.to_owned(),
            is_template: target.is_some(),
            role: rule.role,
            when,
        }
    }

    /// The files that no rule names.
    pub(in super::super) fn unused(&self) -> impl Iterator<Item = String> {
        self.contents
            .keys()
            .filter(|path| {
                let path = path.strip_prefix("files/");
                path.is_some_and(|path| !self.file.files.iter().any(|rule| covers(rule, path)))
            })
            .map(|path| format!("{}/{path}", self.place))
    }

    /// The app that is its test, by path.
    pub(in super::super) fn sample(&self) -> BTreeMap<String, Vec<u8>> {
        self.contents
            .iter()
            .filter_map(|(path, contents)| {
                Some((path.strip_prefix("sample/")?.to_owned(), contents.clone()))
            })
            .collect()
    }

    /// Adds everything that an import takes from it.
    pub(in super::super) fn hash(&self, hash: &mut Sha256) {
        hash.update(format!("pack.yaml {}\n{}", self.text.len(), self.text));
        for (path, contents) in &self.contents {
            if path.starts_with("files/") {
                hash.update(format!("{path} {}\n", contents.len()));
                hash.update(contents);
            }
        }
    }
}

/// Whether a rule names the file at `path`, or a folder that it is in; the ending `.hbs` may be left out.
fn covers(rule: &FileRule, path: &str) -> bool {
    path == rule.path
        || path.strip_suffix(".hbs") == Some(&rule.path)
        || path
            .strip_prefix(&rule.path)
            .is_some_and(|rest| rest.starts_with('/'))
}
