//! `landfall import`: look, plan, show, then touch.

mod look;
mod questions;
mod show;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::context::Context;
use crate::failure::{Code, Exit, Failure, Kind};
use crate::files;
use crate::files::{FileError, Lock};
use crate::pack::detect::{Detection, Outcome, detect};
use crate::pack::{self, Catalog, ImportPlan, Pending, PlanInput, PlanValue, PreparedImport};
use crate::ports::forge::RepositoryName;
use crate::ports::git::{Push, PushOutcome, RemoteName, RemoteUrl};
use crate::project::{AppName, Project};
use crate::ui::output::{OutputArgs, OutputFormat};

use super::local_platform::ensure_running;
use super::pack::source;
use look::Look;

/// How long an import waits for another one into the same checkout.
const LOCK_WAIT: Duration = Duration::from_mins(1);

/// Import a repository: build pack, chart, pipelines, and its first release
///
/// Detects what the repository is, shows the plan with a reason for each value, and after a yes writes the files, makes
/// one commit of exactly these, creates the repository on the local forge and pushes the branch, which runs the first
/// pipeline. Files that are there already are never changed. A second import changes nothing, and an interrupted one
/// goes on when the same command is given again.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  landfall import --dry-run
  landfall import --pack go --batch-mode
  landfall import ~/src/shop --name shop --org acme")]
