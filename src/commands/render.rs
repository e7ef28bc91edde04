//! `landfall render`

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::render::{RenderError, Request, render};

use super::chart_args::{ClusterArgs, ValuesArgs};

/// Render a chart to the documents that would be applied
///
/// The engine is that of `template`; errors are explained instead of repeated.
#[derive(Debug, clap::Args)]
pub struct RenderArgs {
    /// The chart: a folder or a packed chart
    #[arg(value_name = "CHART", default_value = ".")]
    chart: PathBuf,
    /// Name of the release [default: the folder's name]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    values: ValuesArgs,
    #[command(flatten)]
    cluster: ClusterArgs,
}

pub(super) fn run(context: &Context<'_>, args: &RenderArgs) -> Result<Exit, Failure> {
    let folder = context.current_dir();
    let release = match &args.name {
        Some(name) => name.clone(),
        None => release_name(&folder.join(&args.chart)),
    };
    let request = Request {
        release,
        namespace: args.cluster.namespace.clone(),
        layers: args.values.layers(),
        folder: folder.to_owned(),
        kube_version: args.cluster.kube_version.clone(),
        api_versions: args.cluster.api_versions.clone(),
        is_upgrade: args.cluster.is_upgrade,
        skip_schema: args.cluster.skip_schema_validation,
    };
    let documents = match render(&args.chart, &request) {
        Ok(documents) => documents,
        Err(error) => {
            for line in &error.warnings {
                context.ui.warn(&line.message);
            }
            return Err(failure(error));
        }
    };
    for line in &documents.warnings {
        context.ui.warn(&line.message);
    }
    let hooks = documents.hooks.iter().map(|hook| &hook.manifest);
    let mut text = String::new();
    for manifest in documents.manifests.iter().chain(hooks) {
        let body = manifest.content.trim_end();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "---\n# Source: {}\n{body}", manifest.path);
    }
    context.ui.answer(&text).map_err(anyhow::Error::new)?;
    Ok(Exit::Done)
}

/// The chart's folder or file as a release name.
fn release_name(chart: &std::path::Path) -> String {
    let full = chart.canonicalize().unwrap_or_else(|_| chart.to_owned());
    full.file_stem().map_or_else(
        || "release".to_owned(),
        |name| name.to_string_lossy().to_lowercase(),
    )
}

fn failure(error: RenderError) -> Failure {
    let hint = match &error.source {
        chart::Error::Template { text, .. } if text.contains("nil pointer") => Some(
            "a parent of the value is missing: set it in the values, or guard the template with `with` or `if`",
        ),
        chart::Error::Schema(_) => {
            Some("the values break the chart's values.schema.json: the lines above name the fields")
        }
        chart::Error::MissingDependencies(_) => {
            Some("the charts named above belong into the folder charts/")
        }
        _ => None,
    };
    let failure = Failure::from(anyhow::Error::new(error));
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
