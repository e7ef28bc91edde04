//! `landfall upgrade pack`: look, plan, show, then touch.

use std::path::PathBuf;
use std::time::Duration;

use crate::context::Context;
use crate::failure::{Code, Exit, Failure};
use crate::files;
use crate::pack::Pending;
use crate::pack::upgrade::{Journal, PreparedUpgrade};
use crate::ports::git::BranchName;
use crate::ui::count;
use crate::ui::output::{OutputArgs, OutputFormat};

use super::branch;
use super::look::{self, Look};
use super::show;

/// How long an upgrade waits for another one, or an import, in the same checkout.
const LOCK_WAIT: Duration = Duration::from_mins(1);

/// Merge a newer pack into what you made of the older one
///
/// What the newer pack changes is merged into the repository's files, three-way: your edits stay, files that you took away stay away.
/// Where you and the newer pack changed the same lines, both stand between git's conflict markers and the exit status is 6. A second
/// upgrade changes nothing, and an interrupted one goes on when the same command is given again.
///
/// Without --branch the files of the working tree are written, and committed when nothing conflicts.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  landfall upgrade pack --dry-run
  landfall upgrade pack --branch upgrade-pack
  landfall upgrade pack --revision v2")]
pub struct PackArgs {
    /// The repository, or the folder of one of its apps
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// The tag, branch or commit of a pack from Git
    #[arg(long, value_name = "REVISION", conflicts_with = "pack")]
    pub(super) revision: Option<String>,
    /// Where the newer pack is, when it is not where the older one came from
    #[arg(long, value_name = "PACK")]
    pub(super) pack: Option<String>,
    /// Put the upgrade on this new branch and open a pull request
    #[arg(long, value_name = "NAME")]
    pub(super) branch: Option<BranchName>,
    /// Show the plan and change nothing anywhere
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    pub(in super::super) output: OutputArgs,
}

pub(super) async fn run(context: &Context<'_>, args: &PackArgs) -> Result<Exit, Failure> {
    let folder: PathBuf = context.current_dir().join(&args.dir).components().collect();
    let look = look::look(context, &folder)?;
    let mut held = None;
    if !args.dry_run {
        held = Some(Pending::lock(
            &context.home().locks(),
            &look.root,
            LOCK_WAIT,
        )?);
    }
    let done = upgrade(context, args, look).await;
    drop(held);
    done
}

async fn upgrade(context: &Context<'_>, args: &PackArgs, look: Look) -> Result<Exit, Failure> {
    if let Some(journal) = Journal::read(&look.root)? {
        if args.dry_run {
            return Err(
                Failure::new("an upgrade has begun here and is not finished")
                    .exit(Exit::Conflict)
                    .hint("run it without --dry-run to finish it"),
            );
        }
        context.ui.say("going on with the interrupted upgrade");
        return finish(context, args, &look, &journal);
    }
    if Pending::read(&look.root)?.is_some() {
        return Err(Failure::new("an import has begun here and is not finished")
            .code(Code::NOT_IMPORTABLE)
            .exit(Exit::Conflict)
            .hint("`landfall import` finishes it"));
    }
    let prepared = look::prepare(context, args, &look)?;
    if args.dry_run {
        return show::plan(context, args.output.output, &prepared);
    }
    if prepared.writes.is_empty() {
        return nothing_to_do(context, args, &look, &prepared);
    }
    look::check_clean(context, &look, &prepared)?;
    context.ui.say(show::text(&prepared).trim_end());
    if !context.ui.confirm("Upgrade it so?", true, "--batch-mode")? {
        context.ui.say("nothing was changed");
        return Ok(Exit::Done);
    }
    if let Some(name) = &args.branch {
        let url = branch::open(context, &look, &prepared, name)?;
        context.ports.platform.nudge().await;
        let conflicts = prepared
            .conflicts()
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
        show::done(context, args.output.output, &prepared, url.as_deref())?;
        return conflicted(&conflicts, Some(name));
    }
    let journal = Journal::new(&prepared);
    for path in prepared.writes.keys() {
        files::check_replace(&look.root.join(path))?;
    }
    context.ports.git.check_writable(&look.checkout)?;
    journal.begin(&look.root)?;
    finish(context, args, &look, &journal)
}

/// Does what is in the journal and not done yet, and commits it.
fn finish(
    context: &Context<'_>,
    args: &PackArgs,
    look: &Look,
    journal: &Journal,
) -> Result<Exit, Failure> {
    remove_half_written(look, journal)?;
    journal.apply(&look.root)?;
    for path in journal.writes.keys() {
        context.ui.verbose(format!("wrote {path}"));
    }
    if let Some(message) = &journal.commit {
        let paths = look::uncommitted(context, look, journal)?;
        if !paths.is_empty() {
            let commit = context.ports.git.commit(&look.root, &paths, message)?;
            context.ui.say(format!(
                "committed {} as {}",
                count(paths.len(), "file"),
                commit.short()
            ));
        }
    }
    Journal::end(&look.root)?;
    let record = look::record(look)?;
    if let Some(format @ (OutputFormat::Json | OutputFormat::Yaml | OutputFormat::Jsonl)) =
        args.output.output
    {
        let finished = show::Finished::new(&record, journal);
        context.ui.document(format, &finished)?;
    } else {
        let rest = match journal.conflicts.len() {
            0 => String::new(),
            conflicts => format!(" but for {}", count(conflicts, "conflict")),
        };
        let line = format!("app/{} upgraded{rest}\n", record.app);
        context.ui.answer(&line)?;
    }
    if journal.conflicts.is_empty() {
        context.ui.say("Next:");
        context.ui.say("  git push");
    }
    conflicted(&journal.conflicts, None)
}

/// Removes the file that was being written when the upgrade was interrupted.
fn remove_half_written(look: &Look, journal: &Journal) -> Result<(), Failure> {
    let folders: std::collections::BTreeSet<PathBuf> = journal
        .writes
        .keys()
        .filter_map(|path| Some(look.root.join(path).parent()?.to_owned()))
        .filter(|folder| folder.is_dir())
        .collect();
    for folder in folders {
        files::remove_half_written(&folder)?;
    }
    Ok(())
}

/// The status of an upgrade that a person has to finish.
fn conflicted(conflicts: &[String], branch: Option<&BranchName>) -> Result<Exit, Failure> {
    if conflicts.is_empty() {
        return Ok(Exit::Done);
    }
    let place = branch.map_or(String::new(), |name| format!(" on the branch {name}"));
    Err(Failure::new(format!(
        "you and the newer pack changed the same lines of {}{place}",
        conflicts.join(", ")
    ))
    .code(Code::PACK_CONFLICT)
    .exit(Exit::Conflict)
    .hint("choose between the markers <<<<<<< and >>>>>>>, then `git add` and `git commit`"))
}

fn nothing_to_do(
    context: &Context<'_>,
    args: &PackArgs,
    look: &Look,
    prepared: &PreparedUpgrade,
) -> Result<Exit, Failure> {
    let plan = &prepared.plan;
    context.ui.say(format!(
        "{} has the newest pack {} already; nothing to do",
        plan.app, plan.to.name
    ));
    if let Some(format @ (OutputFormat::Json | OutputFormat::Yaml | OutputFormat::Jsonl)) =
        args.output.output
    {
        context.ui.document(format, plan)?;
    }
    conflicted(&look::marked(look)?, None)
}
