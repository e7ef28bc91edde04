//! Pull requests of the local forge.
//!
//! Every change happens under the repository's lock and in an order in which a kill at any point leaves something that
//! the next call completes: the JSON file before the reference, the base branch before the file that says "merged".

use std::path::{Path, PathBuf};

use super::{LocalForge, spool};
use crate::files::{self, WriteOptions};
use crate::ports::forge::{
    ForgeError, Merge, NewPullRequest, PullRequest, PullRequestState, PullRequests, RefUpdate,
    Repository, Statuses as _,
};
use crate::ports::git::{BranchName, CommitId, GitError, Identity, NewMerge, RefName};

/// How often a merge starts again because somebody pushed to the base branch in between.
const MERGE_TRIES: usize = 10;

/// How far back a merge commit is looked for when the record of a merge is missing.
const HEAL_DEPTH: usize = 1000;

impl PullRequests for LocalForge {
    fn open_pull_request(
        &self,
        repository: &Repository,
        request: &NewPullRequest,
    ) -> Result<PullRequest, ForgeError> {
        let path = repository.path()?;
        let _lock = Self::lock(repository, "a pull request")?;
        let head = self.branch(&path, &request.head_branch)?;
        if head != request.head {
            return Err(ForgeError::Git(GitError::RefMoved {
                reference: request.head_branch.reference(),
                expected: Some(request.head.clone()),
                found: Some(head),
            }));
        }
        self.branch(&path, &request.base_branch)?;
        let all = Self::load_all(repository)?;
        let same = |pull: &&PullRequest| {
            pull.is_open()
                && pull.head_branch == request.head_branch
                && pull.base_branch == request.base_branch
        };
        let known = all.iter().find(same);
        let now = self.clock.now();
        let number = known.map_or_else(
            || all.last().map_or(1, |last| last.number + 1),
            |known| known.number,
        );
        let pull = PullRequest {
            number,
            state: PullRequestState::Open,
            title: request.title.clone(),
            body: request.body.clone(),
            head_branch: request.head_branch.clone(),
            head,
            base_branch: request.base_branch.clone(),
            merge_commit: None,
            draft: request.draft,
            author: known.map_or(&request.author, |known| &known.author).clone(),
            ended_by: None,
            created: known.map_or(now, |known| known.created),
            updated: now,
            url: url(&path, number),
        };
        self.announce(repository, known.map(|known| &known.head), &pull)?;
        Ok(pull)
    }

    fn pull_request(
        &self,
        repository: &Repository,
        number: u64,
    ) -> Result<Option<PullRequest>, ForgeError> {
        let Some(pull) = load(&file(repository, number)?)? else {
            return Ok(None);
        };
        if pull.is_open() && self.merged_by(repository, &pull)?.is_some() {
            let _lock = Self::lock(repository, "a pull request")?;
            return self.heal(repository, pull).map(Some);
        }
        Ok(Some(pull))
    }

    fn pull_requests(&self, repository: &Repository) -> Result<Vec<PullRequest>, ForgeError> {
        Self::load_all(repository)
    }

    fn merge_pull_request(
        &self,
        repository: &Repository,
        number: u64,
        merge: &Merge,
    ) -> Result<PullRequest, ForgeError> {
        let path = repository.path()?;
        let _lock = Self::lock(repository, "a merge")?;
        let pull = load(&file(repository, number)?)?.ok_or_else(|| ForgeError::NoPullRequest {
            repository: repository.name.clone(),
            number,
        })?;
        let pull = self.heal(repository, pull)?;
        match pull.state {
            PullRequestState::Merged => return Ok(pull),
            PullRequestState::Closed => return Err(not_open(&pull)),
            PullRequestState::Open => {}
        }
        let head = self
            .objects
            .resolve(&path, &pull.head_branch.reference())?
            .unwrap_or_else(|| pull.head.clone());
        if head != merge.expected_head {
            return Err(ForgeError::HeadMoved {
                number,
                expected: merge.expected_head.clone(),
                found: head,
            });
        }
        let (old, commit) = self.merge_into_base(&path, &pull, merge)?;
        let merged = PullRequest {
            head,
            ..self.ended(
                pull,
                PullRequestState::Merged,
                &merge.by,
                Some(commit.clone()),
            )
        };
        self.finish_merge(repository, &merged, Some(old))?;
        Ok(merged)
    }

