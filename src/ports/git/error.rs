//! Why Git could not do it, with the next step.

use std::path::PathBuf;

use super::{BadName, CommitId, RefName};
use crate::failure::{Code, Exit, Explain, Kind};
use crate::files::FileError;

/// The oldest git program that works: Debian 12 has it.
pub const OLDEST_GIT: (u32, u32) = (2, 39);

/// An underlying error whose type is the implementation's own business.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A failed piece of Git work.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no git program on PATH.
    #[error("git is not installed: no program called git is on PATH")]
    Missing,
    /// The git program is older than [`OLDEST_GIT`].
    #[error("git {found} is too old: {}.{} or newer is needed", OLDEST_GIT.0, OLDEST_GIT.1)]
    TooOld {
        /// The version it reports.
        found: String,
    },
    /// A folder that should be a repository is none.
    #[error("{} is no Git repository", path.display())]
    NotARepository {
        /// The folder.
        path: PathBuf,
    },
    /// The repository is stored in a way that cannot be read here.
    #[error("cannot read the repository {}: {why}", path.display())]
    Unsupported {
        /// The repository.
        path: PathBuf,
        /// What is unusual about it.
        why: String,
    },
    /// A commit, a branch or a tag that is not there.
    #[error("{} has no {what}", path.display())]
    NoSuchObject {
        /// The repository.
        path: PathBuf,
        /// What was looked for.
        what: String,
    },
    /// Git does not know who commits.
    #[error("git does not know who you are: {reason}")]
    NoIdentity {
        /// What it said.
        reason: String,
    },
    /// Another Git process works on the index, or one died there.
    #[error("{} is there: {note}", path.display())]
    IndexLocked {
        /// The lock file.
        path: PathBuf,
        /// How old it is and who may hold it.
        note: String,
    },
    /// A hook of the repository said no.
    #[error("a Git hook refused the {what}: {reason}")]
    Hook {
        /// `commit` or `push`.
        what: &'static str,
        /// What it printed.
        reason: String,
    },
    /// The other side did not take the push.
    #[error("the push of {reference} was rejected: {reason}")]
    Rejected {
        /// What was pushed.
        reference: String,
        /// What Git said.
        reason: String,
        /// Whether the same push can succeed after a fetch.
        rejection: Rejection,
    },
    /// The reference has another value than expected: somebody else was faster.
    #[error("{reference} moved: expected {}, found {}", shown(expected.as_ref()), shown(found.as_ref()))]
    RefMoved {
        /// The reference.
        reference: RefName,
        /// The value it should have; `None`: it should not exist.
        expected: Option<CommitId>,
        /// The value it has, as far as known.
        found: Option<CommitId>,
    },
    /// Two commits change the same lines.
    #[error("{} conflict", files.join(", "))]
    Conflict {
        /// The files.
        files: Vec<String>,
    },
    /// The git program failed.
    #[error("`git {command}` failed{}: {reason}", exit_status(*status))]
    Command {
        /// The subcommand and what it was for, without credentials.
        command: String,
        /// Its exit status; `None` when a signal ended it.
        status: Option<i32>,
        /// The last lines of its standard error.
        reason: String,
    },
    /// The other side asks who we are, or refuses us.
    #[error("{remote} refuses access: {reason}")]
    Denied {
        /// The address without credentials.
        remote: String,
        /// What Git said.
        reason: String,
    },
    /// The transfer stood still.
    #[error("`git {command}` stalled: {reason}")]
    Stalled {
        /// The subcommand.
        command: String,
        /// For how long.
        reason: String,
    },
    /// The user stopped it.
    #[error("`git {command}` was interrupted")]
    Interrupted {
        /// The subcommand.
        command: String,
    },
    /// A name that Git would refuse.
    #[error(transparent)]
    BadName(#[from] BadName),
    /// The file system refused.
    #[error(transparent)]
    File(#[from] FileError),
    /// The object database failed.
    #[error("cannot {doing} in {}", path.display())]
    Objects {
        /// What was tried.
        doing: &'static str,
        /// The repository.
        path: PathBuf,
        /// What the library says.
        source: Cause,
    },
}

/// Why a push was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// Somebody else was faster: fetch, redo the edit, push again.
    Outdated,
    /// A hook or a protected branch said no: pushing again changes nothing.
    Refused,
}

