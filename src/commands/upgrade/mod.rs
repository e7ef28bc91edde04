//! `landfall upgrade`: brings something up to date, one file per kind of thing.

mod branch;
mod look;
mod pack;
mod show;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// What can be brought up to date.
#[derive(Debug, Subcommand)]
pub enum UpgradeCommand {
    /// Merge a newer pack into what you made of the older one
    #[command(visible_alias = "packs")]
    Pack(pack::PackArgs),
}

impl UpgradeCommand {
    pub(super) fn is_json(&self) -> bool {
        let Self::Pack(args) = self;
        args.output.is_json()
    }
}

pub(super) async fn run(context: &Context<'_>, command: &UpgradeCommand) -> Result<Exit, Failure> {
    let UpgradeCommand::Pack(args) = command;
    pack::run(context, args).await
}
