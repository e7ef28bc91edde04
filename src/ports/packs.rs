//! Packs in Git repositories elsewhere, and the merge of three versions of a text.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::git::{BadName, BranchName, CommitId, GitError, RemoteUrl};

/// A branch, a tag or a commit of a repository that is not here yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Revision {
    /// What the other side's HEAD leads to.
    Head,
    /// A tag or else a branch of that name.
    Name(BranchName),
    /// A commit.
    Commit(CommitId),
}

impl FromStr for Revision {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        if text == "HEAD" {
            return Ok(Self::Head);
        }
        match text.parse() {
            Ok(commit) => Ok(Self::Commit(commit)),
            // Tags and branches are named by the same rules.
            Err(_) => text.parse().map(Self::Name),
        }
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head => formatter.write_str("HEAD"),
            Self::Name(name) => name.fmt(formatter),
            Self::Commit(commit) => commit.fmt(formatter),
        }
    }
}

impl TryFrom<String> for Revision {
    type Error = BadName;

    fn try_from(text: String) -> Result<Self, BadName> {
        text.parse()
    }
}

impl From<Revision> for String {
    fn from(revision: Revision) -> Self {
        revision.to_string()
    }
}

/// Repositories of packs. What was fetched once is kept by its content and read without a network.
pub trait PackRepository: Send + Sync + fmt::Debug {
    /// Asks the other side for a revision and keeps its commit. Nothing of it is run, checked out or followed.
    ///
    /// # Errors
    /// [`GitError::NoSuchObject`], [`GitError::Denied`], or what git says.
    fn fetch(&self, url: &RemoteUrl, revision: &Revision) -> Result<Fetched, GitError>;

    /// The commit that the last fetch of the revision gave, if it is still kept.
    fn kept(&self, url: &RemoteUrl, revision: &Revision) -> Result<Option<CommitId>, GitError>;

    /// `pack.yaml` and what is below `files/` and `sample/` of a folder at a kept commit, as paths from the folder; `None` when the
    /// folder holds none of these. No more than `limits` are read.
    fn files(
        &self,
        url: &RemoteUrl,
        commit: &CommitId,
        folder: &str,
        limits: PackLimits,
    ) -> Result<Option<Vec<PackBlob>>, GitError>;
}

/// What a fetch gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The commit of the revision.
    pub commit: CommitId,
    /// The commit that the same tag led to when it was fetched before; a tag should not move.
    pub moved_from: Option<CommitId>,
}

/// What is read of one pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackLimits {
    /// The most files; one more is returned when there are more.
    pub files: usize,
    /// The most bytes of one file.
    pub bytes: u64,
}

/// One file of a pack's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackBlob {
    /// The path from the folder.
    pub path: String,
    /// What is in it; the reason why it is not read, for links, submodules and what is too large.
    pub contents: Result<Vec<u8>, &'static str>,
}

/// Merges texts as `git merge-file` does.
pub trait TextMerge: Send + Sync + fmt::Debug {
    /// Brings what changed between `base` and `theirs` into `ours`. What both changed differently is marked with git's markers, under
    /// the two labels.
    ///
    /// # Errors
    /// Texts that cannot be merged.
    fn merge(&self, texts: &ThreeTexts<'_>) -> Result<MergedText, GitError>;
}

/// The three versions.
#[derive(Debug, Clone, Copy)]
pub struct ThreeTexts<'a> {
    /// What both come from.
    pub base: &'a str,
    /// The one that is changed.
    pub ours: &'a str,
    /// The one whose changes are brought in.
    pub theirs: &'a str,
    /// What the markers call ours and theirs.
    pub labels: (&'a str, &'a str),
}

/// The result of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedText {
    /// The text.
    pub text: String,
    /// Whether markers are in it.
    pub has_conflicts: bool,
}
