//! The local platform as commands need it: running, and said to be started when they start it.

use crate::context::Context;
use crate::failure::Failure;
use crate::ports::platform::{PlatformError, PlatformStatus};

/// Starts the platform in the background where it does not run, and says so in one line.
///
/// Returns its status; `None` when it does not run and the settings forbid a start.
pub(super) async fn ensure_running(
    context: &Context<'_>,
) -> Result<Option<PlatformStatus>, Failure> {
    if !context.settings.start.value {
        return match context.ports.platform.status().await {
            Ok(status) => Ok(Some(status)),
            Err(PlatformError::NotRunning) => Ok(None),
            Err(error) => Err(error.into()),
        };
    }
    let (started, status) = context.ports.platform.start(None).await?;
    if started {
        context.ui.say(format!(
            "started the local platform, gateway {}{}",
            status.gateway,
            other_port(&status, context.settings.port.value)
        ));
    }
    if status.version != env!("CARGO_PKG_VERSION") {
        context.ui.warn(format!(
            "the local platform runs landfall {}, and this is {}",
            status.version,
            env!("CARGO_PKG_VERSION")
        ));
        context.ui.hint("`landfall down`, then `landfall up`");
    }
    Ok(Some(status))
}

/// Why the gateway is not where it was wanted; empty when it is.
pub(super) fn other_port(status: &PlatformStatus, wanted: u16) -> String {
    if status.port == wanted {
        String::new()
    } else {
        format!(" (port {wanted} is taken)")
    }
}
