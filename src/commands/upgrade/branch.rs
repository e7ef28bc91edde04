//! An upgrade as a branch and a pull request: a commit built without the working tree.

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::pack::upgrade::PreparedUpgrade;
use crate::ports::forge::{NewPullRequest, Repository, RepositoryName};
use crate::ports::git::{BranchName, Change, CommitId, NewCommit, Push, RemoteName};

use super::look::Look;
use super::show;

/// Makes the branch, pushes it and opens the pull request; the pull request's address, where there is a forge. What an earlier call
/// did is found again.
pub(super) fn open(
    context: &Context<'_>,
    look: &Look,
    prepared: &PreparedUpgrade,
    name: &BranchName,
) -> Result<Option<String>, Failure> {
    let head = commit(context, look, prepared, name)?;
    context
        .ui
        .say(format!("the branch {name} is at {}", head.short()));
    let Some((repository, remote)) = forge(context, look, prepared)? else {
        context
            .ui
            .say("no remote leads to a forge that landfall talks to, so there is no pull request");
        return Ok(None);
    };
    context.ports.git.push(
        &look.root,
        &Push {
            remote,
            reference: name.reference(),
            set_upstream: false,
            expected: None,
        },
    )?;
    let conflicts = prepared.conflicts();
    let pull = context.ports.forge.open_pull_request(
        &repository,
        &NewPullRequest {
            head_branch: name.clone(),
            head,
            base_branch: look.branch.clone(),
            title: message(prepared),
            body: show::body(prepared),
            draft: !conflicts.is_empty(),
            author: context.ports.git.identity(&look.root)?.name,
        },
    )?;
    context
        .ui
        .say(format!("pull request {}", pull.reference(&repository.name)));
    Ok(Some(pull.url))
}

fn message(prepared: &PreparedUpgrade) -> String {
    prepared.plan.commit.clone().unwrap_or_default()
}

/// The commit of the branch: made now, or by an earlier call.
fn commit(
    context: &Context<'_>,
    look: &Look,
    prepared: &PreparedUpgrade,
    name: &BranchName,
) -> Result<CommitId, Failure> {
    let objects = &context.ports.objects;
    if let Some(there) = objects.resolve(&look.root, &name.reference())? {
        let mut is_ours = objects.parent(&look.root, &there)?.as_ref() == Some(&look.commit);
        for (path, write) in &prepared.writes {
            let text = objects.read_file(&look.root, &there, path)?;
            is_ours &= text.as_deref() == write.after.as_ref().map(String::as_bytes);
        }
        if is_ours {
            return Ok(there);
        }
        return Err(Failure::new(format!(
            "there is a branch {name} already, with other work on it"
        ))
        .exit(Exit::Conflict)
        .hint("give another name with --branch"));
    }
    let changes = prepared.writes.iter().map(|(path, write)| Change {
        path: path.clone(),
        contents: write.after.as_ref().map(|text| text.clone().into_bytes()),
    });
    let commit = objects.commit(
        &look.root,
        &NewCommit {
            parents: vec![look.commit.clone()],
            changes: changes.collect(),
            message: message(prepared),
            identity: context.ports.git.identity(&look.root)?,
            time: context.ports.clock.now(),
        },
    )?;
    objects.move_ref(&look.root, &name.reference(), Some(&commit), None)?;
    Ok(commit)
}

/// The repository on the forge, and the remote that leads there.
fn forge(
    context: &Context<'_>,
    look: &Look,
    prepared: &PreparedUpgrade,
) -> Result<Option<(Repository, RemoteName)>, Failure> {
    let plan = &prepared.plan;
    let name = RepositoryName::new(&plan.org, plan.repository.as_ref().unwrap_or(&plan.app))
        .map_err(anyhow::Error::new)?;
    let Some(repository) = context.ports.forge.repository(&name)? else {
        return Ok(None);
    };
    let remote = look
        .checkout
        .remotes
        .iter()
        .find(|remote| remote.url.as_ref() == Some(&repository.url));
    match remote {
        Some(remote) => {
            let remote = remote.name.parse().map_err(anyhow::Error::new)?;
            Ok(Some((repository, remote)))
        }
        None => Ok(None),
    }
}
