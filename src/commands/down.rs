//! `landfall down`

use std::time::Duration;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ports::platform::PlatformError;

/// End the local platform with all apps
///
/// Requests under way are answered first. Nothing is lost: what should run is in the environment repositories.
#[derive(Debug, clap::Args)]
pub struct DownArgs {
    /// How long to wait for the end, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
}

pub(super) async fn run(context: &Context<'_>, args: &DownArgs) -> Result<Exit, Failure> {
    match context
        .ports
        .platform
        .shut_down(Duration::from_secs(args.timeout))
        .await
    {
        Ok(()) => context.ui.say("the local platform is down"),
        Err(PlatformError::NotRunning) => context.ui.say("the local platform is not running"),
        Err(error) => return Err(error.into()),
    }
    Ok(Exit::Done)
}
