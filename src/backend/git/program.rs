//! The git program as a child process: an environment of our making, an own process group, bounded output, and an end
//! that does not depend on the child's good will.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Seek as _, Write};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::env_vars;
use crate::ports::git::{GitError, GitVersion, OLDEST_GIT};
use crate::ports::interrupt::Interrupt;

/// How long a child may take to end after TERM before it is killed.
const GRACE: Duration = Duration::from_secs(10);
/// How long the pipes of an ended child are read on: a grandchild (ssh, askpass) can hold them open for ever.
const PIPE_GRACE: Duration = Duration::from_millis(500);
/// How long an HTTP transfer may be slower than [`LOW_SPEED_LIMIT`]: silence is bounded, the whole is not.
const LOW_SPEED_TIME: Duration = Duration::from_secs(30);
/// The bytes a second below which an HTTP transfer counts as standing still.
const LOW_SPEED_LIMIT: &str = "1024";
/// The most that is kept of each stream of a child: 16 MiB.
const OUTPUT_LIMIT: usize = 16 << 20;
/// How often an interrupt is looked for while a child is silent.
const TICK: Duration = Duration::from_millis(50);

/// Whose configuration applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The user's: their checkout, their hooks, their signing.
    User,
    /// Ours: of theirs only how to log in.
    Own,
}

/// One call of git.
#[derive(Debug)]
pub(super) struct Call<'a> {
    scope: Scope,
    folder: &'a Path,
    args: Vec<OsString>,
    environment: Vec<(&'static str, OsString)>,
    stdin: Option<Vec<u8>>,
    local: bool,
}

impl<'a> Call<'a> {
    /// `git ARGS` in `folder`.
    pub(super) fn new(scope: Scope, folder: &'a Path, args: &[&str]) -> Self {
        Self {
            scope,
            folder,
            args: args.iter().map(OsString::from).collect(),
            environment: Vec::new(),
            stdin: None,
            local: false,
        }
    }

    /// One more argument.
    pub(super) fn arg(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// One more variable.
    pub(super) fn env(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// What the child reads.
    pub(super) fn stdin(mut self, bytes: Vec<u8>) -> Self {
        self.stdin = Some(bytes);
        self
    }

    /// Allows the `file` protocol: the other side is a repository on this machine that was registered as such.
    pub(super) fn allow_local(mut self, local: bool) -> Self {
        self.local = local;
        self
    }

    /// Whether the other side is a repository on this machine.
    pub(super) fn is_local(&self) -> bool {
        self.local
    }

    /// The subcommand and where it ran, for messages. Later arguments may hold credentials.
    fn name(&self) -> String {
        self.args
            .first()
            .map(|arg| arg.to_string_lossy().into_owned())
            .unwrap_or_default()
    }
}

/// What a child left.
#[derive(Debug)]
pub(super) struct Output {
    /// The subcommand, for messages.
    pub(super) command: String,
    /// The exit status; `None` when a signal ended it.
    pub(super) status: Option<i32>,
    /// Standard output.
    pub(super) stdout: Vec<u8>,
    /// Standard error.
    pub(super) stderr: String,
}

impl Output {
    /// Whether it ended with 0.
    pub(super) fn is_success(&self) -> bool {
        self.status == Some(0)
    }

    /// Standard output as text without the last line end.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).trim_end().to_owned()
    }

    /// Itself, or the error that its status means.
    pub(super) fn checked(self) -> Result<Self, GitError> {
        if self.is_success() {
            Ok(self)
        } else {
            Err(self.failed())
        }
    }

    /// The error that its status means.
    pub(super) fn failed(&self) -> GitError {
        match super::refusal::of_output(self) {
            GitError::Stalled { command, reason } => GitError::Stalled {
                command,
                reason: standstill(&self.stderr).unwrap_or(reason),
            },
            error => error,
        }
    }
}

/// The git program of this machine, looked up once.
#[derive(Debug)]
pub(super) struct Program {
    environment: BTreeMap<OsString, OsString>,
    interrupt: Interrupt,
    grace: Duration,
    /// Whole seconds, as git takes them.
    low_speed_time: Duration,
    found: OnceLock<Option<(PathBuf, GitVersion)>>,
    carried: OnceLock<Vec<(String, String)>>,
}

impl Program {
    /// The program that `environment` leads to.
    pub(super) fn new(environment: BTreeMap<OsString, OsString>, interrupt: Interrupt) -> Self {
        Self {
            environment,
            interrupt,
            grace: GRACE,
            low_speed_time: LOW_SPEED_TIME,
            found: OnceLock::new(),
            carried: OnceLock::new(),
        }
    }

    /// Its version.
    pub(super) fn version(&self) -> Result<GitVersion, GitError> {
        self.locate().map(|(_, version)| version.clone())
    }

