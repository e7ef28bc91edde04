//! `landfall version`

use serde_json::json;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ui::output::OutputArgs;

/// Print the version
#[derive(Debug, clap::Args)]
pub struct VersionArgs {
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// What this build runs on, said plainly.
const SUPPORT: &str = "Linux in full; macOS without the isolated runner; Windows through WSL";

pub(super) fn run(context: &Context<'_>, args: &VersionArgs) -> Result<Exit, Failure> {
    let version = env!("CARGO_PKG_VERSION");
    match args.output.output {
        Some(format) => {
            let platform = format!("{}/{}", std::env::consts::OS, std::env::consts::ARCH);
            context.ui.document(
                format,
                &json!({"version": version, "platform": platform, "support": SUPPORT, "telemetry": "none"}),
            )?;
        }
        None => {
            context.ui.answer(&format!(
                "landfall {version}\n{SUPPORT}\nNo telemetry, no update check.\n"
            ))?;
        }
    }
    Ok(Exit::Done)
}
