//! `landfall gc`: removes what is kept only for a while.

mod activities;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// What can be removed.
#[derive(Debug, Subcommand)]
pub enum GcCommand {
    /// Old runs with their logs
    #[command(visible_aliases = ["activity", "act"])]
    Activities(activities::ActivitiesArgs),
}

impl GcCommand {
    pub(super) fn is_json(&self) -> bool {
        match self {
            Self::Activities(args) => args.output.is_json(),
        }
    }
}

pub(super) fn run(context: &Context<'_>, command: GcCommand) -> Result<Exit, Failure> {
    match command {
        GcCommand::Activities(args) => activities::run(context, &args),
    }
}
