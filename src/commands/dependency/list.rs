//! `landfall dependency list`

use super::{Printer, UnusedArgs};
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::render::dependency::List;

/// List the dependencies of a chart and what charts/ holds of them
///
/// Prints what helm dependency list prints. Nothing is changed and nothing is asked over the network.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// The folder of the chart, or a packed chart (default: this folder)
    #[arg(value_name = "CHART")]
    words: Vec<String>,
    /// The widest that a column may be; 0 is without limit
    #[arg(long, value_name = "COLUMNS", default_value_t = 80)]
    max_col_width: usize,
    #[command(flatten)]
    unused: UnusedArgs,
}

pub(super) fn run(context: &Context<'_>, args: &ListArgs) -> Result<Exit, Failure> {
    let list = List {
        words: args.words.clone(),
        max_column_width: args.max_col_width,
        folder: context.current_dir().to_owned(),
    };
    let mut printer = Printer::new(context.ui);
    let is_done = list.run(&mut printer);
    printer.end(is_done)
}
