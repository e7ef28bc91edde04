//! What has to be done to take an import back, and the reasons not to. Looks only, so that it can be asked again after any
//! interruption.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::files::{self, FileError};
use crate::pack::{Pending, PreparedImport};
use crate::ports::forge::{Repository, RepositoryName};
use crate::ports::git::{BranchName, Checkout, CommitId, GitObjects};

use super::super::carry_out::{self, branch_of};
use super::super::look::refuse;

/// What is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Undo {
    /// The app; of several, their names.
    pub(super) app: String,
    /// What becomes of the commit.
    pub(super) commit: CommitUndo,
    /// The files that the last commit has of it.
    #[serde(skip)]
    pub(super) left: Vec<String>,
    /// The files that are removed.
    pub(super) removed: Vec<String>,
    /// The files that get the text back that they had.
    pub(super) restored: Vec<String>,
    /// The remote that is removed.
    pub(super) remote: Option<String>,
    /// What becomes of the repository on the forge.
    pub(super) repository: RepositoryUndo,
    /// The branch of the import that is removed, with its commit.
    pub(super) branch: Option<(BranchName, CommitId)>,
}

/// What becomes of the commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "action", rename_all = "camelCase")]
pub(super) enum CommitUndo {
    /// There is none.
    None,
    /// The branch goes back.
    TakeBack {
        /// The commit of the import.
        commit: CommitId,
        /// The one before it.
        to: CommitId,
    },
    /// Others have come after it.
    Revert,
}

/// What becomes of the repository on the forge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "action", rename_all = "camelCase")]
pub(super) enum RepositoryUndo {
    /// It is as it was.
    Leave,
    /// The import made it.
    Remove {
        /// It.
        name: RepositoryName,
    },
    /// It was there, and branches moved.
    MoveBack {
        /// It.
        name: RepositoryName,
        /// Each branch with the commit it has and the one it had.
        branches: Vec<(BranchName, CommitId, Option<CommitId>)>,
    },
    /// It was there, and gets the new commit.
    Push {
        /// It.
        name: RepositoryName,
        /// The branch.
        branch: BranchName,
    },
}

/// Decides, or refuses where something of the user's would go.
pub(super) fn plan(
    context: &Context<'_>,
    root: &Path,
    checkout: &Checkout,
    pending: &Pending,
) -> Result<Undo, Failure> {
    let (objects, before) = (&*context.ports.objects, &pending.before);
    let branch = pending.branch().map_err(anyhow::Error::new)?;
    if let Some(work) = checkout.under_way {
        return Err(refuse(format!("a {work} is under way")).hint("finish or abort it first"));
    }
    let (on, head) = match branch_of(&checkout.head) {
        Some((on, head)) if *on == branch || *on == before.branch => (on, head),
        _ => {
            return Err(refuse(format!(
                "the import was made on the branch {branch}, which is not checked out"
            ))
            .hint(format!("git switch {branch}")));
        }
    };
    let made = made(context, root, pending, head)?;
    let left = left(objects, root, pending, head)?;
    let edited = edited(context, root, pending, head, made.as_ref(), &left)?;
    if !edited.is_empty() {
        return Err(refuse(format!(
            "what you changed since the import would be lost: {}",
            edited.join(", ")
        ))
        .exit(Exit::Conflict)
        .hint("keep a copy elsewhere and put the files back: git checkout and git revert do it")
        .hint("or take away by hand what you do not want"));
    }
    let commit = match &made {
        _ if left.is_empty() => CommitUndo::None,
        Some(made) if made == head => CommitUndo::TakeBack {
            commit: made.clone(),
            to: before.commit.clone(),
        },
        _ => CommitUndo::Revert,
    };
    let tip = if branch == before.branch {
        None
    } else {
        objects.resolve(root, &branch.reference())?
    };
    // A branch with more than the import on it is the user's.
    let own_tip = tip
        .clone()
        .filter(|tip| made.as_ref() == Some(tip) || *tip == before.commit)
        .filter(|_| *on != branch || commit != CommitUndo::Revert);
    let known: Vec<&CommitId> = made.iter().chain(&tip).chain([head]).collect();
    let repository = repository(context, root, pending, &commit, on, &known)?;
    let remote = checkout.remote(&pending.prepared.plan.remote.name);
    let leads_there = remote
        .and_then(|remote| remote.url.as_ref())
        .is_some_and(|url| url.as_git() == pending.prepared.plan.remote.url);
    let (restored, removed) = on_disk(root, &pending.prepared)?;
    Ok(Undo {
        app: pending.prepared.names(),
        commit,
        left,
        removed,
        restored,
        remote: (leads_there && !before.has_remote)
            .then(|| pending.prepared.plan.remote.name.clone()),
        repository,
        branch: own_tip.map(|tip| (branch, tip)),
    })
}

/// The commit of the import, while it is as the import made it.
fn made(
    context: &Context<'_>,
    root: &Path,
    pending: &Pending,
    head: &CommitId,
) -> Result<Option<CommitId>, Failure> {
    if pending.commit.is_some() {
        return Ok(pending.commit.clone());
    }
    let (objects, before) = (&*context.ports.objects, &pending.before.commit);
    let branch = pending.branch().map_err(anyhow::Error::new)?;
    let head = objects
        .resolve(root, &branch.reference())?
        .unwrap_or_else(|| head.clone());
    let Some(commit) = carry_out::commit_of(context, root, before, &head)? else {
        return Ok(None);
    };
    // Interrupted before it was recorded: it is the import's if it has what the import writes and nothing else.
    let contents = &pending.prepared.contents;
    let changed = objects.changed_paths(root, before, &commit)?;
    let mut is_own = changed.iter().all(|path| contents.contains_key(path));
    for path in &changed {
        let there = objects.read_file(root, &commit, path)?;
        is_own &= there.as_deref() == contents.get(path).map(String::as_bytes);
    }
    Ok(is_own.then_some(commit))
}

