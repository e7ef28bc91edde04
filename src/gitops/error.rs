//! Why an environment or a promotion is not what was asked for.

use std::path::PathBuf;

use crate::failure::{Code, Exit, Explain, Kind};
use crate::files::FileError;
use crate::ports::artifacts::ArtifactError;
use crate::ports::forge::ForgeError;
use crate::ports::git::{CommitId, GitError};
use crate::release::Version;
use crate::template::TemplateError;
use crate::yaml::YamlError;

/// An environment that cannot be found, made or read.
#[derive(Debug, thiserror::Error)]
pub enum EnvironmentError {
    /// A text that is no DNS label.
    #[error("\"{name}\" cannot name an environment or a namespace")]
    BadName {
        /// The text.
        name: String,
    },
    /// No environment has that name.
    #[error("no environment is called \"{name}\"")]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// Those that are there.
        known: Vec<String>,
    },
    /// Another environment has that name.
    #[error("environment {name} exists already, in {repository}")]
    Exists {
        /// The name.
        name: String,
        /// Its repository.
        repository: String,
    },
    /// The repository is laid out in a way that this version does not promote into.
    #[error("{repository} is {layout}, and promoting into one is not there yet")]
    Layout {
        /// The repository.
        repository: String,
        /// What it is.
        layout: &'static str,
    },
    /// The repository holds no environment.
    #[error("{repository} holds no environment: {why}")]
    NoEnvironment {
        /// The repository.
        repository: String,
        /// What is missing.
        why: String,
    },
    /// A file of the environment repository cannot be used.
    #[error("{repository}: {file}{}: {why}", line.map(|line| format!(":{line}")).unwrap_or_default())]
    BadFile {
        /// The repository.
        repository: String,
        /// The file.
        file: String,
        /// The line, where it is known.
        line: Option<usize>,
        /// What is wrong with it.
        why: String,
    },
    /// A built-in template is wrong.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The forge said no.
    #[error(transparent)]
    Forge(#[from] ForgeError),
    /// Git said no.
    #[error(transparent)]
    Git(#[from] GitError),
    /// The list of environments cannot be read or written.
    #[error(transparent)]
    Yaml(#[from] YamlError),
    /// The file system refused.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Explain for EnvironmentError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::BadName { .. } => Some(Code::BAD_NAME),
            Self::Unknown { .. } => Some(Code::NOT_FOUND),
            Self::Exists { .. } => Some(Code::GIT_CONFLICT),
            Self::Layout { .. } => Some(Code::NOT_THERE_YET),
            Self::NoEnvironment { .. } | Self::BadFile { .. } => Some(Code::BAD_ENVIRONMENT),
            Self::Template(_) => Some(Code::INTERNAL),
            Self::Forge(error) => error.code(),
            Self::Git(error) => error.code(),
            Self::Yaml(error) => error.code(),
            Self::File(error) => error.code(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Template(_) => Kind::Internal,
            Self::Forge(error) => error.kind(),
            Self::Git(error) => error.kind(),
            Self::Yaml(error) => error.kind(),
            Self::File(error) => error.kind(),
            _ => Kind::User,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::BadName { .. } | Self::Layout { .. } => Exit::Usage,
            Self::Unknown { .. } => Exit::NotFound,
            Self::Exists { .. } => Exit::Conflict,
            Self::Forge(error) => error.exit(),
            Self::Git(error) => error.exit(),
            Self::File(error) => error.exit(),
            _ => Exit::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::BadName { .. } => vec![
                "a DNS label is expected: a-z first, then a-z, 0-9 and -, at most 63".to_owned(),
            ],
            Self::Unknown { known, .. } if known.is_empty() => {
                vec!["the first promotion creates staging and production".to_owned()]
            }
            Self::Unknown { known, .. } => vec![
                format!("known: {}", known.join(", ")),
                "`landfall create environment NAME` makes another one".to_owned(),
            ],
            Self::Layout { .. } => vec![
                "this version promotes into repositories that `landfall create environment` made"
                    .to_owned(),
            ],
            Self::Forge(error) => error.hints(),
            Self::Git(error) => error.hints(),
            Self::File(error) => error.hints(),
            _ => Vec::new(),
        }
    }
}

/// A promotion that does not end as asked.
#[derive(Debug, thiserror::Error)]
pub enum PromoteError {
    /// The app has no release.
    #[error("{app} has no release{}", version.as_ref().map(|version| format!(" {version}")).unwrap_or_default())]
    NoRelease {
        /// The app.
        app: String,
        /// The version that was asked for.
        version: Option<Version>,
        /// The newest releases that are there.
        known: Vec<Version>,
    },
    /// A newer version is there or on its way.
    #[error("{app} {version} is superseded by {by} in {environment}")]
    Superseded {
        /// The app.
        app: String,
        /// The version that was asked for.
        version: Version,
        /// The newer one.
        by: Version,
        /// The environment.
        environment: String,
    },
    /// The environment, a hold or the policy says no.
    #[error("{app} {version} is not promoted to {environment}: {reason}")]
    Refused {
        /// The app.
        app: String,
        /// The version.
        version: Version,
        /// The environment.
        environment: String,
        /// Who says no and why.
        reason: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// A check of the pull request failed.
    #[error("the checks of {pull} failed: {}", checks.join(", "))]
    ChecksFailed {
        /// The pull request.
        pull: String,
        /// Their names and where to read more.
        checks: Vec<String>,
    },
    /// The environment did not take the release after the merge.
    #[error("{environment} did not take {app} {version}: {}", checks.join(", "))]
    UpdateFailed {
        /// The environment.
        environment: String,
        /// The app.
        app: String,
        /// The version.
        version: Version,
        /// The failed statuses of the merge commit.
        checks: Vec<String>,
    },
    /// A person closed the pull request.
    #[error("{pull} was closed without a merge{}", by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default())]
    Closed {
        /// The pull request.
        pull: String,
        /// Who closed it.
        by: Option<String>,
    },
    /// A line was changed by hand.
    #[error("{file}:{line} was changed by hand ({commit}): {why}")]
    Conflict {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The commit that changed it.
        commit: String,
        /// What does not fit.
        why: String,
    },
    /// The merge was taken out of the branch again.
    #[error("the merge {merge} is not in {branch} any more, which is at {found}")]
    Rewound {
        /// The merge commit.
        merge: CommitId,
        /// The branch.
        branch: String,
        /// Where it is.
        found: CommitId,
    },
    /// Too many others were faster.
    #[error("{tries} tries to promote {app} met changes by others")]
    TooManyRaces {
        /// The app.
        app: String,
        /// How many.
        tries: usize,
    },
    /// The limit of the wait is reached.
    #[error("{pull} is still waiting for {cause}")]
    TimedOut {
        /// The pull request.
        pull: String,
        /// What for.
        cause: String,
    },
    /// The environment cannot be used.
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    /// The store of releases cannot be used.
    #[error(transparent)]
    Artifact(#[from] ArtifactError),
}

impl From<ForgeError> for PromoteError {
    fn from(error: ForgeError) -> Self {
        Self::Environment(error.into())
    }
}

impl From<GitError> for PromoteError {
    fn from(error: GitError) -> Self {
        Self::Environment(error.into())
    }
}

impl Explain for PromoteError {
    fn code(&self) -> Option<Code> {
        Some(match self {
            Self::NoRelease { .. } => Code::NOT_FOUND,
            Self::Superseded { .. } => Code::SUPERSEDED,
            Self::Refused { .. } => Code::PROMOTION_REFUSED,
            Self::ChecksFailed { .. } | Self::UpdateFailed { .. } => Code::CHECKS_FAILED,
            Self::TimedOut { .. } => Code::STILL_WAITING,
            Self::Closed { .. }
            | Self::Conflict { .. }
            | Self::Rewound { .. }
            | Self::TooManyRaces { .. } => Code::GIT_CONFLICT,
            Self::Environment(error) => return error.code(),
            Self::Artifact(error) => return error.code(),
        })
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Environment(error) => error.kind(),
            Self::Artifact(error) => error.kind(),
            _ => Kind::User,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::NoRelease { .. } => Exit::NotFound,
            Self::Superseded { .. } | Self::Conflict { .. } => Exit::Conflict,
            Self::Refused { .. } => Exit::Denied,
            Self::TimedOut { .. } => Exit::TimedOut,
            Self::TooManyRaces { .. } => Exit::Temporary,
            Self::Environment(error) => error.exit(),
            Self::Artifact(error) => error.exit(),
            _ => Exit::Failed,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::NoRelease { known, .. } if known.is_empty() => {
                "the release pipeline makes one: `landfall start pipeline`".to_owned()
            }
            Self::NoRelease { known, .. } => {
                let known: Vec<String> = known.iter().map(ToString::to_string).collect();
                format!("released: {}", known.join(", "))
            }
            Self::Superseded { .. } => {
                "--allow-downgrade promotes an older version on purpose".to_owned()
            }
            Self::Refused { hint, .. } => return hint.iter().cloned().collect(),
            Self::ChecksFailed { pull, .. } => format!(
                "`landfall logs {}` shows what the check printed",
                pull.replace('#', "/PR-")
            ),
            Self::UpdateFailed { environment, .. } => format!(
                "`landfall get activities --filter environment-{environment}` shows the step, and `landfall logs` with that name \
                 what it printed"
            ),
            Self::Closed { .. } => "--reopen opens a new one".to_owned(),
            Self::Conflict { .. } => {
                "mend the line in the environment repository, and run the same command again"
                    .to_owned()
            }
            Self::Rewound { .. } => {
                "somebody moved the branch back; find out who, then promote again".to_owned()
            }
            Self::TooManyRaces { .. } => "run the same command again".to_owned(),
            Self::TimedOut { .. } => "the work goes on; the same command waits on".to_owned(),
            Self::Environment(error) => return error.hints(),
            Self::Artifact(error) => return error.hints(),
        };
        vec![hint]
    }
}

/// The error of a file in a repository.
pub(super) fn bad_file(
    repository: &str,
    file: &str,
    line: Option<usize>,
    why: impl Into<String>,
) -> EnvironmentError {
    EnvironmentError::BadFile {
        repository: repository.to_owned(),
        file: PathBuf::from(file).display().to_string(),
        line,
        why: why.into(),
    }
}
