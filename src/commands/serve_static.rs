//! `landfall serve-static`: what an app of files runs on the local platform, where a cluster runs its image.

use std::path::PathBuf;

use tokio::signal::unix::{SignalKind, signal};

use crate::context::Context;
use crate::env_vars;
use crate::failure::{Exit, Failure, Kind};
use crate::runtime::serve_site;

/// Serve the files of a folder over HTTP, as an app of the local platform does
///
/// On this machine only, and nothing whose name begins with a dot. Ends with Ctrl-C.
#[derive(Debug, clap::Args)]
pub struct ServeStaticArgs {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Where to listen (default: PORT of the environment, else 8080)
    #[arg(long)]
    port: Option<u16>,
}

/// Where it listens when nobody says.
const DEFAULT_PORT: u16 = 8080;

pub(super) async fn run(context: &Context<'_>, args: &ServeStaticArgs) -> Result<Exit, Failure> {
    let given = context.process.var(env_vars::PORT);
    let given = given.and_then(|port| port.parse().ok());
    let port = args.port.or(given).unwrap_or(DEFAULT_PORT);
    let root = context.current_dir().join(&args.root);
    let outside = |error: std::io::Error| Failure::from(anyhow::Error::new(error));
    let mut interrupt = signal(SignalKind::interrupt()).map_err(outside)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(outside)?;
    let mut exit = Exit::Done;
    let asked = async {
        exit = tokio::select! {
            _ = interrupt.recv() => Exit::Interrupted,
            _ = terminate.recv() => Exit::Terminated,
        };
    };
    serve_site(&root, port, asked).await.map_err(|error| {
        outside(error)
            .kind(Kind::Outside)
            .context(format!("cannot serve {} on port {port}", root.display()))
    })?;
    Ok(exit)
}
