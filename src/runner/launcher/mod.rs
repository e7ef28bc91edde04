//! The supervisor of one step: this program, started once more for each step.
//!
//! It reads one `Request` from its standard input, gives the step its view and its log, starts it, and answers in
//! lines of JSON (`Report`). Its standard input stays open as long as the step may run: a byte in it says that the run
//! was cancelled, its end that whoever ran it was killed, and with either everything that the step started is ended.
//! The launcher is the subreaper of all of it, so that no child gets away by leaving its session or its parents. If
//! the launcher itself is killed, the next run finds what is left by its `mark`.

mod copy;
pub(super) mod mark;
mod mask;
mod output;
mod request;
pub(super) mod tree;
#[cfg(target_os = "linux")]
mod view;

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, Read as _, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

pub(super) use request::{Bind, End, Report, Request, View};

use output::Outputs;

use crate::env_vars::LANDFALL_STEP_ID;
use crate::failure::Exit;

/// The hidden first argument that makes this program a launcher.
pub const LAUNCH: &str = "__step";

/// How long a script that another process still has open for writing is tried again.
const BUSY_TRIES: u32 = 40;
const BUSY_PAUSE: Duration = Duration::from_millis(5);

/// How long a step may take to end when whoever ran it is gone: nobody waits for it, and another run may be about to start.
const GRACE_OF_ORPHANS: Duration = Duration::from_secs(2);

/// Supervises one step, as the hidden command.
pub fn main() -> Exit {
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    let request = match input.read_until(b'\n', &mut line) {
        Ok(_) => serde_json::from_slice::<Request>(&line),
        Err(error) => Err(serde_json::Error::io(error)),
    };
    drop(input);
    let end = match request {
        Ok(request) => supervise(request),
        Err(error) => End::NotStarted(format!("no request: {error}")),
    };
    report(&Report::Ended(end));
    Exit::Done
}

/// Tells whoever runs the step; a closed pipe means that nobody listens any more.
fn report(report: &Report) {
    if let Ok(mut line) = serde_json::to_vec(report) {
        line.push(b'\n');
        let mut output = io::stdout().lock();
        let _ = output.write_all(&line).and_then(|()| output.flush());
    }
}

/// Something that ends the wait.
enum Signal {
    Exited(io::Result<ExitStatus>),
    /// Whoever runs the step wants its end.
    Asked,
    /// Whoever ran the step is gone.
    Closed,
}

fn supervise(request: Request) -> End {
    tree::adopt_orphans();
    let log = match open_log(&request.log) {
        Ok(log) => log,
        Err(error) => {
            return End::NotStarted(format!("cannot write {}: {error}", request.log.display()));
        }
    };
    if let Err(problem) = enter_view(&request) {
        return End::NotStarted(problem);
    }
    if request.is_probe {
        return End::Code(0);
    }
    report(&Report::Started);
    let (mut child, copier) = match start(&request, &log) {
        Ok(started) => started,
        Err(problem) => {
            note(&log, &format!("Error executing command: {problem}"));
            return End::NotStarted(problem);
        }
    };
    let pid = child.id();
    let (sender, signals) = mpsc::channel();
    let closing = sender.clone();
    thread::spawn(move || {
        let read = io::stdin().lock().read(&mut [0]);
        let _ = closing.send(match read {
            Ok(length) if length > 0 => Signal::Asked,
            _ => Signal::Closed,
        });
    });
    thread::spawn(move || {
        let _ = sender.send(Signal::Exited(child.wait()));
    });
    let end = wait(&signals, &request, &log);
    tree::kill_all(pid);
    if let Some(copier) = copier {
        // Its pipes have no writer left.
        let _ = copier.join();
    }
    end
}

