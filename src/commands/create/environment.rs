//! `landfall create environment`

use std::path::{Component, PathBuf};

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::gitops::{Environment, NewEnvironment, Strategy};
use crate::ui::output::{OutputArgs, OutputFormat};

use super::super::environments::environments;

/// Register an environment, and make its repository where there is none
///
/// A repository that is there already keeps what it holds. Making the same environment again changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  landfall create environment qa --promote Auto --order 150
  landfall create environment edge --repo /srv/git/environment-edge.git")]
pub struct EnvironmentArgs {
    /// Its name: a DNS label
    name: String,
    /// The path or the address of its repository (default: ORG/environment-NAME on the local forge)
    #[arg(long, value_name = "PATH|URL")]
    repo: Option<String>,
    /// Its folder in the repository
    #[arg(
        long,
        value_name = "DIR",
        default_value = "",
        hide_default_value = true
    )]
    dir: String,
    /// Where it stands among the others; promotions go upwards
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    order: Option<i32>,
    /// Who decides: Auto (checks), Manual (a person), Never
    #[arg(long, value_name = "WHO", value_parser = strategy)]
    promote: Option<Strategy>,
    /// The namespace of its apps (default: its name)
    #[arg(long, value_name = "NS")]
    namespace: Option<String>,
    #[command(flatten)]
    pub(in super::super) output: OutputArgs,
}

fn strategy(text: &str) -> Result<Strategy, String> {
    match text.to_ascii_lowercase().as_str() {
        "auto" => Ok(Strategy::Auto),
        "manual" => Ok(Strategy::Manual),
        "never" => Ok(Strategy::Never),
        _ => Err("Auto, Manual or Never is expected".to_owned()),
    }
}

pub(super) fn run(context: &Context<'_>, args: &EnvironmentArgs) -> Result<Exit, Failure> {
    let environments = environments(context);
    let known = environments.list()?;
    let repository = args.repo.as_ref().map(|repo| address(context, repo));
    let environment = environments.create(&NewEnvironment {
        name: args.name.clone(),
        repository,
        dir: args.dir.clone(),
        order: args.order,
        promotion: args.promote,
        namespace: args.namespace.clone(),
    })?;
    if known.contains(&environment) {
        refuse_changes(context, args, &environment)?;
    }
    match args.output.output {
        Some(OutputFormat::Name) => {
            let name = format!("environment/{}\n", environment.name);
            context.ui.answer(&name)?;
        }
        Some(OutputFormat::Json | OutputFormat::Yaml | OutputFormat::Jsonl) => {
            let format = args.output.output.unwrap_or(OutputFormat::Json);
            context.ui.document(format, &environment)?;
        }
        Some(OutputFormat::Wide) | None => {
            let did = if known.contains(&environment) {
                "is there already"
            } else {
                "created"
            };
            let line = format!(
                "environment {} {did}: {} ({}, order {})\n",
                environment.name, environment.repository, environment.promotion, environment.order
            );
            context.ui.answer(&line)?;
        }
    }
    Ok(Exit::Done)
}

/// What is registered stays as it is; whoever asks for something else must hear that.
fn refuse_changes(
    context: &Context<'_>,
    args: &EnvironmentArgs,
    environment: &Environment,
) -> Result<(), Failure> {
    let promotion = args
        .promote
        .filter(|promotion| *promotion != environment.promotion)
        .map(|promotion| {
            (
                "promotion",
                environment.promotion.to_string(),
                promotion.to_string(),
            )
        });
    let order = args
        .order
        .filter(|order| *order != environment.order)
        .map(|order| ("order", environment.order.to_string(), order.to_string()));
    let namespace = args.namespace.as_ref();
    let namespace = namespace
        .filter(|namespace| **namespace != environment.namespace)
        .map(|namespace| {
            (
                "namespace",
                environment.namespace.clone(),
                namespace.clone(),
            )
        });
    let Some((what, is, asked)) = promotion.or(order).or(namespace) else {
        return Ok(());
    };
    let place = context.home().environments();
    Err(Failure::new(format!(
        "the environment {} is there already: its {what} is {is}, not {asked}",
        environment.name
    ))
    .exit(Exit::Conflict)
    .hint(format!("edit {} to change it", place.display())))
}

/// A path is taken from the current folder; everything else is an address.
fn address(context: &Context<'_>, text: &str) -> String {
    let is_address = text.contains("://") || text.contains(':');
    if is_address {
        return text.to_owned();
    }
    let mut path = PathBuf::new();
    // Without `.` and `..`, so that the same place is written the same way.
    for part in context.current_dir().join(text).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::CurDir => {}
            part => path.push(part),
        }
    }
    path.display().to_string()
}