    fn close_pull_request(
        &self,
        repository: &Repository,
        number: u64,
        by: &str,
    ) -> Result<PullRequest, ForgeError> {
        let _lock = Self::lock(repository, "a pull request")?;
        let pull = load(&file(repository, number)?)?.ok_or_else(|| ForgeError::NoPullRequest {
            repository: repository.name.clone(),
            number,
        })?;
        match pull.state {
            PullRequestState::Closed => Ok(pull),
            PullRequestState::Merged => Err(not_open(&pull)),
            PullRequestState::Open => {
                let closed = self.ended(pull, PullRequestState::Closed, by, None);
                save(repository, &closed)?;
                Ok(closed)
            }
        }
    }

    fn refresh_pull_requests(
        &self,
        repository: &Repository,
        branch: &BranchName,
    ) -> Result<Vec<PullRequest>, ForgeError> {
        let path = repository.path()?;
        let _lock = Self::lock(repository, "a pull request")?;
        let Some(head) = self.objects.resolve(&path, &branch.reference())? else {
            return Ok(Vec::new());
        };
        let mut changed = Vec::new();
        for pull in Self::load_all(repository)? {
            if pull.is_open() && pull.head_branch == *branch && pull.head != head {
                let fresh = PullRequest {
                    head: head.clone(),
                    updated: self.clock.now(),
                    ..pull.clone()
                };
                self.announce(repository, Some(&pull.head), &fresh)?;
                changed.push(fresh);
            }
        }
        Ok(changed)
    }
}

impl LocalForge {
    /// Saves an open pull request, moves its reference, and says so in the spool when its head is not checked yet.
    fn announce(
        &self,
        repository: &Repository,
        before: Option<&CommitId>,
        pull: &PullRequest,
    ) -> Result<(), ForgeError> {
        let path = repository.path()?;
        save(repository, pull)?;
        let reference = RefName::of_pull_request(pull.number);
        let old = self.objects.resolve(&path, &reference)?;
        if old.as_ref() != Some(&pull.head) {
            self.objects
                .move_ref(&path, &reference, Some(&pull.head), old.as_ref())?;
        } else if before == Some(&pull.head) && !self.statuses(repository, &pull.head)?.is_empty() {
            return Ok(());
        }
        let id = event_id(repository, &format!("pull-{}", pull.number), &pull.head);
        let update = RefUpdate {
            reference,
            old,
            new: Some(pull.head.clone()),
        };
        self.note(repository, &id, &update)
    }

