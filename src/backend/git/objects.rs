//! The object database through git2: reads, commits without a work tree, merges in bare repositories, references moved
//! with an expected old value.

use std::path::Path;

use git2::{
    ErrorClass, ErrorCode, ObjectType, Oid, Repository, Signature, TreeWalkMode, TreeWalkResult,
};
use jiff::Timestamp;

use super::locks;
use crate::files;
use crate::ports::git::{
    BranchName, Commit, CommitId, GitError, GitObjects, Identity, NewCommit, NewMerge, RefName, Tag,
};

/// How often a reference is written whose folder another process removes at that moment.
const FOLDER_TRIES: usize = 5;

/// git2 as a [`GitObjects`].
#[derive(Debug, Clone, Copy, Default)]
pub struct ObjectDatabase;

impl GitObjects for ObjectDatabase {
    fn init_bare(&self, repository: &Path, branch: &BranchName) -> Result<(), GitError> {
        if repository.join("HEAD").exists() {
            locks::remove_stale(repository)?;
            return open(repository).map(drop);
        }
        // Made beside its place and moved there whole: one that was half made when its maker was killed would stay locked.
        let parent = repository.parent().unwrap_or(Path::new("."));
        files::create_dir_all(parent)?;
        let fail = |error: std::io::Error| {
            let error = git2::Error::from_str(&files::plain(&error));
            failed("create a repository", repository, error)
        };
        let building = tempfile::Builder::new()
            .prefix(".building-")
            .tempdir_in(parent)
            .map_err(fail)?;
        let made = building.path().join("repository");
        let mut options = git2::RepositoryInitOptions::new();
        options
            .bare(true)
            .initial_head(branch.as_str())
            .external_template(false);
        Repository::init_opts(&made, &options)
            .and_then(|made| made.config())
            // A push by hand ends its housekeeping before it returns, as ours do.
            .and_then(|mut config| config.set_bool("gc.autoDetach", false))
            .map_err(|error| failed("create a repository", repository, error))?;
        match std::fs::rename(&made, repository) {
            // Another process was faster.
            Err(_) if repository.join("HEAD").exists() => open(repository).map(drop),
            moved => moved.map_err(fail),
        }
    }

    fn resolve(&self, repository: &Path, name: &RefName) -> Result<Option<CommitId>, GitError> {
        let opened = open(repository)?;
        resolve_in(&opened, name)
    }

    fn head_branch(&self, repository: &Path) -> Result<Option<BranchName>, GitError> {
        let opened = open(repository)?;
        let head = opened
            .find_reference("HEAD")
            .map_err(|error| failed("read HEAD", repository, error))?;
        let target = head.symbolic_target().ok().flatten();
        Ok(target
            .and_then(|target| target.strip_prefix("refs/heads/"))
            .map(str::parse)
            .transpose()?)
    }

    fn read_file(
        &self,
        repository: &Path,
        commit: &CommitId,
        path: &str,
    ) -> Result<Option<Vec<u8>>, GitError> {
        let opened = open(repository)?;
        let tree = tree_of(&opened, commit)?;
        let entry = match tree.get_path(Path::new(path)) {
            Ok(entry) if entry.kind() == Some(ObjectType::Blob) => entry,
            Ok(_) => return Ok(None),
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
            Err(error) => return Err(failed("read a file", repository, error)),
        };
        let blob = opened
            .find_blob(entry.id())
            .map_err(|error| failed("read a file", repository, error))?;
        Ok(Some(blob.content().to_vec()))
    }

    fn list_files(
        &self,
        repository: &Path,
        commit: &CommitId,
        folder: &str,
    ) -> Result<Vec<String>, GitError> {
        let opened = open(repository)?;
        let fail = |error| failed("list files", repository, error);
        let mut tree = tree_of(&opened, commit)?;
        let folder = folder.trim_matches('/');
        if !folder.is_empty() {
            let entry = match tree.get_path(Path::new(folder)) {
                Ok(entry) if entry.kind() == Some(ObjectType::Tree) => entry,
                Ok(_) => return Ok(Vec::new()),
                Err(error) if error.code() == ErrorCode::NotFound => return Ok(Vec::new()),
                Err(error) => return Err(fail(error)),
            };
            tree = opened.find_tree(entry.id()).map_err(fail)?;
        }
        let mut found = Vec::new();
        tree.walk(TreeWalkMode::PreOrder, |parent, entry| {
            if let (Some(ObjectType::Blob), Ok(name)) = (entry.kind(), entry.name()) {
                let path = format!("{parent}{name}");
                found.push(if folder.is_empty() {
                    path
                } else {
                    format!("{folder}/{path}")
                });
            }
            TreeWalkResult::Ok
        })
        .map_err(fail)?;
        Ok(found)
    }

