//! The history of the repository that a command runs in, as `next-version` and `changelog` read it.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::failure::{Code, Failure};
use crate::ports::git::{Commit, CommitId, GitError, GitObjects, Tag};

/// The most commits that are read between two releases.
const COMMIT_LIMIT: usize = 10_000;

/// A repository with at least one commit.
pub(super) struct History<'a> {
    objects: &'a dyn GitObjects,
    root: PathBuf,
    head: CommitId,
}

impl<'a> History<'a> {
    /// The repository that `folder` (default: the current one) is in.
    pub(super) fn open(context: &'a Context<'_>, folder: Option<&Path>) -> Result<Self, Failure> {
        let folder = folder.map_or_else(
            || context.current_dir().to_owned(),
            |folder| context.current_dir().join(folder),
        );
        let checkout = context.ports.git.discover(&folder)?.ok_or_else(|| {
            Failure::new(format!("{} is in no Git repository", folder.display()))
                .code(Code::NO_REPOSITORY)
                .hint("run it in a repository, or name one with --dir")
        })?;
        let head = checkout.head.commit().cloned().ok_or_else(|| {
            Failure::new(format!("{} has no commit yet", checkout.root.display()))
                .code(Code::NO_REPOSITORY)
        })?;
        Ok(Self {
            objects: &*context.ports.objects,
            root: checkout.root,
            head,
        })
    }

    /// The commit that is checked out.
    pub(super) fn head(&self) -> &CommitId {
        &self.head
    }

    /// Every tag.
    pub(super) fn tags(&self) -> Result<Vec<Tag>, GitError> {
        self.objects.tags(&self.root)
    }

    /// The commits since `release`, newest first; all of them without one.
    pub(super) fn since(&self, release: Option<&CommitId>) -> Result<Vec<Commit>, GitError> {
        self.objects
            .log(&self.root, &self.head, release, COMMIT_LIMIT)
    }
}
