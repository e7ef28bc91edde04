//! One version of one app on its way into one environment.

mod advance;
mod decide;
mod propose;
mod snapshot;
mod texts;

use std::path::Path;
use std::sync::Arc;

use super::{Environment, EnvironmentError, Intent, PromoteError, Strategy};
use crate::ports::clock::Clock;
use crate::ports::forge::{Forge, PullRequest, Repository};
use crate::ports::git::{BranchName, CommitId, GitObjects};
use crate::release::Version;

/// What a promotion works with.
#[derive(Debug, Clone)]
pub struct Tools {
    /// Pull requests and statuses.
    pub forge: Arc<dyn Forge>,
    /// The object database of the environment's repository.
    pub objects: Arc<dyn GitObjects>,
    /// Time stamps of commits.
    pub clock: Arc<dyn Clock>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The app.
    pub app: String,
    /// The version.
    pub version: Version,
    /// The namespace; the environment's unless told otherwise.
    pub namespace: String,
    /// The chart repository of an app that is new in the environment; the environment's unless told otherwise.
    pub chart_repository: Option<String>,
    /// Whether an older version than the one that is there is meant.
    pub allow_downgrade: bool,
    /// Whether to open a new pull request where a person closed the last one.
    pub reopen: bool,
    /// Whether the author decides for an environment that waits for a person.
    pub merge: bool,
    /// Who promotes.
    pub author: String,
}

/// A promotion.
#[derive(Debug, Clone)]
pub struct Promotion {
    tools: Tools,
    environment: Environment,
    repository: Repository,
    request: Request,
    intent: Intent,
    branch: BranchName,
}

/// What [`Promotion::propose`] decided and did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposal {
    /// The version is there already: no commit, no pull request.
    Unchanged,
    /// What would change; nothing was done.
    Planned {
        /// The files with their new text.
        files: Vec<PlannedFile>,
        /// The version that is there now.
        from: Option<String>,
    },
    /// The pull request is open (or was found open, or merged by an earlier run).
    Open {
        /// It.
        pull: PullRequest,
        /// The files that it changes.
        files: Vec<String>,
    },
}

/// A file of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFile {
    /// The path from the root of the repository.
    pub path: String,
    /// The text there now; `None`: the file is new.
    pub before: Option<String>,
    /// The text it gets.
    pub after: String,
}

/// How far a promotion is, seen once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Not yet; the cause is named.
    Waiting(Cause),
    /// The pull request is open, and a person decides.
    Open(PullRequest),
    /// It is merged.
    Merged(PullRequest),
    /// The pull request must be made again: the branch below it changed in the same place.
    Redo,
}

/// What a promotion waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Nobody has begun to check; the environment has a pipeline for it.
    NoChecksYet,
    /// These checks are not done.
    Pending(Vec<String>),
    /// The head moved after it was checked.
    NewHead,
}

impl std::fmt::Display for Cause {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoChecksYet => formatter.write_str("its checks to begin"),
            Self::Pending(names) => write!(formatter, "{}", names.join(", ")),
            Self::NewHead => formatter.write_str("the checks of a new commit"),
        }
    }
}

/// What the environment's own pipeline says about the merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Update {
    /// The environment has no pipeline for merges.
    None,
    /// These are not done; none: nobody has begun.
    Waiting(Vec<String>),
    /// All is well.
    Done,
    /// These failed, with where to read more.
    Failed(Vec<String>),
}

/// How a promotion ended, as scripts see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Merged.
    Merged,
    /// The pull request waits for a person.
    Open,
    /// It was there already.
    Unchanged,
    /// A newer one is there.
    Superseded,
    /// Somebody says no.
    Refused,
}

impl Promotion {
    /// A promotion into `environment`, which `repository` holds. Does nothing yet.
    ///
    /// # Errors
    /// A namespace or an app that no branch can be named after.
    pub fn new(
        tools: Tools,
        environment: Environment,
        repository: Repository,
        request: Request,
    ) -> Result<Self, PromoteError> {
        let branch = format!(
            "promote/{}/{}/{}",
            environment.name, request.namespace, request.app
        );
        let branch = branch
            .parse()
            .map_err(|error| EnvironmentError::Git(crate::ports::git::GitError::BadName(error)))?;
        let intent = Intent::new(
            &request.app,
            &request.version,
            &environment.repository,
            environment.name.as_str(),
        );
        Ok(Self {
            tools,
            environment,
            repository,
            request,
            intent,
            branch,
        })
    }

    /// The environment.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Its repository.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// What was asked for.
    pub fn request(&self) -> &Request {
        &self.request
    }

    fn path(&self) -> Result<std::path::PathBuf, PromoteError> {
        Ok(self.repository.path()?)
    }

    /// The commit of the environment's branch.
    fn main(&self, path: &Path) -> Result<CommitId, PromoteError> {
        let branch = &self.repository.default_branch;
        let head = self.tools.objects.resolve(path, &branch.reference())?;
        Ok(head.ok_or_else(|| EnvironmentError::NoEnvironment {
            repository: self.environment.repository.clone(),
            why: format!("its branch {branch} has no commit"),
        })?)
    }

    fn superseded(&self, by: Version) -> PromoteError {
        PromoteError::Superseded {
            app: self.request.app.clone(),
            version: self.request.version.clone(),
            by,
            environment: self.environment.name.to_string(),
        }
    }

    fn refused(&self, reason: impl Into<String>, hint: Option<String>) -> PromoteError {
        PromoteError::Refused {
            app: self.request.app.clone(),
            version: self.request.version.clone(),
            environment: self.environment.name.to_string(),
            reason: reason.into(),
            hint,
        }
    }

    /// Whether [`Promotion::advance`] merges: the environment takes every release, or the author decides so.
    pub fn is_automatic(&self) -> bool {
        self.environment.promotion == Strategy::Auto || self.request.merge
    }
}

#[cfg(test)]
mod tests;