    fn commit(&self, repository: &Path, commit: &NewCommit) -> Result<CommitId, GitError> {
        let opened = open(repository)?;
        let fail = |error| failed("build a commit", repository, error);
        let parents = commit
            .parents
            .iter()
            .map(|parent| commit_in(&opened, parent))
            .collect::<Result<Vec<_>, _>>()?;
        let base = if let Some(parent) = parents.first() {
            parent.tree().map_err(fail)?
        } else {
            let empty = opened
                .treebuilder(None)
                .and_then(|builder| builder.write())
                .map_err(fail)?;
            opened.find_tree(empty).map_err(fail)?
        };
        let mut update = git2::build::TreeUpdateBuilder::new();
        for change in &commit.changes {
            match &change.contents {
                Some(contents) => {
                    let blob = opened.blob(contents).map_err(fail)?;
                    let mode = match base.get_path(Path::new(&change.path)) {
                        Ok(entry)
                            if entry.filemode() == i32::from(git2::FileMode::BlobExecutable) =>
                        {
                            git2::FileMode::BlobExecutable
                        }
                        _ => git2::FileMode::Blob,
                    };
                    update.upsert(change.path.as_str(), blob, mode);
                }
                None => {
                    update.remove(change.path.as_str());
                }
            }
        }
        let tree = update.create_updated(&opened, &base).map_err(fail)?;
        let tree = opened.find_tree(tree).map_err(fail)?;
        let signature = signature(&commit.identity, commit.time).map_err(fail)?;
        let parents: Vec<_> = parents.iter().collect();
        let made = opened
            .commit(
                None,
                &signature,
                &signature,
                &commit.message,
                &tree,
                &parents,
            )
            .map_err(fail)?;
        id(made)
    }

    fn merge(&self, repository: &Path, merge: &NewMerge) -> Result<CommitId, GitError> {
        let opened = open(repository)?;
        let fail = |error| failed("merge", repository, error);
        let ours = commit_in(&opened, &merge.ours)?;
        let theirs = commit_in(&opened, &merge.theirs)?;
        let mut options = git2::MergeOptions::new();
        // Promotions never rename; without the search a coincidence cannot move an edit to another app's file.
        options.find_renames(false);
        let mut index = opened
            .merge_commits(&ours, &theirs, Some(&options))
            .map_err(fail)?;
        if index.has_conflicts() {
            return Err(GitError::Conflict {
                files: conflicts(&index).map_err(fail)?,
            });
        }
        let tree = index.write_tree_to(&opened).map_err(fail)?;
        let tree = opened.find_tree(tree).map_err(fail)?;
        let signature = signature(&merge.identity, merge.time).map_err(fail)?;
        let made = opened
            .commit(
                None,
                &signature,
                &signature,
                &merge.message,
                &tree,
                &[&ours, &theirs],
            )
            .map_err(fail)?;
        id(made)
    }

    fn move_ref(
        &self,
        repository: &Path,
        name: &RefName,
        new: Option<&CommitId>,
        expected: Option<&CommitId>,
    ) -> Result<(), GitError> {
        let opened = open(repository)?;
        locks::remove_stale_of(&opened, name)?;
        let moved = || GitError::RefMoved {
            reference: name.clone(),
            expected: expected.cloned(),
            found: resolve_in(&opened, name).ok().flatten(),
        };
        let result = match new {
            Some(new) => {
                let (new, old) = (oid(new)?, expected.map_or(Ok(Oid::ZERO_SHA1), oid)?);
                let set = || {
                    opened
                        .reference_matching(name.as_str(), new, true, old, "landfall")
                        .map(drop)
                };
                // Whoever deletes the last reference of a folder deletes the folder, also from under us.
                let vanished = |result: &Result<(), git2::Error>| matches!(result, Err(error) if error.class() == ErrorClass::Os);
                (1..FOLDER_TRIES).fold(
                    set(),
                    |result, _| {
                        if vanished(&result) { set() } else { result }
                    },
                )
            }
            None => match opened.find_reference(name.as_str()) {
                Ok(reference) if reference.target() != expected.map(oid).transpose()? => {
                    return Err(moved());
                }
                Ok(mut reference) => reference.delete(),
                Err(error) if error.code() == ErrorCode::NotFound && expected.is_none() => Ok(()),
                Err(error) => Err(error),
            },
        };
        result.map_err(|error| match error.code() {
            // Locked: another process moves the same reference at this moment.
            ErrorCode::Modified | ErrorCode::Locked | ErrorCode::Exists | ErrorCode::NotFound => {
                moved()
            }
            _ => failed("move a reference", repository, error),
        })
    }

