//! The packs there are: those in the program, before them those in the folder that the setting `packs` names, and any that is named
//! by its folder or its address.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::files;
use crate::ports::git::CommitId;
use crate::ports::packs::PackRepository;

use super::condition::Condition;
use super::detect::DetectRule;
use super::error::PackError;
use super::model::{Pack, PackItem, Variable};
use super::source::{self, Loaded, PackAddress, Step};

/// How many parents a pack may have one after the other.
const MAX_LINEAGE: usize = 8;

/// The source of packs in the program.
pub const BUILT_IN: &str = "built-in";

/// The packs, by name.
#[derive(Debug)]
pub struct Catalog {
    packs: BTreeMap<String, Arc<Loaded>>,
}

/// Where the parents of a pack may be beside the catalog.
type Beside<'a> = &'a dyn Fn(&str) -> Result<Option<Loaded>, PackError>;

impl Catalog {
    /// The packs in the program, and those in `folder` in front of them.
    ///
    /// # Errors
    /// A folder that cannot be read, or a `pack.yaml` that is wrong.
    pub fn load(folder: Option<&Path>) -> Result<Self, PackError> {
        let mut catalog = Self::load_own(folder)?;
        for name in source::programs() {
            if let Entry::Vacant(free) = catalog.packs.entry(name) {
                let place = format!("packs/{}", free.key());
                let contents = source::of_program(free.key());
                free.insert(Arc::new(Loaded::new(
                    &place,
                    BUILT_IN.to_owned(),
                    contents,
                )?));
            }
        }
        Ok(catalog)
    }

    /// The packs of `folder` alone: those whose rules of detection count. What is built in has its own.
    ///
    /// # Errors
    /// A pack that is broken.
    pub fn load_own(folder: Option<&Path>) -> Result<Self, PackError> {
        let mut packs = BTreeMap::new();
        if let Some(folder) = folder {
            files::check_folder(folder)?;
            for path in files::list_dir(folder)?
                .into_iter()
                .filter(|path| path.join("pack.yaml").is_file())
            {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let loaded = load_folder(&path)?;
                if loaded.file.name != name {
                    let why = format!("its folder is called {name}");
                    return Err(loaded.wrong(&[Step::Key("name")], why));
                }
                packs.insert(name.into_owned(), Arc::new(loaded));
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
            .filter(|pack| pack.source != BUILT_IN && !pack.file.hidden)
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
    /// [`PackError::Unknown`], or a pack whose files contradict themselves.
    pub fn resolve(&self, name: &str) -> Result<Pack, PackError> {
        let found = self.packs.get(name).filter(|pack| !pack.file.hidden);
        let Some(found) = found else {
            return Err(PackError::Unknown {
                name: name.to_owned(),
                known: self.names(),
            });
        };
        self.assemble(Arc::clone(found), &|_| Ok(None))
    }

    /// The pack in a folder. Its parents are the folders beside it, else those of the catalog.
    ///
    /// # Errors
    /// A folder that is no pack, or a pack whose files contradict themselves.
    pub fn resolve_folder(&self, folder: &Path) -> Result<Pack, PackError> {
        let loaded = load_folder(folder)?;
        self.assemble(Arc::new(loaded), &|name| {
            let beside = folder.parent().map(|parent| parent.join(name));
            match beside {
                Some(beside) if beside.join("pack.yaml").is_file() => {
                    load_folder(&beside).map(Some)
                }
                _ => Ok(None),
            }
        })
    }

    /// The pack in a folder of a repository, at a commit that was fetched. Its parents are the folders beside it, else those of the
    /// catalog.
    ///
    /// # Errors
    /// [`PackError::NoPack`], or a pack whose files contradict themselves.
    pub fn resolve_fetched(
        &self,
        repository: &dyn PackRepository,
        address: &PackAddress,
        commit: &CommitId,
    ) -> Result<Pack, PackError> {
        let load = |address: &PackAddress| {
            let contents = source::of_repository(repository, address, commit)?;
            let loaded = contents.map(|contents| {
                let mut loaded = Loaded::new(&address.place(), address.to_string(), contents)?;
                loaded.commit = Some(commit.to_string());
                Ok::<_, PackError>(loaded)
            });
            loaded.transpose()
        };
        let loaded = load(address)?.ok_or_else(|| PackError::NoPack {
            address: address.to_string(),
        })?;
        self.assemble(Arc::new(loaded), &|name| {
            if address.dir.is_empty() || source::fault(name).is_some() {
                return Ok(None);
            }
            let dir = match address.dir.rsplit_once('/') {
                Some((above, _)) => format!("{above}/{name}"),
                None => name.to_owned(),
            };
            load(&PackAddress {
                dir,
                ..address.clone()
            })
        })
    }

    /// Merges the parents in.
    fn assemble(&self, pack: Arc<Loaded>, beside: Beside<'_>) -> Result<Pack, PackError> {
        let lineage = self.lineage(pack, beside)?;
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
        let found = &lineage[0];
        for item in items.values() {
            let unknown = item.when.iter().flat_map(Condition::names).find(|name| {
                !super::variable::RESERVED.contains(name)
                    && !variables.iter().any(|variable| variable.name == **name)
            });
            if let Some(name) = unknown {
                let origin = item.target.as_str();
                let error = lineage
                    .iter()
                    .find_map(|pack| pack.unknown_name(origin, name));
                return Err(error.unwrap_or_else(|| {
                    found.wrong(
                        &[Step::Key("files")],
                        format!("no variable is called {name}"),
                    )
                }));
            }
        }
        if let Some((one, other)) = source::twins(items.keys().map(String::as_str)) {
            let why = format!("{one} and {other} are one file where case does not count");
            return Err(found.wrong(&[Step::Key("files")], why));
        }
        Ok(Pack {
            name: found.file.name.clone(),
            description: found.file.description.clone(),
            lineage: lineage.iter().map(|pack| pack.file.name.clone()).collect(),
            source: found.source.clone(),
            commit: found.commit.clone(),
            digest: format!("sha256:{}", hex(&hash.finalize())),
            unbuilt: found.file.unbuilt.clone(),
            unused: found.unused().collect(),
            variables,
            files: items.into_values().collect(),
            artifact,
            sample: found.sample(),
        })
    }

    /// The pack and its parents, nearest first.
    fn lineage(
        &self,
        pack: Arc<Loaded>,
        beside: Beside<'_>,
    ) -> Result<Vec<Arc<Loaded>>, PackError> {
        let at = [Step::Key("extends")];
        let mut lineage = vec![pack];
        while let Some(last) = lineage.last()
            && let Some(parent) = last.file.extends.clone()
        {
            let found = match beside(&parent)? {
                Some(found) => Arc::new(found),
                None => self.packs.get(&parent).cloned().ok_or_else(|| {
                    last.wrong(&at, format!("it extends {parent}, which does not exist"))
                })?,
            };
            let is_known = |known: &Arc<Loaded>| known.file.name == found.file.name;
            if lineage.len() == MAX_LINEAGE || lineage.iter().any(is_known) {
                return Err(last.wrong(
                    &at,
                    format!(
                        "it extends itself, or more than {MAX_LINEAGE} packs one after the other"
                    ),
                ));
            }
            lineage.push(found);
        }
        Ok(lineage)
    }
}

fn load_folder(folder: &Path) -> Result<Loaded, PackError> {
    let place = folder.display().to_string();
    Loaded::new(&place, place.clone(), source::of_folder(folder)?)
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
