//! `landfall pack`: for those who write packs.

mod lint;
pub(super) mod source;
mod test;

use clap::Subcommand;

use crate::context::Context;
use crate::failure::{Exit, Failure};

/// What can be done with a pack.
#[derive(Debug, Subcommand)]
pub enum PackCommand {
    /// Check a pack: pack.yaml, templates, Dockerfile, chart and pipelines
    Lint(lint::LintArgs),
    /// Import a pack's own sample into a scratch repository and run its pipeline
    Test(test::TestArgs),
}

impl PackCommand {
    pub(super) fn is_json(&self) -> bool {
        match self {
            Self::Lint(args) => args.output.is_json(),
            Self::Test(_) => false,
        }
    }
}

pub(super) async fn run(context: &Context<'_>, command: &PackCommand) -> Result<Exit, Failure> {
    match command {
        PackCommand::Lint(args) => lint::run(context, args),
        PackCommand::Test(args) => test::run(context, args).await,
    }
}