    fn branches(&self, repository: &Path) -> Result<Vec<(BranchName, CommitId)>, GitError> {
        let opened = open(repository)?;
        let fail = |error| failed("list the branches", repository, error);
        let mut branches = Vec::new();
        for reference in opened.references_glob("refs/heads/*").map_err(fail)? {
            let reference = reference.map_err(fail)?;
            let commit = reference.peel_to_commit().map_err(fail)?;
            let name = reference.shorthand().map_err(fail)?;
            branches.push((name.parse()?, id(commit.id())?));
        }
        branches.sort_by(|(one, _): &(BranchName, _), (other, _)| one.as_str().cmp(other.as_str()));
        Ok(branches)
    }

    fn changed_paths(
        &self,
        repository: &Path,
        from: &CommitId,
        to: &CommitId,
    ) -> Result<Vec<String>, GitError> {
        let opened = open(repository)?;
        let (from, to) = (tree_of(&opened, from)?, tree_of(&opened, to)?);
        let difference = opened
            .diff_tree_to_tree(Some(&from), Some(&to), None)
            .map_err(|error| failed("compare two commits", repository, error))?;
        let mut paths: Vec<String> = difference
            .deltas()
            .filter_map(|delta| delta.new_file().path_bytes())
            .map(|path| String::from_utf8_lossy(path).into_owned())
            .collect();
        paths.sort();
        Ok(paths)
    }

    fn tags(&self, repository: &Path) -> Result<Vec<Tag>, GitError> {
        let opened = open(repository)?;
        let fail = |error| failed("list the tags", repository, error);
        let mut tags = Vec::new();
        for reference in opened.references_glob("refs/tags/*").map_err(fail)? {
            let reference = reference.map_err(fail)?;
            let Ok(name) = reference.shorthand() else {
                continue;
            };
            // A tag on a tree or a blob is nobody's release.
            if let Ok(commit) = reference.peel_to_commit() {
                tags.push(Tag {
                    name: name.to_owned(),
                    commit: id(commit.id())?,
                });
            }
        }
        tags.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(tags)
    }

    fn log(
        &self,
        repository: &Path,
        head: &CommitId,
        without: Option<&CommitId>,
        limit: usize,
    ) -> Result<Vec<Commit>, GitError> {
        let opened = open(repository)?;
        let fail = |error| failed("read the history", repository, error);
        commit_in(&opened, head)?;
        let mut walk = opened.revwalk().map_err(fail)?;
        walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::TIME)
            .map_err(fail)?;
        walk.push(oid(head)?).map_err(fail)?;
        if let Some(without) = without {
            walk.hide(oid(without)?).map_err(fail)?;
        }
        let mut commits = Vec::new();
        for found in walk.take(limit) {
            let commit = found
                .and_then(|found| opened.find_commit(found))
                .map_err(fail)?;
            commits.push(Commit {
                id: id(commit.id())?,
                message: String::from_utf8_lossy(commit.message_bytes()).into_owned(),
                author: String::from_utf8_lossy(commit.author().name_bytes()).into_owned(),
                time: Timestamp::from_second(commit.time().seconds())
                    .unwrap_or(Timestamp::UNIX_EPOCH),
                parents: commit.parent_count(),
            });
        }
        Ok(commits)
    }

    fn parent(&self, repository: &Path, commit: &CommitId) -> Result<Option<CommitId>, GitError> {
        let opened = open(repository)?;
        let commit = commit_in(&opened, commit)?;
        commit.parent_ids().next().map(id).transpose()
    }

    fn merge_base(
        &self,
        repository: &Path,
        one: &CommitId,
        other: &CommitId,
    ) -> Result<Option<CommitId>, GitError> {
        let opened = open(repository)?;
        match opened.merge_base(oid(one)?, oid(other)?) {
            Ok(base) => Ok(Some(id(base)?)),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(failed("read the history", repository, error)),
        }
    }

    fn is_ancestor(
        &self,
        repository: &Path,
        ancestor: &CommitId,
        descendant: &CommitId,
    ) -> Result<bool, GitError> {
        if ancestor == descendant {
            return Ok(true);
        }
        let opened = open(repository)?;
        match opened.graph_descendant_of(oid(descendant)?, oid(ancestor)?) {
            Ok(is) => Ok(is),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(false),
            Err(error) => Err(failed("read the history", repository, error)),
        }
    }
}

