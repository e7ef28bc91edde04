//! `landfall describe`: one object in full, one file per kind of thing.

mod pack;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// What can be described.
#[derive(Debug, Subcommand)]
pub enum DescribeCommand {
    /// A pack: what it writes, its variables, its parents
    #[command(visible_alias = "packs")]
    Pack(pack::PackArgs),
}

impl DescribeCommand {
    pub(super) fn is_json(&self) -> bool {
        let Self::Pack(args) = self;
        args.output.is_json()
    }
}

pub(super) fn run(context: &Context<'_>, command: &DescribeCommand) -> Result<Exit, Failure> {
    let DescribeCommand::Pack(args) = command;
    pack::run(context, args)
}
