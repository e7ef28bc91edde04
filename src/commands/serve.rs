//! `landfall serve`

use tokio::signal::unix::{SignalKind, signal};

use crate::context::Context;
use crate::failure::{Exit, Failure, Kind};

/// Run the local platform in the foreground
///
/// The gateway, the environments and their pipelines, until Ctrl-C; the apps end with it. `landfall up` is the same in
/// the background.
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// The gateway's port; the next free one when it is taken
    #[arg(long)]
    port: Option<u16>,
    /// Detach from the terminal; how `landfall up` starts it
    #[arg(long, hide = true)]
    background: bool,
}

pub(super) async fn run(context: &Context<'_>, args: &ServeArgs) -> Result<Exit, Failure> {
    if args.background {
        // Fails only where it is the leader of its session already, which is as good.
        let _ = rustix::process::setsid();
    }
    let wanted = args.port.unwrap_or(context.settings.port.value);
    let serving = context.ports.host.serve(wanted).await?;
    if serving.leftovers() > 0 {
        context.ui.say(format!(
            "ended {} left by a local platform that was killed",
            crate::ui::count(serving.leftovers(), "instance")
        ));
    }
    if serving.port() != wanted {
        context
            .ui
            .say(format!("port {wanted} is taken, using {}", serving.port()));
    }
    context
        .ui
        .say(format!("gateway: http://localhost:{}", serving.port()));
    if !args.background {
        context.ui.say("Ctrl-C ends it with all apps");
    }
    let exit = wait_for_end(async { serving.asked_to_end().await }).await?;
    context.ui.say("ending");
    serving.end().await;
    Ok(exit)
}

/// Waits for a signal, or for `asked`, and says with which status the program ends.
async fn wait_for_end(asked: impl Future<Output = ()>) -> Result<Exit, Failure> {
    let listen = |kind| {
        signal(kind).map_err(|error| {
            Failure::from(anyhow::Error::new(error))
                .kind(Kind::Outside)
                .context("cannot listen to signals")
        })
    };
    let (mut interrupt, mut terminate, mut hang_up) = (
        listen(SignalKind::interrupt())?,
        listen(SignalKind::terminate())?,
        listen(SignalKind::hangup())?,
    );
    Ok(tokio::select! {
        () = asked => Exit::Done,
        _ = interrupt.recv() => Exit::Interrupted,
        _ = terminate.recv() => Exit::Terminated,
        _ = hang_up.recv() => Exit::HungUp,
    })
}