/// Opens exactly this repository: no folder above it is searched.
pub(super) fn open(path: &Path) -> Result<Repository, GitError> {
    Repository::open(path).map_err(|error| opening(path, error))
}

/// The error of a repository that does not open.
pub(super) fn opening(path: &Path, error: git2::Error) -> GitError {
    let message = error.message().to_lowercase();
    if error.code() == ErrorCode::NotFound {
        return GitError::NotARepository {
            path: path.to_owned(),
        };
    }
    if error.code() == ErrorCode::Owner {
        return GitError::Unsupported {
            path: path.to_owned(),
            why: "it belongs to another user; `git config --global --add safe.directory PATH` allows it".to_owned(),
        };
    }
    if message.contains("extension") || message.contains("object format") {
        return GitError::Unsupported {
            path: path.to_owned(),
            why: error.message().to_owned(),
        };
    }
    failed("open the repository", path, error)
}

pub(super) fn failed(doing: &'static str, path: &Path, error: git2::Error) -> GitError {
    GitError::Objects {
        doing,
        path: path.to_owned(),
        source: Box::new(error),
    }
}

pub(super) fn id(oid: Oid) -> Result<CommitId, GitError> {
    Ok(oid.to_string().parse()?)
}

fn oid(commit: &CommitId) -> Result<Oid, GitError> {
    Oid::from_str(commit.as_str())
        .map_err(|error| failed("read a commit id", Path::new(commit.as_str()), error))
}

pub(super) fn resolve_in(
    repository: &Repository,
    name: &RefName,
) -> Result<Option<CommitId>, GitError> {
    let found = repository
        .find_reference(name.as_str())
        .and_then(|reference| reference.peel_to_commit());
    match found {
        Ok(commit) => id(commit.id()).map(Some),
        Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
        Err(error) => Err(failed("read a reference", repository.path(), error)),
    }
}

fn commit_in<'a>(
    repository: &'a Repository,
    commit: &CommitId,
) -> Result<git2::Commit<'a>, GitError> {
    repository
        .find_commit(oid(commit)?)
        .map_err(|error| match error.code() {
            ErrorCode::NotFound => GitError::NoSuchObject {
                path: repository.path().to_owned(),
                what: format!("commit {commit}"),
            },
            _ => failed("read a commit", repository.path(), error),
        })
}

pub(super) fn tree_of<'a>(
    repository: &'a Repository,
    commit: &CommitId,
) -> Result<git2::Tree<'a>, GitError> {
    commit_in(repository, commit)?
        .tree()
        .map_err(|error| failed("read a tree", repository.path(), error))
}

fn signature(identity: &Identity, time: Timestamp) -> Result<Signature<'static>, git2::Error> {
    Signature::new(
        &identity.name,
        &identity.email,
        &git2::Time::new(time.as_second(), 0),
    )
}

fn conflicts(index: &git2::Index) -> Result<Vec<String>, git2::Error> {
    let mut files = Vec::new();
    for conflict in index.conflicts()? {
        let conflict = conflict?;
        if let Some(entry) = conflict.our.or(conflict.their).or(conflict.ancestor) {
            files.push(String::from_utf8_lossy(&entry.path).into_owned());
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}

#[cfg(test)]
#[path = "tests/objects.rs"]
mod tests;
