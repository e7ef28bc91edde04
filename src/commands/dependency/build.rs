//! `landfall dependency build`

use super::FetchArgs;
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::render::dependency::Call;

/// Rebuild charts/ from the lock file
///
/// Does what helm dependency build does: the versions of Chart.lock are fetched into charts/; without a lock it is the same
/// as update. What was fetched once on this machine needs no network, and repositories need not be added to helm first.
#[derive(Debug, clap::Args)]
pub struct BuildArgs {
    #[command(flatten)]
    fetch: FetchArgs,
}

pub(super) async fn run(context: &Context<'_>, args: &BuildArgs) -> Result<Exit, Failure> {
    super::fetch(context, Call::Build, &args.fetch).await
}
