//! Git in two parts: [`Git`] for checkouts and remotes, which the git program does, and [`GitObjects`] for work on
//! the object database, which needs neither a process nor a work tree.

mod error;
mod names;

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use error::{Cause, GitError, OLDEST_GIT, Rejection};
pub use names::{BadName, BranchName, CommitId, RefName, RemoteName, RemoteUrl, TagName};

/// Checkouts and remotes. In the user's own checkout their configuration and hooks apply; in landfall's clones nothing
/// of theirs does but how to reach and log in to the other side.
pub trait Git: Send + Sync + fmt::Debug {
    /// The version of the git program. Ask before a plan is made, so that nothing is half done without it.
    ///
    /// # Errors
    /// [`GitError::Missing`] or [`GitError::TooOld`].
    fn version(&self) -> Result<GitVersion, GitError>;

    /// The repository that `folder` is in; `None` when it is in none. Needs no git program.
    ///
    /// # Errors
    /// A repository that cannot be read.
    fn discover(&self, folder: &Path) -> Result<Option<Checkout>, GitError>;

    /// Makes `root` a repository whose first branch is `branch`. An existing one stays as it is.
    fn init(&self, root: &Path, branch: &BranchName) -> Result<(), GitError>;

    /// Paths that differ from the last commit, untracked ones included and ignored ones not, relative to `root`.
    fn dirty_paths(&self, root: &Path) -> Result<Vec<DirtyPath>, GitError>;

    /// Who would commit in `root`.
    ///
    /// # Errors
    /// [`GitError::NoIdentity`].
    fn identity(&self, root: &Path) -> Result<Identity, GitError>;

    /// Makes sure that `checkout` can take a commit and a remote, without writing anything. Needs no git program.
    ///
    /// # Errors
    /// [`GitError::File`] with what is in the way.
    fn check_writable(&self, checkout: &Checkout) -> Result<(), GitError>;

    /// Commits exactly `paths` (relative to `root`, new files too, ignored ones too); whatever else is changed or staged
    /// stays so. Works on a repository without a commit. When it fails nothing is left staged that was not before.
    ///
    /// # Errors
    /// [`GitError::NoIdentity`], [`GitError::Hook`], [`GitError::IndexLocked`], or what git says.
    fn commit(&self, root: &Path, paths: &[PathBuf], message: &str) -> Result<CommitId, GitError>;

    /// What Git tracks in the work tree at `root`, by its index, in the order of names; submodules, and names that are not
    /// Unicode, are left out. Needs no git program unless the index is of a kind that only git reads.
    ///
    /// # Errors
    /// An index that cannot be read.
    fn tracked(&self, root: &Path) -> Result<Vec<Tracked>, GitError>;

    /// Has the index say of `paths` (relative to `root`) what the last commit says of them. No file changes.
    ///
    /// # Errors
    /// [`GitError::IndexLocked`], or what git says.
    fn reset_index(&self, root: &Path, paths: &[PathBuf]) -> Result<(), GitError>;

    /// Clones what `url` leads to into `folder`, which does not exist yet, as the user's own `git clone` would. Submodules stay
    /// where they are.
    ///
    /// # Errors
    /// [`GitError::Denied`], [`GitError::Stalled`], or what git says; nothing is left at `folder` then.
    fn clone_new(&self, url: &RemoteUrl, folder: &Path) -> Result<(), GitError>;

    /// What a branch of the checkout at `root` follows. Needs no git program.
    ///
    /// # Errors
    /// A configuration that cannot be read.
    fn upstream(&self, root: &Path, branch: &BranchName) -> Result<Option<Upstream>, GitError>;

    /// Has a branch follow this, or nothing.
    ///
    /// # Errors
    /// What git says.
    fn set_upstream(
        &self,
        root: &Path,
        branch: &BranchName,
        upstream: Option<&Upstream>,
    ) -> Result<(), GitError>;

    /// Moves a reference of the checkout at `root`, if it still has the value `expected` (`None`: if it does not exist). `new` =
    /// `None` deletes it. Unlike [`GitObjects::move_ref`] it leaves no lock behind when landfall is killed: git ends by itself.
    ///
    /// # Errors
    /// [`GitError::RefMoved`], or what git says.
    fn update_ref(
        &self,
        root: &Path,
        name: &RefName,
        new: Option<&CommitId>,
        expected: Option<&CommitId>,
    ) -> Result<(), GitError>;

    /// Has HEAD name a branch. Neither index nor work tree changes, so the branch is to be at the commit that HEAD was at.
    ///
    /// # Errors
    /// What git says.
    fn set_head_branch(&self, root: &Path, branch: &BranchName) -> Result<(), GitError>;

    /// Removes a remote with what is known of its branches. A missing one is fine.
    ///
    /// # Errors
    /// What git says.
    fn remove_remote(&self, root: &Path, name: &RemoteName) -> Result<(), GitError>;