    /// Builds the merge and moves the base branch; returns its value before and the merge commit.
    fn merge_into_base(
        &self,
        path: &Path,
        pull: &PullRequest,
        merge: &Merge,
    ) -> Result<(CommitId, CommitId), ForgeError> {
        let reference = pull.base_branch.reference();
        let mut tries = 0;
        loop {
            let base = self.branch(path, &pull.base_branch)?;
            let commit = self.objects.merge(
                path,
                &NewMerge {
                    ours: base.clone(),
                    theirs: merge.expected_head.clone(),
                    message: merge.message.clone(),
                    identity: Identity::landfall(),
                    time: self.clock.now(),
                },
            )?;
            match self
                .objects
                .move_ref(path, &reference, Some(&commit), Some(&base))
            {
                Ok(()) => return Ok((base, commit)),
                Err(error) if error.is_race() && tries < MERGE_TRIES => tries += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// What follows the move of the base branch: the record, the branch, the event.
    fn finish_merge(
        &self,
        repository: &Repository,
        merged: &PullRequest,
        old: Option<CommitId>,
    ) -> Result<(), ForgeError> {
        let path = repository.path()?;
        let branch = merged.head_branch.reference();
        if let Some(commit) = &merged.merge_commit {
            let update = RefUpdate {
                reference: merged.base_branch.reference(),
                old,
                new: Some(commit.clone()),
            };
            let id = event_id(repository, merged.base_branch.as_str(), commit);
            self.note(repository, &id, &update)?;
        }
        save(repository, merged)?;
        match self
            .objects
            .move_ref(&path, &branch, None, Some(&merged.head))
        {
            // Deleted by somebody else, or already used again: neither is ours to mend.
            Ok(()) | Err(GitError::RefMoved { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// An open pull request whose head is in its base was merged by a process that did not live to write it down.
    fn heal(&self, repository: &Repository, pull: PullRequest) -> Result<PullRequest, ForgeError> {
        if !pull.is_open() {
            return Ok(pull);
        }
        let Some(commit) = self.merged_by(repository, &pull)? else {
            return Ok(pull);
        };
        let merged = self.ended(pull, PullRequestState::Merged, "landfall", Some(commit));
        self.finish_merge(repository, &merged, None)?;
        Ok(merged)
    }

    /// The commit that brought the head of a pull request into its base branch.
    fn merged_by(
        &self,
        repository: &Repository,
        pull: &PullRequest,
    ) -> Result<Option<CommitId>, ForgeError> {
        let path = repository.path()?;
        let Some(base) = self.objects.resolve(&path, &pull.base_branch.reference())? else {
            return Ok(None);
        };
        if !self.objects.is_ancestor(&path, &pull.head, &base)? {
            return Ok(None);
        }
        let above = self
            .objects
            .log(&path, &base, Some(&pull.head), HEAL_DEPTH)?;
        // Oldest first: the first merge that has the head in it. A fast-forward leaves the head itself.
        for commit in above.iter().rev().filter(|commit| commit.parents > 1) {
            if self.objects.is_ancestor(&path, &pull.head, &commit.id)? {
                return Ok(Some(commit.id.clone()));
            }
        }
        Ok(Some(pull.head.clone()))
    }

    fn ended(
        &self,
        pull: PullRequest,
        state: PullRequestState,
        by: &str,
        merge_commit: Option<CommitId>,
    ) -> PullRequest {
        PullRequest {
            state,
            merge_commit,
            ended_by: Some(by.to_owned()),
            updated: self.clock.now(),
            ..pull
        }
    }

    fn branch(&self, path: &Path, branch: &BranchName) -> Result<CommitId, ForgeError> {
        self.objects
            .resolve(path, &branch.reference())?
            .ok_or_else(|| {
                ForgeError::Git(GitError::NoSuchObject {
                    path: path.to_owned(),
                    what: format!("branch {branch}"),
                })
            })
    }

    fn load_all(repository: &Repository) -> Result<Vec<PullRequest>, ForgeError> {
        let mut pulls = Vec::new();
        for path in files::list_dir(&Self::state(repository)?.join("pulls"))? {
            if path.extension().is_some_and(|end| end == "json") {
                pulls.extend(load(&path)?);
            }
        }
        pulls.sort_by_key(|pull| pull.number);
        Ok(pulls)
    }

    /// Repositories outside the forge's own folder have no events: nobody runs their pipelines.
    fn note(
        &self,
        repository: &Repository,
        id: &str,
        update: &RefUpdate,
    ) -> Result<(), ForgeError> {
        if repository.path()? == self.path_of(&repository.name) {
            spool::write(&self.spool, id, &repository.name, update)?;
        }
        Ok(())
    }
}

/// The same for the same commit, so that a rerun does not queue it twice.
fn event_id(repository: &Repository, what: &str, commit: &CommitId) -> String {
    let what = what.replace('/', "-");
    let (owner, name) = (repository.name.owner(), repository.name.name());
    format!("{owner}-{name}-{what}-{}", commit.as_str())
}

fn url(path: &Path, number: u64) -> String {
    format!("file://{}/pull/{number}", path.display())
}

fn file(repository: &Repository, number: u64) -> Result<PathBuf, ForgeError> {
    Ok(LocalForge::state(repository)?
        .join("pulls")
        .join(format!("{number}.json")))
}

fn load(path: &Path) -> Result<Option<PullRequest>, ForgeError> {
    let Some(text) = files::read_text_if_there(path)? else {
        return Ok(None);
    };
    serde_json::from_str(&text)
        .map(Some)
        .map_err(|error| ForgeError::Damaged {
            path: path.to_owned(),
            why: error.to_string(),
        })
}

fn save(repository: &Repository, pull: &PullRequest) -> Result<(), ForgeError> {
    let path = file(repository, pull.number)?;
    let json = serde_json::to_vec_pretty(pull).map_err(|error| ForgeError::Damaged {
        path: path.clone(),
        why: error.to_string(),
    })?;
    Ok(files::write_atomic(&path, &json, WriteOptions::default())?)
}

fn not_open(pull: &PullRequest) -> ForgeError {
    ForgeError::NotOpen {
        number: pull.number,
        state: pull.state,
        by: pull.ended_by.clone(),
    }
}
