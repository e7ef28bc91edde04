//! `landfall apply`

use std::collections::BTreeSet;
use std::time::Duration;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::gitops::changed_apps;
use crate::ports::git::CommitId;
use crate::ui::count;
use crate::ui::output::{OutputArgs, OutputFormat};

use super::applications::{say_problems, table};
use super::environments::environments;
use super::local_platform::ensure_running;

/// Make an environment what its repository says, now
///
/// The local platform follows the repositories by itself; this waits until every app is ready or has failed, and tries
/// releases that failed before once more. With --commit only the apps are waited for and count that the commit changes: what failed before
/// it is said, and is no failure of this commit. Exit status: 0 when all are ready, 1 when one failed, 7 when time was up.
#[derive(Debug, clap::Args)]
pub struct ApplyArgs {
    /// The environment
    #[arg(value_name = "ENV")]
    environment: String,
    /// A commit of its repository; without it the newest
    #[arg(long, value_name = "SHA")]
    commit: Option<String>,
    /// How long to wait, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    timeout: u64,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

pub(super) async fn run(context: &Context<'_>, args: &ApplyArgs) -> Result<Exit, Failure> {
    ensure_running(context).await?;
    let wait = Duration::from_secs(args.timeout);
    let changed = match &args.commit {
        Some(commit) => changed(context, &args.environment, commit)?,
        None => None,
    };
    let applied = context
        .ports
        .platform
        .apply(
            &args.environment,
            args.commit.as_deref(),
            changed.as_ref(),
            wait,
        )
        .await?;
    match args.output.output {
        None | Some(OutputFormat::Wide) => {
            context.ui.answer(&table(&applied.applications, false))?;
        }
        Some(OutputFormat::Name) => {
            let names: Vec<String> = applied
                .applications
                .iter()
                .map(|application| format!("application/{}\n", application.app))
                .collect();
            context.ui.answer(&names.concat())?;
        }
        Some(format) => context.ui.document(format, &applied)?,
    }
    for object in &applied.not_simulated {
        context.ui.verbose(format!(
            "not simulated here: {}/{}: {}",
            object.kind.to_lowercase(),
            object.name,
            object.reason
        ));
    }
    say_problems(context, &applied.applications);
    let counts = |app: &str| changed.as_ref().is_none_or(|changed| changed.contains(app));
    let failed = applied
        .failed()
        .filter(|application| counts(&application.app))
        .count();
    if failed > 0 {
        return Err(Failure::new(format!(
            "{} of environment {} did not get ready",
            count(failed, "app"),
            args.environment
        )));
    }
    Ok(if applied.timed_out {
        Exit::TimedOut
    } else {
        Exit::Done
    })
}

/// The apps that a commit changes; `None` where that cannot be told, for a first commit and for one that is no full id.
fn changed(
    context: &Context<'_>,
    environment: &str,
    commit: &str,
) -> Result<Option<BTreeSet<String>>, Failure> {
    let environments = environments(context);
    let environment = environments.get(environment)?;
    let path = environments.repository(&environment)?.path()?;
    let Ok(commit) = commit.parse::<CommitId>() else {
        return Ok(None);
    };
    let Some(parent) = context.ports.objects.parent(&path, &commit)? else {
        return Ok(None);
    };
    let before = environments.files(&environment, &path, &parent)?;
    let after = environments.files(&environment, &path, &commit)?;
    Ok(Some(changed_apps(&before, &after)))
}
