//! Takes an import back. Every step can be done again, so that an interruption costs nothing but another try.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::failure::Failure;
use crate::files::{self, WriteOptions};
use crate::pack::Pending;
use crate::ports::git::{BranchName, Change, Checkout, NewCommit, Push, RemoteName};

use super::super::carry_out;
use super::plan::{self, CommitUndo, RepositoryUndo, Undo};

pub(super) fn apply(
    context: &Context<'_>,
    root: &Path,
    checkout: &Checkout,
    pending: &Pending,
    undo: &Undo,
) -> Result<(), Failure> {
    forge(context, pending, undo)?;
    let remote: RemoteName = pending
        .prepared
        .plan
        .remote
        .name
        .parse()
        .map_err(anyhow::Error::new)?;
    if undo.commit == CommitUndo::Revert {
        revert(context, root, checkout, pending, undo)?;
        if let RepositoryUndo::Push { name, branch } = &undo.repository {
            context.ports.git.push(
                root,
                &Push {
                    remote: remote.clone(),
                    reference: branch.reference(),
                    set_upstream: false,
                    expected: None,
                },
            )?;
            context.ui.say(format!("pushed {branch} to {name}"));
        }
        settings(context, root, pending, undo, &remote)?;
    } else {
        settings(context, root, pending, undo, &remote)?;
        take_back(context, root, checkout, undo)?;
    }
    if let Some((branch, _)) = &undo.branch {
        remove_branch(context, root, pending, branch)?;
    }
    // What is staged of other files stays staged.
    let paths: Vec<PathBuf> = pending.prepared.paths().map(PathBuf::from).collect();
    context.ports.git.reset_index(root, &paths)?;
    write_files(context, root, pending, undo)?;
    for folder in plan::folders(pending) {
        files::remove_dir_if_empty(&root.join(folder))?;
    }
    Ok(())
}

/// The repository on the forge.
fn forge(context: &Context<'_>, pending: &Pending, undo: &Undo) -> Result<(), Failure> {
    let forge = &context.ports.forge;
    match &undo.repository {
        RepositoryUndo::Remove { name } => {
            if let Some(repository) = forge.repository(name)? {
                let tags = context.ports.objects.tags(&repository.path()?)?;
                if let Some(tag) = tags.last() {
                    context.ui.warn(format!(
                        "{name} was released as {}; what environments run stays there",
                        tag.name
                    ));
                }
            }
            forge.remove_repository(name)?;
            context
                .ui
                .say(format!("removed {name} from the local forge"));
        }
        RepositoryUndo::MoveBack { name, branches } => {
            let Some(repository) = forge.repository(name)? else {
                return Ok(());
            };
            close(context, name, undo)?;
            let path = repository.path()?;
            for (branch, now, old) in branches {
                let reference = branch.reference();
                let objects = &context.ports.objects;
                objects.move_ref(&path, &reference, old.as_ref(), Some(now))?;
                context
                    .ui
                    .say(format!("{branch} of {name} is where it was"));
            }
        }
        // Removed before, perhaps not to the end.
        RepositoryUndo::Leave if !pending.before.has_repository => {
            forge.remove_repository(&carry_out::name(&pending.prepared.plan)?)?;
        }
        RepositoryUndo::Leave | RepositoryUndo::Push { .. } => {}
    }
    Ok(())
}

/// Closes the pull request of the import's branch.
fn close(
    context: &Context<'_>,
    name: &crate::ports::forge::RepositoryName,
    undo: &Undo,
) -> Result<(), Failure> {
    let Some((branch, _)) = &undo.branch else {
        return Ok(());
    };
    let forge = &context.ports.forge;
    let Some(repository) = forge.repository(name)? else {
        return Ok(());
    };
    let is_its =
        |pull: &crate::ports::forge::PullRequest| pull.is_open() && pull.head_branch == *branch;
    for pull in forge.pull_requests(&repository)?.into_iter().filter(is_its) {
        forge.close_pull_request(&repository, pull.number, "landfall")?;
        context
            .ui
            .say(format!("closed {}", pull.reference(&repository.name)));
    }
    Ok(())
}

