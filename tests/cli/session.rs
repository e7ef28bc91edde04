//! A hermetic session: the real program in a scratch home, with an own Git identity and nothing of the caller's environment but PATH.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use regex::Regex;
use serde_json::Value;
use tempfile::TempDir;

/// How long anything may take before a test gives up; far more than it needs, for machines under load.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// A scratch home and a work folder; everything is removed at the end, and a local platform that was started is ended.
pub(crate) struct Session {
    root: TempDir,
    /// The gateway's port, where commands may start the local platform.
    port: Option<u16>,
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
        let session = Self { root, port: None };
        fs::create_dir_all(session.home()).expect("a home");
        fs::create_dir_all(session.work()).expect("a work folder");
        session.write(
            "home/.gitconfig",
            "[user]\n\tname = Ada\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n",
        );
        session
    }

    /// A session whose commands may start the local platform, with a port of its own.
    pub(crate) fn with_platform() -> Self {
        let mut session = Self::new();
        session.port = Some(free_port());
        session
    }

    /// The gateway's port.
    pub(crate) fn port(&self) -> u16 {
        self.port.expect("a session with a platform")
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

    /// Runs the program in a folder below the root; a failure ends the test.
    pub(crate) fn done_in(&self, folder: &str, args: &[&str]) -> Outcome {
        let outcome = self.run_in(folder, args);
        assert_eq!(outcome.status, 0, "landfall {args:?}: {outcome}");
        outcome
    }

    /// Runs the program in `work` with `-o json` and reads the answer.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        self.json_in("work", args)
    }

    /// Runs the program in a folder with `-o json` and reads the answer, whatever the status.
    pub(crate) fn json_in(&self, folder: &str, args: &[&str]) -> Value {
        let outcome = self.run_in(folder, &[args, &["-o", "json"]].concat());
        serde_json::from_str(&outcome.stdout)
            .unwrap_or_else(|error| panic!("landfall {args:?}: {error}: {outcome}"))
    }

    /// Makes the repository `work/<name>` with these files in one commit on the branch main.
    pub(crate) fn repository(&self, name: &str, files: &[(&str, &str)]) -> String {
        let folder = format!("work/{name}");
        fs::create_dir_all(self.root().join(&folder)).expect("a folder");
        self.git(&folder, &["init", "--quiet"]);
        for (path, text) in files {
            self.write(&format!("{folder}/{path}"), text);
        }
        self.git(&folder, &["add", "--all"]);
        self.git(&folder, &["commit", "--quiet", "-m", "feat: start"]);
        folder
    }

    /// Asks again until `wanted` finds what it looks for; a minute without it ends the test.
    pub(crate) fn until<T>(&self, what: &str, mut wanted: impl FnMut() -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = wanted() {
                return found;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "{what} did not happen; the resident said: {}",
                fs::read_to_string(self.state().join("run/serve.log")).unwrap_or_default()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Sends a GET to the gateway for `host`.
    pub(crate) fn get(&self, host: &str, path: &str) -> Answer {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port())).expect("a gateway");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .expect("a request");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        Answer {
            status: head
                .split(' ')
                .nth(1)
                .and_then(|status| status.parse().ok())
                .expect("a status"),
            body: body.to_owned(),
        }
    }

    /// The process id of the resident.
    pub(crate) fn resident(&self) -> String {
        self.json(&["status"])["status"]["pid"]
            .as_u64()
            .expect("a process id")
            .to_string()
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

    /// Sets the hermetic environment of a session on any program.
    pub(crate) fn isolate(&self, command: &mut Command) {
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
        if let Some(port) = self.port {
            command
                .env("LANDFALL_PORT", port.to_string())
                .env_remove("LANDFALL_NO_START");
        }
    }

    /// The answer of the program on a terminal of 80 columns that nobody types on; its talk goes elsewhere.
    pub(crate) fn screen(&self, folder: &str, args: &str) -> String {
        let mut command = Command::new("script");
        self.isolate(&mut command);
        let output = command
            .args(["--quiet", "--return", "--command"])
            .arg(format!(
                "{} {args} 2>/dev/null",
                env!("CARGO_BIN_EXE_landfall")
            ))
            .arg("/dev/null")
            .current_dir(self.root().join(folder))
            .env("TERM", "xterm")
            .env("SHELL", "/bin/sh")
            .output()
            .expect("script, of util-linux, is installed");
        String::from_utf8_lossy(&output.stdout).replace('\r', "")
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
        let text = text
            .replace(&*root, &placeholder)
            .replace(env!("CARGO_BIN_EXE_landfall"), "/LANDFALL");
        match self.port {
            Some(port) => text.replace(&format!(":{port}"), ":PORT_"),
            None => text,
        }
    }
}

