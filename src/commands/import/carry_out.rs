//! Does what a plan says. Every step is done once only, so that all of them can be done again after any interruption.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::pack::{self, Before, ImportPlan, Pending, PlanValue, PreparedImport, Site};
use crate::ports::forge::{NewPullRequest, Repository, RepositoryName};
use crate::ports::git::{
    BranchName, Checkout, CommitId, Head, Push, PushOutcome, RefName, RemoteName, RemoteUrl,
};

use super::look::{self, Look};
use super::wishes::{Choice, PackWish, Wishes};

/// How many commits may have come after the import for its own to be found among them.
const MOST_COMMITS: usize = 10_000;

/// Records what was there before and what is to be done. From here on the import goes on until it is done or taken back.
pub(super) fn begin(
    context: &Context<'_>,
    look: &Look,
    prepared: PreparedImport,
) -> Result<Pending, Failure> {
    let ports = &context.ports;
    let plan = &prepared.plan;
    let mut branches = vec![look.branch.clone()];
    if let Some(branch) = &plan.branch {
        branches.push(branch.parse().map_err(anyhow::Error::new)?);
    }
    let remote: RemoteName = plan.remote.name.parse().map_err(anyhow::Error::new)?;
    let mut tracking = BTreeMap::new();
    let mut published = BTreeMap::new();
    for branch in branches {
        let known = ports
            .objects
            .resolve(&look.root, &tracking_ref(&remote, &branch)?)?;
        tracking.insert(branch.clone(), known);
        let there = look::published(context, &prepared, &branch)?;
        published.insert(branch, there);
    }
    let before = Before {
        branch: look.branch.clone(),
        commit: look.commit.clone(),
        upstream: ports.git.upstream(&look.root, &look.branch)?,
        has_remote: look.checkout.remote(remote.as_str()).is_some(),
        tracking,
        has_repository: ports.forge.repository(&name(plan)?)?.is_some(),
        published,
        new_folders: new_folders(&look.root, &prepared),
    };
    let earlier = Pending::read_done(&look.root)?;
    let pending = Pending::new(prepared, before, earlier);
    pending.write(&look.root)?;
    Ok(pending)
}

/// Where a checkout keeps what it knows of a remote's branch.
pub(super) fn tracking_ref(remote: &RemoteName, branch: &BranchName) -> Result<RefName, Failure> {
    let name = format!("refs/remotes/{remote}/{branch}");
    Ok(name.parse().map_err(anyhow::Error::new)?)
}

/// The repository of the plan.
pub(super) fn name(plan: &ImportPlan) -> Result<RepositoryName, Failure> {
    Ok(RepositoryName::new(&plan.org, plan.repository()).map_err(anyhow::Error::new)?)
}

/// The folders that are not there yet, those above first.
fn new_folders(root: &Path, prepared: &PreparedImport) -> Vec<String> {
    let folders: BTreeSet<&str> = prepared
        .paths()
        .flat_map(|path| Path::new(path).ancestors().skip(1))
        .filter_map(Path::to_str)
        .filter(|folder| !folder.is_empty() && !root.join(folder).exists())
        .collect();
    folders.into_iter().map(str::to_owned).collect()
}

/// Does all of it, and returns the address of the pull request if there is one.
pub(super) fn apply(
    context: &Context<'_>,
    root: &Path,
    pending: &Pending,
) -> Result<Option<String>, Failure> {
    let plan = &pending.prepared.plan;
    let git = &context.ports.git;
    let branch = pending.branch().map_err(anyhow::Error::new)?;
    switch(context, root, pending, &branch)?;
    pack::write(root, &pending.prepared)?;
    for path in pending.prepared.paths() {
        context.ui.verbose(format!("wrote {path}"));
    }
    let commit = commit(context, root, pending, &branch)?;
    let repository = context.ports.forge.create_repository(&name(plan)?)?;
    let remote: RemoteName = plan.remote.name.parse().map_err(anyhow::Error::new)?;
    let url: RemoteUrl = plan.remote.url.parse().map_err(anyhow::Error::new)?;
    git.add_remote(root, &remote, &url)?;
    // A pull request needs something to go to.
    if branch != pending.before.branch
        && pending.before.published.get(&pending.before.branch) == Some(&None)
    {
        push(context, root, &repository, &remote, &pending.before.branch)?;
    }
    push(context, root, &repository, &remote, &branch)?;
    let mut pull_request = None;
    if let Some(commit) = &commit
        && branch != pending.before.branch
    {
        pull_request = Some(open(context, root, pending, &repository, &branch, commit)?);
    }
    let done = Pending {
        commit,
        ..pending.clone()
    };
    done.finish(root)?;
    Ok(pull_request)
}