    /// Adds a remote; the same name with the same address is fine.
    ///
    /// # Errors
    /// A remote of that name with another address.
    fn add_remote(&self, root: &Path, name: &RemoteName, url: &RemoteUrl) -> Result<(), GitError>;

    /// Pushes one reference. The other side already being there is success.
    ///
    /// # Errors
    /// [`GitError::Rejected`], [`GitError::Denied`], [`GitError::Stalled`], or what git says.
    fn push(&self, root: &Path, push: &Push) -> Result<PushOutcome, GitError>;

    /// Has the work tree at `root` hold a commit, on no branch.
    ///
    /// # Errors
    /// [`GitError::NoSuchObject`] when the commit is not there.
    fn check_out(&self, root: &Path, commit: &CommitId) -> Result<(), GitError>;

    /// Makes `folder` a clone of landfall's own that has `commit` checked out, with all branches and tags of the other
    /// side. A folder that already has it checked out is left alone, an older clone is brought up to date.
    ///
    /// # Errors
    /// [`GitError::NoSuchObject`] when the other side does not have the commit.
    fn clone_at(&self, folder: &Path, url: &RemoteUrl, commit: &CommitId) -> Result<(), GitError>;

    /// Makes an annotated tag and pushes it. The same tag on the same commit, here or there, is fine.
    ///
    /// # Errors
    /// [`GitError::Rejected`] when the tag is on another commit, and those of [`Git::push`].
    fn push_tag(
        &self,
        root: &Path,
        remote: &RemoteName,
        tag: &NewTag,
    ) -> Result<PushOutcome, GitError>;
}

/// Work on the object database of a repository on this machine: `repository` is a bare one or the root of a checkout.
/// No index and no work tree is touched, so it is safe beside other writers.
pub trait GitObjects: Send + Sync + fmt::Debug {
    /// Makes a bare repository whose HEAD is `branch`. An existing one stays as it is.
    fn init_bare(&self, repository: &Path, branch: &BranchName) -> Result<(), GitError>;

    /// The commit that a reference leads to, tags peeled.
    fn resolve(&self, repository: &Path, name: &RefName) -> Result<Option<CommitId>, GitError>;

    /// The branch that HEAD names, whether it has a commit or not; `None` when HEAD is detached.
    fn head_branch(&self, repository: &Path) -> Result<Option<BranchName>, GitError>;

    /// One file at a commit; `None` when there is none.
    fn read_file(
        &self,
        repository: &Path,
        commit: &CommitId,
        path: &str,
    ) -> Result<Option<Vec<u8>>, GitError>;

    /// Every file below `folder` (`""`: all) at a commit, in order, as paths from the root. A missing folder has none.
    fn list_files(
        &self,
        repository: &Path,
        commit: &CommitId,
        folder: &str,
    ) -> Result<Vec<String>, GitError>;

    /// Builds a commit. No reference moves.
    fn commit(&self, repository: &Path, commit: &NewCommit) -> Result<CommitId, GitError>;

    /// Builds the commit that merges `theirs` into `ours`. No reference moves.
    ///
    /// # Errors
    /// [`GitError::Conflict`] with the files.
    fn merge(&self, repository: &Path, merge: &NewMerge) -> Result<CommitId, GitError>;

    /// Moves a reference, if it still has the value `expected` (`None`: if it does not exist). `new` = `None` deletes it.
    ///
    /// # Errors
    /// [`GitError::RefMoved`].
    fn move_ref(
        &self,
        repository: &Path,
        name: &RefName,
        new: Option<&CommitId>,
        expected: Option<&CommitId>,
    ) -> Result<(), GitError>;

    /// Every branch with its commit, in the order of names.
    fn branches(&self, repository: &Path) -> Result<Vec<(BranchName, CommitId)>, GitError>;

    /// The paths in which two commits differ, in order.
    fn changed_paths(
        &self,
        repository: &Path,
        from: &CommitId,
        to: &CommitId,
    ) -> Result<Vec<String>, GitError>;

    /// Every tag with the commit it leads to.
    fn tags(&self, repository: &Path) -> Result<Vec<Tag>, GitError>;

    /// The commits that `head` has and `without` has not, newest first, at most `limit`.
    fn log(
        &self,
        repository: &Path,
        head: &CommitId,
        without: Option<&CommitId>,
        limit: usize,
    ) -> Result<Vec<Commit>, GitError>;

    /// The commit that the histories of two commits part at; `None` when they have none in common.
    fn merge_base(
        &self,
        repository: &Path,
        one: &CommitId,
        other: &CommitId,
    ) -> Result<Option<CommitId>, GitError>;

    /// The first parent of a commit; `None` for a first commit.
    fn parent(&self, repository: &Path, commit: &CommitId) -> Result<Option<CommitId>, GitError>;

    /// Whether `ancestor` is `descendant` or one of its ancestors.
    fn is_ancestor(
        &self,
        repository: &Path,
        ancestor: &CommitId,
        descendant: &CommitId,
    ) -> Result<bool, GitError>;
}

