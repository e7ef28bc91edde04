//! From the decision to an open pull request: the commit without a work tree, the branch, the pull request.

use std::path::Path;

use super::super::layout::own;
use super::super::{Intent, PromoteError};
use super::decide::Decision;
use super::snapshot::Snapshot;
use super::{PlannedFile, Promotion, Proposal};
use crate::ports::forge::{NewPullRequest, PullRequest};
use crate::ports::git::{Change, CommitId, Identity, NewCommit};

/// How often a promotion starts again from a fresh read because others were faster.
pub(super) const MAX_TRIES: usize = 10;

impl Promotion {
    /// Says what a promotion would change; does nothing.
    ///
    /// # Errors
    /// As [`Promotion::propose`].
    pub fn plan(&self) -> Result<Proposal, PromoteError> {
        let snapshot = self.read()?;
        if self.decide(&snapshot, self.tools.clock.now())? == Decision::Unchanged {
            return Ok(Proposal::Unchanged);
        }
        let path = self.path()?;
        let mut files = Vec::new();
        for (file, after) in self.edited(&snapshot)? {
            files.push(PlannedFile {
                before: self.read_text(&path, &snapshot.main, &file)?,
                path: file,
                after,
            });
        }
        Ok(Proposal::Planned {
            files,
            from: snapshot.current.map(|current| current.text),
        })
    }

    /// Makes the commit, moves the branch and opens the pull request, or finds what an earlier run of the same intent left.
    /// Races with others are tried again from a fresh read; `pause` is called before each new try with its number, from 1.
    ///
    /// # Errors
    /// [`PromoteError::Refused`], [`PromoteError::Superseded`], [`PromoteError::Closed`], [`PromoteError::Conflict`], or
    /// [`PromoteError::TooManyRaces`].
    pub fn propose(&self, mut pause: impl FnMut(usize)) -> Result<Proposal, PromoteError> {
        for attempt in 1..=MAX_TRIES {
            match self.propose_once() {
                Err(error) if is_race(&error) => pause(attempt),
                done => return done,
            }
        }
        Err(PromoteError::TooManyRaces {
            app: self.request.app.clone(),
            tries: MAX_TRIES,
        })
    }

    fn propose_once(&self) -> Result<Proposal, PromoteError> {
        let snapshot = self.read()?;
        if self.decide(&snapshot, self.tools.clock.now())? == Decision::Unchanged {
            return Ok(Proposal::Unchanged);
        }
        let path = self.path()?;
        let files = self.edited(&snapshot)?;
        let reference = self.branch.reference();
        let there = self.tools.objects.resolve(&path, &reference)?;
        let adopted = match &there {
            Some(head) => self.is_same_work(&path, head, &snapshot, &files)?,
            None => false,
        };
        let head = match there {
            Some(head) if adopted => head,
            there => {
                if let Some(head) = &there {
                    self.refuse_handwork(&path, head, &snapshot)?;
                    self.refuse_newer_branch(&path, head, &snapshot)?;
                }
                let commit = self.commit(&path, &snapshot, &files)?;
                self.tools
                    .objects
                    .move_ref(&path, &reference, Some(&commit), there.as_ref())?;
                commit
            }
        };
        let from = snapshot
            .current
            .as_ref()
            .map(|current| current.text.as_str());
        let pull = self.open(&head, from, None)?;
        let files = files.into_iter().map(|(path, _)| path).collect();
        Ok(Proposal::Open { pull, files })
    }

    /// Opens the pull request or brings the open one up to date; with a note it is a draft.
    pub(super) fn open(
        &self,
        head: &CommitId,
        from: Option<&str>,
        note: Option<&str>,
    ) -> Result<PullRequest, PromoteError> {
        Ok(self.tools.forge.open_pull_request(
            &self.repository,
            &NewPullRequest {
                head_branch: self.branch.clone(),
                head: head.clone(),
                base_branch: self.repository.default_branch.clone(),
                title: self.title(),
                body: self.body(from, note),
                draft: note.is_some(),
                author: self.request.author.clone(),
            },
        )?)
    }

    /// The files of the promotion with their new text, from the root of the repository.
    fn edited(&self, snapshot: &Snapshot) -> Result<Vec<(String, String)>, PromoteError> {
        let request = &self.request;
        let repository = request
            .chart_repository
            .as_deref()
            .unwrap_or(&snapshot.descriptor.chart_repository);
        let files = own::write(
            snapshot.chart.as_deref(),
            &request.namespace,
            &request.app,
            &request.version.to_string(),
            repository,
        )
        .map_err(|error| self.bad_edit(&self.chart_path(), error))?;
        Ok(files
            .into_iter()
            .map(|(path, text)| (self.environment.path(&path), text))
            .collect())
    }

