//! What an upgrade would do, decided before anything is touched.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::base::Bases;
use super::decide::{Base, Effect, decide, unix};
use super::values::{ChangedValue, changed};
use crate::pack::error::PackError;
use crate::pack::model::Pack;
use crate::pack::plan::{PlanPack, hash};
use crate::pack::record::ImportRecord;
use crate::pack::rendered::{RenderedFile, render_files};
use crate::pack::values::PlanValue;
use crate::ports::packs::TextMerge;

/// What the caller knows.
#[derive(Debug)]
pub struct UpgradeInput<'a> {
    /// The record of the import or of the last upgrade.
    pub record: &'a ImportRecord,
    /// The newer pack.
    pub pack: &'a Pack,
    /// Its values.
    pub values: &'a [PlanValue],
    /// The texts of the recorded pack.
    pub bases: &'a Bases<'a>,
    /// The repository's files: those of both packs.
    pub ours: &'a BTreeMap<String, Ours>,
    /// Who merges.
    pub texts: &'a dyn TextMerge,
}

/// What the repository has at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ours {
    /// A text.
    Text(String),
    /// Something that an upgrade leaves alone, and why.
    Other(&'static str),
}

/// The plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UpgradePlan {
    /// The app.
    pub app: String,
    /// The owner of its repository.
    pub org: String,
    /// The name of its repository, where it is not that of the app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// The recorded pack.
    pub from: PlanPack,
    /// The newer one.
    pub to: PlanPack,
    /// The values that change.
    pub values: Vec<ChangedValue>,
    /// The files that something is to be said about, in the order of paths.
    pub files: Vec<UpgradeFile>,
    /// The message of the commit; `None` when nothing is to be committed.
    pub commit: Option<String>,
}

/// What happens to one path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpgradeFile {
    /// Relative to the repository.
    pub path: String,
    /// What happens.
    pub action: UpgradeAction,
    /// Why, as a fragment.
    pub because: String,
}

/// What happens to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum UpgradeAction {
    /// The newer pack has it, the older one had not.
    Add,
    /// Nobody edited it: it becomes the newer pack's.
    Update,
    /// Both changed it, in different places.
    Merge,
    /// Both changed the same lines: a person decides.
    Conflict,
    /// The newer pack has it no more, and nobody edited it.
    Remove,
    /// The user's stays as it is.
    Keep,
}

impl UpgradeAction {
    /// The word of the plan.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Update => "update",
            Self::Merge => "merge",
            Self::Conflict => "conflict",
            Self::Remove => "remove",
            Self::Keep => "keep",
        }
    }
}

/// One file of the repository before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write {
    /// The hash of what is there now; `None`: nothing is.
    pub before: Option<String>,
    /// What will be there; `None` removes it.
    pub after: Option<String>,
}

/// A plan with the contents of what it writes.
#[derive(Debug, Clone, PartialEq)]
pub struct PreparedUpgrade {
    /// The plan.
    pub plan: UpgradePlan,
    /// What is written, by path.
    pub writes: BTreeMap<String, Write>,
}

impl PreparedUpgrade {
    /// The files that a person has to look at.
    pub fn conflicts(&self) -> Vec<&str> {
        let files = self.plan.files.iter();
        files
            .filter(|file| file.action == UpgradeAction::Conflict)
            .map(|file| file.path.as_str())
            .collect()
    }
}

/// The paths of both packs: what `ours` has to answer for.
///
/// # Errors
/// As [`plan`].
pub fn paths(
    record: &ImportRecord,
    pack: &Pack,
    values: &[PlanValue],
) -> Result<BTreeSet<String>, PackError> {
    let theirs = render_files(pack, values)?;
    Ok(record
        .files
        .keys()
        .cloned()
        .chain(theirs.into_keys())
        .collect())
}

