//! `landfall step tag`

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ports::git::{Identity, NewTag, RemoteName};
use crate::release::Version;

use super::super::history::History;

/// Tag the commit with its version
///
/// Makes an annotated tag and pushes it: v1.2.3, or DIR/v1.2.3 for the app in the folder DIR. The same tag on the same commit is fine.
#[derive(Debug, clap::Args)]
pub struct TagArgs {
    /// The version of the release
    #[arg(long, value_name = "VERSION")]
    version: Version,
    /// The remote to push to
    #[arg(long, value_name = "REMOTE", default_value = "origin")]
    remote: RemoteName,
}

pub(super) fn run(context: &Context<'_>, args: &TagArgs) -> Result<Exit, Failure> {
    let history = History::open(context, None)?;
    let commit = history.head();
    let name = history.release_tags().name(&args.version);
    if history.is_released_as(&name)? {
        context.ui.say(format!(
            "{name} is there, and nothing of the app has changed since"
        ));
        return Ok(Exit::Done);
    }
    let tag = NewTag {
        name: name.parse().map_err(anyhow::Error::new)?,
        commit: commit.clone(),
        message: format!("Release {}", args.version),
        tagger: Identity::landfall(),
    };
    context
        .ports
        .git
        .push_tag(history.root(), &args.remote, &tag)?;
    context
        .ui
        .say(format!("tagged {} as {name}", commit.short()));
    Ok(Exit::Done)
}
