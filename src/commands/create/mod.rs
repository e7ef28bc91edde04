//! `landfall create`: makes things, one file per kind of thing.

mod environment;
mod pack;
mod quickstart;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// What can be made.
#[derive(Debug, Subcommand)]
pub enum CreateCommand {
    /// An environment and its repository
    #[command(visible_alias = "env")]
    Environment(environment::EnvironmentArgs),
    /// A new app from a sample or from a repository
    ///
    /// Makes the folder, a Git repository in it and the first commit, and goes on as `landfall import` does. The samples are in
    /// this program and need no network. Of a repository elsewhere the files of one revision are taken, without its history. The
    /// same command again goes on where it was interrupted.
    #[command(visible_alias = "qs")]
    Quickstart(quickstart::QuickstartArgs),
    /// A pack that works, to be changed into one's own
    Pack(pack::PackArgs),
}

impl CreateCommand {
    pub(super) fn is_json(&self) -> bool {
        match self {
            Self::Environment(args) => args.output.is_json(),
            Self::Quickstart(args) => args.output.is_json(),
            Self::Pack(args) => args.output.is_json(),
        }
    }
}

pub(super) async fn run(context: &Context<'_>, command: &CreateCommand) -> Result<Exit, Failure> {
    match command {
        CreateCommand::Environment(args) => environment::run(context, args),
        CreateCommand::Quickstart(args) => quickstart::run(context, args).await,
        CreateCommand::Pack(args) => pack::run(context, args),
    }
}