/// Makes the new branch, if there is to be one. It is at the same commit, so no file changes.
fn switch(
    context: &Context<'_>,
    root: &Path,
    pending: &Pending,
    branch: &BranchName,
) -> Result<(), Failure> {
    if *branch == pending.before.branch {
        return Ok(());
    }
    let objects = &context.ports.objects;
    if objects.resolve(root, &branch.reference())?.is_none() {
        context.ports.git.update_ref(
            root,
            &branch.reference(),
            Some(&pending.before.commit),
            None,
        )?;
    }
    if objects.head_branch(root)?.as_ref() != Some(branch) {
        context.ports.git.set_head_branch(root, branch)?;
        context
            .ui
            .say(format!("switched to the new branch {branch}"));
    }
    Ok(())
}

/// Commits what is not in a commit yet; the commit of the import, if there is anything in it.
fn commit(
    context: &Context<'_>,
    root: &Path,
    pending: &Pending,
    branch: &BranchName,
) -> Result<Option<CommitId>, Failure> {
    let objects = &context.ports.objects;
    let head = objects.resolve(root, &branch.reference())?;
    let head = head.unwrap_or_else(|| pending.before.commit.clone());
    let paths = look::uncommitted(context, root, &head, pending)?;
    if let (Some(message), false) = (&pending.prepared.plan.commit, paths.is_empty()) {
        let commit = context.ports.git.commit(root, &paths, message)?;
        context.ui.say(format!(
            "committed {} files as {}",
            paths.len(),
            commit.short()
        ));
        return Ok(Some(commit));
    }
    commit_of(context, root, &pending.before.commit, &head)
}

/// The commit that came next after `before` on the way to `head`.
pub(super) fn commit_of(
    context: &Context<'_>,
    root: &Path,
    before: &CommitId,
    head: &CommitId,
) -> Result<Option<CommitId>, Failure> {
    let objects = &context.ports.objects;
    let since = objects.log(root, head, Some(before), MOST_COMMITS)?;
    let Some(first) = since.last() else {
        return Ok(None);
    };
    let parent = objects.parent(root, &first.id)?;
    Ok((parent.as_ref() == Some(before)).then(|| first.id.clone()))
}

fn push(
    context: &Context<'_>,
    root: &Path,
    repository: &Repository,
    remote: &RemoteName,
    branch: &BranchName,
) -> Result<(), Failure> {
    let progress = context.ui.progress(format!("pushing {branch}"));
    let outcome = context.ports.git.push(
        root,
        &Push {
            remote: remote.clone(),
            reference: branch.reference(),
            set_upstream: remote.as_str() == "origin",
            expected: None,
        },
    );
    drop(progress);
    if outcome? == PushOutcome::Pushed {
        context
            .ui
            .say(format!("pushed {branch} to {} ({remote})", repository.name));
    }
    Ok(())
}

/// Opens the pull request of a new branch; its address.
fn open(
    context: &Context<'_>,
    root: &Path,
    pending: &Pending,
    repository: &Repository,
    branch: &BranchName,
    commit: &CommitId,
) -> Result<String, Failure> {
    let plan = &pending.prepared.plan;
    let title = plan.commit.clone().unwrap_or_default();
    let pull_request = context.ports.forge.open_pull_request(
        repository,
        &NewPullRequest {
            head_branch: branch.clone(),
            head: commit.clone(),
            base_branch: pending.before.branch.clone(),
            title,
            body: body(&pending.prepared),
            draft: false,
            author: context.ports.git.identity(root)?.name,
        },
    )?;
    context.ui.say(format!(
        "opened {}",
        pull_request.reference(&repository.name)
    ));
    Ok(pull_request.url)
}

/// The text of the pull request.
fn body(prepared: &PreparedImport) -> String {
    if prepared.others.is_empty() {
        let plan = &prepared.plan;
        return format!(
            "Imports {} with the pack {}. Merging it makes the first release.\n",
            plan.app, plan.pack.name
        );
    }
    let apps = prepared.plans().map(|plan| {
        let (app, site) = (&plan.app, plan.site());
        format!(
            "- {app} in `{}`, with the pack {}\n",
            site.dir(),
            plan.pack.name
        )
    });
    format!(
        "Imports these apps; merging it makes their first releases.\n\n{}",
        apps.collect::<String>()
    )
}

/// Refuses to go on with what is another import than the one that has begun.
pub(super) fn check_same(look: &Look, wishes: &Wishes, pending: &Pending) -> Result<(), Failure> {
    if let Some((given, begun, flag)) = contradiction(look, wishes, &pending.prepared) {
        return Err(look::refuse(format!(
            "an import with {begun} has begun here, and {flag} says {given}"
        ))
        .exit(Exit::Conflict)
        .hint(format!("run it without {flag} to finish what has begun"))
        .hint("or take it back, `landfall import --undo`, and start anew"));
    }
    let branch = pending.branch().map_err(anyhow::Error::new)?;
    if ![&pending.before.branch, &branch].contains(&&look.branch) {
        return Err(look::refuse(format!(
            "an import has begun on the branch {branch}, and {} is checked out",
            look.branch
        ))
        .exit(Exit::Conflict)
        .hint(format!("git switch {}", pending.before.branch)));
    }
    Ok(())
}