fn wait(signals: &Receiver<Signal>, request: &Request, log: &File) -> End {
    let limit = request.timeout_ms.map(Duration::from_millis);
    let signal = match limit {
        Some(limit) => signals.recv_timeout(limit).ok(),
        None => signals.recv().ok(),
    };
    match signal {
        Some(Signal::Exited(Ok(status))) => match (status.code(), status.signal()) {
            (Some(code), _) => End::Code(code),
            (None, signal) => End::Signal(signal.unwrap_or_default()),
        },
        Some(Signal::Exited(Err(error))) => End::NotStarted(format!("cannot wait for it: {error}")),
        Some(Signal::Asked) => {
            terminate(Duration::from_millis(request.grace_ms));
            End::Stopped
        }
        Some(Signal::Closed) => {
            terminate(GRACE_OF_ORPHANS);
            End::Stopped
        }
        None => {
            note(log, "the step exceeded the specified timeout limit");
            End::TimedOut
        }
    }
}

/// Asks everything that the step started to end, and gives it time to.
fn terminate(grace: Duration) {
    tree::terminate_all();
    let deadline = Instant::now() + grace;
    while Instant::now() < deadline && tree::has_descendants() {
        thread::sleep(Duration::from_millis(10));
    }
}

fn open_log(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).append(true).open(path)
}

/// A line of the launcher's own, in the form of Tekton's entrypoint: those who compare logs leave them out.
fn note(mut log: &File, text: &str) {
    let now = jiff::Timestamp::now().strftime("%Y/%m/%d %H:%M:%S");
    let _ = log.write_all(format!("{now} {text}\n").as_bytes());
}

#[cfg(target_os = "linux")]
fn enter_view(request: &Request) -> Result<(), String> {
    request
        .view
        .as_ref()
        .map_or(Ok(()), |view| view::enter(view, &request.working_dir))
}

#[cfg(not(target_os = "linux"))]
fn enter_view(request: &Request) -> Result<(), String> {
    request
        .view
        .as_ref()
        .map_or(Ok(()), |_| Err("only Linux has views".to_owned()))
}

/// Starts the step's process in a group of its own; the thread copies its output.
fn start(request: &Request, log: &File) -> Result<(Child, Option<JoinHandle<()>>), String> {
    let (program, args) = request.argv.split_first().ok_or("there is no command")?;
    let path = find_program(program, request)
        .ok_or_else(|| format!("exec: {program:?}: executable file not found in $PATH"))?;
    let folder = Path::new(&request.working_dir);
    if !folder.is_dir() {
        return Err(format!(
            "the working directory {} is not there",
            folder.display()
        ));
    }
    let outputs = Outputs::open(request, log)?;
    let mut command = Command::new(path);
    command
        .args(args)
        .env_clear()
        .envs(
            request
                .environment
                .iter()
                .map(|(name, value)| (name, value)),
        )
        .env(LANDFALL_STEP_ID, mark::of_this_launcher(&request.step_id))
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(outputs.stdout)
        .stderr(outputs.stderr)
        .process_group(0);
    command.arg0(program);
    let mut tries = 0;
    loop {
        match command.spawn() {
            Ok(child) => return Ok((child, outputs.copier)),
            // Another step's fork may hold the script open for writing until it becomes its own program.
            Err(error)
                if error.kind() == io::ErrorKind::ExecutableFileBusy && tries < BUSY_TRIES =>
            {
                tries += 1;
                thread::sleep(BUSY_PAUSE);
            }
            Err(error) => return Err(format!("fork/exec {program}: {error}")),
        }
    }
}

/// The program by its path, or in the step's own PATH.
fn find_program(program: &str, request: &Request) -> Option<PathBuf> {
    if program.contains('/') {
        return Some(PathBuf::from(program));
    }
    let path = request
        .environment
        .iter()
        .find(|(name, _)| name == "PATH")?;
    path.1
        .split(':')
        .map(|folder| Path::new(folder).join(program))
        .find(|candidate| {
            candidate.is_file()
                && rustix::fs::access(candidate, rustix::fs::Access::EXEC_OK).is_ok()
        })
}
