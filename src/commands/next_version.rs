//! `landfall next-version`

use std::path::PathBuf;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::release::{Version, next_version};
use crate::ui::output::OutputArgs;

use super::history::History;

/// Print the version of the next release
///
/// From the highest version among the tags and the conventional commits since: a breaking change raises the major
/// number, a `feat` the minor one, anything else the patch. Without a tag it is 0.0.1. In the folder of one app of several, only
/// that app's tags (DIR/v1.2.3) and commits count. Writes nothing.
#[derive(Debug, clap::Args)]
pub struct NextVersionArgs {
    /// The repository (default: the current folder)
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

pub(super) fn run(context: &Context<'_>, args: &NextVersionArgs) -> Result<Exit, Failure> {
    let history = History::open(context, args.dir.as_deref())?;
    let tags = history.tags()?;
    let latest: Option<(Version, &str)> = history
        .release_tags()
        .latest(tags.iter().map(|tag| tag.name.as_str()));
    let since = latest
        .as_ref()
        .and_then(|(_, name)| tags.iter().find(|tag| tag.name == *name));
    let commits = history.since(since.map(|tag| &tag.commit))?;
    let messages: Vec<String> = commits.into_iter().map(|commit| commit.message).collect();
    let next = next_version(latest.map(|(version, _)| version), &messages);
    context
        .ui
        .verbose(format!("{}: {}", next.version, next.because));
    match args.output.output {
        Some(format) => context.ui.document(format, &next)?,
        None => context.ui.answer(&format!("{}\n", next.version))?,
    }
    Ok(Exit::Done)
}
