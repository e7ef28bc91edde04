//! `landfall import --undo`: what the last import did is taken back, done or half done, and nothing of the user's goes with it.

mod apply;
mod plan;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::files::{self, FileError};
use crate::pack::{Pending, Site};
use crate::ports::git::Checkout;
use crate::ui::output::OutputFormat;
use crate::ui::{count, wrap};

use super::super::convert_charts;
use super::ImportArgs;
use super::carry_out;
use super::look::refuse;
use super::show::WIDTH;
use plan::{CommitUndo, RepositoryUndo, Undo};

pub(super) async fn run(
    context: &Context<'_>,
    args: &ImportArgs,
    folder: &Path,
) -> Result<Exit, Failure> {
    context.ports.git.version()?;
    files::check_folder(folder)?;
    let (root, _) = checkout(context, folder)?;
    let held = if args.dry_run {
        None
    } else {
        Some(super::wait_for_others(context, &root)?)
    };
    let (root, checkout) = self::checkout(context, folder)?;
    let Some(pending) = record(&root)? else {
        return nothing(context, &root);
    };
    if args.dry_run {
        let undo = plan::plan(context, &root, &checkout, &pending)?;
        show(context, args, &pending, &undo)?;
        return Ok(Exit::Done);
    }
    if pending.is_undone {
        carry_out::wait_for_git(&checkout).await;
    }
    let undo = match take_back(context, &root, &pending) {
        Err(_) if pending.is_undone => {
            // The git program that a killed landfall left may have done the same step at the same moment.
            tokio::time::sleep(carry_out::GIT_PAUSE).await;
            carry_out::wait_for_git(&checkout).await;
            take_back(context, &root, &pending)?
        }
        done => done?,
    };
    drop(held);
    if args
        .output
        .output
        .is_some_and(|format| format != OutputFormat::Wide)
    {
        show(context, args, &pending, &undo)?;
    }
    context
        .ui
        .say(format!("the import of {} is taken back", undo.app));
    say_conversion(context, &root, &undo)?;
    Ok(Exit::Done)
}

/// Says that the commit of `--convert-charts` stays, which was made before the import and stands by itself.
fn say_conversion(context: &Context<'_>, root: &Path, undo: &Undo) -> Result<(), Failure> {
    let CommitUndo::TakeBack { to, .. } = &undo.commit else {
        return Ok(());
    };
    let newest = context.ports.objects.log(root, to, None, 1)?;
    if let Some(commit) = newest.first()
        && commit.message.trim_end() == convert_charts::MESSAGE
    {
        let id = commit.id.short();
        context.ui.say(format!(
            "the commit {id}, which converted the chart, stays; `git revert {id}` takes it back"
        ));
    }
    Ok(())
}

/// Looks, and takes back what is there of the import.
fn take_back(context: &Context<'_>, root: &Path, pending: &Pending) -> Result<Undo, Failure> {
    let (_, checkout) = checkout(context, root)?;
    let undo = plan::plan(context, root, &checkout, pending)?;
    // From here on it is either taken back in full or said to be half taken back.
    let begun = Pending {
        is_undone: true,
        ..pending.clone()
    };
    begun.write(root)?;
    apply::apply(context, root, &checkout, &begun, &undo)?;
    begun.forget(root)?;
    Ok(undo)
}

/// The failure of an import where taking one back has begun.
pub(super) fn has_begun() -> Failure {
    refuse("an import is half taken back here".to_owned())
        .exit(Exit::Conflict)
        .hint("landfall import --undo goes on with it")
}

fn checkout(context: &Context<'_>, folder: &Path) -> Result<(PathBuf, Checkout), Failure> {
    let Some(checkout) = context.ports.git.discover(folder)? else {
        return Err(refuse(format!(
            "{} is not in a Git repository",
            folder.display()
        )));
    };
    let root = checkout
        .root
        .canonicalize()
        .unwrap_or_else(|_| checkout.root.clone());
    Ok((root, checkout))
}

/// The import that is under way, or else the last one.
fn record(root: &Path) -> Result<Option<Pending>, FileError> {
    match Pending::read(root)? {
        Some(pending) => Ok(Some(pending)),
        None => Pending::read_done(root),
    }
}

/// No import is known here. That is fine where none was made.
fn nothing(context: &Context<'_>, root: &Path) -> Result<Exit, Failure> {
    let project = super::super::repository_files::load(context, root)?;
    let mut records = project
        .files()
        .iter()
        .filter_map(|path| Site::of_record(path));
    let top = Site::default();
    let is_at_top = root.join(top.record()).exists();
    if let Some(site) = is_at_top.then_some(top).or_else(|| records.next()) {
        return Err(refuse(format!(
            "{} was imported, but not in this checkout, so what was there before is not known here",
            root.display()
        ))
        .hint("run it in the checkout that made the import")
        .hint(format!(
            "or revert its commit: git log --diff-filter=A -- {} names it",
            site.record()
        )));
    }
    context
        .ui
        .say("nothing is imported here; there is nothing to take back");
    Ok(Exit::Done)
}

/// What would be done, as the answer.
fn show(
    context: &Context<'_>,
    args: &ImportArgs,
    pending: &Pending,
    undo: &Undo,
) -> Result<(), Failure> {
    match args.output.output {
        None | Some(OutputFormat::Wide) => context.ui.answer(&text(undo)),
        Some(OutputFormat::Name) => context
            .ui
            .names("app", pending.prepared.plans().map(|plan| &plan.app)),
        Some(format) => context.ui.document(format, undo),
    }
}

fn text(undo: &Undo) -> String {
    let commit = match &undo.commit {
        CommitUndo::None => "none is there".to_owned(),
        CommitUndo::TakeBack { commit, to } => {
            format!("{} is taken back, to {}", commit.short(), to.short())
        }
        CommitUndo::Revert => {
            "others came after it, so a new commit takes its files away".to_owned()
        }
    };
    let repository = match &undo.repository {
        RepositoryUndo::Leave => "stays as it is".to_owned(),
        RepositoryUndo::Remove { name } => format!("{name} is removed from the local forge"),
        RepositoryUndo::MoveBack { name, .. } => {
            format!("the branches of {name} are what they were")
        }
        RepositoryUndo::Push { name, branch } => format!("{branch} is pushed to {name}"),
    };
    let remote = undo.remote.as_ref().map_or_else(
        || "stays as it is".to_owned(),
        |remote| format!("{remote} is removed"),
    );
    let files = match (undo.removed.len(), undo.restored.len()) {
        (removed, 0) => format!("{} removed", count(removed, "file")),
        (0, restored) => format!("{} as before", count(restored, "file")),
        (removed, restored) => format!(
            "{} removed, {} as before",
            count(removed, "file"),
            count(restored, "file")
        ),
    };
    let indent = 13;
    let mut text = String::new();
    for (what, line) in [
        ("Commit", commit),
        ("Files", files),
        ("Remote", remote),
        ("Repository", repository),
    ] {
        let line = wrap(&line, WIDTH - indent, indent);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{what:indent$}{line}");
    }
    text
}
