//! `landfall get`: lists, one file per kind of object.

mod activities;
mod applications;
mod environments;
mod packs;
mod pipelines;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// What can be listed.
#[derive(Debug, Subcommand)]
pub enum GetCommand {
    /// Pipeline runs and promotions with their stages and steps
    #[command(visible_aliases = ["activity", "act"])]
    Activities(activities::ActivitiesArgs),
    /// The apps in each environment: version, instances, and where they answer
    #[command(visible_aliases = ["application", "app", "apps"])]
    Applications(applications::ApplicationsArgs),
    /// The environments, in the order of promotion
    #[command(visible_aliases = ["environment", "env"])]
    Environments(environments::EnvironmentsArgs),
    /// The packs there are
    #[command(visible_alias = "pack")]
    Packs(packs::PacksArgs),
    /// The pipelines that have run
    #[command(visible_alias = "pipeline")]
    Pipelines(pipelines::PipelinesArgs),
}

impl GetCommand {
    pub(super) fn is_json(&self) -> bool {
        match self {
            Self::Activities(args) => args.output.is_json(),
            Self::Applications(args) => args.output.is_json(),
            Self::Environments(args) => args.output.is_json(),
            Self::Packs(args) => args.output.is_json(),
            Self::Pipelines(args) => args.output.is_json(),
        }
    }
}

pub(super) async fn run(context: &Context<'_>, command: GetCommand) -> Result<Exit, Failure> {
    match command {
        GetCommand::Activities(args) => activities::run(context, &args).await,
        GetCommand::Applications(args) => applications::run(context, &args).await,
        GetCommand::Environments(args) => environments::run(context, &args),
        GetCommand::Packs(args) => packs::run(context, &args),
        GetCommand::Pipelines(args) => pipelines::run(context, &args),
    }
}
