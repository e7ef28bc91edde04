//! `landfall render`

mod target;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::gitops::content::{EnvironmentFiles, render_environment};
use crate::manifest::lint::lint;
use crate::render::{RenderError, Request, render};
use crate::ui::count;

use super::chart_args::{ClusterArgs, ValuesArgs};
use target::Target;

/// Render a chart or an environment to the documents that would be applied
///
/// The engine is that of `template`; errors are explained instead of repeated. For an environment, all its apps are rendered as
/// they would be applied, and a Knative Service that Knative would refuse is an error.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  landfall render
  landfall render staging
  landfall render charts/shop --set image.tag=1.2.0")]
pub struct RenderArgs {
    /// A chart (a folder or an archive), an app of this repository, or an environment (its name or its checkout)
    #[arg(value_name = "CHART|APP|ENV", default_value = ".")]
    chart: PathBuf,
    /// Name of the release [default: the folder's name]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    values: ValuesArgs,
    #[command(flatten)]
    cluster: ClusterArgs,
    /// Print the same bytes in each run: random values follow from the seed, and the clock stands still. Keys and passwords made so
    /// are known to everyone who has the chart
    #[arg(
        long,
        value_name = "SEED",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "landfall"
    )]
    deterministic: Option<String>,
}

pub(super) fn run(context: &Context<'_>, args: &RenderArgs) -> Result<Exit, Failure> {
    match target::choose(context, &args.chart)? {
        Target::Chart(chart) => render_chart(context, args, &chart),
        Target::Environment(files) => render_files(context, &files),
    }
}

fn render_chart(context: &Context<'_>, args: &RenderArgs, chart: &Path) -> Result<Exit, Failure> {
    let folder = context.current_dir();
    let release = match &args.name {
        Some(name) => name.clone(),
        None => release_name(&folder.join(chart)),
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
        reproducible: args.deterministic.clone().map(reproducible),
    };
    let documents = match render(chart, &request) {
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
    print(context, documents.manifests.iter().chain(hooks))?;
    Ok(Exit::Done)
}

/// All apps of an environment. What is wrong is said for every object before the command fails.
fn render_files(context: &Context<'_>, files: &EnvironmentFiles) -> Result<Exit, Failure> {
    let apps = render_environment(files, &*context.ports.artifacts)?;
    print(context, apps.iter().flat_map(|app| &app.manifests))?;
    let mut refused = 0;
    for app in &apps {
        for document in app.documents()? {
            for finding in lint(&document) {
                refused += usize::from(finding.is_refused);
                context.ui.warn(format!(
                    "{}: {} {}: {}",
                    document.source,
                    document.kind(),
                    document.name(),
                    finding.message
                ));
            }
        }
    }
    if refused > 0 {
        return Err(Failure::new(format!(
            "Knative would refuse what is rendered, for {}",
            count(refused, "reason")
        ))
        .hint("mend the chart, or the values of the app in this environment"));
    }
    Ok(Exit::Done)
}

fn print<'a>(
    context: &Context<'_>,
    manifests: impl Iterator<Item = &'a chart::Manifest>,
) -> Result<(), Failure> {
    let mut text = String::new();
    for manifest in manifests {
        let body = manifest.content.trim_end();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "---\n# Source: {}\n{body}", manifest.path);
    }
    context.ui.answer(&text)
}

/// What `--deterministic` makes of the world: the clock shows the first second of the year 2000.
fn reproducible(seed: String) -> chart::Reproducible {
    let now = jiff::Timestamp::from_second(946_684_800).unwrap_or_default();
    chart::Reproducible { seed, now }
}

/// The chart's folder or file as a release name.
fn release_name(chart: &Path) -> String {
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
