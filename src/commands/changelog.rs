//! `landfall changelog`

use std::path::PathBuf;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::release::{Changelog, Version};
use crate::ui::output::OutputArgs;

use super::history::History;

/// Print what is in a release, as Markdown
///
/// The commits since the release before the current commit, grouped as jx groups conventional commits. In the folder of one
/// app of several, only that app's. Writes nothing.
#[derive(Debug, clap::Args)]
pub struct ChangelogArgs {
    /// What to call the release (default: the current commit's version, else "Unreleased")
    #[arg(long, value_name = "VERSION")]
    version: Option<Version>,
    /// The repository (default: the current folder)
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

pub(super) fn run(context: &Context<'_>, args: &ChangelogArgs) -> Result<Exit, Failure> {
    let history = History::open(context, args.dir.as_deref())?;
    let tags = history.tags()?;
    let own_tags = history.release_tags();
    let (here, before): (Vec<_>, Vec<_>) =
        tags.iter().partition(|tag| tag.commit == *history.head());
    let own = own_tags
        .latest(here.iter().map(|tag| tag.name.as_str()))
        .map(|(version, _)| version);
    let previous = own_tags.latest(before.iter().map(|tag| tag.name.as_str()));
    let since = previous.and_then(|(_, name)| before.iter().find(|tag| tag.name == name));
    let commits = history.since(since.map(|tag| &tag.commit))?;
    let changelog = Changelog::new(commits.iter().map(|commit| {
        (
            commit.id.as_str(),
            commit.message.as_str(),
            commit.author.as_str(),
        )
    }));
    let version = args
        .version
        .clone()
        .or(own)
        .map_or_else(|| "Unreleased".to_owned(), |version| version.to_string());
    match args.output.output {
        Some(format) => context.ui.document(
            format,
            &serde_json::json!({"version": version, "sections": changelog.sections}),
        )?,
        None => context.ui.answer(&changelog.markdown(&version))?,
    }
    Ok(Exit::Done)
}
