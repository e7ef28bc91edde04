//! The whole help tree as one snapshot, so that a review sees every word that changes.

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
    text.push_str(&format!(
        "## {}\n\n{}\n",
        command.get_bin_name().unwrap_or("landfall").to_owned(),
        command.render_long_help()
    ));
    for child in command.get_subcommands_mut() {
        push(text, child);
    }
}
