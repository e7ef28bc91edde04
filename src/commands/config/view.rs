//! `landfall config view`

use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::ui::Table;
use crate::ui::output::OutputArgs;

/// Print every setting
///
/// Flags win over LANDFALL_ variables, these over .landfall/config.yaml of the repository, that over the
/// user's config.yaml, that over the defaults.
#[derive(Debug, clap::Args)]
pub struct ViewArgs {
    /// Say where each value comes from
    #[arg(long)]
    show_origin: bool,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

pub(super) fn run(context: &Context<'_>, args: &ViewArgs) -> Result<Exit, Failure> {
    let entries = context.settings.entries();
    if let Some(format) = args.output.output {
        let object: Map<String, Value> = entries
            .into_iter()
            .map(|(key, value, origin)| {
                let value = if args.show_origin {
                    json!({"value": value, "origin": origin.to_string()})
                } else {
                    json!(value)
                };
                (key.to_owned(), value)
            })
            .collect();
        context.ui.document(format, &object)?;
        return Ok(Exit::Done);
    }
    let mut table = if args.show_origin {
        Table::new(["KEY", "VALUE", "ORIGIN"])
    } else {
        Table::new(["KEY", "VALUE"])
    };
    for (key, value, origin) in entries {
        table.row([key.to_owned(), value, origin.to_string()]);
    }
    context.ui.answer(&table.print())?;
    Ok(Exit::Done)
}
