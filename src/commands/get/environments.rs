//! `landfall get environments`

use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::gitops::Environment;
use crate::ui::output::{OutputArgs, OutputFormat};
use crate::ui::{Align, Table};

use super::super::environments::environments;

/// The environments, in the order of promotion
#[derive(Debug, clap::Args)]
pub struct EnvironmentsArgs {
    /// Only the environment of that name
    name: Option<String>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

pub(super) fn run(context: &Context<'_>, args: &EnvironmentsArgs) -> Result<Exit, Failure> {
    let environments = environments(context);
    let found = match &args.name {
        Some(name) => vec![environments.get(name)?],
        None => environments.list()?,
    };
    match args.output.output {
        Some(OutputFormat::Name) => {
            context
                .ui
                .names("environment", found.iter().map(|one| &one.name))?;
        }
        None | Some(OutputFormat::Wide) => {
            if found.is_empty() {
                context
                    .ui
                    .say("there is no environment yet; the first promotion creates staging and production");
                return Ok(Exit::Done);
            }
            let mut table = Table::new(["NAME", "PROMOTE", "NAMESPACE", "ORDER", "SOURCE"])
                .align(3, Align::Right);
            for one in &found {
                table.row([
                    one.name.to_string(),
                    one.promotion.to_string(),
                    one.namespace.clone(),
                    one.order.to_string(),
                    source(one),
                ]);
            }
            context.ui.answer(&table.print())?;
        }
        Some(format) => {
            let items: Vec<Value> = found.iter().map(object).collect();
            match (&args.name, items.as_slice()) {
                (Some(_), [one]) => context.ui.document(format, one)?,
                _ => context.ui.list(format, &items)?,
            }
        }
    }
    Ok(Exit::Done)
}

fn source(environment: &Environment) -> String {
    if environment.dir.is_empty() {
        environment.repository.clone()
    } else {
        format!("{}//{}", environment.repository, environment.dir)
    }
}

/// jx's Environment object (`jenkins.io/v1`), as far as a local environment has its fields.
fn object(environment: &Environment) -> Value {
    json!({
        "apiVersion": "jenkins.io/v1",
        "kind": "Environment",
        "metadata": {"name": environment.name},
        "spec": {
            "label": environment.name,
            "namespace": environment.namespace,
            "promotionStrategy": environment.promotion,
            "order": environment.order,
            "kind": "Permanent",
            "source": {"kind": "Git", "url": environment.repository, "ref": "main", "dir": environment.dir},
        },
    })
}
