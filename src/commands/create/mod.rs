//! `landfall create`: makes things, one file per kind of thing.

mod environment;
mod pack;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// What can be made.
#[derive(Debug, Subcommand)]
pub enum CreateCommand {
    /// An environment and its repository
    #[command(visible_alias = "env")]
    Environment(environment::EnvironmentArgs),
    /// A pack that works, to be changed into one's own
    Pack(pack::PackArgs),
}

impl CreateCommand {
    pub(super) fn is_json(&self) -> bool {
        match self {
            Self::Environment(args) => args.output.is_json(),
            Self::Pack(args) => args.output.is_json(),
        }
    }
}

pub(super) fn run(context: &Context<'_>, command: &CreateCommand) -> Result<Exit, Failure> {
    match command {
        CreateCommand::Environment(args) => environment::run(context, args),
        CreateCommand::Pack(args) => pack::run(context, args),
    }
}
