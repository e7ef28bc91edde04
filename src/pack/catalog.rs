//! The packs there are: those in the program, and before them those in the folder that the setting `packs` names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use sha2::{Digest as _, Sha256};

use crate::{files, yaml};

use super::detect::DetectRule;
use super::error::PackError;
use super::model::{FileRule, Pack, PackFile, PackItem, Variable};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/packs");

/// How many parents a pack may have one after the other.
const MAX_LINEAGE: usize = 8;

/// The most files in one pack, and the most bytes in one of them.
const MAX_FILES: usize = 1_000;
const MAX_BYTES: u64 = 1 << 20;

/// Names that detection gives and that are packs of the product, but not of this version.
const PLANNED: &[&str] = &[
    "typescript",
    "maven",
    "gradle",
    "ruby",
    "php",
    "csharp",
    "swift",
    "elixir",
    "scala",
    "cpp",
    "helm",
];

/// The packs, by name.
#[derive(Debug)]
pub struct Catalog {
    packs: BTreeMap<String, Loaded>,
}

/// One pack folder as it was read.
#[derive(Debug)]
struct Loaded {
    file: PackFile,
    /// `pack.yaml` as it stands, for the digest.
    text: String,
    source: String,
    /// Below `files/`, by path.
    contents: BTreeMap<String, Vec<u8>>,
}

impl Catalog {
    /// The packs in the program, and those in `folder` in front of them.
    ///
    /// # Errors
    /// A folder that cannot be read, or a `pack.yaml` that is wrong.
    pub fn load(folder: Option<&Path>) -> Result<Self, PackError> {
        let mut packs = BTreeMap::new();
        for dir in BUILT_IN.dirs() {
            let name = dir.path().to_string_lossy().into_owned();
            let mut contents = BTreeMap::new();
            collect_embedded(dir, dir.path(), &mut contents);
            packs.insert(
                name.clone(),
                Loaded::new(&name, "built-in".to_owned(), contents)?,
            );
        }
        if let Some(folder) = folder {
            files::check_folder(folder)?;
            for path in files::list_dir(folder)?
                .into_iter()
                .filter(|path| path.join("pack.yaml").is_file())
            {
                let name = path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                let mut contents = BTreeMap::new();
                collect_folder(&path, &path, &mut contents)?;
                packs.insert(
                    name.clone(),
                    Loaded::new(&name, path.display().to_string(), contents)?,
                );
            }
        }
        Ok(Self { packs })
    }

    /// The names one can choose, in order.
    pub fn names(&self) -> Vec<String> {
        self.packs
            .values()
            .filter(|pack| !pack.file.hidden)
            .map(|pack| pack.file.name.clone())
            .collect()
    }

    /// The rules of packs that the program has no detector for.
    pub fn rules(&self) -> Vec<DetectRule> {
        self.packs
            .values()
            .filter(|pack| pack.source != "built-in" && !pack.file.hidden)
            .filter_map(|pack| {
                let mut rule = pack.file.detect.clone()?;
                rule.pack.clone_from(&pack.file.name);
                Some(rule)
            })
            .collect()
    }

    /// The pack of that name with its parents merged in.
    ///
    /// # Errors
    /// [`PackError::Unknown`], [`PackError::NotYet`], or a pack whose files contradict themselves.
    pub fn resolve(&self, name: &str) -> Result<Pack, PackError> {
        let found = self.packs.get(name).filter(|pack| !pack.file.hidden);
        let Some(found) = found else {
            let (name, known) = (name.to_owned(), self.names());
            return Err(if PLANNED.contains(&name.as_str()) {
                PackError::NotYet { name, known }
            } else {
                PackError::Unknown { name, known }
            });
        };
        let lineage = self.lineage(found)?;
        let mut variables: Vec<Variable> = Vec::new();
        let mut items: BTreeMap<String, PackItem> = BTreeMap::new();
        let mut artifact = None;
        let mut hash = Sha256::new();
        for pack in lineage.iter().rev() {
            for variable in &pack.file.variables {
                variables.retain(|known| known.name != variable.name);
                variables.push(variable.clone());
            }
            for item in pack.items()? {
                items.insert(item.target.clone(), item);
            }
            artifact = pack.file.artifact.clone().or(artifact);
            pack.hash(&mut hash);
        }
        Ok(Pack {
            name: found.file.name.clone(),
            description: found.file.description.clone(),
            lineage: lineage.iter().map(|pack| pack.file.name.clone()).collect(),
            source: found.source.clone(),
            digest: format!("sha256:{}", hex(&hash.finalize())),
            variables,
            files: items.into_values().collect(),
            artifact,
        })
    }