/// The paths of the import that are in the last commit and were not before, or were something else.
fn left(
    objects: &dyn GitObjects,
    root: &Path,
    pending: &Pending,
    head: &CommitId,
) -> Result<Vec<String>, Failure> {
    let mut left = Vec::new();
    for path in pending.prepared.paths() {
        let there = objects.read_file(root, head, path)?;
        if there.is_some() && there != objects.read_file(root, &pending.before.commit, path)? {
            left.push(path.to_owned());
        }
    }
    Ok(left)
}

/// The paths of the import that hold something else than what the import wrote, in the last commit or in the work tree.
fn edited(
    context: &Context<'_>,
    root: &Path,
    pending: &Pending,
    head: &CommitId,
    made: Option<&CommitId>,
    left: &[String],
) -> Result<Vec<String>, Failure> {
    let objects = &context.ports.objects;
    let contents = &pending.prepared.contents;
    let mut edited = BTreeSet::new();
    for path in left {
        let written = match made {
            Some(made) => objects.read_file(root, made, path)?,
            None => contents.get(path).map(|text| text.clone().into_bytes()),
        };
        if objects.read_file(root, head, path)? != written {
            edited.insert(path.clone());
        }
    }
    let dirty = context.ports.git.dirty_paths(root)?;
    let dirty: BTreeSet<PathBuf> = dirty.into_iter().map(|dirty| dirty.path).collect();
    for (path, text) in contents {
        let replaced = pending.prepared.replaces.get(path);
        let is_own = match read(root, path)? {
            None => true,
            Some(there) => {
                there == *text.as_bytes() || replaced.is_some_and(|old| there == *old.as_bytes())
            }
        };
        // What a filter of Git's made of it is no edit.
        if !is_own && dirty.contains(Path::new(path)) {
            edited.insert(path.clone());
        }
    }
    Ok(edited.into_iter().collect())
}

/// A file of the work tree; `None` when there is none. A link that was put in its place is what it says.
fn read(root: &Path, path: &str) -> Result<Option<Vec<u8>>, FileError> {
    let full = root.join(path);
    match files::entry(&full)? {
        None => Ok(None),
        Some(files::Entry::File) => match files::read_bytes(&full, files::TEXT_LIMIT) {
            Ok(bytes) => Ok(Some(bytes)),
            // More than any import writes.
            Err(FileError::TooLarge { .. }) => Ok(Some(vec![0])),
            Err(error) => Err(error),
        },
        Some(_) => Ok(Some(vec![0])),
    }
}

/// The files that are to be restored and to be removed.
fn on_disk(
    root: &Path,
    prepared: &PreparedImport,
) -> Result<(Vec<String>, Vec<String>), FileError> {
    let (mut restored, mut removed) = (Vec::new(), Vec::new());
    for path in prepared.paths() {
        match prepared.replaces.get(path) {
            Some(old) if read(root, path)?.is_some_and(|there| there != *old.as_bytes()) => {
                restored.push(path.to_owned());
            }
            None if read(root, path)?.is_some() => removed.push(path.to_owned()),
            _ => {}
        }
    }
    Ok((restored, removed))
}

/// What becomes of the repository. `known` are commits of this checkout; what the forge has beside them and those before them would
/// be lost with it.
fn repository(
    context: &Context<'_>,
    root: &Path,
    pending: &Pending,
    commit: &CommitUndo,
    on: &BranchName,
    known: &[&CommitId],
) -> Result<RepositoryUndo, Failure> {
    let (objects, before) = (&*context.ports.objects, &pending.before);
    let name = carry_out::name(&pending.prepared.plan)?;
    let Some(there) = context.ports.forge.repository(&name)? else {
        return Ok(RepositoryUndo::Leave);
    };
    let path = there.path()?;
    if !before.has_repository {
        for (branch, tip) in objects.branches(&path)? {
            let is_here = known
                .iter()
                .any(|known| objects.is_ancestor(root, &tip, known).unwrap_or(false));
            if !is_here {
                return Err(ahead(&there, &branch));
            }
        }
        return Ok(RepositoryUndo::Remove { name });
    }
    if *commit == CommitUndo::Revert {
        return Ok(RepositoryUndo::Push {
            name,
            branch: on.clone(),
        });
    }
    let mut branches = Vec::new();
    for (branch, old) in &before.published {
        let now = objects.resolve(&path, &branch.reference())?;
        let Some(now) = now.filter(|now| Some(now) != old.as_ref()) else {
            continue;
        };
        let is_ours = known.contains(&&now) || now == before.commit;
        if is_ours {
            branches.push((branch.clone(), now, old.clone()));
        } else if *commit != CommitUndo::None {
            return Err(ahead(&there, branch));
        }
    }
    if branches.is_empty() {
        return Ok(RepositoryUndo::Leave);
    }
    Ok(RepositoryUndo::MoveBack { name, branches })
}

fn ahead(repository: &Repository, branch: &BranchName) -> Failure {
    refuse(format!(
        "{} on the local forge has commits on {branch} that are not here, and they would be lost",
        repository.name
    ))
    .exit(Exit::Conflict)
    .hint(format!(
        "fetch them first: git pull, or git fetch and git switch {branch}"
    ))
}

/// The folders that the import made, the inner ones first.
pub(super) fn folders(pending: &Pending) -> impl Iterator<Item = &str> {
    pending.before.new_folders.iter().rev().map(String::as_str)
}

/// What the checkout knew of the branches of the remote.
pub(super) fn tracking(pending: &Pending) -> &BTreeMap<BranchName, Option<CommitId>> {
    &pending.before.tracking
}
