//! The command line. Parsing records what was typed and does nothing else.

use clap::{ArgAction, Parser};

use crate::commands::Command;
use crate::settings::{ColorChoice, FlagSettings};
use crate::ui::Verbosity;

/// Take a repository to production: import, render, promote, watch and serve
#[derive(Debug, Parser)]
#[command(
    name = "landfall",
    version,
    propagate_version = false,
    max_term_width = 100,
    arg_required_else_help = true
)]
#[command(disable_help_subcommand = false, subcommand_help_heading = "Commands")]
pub struct Cli {
    /// Flags that every command takes.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Flags that every command takes.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Say only what failed
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more (can be repeated)
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// When to colour
    #[arg(long, global = true, value_name = "WHEN", value_enum)]
    pub color: Option<ColorChoice>,
    /// Never ask: take the defaults, or fail naming the flag
    #[arg(short, long, global = true, visible_alias = "no-input")]
    pub batch_mode: bool,
    /// Never start the local platform in the background
    #[arg(long, global = true)]
    pub no_start: bool,
}

impl GlobalArgs {
    /// The part that settings are made from.
    pub fn settings(&self) -> FlagSettings {
        FlagSettings {
            color: self.color,
            batch: self.batch_mode,
            no_start: self.no_start,
        }
    }

    /// How much is said.
    pub fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, 0) => Verbosity::Normal,
            (false, 1) => Verbosity::Verbose,
            (false, _) => Verbosity::Trace,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
