//! The server of repositories and pull requests, as three small traits: [`Repositories`], [`PullRequests`], and
//! [`Statuses`] with the events of pushes. [`Forge`] is all of them.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::failure::{Code, Exit, Explain, Kind};
use crate::files::FileError;
use crate::ports::git::{BadName, BranchName, CommitId, GitError, RefName, RemoteUrl};

/// Everything that a forge does for us.
pub trait Forge: Repositories + PullRequests + Statuses {}

impl<T: Repositories + PullRequests + Statuses> Forge for T {}

/// Repositories.
pub trait Repositories: Send + Sync + fmt::Debug {
    /// The repository of that name.
    fn repository(&self, name: &RepositoryName) -> Result<Option<Repository>, ForgeError>;

    /// The repository at an address: one of this forge, or one that a user registered.
    ///
    /// # Errors
    /// [`ForgeError::OtherForge`] when this forge does not serve it.
    fn repository_at(&self, url: &RemoteUrl) -> Result<Repository, ForgeError>;

    /// Makes a repository whose default branch is `main`. An existing one stays as it is.
    fn create_repository(&self, name: &RepositoryName) -> Result<Repository, ForgeError>;

    /// Every repository of this forge, in the order of names.
    fn repositories(&self) -> Result<Vec<Repository>, ForgeError>;

    /// Removes a repository with its pull requests. A missing one is fine.
    fn remove_repository(&self, name: &RepositoryName) -> Result<(), ForgeError>;
}

/// Pull requests.
pub trait PullRequests: Send + Sync + fmt::Debug {
    /// Opens a pull request, or brings the open one of the same two branches up to date with the branch, the title and
    /// the body. Its pipeline is started when its head is new.
    ///
    /// # Errors
    /// [`GitError::NoSuchObject`] when one of the branches does not exist, [`GitError::RefMoved`] when the branch is not at
    /// `request.head`: somebody else works on the same branch.
    fn open_pull_request(
        &self,
        repository: &Repository,
        request: &NewPullRequest,
    ) -> Result<PullRequest, ForgeError>;

    /// One pull request.
    fn pull_request(
        &self,
        repository: &Repository,
        number: u64,
    ) -> Result<Option<PullRequest>, ForgeError>;

    /// All of them, oldest first.
    fn pull_requests(&self, repository: &Repository) -> Result<Vec<PullRequest>, ForgeError>;

    /// Merges a pull request whose head is exactly `merge.expected_head`, and deletes its branch. Merging a merged one
    /// is fine.
    ///
    /// # Errors
    /// [`ForgeError::HeadMoved`], [`ForgeError::NotOpen`], or [`GitError::Conflict`].
    fn merge_pull_request(
        &self,
        repository: &Repository,
        number: u64,
        merge: &Merge,
    ) -> Result<PullRequest, ForgeError>;

    /// Closes a pull request without merging it. A closed one stays as it is.
    ///
    /// # Errors
    /// [`ForgeError::NotOpen`] when it is merged.
    fn close_pull_request(
        &self,
        repository: &Repository,
        number: u64,
        by: &str,
    ) -> Result<PullRequest, ForgeError>;

    /// Brings the open pull requests of a branch up to date after a push to it; those that changed are returned.
    fn refresh_pull_requests(
        &self,
        repository: &Repository,
        branch: &BranchName,
    ) -> Result<Vec<PullRequest>, ForgeError>;
}

/// Commit statuses, and what happened in repositories.
pub trait Statuses: Send + Sync + fmt::Debug {
    /// Sets the status of a commit in one context; the last one counts.
    fn set_status(
        &self,
        repository: &Repository,
        commit: &CommitId,
        status: &CommitStatus,
    ) -> Result<(), ForgeError>;

    /// The statuses of a commit, one a context, in the order of contexts.
    fn statuses(
        &self,
        repository: &Repository,
        commit: &CommitId,
    ) -> Result<Vec<CommitStatus>, ForgeError>;

    /// What happened and was not acknowledged, oldest first. A pull request is a push to `refs/pull/<n>/head`.
    ///
    /// Whoever handles an event first sets a status on its commit and then acknowledges it: as long as a commit has
    /// neither a status nor an event, a rerun writes the event again.
    fn events(&self) -> Result<Vec<ForgeEvent>, ForgeError>;

    /// Forgets an event that was handled.
    fn acknowledge(&self, event: &ForgeEvent) -> Result<(), ForgeError>;
}

/// Owner and name of a repository, written `owner/name`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RepositoryName {
    owner: String,
    name: String,
}

