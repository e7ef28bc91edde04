//! `landfall import`: look, plan, show, then touch.

mod carry_out;
mod choose;
mod decide;
mod given_plan;
mod look;
mod names;
mod questions;
mod show;
mod source;
mod talk;
mod undo;
mod wishes;

use std::num::NonZeroU16;
use std::path::PathBuf;
use std::time::Duration;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::files::{FileError, Lock};
use crate::pack::{Pending, PlanValue, PreparedImport, Site};
use crate::ui::output::{OutputArgs, OutputFormat};

use super::local_platform::ensure_running;
use decide::{Decision, decide};
use look::Look;
use wishes::Wishes;

/// How long an import waits for another one into the same checkout.
const LOCK_WAIT: Duration = Duration::from_mins(1);

/// Import a repository: build pack, chart, pipelines, and its first release
///
/// Detects what the repository is, shows the plan with a reason for each value, and after a yes writes the files, makes
/// one commit of exactly these, creates the repository on the local forge and pushes the branch, which runs the first
/// pipeline. Files that are there already are never changed. A second import changes nothing but what a value that is
/// given changes, an interrupted one goes on when the same command is given again, and --undo takes the last one back.
///
/// A repository may hold several apps, each in a folder. DIR may be such a folder. At the top, all that are found are offered
/// for choice; --app or --all choose beforehand. They get one plan, one commit and one repository on the forge; a push
/// releases the apps whose files it changes.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  landfall import --dry-run
  landfall import --pack go --batch-mode
  landfall import ~/src/shop --name shop --org acme
  landfall import https://github.com/acme/shop
  landfall import --dry-run -o json >plan.json; landfall import --plan plan.json --yes
  landfall import --branch landfall
  landfall import services/cart
  landfall import --all --batch-mode
  landfall import --app services/cart --app apps/web=shop-web --set apps/web:port=3000
  landfall import --undo")]
pub struct ImportArgs {
    /// The repository or the folder of one of its apps, or an address that is cloned below the current folder
    #[arg(value_name = "DIR|URL", default_value = ".")]
    source: PathBuf,
    /// Use this pack instead of the detected one: a name, ./FOLDER, or URL//DIR@REVISION of a Git repository
    #[arg(long, value_name = "PACK")]
    pack: Option<String>,
    /// Import the app in this folder, and call it so (repeatable)
    #[arg(long, value_name = "DIR[=NAME]", value_parser = app)]
    app: Vec<(String, Option<String>)>,
    /// Import every app that is found, and those that --app names
    #[arg(long)]
    all: bool,
    /// Call the app so; with several apps, --app or --all, the repository
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The owner of the repository on the forge
    #[arg(long, value_name = "OWNER")]
    org: Option<String>,
    /// Set a value of the plan, such as a variable of the pack, of the app in DIR where there are several (repeatable)
    #[arg(long, value_name = "[DIR:]NAME=VALUE", value_parser = answer)]
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
    #[arg(long, value_name = "FILE", conflicts_with_all = ["pack", "name", "org", "set", "port", "deploy_kind", "branch", "app", "all"])]
    plan: Option<PathBuf>,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    /// Show the plan and change nothing anywhere
    #[arg(long)]
    dry_run: bool,
    /// Take back what the last import did here, done or half done
    #[arg(long, conflicts_with_all = ["pack", "name", "org", "set", "port", "deploy_kind", "branch", "app", "all", "plan"])]
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

fn app(text: &str) -> Result<(String, Option<String>), String> {
    let (dir, name) = match text.split_once('=') {
        Some((dir, name)) => (dir, Some(name.to_owned())),
        None => (text, None),
    };
    if dir.is_empty() || name.as_ref().is_some_and(String::is_empty) {
        return Err("DIR or DIR=NAME is expected".to_owned());
    }
    Ok((dir.to_owned(), name))
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
    let mut wishes = Wishes::of(args, given.as_deref());
    if let Some(pending) = Pending::read(&look.root)? {
        return go_on(context, args, look, &wishes, pending).await;
    }
    // Taking back was interrupted after the import had been done.
    if Pending::read_done(&look.root)?.is_some_and(|done| done.is_undone) {
        return Err(undo::has_begun());
    }
    let catalog = decide::check_words(context, &wishes)?;
    let survey = choose::survey(context, look, catalog)?;
    let chosen = choose::apps(context, look, &survey, &wishes)?;
    let sites: Vec<Site> = chosen.iter().map(|app| app.site.clone()).collect();
    wishes.settle(&look.scope, &sites)?;
    let mut decision = match &given {
        Some(given) => given_plan::decide(context, look, &survey, &chosen, &mut wishes, given)?,
        None => decide(context, look, &survey, &chosen, &wishes)?,
    };
    // A question of the pack is asked once.
    for app in &decision.apps {
        wishes.of_app(&app.site).answers.extend(app.asked.clone());
    }
    if args.dry_run {
        // Looking is allowed anywhere.
        if !decision.prepared.contents.is_empty()
            && let Err(failure) = look::check_writable(context, look, &decision.prepared)
        {
            context.ui.warn(failure.chain().join(": "));
        }
        for warning in decision.apps.iter().flat_map(|app| &app.warnings) {
            context.ui.warn(warning);
        }
        return show_plan(context, args, &decision.prepared);
    }
    if is_done(context, look, &decision)? {
        for left in show::left_behind(&decision.prepared) {
            context.ui.warn(left);
        }
        let is_are = if sites.len() == 1 { "is" } else { "are" };
        context.ui.say(format!(
            "{} {is_are} imported already; nothing to do",
            decision.prepared.names()
        ));
        return finish(context, args, &decision.prepared, None).await;
    }
    check(context, look, &decision.prepared)?;
    for warning in look::other_releases(context, &decision.prepared)? {
        context.ui.warn(warning);
    }
    loop {
        context
            .ui
            .say(show::plan(&decision.prepared, false).trim_end());
        for note in show::notes(&decision) {
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
                decision =
                    talk::decide_again(context, look, &survey, &chosen, &mut wishes, decision);
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
        pending.prepared.names()
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
            let names = prepared.plans().map(|plan| &plan.app);
            context.ui.names("app", names)?;
        }
        Some(format) if prepared.others.is_empty() => {
            context.ui.document(format, &prepared.plan)?;
        }
        Some(format) => {
            let plans: Vec<_> = prepared.plans().collect();
            context.ui.list(format, &plans)?;
        }
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
            let urls = prepared
                .plans()
                .map(|plan| format!("http://{}.staging.localhost:{port}\n", plan.app));
            let answer = match pull_request {
                Some(url) => format!("{url}\n"),
                None => urls.collect(),
            };
            context.ui.answer(&answer)?;
        }
        Some(_) => return show_plan(context, args, prepared),
    }
    context.ui.say("Next:");
    context.ui.say(format!(
        "  landfall get activities --filter {} --watch",
        plan.repository()
    ));
    let base = plan.values.iter().find(|value| value.name == "branch");
    let base = base.map(PlanValue::shown).unwrap_or_default();
    match (&plan.branch, pull_request) {
        (Some(branch), Some(_)) => context.ui.say(format!(
            "  git switch {base} && git merge {branch} && git push {} {base}",
            plan.remote.name
        )),
        _ if plan.site().is_top() => context.ui.say("  landfall promote --env production"),
        _ => context
            .ui
            .say(format!("  landfall promote {} --env production", plan.app)),
    }
    context
        .ui
        .say("  landfall import --undo   (takes the import back)");
    Ok(Exit::Done)
}
