//! What the operating system hands a program, as a value: arguments, environment, folder, terminals and clock.
//!
//! Nothing else in the crate reads `std::env` or the wall clock, so a command can run twice in one test process.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::ports::clock::{Clock, SystemClock};

/// One run of the program as the caller started it.
#[derive(Debug, Clone)]
pub struct Process {
    args: Vec<OsString>,
    environment: BTreeMap<OsString, OsString>,
    current_dir: PathBuf,
    executable: PathBuf,
    terminals: Terminals,
    clock: Arc<dyn Clock>,
}

/// Which of the three streams are terminals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Terminals {
    /// Whether standard input can be asked questions.
    pub stdin: bool,
    /// Whether the answer goes to a terminal.
    pub stdout: bool,
    /// Whether the talk goes to a terminal.
    pub stderr: bool,
}

impl Process {
    /// Reads the real process.
    ///
    /// # Errors
    /// Fails when the current folder or the path of the running program cannot be read (a deleted folder, for example).
    pub fn from_os() -> io::Result<Self> {
        Ok(Self {
            args: std::env::args_os().collect(),
            environment: std::env::vars_os().collect(),
            current_dir: std::env::current_dir()?,
            executable: std::env::current_exe()?,
            terminals: Terminals {
                stdin: io::stdin().is_terminal(),
                stdout: io::stdout().is_terminal(),
                stderr: io::stderr().is_terminal(),
            },
            clock: Arc::new(SystemClock),
        })
    }

    /// A process for tests: these arguments (without the program's name), this folder, these variables, no terminal.
    pub fn for_test(
        args: &[&str],
        current_dir: &Path,
        environment: &[(&str, &str)],
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            args: std::iter::once("landfall")
                .chain(args.iter().copied())
                .map(Into::into)
                .collect(),
            environment: environment
                .iter()
                .map(|(k, v)| (k.into(), v.into()))
                .collect(),
            current_dir: current_dir.to_owned(),
            executable: PathBuf::from("landfall"),
            terminals: Terminals::default(),
            clock,
        }
    }

    /// The arguments, the program's own name first.
    pub fn args(&self) -> &[OsString] {
        &self.args
    }

    /// The variable `name`, when it is set and is Unicode.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.environment
            .get(OsStr::new(name))
            .and_then(|value| value.to_str())
    }

    /// The variable `name` as the operating system holds it.
    pub fn var_os(&self, name: &str) -> Option<&OsStr> {
        self.environment
            .get(OsStr::new(name))
            .map(OsString::as_os_str)
    }

    /// Every variable, in the order of names.
    pub fn environment(&self) -> &BTreeMap<OsString, OsString> {
        &self.environment
    }

    /// The folder the command was started in.
    pub fn current_dir(&self) -> &Path {
        &self.current_dir
    }

    /// Reads standard input to its end, at most `limit` bytes of it.
    ///
    /// # Errors
    /// What the operating system refuses, and [`io::ErrorKind::FileTooLarge`] beyond the limit.
    pub fn read_stdin(&self, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        io::stdin().lock().take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    /// The path of the running program.
    pub fn executable(&self) -> &Path {
        &self.executable
    }

    /// Which streams are terminals.
    pub fn terminals(&self) -> Terminals {
        self.terminals
    }

    /// The clock every age and time stamp is computed from.
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }
}