    /// The pack and its parents, nearest first.
    fn lineage<'a>(&'a self, pack: &'a Loaded) -> Result<Vec<&'a Loaded>, PackError> {
        let mut lineage = vec![pack];
        while let Some(parent) = lineage.last().and_then(|last| last.file.extends.as_ref()) {
            let found = self.packs.get(parent).ok_or_else(|| {
                pack.invalid(format!("it extends {parent}, which does not exist"))
            })?;
            if lineage.len() == MAX_LINEAGE
                || lineage
                    .iter()
                    .any(|known| known.file.name == found.file.name)
            {
                return Err(pack.invalid(format!(
                    "it extends itself, or more than {MAX_LINEAGE} packs one after the other"
                )));
            }
            lineage.push(found);
        }
        Ok(lineage)
    }
}

impl Loaded {
    fn new(
        name: &str,
        source: String,
        mut contents: BTreeMap<String, Vec<u8>>,
    ) -> Result<Self, PackError> {
        let place = PathBuf::from(if source == "built-in" {
            format!("packs/{name}")
        } else {
            source.clone()
        })
        .join("pack.yaml");
        let text = contents.remove("pack.yaml").unwrap_or_default();
        let text = String::from_utf8(text).map_err(|_| PackError::Invalid {
            pack: name.to_owned(),
            reason: "pack.yaml is not UTF-8 text".to_owned(),
        })?;
        let file: PackFile = yaml::parse(&text, &place)?;
        let loaded = Self {
            file,
            text,
            source,
            contents,
        };
        if loaded.file.name == name {
            Ok(loaded)
        } else {
            Err(loaded.invalid(format!("its folder is called {name}")))
        }
    }

    fn invalid(&self, reason: String) -> PackError {
        PackError::Invalid {
            pack: self.file.name.clone(),
            reason,
        }
    }

    /// The files that the rules name.
    fn items(&self) -> Result<Vec<PackItem>, PackError> {
        let mut items = Vec::new();
        for rule in &self.file.files {
            let found: Vec<PackItem> = self
                .contents
                .iter()
                .filter_map(|(path, contents)| {
                    self.item(rule, path.strip_prefix("files/")?, contents)
                })
                .collect();
            if found.is_empty() {
                return Err(self.invalid(format!("files/{} does not exist", rule.path)));
            }
            items.extend(found);
        }
        Ok(items)
    }

    fn item(&self, rule: &FileRule, path: &str, contents: &[u8]) -> Option<PackItem> {
        let is_it = path == rule.path
            || path
                .strip_prefix(&rule.path)
                .is_some_and(|rest| rest.starts_with('/'));
        is_it.then(|| {
            let target = path.strip_suffix(".hbs");
            PackItem {
                target: target.unwrap_or(path).to_owned(),
                origin: format!("{}/files/{path}", self.file.name),
                contents: contents.to_owned(),
                is_template: target.is_some(),
                role: rule.role,
            }
        })
    }

    fn hash(&self, hash: &mut Sha256) {
        hash.update(format!("pack.yaml {}\n{}", self.text.len(), self.text));
        for (path, contents) in &self.contents {
            hash.update(format!("{path} {}\n", contents.len()));
            hash.update(contents);
        }
    }
}

fn collect_embedded(dir: &Dir<'_>, top: &Path, contents: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        if let Ok(path) = file.path().strip_prefix(top) {
            contents.insert(
                path.to_string_lossy().into_owned(),
                file.contents().to_owned(),
            );
        }
    }
    for dir in dir.dirs() {
        collect_embedded(dir, top, contents);
    }
}

fn collect_folder(
    folder: &Path,
    top: &Path,
    contents: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), PackError> {
    for path in files::list_dir(folder)? {
        let relative = path
            .strip_prefix(top)
            .unwrap_or(&path)
            .to_string_lossy()
            .into_owned();
        // A link could lead anywhere and would be copied into the user's repository.
        if path.is_symlink() || contents.len() == MAX_FILES {
            return Err(PackError::Invalid {
                pack: top.display().to_string(),
                reason: format!("{relative} is a link, or there are more than {MAX_FILES} files"),
            });
        }
        if path.is_dir() {
            collect_folder(&path, top, contents)?;
        } else {
            contents.insert(relative, files::read_bytes(&path, MAX_BYTES)?);
        }
    }
    Ok(())
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            for digit in [byte >> 4, byte & 15] {
                text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
            }
            text
        })
}

#[cfg(test)]
mod tests;
