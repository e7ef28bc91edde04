//! `landfall completion`

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::Cli;
use crate::context::Context;
use crate::failure::{Exit, Failure};

/// Print the script that completes landfall's commands in a shell
///
/// Bash:  source <(landfall completion bash)
/// Zsh:   landfall completion zsh > "${fpath[1]}/_landfall"
/// Fish:  landfall completion fish | source
#[expect(
    rustdoc::broken_intra_doc_links,
    reason = "the help has shell syntax, not a link"
)]
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct CompletionArgs {
    /// The shell
    #[arg(value_parser = ["bash", "zsh", "fish", "powershell"])]
    shell: String,
}

pub(super) fn run(context: &Context<'_>, args: &CompletionArgs) -> Result<Exit, Failure> {
    let shell = match args.shell.as_str() {
        "bash" => Shell::Bash,
        "zsh" => Shell::Zsh,
        "fish" => Shell::Fish,
        _ => Shell::PowerShell,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "landfall", &mut script);
    context.ui.answer(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