/// Plans the upgrade. Reads what `input` holds and nothing else.
///
/// # Errors
/// A template of the newer pack that cannot be rendered, or a history that cannot be read.
pub fn plan(input: &UpgradeInput<'_>) -> Result<PreparedUpgrade, PackError> {
    let record = input.record;
    let theirs = render_files(input.pack, input.values)?;
    let mut next = ImportRecord {
        pack: PlanPack::from(input.pack),
        values: input
            .values
            .iter()
            .map(|value| (value.name.clone(), value.value.clone()))
            .collect(),
        defaults: input
            .values
            .iter()
            .filter(|value| value.is_default())
            .map(|value| value.name.clone())
            .collect(),
        files: BTreeMap::new(),
        bases: BTreeMap::new(),
        ..record.clone()
    };
    let mut paths: Vec<&String> = record.files.keys().chain(theirs.keys()).collect();
    paths.sort();
    paths.dedup();
    let mut files = Vec::new();
    let mut writes = BTreeMap::new();
    // Of files that the user edited and the newer pack did not change: needed as soon as the record is written anew, because then no
    // commit has both the record and these texts.
    let mut late = BTreeMap::new();
    for path in paths {
        let their = theirs.get(path);
        if !record.files.contains_key(path)
            && their.is_some_and(|file| stands_elsewhere(record, &theirs, file))
        {
            continue;
        }
        let ours = input.ours.get(path);
        let decided = decide(input, path, ours, their.map(|file| file.text.as_str()))?;
        let text = match (&decided.effect, ours) {
            (Effect::Becomes(text), _) | (Effect::Stays, Some(Ours::Text(text))) => {
                Some(text.as_str())
            }
            _ => None,
        };
        match (decided.base, their) {
            (Base::Theirs, Some(file)) => {
                let hash = hash(&file.text);
                let is_edited = text.is_some_and(|text| unix(text).0 != file.text);
                if record.files.get(path) == Some(&hash) {
                    let kept = record.bases.get(path).cloned();
                    next.bases.extend(kept.map(|base| (path.clone(), base)));
                    if is_edited {
                        late.insert(path.clone(), file.text.clone());
                    }
                } else if is_edited {
                    next.bases.insert(path.clone(), file.text.clone());
                }
                next.files.insert(path.clone(), hash);
            }
            (Base::Same, _) => {
                let known = record.files.get(path).cloned();
                next.files.extend(known.map(|hash| (path.clone(), hash)));
                let kept = record.bases.get(path).cloned();
                next.bases.extend(kept.map(|base| (path.clone(), base)));
                late.extend(input.bases.find(path)?.map(|base| (path.clone(), base)));
            }
            _ => {}
        }
        if let Some((action, because)) = decided.said {
            files.push(UpgradeFile {
                path: path.clone(),
                action,
                because,
            });
        }
        let after = match decided.effect {
            Effect::Stays => continue,
            Effect::Becomes(text) => Some(text),
            Effect::Goes => None,
        };
        let before = before(ours);
        writes.insert(path.clone(), Write { before, after });
    }
    if next != *record {
        next.bases.append(&mut late);
        let before = Some(hash(input.bases.record_text));
        let after = Some(next.print()?);
        writes.insert(record.site().record(), Write { before, after });
    }
    let commit = (!writes.is_empty()).then(|| match record.site() {
        site if site.is_top() => {
            format!("chore: upgrade the landfall pack {}", input.pack.name)
        }
        _ => format!(
            "chore: upgrade the landfall pack {} of {}",
            input.pack.name, record.app
        ),
    });
    Ok(PreparedUpgrade {
        plan: UpgradePlan {
            app: record.app.clone(),
            org: record.org.clone(),
            repository: record.repository.clone(),
            from: record.pack.clone(),
            to: PlanPack::from(input.pack),
            values: changed(record, input.values),
            files,
            commit,
        },
        writes,
    })
}

fn before(ours: Option<&Ours>) -> Option<String> {
    match ours {
        Some(Ours::Text(text)) => Some(hash(text)),
        _ => None,
    }
}

/// Whether the repository has a chart or Dockerfile of its own in the place of such files: the import wrote none of that kind.
fn stands_elsewhere(
    record: &ImportRecord,
    theirs: &BTreeMap<String, RenderedFile>,
    file: &RenderedFile,
) -> bool {
    let Some(role) = file.role else {
        return false;
    };
    !theirs
        .iter()
        .any(|(path, other)| other.role == Some(role) && record.files.contains_key(path))
}