/// The remote, what is known of its branches, and what the branch follows.
fn settings(
    context: &Context<'_>,
    root: &Path,
    pending: &Pending,
    undo: &Undo,
    remote: &RemoteName,
) -> Result<(), Failure> {
    let (git, objects, before) = (&context.ports.git, &context.ports.objects, &pending.before);
    if let Some(name) = &undo.remote {
        git.remove_remote(root, remote)?;
        context.ui.say(format!("removed the remote {name}"));
        return Ok(());
    }
    // A new commit was pushed there, or nothing was changed there.
    if undo.commit == CommitUndo::Revert || !before.has_remote {
        return Ok(());
    }
    if let Some((branch, _)) = &undo.branch {
        git.set_upstream(root, branch, None)?;
    }
    git.set_upstream(root, &before.branch, before.upstream.as_ref())?;
    for (branch, old) in plan::tracking(pending) {
        let reference = carry_out::tracking_ref(remote, branch)?;
        let now = objects.resolve(root, &reference)?;
        if now != *old {
            git.update_ref(root, &reference, old.as_ref(), now.as_ref())?;
        }
    }
    Ok(())
}

/// The branch. Neither index nor work tree is touched.
fn take_back(
    context: &Context<'_>,
    root: &Path,
    checkout: &Checkout,
    undo: &Undo,
) -> Result<(), Failure> {
    if let CommitUndo::TakeBack { commit, to } = &undo.commit
        && let Some(branch) = checkout.head.branch()
    {
        let git = &context.ports.git;
        git.update_ref(root, &branch.reference(), Some(to), Some(commit))?;
        context
            .ui
            .say(format!("took the commit {} back", commit.short()));
    }
    Ok(())
}

/// The branch of the import, which may be checked out; then the one before it is again, which is at the same commit.
fn remove_branch(
    context: &Context<'_>,
    root: &Path,
    pending: &Pending,
    branch: &BranchName,
) -> Result<(), Failure> {
    let (git, objects, before) = (&context.ports.git, &context.ports.objects, &pending.before);
    let now = objects.resolve(root, &branch.reference())?;
    if objects.head_branch(root)?.as_ref() == Some(branch) {
        git.set_head_branch(root, &before.branch)?;
        context
            .ui
            .say(format!("switched back to {}", before.branch));
    }
    if now.is_some() {
        git.update_ref(root, &branch.reference(), None, now.as_ref())?;
        context.ui.say(format!("removed the branch {branch}"));
    }
    Ok(())
}

fn write_files(
    context: &Context<'_>,
    root: &Path,
    pending: &Pending,
    undo: &Undo,
) -> Result<(), Failure> {
    carry_out::remove_half_written(root, &pending.prepared)?;
    for path in &undo.removed {
        files::remove_file(&root.join(path))?;
        context.ui.verbose(format!("removed {path}"));
    }
    for path in &undo.restored {
        if let Some(old) = pending.prepared.replaces.get(path) {
            let full = root.join(path);
            let options = WriteOptions {
                mode: files::mode_if_there(&full),
                durable: false,
            };
            files::write_atomic(&full, old.as_bytes(), options)?;
            context.ui.verbose(format!("restored {path}"));
        }
    }
    Ok(())
}

/// A new commit without what the import wrote. It is made from the last one and not from the work tree, which may be a sparse one.
fn revert(
    context: &Context<'_>,
    root: &Path,
    checkout: &Checkout,
    pending: &Pending,
    undo: &Undo,
) -> Result<(), Failure> {
    let (git, objects) = (&context.ports.git, &context.ports.objects);
    let Some((branch, head)) = carry_out::branch_of(&checkout.head) else {
        return Ok(());
    };
    let mut changes = Vec::new();
    for path in &undo.left {
        changes.push(Change {
            path: path.clone(),
            contents: objects.read_file(root, &pending.before.commit, path)?,
        });
    }
    let commit = objects.commit(
        root,
        &NewCommit {
            parents: vec![head.clone()],
            changes,
            message: format!("revert: take back the landfall import of {}\n", undo.app),
            identity: git.identity(root)?,
            time: context.process.clock().now(),
        },
    )?;
    git.update_ref(root, &branch.reference(), Some(&commit), Some(head))?;
    context.ui.say(format!(
        "took its files away again in the commit {}",
        commit.short()
    ));
    Ok(())
}