/// The first wish that says another thing than the import that has begun: what is given, what has begun, and the flag.
fn contradiction(
    look: &Look,
    wishes: &Wishes,
    prepared: &PreparedImport,
) -> Option<(String, String, String)> {
    let is_begun = |dir: &str| {
        let below = Site::new(&format!("{}{}", look.scope.prefix(), Site::new(dir).dir()));
        let sites = [Site::new(dir), below];
        prepared.plans().any(|plan| sites.contains(&plan.site()))
    };
    if let Choice::Named(dirs) = &wishes.choice
        && let Some(other) = dirs.iter().find(|dir| !is_begun(dir))
    {
        let begun = prepared.plans().map(|plan| plan.site().dir().to_owned());
        let begun = begun.collect::<Vec<_>>().join(", ");
        return Some((other.clone(), begun, "--app".to_owned()));
    }
    let plan = &prepared.plan;
    let branch = plan.branch.clone().unwrap_or_default();
    let whole = [
        (&wishes.repository, plan.repository(), "--name"),
        (&wishes.org, &plan.org, "--org"),
        (&wishes.branch, &branch, "--branch"),
    ]
    .into_iter()
    .filter_map(|(given, begun, flag)| Some((given.clone()?, begun.to_owned(), flag.to_owned())));
    let each = prepared.plans().flat_map(|plan| {
        let wish = wishes.for_app(&plan.site());
        let pack = wish.pack.as_ref().and_then(PackWish::name);
        let name = wish.name.filter(|_| prepared.others.is_empty());
        let flags = [
            (pack.map(str::to_owned), &plan.pack.name, "--pack"),
            (name, &plan.app, "--name"),
        ]
        .into_iter()
        .filter_map(|(given, begun, flag)| Some((given?, begun.clone(), flag.to_owned())));
        let set = wish.answers.iter().map(|(name, given)| {
            let begun = plan.values.iter().find(|value| value.name == *name);
            let begun = begun.map(PlanValue::shown).unwrap_or_default();
            (given.clone(), begun, format!("--set {name}"))
        });
        flags.chain(set).collect::<Vec<_>>()
    });
    whole.chain(each).find(|(given, begun, _)| given != begun)
}

/// Does what an interrupted import has left to do.
pub(super) async fn go_on(
    context: &Context<'_>,
    look: &Look,
    pending: &Pending,
) -> Result<Option<String>, Failure> {
    look::check_writable(context, look, &pending.prepared)?;
    wait_for_git(&look.checkout).await;
    remove_half_written(&look.root, &pending.prepared)?;
    if let Ok(pull_request) = apply(context, &look.root, pending) {
        return Ok(pull_request);
    }
    // The git program that a killed import leaves may have done the same step at the same moment. It has ended soon; what
    // stays wrong then is said.
    tokio::time::sleep(GIT_PAUSE).await;
    wait_for_git(&look.checkout).await;
    apply(context, &look.root, pending)
}

/// How long the git program of a killed import may go on.
const GIT_LIMIT: Duration = Duration::from_secs(5);

/// The pause before a step is tried again that may have been done twice at once.
pub(super) const GIT_PAUSE: Duration = Duration::from_millis(500);

/// Waits while the git program of the interrupted import still works: it outlives a landfall that is killed. One that
/// died, too, leaves its lock; then git says what to do about it.
pub(super) async fn wait_for_git(checkout: &Checkout) {
    let locks = [
        checkout.git_folder.join("index.lock"),
        checkout.git_folder.join("HEAD.lock"),
        checkout.shared_folder.join("config.lock"),
    ];
    let begun = Instant::now();
    while locks.iter().any(|lock| lock.exists()) && begun.elapsed() < GIT_LIMIT {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Removes the file that was being written when the import was interrupted; it would stand among the user's for ever.
pub(super) fn remove_half_written(root: &Path, prepared: &PreparedImport) -> Result<(), Failure> {
    let folders: BTreeSet<PathBuf> = prepared
        .paths()
        .filter_map(|path| Some(root.join(path).parent()?.to_owned()))
        .collect();
    for folder in folders {
        files::remove_half_written(&folder)?;
    }
    Ok(())
}

/// The branch that a checkout is on.
pub(super) fn branch_of(head: &Head) -> Option<(&BranchName, &CommitId)> {
    match head {
        Head::Branch { branch, commit } => Some((branch, commit)),
        _ => None,
    }
}
