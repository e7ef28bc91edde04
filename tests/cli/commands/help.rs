//! The whole help tree as one snapshot, so that a review sees every word that changes.

use std::fmt::Write as _;

use clap::{Command, CommandFactory as _};

#[test]
fn the_help_tree() {
    let mut text = String::new();
    let mut root = landfall::cli::Cli::command().term_width(100);
    root.build();
    push(&mut text, &mut root);
    insta::assert_snapshot!("help", text);
}

fn push(text: &mut String, command: &mut Command) {
    if command.is_hide_set() || command.get_name() == "help" {
        return;
    }
    let name = command.get_bin_name().unwrap_or("landfall").to_owned();
    let help = command.render_long_help();
    writeln!(text, "## {name}\n\n{help}").unwrap();
    for child in command.get_subcommands_mut() {
        push(text, child);
    }
}
