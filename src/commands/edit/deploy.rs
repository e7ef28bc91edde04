//! `landfall edit deploy`

use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use crate::context::Context;
use crate::failure::{Code, Exit, Failure, near_names};
use crate::files;
use crate::pack::adopt::{self, DeployKind, DeployPlan, Replicas, plan_deploy};
use crate::pack::{Site, read_record};
use crate::ports::git::Checkout;
use crate::project::Project;
use crate::ui::output::{OutputArgs, OutputFormat};
use crate::ui::unified_diff;

use super::super::own_edits::{self, Edit};

/// Switch how the app is deployed: asleep when idle, always there, or with an autoscaler
///
/// Changes only the values that the chart's templates ask for, in the chart's values.yaml; comments, order and everything else
/// stay as they are. A chart that is so already stays untouched. The next release deploys the app so.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  landfall edit deploy knative --dry-run
  landfall edit deploy hpa --min-replicas 2 --max-replicas 8
  landfall edit deploy default --commit")]
pub struct DeployArgs {
    /// What it becomes
    #[arg(value_name = "KIND", value_enum)]
    kind: Option<KindArg>,
    /// The same, as jx takes it
    #[arg(
        short = 'k',
        long = "kind",
        value_name = "KIND",
        value_enum,
        hide = true,
        conflicts_with = "kind"
    )]
    named_kind: Option<KindArg>,
    /// The least number of replicas (hpa)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    min_replicas: Option<u32>,
    /// The most replicas (hpa)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max_replicas: Option<u32>,
    /// The chart's folder (default: the app's)
    #[arg(long, value_name = "DIR")]
    chart: Option<PathBuf>,
    /// The repository (default: the current folder)
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Commit the file, and only it
    #[arg(long)]
    commit: bool,
    /// Show the difference and change nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    pub(in super::super) output: OutputArgs,
}

/// The kinds as they are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum KindArg {
    /// A Knative Service, asleep when idle
    #[value(alias = "ksvc", alias = "serverless")]
    Knative,
    /// A Deployment, always there
    #[value(alias = "deployment")]
    Default,
    /// A Deployment with an autoscaler
    #[value(alias = "autoscaler", alias = "horizontalpodautoscaler")]
    Hpa,
}

impl From<KindArg> for DeployKind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Knative => Self::Knative,
            KindArg::Default => Self::Default,
            KindArg::Hpa => Self::Hpa,
        }
    }
}

pub(super) fn run(context: &Context<'_>, args: &DeployArgs) -> Result<Exit, Failure> {
    let kind = kind(context, args)?;
    let replicas = Replicas {
        min: args.min_replicas,
        max: args.max_replicas,
    };
    if kind != DeployKind::Hpa && (replicas.min.is_some() || replicas.max.is_some()) {
        return Err(Failure::usage(format!(
            "--min-replicas and --max-replicas are for hpa, not for {}",
            kind.as_str()
        ))
        .hint("the bounds of a Knative Service are knative.scaling.minScale and maxScale of the values"));
    }
    let here = args.dir.as_ref().map_or_else(
        || context.current_dir().to_owned(),
        |dir| context.current_dir().join(dir),
    );
    files::check_folder(&here)?;
    let checkout = context.ports.git.discover(&here)?;
    let (root, chart) = find_chart(context, args, &here, checkout.as_ref())?;
    let project = Project::load(&root)?;
    let plan = plan_deploy(&project, &chart, kind, replicas)?;
    for warning in &plan.warnings {
        context.ui.warn(warning);
    }
    if args.dry_run {
        return show(
            context,
            args,
            &plan,
            &unified_diff(&plan.path, Some(&plan.before), &plan.after),
        );
    }
    let edits = [Edit {
        path: plan.path.clone(),
        before: plan.before.clone(),
        after: plan.after.clone(),
    }];
    if args.commit {
        let checkout = checkout.ok_or_else(|| {
            Failure::new(format!("{} is in no Git repository", root.display()))
                .code(Code::NO_REPOSITORY)
                .hint("leave --commit out to change the file alone")
        })?;
        let same = |before: &str| {
            let files = project.files().iter().map(|path| {
                let text = if *path == plan.path {
                    before.to_owned()
                } else {
                    project.read(path).unwrap_or_default()
                };
                (path.clone(), text)
            });
            let earlier = Project::in_memory("app", files);
            plan_deploy(&earlier, &chart, kind, replicas)
                .is_ok_and(|earlier| earlier.after == plan.after)
        };
        let name = chart_name(&project, &chart);
        let message = format!("chore: deploy {name} as {}", what(kind));
        own_edits::write_and_commit(context, &checkout, &root, &edits, &message, same)?;
    } else {
        own_edits::write(&root, &edits)?;
    }
    show(context, args, &plan, &line(&plan))
}

/// The kind that is asked for, or an answer on a terminal.
fn kind(context: &Context<'_>, args: &DeployArgs) -> Result<DeployKind, Failure> {
    if let Some(kind) = args.kind.or(args.named_kind) {
        return Ok(kind.into());
    }
    let kinds = [DeployKind::Knative, DeployKind::Default, DeployKind::Hpa];
    let choices = kinds.map(|kind| format!("{}: {}", kind.as_str(), what(kind)));
    let chosen = context.ui.choose(
        "How is the app deployed?",
        &choices,
        "knative, default or hpa",
    )?;
    Ok(kinds.get(chosen).copied().unwrap_or(DeployKind::Knative))
}

fn what(kind: DeployKind) -> &'static str {
    match kind {
        DeployKind::Knative => "a Knative Service",
        DeployKind::Default => "a Deployment",
        DeployKind::Hpa => "a Deployment with an autoscaler",
    }
}