    fn commit(
        &self,
        path: &Path,
        snapshot: &Snapshot,
        files: &[(String, String)],
    ) -> Result<CommitId, PromoteError> {
        let changes = files
            .iter()
            .map(|(path, text)| Change {
                path: path.clone(),
                contents: Some(text.clone().into_bytes()),
            })
            .collect();
        Ok(self.tools.objects.commit(
            path,
            &NewCommit {
                parents: vec![snapshot.main.clone()],
                changes,
                message: self.commit_message(),
                identity: Identity::landfall(),
                time: self.tools.clock.now(),
            },
        )?)
    }

    /// Whether the branch already holds this very work and merges into what is there now: an earlier run's, or another
    /// process's with the same intent.
    fn is_same_work(
        &self,
        path: &Path,
        head: &CommitId,
        snapshot: &Snapshot,
        files: &[(String, String)],
    ) -> Result<bool, PromoteError> {
        for (file, text) in files {
            if self.read_text(path, head, file)?.as_deref() != Some(text) {
                return Ok(false);
            }
        }
        // On top of an older state of the file it would conflict; on the same state it merges.
        let base = self.fork_point(path, head, snapshot)?;
        Ok(match base {
            Some(base) => self.read_text(path, &base, &self.chart_path())? == snapshot.chart,
            None => false,
        })
    }

    /// The parent of our commit on the branch.
    fn fork_point(
        &self,
        path: &Path,
        head: &CommitId,
        snapshot: &Snapshot,
    ) -> Result<Option<CommitId>, PromoteError> {
        let own = self
            .tools
            .objects
            .log(path, head, Some(&snapshot.main), 2)?;
        let [commit] = own.as_slice() else {
            return Ok(None);
        };
        if Intent::id_of_commit(&commit.message) != Some(self.intent.id()) {
            return Ok(None);
        }
        Ok(self.tools.objects.parent(path, head)?)
    }

    /// A branch that another process has just moved to a newer version is its own, even before its pull request is open.
    fn refuse_newer_branch(
        &self,
        path: &Path,
        head: &CommitId,
        snapshot: &Snapshot,
    ) -> Result<(), PromoteError> {
        let is_given_up = self
            .tools
            .forge
            .pull_requests(&self.repository)?
            .iter()
            .any(|pull| pull.head == *head && !pull.is_open());
        let is_merged = self.tools.objects.is_ancestor(path, head, &snapshot.main)?;
        if is_given_up || is_merged || self.request.allow_downgrade {
            return Ok(());
        }
        let file = self.chart_path();
        let there = match self.read_text(path, head, &file)? {
            Some(text) => self.current(&file, &text)?.version,
            None => None,
        };
        match there {
            Some(there) if there > self.request.version => Err(self.superseded(there)),
            _ => Ok(()),
        }
    }

    /// A commit of a person on our branch is never overwritten.
    fn refuse_handwork(
        &self,
        path: &Path,
        head: &CommitId,
        snapshot: &Snapshot,
    ) -> Result<(), PromoteError> {
        let commits = self
            .tools
            .objects
            .log(path, head, Some(&snapshot.main), 100)?;
        let by_hand = commits
            .iter()
            .find(|commit| Intent::id_of_commit(&commit.message).is_none());
        let Some(commit) = by_hand else {
            return Ok(());
        };
        let file = self.chart_path();
        let line = match self.read_text(path, head, &file)? {
            Some(text) => self.current(&file, &text).map_or(1, |current| current.line),
            None => 1,
        };
        Err(PromoteError::Conflict {
            file,
            line,
            commit: commit.id.short().to_owned(),
            why: format!("{} has a commit by {}", self.branch, commit.author),
        })
    }
}

/// Whether the error says that somebody else was faster.
pub(super) fn is_race(error: &PromoteError) -> bool {
    use super::super::EnvironmentError;
    use crate::ports::forge::ForgeError;
    match error {
        PromoteError::Environment(
            EnvironmentError::Git(error) | EnvironmentError::Forge(ForgeError::Git(error)),
        ) => error.is_race(),
        _ => false,
    }
}