    /// Runs git to its end.
    ///
    /// # Errors
    /// No usable git, an interrupt, or a child that cannot be started. A bad exit status is not an error here.
    pub(super) fn run(&self, call: Call<'_>) -> Result<Output, GitError> {
        let (path, _) = self.locate()?;
        let mut command = Command::new(path);
        command.args(&call.args).current_dir(call.folder);
        self.set_environment(&mut command, &call);
        let name = call.name();
        self.finish(command, &name, call.stdin)
    }

    fn locate(&self) -> Result<&(PathBuf, GitVersion), GitError> {
        let found = self.found.get_or_init(|| {
            let path = self.search()?;
            let mut command = Command::new(&path);
            command.arg("--version").env("LC_ALL", "C");
            let output = self.finish(command, "--version", None).ok()?;
            let version = parse_version(&output.text())?;
            Some((path, version))
        });
        let found = found.as_ref().ok_or(GitError::Missing)?;
        if found.1.number < OLDEST_GIT {
            return Err(GitError::TooOld {
                found: found.1.text.clone(),
            });
        }
        Ok(found)
    }

    fn search(&self) -> Option<PathBuf> {
        let path = self.environment.get(OsStr::new(env_vars::PATH))?;
        std::env::split_paths(path)
            .filter(|folder| folder.is_absolute())
            .map(|folder| folder.join("git"))
            .find(|candidate| rustix::fs::access(candidate, rustix::fs::Access::EXEC_OK).is_ok())
    }

    fn set_environment(&self, command: &mut Command, call: &Call<'_>) {
        command.env_clear();
        let mut settings: Vec<(String, String)> = Vec::new();
        // Settings that the caller gives by the environment come first and stay.
        let mut given = 0;
        match call.scope {
            Scope::User => {
                let hidden = |name: &OsStr| env_vars::HIDDEN_FROM_GIT.iter().any(|h| name == *h);
                command.envs(self.environment.iter().filter(|(name, _)| !hidden(name)));
                given = self.given_settings();
                // Cleaning up may take minutes and goes on behind our back; it is left to the user's own next command.
                settings.push(("maintenance.auto".to_owned(), "false".to_owned()));
            }
            Scope::Own => {
                let passed = env_vars::PASSED_TO_GIT
                    .iter()
                    .filter_map(|name| Some((*name, self.environment.get(OsStr::new(name))?)));
                command
                    .envs(passed)
                    .env("GIT_CONFIG_NOSYSTEM", "1")
                    .env("GIT_CONFIG_GLOBAL", "/dev/null")
                    .env("GIT_LFS_SKIP_SMUDGE", "1");
                for (key, value) in [
                    ("core.hooksPath", "/dev/null"),
                    ("gc.autoDetach", "false"),
                    ("maintenance.autoDetach", "false"),
                    ("safe.bareRepository", "explicit"),
                    ("submodule.recurse", "false"),
                    ("advice.detachedHead", "false"),
                ] {
                    settings.push((key.to_owned(), value.to_owned()));
                }
                if !call.local {
                    settings.extend_from_slice(self.carried_settings());
                }
            }
        }
        let protocols = if call.local {
            "file:https:ssh"
        } else {
            "https:ssh"
        };
        command
            .env("LC_ALL", "C")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ALLOW_PROTOCOL", protocols)
            .env("GIT_LITERAL_PATHSPECS", "1")
            .env("GIT_HTTP_LOW_SPEED_LIMIT", LOW_SPEED_LIMIT)
            .env(
                "GIT_HTTP_LOW_SPEED_TIME",
                self.low_speed_time.as_secs().to_string(),
            );
        if !settings.is_empty() {
            command.env("GIT_CONFIG_COUNT", (given + settings.len()).to_string());
            for (index, (key, value)) in settings.iter().enumerate() {
                let index = given + index;
                command
                    .env(format!("GIT_CONFIG_KEY_{index}"), key)
                    .env(format!("GIT_CONFIG_VALUE_{index}"), value);
            }
        }
        command.envs(call.environment.iter().map(|(name, value)| (name, value)));
    }

    /// How many settings the caller's environment holds for git.
    fn given_settings(&self) -> usize {
        self.environment
            .get(OsStr::new("GIT_CONFIG_COUNT"))
            .and_then(|count| count.to_str()?.parse().ok())
            .unwrap_or(0)
    }

    /// Of the user's configuration: credential helpers, the ssh command, proxies and certificates. Read once.
    fn carried_settings(&self) -> &[(String, String)] {
        self.carried.get_or_init(|| {
            let pattern = r"^(credential\..*|core\.sshcommand|core\.askpass|http\.(.*\.)?(proxy.*|sslcainfo|sslcapath|sslcert|sslkey))$";
            let call = Call::new(
                Scope::User,
                Path::new("/"),
                &["config", "--null", "--get-regexp", pattern],
            );
            let Ok(output) = self.run(call) else {
                return Vec::new();
            };
            String::from_utf8_lossy(&output.stdout)
                .split('\0')
                .filter_map(|entry| entry.split_once('\n'))
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect()
        })
    }

