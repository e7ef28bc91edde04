//! `landfall get applications`

use crate::commands::applications::{say_problems, table};
use crate::commands::environments::environments;
use crate::commands::local_platform::ensure_running;
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ports::platform::{Application, Health, PlatformError};
use crate::ui::output::{OutputArgs, OutputFormat};

/// The apps in each environment: version, instances that answer, and where
///
/// An app that answers no request for a while sleeps: it has no instance until the next request. Where the newest release does not
/// get ready, the one before goes on answering, and the reason is said below the table.
#[derive(Debug, clap::Args)]
pub struct ApplicationsArgs {
    /// Only the app of that name
    #[arg(value_name = "APP")]
    name: Option<String>,
    /// Only in this environment
    #[arg(short, long = "env", value_name = "ENV")]
    environment: Option<String>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

pub(super) async fn run(context: &Context<'_>, args: &ApplicationsArgs) -> Result<Exit, Failure> {
    if let Some(name) = &args.environment {
        environments(context).get(name)?;
    }
    ensure_running(context).await?;
    let mut found = match context.ports.platform.applications().await {
        Ok(found) => found,
        Err(PlatformError::NotRunning) => asked_for(context)?,
        Err(error) => return Err(error.into()),
    };
    if let Some(environment) = &args.environment {
        found.retain(|one| one.environment == *environment);
    }
    if let Some(name) = &args.name {
        let known: Vec<String> = found.iter().map(|one| one.app.clone()).collect();
        found.retain(|one| one.app == *name);
        if found.is_empty() {
            return Err(Failure::not_found("app", name, &known));
        }
    }
    match args.output.output {
        Some(OutputFormat::Name) => {
            context
                .ui
                .names("application", found.iter().map(|one| &one.app))?;
        }
        None | Some(OutputFormat::Wide) => {
            if found.is_empty() {
                context
                    .ui
                    .say("no app is in an environment yet; a release pipeline promotes to staging");
                return Ok(Exit::Done);
            }
            let is_wide = args.output.output.is_some();
            context.ui.answer(&table(&found, is_wide))?;
            say_problems(context, &found);
        }
        Some(format) => context.ui.list(format, &found)?,
    }
    Ok(Exit::Done)
}

/// What the environments' repositories ask for: all that is known while nobody runs it.
fn asked_for(context: &Context<'_>) -> Result<Vec<Application>, Failure> {
    let environments = environments(context);
    let mut applications = Vec::new();
    for environment in environments.list()? {
        for installed in environments.installed(&environment)? {
            applications.push(Application {
                app: installed.app,
                environment: environment.name.to_string(),
                version: installed.version,
                url: None,
                ready: 0,
                desired: 0,
                asleep: false,
                health: Health::Unknown,
                revision: String::new(),
                message: None,
            });
        }
    }
    if !applications.is_empty() {
        context
            .ui
            .warn("the local platform is not running: this is what the environments ask for");
        context.ui.hint("`landfall up` starts it");
    }
    applications
        .sort_by(|one, other| (&one.app, &one.environment).cmp(&(&other.app, &other.environment)));
    Ok(applications)
}
