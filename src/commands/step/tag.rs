//! `landfall step tag`

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ports::git::{Identity, NewTag, RemoteName};
use crate::release::Version;

use super::checkout_here;

/// Tag the commit with its version
///
/// Makes an annotated tag and pushes it. The same tag on the same commit is fine.
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
    let (checkout, commit) = checkout_here(context)?;
    let name = args.version.tag();
    let tag = NewTag {
        name: name.parse().map_err(anyhow::Error::new)?,
        commit: commit.clone(),
        message: format!("Release {}", args.version),
        tagger: Identity::landfall(),
    };
    context
        .ports
        .git
        .push_tag(&checkout.root, &args.remote, &tag)?;
    context
        .ui
        .say(format!("tagged {} as {name}", commit.short()));
    Ok(Exit::Done)
}
