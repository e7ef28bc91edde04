//! One look at an open promotion: its checks, its merge, and what the environment made of it.

use std::fmt::Write as _;
use std::path::Path;

use super::super::{Intent, PromoteError};
use super::propose::is_race;
use super::snapshot::CHECKS_FOLDER;
use super::{Cause, Promotion, Step, Update};
use crate::ports::forge::{
    CommitStatus, ForgeError, Merge, PullRequest, PullRequestState, StatusState,
};
use crate::ports::git::{CommitId, GitError};

/// How far back a hand-made change below a conflict is looked for.
const HISTORY: usize = 200;

impl Promotion {
    /// Looks once: merges an automatic promotion whose checks have passed, and says otherwise what is missing.
    /// `seen` is the head of the last look and is brought up to date.
    ///
    /// # Errors
    /// [`PromoteError::ChecksFailed`], [`PromoteError::Closed`], [`PromoteError::Superseded`], [`PromoteError::Conflict`], or
    /// [`PromoteError::Rewound`].
    pub fn advance(&self, number: u64, seen: &mut CommitId) -> Result<Step, PromoteError> {
        let pull = self
            .tools
            .forge
            .pull_request(&self.repository, number)?
            .ok_or_else(|| ForgeError::NoPullRequest {
                repository: self.repository.name.clone(),
                number,
            })?;
        match pull.state {
            PullRequestState::Merged => return self.merged(pull),
            PullRequestState::Closed => {
                return Err(PromoteError::Closed {
                    pull: pull.reference(&self.repository.name),
                    by: pull.ended_by,
                });
            }
            PullRequestState::Open => {}
        }
        if let Some(other) =
            Intent::of_body(&pull.body).filter(|other| other.id() != self.intent.id())
        {
            return Err(self.superseded(other.version().clone()));
        }
        if !self.is_automatic() {
            return Ok(Step::Open(pull));
        }
        if pull.head != *seen {
            seen.clone_from(&pull.head);
            return Ok(Step::Waiting(Cause::NewHead));
        }
        match self.verdict(&pull)? {
            Some(cause) => Ok(Step::Waiting(cause)),
            None => self.merge(&pull, seen),
        }
    }

    /// What is missing before a merge; `None`: nothing.
    fn verdict(&self, pull: &PullRequest) -> Result<Option<Cause>, PromoteError> {
        let path = self.path()?;
        let statuses = self.tools.forge.statuses(&self.repository, &pull.head)?;
        let required = self.read()?.policy.required_checks;
        let failed = failures(&statuses);
        if !failed.is_empty() {
            return Err(PromoteError::ChecksFailed {
                pull: pull.reference(&self.repository.name),
                checks: failed,
            });
        }
        let mut pending = unfinished(&statuses);
        pending.extend(
            required
                .iter()
                .filter(|name| !statuses.iter().any(|status| status.context == **name))
                .cloned(),
        );
        if !pending.is_empty() {
            return Ok(Some(Cause::Pending(pending)));
        }
        let has_check = self
            .tools
            .objects
            .read_file(
                &path,
                &pull.head,
                &format!("{CHECKS_FOLDER}/pull-request.yaml"),
            )?
            .is_some();
        Ok((statuses.is_empty() && has_check).then_some(Cause::NoChecksYet))
    }

    fn merge(&self, pull: &PullRequest, seen: &mut CommitId) -> Result<Step, PromoteError> {
        let merge = Merge {
            expected_head: pull.head.clone(),
            message: self.merge_message(pull.number),
            by: self.request.author.clone(),
        };
        let result = self
            .tools
            .forge
            .merge_pull_request(&self.repository, pull.number, &merge);
        match result {
            Ok(pull) => self.merged(pull),
            Err(ForgeError::HeadMoved { found, .. }) => {
                *seen = found;
                Ok(Step::Waiting(Cause::NewHead))
            }
            Err(ForgeError::Git(GitError::Conflict { files })) => self.conflict(pull, &files),
            Err(error) => {
                let error = PromoteError::from(error);
                if is_race(&error) {
                    return Ok(Step::Redo);
                }
                Err(error)
            }
        }
    }

