//! `landfall import`: look, plan, show, then touch.

mod carry_out;
mod decide;
mod given_plan;
mod look;
mod questions;
mod show;
mod source;
mod talk;
mod undo;

use std::num::NonZeroU16;
use std::path::PathBuf;
use std::time::Duration;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::files::{FileError, Lock};
use crate::pack::{Pending, PlanValue, PreparedImport};
use crate::ui::output::{OutputArgs, OutputFormat};

use super::local_platform::ensure_running;
use decide::{Decision, Wishes, decide};
use look::Look;

/// How long an import waits for another one into the same checkout.
const LOCK_WAIT: Duration = Duration::from_mins(1);

/// Import a repository: build pack, chart, pipelines, and its first release
///
/// Detects what the repository is, shows the plan with a reason for each value, and after a yes writes the files, makes
/// one commit of exactly these, creates the repository on the local forge and pushes the branch, which runs the first
/// pipeline. Files that are there already are never changed. A second import changes nothing but what a value that is
/// given changes, an interrupted one goes on when the same command is given again, and --undo takes the last one back.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  landfall import --dry-run
  landfall import --pack go --batch-mode
  landfall import ~/src/shop --name shop --org acme
  landfall import https://github.com/acme/shop
  landfall import --dry-run -o json >plan.json; landfall import --plan plan.json --yes
  landfall import --branch landfall
  landfall import --undo")]
pub struct ImportArgs {
    /// The repository: a folder, or an address that is cloned below the current folder
    #[arg(value_name = "DIR|URL", default_value = ".")]
    source: PathBuf,
    /// Use this pack instead of the detected one: a name, ./FOLDER, or URL//DIR@REVISION of a Git repository
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
    /// The port that the app listens on
    #[arg(long, value_name = "PORT")]
    port: Option<NonZeroU16>,
    /// Run it as a Knative Service, asleep when idle, or as a Deployment
    #[arg(long, value_name = "KIND", value_enum)]
    deploy_kind: Option<DeployKind>,
    /// Make the commit on this new branch, and open a pull request from it
    #[arg(long, value_name = "NAME")]
    branch: Option<String>,
    /// Do what this plan says, as `--dry-run -o json` printed it; - reads it from standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["pack", "name", "org", "set", "port", "deploy_kind", "branch"])]
    plan: Option<PathBuf>,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    /// Show the plan and change nothing anywhere
    #[arg(long)]
    dry_run: bool,
    /// Take back what the last import did here, done or half done
    #[arg(long, conflicts_with_all = ["pack", "name", "org", "set", "port", "deploy_kind", "branch", "plan"])]
    undo: bool,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// How the chart runs the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum DeployKind {
    /// A Knative Service
    Knative,
    /// A Deployment and a Service
    Default,
}

fn answer(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .ok_or_else(|| "NAME=VALUE is expected".to_owned())
}

pub(super) async fn run(context: &Context<'_>, args: &ImportArgs) -> Result<Exit, Failure> {
    let source = source::find(context, args)?;
    if args.undo {
        return undo::run(context, args, &source.folder).await;
    }
    let mut look = look::look(context, &source.folder)?;
    // One at a time; who comes second finds the work of the first.
    let mut held = None;
    if !args.dry_run {
        held = Some(wait_for_others(context, &look.root)?);
        look = look::look(context, &source.folder)?;
    }
    if args.convert_charts {
        look.convert_charts(context, args.dry_run)?;
        look = look::look(context, &source.folder)?;
    }
    let done = import(context, args, &look).await;
    drop(held);
    done
}

/// Waits for another import into the same checkout, and says so.
fn wait_for_others(context: &Context<'_>, root: &std::path::Path) -> Result<Lock, Failure> {
    let folder = context.home().locks();
    match Pending::lock(&folder, root, Duration::ZERO) {
        Err(FileError::Locked { holder, .. }) => {
            context.ui.say(format!(
                "waiting for another import into this repository: {holder}"
            ));
            Ok(Pending::lock(&folder, root, LOCK_WAIT)?)
        }
        held => Ok(held?),
    }
}