    /// Starts the command in a process group of its own and waits for its end or for an interrupt.
    fn finish(
        &self,
        mut command: Command,
        name: &str,
        stdin: Option<Vec<u8>>,
    ) -> Result<Output, GitError> {
        let failed = |error: io::Error| GitError::Command {
            command: name.to_owned(),
            status: None,
            reason: error.to_string(),
        };
        let stdin = match stdin {
            Some(bytes) => whole(&bytes).map_err(failed)?,
            None => Stdio::null(),
        };
        command
            .process_group(0)
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        let (ended, ends) = mpsc::channel();
        let stdout = read_in_thread(child.stdout.take(), ended.clone());
        let stderr = read_in_thread(child.stderr.take(), ended);
        let interrupted = self.wait(&mut child, &ends).map_err(failed)?;
        if interrupted {
            return Err(GitError::Interrupted {
                command: name.to_owned(),
            });
        }
        let status = child.wait().map_err(failed)?;
        Ok(Output {
            command: name.to_owned(),
            status: status.code(),
            stdout: take(&stdout),
            stderr: String::from_utf8_lossy(&take(&stderr)).into_owned(),
        })
    }

    /// Returns when the child has ended and its pipes are read, or were given up; true after an interrupt.
    fn wait(&self, child: &mut Child, ends: &Receiver<()>) -> io::Result<bool> {
        let mut open = 2;
        let mut told: Option<Instant> = None;
        let mut killed = false;
        let mut ended: Option<Instant> = None;
        loop {
            match ends.recv_timeout(TICK) {
                Ok(()) => open = usize::saturating_sub(open, 1),
                Err(RecvTimeoutError::Disconnected) => open = 0,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if open == 0 && ended.is_none() && told.is_none() {
                // Both streams are closed: the end is near, and waiting for it costs nothing.
                std::thread::sleep(Duration::from_micros(200));
            }
            if ended.is_none() && child.try_wait()?.is_some() {
                ended = Some(Instant::now());
            }
            match ended {
                Some(_) if open == 0 => return Ok(told.is_some()),
                Some(at) if at.elapsed() >= PIPE_GRACE => return Ok(told.is_some()),
                _ => {}
            }
            match told {
                None if self.interrupt.is_raised() => {
                    signal_group(child, Signal::TERM);
                    told = Some(Instant::now());
                }
                Some(at) if !killed && at.elapsed() >= self.grace => {
                    signal_group(child, Signal::KILL);
                    killed = true;
                }
                _ => {}
            }
        }
    }
}

/// Input that is there before its reader. A pipe ends early when landfall is killed, and git takes no paths for all paths.
fn whole(bytes: &[u8]) -> io::Result<Stdio> {
    let mut file = tempfile::tempfile()?;
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file.into())
}

fn signal_group(child: &Child, signal: Signal) {
    if let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // A group that is gone already is what was wanted.
        let _ = kill_process_group(pid, signal);
    }
}

type Kept = Arc<Mutex<Vec<u8>>>;

/// Reads a pipe to its end without ever holding up the child: what is beyond the limit is dropped.
fn read_in_thread(pipe: Option<impl Read + Send + 'static>, ended: mpsc::Sender<()>) -> Kept {
    let kept = Kept::default();
    let Some(mut pipe) = pipe else {
        return kept;
    };
    let shared = Arc::clone(&kept);
    std::thread::spawn(move || {
        let mut buffer = [0; 16 << 10];
        loop {
            match pipe.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => {
                    let mut kept = shared.lock().unwrap_or_else(PoisonError::into_inner);
                    let room = OUTPUT_LIMIT.saturating_sub(kept.len());
                    kept.extend_from_slice(&buffer[..count.min(room)]);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        // Nobody listens when the pipe was given up.
        let _ = ended.send(());
    });
    kept
}

fn take(kept: &Kept) -> Vec<u8> {
    std::mem::take(&mut *kept.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The transfer that curl gave up for being too slow, in plain words; its own line is one of many that git prints then.
fn standstill(stderr: &str) -> Option<String> {
    let (_, rest) = stderr.split_once("transferred the last ")?;
    let (seconds, _) = rest.split_once(" seconds")?;
    Some(format!(
        "less than {LOW_SPEED_LIMIT} bytes a second came for {seconds} s"
    ))
}

/// Reads `git version 2.39.5 (Apple Git-154)`.
fn parse_version(text: &str) -> Option<GitVersion> {
    let version = text
        .strip_prefix("git version ")?
        .split_whitespace()
        .next()?;
    let mut numbers = version.split('.');
    let major = numbers.next()?.parse().ok()?;
    let minor = numbers.next()?.parse().ok()?;
    Some(GitVersion {
        number: (major, minor),
        text: version.to_owned(),
    })
}

#[cfg(test)]
#[path = "tests/program.rs"]
mod tests;
