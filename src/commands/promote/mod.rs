//! `landfall promote`

mod drive;
mod record;
mod report;
mod targets;

use std::time::Duration;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::gitops::{Environment, Promotion, Request, Tools};
use crate::project::AppName;
use crate::release::Version;
use crate::ui::output::OutputArgs;

use super::current_app::current_app;
use super::environments::environments;
use report::Report;

/// Bring a release of an app into an environment, by a pull request to the environment's repository
///
/// Auto environments are merged when their checks pass, Manual ones wait for a person. One pull request is open per app
/// and environment; the same command again finds it. `staging` and `production` are created on first use.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  landfall promote --env production
  landfall promote --env production --merge
  landfall promote shop --version 1.4.0 --all-auto
  landfall promote shop --from staging --env production --dry-run")]
pub struct PromoteArgs {
    /// The app (default: that of the current folder)
    app: Option<String>,
    /// The environment to promote to
    #[arg(short, long = "env", value_name = "ENV", conflicts_with = "all_auto")]
    environment: Option<String>,
    /// Promote to every Auto environment, in their order; stops at the first that fails
    #[arg(long)]
    all_auto: bool,
    /// The version (default: the highest release)
    #[arg(long, value_name = "V", value_parser = version)]
    version: Option<Version>,
    /// Take the version that this environment has
    #[arg(long, value_name = "ENV", conflicts_with = "version")]
    from: Option<String>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Let an older version replace a newer one
    #[arg(long)]
    allow_downgrade: bool,
    /// Open a new pull request where a person closed the last one
    #[arg(long)]
    reopen: bool,
    /// Decide for a Manual environment: merge when the checks pass
    #[arg(long, conflicts_with = "no_wait")]
    merge: bool,
    /// Open the pull request and do not wait for its checks
    #[arg(long, visible_alias = "no-poll")]
    no_wait: bool,
    /// How long to wait: 90, 10m, 1h
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = time)]
    timeout: Duration,
    /// The namespace of the app (default: the environment's)
    #[arg(short, long, value_name = "NS")]
    namespace: Option<String>,
    /// Where the chart of an app comes from that is new there (default: the environment's chart repository)
    #[arg(short = 'u', long, value_name = "URL")]
    helm_repo_url: Option<String>,
    /// The alias of the chart in a Jenkins X 2 repository
    #[arg(long, value_name = "NAME", hide = true)]
    alias: Option<String>,
    /// Exit with 3 when every environment has the version already
    #[arg(long)]
    error_unchanged: bool,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

fn version(text: &str) -> Result<Version, String> {
    let text = text.strip_prefix('v').unwrap_or(text);
    text.parse()
        .map_err(|error: crate::release::BadVersion| error.to_string())
}

/// A number of seconds, or a duration such as `10m`.
fn time(text: &str) -> Result<Duration, String> {
    if let Ok(seconds) = text.parse() {
        return Ok(Duration::from_secs(seconds));
    }
    text.parse::<jiff::SignedDuration>()
        .ok()
        .and_then(|duration| Duration::try_from(duration).ok())
        .ok_or_else(|| "a number of seconds or a duration such as 10m is expected".to_owned())
}

pub(super) async fn run(context: &Context<'_>, args: &PromoteArgs) -> Result<Exit, Failure> {
    if args.alias.is_some() {
        return Err(Failure::not_there_yet(
            "promoting into a Jenkins X repository (`--alias`)",
        ));
    }
    let app = match &args.app {
        Some(name) => AppName::parse(name)?,
        None => current_app(context)?,
    };
    let environments = environments(context);
    if args.dry_run && environments.list()?.is_empty() {
        context
            .ui
            .say("would create the environments staging (Auto) and production (Manual) first");
        return Ok(Exit::Done);
    }
    for made in environments.ensure_defaults()? {
        context.ui.say(format!(
            "created environment {} ({}) in {}",
            made.name, made.promotion, made.repository
        ));
    }
    let targets = targets::choose(context, &environments, args)?;
    let version = targets::version(context, &environments, args, &app, &targets)?;
    let tools = Tools {
        forge: context.ports.forge.clone(),
        objects: context.ports.objects.clone(),
        clock: context.ports.clock.clone(),
    };
    let mut reports = Vec::new();
    let mut failure = None;
    for environment in targets {
        let promotion = Promotion::new(
            tools.clone(),
            environment.clone(),
            environments.repository(&environment)?,
            request(args, &app, &version, &environment, context),
        )?;
        let mut report = Report::of(&promotion);
        let result = if args.dry_run {
            drive::plan(&promotion, &mut report)
        } else {
            drive::promote(context, args, &promotion, &mut report).await
        };
        if report.outcome.is_some() || args.dry_run && result.is_ok() {
            reports.push(report);
        }
        if let Err(error) = result {
            failure = Some(error);
            break;
        }
    }
    report::print(context, args.output, args.dry_run, &reports)?;
    for report in reports.iter().filter(|report| report.waits_for_a_person) {
        context.ui.hint(report.how_to_merge());
    }
    match failure {
        Some(failure) => Err(failure),
        None if args.error_unchanged && reports.iter().all(Report::is_unchanged) => {
            Ok(Exit::Unchanged)
        }
        None => Ok(Exit::Done),
    }
}

fn request(
    args: &PromoteArgs,
    app: &AppName,
    version: &Version,
    environment: &Environment,
    context: &Context<'_>,
) -> Request {
    Request {
        app: app.as_str().to_owned(),
        version: version.clone(),
        namespace: args
            .namespace
            .clone()
            .unwrap_or_else(|| environment.namespace.clone()),
        chart_repository: args.helm_repo_url.clone(),
        allow_downgrade: args.allow_downgrade,
        reopen: args.reopen,
        merge: args.merge,
        author: context
            .process
            .var(crate::env_vars::USER)
            .unwrap_or("landfall")
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{time, version};

    #[test]
    fn times_and_versions_are_read_as_people_write_them() {
        assert_eq!(time("90"), Ok(Duration::from_secs(90)));
        assert_eq!(time("10m"), Ok(Duration::from_mins(10)));
        assert_eq!(time("1h30m"), Ok(Duration::from_mins(90)));
        assert!(time("soon").is_err() && time("-1s").is_err());
        assert_eq!(version("v1.2.3").unwrap().to_string(), "1.2.3");
        assert!(version("latest").is_err());
    }
}