async fn import(context: &Context<'_>, args: &ImportArgs, look: &Look) -> Result<Exit, Failure> {
    let given = given_plan::read(context, args)?;
    let mut wishes = Wishes::of(args, given.as_ref());
    if let Some(pending) = Pending::read(&look.root)? {
        return go_on(context, args, look, &wishes, pending).await;
    }
    // Taking back was interrupted after the import had been done.
    if Pending::read_done(&look.root)?.is_some_and(|done| done.is_undone) {
        return Err(undo::has_begun());
    }
    let mut decision = match &given {
        Some(given) => given_plan::decide(context, look, &mut wishes, given)?,
        None => decide(context, look, &wishes)?,
    };
    // A question of the pack is asked once.
    wishes.answers.extend(decision.asked.clone());
    if args.dry_run {
        // Looking is allowed anywhere.
        if !decision.prepared.contents.is_empty()
            && let Err(failure) = look::check_writable(context, look, &decision.prepared)
        {
            context.ui.warn(failure.chain().join(": "));
        }
        return show_plan(context, args, &decision.prepared);
    }
    if is_done(context, look, &decision)? {
        for left in show::left_behind(&decision.prepared) {
            context.ui.warn(left);
        }
        context.ui.say(format!(
            "{} is imported already; nothing to do",
            decision.prepared.plan.app
        ));
        return finish(context, args, &decision.prepared, None).await;
    }
    check(context, look, &decision.prepared)?;
    loop {
        context
            .ui
            .say(show::plan(&decision.prepared, false).trim_end());
        if let Some(note) = show::note(&decision.detection, &decision.prepared) {
            context.ui.warn(note);
        }
        for left in show::left_behind(&decision.prepared) {
            context.ui.warn(left);
        }
        if args.yes || context.ui.is_batch() {
            break;
        }
        match talk::ask(context, &decision.prepared, &mut wishes)? {
            talk::Answer::Go => break,
            talk::Answer::Leave => return Ok(Exit::Done),
            talk::Answer::Changed => {
                decision = talk::decide_again(context, look, &mut wishes, decision);
            }
        }
    }
    check(context, look, &decision.prepared)?;
    let pending = carry_out::begin(context, look, decision.prepared)?;
    let pull_request = carry_out::apply(context, &look.root, &pending)?;
    finish(context, args, &pending.prepared, pull_request.as_deref()).await
}

/// Whether there is nothing to write and nothing to publish.
fn is_done(context: &Context<'_>, look: &Look, decision: &Decision) -> Result<bool, Failure> {
    Ok(decision.prepared.contents.is_empty()
        && look::is_published(context, look, &decision.prepared)?)
}

/// Refuses what could not be carried out.
fn check(context: &Context<'_>, look: &Look, prepared: &PreparedImport) -> Result<(), Failure> {
    look::check_writable(context, look, prepared)?;
    look::check_clean(context, look, prepared)?;
    look::check_new_branch(context, look, prepared)?;
    look::check_forge(context, look, prepared)
}

/// Continues an import that was interrupted.
async fn go_on(
    context: &Context<'_>,
    args: &ImportArgs,
    look: &Look,
    wishes: &Wishes,
    pending: Pending,
) -> Result<Exit, Failure> {
    if pending.is_undone {
        return Err(undo::has_begun());
    }
    carry_out::check_same(look, wishes, &pending)?;
    if args.dry_run {
        context
            .ui
            .say("an interrupted import goes on with this plan");
        return show_plan(context, args, &pending.prepared);
    }
    context.ui.say(format!(
        "going on with the interrupted import of {}",
        pending.prepared.plan.app
    ));
    let pull_request = carry_out::go_on(context, look, &pending).await?;
    finish(context, args, &pending.prepared, pull_request.as_deref()).await
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

/// Has the pipeline run, and says where the app will be, or the pull request is, and what to type next.
async fn finish(
    context: &Context<'_>,
    args: &ImportArgs,
    prepared: &PreparedImport,
    pull_request: Option<&str>,
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
            let url = pull_request.map_or_else(
                || format!("http://{}.staging.localhost:{port}\n", plan.app),
                |url| format!("{url}\n"),
            );
            context.ui.answer(&url)?;
        }
        Some(_) => return show_plan(context, args, prepared),
    }
    context.ui.say("Next:");
    context.ui.say(format!(
        "  landfall get activities --filter {} --watch",
        plan.app
    ));
    let base = plan.values.iter().find(|value| value.name == "branch");
    let base = base.map(PlanValue::shown).unwrap_or_default();
    match (&plan.branch, pull_request) {
        (Some(branch), Some(_)) => context.ui.say(format!(
            "  git switch {base} && git merge {branch} && git push {} {base}",
            plan.remote.name
        )),
        _ => context.ui.say("  landfall promote --env production"),
    }
    context
        .ui
        .say("  landfall import --undo   (takes the import back)");
    Ok(Exit::Done)
}
