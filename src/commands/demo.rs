//! `landfall demo`

use std::time::Duration;

use crate::context::Context;
use crate::demo::story::{self, Stage, StoryOptions};
use crate::demo::{Sample, Scratch};
use crate::env_vars;
use crate::failure::{Exit, Failure};
use crate::ui::{Style, Ui};

/// Tell the whole story on a sample app, in a scratch folder, in about a minute
///
/// Import, pipeline, staging, a request answered from zero, 300 concurrent requests, sleep, production.
/// Nothing outside the scratch folder is touched, and the folder is removed at the end.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// The sample app (default: the first whose tools are installed)
    #[arg(long, value_name = "PACK", value_parser = Sample::NAMES)]
    sample: Option<String>,
    /// How long the load lasts, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=600))]
    load: u64,
    /// Leave the scratch folder where it is
    #[arg(long)]
    keep: bool,
}

pub(super) async fn run(context: &Context<'_>, args: &DemoArgs) -> Result<Exit, Failure> {
    context.ports.git.version()?;
    let folders: Vec<_> =
        std::env::split_paths(context.process.var_os(env_vars::PATH).unwrap_or_default()).collect();
    let sample = args
        .sample
        .as_deref()
        .and_then(Sample::of_pack)
        .unwrap_or_else(|| Sample::for_tools(&folders));
    let environment = context
        .process
        .environment()
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let mut scratch = Scratch::new(context.process.executable(), environment, args.keep)?;
    let options = StoryOptions {
        sample,
        load: Duration::from_secs(args.load),
    };
    let mut teller = Teller {
        ui: context.ui,
        scene: 0,
    };
    let told = tokio::select! {
        told = story::tell(&scratch, options, &mut teller) => Some(told),
        _ = tokio::signal::ctrl_c() => None,
    };
    scratch.clean_up().await;
    if args.keep {
        context
            .ui
            .say(format!("kept: {}", scratch.folder().display()));
    }
    match told {
        Some(told) => {
            told?;
            teller.end(args.keep);
            Ok(Exit::Done)
        }
        None => Ok(Exit::Interrupted),
    }
}

/// Prints the story on stdout: it is this command's answer.
struct Teller<'a> {
    ui: &'a Ui,
    scene: usize,
}

impl Teller<'_> {
    fn print(&self, line: &str) {
        // A reader that went away ends the program at the next scene's command.
        let _ = self.ui.answer(&format!("{}\n", line.trim_end()));
    }

    fn end(&self, kept: bool) {
        let cleaned = if kept {
            ""
        } else {
            " The scratch folder is gone."
        };
        self.print(&format!("\nThat was all of it, on this machine.{cleaned}"));
        self.print("Your turn: go to a repository and type `landfall import`.");
    }
}

impl Stage for Teller<'_> {
    fn scene(&mut self, title: &str) {
        self.scene += 1;
        let gap = if self.scene == 1 { "" } else { "\n" };
        self.print(&format!(
            "{gap}{}",
            self.ui
                .paint(Style::Strong, &format!("{}. {title}", self.scene))
        ));
    }

    fn types(&mut self, command: &str) {
        self.print(&format!(
            "   {}",
            self.ui.paint(Style::Hint, &format!("$ {command}"))
        ));
    }

    fn tells(&mut self, line: &str) {
        self.print(&format!("   {line}"));
    }
}
