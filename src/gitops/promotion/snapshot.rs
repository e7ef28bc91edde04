//! Everything that a promotion's decision depends on, read at one commit.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::super::edit::EditError;
use super::super::error::bad_file;
use super::super::layout::{Layout, own};
use super::super::{Descriptor, EnvironmentError, Hold, Policy, PromoteError, descriptor};
use super::Promotion;
use crate::ports::forge::{PullRequest, PullRequestState};
use crate::ports::git::CommitId;
use crate::release::Version;
use crate::yaml;

/// Where the pipeline for pull requests stands in a repository.
pub(super) const CHECKS_FOLDER: &str = ".tekton";

/// The state of an environment and of the pull requests for one app.
#[derive(Debug, Clone)]
pub(super) struct Snapshot {
    /// The commit that was read.
    pub(super) main: CommitId,
    /// What the environment says about itself.
    pub(super) descriptor: Descriptor,
    /// The app's chart file.
    pub(super) chart: Option<String>,
    /// The version in it.
    pub(super) current: Option<Current>,
    /// What holds the app back.
    pub(super) hold: Option<Hold>,
    /// What must be true.
    pub(super) policy: Policy,
    /// The open pull request of the app.
    pub(super) open: Option<PullRequest>,
    /// The last pull request of the same intent that a person closed.
    pub(super) closed: Option<PullRequest>,
}

/// The version that stands in the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Current {
    pub(super) text: String,
    pub(super) version: Option<Version>,
    pub(super) line: usize,
}

impl Promotion {
    pub(super) fn read(&self) -> Result<Snapshot, PromoteError> {
        let path = self.path()?;
        let main = self.main(&path)?;
        let descriptor = self.read_descriptor(&path, &main)?;
        let chart_path = self.chart_path();
        let chart = self.read_text(&path, &main, &chart_path)?;
        let current = chart
            .as_deref()
            .map(|text| self.current(&chart_path, text))
            .transpose()?;
        let (open, closed) = self.own_pulls()?;
        let namespace = &self.request.namespace;
        let hold = own::hold_file(namespace, &self.request.app);
        Ok(Snapshot {
            hold: self.read_yaml(&path, &main, &hold)?,
            policy: self
                .read_yaml(&path, &main, own::POLICY_FILE)?
                .unwrap_or_default(),
            main,
            descriptor,
            chart,
            current,
            open,
            closed,
        })
    }

    /// The file that this promotion changes, from the root of the repository.
    pub(super) fn chart_path(&self) -> String {
        let file = own::chart_file(&self.request.namespace, &self.request.app);
        self.environment.path(&file)
    }

    /// The version that a chart file holds.
    pub(super) fn current(&self, path: &str, text: &str) -> Result<Current, PromoteError> {
        let found =
            own::read(text, &self.request.app).map_err(|error| self.bad_edit(path, error))?;
        let found = found.ok_or_else(|| {
            self.bad_edit(
                path,
                EditError {
                    line: None,
                    why: format!("no dependency is called {}", self.request.app),
                },
            )
        })?;
        Ok(Current {
            version: found.version.parse().ok(),
            text: found.version,
            line: found.line,
        })
    }

    pub(super) fn bad_edit(&self, path: &str, error: EditError) -> PromoteError {
        bad_file(&self.environment.repository, path, error.line, error.why).into()
    }

    /// Whether a commit has pipelines.
    pub(super) fn has_pipelines(
        &self,
        path: &Path,
        commit: &CommitId,
    ) -> Result<bool, PromoteError> {
        let files = self.tools.objects.list_files(path, commit, CHECKS_FOLDER)?;
        Ok(!files.is_empty())
    }

    pub(super) fn read_text(
        &self,
        path: &Path,
        commit: &CommitId,
        file: &str,
    ) -> Result<Option<String>, PromoteError> {
        let Some(bytes) = self.tools.objects.read_file(path, commit, file)? else {
            return Ok(None);
        };
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => {
                Err(bad_file(&self.environment.repository, file, None, "it is not UTF-8").into())
            }
        }
    }

    fn read_yaml<T: DeserializeOwned>(
        &self,
        path: &Path,
        commit: &CommitId,
        file: &str,
    ) -> Result<Option<T>, PromoteError> {
        let file = self.environment.path(file);
        let Some(text) = self.read_text(path, commit, &file)? else {
            return Ok(None);
        };
        let label = PathBuf::from(format!("{}:{file}", self.environment.repository));
        Ok(Some(
            yaml::parse(&text, &label).map_err(EnvironmentError::from)?,
        ))
    }

    fn read_descriptor(&self, path: &Path, main: &CommitId) -> Result<Descriptor, PromoteError> {
        if let Some(descriptor) = self.read_yaml(path, main, descriptor::FILE)? {
            return Ok(descriptor);
        }
        let files = self
            .tools
            .objects
            .list_files(path, main, &self.environment.dir)?;
        let repository = self.environment.repository.clone();
        let prefix = self.environment.path("");
        let names = files
            .iter()
            .map(|file| file.strip_prefix(&prefix).unwrap_or(file));
        Err(match Layout::detect(names) {
            Some(layout) => EnvironmentError::Layout {
                repository,
                layout: layout.name(),
            },
            None => EnvironmentError::NoEnvironment {
                repository,
                why: format!("it has no {}", self.environment.path(descriptor::FILE)),
            },
        }
        .into())
    }

    /// The open pull request of this app and environment, and the last one of this very intent that a person closed.
    fn own_pulls(&self) -> Result<(Option<PullRequest>, Option<PullRequest>), PromoteError> {
        let pulls = self.tools.forge.pull_requests(&self.repository)?;
        let mine = pulls
            .into_iter()
            .filter(|pull| pull.head_branch == self.branch);
        let (mut open, mut closed) = (None, None);
        for pull in mine {
            match pull.state {
                PullRequestState::Open => open = Some(pull),
                PullRequestState::Closed if self.is_ours(&pull) => closed = Some(pull),
                // What was merged since then settles the matter.
                PullRequestState::Merged => closed = None,
                PullRequestState::Closed => {}
            }
        }
        Ok((open, closed))
    }

    /// Whether a pull request carries this very intent.
    pub(super) fn is_ours(&self, pull: &PullRequest) -> bool {
        super::super::Intent::of_body(&pull.body)
            .is_some_and(|intent| intent.id() == self.intent.id())
    }
}