impl GitError {
    /// Whether doing the work again from a fresh read can succeed at once.
    pub fn is_race(&self) -> bool {
        matches!(
            self,
            Self::RefMoved { .. }
                | Self::Rejected {
                    rejection: Rejection::Outdated,
                    ..
                }
        )
    }
}

impl Explain for GitError {
    fn code(&self) -> Option<Code> {
        Some(match self {
            Self::Missing | Self::TooOld { .. } => Code::NO_GIT,
            Self::NotARepository { .. } | Self::Unsupported { .. } => Code::NO_REPOSITORY,
            Self::NoIdentity { .. } => Code::NO_IDENTITY,
            Self::IndexLocked { .. } => Code::LOCKED,
            Self::Rejected { .. } | Self::Hook { .. } | Self::Denied { .. } => Code::GIT_REFUSED,
            Self::RefMoved { .. } | Self::Conflict { .. } => Code::GIT_CONFLICT,
            Self::NoSuchObject { .. } => Code::NOT_FOUND,
            Self::File(error) => return error.code(),
            Self::Interrupted { .. } | Self::BadName(_) => return None,
            Self::Command { .. } | Self::Stalled { .. } | Self::Objects { .. } => Code::GIT_FAILED,
        })
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Command { .. }
            | Self::Stalled { .. }
            | Self::Objects { .. }
            | Self::Missing
            | Self::TooOld { .. } => Kind::Outside,
            Self::File(error) => error.kind(),
            _ => Kind::User,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NoSuchObject { .. } => Exit::NotFound,
            Self::Denied { .. } => Exit::Denied,
            Self::RefMoved { .. }
            | Self::Conflict { .. }
            | Self::Rejected {
                rejection: Rejection::Outdated,
                ..
            } => Exit::Conflict,
            Self::Stalled { .. } => Exit::Temporary,
            Self::Interrupted { .. } => Exit::Interrupted,
            Self::BadName(_) => Exit::Usage,
            Self::File(error) => error.exit(),
            _ => Exit::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Command { reason, .. } | Self::Rejected { reason, .. }
                if is_disk_full(reason) =>
            {
                DISK_FULL
            }
            Self::Objects { source, .. } if is_disk_full(&source.to_string()) => DISK_FULL,
            // Git leaves out the reason why it could not write a reference.
            Self::Command { reason, .. } | Self::Rejected { reason, .. }
                if reason.contains("couldn't write ") =>
            {
                "see whether the disk is full, and run the same command again"
            }
            Self::Missing => "install git 2.39 or newer, for example with `apt install git`",
            Self::TooOld { .. } => "put a newer git in front on PATH",
            Self::NotARepository { .. } => "`git init` makes a folder a repository",
            Self::NoIdentity { .. } => {
                "set it with `git config --global user.name NAME` and `git config --global user.email ADDRESS`"
            }
            Self::IndexLocked { .. } => {
                "end that Git process; remove the file only when none is running"
            }
            Self::Rejected {
                rejection: Rejection::Outdated,
                ..
            } => "fetch, look at what is new there, and run the same command again",
            Self::Stalled { .. } => "look at the network and run the same command again",
            Self::File(error) => return error.hints(),
            _ => return Vec::new(),
        };
        vec![hint.to_owned()]
    }
}

const DISK_FULL: &str = "free some space and run the same command again";

/// Whether git or its library report ENOSPC, which both do in the words of the C library.
fn is_disk_full(reason: &str) -> bool {
    reason.to_lowercase().contains("no space left on device")
}

fn shown(commit: Option<&CommitId>) -> &str {
    commit.map_or("nothing", CommitId::short)
}

fn exit_status(status: Option<i32>) -> String {
    status.map_or_else(
        || " (ended by a signal)".to_owned(),
        |status| format!(" (exit status {status})"),
    )
}