impl RepositoryName {
    /// Checks both parts: letters, digits, `.`, `_` and `-`, not beginning with a dot or a dash, at most 100 characters, and
    /// no `.git` at the end.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn new(owner: &str, name: &str) -> Result<Self, BadName> {
        let good = |part: &str| {
            !part.is_empty()
                && part.len() <= 100
                && !part.starts_with(['.', '-'])
                && part
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
        };
        if good(owner) && good(name) && !name.to_ascii_lowercase().ends_with(".git") {
            return Ok(Self {
                owner: owner.to_owned(),
                name: name.to_owned(),
            });
        }
        Err(BadName {
            what: "repository name",
            text: format!("{owner}/{name}"),
            why: "owner/name of letters, digits and ._- is expected",
        })
    }

    /// The owner.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The name within the owner.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for RepositoryName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.owner, self.name)
    }
}

impl FromStr for RepositoryName {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let (owner, name) = text.split_once('/').unwrap_or(("", text));
        Self::new(owner, name)
    }
}

impl TryFrom<String> for RepositoryName {
    type Error = BadName;

    fn try_from(text: String) -> Result<Self, BadName> {
        text.parse()
    }
}

impl From<RepositoryName> for String {
    fn from(name: RepositoryName) -> Self {
        name.to_string()
    }
}

/// A repository on a forge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// Its name.
    pub name: RepositoryName,
    /// Where Git reaches it.
    pub url: RemoteUrl,
    /// The branch that pull requests go to unless told otherwise.
    pub default_branch: BranchName,
}

impl Repository {
    /// The folder of a repository on this machine.
    ///
    /// # Errors
    /// [`ForgeError::Remote`]: it is elsewhere.
    pub fn path(&self) -> Result<PathBuf, ForgeError> {
        self.url.path().ok_or_else(|| ForgeError::Remote {
            url: self.url.clone(),
        })
    }
}

/// How far a pull request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PullRequestState {
    /// Waiting.
    Open,
    /// In its base branch.
    Merged,
    /// Given up.
    Closed,
}

/// A pull request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PullRequest {
    /// Its number within the repository, from 1.
    pub number: u64,
    /// How far it has come.
    pub state: PullRequestState,
    /// One line.
    pub title: String,
    /// Everything else, Markdown.
    #[serde(default)]
    pub body: String,
    /// The branch that is to be merged.
    pub head_branch: BranchName,
    /// The commit of that branch, also in `refs/pull/<number>/head`.
    pub head: CommitId,
    /// The branch that it goes to.
    pub base_branch: BranchName,
    /// The commit that merged it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merge_commit: Option<CommitId>,
    /// Whether it is not ready: a person has to look at it first.
    #[serde(default)]
    pub draft: bool,
    /// Who opened it.
    #[serde(default)]
    pub author: String,
    /// Who merged or closed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<String>,
    /// When it was opened.
    pub created: Timestamp,
    /// When it last changed.
    pub updated: Timestamp,
    /// Where it can be looked at.
    pub url: String,
}

impl PullRequest {
    /// `owner/name#3`, for people.
    pub fn reference(&self, repository: &RepositoryName) -> String {
        format!("{repository}#{}", self.number)
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.state == PullRequestState::Open
    }
}

/// A pull request to be opened or brought up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPullRequest {
    /// The branch that is to be merged.
    pub head_branch: BranchName,
    /// The commit of that branch that title and body speak of.
    pub head: CommitId,
    /// The branch that it goes to.
    pub base_branch: BranchName,
    /// One line.
    pub title: String,
    /// Everything else, Markdown.
    pub body: String,
    /// Whether a person has to look at it first.
    pub draft: bool,
    /// Who opens it.
    pub author: String,
}

/// A merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The head that was checked.
    pub expected_head: CommitId,
    /// The message of the merge commit.
    pub message: String,
    /// Who merges.
    pub by: String,
}

/// What a check says about a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CommitStatus {
    /// Which check: `landfall/<pipeline>`.
    pub context: String,
    /// Its verdict.
    pub state: StatusState,
    /// One line.
    #[serde(default)]
    pub description: String,
    /// Where to read more: the activity, or a URL.
    #[serde(default)]
    pub target: String,
    /// When it was set.
    pub updated: Timestamp,
}

/// The verdict of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusState {
    /// Not known yet.
    Pending,
    /// Good.
    Success,
    /// Bad.
    Failure,
    /// The check itself broke.
    Error,
}

impl fmt::Display for StatusState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Pending => "pending",
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Error => "error",
        })
    }
}

