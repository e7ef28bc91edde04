//! `landfall up`

use crate::context::Context;
use crate::failure::{Exit, Failure};

use super::local_platform::other_port;

/// Start the local platform in the background
///
/// Does nothing when it runs already. What it says goes to run/serve.log below `LANDFALL_HOME`.
#[derive(Debug, clap::Args)]
pub struct UpArgs {
    /// The gateway's port; the next free one when it is taken
    #[arg(long)]
    port: Option<u16>,
}

pub(super) async fn run(context: &Context<'_>, args: &UpArgs) -> Result<Exit, Failure> {
    let (started, status) = context.ports.platform.start(args.port).await?;
    let ui = context.ui;
    if started {
        let wanted = args.port.unwrap_or(context.settings.port.value);
        let other = other_port(&status, wanted);
        ui.say(format!("the local platform is up (process {})", status.pid));
        ui.say(format!("gateway: {}{other}", status.gateway));
        return Ok(Exit::Done);
    }
    ui.say(format!(
        "the local platform is up already (process {})",
        status.pid
    ));
    ui.say(format!("gateway: {}", status.gateway));
    if args.port.is_some_and(|port| port != status.port) {
        ui.hint("another port needs a new start: `landfall down`, then `landfall up --port PORT`");
    }
    Ok(Exit::Done)
}
