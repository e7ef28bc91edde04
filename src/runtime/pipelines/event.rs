//! From what happened on the forge to what pipelines are told.

use super::{EventError, PipelineService};
use crate::pipeline::{Event, EventKind};
use crate::ports::forge::{RefUpdate, Repository};
use crate::ports::git::{BranchName, Commit, CommitId, GitError};

impl PipelineService {
    /// The event of one moved reference; `None` for one that starts nothing, such as the head of a pull request that is
    /// no longer open.
    pub(super) fn event(
        &self,
        repository: &Repository,
        update: &RefUpdate,
        commit: &CommitId,
        newest: &Commit,
    ) -> Result<Option<Event>, EventError> {
        let reference = update.reference.as_str();
        let kind = match pull_request_number(reference) {
            None => EventKind::Push {
                reference: reference.to_owned(),
            },
            Some(number) => {
                let pull = self.forge.pull_request(repository, number)?;
                // A newer head has an event of its own.
                let Some(pull) = pull.filter(|pull| pull.is_open() && pull.head == *commit) else {
                    return Ok(None);
                };
                EventKind::PullRequest {
                    number,
                    source_branch: pull.head_branch.to_string(),
                    target_branch: pull.base_branch.to_string(),
                }
            }
        };
        Ok(Some(Event {
            kind,
            owner: repository.name.owner().to_owned(),
            repository: repository.name.name().to_owned(),
            url: repository.url.as_git().to_owned(),
            revision: commit.to_string(),
            title: newest.title().to_owned(),
            sender: newest.author.clone(),
        }))
    }

    /// The files in which `commit` is another than what was there before: for a push the commit before it, for a pull request the one
    /// at which it parts from its target. Everything, where nothing was there.
    pub(super) fn changed(
        &self,
        repository: &Repository,
        event: &Event,
        update: &RefUpdate,
        commit: &CommitId,
    ) -> Result<Vec<String>, EventError> {
        let path = repository.path()?;
        let before = match &event.kind {
            EventKind::Push { .. } => update.old.clone(),
            EventKind::PullRequest { target_branch, .. } => {
                let target: BranchName = target_branch.parse().map_err(GitError::from)?;
                match self.objects.resolve(&path, &target.reference())? {
                    Some(target) => self.objects.merge_base(&path, &target, commit)?,
                    None => None,
                }
            }
        };
        if let Some(before) = before {
            match self.objects.changed_paths(&path, &before, commit) {
                // What a forced push has thrown away may be gone.
                Err(GitError::NoSuchObject { .. }) => {}
                changed => return Ok(changed?),
            }
        }
        Ok(self.objects.list_files(&path, commit, "")?)
    }
}

/// The number in `refs/pull/<n>/head`.
fn pull_request_number(reference: &str) -> Option<u64> {
    reference
        .strip_prefix("refs/pull/")?
        .strip_suffix("/head")?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::pull_request_number;

    #[test]
    fn only_heads_of_pull_requests_have_a_number() {
        assert_eq!(pull_request_number("refs/pull/12/head"), Some(12));
        for other in [
            "refs/pull/12/merge",
            "refs/heads/pull/12/head",
            "refs/pull/x/head",
        ] {
            assert_eq!(pull_request_number(other), None);
        }
    }
}
