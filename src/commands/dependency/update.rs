//! `landfall dependency update`

use super::FetchArgs;
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::render::dependency::Call;

/// Resolve the dependencies of a chart anew and bring charts/ up to date
///
/// Does what helm dependency update does: the highest versions that satisfy Chart.yaml are fetched into charts/, older
/// packages are removed, and Chart.lock says what was chosen. A failure leaves charts/ and Chart.lock as they were.
#[derive(Debug, clap::Args)]
pub struct UpdateArgs {
    #[command(flatten)]
    fetch: FetchArgs,
}

pub(super) async fn run(context: &Context<'_>, args: &UpdateArgs) -> Result<Exit, Failure> {
    super::fetch(context, Call::Update, &args.fetch).await
}
