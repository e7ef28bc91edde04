//! Pushes and tags.

use std::path::Path;

use super::GitProgram;
use super::program::{Call, Output};
use super::refusal;
use crate::ports::git::{
    CommitId, Expected, GitError, NewTag, Push, PushOutcome, RefName, Rejection, RemoteName,
};

/// The other side on this machine, whose housekeeping ends with the push instead of going on behind our back.
const RECEIVE_PACK: &str =
    "--receive-pack=git -c gc.autoDetach=false -c maintenance.autoDetach=false receive-pack";

impl GitProgram {
    pub(super) fn push_reference(&self, root: &Path, push: &Push) -> Result<PushOutcome, GitError> {
        let reference = push.reference.as_str();
        let mut call = self.remote_call(root, &push.remote, &["push", "--porcelain"])?;
        if push.set_upstream {
            call = call.arg("--set-upstream");
        }
        if call.is_local() {
            call = call.arg(RECEIVE_PACK);
        }
        match &push.expected {
            None => {}
            Some(Expected::Absent) => call = call.arg(format!("--force-with-lease={reference}:")),
            Some(Expected::At(old)) => {
                call = call.arg(format!("--force-with-lease={reference}:{old}"));
            }
        }
        let call = call
            .arg("--no-recurse-submodules")
            .arg("--")
            .arg(push.remote.as_str())
            .arg(format!("{reference}:{reference}"));
        refusal::of_push(&self.program.run(call)?)
    }

    /// Makes the tag object the same on every try, so that a rerun pushes what is there already.
    pub(super) fn make_and_push_tag(
        &self,
        root: &Path,
        remote: &RemoteName,
        tag: &NewTag,
    ) -> Result<PushOutcome, GitError> {
        self.make_tag(root, tag)?;
        let push = Push {
            remote: remote.clone(),
            reference: tag.name.reference(),
            set_upstream: false,
            expected: None,
        };
        let refused = match self.push_reference(root, &push) {
            Err(error @ GitError::Rejected { .. }) => error,
            done => return done,
        };
        // Somebody else's tag of that name: fine when it is on the same commit.
        match self.remote_commit(root, remote, &push.reference)? {
            Some(there) if there == tag.commit => Ok(PushOutcome::UpToDate),
            Some(there) => Err(taken(tag, &there)),
            None => Err(refused),
        }
    }

    fn make_tag(&self, root: &Path, tag: &NewTag) -> Result<(), GitError> {
        let scope = Self::scope(root);
        let peeled = format!("{}^{{commit}}", tag.name.reference());
        let there = self.program.run(Call::new(
            scope,
            root,
            &[
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &peeled,
            ],
        ))?;
        if there.is_success() {
            let there: CommitId = there.text().parse()?;
            return if there == tag.commit {
                Ok(())
            } else {
                Err(taken(tag, &there))
            };
        }
        let date = self
            .program
            .run(Call::new(
                scope,
                root,
                &[
                    "show",
                    "-s",
                    "--format=%cI",
                    "--end-of-options",
                    tag.commit.as_str(),
                ],
            ))?
            .checked()?
            .text();
        let call = Call::new(
            scope,
            root,
            &[
                "tag",
                "--annotate",
                "--no-sign",
                "--file=-",
                "--",
                tag.name.as_str(),
                tag.commit.as_str(),
            ],
        )
        .env("GIT_COMMITTER_NAME", &tag.tagger.name)
        .env("GIT_COMMITTER_EMAIL", &tag.tagger.email)
        .env("GIT_COMMITTER_DATE", date)
        .stdin(tag.message.clone().into_bytes());
        self.program.run(call)?.checked()?;
        Ok(())
    }

    /// The commit a reference of the other side leads to.
    fn remote_commit(
        &self,
        root: &Path,
        remote: &RemoteName,
        reference: &RefName,
    ) -> Result<Option<CommitId>, GitError> {
        let call = self
            .remote_call(root, remote, &["ls-remote"])?
            .arg("--")
            .arg(remote.as_str())
            .arg(format!("{reference}*"));
        let output: Output = self.program.run(call)?.checked()?;
        let text = output.text();
        let find = |name: &str| {
            text.lines()
                .filter_map(|line| line.split_once('\t'))
                .find(|(_, found)| *found == name)
                .map(|(id, _)| id)
        };
        // An annotated tag has a second line with the commit it is on.
        find(&format!("{reference}^{{}}"))
            .or_else(|| find(reference.as_str()))
            .map(|id| id.parse().map_err(GitError::from))
            .transpose()
    }
}

fn taken(tag: &NewTag, there: &CommitId) -> GitError {
    GitError::Rejected {
        reference: tag.name.reference().to_string(),
        reason: format!(
            "the tag is on commit {} already, not on {}",
            there.short(),
            tag.commit.short()
        ),
        rejection: Rejection::Refused,
    }
}