/// Something that happened in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForgeEvent {
    /// What it is acknowledged by.
    pub id: String,
    /// The repository.
    pub repository: RepositoryName,
    /// The references that moved.
    pub updates: Vec<RefUpdate>,
}

/// A reference that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefUpdate {
    /// The reference.
    pub reference: RefName,
    /// Its value before; `None`: it is new.
    pub old: Option<CommitId>,
    /// Its value now; `None`: it is deleted.
    pub new: Option<CommitId>,
}

/// Why the forge could not do it.
#[derive(Debug, thiserror::Error)]
pub enum ForgeError {
    /// There is no such repository.
    #[error("no repository is called \"{name}\"")]
    NoRepository {
        /// The name that was asked for.
        name: RepositoryName,
    },
    /// There is no such pull request.
    #[error("{repository} has no pull request {number}")]
    NoPullRequest {
        /// The repository.
        repository: RepositoryName,
        /// The number that was asked for.
        number: u64,
    },
    /// The repository is on a forge that this version does not talk to.
    #[error("{url} is no repository of the local forge")]
    OtherForge {
        /// Its address.
        url: RemoteUrl,
    },
    /// The repository is not on this machine.
    #[error("{url} is not on this machine")]
    Remote {
        /// Its address.
        url: RemoteUrl,
    },
    /// The branch got new commits after they were looked at.
    #[error("the head of pull request {number} moved: expected {}, found {}", expected.short(), found.short())]
    HeadMoved {
        /// The pull request.
        number: u64,
        /// The head that was checked.
        expected: CommitId,
        /// The head it has.
        found: CommitId,
    },
    /// It was merged or closed before.
    #[error("pull request {number} is {}{}", state_word(*state), by.as_ref().map(|by| format!(" (by {by})")).unwrap_or_default())]
    NotOpen {
        /// The pull request.
        number: u64,
        /// How it ended.
        state: PullRequestState,
        /// Who ended it.
        by: Option<String>,
    },
    /// A file of the forge's own is not what it should be.
    #[error("cannot read {}: {why}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// Git said no.
    #[error(transparent)]
    Git(#[from] GitError),
    /// A name that cannot be used.
    #[error(transparent)]
    BadName(#[from] BadName),
    /// The file system refused.
    #[error(transparent)]
    File(#[from] FileError),
}

fn state_word(state: PullRequestState) -> &'static str {
    match state {
        PullRequestState::Open => "open",
        PullRequestState::Merged => "merged",
        PullRequestState::Closed => "closed",
    }
}

impl Explain for ForgeError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::NoRepository { .. } | Self::NoPullRequest { .. } => Some(Code::NOT_FOUND),
            Self::OtherForge { .. } | Self::Remote { .. } => Some(Code::NOT_THERE_YET),
            Self::HeadMoved { .. } | Self::NotOpen { .. } => Some(Code::GIT_CONFLICT),
            Self::Damaged { .. } => Some(Code::FILE),
            Self::Git(error) => error.code(),
            Self::BadName(_) => None,
            Self::File(error) => error.code(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Damaged { .. } => Kind::Outside,
            Self::Git(error) => error.kind(),
            Self::File(error) => error.kind(),
            _ => Kind::User,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NoRepository { .. } | Self::NoPullRequest { .. } => Exit::NotFound,
            Self::OtherForge { .. } | Self::Remote { .. } | Self::BadName(_) => Exit::Usage,
            Self::HeadMoved { .. } => Exit::Conflict,
            Self::Git(error) => error.exit(),
            Self::File(error) => error.exit(),
            _ => Exit::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::OtherForge { .. } | Self::Remote { .. } => {
                vec!["GitHub, GitLab, Gitea and Bitbucket are not there yet; use a bare repository on this machine".to_owned()]
            }
            Self::HeadMoved { .. } => {
                vec!["look at the new commits and run the same command again".to_owned()]
            }
            Self::Git(error) => error.hints(),
            Self::File(error) => error.hints(),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RepositoryName;

    #[test]
    fn repository_names_are_safe_paths() {
        for good in ["acme/shop", "a.b/c_d-1", "A/environment-staging"] {
            assert_eq!(good.parse::<RepositoryName>().unwrap().to_string(), good);
        }
        for bad in [
            "shop", "a/b/c", "../x", "a/..", "a/.git", "a/b.git", "-a/b", "a/b c", "/b", "a/",
        ] {
            assert!(bad.parse::<RepositoryName>().is_err(), "{bad}");
        }
    }
}
