//! `landfall step chart`

use std::path::PathBuf;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ports::artifacts::ImageReference;
use crate::release::{Version, find_chart, package_chart};

use super::super::app_here::AppHere;

/// Package the chart of a release
///
/// Stamps version, appVersion and the image into a package and keeps it in the artifact store. The folder stays as it is.
#[derive(Debug, clap::Args)]
pub struct ChartArgs {
    /// The version of the release
    #[arg(long, value_name = "VERSION")]
    version: Version,
    /// The digest of the image, as `landfall step image` printed it
    #[arg(long, value_name = "DIGEST")]
    digest: Option<String>,
    /// The chart's folder (default: the app's in charts/)
    #[arg(long, value_name = "DIR")]
    chart: Option<PathBuf>,
}

pub(super) fn run(context: &Context<'_>, args: &ChartArgs) -> Result<Exit, Failure> {
    let here = AppHere::find(context, context.current_dir())?;
    let app = here.record()?.app;
    let folder = match &args.chart {
        Some(folder) => context.current_dir().join(folder),
        None => find_chart(&here.folder(), &app)?,
    };
    let image = args
        .digest
        .as_deref()
        .map(|digest| ImageReference::new(&app, digest.strip_prefix("sha256:").unwrap_or(digest)))
        .transpose()?;
    let package = package_chart(&folder, &args.version, image.as_ref())?;
    let name = package.chart.name();
    context
        .ports
        .artifacts
        .put_chart(name, &args.version, &package.bytes)?;
    context.ui.say(format!(
        "chart {name} {} is in the chart repository",
        args.version
    ));
    context
        .ui
        .answer(&format!("{name}-{}.tgz\n", args.version))?;
    Ok(Exit::Done)
}
