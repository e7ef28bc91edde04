//! A hermetic session: the real program in a scratch home, with an own Git identity and nothing of the caller's environment but PATH.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A scratch home and a work folder; everything is removed at the end.
pub(crate) struct Session {
    root: TempDir,
}

/// What one command printed and how it ended, placeholders in place of what differs between runs.
pub(crate) struct Outcome {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

impl Session {
    /// A new home with a Git identity and an empty folder `work`.
    pub(crate) fn new() -> Self {
        // A path of one length everywhere, so that columns in snapshots do not move.
        let root = tempfile::Builder::new()
            .prefix("lf-")
            .tempdir_in("/tmp")
            .expect("a temporary folder");
        let session = Self { root };
        fs::create_dir_all(session.home()).expect("a home");
        fs::create_dir_all(session.work()).expect("a work folder");
        session.write(
            "home/.gitconfig",
            "[user]\n\tname = Ada\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n",
        );
        session
    }

    /// The folder that holds everything.
    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    /// The user's home.
    pub(crate) fn home(&self) -> PathBuf {
        self.root().join("home")
    }

    /// `LANDFALL_HOME`.
    pub(crate) fn state(&self) -> PathBuf {
        self.home().join("state")
    }

    /// The folder commands run in.
    pub(crate) fn work(&self) -> PathBuf {
        self.root().join("work")
    }

    /// Writes a file below the root, with the folders above it.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Reads a file below the root.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).expect(path)
    }

    /// The program with these arguments in `work`, ready to be changed and started.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_landfall"));
        command.args(args);
        self.isolate(&mut command);
        command
    }

    /// Runs the program in `work`.
    pub(crate) fn run(&self, args: &[&str]) -> Outcome {
        self.outcome(self.command(args).output().expect("the program starts"))
    }

    /// Runs the program in a folder below the root.
    pub(crate) fn run_in(&self, folder: &str, args: &[&str]) -> Outcome {
        self.outcome(
            self.command(args)
                .current_dir(self.root().join(folder))
                .output()
                .expect("the program starts"),
        )
    }

    /// Runs git in a folder below the root and returns its standard output; a failure ends the test.
    pub(crate) fn git(&self, folder: &str, args: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(args);
        self.isolate(&mut command);
        let output = command
            .current_dir(self.root().join(folder))
            .output()
            .expect("git starts");
        assert!(
            output.status.success(),
            "git {args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout)
            .trim_end()
            .to_owned()
    }

    fn isolate(&self, command: &mut Command) {
        command
            .current_dir(self.work())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home())
            .env("USER", "ada")
            .env("LANDFALL_HOME", self.state())
            .env("LANDFALL_NO_START", "1")
            .env("NO_COLOR", "1")
            .env("COLUMNS", "80")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_DATE", "2026-11-01T12:00:00Z")
            .env("GIT_COMMITTER_DATE", "2026-11-01T12:00:00Z")
            .stdin(Stdio::null());
    }

    /// Reads an output with paths and ids replaced.
    pub(crate) fn outcome(&self, output: Output) -> Outcome {
        Outcome {
            stdout: self.redact(&String::from_utf8_lossy(&output.stdout)),
            stderr: self.redact(&String::from_utf8_lossy(&output.stderr)),
            status: output.status.code().unwrap_or(-1),
        }
    }

    fn redact(&self, text: &str) -> String {
        let root = self.root().to_string_lossy();
        let placeholder = format!("{:_<width$}", "/ROOT", width = root.len());
        text.replace(&*root, &placeholder)
            .replace(env!("CARGO_BIN_EXE_landfall"), "/LANDFALL")
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            write!(formatter, "---- stderr\n{}", self.stderr)?;
        }
        if self.status != 0 {
            write!(formatter, "---- status {}", self.status)?;
        }
        Ok(())
    }
}

/// The files below `folder` with their text, `.git` left out, as one text: what a command left on disk.
pub(crate) fn tree(folder: &Path) -> String {
    fn walk(root: &Path, folder: &Path, text: &mut String) {
        let mut entries: Vec<_> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        entries.sort();
        for path in entries
            .iter()
            .filter(|path| path.file_name().is_some_and(|name| name != ".git"))
        {
            if path.is_dir() {
                walk(root, path, text);
            } else {
                text.push_str(
                    &path
                        .strip_prefix(root)
                        .expect("a path below")
                        .to_string_lossy(),
                );
                text.push('\n');
            }
        }
    }
    let mut text = String::new();
    walk(folder, folder, &mut text);
    text
}
