//! Words that are no command: those the product promises are refused by name, the others get the nearest command.

use std::ffi::OsString;

use clap::CommandFactory as _;

use crate::cli::Cli;
use crate::failure::{Exit, Failure, near_names};

/// Commands of the product that this version does not have.
const PLANNED: &[&str] = &[
    "auth", "delete", "diff", "doctor", "match", "open", "preview", "resolve", "rollback",
    "rollout", "where",
];

pub(super) fn run(words: &[OsString]) -> Result<Exit, Failure> {
    let word = words
        .first()
        .map(|word| word.to_string_lossy().into_owned())
        .unwrap_or_default();
    if PLANNED.contains(&word.as_str()) {
        return Err(Failure::not_there_yet(&format!("`landfall {word}`"))
            .hint("`landfall help` lists what this version can do"));
    }
    let known: Vec<String> = Cli::command()
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
        .map(|command| command.get_name().to_owned())
        .collect();
    let failure = Failure::usage(format!("landfall has no command \"{word}\""));
    Err(match near_names(&word, &known).first() {
        Some(near) => failure.hint(format!("did you mean `landfall {near}`?")),
        None => failure.hint("`landfall help` lists the commands"),
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::PLANNED;
    use crate::cli::Cli;

    #[test]
    fn a_planned_command_is_not_there() {
        let command = Cli::command();
        let there: Vec<_> = command
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        assert!(
            PLANNED.iter().all(|planned| !there.contains(planned)),
            "remove it from PLANNED"
        );
    }
}
