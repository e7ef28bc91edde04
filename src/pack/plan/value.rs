//! The plan as a value that is printed, saved and carried out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::pack::model::Pack;
use crate::pack::site::Site;
use crate::pack::values::PlanValue;

/// How long the first line of a commit's message may be.
const MOST_OF_A_LINE: usize = 72;

/// The plan. Its JSON form is one of those that scripts rely on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportPlan {
    /// The app.
    pub app: String,
    /// The owner of the repository on the forge.
    pub org: String,
    /// The name of the repository, where it is not that of the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// The folder of the app, where it is not the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dir: Option<String>,
    /// The pack.
    pub pack: PlanPack,
    /// Every value that templates get.
    pub values: Vec<PlanValue>,
    /// What is added, kept and adopted, in the order of paths.
    pub files: Vec<PlanFile>,
    /// The message of the commit; `None` when nothing is to be committed.
    pub commit: Option<String>,
    /// Where the branch is pushed to.
    pub remote: PlanRemote,
    /// The pipeline that runs then.
    pub pipeline: Option<String>,
    /// The branch that the commit is made on, where that is a new one, whose pull request goes to the branch that was checked out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
}

impl ImportPlan {
    /// The name of the repository.
    pub fn repository(&self) -> &str {
        self.repository.as_ref().unwrap_or(&self.app)
    }

    /// Where the app lives.
    pub fn site(&self) -> Site {
        Site::new(self.dir.as_deref().unwrap_or_default())
    }
}

/// A pack, exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanPack {
    /// Its name.
    pub name: String,
    /// Where it came from.
    pub source: String,
    /// The commit, for a pack from Git.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// What was in it.
    pub digest: String,
}

impl From<&Pack> for PlanPack {
    fn from(pack: &Pack) -> Self {
        Self {
            name: pack.name.clone(),
            source: pack.source.clone(),
            commit: pack.commit.clone(),
            digest: pack.digest.clone(),
        }
    }
}

/// What happens to one path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFile {
    /// Relative to the repository.
    pub path: String,
    /// What happens.
    pub action: Action,
    /// Why, as a fragment.
    pub because: String,
}

/// What happens to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Written and committed.
    Add,
    /// Written by an earlier import, and written anew because a value changes.
    Update,
    /// The repository's own stays as it is, although the pack or another tool has the like.
    Keep,
    /// The repository's own takes the place of the pack's.
    Adopt,
}

impl Action {
    /// The word of the plan.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Update => "update",
            Self::Keep => "keep",
            Self::Adopt => "adopt",
        }
    }
}

/// A remote of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRemote {
    /// Its name in the checkout.
    pub name: String,
    /// Its address.
    pub url: String,
    /// Why this name.
    pub because: String,
}

/// A plan with the contents of what it adds; of one app, or of several of one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreparedImport {
    /// The plan; of several, that of the first app.
    pub plan: ImportPlan,
    /// The plans of the other apps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<ImportPlan>,
    /// The files to write, by path.
    pub contents: BTreeMap<String, String>,
    /// What stands now where a file is written anew, by path.
    #[serde(default)]
    pub replaces: BTreeMap<String, String>,
}

impl PreparedImport {
    /// The paths that are written and committed.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.contents.keys().map(String::as_str)
    }

    /// The plans of all apps.
    pub fn plans(&self) -> impl Iterator<Item = &ImportPlan> {
        std::iter::once(&self.plan).chain(&self.others)
    }

    /// The names of the apps, as a sentence has them.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.plans().map(|plan| plan.app.as_str()).collect();
        match names.as_slice() {
            [several @ .., last] if !several.is_empty() => {
                format!("{} and {last}", several.join(", "))
            }
            _ => names.concat(),
        }
    }

    /// The imports of several apps of a repository as one, in one commit. `None` for none.
    pub fn of_several(each: Vec<Self>) -> Option<Self> {
        let mut each = each.into_iter();
        let mut all = each.next()?;
        for one in each {
            all.others.push(one.plan);
            all.contents.extend(one.contents);
            all.replaces.extend(one.replaces);
        }
        if all.others.is_empty() {
            return Some(all);
        }
        let changes: Vec<&ImportPlan> = all.plans().filter(|plan| plan.commit.is_some()).collect();
        let message = match changes.as_slice() {
            [] => None,
            [one] => one.commit.clone(),
            several => {
                let names: Vec<&str> = several.iter().map(|plan| plan.app.as_str()).collect();
                let line = format!("chore: import with landfall: {}", names.join(", "));
                if line.len() <= MOST_OF_A_LINE {
                    Some(line)
                } else {
                    Some(format!("chore: import {} apps with landfall", names.len()))
                }
            }
        };
        for plan in std::iter::once(&mut all.plan).chain(&mut all.others) {
            plan.commit.clone_from(&message);
        }
        Some(all)
    }
}
