//! From what happened on the forge to what pipelines are told.

use super::{EventError, PipelineService};
use crate::pipeline::{Event, EventKind};
use crate::ports::forge::{RefUpdate, Repository};
use crate::ports::git::{Commit, CommitId};

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
