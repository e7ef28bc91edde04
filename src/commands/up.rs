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
    let wanted = args.port.unwrap_or(context.settings.port.value);
    if started {
        context
            .ui
            .say(format!("the local platform is up (process {})", status.pid));
    } else {
        context.ui.say(format!(
            "the local platform is up already (process {})",
            status.pid
        ));
        if args.port.is_some_and(|port| port != status.port) {
            context.ui.hint(
                "another port needs a new start: `landfall down`, then `landfall up --port PORT`",
            );
        }
    }
    context.ui.say(format!(
        "gateway: {}{}",
        status.gateway,
        other_port(&status, wanted)
    ));
    Ok(Exit::Done)
}