/// The version of the git program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitVersion {
    /// Major and minor number.
    pub number: (u32, u32),
    /// As it prints it, such as `2.39.5`.
    pub text: String,
}

/// A repository with a work tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// The top folder of the work tree.
    pub root: PathBuf,
    /// Where its own state is, such as the index: `.git`, or the folder that a linked work tree has in another one's.
    pub git_folder: PathBuf,
    /// Where branches, objects and settings are: the same folder but in a linked work tree.
    pub shared_folder: PathBuf,
    /// Whether its history is cut off.
    pub is_shallow: bool,
    /// What is half done in it, such as `merge`.
    pub under_way: Option<&'static str>,
    /// Where it stands.
    pub head: Head,
    /// Its remotes in the order of names. A remote whose address is of no kind that is known here has none.
    pub remotes: Vec<Remote>,
}

impl Checkout {
    /// The remote of that name.
    pub fn remote(&self, name: &str) -> Option<&Remote> {
        self.remotes.iter().find(|remote| remote.name == name)
    }
}

/// Where a checkout stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// On a branch that has no commit yet.
    Unborn {
        /// The branch that the first commit will make.
        branch: BranchName,
    },
    /// On a branch.
    Branch {
        /// The branch.
        branch: BranchName,
        /// Its commit.
        commit: CommitId,
    },
    /// On no branch.
    Detached {
        /// The commit.
        commit: CommitId,
    },
}

impl Head {
    /// The commit, when there is one.
    pub fn commit(&self) -> Option<&CommitId> {
        match self {
            Self::Unborn { .. } => None,
            Self::Branch { commit, .. } | Self::Detached { commit } => Some(commit),
        }
    }

    /// The branch, when there is one.
    pub fn branch(&self) -> Option<&BranchName> {
        match self {
            Self::Unborn { branch } | Self::Branch { branch, .. } => Some(branch),
            Self::Detached { .. } => None,
        }
    }
}

/// A remote of a checkout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// Its name.
    pub name: String,
    /// Its address, when it is of a known kind.
    pub url: Option<RemoteUrl>,
}

/// A file that Git tracks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracked {
    /// Its path from the root, with `/`.
    pub path: String,
    /// Whether it is a symbolic link.
    pub is_link: bool,
}

/// What a branch follows, as the settings say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upstream {
    /// The remote.
    pub remote: String,
    /// The reference there.
    pub reference: String,
}

/// A path that differs from the last commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirtyPath {
    /// The path, relative to the root.
    pub path: PathBuf,
    /// Whether Git does not know the file at all.
    pub untracked: bool,
}

/// Who commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
}

impl Identity {
    /// landfall itself, for commits that no person makes.
    pub fn landfall() -> Self {
        Self {
            name: "landfall".to_owned(),
            email: "landfall@localhost".to_owned(),
        }
    }
}

/// What is pushed where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// The remote.
    pub remote: RemoteName,
    /// The reference, the same on both sides.
    pub reference: RefName,
    /// Whether the branch follows the remote one from now on.
    pub set_upstream: bool,
    /// The value that the other side must have now; `None`: a plain push, which only goes forward.
    pub expected: Option<Expected>,
}

/// The value that a reference must have for an update to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// It does not exist.
    Absent,
    /// It is at this commit.
    At(CommitId),
}

/// What a push did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushOutcome {
    /// The other side has it now.
    Pushed,
    /// The other side had it already.
    UpToDate,
}

/// A tag to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTag {
    /// Its name.
    pub name: TagName,
    /// What it is put on.
    pub commit: CommitId,
    /// Its message.
    pub message: String,
    /// Who makes it.
    pub tagger: Identity,
}

/// A commit to be built: the tree of the first parent with `changes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCommit {
    /// Its parents; none for a first commit.
    pub parents: Vec<CommitId>,
    /// What differs from the first parent.
    pub changes: Vec<Change>,
    /// Its message.
    pub message: String,
    /// Author and committer.
    pub identity: Identity,
    /// When.
    pub time: Timestamp,
}

/// One changed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The path from the root.
    pub path: String,
    /// The new contents; `None` removes the file.
    pub contents: Option<Vec<u8>>,
}

/// A merge to be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMerge {
    /// The first parent.
    pub ours: CommitId,
    /// The second parent.
    pub theirs: CommitId,
    /// Its message.
    pub message: String,
    /// Author and committer.
    pub identity: Identity,
    /// When.
    pub time: Timestamp,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// The commit it leads to.
    pub commit: CommitId,
}

/// A commit as the history shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub id: CommitId,
    /// Its message.
    pub message: String,
    /// The author's name.
    pub author: String,
    /// When it was made.
    pub time: Timestamp,
    /// How many parents it has.
    pub parents: usize,
}

impl Commit {
    /// The first line of its message.
    pub fn title(&self) -> &str {
        self.message.lines().next().unwrap_or_default()
    }
}
