//! What an import has to know about the repository and the forge before it plans, and the states in which it refuses.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::failure::{Code, Exit, Failure};
use crate::pack::{Action, ImportPlan, Pending, PlanRemote, PreparedImport, Site};
use crate::ports::forge::RepositoryName;
use crate::ports::git::{BranchName, Checkout, CommitId, Head, RemoteUrl};

/// A repository that can be imported.
#[derive(Debug)]
pub(super) struct Look {
    /// The top of the checkout.
    pub(super) root: PathBuf,
    /// The folder of it that is looked at.
    pub(super) scope: Site,
    /// The branch that is checked out.
    pub(super) branch: BranchName,
    /// Its commit.
    pub(super) commit: CommitId,
    /// Owner and name of the repository that `origin` leads to.
    pub(super) remote_name: Option<(String, String)>,
    pub(super) checkout: Checkout,
}

impl Look {
    /// Converts the repository's charts, on request.
    pub(super) fn convert_charts(
        &self,
        context: &Context<'_>,
        dry_run: bool,
    ) -> Result<(), Failure> {
        super::super::convert_charts::run(context, &self.checkout, &self.root, dry_run)
    }
}

/// Reads the state of the repository at `folder` and refuses the states that an import could spoil.
pub(super) fn look(context: &Context<'_>, folder: &Path) -> Result<Look, Failure> {
    let git = &context.ports.git;
    git.version()?;
    crate::files::check_folder(folder)?;
    let Some(checkout) = git.discover(folder)? else {
        return Err(
            refuse(format!("{} is not in a Git repository", folder.display()))
                .hint("git init && git add . && git commit --message \"Start\""),
        );
    };
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let root = checkout
        .root
        .canonicalize()
        .unwrap_or_else(|_| checkout.root.clone());
    let scope = folder.strip_prefix(&root).ok().and_then(Path::to_str);
    let scope = scope.map(Site::new).ok_or_else(|| {
        refuse(format!(
            "{} is inside the repository {}, and its path is not UTF-8 text",
            folder.display(),
            root.display()
        ))
    })?;
    let (branch, commit) = match &checkout.head {
        Head::Branch { branch, commit } => (branch.clone(), commit.clone()),
        Head::Unborn { branch } => {
            return Err(refuse(format!("the branch {branch} has no commit yet"))
                .hint("git add . && git commit --message \"Start\""));
        }
        Head::Detached { commit } => {
            return Err(refuse(format!(
                "no branch is checked out: HEAD is at {}",
                commit.short()
            ))
            .hint("git switch main, or git switch --create a-name"));
        }
    };
    if let Some(work) = checkout.under_way {
        return Err(refuse(format!("a {work} is under way"))
            .hint("finish or abort it first; `git status` says how"));
    }
    if checkout.is_shallow {
        return Err(refuse(
            "the history of this clone is cut off, and a release needs all of it".to_owned(),
        )
        .hint("git fetch --unshallow"));
    }
    git.identity(&root)?;
    let remote_name = checkout
        .remote("origin")
        .and_then(|remote| remote.url.as_ref())
        .and_then(RemoteUrl::owner_and_name)
        .filter(|(owner, name)| RepositoryName::new(owner, name).is_ok());
    Ok(Look {
        root,
        scope,
        branch,
        commit,
        remote_name,
        checkout,
    })
}

pub(super) fn refuse(message: String) -> Failure {
    Failure::new(message).code(Code::NOT_IMPORTABLE)
}

/// The remote to push to: `origin` where it is free or leads to the local forge already, else one of our own beside it.
pub(super) fn remote(
    context: &Context<'_>,
    look: &Look,
    name: &RepositoryName,
) -> Result<PlanRemote, Failure> {
    let path = context
        .home()
        .forge()
        .join(name.owner())
        .join(format!("{}.git", name.name()));
    let url = RemoteUrl::of_path(&path).map_err(anyhow::Error::new)?;
    let there = |remote: &str| look.checkout.remote(remote);
    let leads_here =
        |remote: &str| there(remote).is_some_and(|remote| remote.url.as_ref() == Some(&url));
    let planned = |remote: &str, because: String| PlanRemote {
        name: remote.to_owned(),
        url: url.as_git().to_owned(),
        because,
    };
    if there("origin").is_none() {
        return Ok(planned("origin", "there is no remote yet".to_owned()));
    }
    if leads_here("origin") {
        return Ok(planned(
            "origin",
            "it leads to the local forge already".to_owned(),
        ));
    }
    if there("landfall").is_some() && !leads_here("landfall") {
        return Err(
            refuse("the remotes origin and landfall both lead elsewhere".to_owned())
                .hint("rename the second one: git remote rename landfall another-name"),
        );
    }
    Ok(planned(
        "landfall",
        "origin leads elsewhere and stays as it is".to_owned(),
    ))
}

/// Refuses when the user has changes of their own in a path that the plan writes; other changes are none of its business.
pub(super) fn check_clean(
    context: &Context<'_>,
    look: &Look,
    prepared: &PreparedImport,
) -> Result<(), Failure> {
    let dirty = context.ports.git.dirty_paths(&look.root)?;
    let mut own = dirty
        .iter()
        .filter(|dirty| prepared.paths().any(|path| dirty.path == Path::new(path)));
    if let Some(dirty) = own.next() {
        return Err(refuse(format!(
            "{} has changes that are not committed, and the plan writes it",
            dirty.path.display()
        ))
        .hint("commit or stash them first"));
    }
    if !dirty.is_empty() {
        let files = crate::ui::count(dirty.len(), "file");
        context.ui.say(format!(
            "{files} with changes of yours stay as they are and are not committed"
        ));
    }
    Ok(())
}