pub struct ImportArgs {
    /// The repository
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Use this pack instead of the detected one: a name, ./FOLDER, or URL[//DIR][@REVISION] of a Git repository
    #[arg(long, value_name = "PACK")]
    pack: Option<String>,
    /// Call the app so
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The owner of the repository on the forge
    #[arg(long, value_name = "OWNER")]
    org: Option<String>,
    /// Set a value of the plan, such as a variable of the pack (repeatable)
    #[arg(long, value_name = "NAME=VALUE", value_parser = answer)]
    set: Vec<(String, String)>,
    /// First bring Knative Services of an old chart into the form of today, in a commit of their own
    #[arg(long)]
    convert_charts: bool,
    /// Show the plan and change nothing anywhere
    #[arg(long)]
    dry_run: bool,
    /// Take back what an import did (not there yet)
    #[arg(long, hide = true)]
    undo: bool,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

fn answer(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .ok_or_else(|| "NAME=VALUE is expected".to_owned())
}

pub(super) async fn run(context: &Context<'_>, args: &ImportArgs) -> Result<Exit, Failure> {
    if args.undo {
        return Err(Failure::not_there_yet("`landfall import --undo`")
            .hint("before the push, `git reset --hard HEAD~1` takes the import commit back"));
    }
    // Without a `.` at the end, as people write paths.
    let folder: PathBuf = context.current_dir().join(&args.dir).components().collect();
    let mut look = look::look(context, &folder)?;
    // One at a time; who comes second finds the work of the first.
    let mut held = None;
    if !args.dry_run {
        held = Some(wait_for_others(context, &look)?);
        look = look::look(context, &folder)?;
    }
    if args.convert_charts {
        look.convert_charts(context, args.dry_run)?;
        look = look::look(context, &folder)?;
    }
    let done = import(context, args, &look).await;
    drop(held);
    done
}

/// Waits for another import into the same checkout, and says so.
fn wait_for_others(context: &Context<'_>, look: &Look) -> Result<Lock, Failure> {
    let folder = context.home().locks();
    match Pending::lock(&folder, &look.root, Duration::ZERO) {
        Err(FileError::Locked { holder, .. }) => {
            context.ui.say(format!(
                "waiting for another import into this repository: {holder}"
            ));
            Ok(Pending::lock(&folder, &look.root, LOCK_WAIT)?)
        }
        held => Ok(held?),
    }
}

async fn import(context: &Context<'_>, args: &ImportArgs, look: &Look) -> Result<Exit, Failure> {
    if let Some(pending) = Pending::read(&look.root)? {
        return go_on(context, args, look, &pending.prepared).await;
    }
    let (prepared, detection) = decide(context, args, look)?;
    if args.dry_run {
        // Looking is allowed anywhere.
        if !prepared.contents.is_empty()
            && let Err(failure) = look::check_writable(context, look, &prepared)
        {
            context.ui.warn(failure.chain().join(": "));
        }
        return show_plan(context, args, &prepared);
    }
    if prepared.contents.is_empty() && look::is_published(context, look, &prepared)? {
        context.ui.say(format!(
            "{} is imported already; nothing to do",
            prepared.plan.app
        ));
        return finish(context, args, &prepared).await;
    }
    look::check_writable(context, look, &prepared)?;
    look::check_clean(context, look, &prepared)?;
    look::check_forge(context, look, &prepared)?;
    context.ui.say(show::plan(&prepared, false).trim_end());
    if let Some(note) = show::note(&detection, &prepared) {
        context.ui.warn(note);
    }
    if !context.ui.confirm("Import it so?", true, "--batch-mode")? {
        context.ui.say("nothing was changed");
        return Ok(Exit::Done);
    }
    let pending = Pending { prepared };
    pending.write(&look.root)?;
    apply(context, look, &pending.prepared)?;
    finish(context, args, &pending.prepared).await
}

/// Reads the repository and decides everything. Touches nothing.
fn decide(
    context: &Context<'_>,
    args: &ImportArgs,
    look: &Look,
) -> Result<(PreparedImport, Detection), Failure> {
    let catalog = Catalog::load(context.settings.packs.value.as_deref())?;
    // A wrong name is said before anything is searched.
    let given = args
        .pack
        .as_deref()
        .map(|name| source::open(context, &catalog, name))
        .transpose()?;
    let name = args.name.as_deref().map(AppName::parse).transpose()?;
    let project = Project::load(&look.root)?;
    let record = pack::read_record(&project);
    let detection = detect(&project, &catalog.rules());

    if let (Some(pack), Some(record)) = (&given, &record) {
        source::check_pin(&record.pack, pack)?;
    }
    let (pack, pack_because) = match (given, &record) {
        (Some(pack), _) => (pack, "--pack is given".to_owned()),
        (None, Some(record)) => (
            source::recorded(context, &catalog, &record.pack)?,
            "an earlier import used it".to_owned(),
        ),
        (None, None) => {
            let candidate = look::chosen(&detection)?;
            (catalog.resolve(&candidate.pack)?, look::because(candidate))
        }
    };
    let app = match (name, &record) {
        (Some(name), _) => (name, "--name is given".to_owned()),
        (None, Some(record)) => (
            AppName::parse(&record.app)?,
            "an earlier import used it".to_owned(),
        ),
        (None, None) => project
            .suggested_name(look.remote_name.as_ref().map(|(_, name)| name.as_str()))
            .map(|(name, because)| (name, because.to_owned()))
            .ok_or_else(|| {
                Failure::usage(
                    "neither the remote nor the folder has a name that an app could have",
                )
                .code(Code::BAD_NAME)
                .hint("give one with --name")
            })?,
    };
    let org = match (&args.org, &record, &look.remote_name) {
        (Some(org), ..) => (org.to_lowercase(), "--org is given".to_owned()),
        (None, Some(record), _) => (record.org.clone(), "an earlier import used it".to_owned()),
        (None, None, Some((owner, _))) => (
            owner.to_lowercase(),
            "the owner of the remote repository".to_owned(),
        ),
        (None, None, None) => (
            context.settings.org.value.clone(),
            format!("the setting org ({})", context.settings.org.origin),
        ),
    };
    let repository = RepositoryName::new(&org.0, app.0.as_str()).map_err(|error| {
        Failure::from(anyhow::Error::new(error))
            .kind(Kind::Usage)
            .exit(Exit::Usage)
            .hint("give another owner with --org")
    })?;
    let input = PlanInput {
        remote: look::remote(context, look, &repository)?,
        app,
        org,
        branch: (look.branch.to_string(), "it is checked out".to_owned()),
        pack_because,
        answers: questions::ask(context, &pack, record.as_ref(), &args.set)?,
    };
    Ok((pack::plan(&project, &detection, &pack, &input)?, detection))
}

/// Continues an import that was interrupted.
async fn go_on(
    context: &Context<'_>,
    args: &ImportArgs,
    look: &Look,
    prepared: &PreparedImport,
) -> Result<Exit, Failure> {
    let plan = &prepared.plan;
    if let Some((given, begun, flag)) = contradiction(args, plan) {
        let place = Pending::place(&look.root)?;
        return Err(Failure::new(format!(
            "an import with {begun} has begun here, and {flag} says {given}"
        ))
        .code(Code::NOT_IMPORTABLE)
        .exit(Exit::Conflict)
        .hint(format!("run it without {flag} to finish what has begun"))
        .hint(format!(
            "or remove {} and the files it wrote, and start anew",
            place.display()
        )));
    }
    if args.dry_run {
        context
            .ui
            .say("an interrupted import goes on with this plan");
        return show_plan(context, args, prepared);
    }
    context.ui.say(format!(
        "going on with the interrupted import of {}",
        plan.app
    ));
    look::check_writable(context, look, prepared)?;
    wait_for_git(look).await;
    remove_half_written(look, prepared)?;
    if apply(context, look, prepared).is_err() {
        // The git program that a killed import leaves may have done the same step at the same moment. It has ended
        // soon; what stays wrong then is said.
        tokio::time::sleep(GIT_PAUSE).await;
        wait_for_git(look).await;
        apply(context, look, prepared)?;
    }
    finish(context, args, prepared).await
}

/// How long the git program of a killed import may go on.
const GIT_LIMIT: Duration = Duration::from_secs(5);

/// The pause before a step is tried again that may have been done twice at once.
const GIT_PAUSE: Duration = Duration::from_millis(500);

/// Waits while the git program of the interrupted import still works: it outlives a landfall that is killed. One that
/// died, too, leaves its lock; then git says what to do about it.
async fn wait_for_git(look: &Look) {
    let locks = ["index.lock", "config.lock"].map(|lock| look.root.join(".git").join(lock));
    let begun = Instant::now();
    while locks.iter().any(|lock| lock.exists()) && begun.elapsed() < GIT_LIMIT {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Removes the file that was being written when the import was interrupted; it would stand among the user's for ever.
fn remove_half_written(look: &Look, prepared: &PreparedImport) -> Result<(), Failure> {
    let folders: BTreeSet<PathBuf> = prepared
        .paths()
        .filter_map(|path| Some(look.root.join(path).parent()?.to_owned()))
        .collect();
    for folder in folders {
        files::remove_half_written(&folder)?;
    }
    Ok(())
}

/// The name that --pack gives; a folder or an address does not say it.
fn given_pack(args: &ImportArgs) -> Option<String> {
    let is_name = |pack: &&String| !pack.contains(['/', ':', '.']);
    args.pack.as_ref().filter(is_name).cloned()
}

/// The first flag that says another thing than the plan that has begun: what is given, what has begun, and the flag.
fn contradiction(args: &ImportArgs, plan: &ImportPlan) -> Option<(String, String, String)> {
    let pack = given_pack(args);
    let flags = [
        (&pack, &plan.pack.name, "--pack"),
        (&args.name, &plan.app, "--name"),
        (&args.org, &plan.org, "--org"),
    ]
    .into_iter()
    .filter_map(|(given, begun, flag)| Some((given.clone()?, begun.clone(), flag.to_owned())));
    let set = args.set.iter().map(|(name, given)| {
        let begun = plan.values.iter().find(|value| value.name == *name);
        let begun = begun.map(PlanValue::shown).unwrap_or_default();
        (given.clone(), begun, format!("--set {name}"))
    });
    flags.chain(set).find(|(given, begun, _)| given != begun)
}

/// Does what the plan says. Every step is done once only, so that it can be called again after any interruption.
fn apply(context: &Context<'_>, look: &Look, prepared: &PreparedImport) -> Result<(), Failure> {
    let plan = &prepared.plan;
    let git = &context.ports.git;
    pack::write(&look.root, prepared)?;
    for path in prepared.paths() {
        context.ui.verbose(format!("wrote {path}"));
    }
    let paths = look::uncommitted(context, look, prepared)?;
    if let (Some(message), false) = (&plan.commit, paths.is_empty()) {
        let commit = git.commit(&look.root, &paths, message)?;
        context.ui.say(format!(
            "committed {} files as {}",
            paths.len(),
            commit.short()
        ));
    }
    let name = RepositoryName::new(&plan.org, &plan.app).map_err(anyhow::Error::new)?;
    let repository = context.ports.forge.create_repository(&name)?;
    let remote: RemoteName = plan.remote.name.parse().map_err(anyhow::Error::new)?;
    let url: RemoteUrl = plan.remote.url.parse().map_err(anyhow::Error::new)?;
    git.add_remote(&look.root, &remote, &url)?;
    let outcome = git.push(
        &look.root,
        &Push {
            remote,
            reference: look.branch.reference(),
            set_upstream: plan.remote.name == "origin",
            expected: None,
        },
    )?;
    if outcome == PushOutcome::Pushed {
        context.ui.say(format!(
            "pushed {} to {} ({})",
            look.branch, repository.name, plan.remote.name
        ));
    }
    Pending::remove(&look.root)?;
    Ok(())
}

/// The plan as the answer.
fn show_plan(
    context: &Context<'_>,
    args: &ImportArgs,
    prepared: &PreparedImport,
) -> Result<Exit, Failure> {
    match args.output.output {
        format @ (None | Some(OutputFormat::Wide)) => {
            context.ui.answer(&show::plan(prepared, format.is_some()))?;
        }
        Some(OutputFormat::Name) => {
            let name = format!("app/{}\n", prepared.plan.app);
            context.ui.answer(&name)?;
        }
        Some(format) => context.ui.document(format, &prepared.plan)?,
    }
    Ok(Exit::Done)
}

/// Has the pipeline run, and says where the app will be and what to type next.
async fn finish(
    context: &Context<'_>,
    args: &ImportArgs,
    prepared: &PreparedImport,
) -> Result<Exit, Failure> {
    let plan = &prepared.plan;
    let platform = ensure_running(context).await?;
    context.ports.platform.nudge().await;
    if platform.is_none() {
        context
            .ui
            .say("the pipeline runs when the local platform does: `landfall up`");
    }
    let port = platform.map_or(context.settings.port.value, |status| status.port);
    match args.output.output {
        None | Some(OutputFormat::Wide) => {
            let url = format!("http://{}.staging.localhost:{port}\n", plan.app);
            context.ui.answer(&url)?;
        }
        Some(_) => return show_plan(context, args, prepared),
    }
    context.ui.say("Next:");
    context.ui.say(format!(
        "  landfall get activities --filter {} --watch",
        plan.app
    ));
    context.ui.say("  landfall promote --env production");
    Ok(Exit::Done)
}

/// No pack, or several applications: the failure that says so.
fn undecided(detection: &Detection) -> Option<Failure> {
    match detection.outcome {
        Outcome::One => None,
        Outcome::None => Some(super::detect::nothing_fits(detection)),
        Outcome::Many => {
            let apps: Vec<String> = detection
                .apps
                .iter()
                .map(|app| format!("{} ({})", app.dir, app.pack))
                .collect();
            Some(
                Failure::new(format!("there are several applications here: {}", apps.join(", ")))
                    .code(Code::NO_PACK)
                    .exit(Exit::Usage)
                    .hint("importing one application of several is not there yet; one pack for the whole repository can be chosen with --pack"),
            )
        }
    }
}