    /// A conflict with another promotion is done again as data; one with a person's edit stops here.
    fn conflict(&self, pull: &PullRequest, files: &[String]) -> Result<Step, PromoteError> {
        let path = self.path()?;
        let main = self.main(&path)?;
        let file = self.chart_path();
        let by_hand = self.changed_by_hand(&path, &main, pull, &file)?;
        let ours_only = files.iter().all(|found| self.is_file_of_app(found));
        let Some((commit, author)) = by_hand.filter(|_| ours_only) else {
            return Ok(Step::Redo);
        };
        let text = self.read_text(&path, &main, &file)?;
        let current = text.as_deref().map(|text| self.current(&file, text));
        let (line, found) = match current {
            Some(Ok(current)) => (current.line, format!("it is {} now", current.text)),
            _ => (1, "the dependency is gone".to_owned()),
        };
        let why = format!("{author} changed the same line, {found}");
        let note = format!(
            "**Not merged:** {file}:{line} was changed by hand in {}: {why}.",
            commit.short()
        );
        self.open(&pull.head, None, Some(&note))?;
        Err(PromoteError::Conflict {
            file,
            line,
            commit: commit.short().to_owned(),
            why,
        })
    }

    fn is_file_of_app(&self, file: &str) -> bool {
        let folder =
            super::super::layout::own::app_folder(&self.request.namespace, &self.request.app);
        file.starts_with(&self.environment.path(&folder))
    }

    /// The newest commit below `main` and not below the pull request that changed `file` and that landfall did not make.
    fn changed_by_hand(
        &self,
        path: &Path,
        main: &CommitId,
        pull: &PullRequest,
        file: &str,
    ) -> Result<Option<(CommitId, String)>, PromoteError> {
        let objects = &self.tools.objects;
        for commit in objects.log(path, main, Some(&pull.head), HISTORY)? {
            if commit.parents != 1 || Intent::id_of_commit(&commit.message).is_some() {
                continue;
            }
            let before = match objects.parent(path, &commit.id)? {
                Some(parent) => objects.read_file(path, &parent, file)?,
                None => None,
            };
            if objects.read_file(path, &commit.id, file)? != before {
                return Ok(Some((commit.id, commit.author)));
            }
        }
        Ok(None)
    }

    /// A merge counts only while the branch still has it.
    fn merged(&self, pull: PullRequest) -> Result<Step, PromoteError> {
        if let Some(merge) = &pull.merge_commit {
            let path = self.path()?;
            let main = self.main(&path)?;
            if !self.tools.objects.is_ancestor(&path, merge, &main)? {
                return Err(PromoteError::Rewound {
                    merge: merge.clone(),
                    branch: self.repository.default_branch.to_string(),
                    found: main,
                });
            }
        }
        Ok(Step::Merged(pull))
    }

    /// What the environment's pipeline for merges says about a merge commit.
    ///
    /// # Errors
    /// Statuses that cannot be read.
    pub fn update(&self, merge: &CommitId) -> Result<Update, PromoteError> {
        let path = self.path()?;
        if !self.has_pipelines(&path, merge)? {
            return Ok(Update::None);
        }
        let statuses = self.tools.forge.statuses(&self.repository, merge)?;
        let failed = failures(&statuses);
        let waiting = unfinished(&statuses);
        Ok(if !failed.is_empty() {
            Update::Failed(failed)
        } else if statuses.is_empty() || !waiting.is_empty() {
            Update::Waiting(waiting)
        } else {
            Update::Done
        })
    }
}

fn failures(statuses: &[CommitStatus]) -> Vec<String> {
    statuses
        .iter()
        .filter(|status| matches!(status.state, StatusState::Failure | StatusState::Error))
        .map(|status| {
            let mut text = status.context.clone();
            for more in [&status.description, &status.target] {
                if !more.is_empty() {
                    // Writing to a String cannot fail.
                    let _ = write!(text, " ({more})");
                }
            }
            text
        })
        .collect()
}

fn unfinished(statuses: &[CommitStatus]) -> Vec<String> {
    statuses
        .iter()
        .filter(|status| status.state == StatusState::Pending)
        .map(|status| status.context.clone())
        .collect()
}
