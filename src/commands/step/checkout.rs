//! `landfall step checkout`

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ports::git::{CommitId, RemoteUrl};

/// Put a commit into the current folder
///
/// Does nothing when the folder has the commit already, so that a run in a working tree uses that tree.
#[derive(Debug, clap::Args)]
pub struct CheckoutArgs {
    /// Where Git reaches the repository
    #[arg(long, value_name = "URL")]
    url: RemoteUrl,
    /// The commit
    #[arg(long, value_name = "COMMIT")]
    revision: CommitId,
}

pub(super) fn run(context: &Context<'_>, args: &CheckoutArgs) -> Result<Exit, Failure> {
    let folder = context.current_dir();
    let there = context
        .ports
        .git
        .discover(folder)?
        .filter(|checkout| checkout.root == folder);
    if there.is_some_and(|checkout| checkout.head.commit() == Some(&args.revision)) {
        context
            .ui
            .say(format!("{} is checked out already", args.revision.short()));
        return Ok(Exit::Done);
    }
    context
        .ports
        .git
        .clone_at(folder, &args.url, &args.revision)?;
    context.ui.say(format!(
        "checked out {} of {}",
        args.revision.short(),
        args.url
    ));
    Ok(Exit::Done)
}