/// Refuses when a file of the plan, or the commit, could not be written. Asks only; nothing is written for it.
pub(super) fn check_writable(
    context: &Context<'_>,
    look: &Look,
    prepared: &PreparedImport,
) -> Result<(), Failure> {
    for path in prepared.paths() {
        crate::files::check_replace(&look.root.join(path))?;
    }
    Ok(context.ports.git.check_writable(&look.checkout)?)
}

/// Refuses when the forge has another repository of that name: one whose branch is not part of this history; or one that is called
/// as a new app in a folder.
pub(super) fn check_forge(
    context: &Context<'_>,
    look: &Look,
    prepared: &PreparedImport,
) -> Result<(), Failure> {
    for plan in prepared.plans().filter(|plan| is_new_in_folder(plan)) {
        let name = RepositoryName::new(&plan.org, &plan.app).map_err(anyhow::Error::new)?;
        if plan.app != plan.repository() && context.ports.forge.repository(&name)?.is_some() {
            return Err(Failure::new(format!(
                "the local forge has a repository {name}, whose app is called {}, too",
                plan.app
            ))
            .code(Code::NOT_IMPORTABLE)
            .exit(Exit::Conflict)
            .hint(format!(
                "choose another name: --app {}=NAME",
                plan.site().dir()
            )));
        }
    }
    let Some(there) = published(context, prepared, &look.branch)? else {
        return Ok(());
    };
    let ours = context
        .ports
        .objects
        .is_ancestor(&look.root, &there, &look.commit)
        .unwrap_or(false);
    if ours {
        return Ok(());
    }
    let plan = &prepared.plan;
    Err(Failure::new(format!(
        "the local forge has another repository called {}/{}",
        plan.org,
        plan.repository()
    ))
    .code(Code::NOT_IMPORTABLE)
    .exit(Exit::Conflict)
    .hint("choose another name with --name, or another owner with --org"))
}

/// Whether this adds an app in a folder.
fn is_new_in_folder(plan: &ImportPlan) -> bool {
    let site = plan.site();
    let record = site.record();
    let mut files = plan.files.iter();
    !site.is_top() && files.any(|file| file.path == record && file.action == Action::Add)
}

/// What was released under the name of a new app in a folder, by another repository, or by an import that was taken back.
pub(super) fn other_releases(
    context: &Context<'_>,
    prepared: &PreparedImport,
) -> Result<Vec<String>, Failure> {
    let mut warnings = Vec::new();
    for plan in prepared.plans().filter(|plan| is_new_in_folder(plan)) {
        let known = context.ports.artifacts.chart_versions(&plan.app)?;
        if let Some(newest) = known.first() {
            warnings.push(format!(
                "a chart {} {newest} was released already, by another repository or by an import that was taken back; --app {}=NAME names the app otherwise",
                plan.app,
                plan.site().dir()
            ));
        }
    }
    Ok(warnings)
}

/// Whether the forge has the branch, in this history or ahead of it.
pub(super) fn is_published(
    context: &Context<'_>,
    look: &Look,
    prepared: &PreparedImport,
) -> Result<bool, Failure> {
    let there = published(context, prepared, &look.branch)?;
    Ok(there.is_some() && look.checkout.remote(&prepared.plan.remote.name).is_some())
}

/// The commit of a branch on the forge.
pub(super) fn published(
    context: &Context<'_>,
    prepared: &PreparedImport,
    branch: &BranchName,
) -> Result<Option<CommitId>, Failure> {
    let name = RepositoryName::new(&prepared.plan.org, prepared.plan.repository())
        .map_err(anyhow::Error::new)?;
    let Some(repository) = context.ports.forge.repository(&name)? else {
        return Ok(None);
    };
    Ok(context
        .ports
        .objects
        .resolve(&repository.path()?, &branch.reference())?)
}

/// Refuses a new branch that is there already, here or on the forge.
pub(super) fn check_new_branch(
    context: &Context<'_>,
    look: &Look,
    prepared: &PreparedImport,
) -> Result<(), Failure> {
    let Some(name) = &prepared.plan.branch else {
        return Ok(());
    };
    let branch: BranchName = name.parse().map_err(anyhow::Error::new)?;
    let objects = &context.ports.objects;
    let here = objects.resolve(&look.root, &branch.reference())?;
    let where_it_is = if here.is_some() {
        "here"
    } else if published(context, prepared, &branch)?.is_some() {
        "on the local forge"
    } else {
        return Ok(());
    };
    Err(
        refuse(format!("there is a branch {branch} {where_it_is} already")).hint(
            "give another name with --branch, or switch to that branch and import without --branch",
        ),
    )
}

/// The paths of the plan that are written and not in a commit of the branch at `head` yet.
pub(super) fn uncommitted(
    context: &Context<'_>,
    root: &Path,
    head: &CommitId,
    pending: &Pending,
) -> Result<Vec<PathBuf>, Failure> {
    let objects = &context.ports.objects;
    let mut paths = Vec::new();
    for path in pending.prepared.paths() {
        let there = objects.read_file(root, head, path)?;
        // What is written anew is in the commit before, too, with another text.
        let is_old = there.is_some()
            && pending.prepared.replaces.contains_key(path)
            && there == objects.read_file(root, &pending.before.commit, path)?;
        if there.is_none() || is_old {
            paths.push(PathBuf::from(path));
        }
    }
    Ok(paths)
}