/// The folder that paths are relative to, and the app's chart in it.
fn find_chart(
    context: &Context<'_>,
    args: &DeployArgs,
    here: &Path,
    checkout: Option<&Checkout>,
) -> Result<(PathBuf, String), Failure> {
    let root = checkout.map_or_else(|| here.to_owned(), |checkout| checkout.root.clone());
    let root = root.canonicalize().unwrap_or(root);
    if let Some(chart) = &args.chart {
        return named_chart(context, &root, chart);
    }
    let project = Project::load(&root)?;
    let charts = adopt::charts(&project);
    // In a folder of a repository with several apps, the charts there are meant.
    let here = real(here);
    let site = Site::around(&root, &here);
    let below = here
        .strip_prefix(&root)
        .map(|below| below.to_string_lossy().into_owned());
    let inside = if site.is_top() {
        below.ok().filter(|below| !below.is_empty())
    } else {
        Some(site.dir().to_owned())
    };
    let near: Vec<String> = match &inside {
        Some(inside) => {
            let is_near = |chart: &&String| {
                Path::new(chart).starts_with(inside) || Path::new(inside).starts_with(chart)
            };
            charts.iter().filter(is_near).cloned().collect()
        }
        None => Vec::new(),
    };
    let charts = if near.is_empty() { charts } else { near };
    let app = read_record(&project, &site).map(|record| record.app);
    let own = |chart: &&String| app.is_some() && chart.rsplit('/').next() == app.as_deref();
    match charts.as_slice() {
        [] => Err(Failure::new(format!("{} has no chart", root.display()))
            .code(Code::NOT_FOUND)
            .exit(Exit::NotFound)
            .hint("`landfall import` writes one")),
        [only] => Ok((root, only.clone())),
        several => {
            if let Some(chart) = several.iter().find(own) {
                return Ok((root, chart.clone()));
            }
            let chosen = context
                .ui
                .choose("Which chart?", several, "one of the charts with --chart")
                .map_err(|failure| failure.hint(format!("charts here: {}", several.join(", "))))?;
            let chart = several.get(chosen).cloned().unwrap_or_default();
            Ok((root, chart))
        }
    }
}

/// The chart that `--chart` names.
fn named_chart(
    context: &Context<'_>,
    root: &Path,
    chart: &Path,
) -> Result<(PathBuf, String), Failure> {
    let full = context.current_dir().join(chart);
    let full = full.canonicalize().unwrap_or(full);
    if !full.join("Chart.yaml").is_file() {
        let known = adopt::charts(&Project::load(root)?);
        let failure = Failure::new(format!(
            "{} is no chart: it has no Chart.yaml",
            chart.display()
        ))
        .code(Code::NOT_FOUND)
        .exit(Exit::NotFound);
        let near = near_names(&chart.to_string_lossy(), &known);
        return Err(match (near.is_empty(), known.is_empty()) {
            (false, _) => failure.hint(format!("did you mean {}?", near.join(" or "))),
            (true, false) => failure.hint(format!("charts here: {}", known.join(", "))),
            (true, true) => failure,
        });
    }
    match full.strip_prefix(root) {
        Ok(inside) => {
            let plain: PathBuf = inside
                .components()
                .filter(|part| matches!(part, Component::Normal(_)))
                .collect();
            let text = plain.to_string_lossy().into_owned();
            let chart = if text.is_empty() {
                ".".to_owned()
            } else {
                text
            };
            Ok((root.to_owned(), chart))
        }
        // A chart of another repository, or of none.
        Err(_) => Ok((full, ".".to_owned())),
    }
}

/// What the app is called in a message: by its import, else by its chart's folder.
fn chart_name(project: &Project, chart: &str) -> String {
    let last = chart.rsplit('/').next().filter(|name| *name != ".");
    app_of(project, chart)
        .or_else(|| last.map(str::to_owned))
        .or_else(|| {
            project
                .suggested_name(None)
                .map(|(name, _)| name.to_string())
        })
        .unwrap_or_else(|| "the app".to_owned())
}

/// The app whose folder a chart is in.
fn app_of(project: &Project, chart: &str) -> Option<String> {
    let folder = project.root().join(chart);
    let site = Site::around(project.root(), &folder);
    read_record(project, &site).map(|record| record.app)
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The answer in one line.
fn line(plan: &DeployPlan) -> String {
    if plan.sets.is_empty() {
        return format!("{} unchanged: {} already\n", plan.path, plan.kind.as_str());
    }
    let each: Vec<String> = plan
        .sets
        .iter()
        .map(|set| match &set.from {
            Value::Null => format!("{} {}", set.key, set.to),
            from => format!("{} {from} -> {}", set.key, set.to),
        })
        .collect();
    format!("{} edited: {}\n", plan.path, each.join(", "))
}

fn show(
    context: &Context<'_>,
    args: &DeployArgs,
    plan: &DeployPlan,
    text: &str,
) -> Result<Exit, Failure> {
    match args.output.output {
        None | Some(OutputFormat::Wide) => {
            for set in &plan.sets {
                context.ui.verbose(format!("{}: {}", set.key, set.because));
            }
            if args.dry_run && plan.sets.is_empty() {
                context.ui.say(line(plan).trim_end());
            }
            context.ui.answer(text)?;
        }
        Some(OutputFormat::Name) => context.ui.answer(&format!("chart/{}\n", plan.chart))?,
        Some(format) => context.ui.document(format, plan)?,
    }
    Ok(Exit::Done)
}