impl Session {
    /// Ends the local platform, if it runs.
    pub(crate) fn end_platform(&self) {
        if self.port.is_none() {
            return;
        }
        let status = self.command(&["status", "-o", "json"]).output();
        let pid = status
            .ok()
            .and_then(|output| serde_json::from_slice::<Value>(&output.stdout).ok())
            .and_then(|status| status["status"]["pid"].as_u64());
        let down = self.command(&["down", "--timeout", "20"]).output();
        let is_down = down.is_ok_and(|output| output.status.success());
        if let (false, Some(pid)) = (is_down, pid) {
            kill(&pid.to_string());
        }
    }
}

impl Drop for Session {
    /// A resident must not outlive its test, even one that failed.
    fn drop(&mut self) {
        self.end_platform();
    }
}

/// What the gateway answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// Ends a process as a power cut would.
pub(crate) fn kill(pid: &str) {
    let _ = Command::new("kill").args(["-9", pid]).status();
}

/// Kills a child and takes its status, so that no zombie is left.
pub(crate) fn kill_child(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// A port that nobody has: below those of apps (20000) and of outgoing connections, above those of the tests in `runtime`.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    const FIRST: u16 = 18_200;
    const COUNT: u16 = 1_700;
    loop {
        let offset = NEXT.fetch_add(1, Ordering::Relaxed);
        // Several test processes may run at the same time: each begins elsewhere.
        let start = (std::process::id() % u32::from(COUNT)) as u16;
        let port = FIRST + start.wrapping_add(offset) % COUNT;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}

impl Outcome {
    /// The same with ids, process numbers and times replaced, in their width where columns depend on it.
    pub(crate) fn stable(&self) -> Self {
        Self {
            stdout: stable(&self.stdout),
            stderr: stable(&self.stderr),
            status: self.status,
        }
    }
}

fn stable(text: &str) -> String {
    let replace = |text: String, pattern: &str, with: &str| {
        let pattern = Regex::new(pattern).expect("a pattern");
        pattern.replace_all(&text, with).into_owned()
    };
    let text = replace(text.to_owned(), r"\b[0-9a-f]{64}\b", "DIGEST");
    let text = replace(text, r"\b[0-9a-f]{40}\b", "COMMIT");
    let text = replace(text, r"\b[0-9a-f]{7}\b", "COMMIT_");
    let text = replace(text, r"\bprocess \d+", "process PID");
    // Ages and durations stand in columns that are flush right, or at least three blanks wide.
    let text = replace(text, r"  [ \d]\d(m?s)\b", "   #$1");
    replace(text, r"-[0-9a-f]{12}-[a-z0-9]{5}\b", "-REVISION____-INST_")
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

/// Every file below `folder`, Git's own included, with its bytes and the time of its last change: equal means untouched.
pub(crate) fn everything(
    folder: &Path,
) -> BTreeMap<PathBuf, (Vec<u8>, Option<std::time::SystemTime>)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("a folder");
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            let data = path.symlink_metadata().expect("its data");
            let bytes = if data.is_file() {
                fs::read(&path).expect("a file")
            } else {
                Vec::new()
            };
            if data.is_dir() {
                folders.push(path.clone());
            }
            found.insert(path, (bytes, data.modified().ok()));
        }
    }
    found
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
