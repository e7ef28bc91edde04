//! `landfall edit`: changes files of the app as an editor would, and nothing else in them.

mod deploy;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// What can be edited.
#[derive(Debug, Subcommand)]
pub enum EditCommand {
    /// How the app is deployed: knative, default or hpa
    ///
    /// Changes only the values that the chart's templates ask for, in the chart's values.yaml; comments, order and everything
    /// else stay as they are. A chart that is so already stays untouched. The next release deploys the app so.
    #[command(visible_alias = "deployment", alias = "deploykind")]
    Deploy(deploy::DeployArgs),
}

impl EditCommand {
    pub(super) fn is_json(&self) -> bool {
        let Self::Deploy(args) = self;
        args.output.is_json()
    }
}

pub(super) fn run(context: &Context<'_>, command: &EditCommand) -> Result<Exit, Failure> {
    let EditCommand::Deploy(args) = command;
    deploy::run(context, args)
}
