//! Everything a person sees. stdout is the answer, stderr is the talk.

mod activity_table;
mod diff;
mod failure;
mod log_text;
pub mod output;
mod progress;
mod prompt;
mod screen;
mod style;
mod table;
mod text;

use std::fmt;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub use activity_table::{ActivityTable, pipeline_table, status_style};
pub use diff::unified_diff;
pub use log_text::{LINE_LIMIT, LogLines, log_prefix};
pub use output::OutputFormat;
pub use progress::Progress;
pub use prompt::CannotAsk;
pub use screen::Screen;
pub use style::{Style, paint};
pub use table::{Align, Table};
pub use text::{age, count, duration, shortened, wrap};

use crate::env_vars;
use crate::failure::Failure;
use crate::process::Process;
use crate::settings::ColorChoice;

/// How much is said on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Verbosity {
    /// Failures only.
    Quiet,
    /// What a person wants to know.
    #[default]
    Normal,
    /// Each step.
    Verbose,
    /// Each step and each child process.
    Trace,
}

/// What a [`Ui`] is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UiOptions {
    /// How much is said.
    pub verbosity: Verbosity,
    /// When to colour.
    pub color: ColorChoice,
    /// Whether never to ask.
    pub batch: bool,
    /// Whether errors are printed as JSON, because the answer is JSON.
    pub json_errors: bool,
}

/// The two streams and how to use them.
pub struct Ui {
    stdout: Mutex<Box<dyn Write + Send>>,
    stderr: Mutex<Box<dyn Write + Send>>,
    stdout_color: bool,
    stderr_color: bool,
    stdout_terminal: bool,
    stderr_terminal: bool,
    can_ask: bool,
    is_real: bool,
    width: Option<usize>,
    options: UiOptions,
}

impl fmt::Debug for Ui {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Ui")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Ui {
    /// The real streams, as the process and the settings want them.
    pub fn from_process(process: &Process, options: UiOptions) -> Self {
        let terminals = process.terminals();
        let quiet_terminal = process.var(env_vars::TERM) == Some("dumb")
            || process
                .var(env_vars::NO_COLOR)
                .is_some_and(|value| !value.is_empty());
        let forced = process
            .var(env_vars::CLICOLOR_FORCE)
            .is_some_and(|value| !matches!(value, "" | "0"));
        let color = |terminal: bool| match options.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => !quiet_terminal && (terminal || forced),
        };
        Self {
            stdout: Mutex::new(Box::new(io::stdout())),
            stderr: Mutex::new(Box::new(io::stderr())),
            stdout_color: color(terminals.stdout),
            stderr_color: color(terminals.stderr),
            stdout_terminal: terminals.stdout,
            stderr_terminal: terminals.stderr,
            can_ask: terminals.stdin
                && terminals.stderr
                && !options.batch
                && process.var(env_vars::CI).is_none_or(str::is_empty),
            is_real: true,
            width: terminals.stdout.then(|| terminal_width(process)).flatten(),
            options,
        }
    }

    /// A silent one that keeps what it is given, for tests.
    pub fn capture(stdout: Box<dyn Write + Send>, stderr: Box<dyn Write + Send>) -> Self {
        Self {
            stdout: Mutex::new(stdout),
            stderr: Mutex::new(stderr),
            stdout_color: false,
            stderr_color: false,
            stdout_terminal: false,
            stderr_terminal: false,
            can_ask: false,
            is_real: false,
            width: None,
            options: UiOptions::default(),
        }
    }

    /// The stream of the answer. Lines of one answer are written under one lock.
    pub fn stdout(&self) -> MutexGuard<'_, Box<dyn Write + Send>> {
        self.stdout.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stderr(&self) -> MutexGuard<'_, Box<dyn Write + Send>> {
        self.stderr.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the answer, which brings its own line ends, and flushes it.
    ///
    /// # Errors
    /// The reader is gone or the disk is full.
    pub fn answer(&self, text: &str) -> Result<(), Failure> {
        let mut stdout = self.stdout();
        let written = stdout.write_all(text.as_bytes());
        Ok(written
            .and_then(|()| stdout.flush())
            .map_err(anyhow::Error::new)?)
    }

    /// Says one line of talk, unless quiet.
    pub fn say(&self, line: impl fmt::Display) {
        self.talk(Verbosity::Normal, &line);
    }

    /// Says one line to those who asked for more.
    pub fn verbose(&self, line: impl fmt::Display) {
        self.talk(Verbosity::Verbose, &line);
    }

    /// Says one line that only a search for faults needs.
    pub fn trace(&self, line: impl fmt::Display) {
        self.talk(Verbosity::Trace, &line);
    }

    /// Writes text to stderr as it is, also when quiet: for commands that print another program's words.
    pub fn pass_on(&self, text: &str) {
        // A closed stderr is no reason to stop the work.
        let _ = self.stderr().write_all(text.as_bytes());
    }

    /// Warns: the work goes on, but not as one might think.
    pub fn warn(&self, line: impl fmt::Display) {
        self.talk(
            Verbosity::Normal,
            &format_args!("{} {line}", self.paint_talk(Style::Warning, "warning:")),
        );
    }

    /// Names a next step.
    pub fn hint(&self, line: impl fmt::Display) {
        self.talk(
            Verbosity::Normal,
            &format_args!("{} {line}", self.paint_talk(Style::Hint, "hint:")),
        );
    }

    fn talk(&self, at_least: Verbosity, line: &dyn fmt::Display) {
        if self.options.verbosity >= at_least {
            // A closed stderr is no reason to stop the work.
            let _ = writeln!(self.stderr(), "{line}");
        }
    }

    /// `text` in `style` when stdout is coloured.
    pub fn paint(&self, style: Style, text: &str) -> String {
        paint(style, text, self.stdout_color)
    }

    fn paint_talk(&self, style: Style, text: &str) -> String {
        paint(style, text, self.stderr_color)
    }

    /// Whether the streams are the process's own.
    fn is_real(&self) -> bool {
        self.is_real
    }

    /// Whether the answer is coloured.
    pub fn is_colored(&self) -> bool {
        self.stdout_color
    }

    /// Whether the answer goes to a terminal.
    pub fn is_terminal(&self) -> bool {
        self.stdout_terminal
    }

    /// The width of the terminal of the answer; `None` in a pipe, where nothing is cut.
    pub fn width(&self) -> Option<usize> {
        self.width
    }

    /// Whether nothing is asked: defaults are taken.
    pub fn is_batch(&self) -> bool {
        self.options.batch
    }

    /// How much is said.
    pub fn verbosity(&self) -> Verbosity {
        self.options.verbosity
    }
}

fn terminal_width(process: &Process) -> Option<usize> {
    if let Some(columns) = process
        .var(env_vars::COLUMNS)
        .and_then(|columns| columns.parse().ok())
    {
        return Some(columns);
    }
    rustix::termios::tcgetwinsize(io::stdout())
        .ok()
        .map(|size| usize::from(size.ws_col))
        .filter(|width| *width > 0)
}
