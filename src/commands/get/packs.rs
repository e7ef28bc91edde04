//! `landfall get packs`

use serde::Serialize;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::pack::Catalog;
use crate::ui::Table;
use crate::ui::output::{OutputArgs, OutputFormat};

/// The packs there are
///
/// BUILT says whether the pack's sample is built and served where landfall is tested, or why not. Packs
/// in the folder that the setting `packs` names come before the built-in ones of the same name.
#[derive(Debug, clap::Args)]
pub struct PacksArgs {
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

#[derive(Serialize)]
struct Item {
    name: String,
    description: String,
    extends: Vec<String>,
    source: String,
    digest: String,
    built: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unbuilt: Option<String>,
}

impl Item {
    /// Whether its sample is built where landfall is tested, and why not.
    fn built(&self) -> String {
        self.unbuilt
            .as_ref()
            .map_or_else(|| "yes".to_owned(), |why| format!("no: {why}"))
    }
}

pub(super) fn run(context: &Context<'_>, args: &PacksArgs) -> Result<Exit, Failure> {
    let catalog = Catalog::load(context.settings.packs.value.as_deref())?;
    let items = catalog
        .names()
        .iter()
        .map(|name| {
            let pack = catalog.resolve(name)?;
            Ok(Item {
                extends: pack.lineage.iter().skip(1).cloned().collect(),
                name: pack.name,
                description: pack.description,
                source: pack.source,
                digest: pack.digest,
                built: pack.unbuilt.is_none(),
                unbuilt: pack.unbuilt,
            })
        })
        .collect::<Result<Vec<Item>, Failure>>()?;
    match args.output.output {
        Some(OutputFormat::Name) => {
            context
                .ui
                .names("pack", items.iter().map(|item| &item.name))?;
        }
        Some(OutputFormat::Wide) => {
            let mut table = Table::new([
                "NAME",
                "EXTENDS",
                "SOURCE",
                "BUILT",
                "DIGEST",
                "DESCRIPTION",
            ]);
            for item in items {
                let built = item.built();
                table.row([
                    item.name,
                    item.extends.join(" "),
                    item.source,
                    built,
                    item.digest,
                    item.description,
                ]);
            }
            context.ui.answer(&table.print())?;
        }
        None => {
            let mut table = Table::new(["NAME", "BUILT", "DESCRIPTION"]);
            for item in items {
                let built = item.built();
                table.row([item.name, built, item.description]);
            }
            context.ui.answer(&table.print_within(context.ui.width()))?;
        }
        Some(format) => context.ui.list(format, &items)?,
    }
    Ok(Exit::Done)
}
