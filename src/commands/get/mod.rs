//! `landfall get`: lists, one file per kind of object.

mod packs;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// What can be listed.
#[derive(Debug, Subcommand)]
pub enum GetCommand {
    /// The packs there are
    #[command(visible_alias = "pack")]
    Packs(packs::PacksArgs),
}

impl GetCommand {
    pub(super) fn is_json(&self) -> bool {
        match self {
            Self::Packs(args) => args.output.is_json(),
        }
    }
}

pub(super) fn run(context: &Context<'_>, command: GetCommand) -> Result<Exit, Failure> {
    match command {
        GetCommand::Packs(args) => packs::run(context, &args),
    }
}
