//! Commands whose command line is Helm's: flags are read as Helm reads them, not by clap, and refused with its words and status.
//!
//! clap still knows the flags, for help and completion; [`verbatim`] keeps it from reading them.

mod config;
mod flags;
mod pflag;
mod scalars;
mod settings;

use std::ffi::OsString;
use std::marker::PhantomData;

use clap::{ArgMatches, CommandFactory as _};

use crate::cli::Cli;
use crate::context::Context;
use crate::failure::{Exit, Failure};

pub(super) use config::HelmConfig;
pub(super) use flags::{CHART_PATH, GLOBAL, INSTALL, LINT, LOGGING, TEMPLATE, VALUES};
pub(super) use pflag::{Flag, Parsed};
pub(super) use settings::{is_debug, layers, namespace};

/// The commands whose words clap leaves alone.
const COMMANDS: &[&str] = &["lint", "template"];

/// The command line with `--` behind the name of a command of Helm's, so that clap passes the rest on as it is.
pub fn verbatim(args: &[OsString]) -> Vec<OsString> {
    let mut words = args.to_vec();
    let mut at = 1;
    while let Some(word) = args.get(at).and_then(|word| word.to_str()) {
        match word {
            "--color" => at += 2,
            _ if word.starts_with('-') => at += 1,
            _ => {
                if COMMANDS.contains(&word) {
                    words.insert(at + 1, "--".into());
                }
                break;
            }
        }
    }
    words
}

/// The flags of one command.
pub(super) trait Table {
    /// Its groups.
    const FLAGS: &'static [&'static [Flag]];
}

/// Shows the flags of a command in its help and to shells, and reads none of them.
#[derive(Debug)]
pub(super) struct Shown<T>(PhantomData<T>);

impl<T: Table> clap::Args for Shown<T> {
    fn augment_args(command: clap::Command) -> clap::Command {
        let shown = T::FLAGS.iter().copied().flatten();
        shown.fold(command, |command, flag| {
            let Some((value, help)) = flag.help else {
                return command;
            };
            let arg = clap::Arg::new(flag.name).long(flag.name).help(help);
            let arg = match flag.short {
                Some(short) => arg.short(short),
                None => arg,
            };
            command.arg(if value.is_empty() {
                arg.action(clap::ArgAction::SetTrue)
            } else {
                arg.value_name(value).action(clap::ArgAction::Append)
            })
        })
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl<T> clap::FromArgMatches for Shown<T> {
    fn from_arg_matches(_: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self(PhantomData))
    }

    fn update_from_arg_matches(&mut self, _: &ArgMatches) -> Result<(), clap::Error> {
        Ok(())
    }
}

/// How a command is called.
#[derive(Debug)]
pub(super) struct Usage {
    /// Its name.
    pub(super) name: &'static str,
    /// What Helm prints for a call without words.
    pub(super) line: &'static str,
    /// Flags of which only one may be given.
    pub(super) exclusive: &'static [[&'static str; 2]],
}

/// What became of a command line.
#[derive(Debug)]
pub(super) enum Reading {
    /// It can be run; the text is for standard error.
    Run(Parsed, String),
    /// Everything is said.
    Over(Exit),
}

/// Reads the words behind a command of Helm's.
///
/// # Errors
/// The help cannot be printed.
pub(super) fn read(
    context: &Context<'_>,
    usage: &Usage,
    flags: &[&[Flag]],
    words: &[OsString],
) -> Result<Reading, Failure> {
    let words: Vec<String> = words
        .iter()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let refuse = |log: &str, text: &str| {
        context.ui.pass_on(&format!("{log}Error: {text}\n"));
        Ok(Reading::Over(Exit::Failed))
    };
    let early = pflag::parse_known(&[GLOBAL, LOGGING], &words);
    if let Some(color) = ["color", "colour"]
        .iter()
        .filter_map(|name| early.text(name))
        .find(|color| !["never", "auto", "always"].contains(color))
    {
        let color = scalars::quoted(color);
        let line = chart::Warning::warn("command failed").with(
            "error",
            format!("invalid color mode {color}: must be one of: never, auto, always"),
        );
        context.ui.pass_on(&format!("{line}\n"));
        return Ok(Reading::Over(Exit::Failed));
    }
    let mut log = String::new();
    let parsed = match pflag::parse(flags, &words, &mut log) {
        Ok(parsed) => parsed,
        Err(text) => return refuse(&log, &text),
    };
    if parsed.is_on("help") {
        context.ui.pass_on(&log);
        context.ui.answer(&help(usage.name))?;
        return Ok(Reading::Over(Exit::Done));
    }
    if parsed.words.is_empty() {
        let (name, line) = (usage.name, usage.line);
        let text = format!("\"helm {name}\" requires at least 1 argument\n\nUsage:  {line}");
        return refuse(&log, &text);
    }
    for group in usage.exclusive {
        if group.iter().all(|name| parsed.is_set(name)) {
            let mut sorted = *group;
            sorted.sort_unstable();
            let text = format!(
                "if any flags in the group [{}] are set none of the others can be; [{}] were all set",
                group.join(" "),
                sorted.join(" ")
            );
            return refuse(&log, &text);
        }
    }
    Ok(Reading::Run(parsed, log))
}

/// Our own help: Helm's names the wrong program.
fn help(name: &str) -> String {
    let mut root = Cli::command();
    root.build();
    root.find_subcommand_mut(name)
        .map(|command| command.render_long_help().to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::verbatim;

    #[test]
    fn words_behind_a_command_of_helms_are_kept_from_clap() {
        let kept = |words: &[&str]| {
            let words: Vec<_> = words.iter().map(std::convert::Into::into).collect();
            let kept = verbatim(&words).into_iter();
            let kept: Vec<_> = kept.map(|word| word.into_string().unwrap()).collect();
            kept.join(" ")
        };
        assert_eq!(
            kept(&["landfall", "template", "-h"]),
            "landfall template -- -h"
        );
        assert_eq!(
            kept(&["landfall", "-q", "--color", "never", "lint", "c"]),
            "landfall -q --color never lint -- c"
        );
        assert_eq!(kept(&["landfall", "help", "lint"]), "landfall help lint");
        assert_eq!(kept(&["landfall"]), "landfall");
    }
}
