//! `landfall render`

mod explain;
mod target;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::gitops::content::{EnvironmentFiles, render_environment};
use crate::manifest::lint::lint;
use crate::render::{RenderError, Request, Unknown, render_all, unknown};
use crate::ui::count;

use super::chart_args::{ClusterArgs, ValuesArgs};
use explain::Subject;
use target::Target;

/// Render charts or an environment to the documents that would be applied
///
/// The engine is that of `template`; errors are explained instead of repeated, and values that nothing reads are named. For an
/// environment, all its apps are rendered as they would be applied, and a Knative Service that Knative would refuse is an error.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  landfall render
  landfall render staging
  landfall render charts/shop --set image.tag=1.2.0
  landfall render charts/shop --explain=image.tag
  landfall render charts/shop --explain=12-20")]
pub struct RenderArgs {
    /// Charts (folders or archives), an app of this repository, or an environment (its name or its checkout)
    #[arg(value_name = "CHART|APP|ENV", default_value = ".")]
    charts: Vec<PathBuf>,
    /// Name of the release [default: the folder's name]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    values: ValuesArgs,
    #[command(flatten)]
    cluster: ClusterArgs,
    /// Say where things come from instead of printing them: all lines in short, or line 12, lines 12-20, or a value such as
    /// image.tag
    #[arg(
        long,
        value_name = "LINE|VALUE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        value_parser = explain::subject
    )]
    explain: Option<Subject>,
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
    if let [chart] = args.charts.as_slice() {
        return match target::choose(context, chart)? {
            Target::Chart(chart) => render_charts(context, args, &[chart]),
            Target::Environment(files) => render_files(context, args, &files),
        };
    }
    let alone = [
        (args.name.is_some(), "--name"),
        (args.explain.is_some(), "--explain"),
    ];
    if let Some((_, flag)) = alone.iter().find(|(given, _)| *given) {
        return Err(Failure::usage(format!("{flag} is for one chart")));
    }
    let charts = args
        .charts
        .iter()
        .map(|chart| match target::choose(context, chart)? {
            Target::Chart(chart) => Ok(chart),
            Target::Environment(_) => Err(Failure::usage(format!(
                "{} is an environment; several charts are expected, or one environment",
                chart.display()
            ))),
        });
    render_charts(context, args, &charts.collect::<Result<Vec<_>, _>>()?)
}

/// Renders charts, each as a release of its own. Nothing is printed when one fails.
fn render_charts(
    context: &Context<'_>,
    args: &RenderArgs,
    charts: &[PathBuf],
) -> Result<Exit, Failure> {
    let cache = (charts.len() > 1).then(Arc::default);
    let requests: Vec<(PathBuf, Request)> = charts
        .iter()
        .map(|chart| {
            let request = Request {
                cache: cache.clone(),
                ..request(context, args, chart)
            };
            (chart.clone(), request)
        })
        .collect();
    let mut rendered = Vec::with_capacity(charts.len());
    for result in render_all(&requests) {
        match result {
            Ok(documents) => {
                warn(context, &documents.warnings);
                for unknown in unknown(&documents.chart, &documents.given) {
                    context.ui.warn(said(&unknown));
                }
                rendered.push(documents);
            }
            Err(error) => {
                warn(context, &error.warnings);
                return Err(failure(error));
            }
        }
    }
    if let (Some(subject), [documents], [(chart, request)]) =
        (&args.explain, rendered.as_slice(), requests.as_slice())
    {
        let place = chart.display().to_string();
        return explain::run(context, subject, request, &place, documents);
    }
    print(
        context,
        rendered.iter().flat_map(|documents| {
            let hooks = documents.hooks.iter().map(|hook| &hook.manifest);
            documents.manifests.iter().chain(hooks)
        }),
    )?;
    Ok(Exit::Done)
}

fn request(context: &Context<'_>, args: &RenderArgs, chart: &Path) -> Request {
    let folder = context.current_dir();
    let release = args.name.clone();
    Request {
        release: release.unwrap_or_else(|| release_name(&folder.join(chart))),
        namespace: args.cluster.namespace.clone(),
        layers: args.values.layers(),
        folder: folder.to_owned(),
        kube_version: args.cluster.kube_version.clone(),
        api_versions: args.cluster.api_versions.clone(),
        is_upgrade: args.cluster.is_upgrade,
        skip_schema: args.cluster.skip_schema_validation,
        reproducible: args.deterministic.clone().map(reproducible),
        trace: args.explain.is_some(),
        cache: None,
    }
}

fn warn(context: &Context<'_>, warnings: &[chart::Warning]) {
    for line in warnings {
        context.ui.warn(&line.message);
    }
}

fn said(unknown: &Unknown) -> String {
    let path = &unknown.path;
    match &unknown.near {
        Some(near) => format!("nothing in the chart reads the value {path}; did you mean {near}?"),
        None => format!("nothing in the chart reads the value {path}"),
    }
}

/// All apps of an environment. What is wrong is said for every object before the command fails.
fn render_files(
    context: &Context<'_>,
    args: &RenderArgs,
    files: &EnvironmentFiles,
) -> Result<Exit, Failure> {
    if args.explain.is_some() {
        return Err(Failure::usage("--explain is for a chart")
            .hint("name the chart of one app, with the values of the environment as `-f`"));
    }
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
    if let Some(drawing) = error.drawing {
        let failure = Failure::new(format!(
            "{} does not render: {drawing}",
            error.chart.display()
        ));
        return match drawing.hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        };
    }
    let hint = match &error.source {
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
