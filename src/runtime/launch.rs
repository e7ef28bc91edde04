//! How an app's process is started.
//!
//! The resident starts itself as a small launcher, which detaches, sets limits and then becomes the app. So the big process never forks:
//! without anything to run between fork and exec the standard library uses `posix_spawn`, whose cost does not grow with the parent's memory.
//!
//! All launchers are started from one thread that lives as long as the resident: Linux sends the signal of a parent's death when the
//! *thread* that started the child ends.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, Signal};
use tokio::process::{Child, Command};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// The argument that makes the program a launcher.
pub const LAUNCHER: &str = "__launch";
/// The launcher's argument that lets the app end with the resident, however that ends.
const END_WITH_PARENT: &str = "--end-with-parent";
/// The launcher's argument that makes it wait until somebody watches it.
const AWAIT_TRACER: &str = "--await-tracer";
/// How long it waits for that at most; then it goes on unwatched.
const TRACER_LIMIT: Duration = Duration::from_millis(500);
/// Raises the chance that the kernel, short of memory, ends the app and not the resident.
const OOM_SCORE: &str = "500";

/// Starts processes from a thread of its own.
#[derive(Clone)]
pub(super) struct Spawner {
    requests: mpsc::Sender<(Command, oneshot::Sender<io::Result<Child>>)>,
}

impl fmt::Debug for Spawner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Spawner").finish_non_exhaustive()
    }
}

impl Spawner {
    /// Starts the thread; it ends with the last clone.
    pub(super) fn start() -> io::Result<Self> {
        let (requests, queue) = mpsc::channel::<(Command, oneshot::Sender<io::Result<Child>>)>();
        let runtime = Handle::current();
        std::thread::Builder::new()
            .name("spawner".to_owned())
            .spawn(move || {
                let _entered = runtime.enter();
                while let Ok((mut command, answer)) = queue.recv() {
                    // Nobody waits any more: the child is dropped and, by its setting, killed.
                    let _ = answer.send(command.spawn());
                }
            })?;
        Ok(Self { requests })
    }

    pub(super) async fn spawn(&self, command: Command) -> io::Result<Child> {
        let gone = || io::Error::other("the spawning thread has ended");
        let (answer, spawned) = oneshot::channel();
        self.requests.send((command, answer)).map_err(|_| gone())?;
        spawned.await.map_err(|_| gone())?
    }
}

/// How an app is started.
#[derive(Debug, Clone, Copy)]
pub(super) struct LaunchOptions {
    /// Whether it ends with the resident, however that ends.
    pub(super) end_with_parent: bool,
    /// Whether it waits for a tracer before it becomes the app.
    pub(super) await_tracer: bool,
}

/// The command that starts `words` through the launcher at `executable`; variables and folder are the caller's to set.
pub(super) fn command(executable: &OsStr, words: &[String], options: LaunchOptions) -> Command {
    let mut command = Command::new(executable);
    command.arg(LAUNCHER).arg(std::process::id().to_string());
    if options.end_with_parent {
        command.arg(END_WITH_PARENT);
    }
    if options.await_tracer {
        command.arg(AWAIT_TRACER);
    }
    command.arg("--");
    let mut words = words.iter();
    if let Some(program) = words.next() {
        // An app that is served by landfall itself finds the one that runs, whether or not one is installed.
        let program = if program == "landfall" {
            executable
        } else {
            program.as_ref()
        };
        command.arg(program);
    }
    command.args(words);
    bare(&mut command);
    command
}

/// The command that starts this program as a helper of the resident.
pub(super) fn helper(executable: &OsStr, kind: &str, words: &[String]) -> Command {
    let mut command = Command::new(executable);
    command.arg(kind).args(words);
    bare(&mut command);
    command.stderr(Stdio::null());
    command
}

/// Nothing of the resident but two pipes reaches the child, and it does not outlive its handle.
fn bare(command: &mut Command) {
    command
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
}

/// The launcher: becomes the program named after `--`. Returns only when that fails, with the reason.
///
/// `args` are those after [`LAUNCHER`]: the resident's process id, options, `--`, the program and its arguments.
pub fn become_instance(args: &[OsString]) -> io::Error {
    let split = args
        .iter()
        .position(|arg| arg == "--")
        .unwrap_or(args.len());
    let (options, words) = (&args[..split], args.get(split + 1..).unwrap_or_default());
    let (Some(parent), Some((program, arguments))) = (options.first(), words.split_first()) else {
        return io::Error::new(
            io::ErrorKind::InvalidInput,
            "this command is for landfall itself",
        );
    };
    let parent = parent
        .to_str()
        .and_then(|pid| pid.parse().ok())
        .and_then(Pid::from_raw);
    if let Err(error) = detach(
        parent,
        options.iter().any(|option| option == END_WITH_PARENT),
    ) {
        return error;
    }
    if options.iter().any(|option| option == AWAIT_TRACER) {
        await_tracer();
    }
    let error = std::process::Command::new(program).args(arguments).exec();
    io::Error::new(error.kind(), format!("{}: {error}", program.display()))
}

/// Returns when a tracer has this process, which the kernel tells in /proc/self/status (proc(5)), or after a while.
fn await_tracer() {
    #[cfg(target_os = "linux")]
    {
        // Where only ancestors may trace (Yama), anybody of the same user may trace this one.
        let _ = rustix::process::set_ptracer(rustix::process::PTracer::Any);
        let is_traced = || {
            let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
            let tracer = status
                .lines()
                .find_map(|line| line.strip_prefix("TracerPid:"));
            tracer.is_none_or(|pid| pid.trim() != "0")
        };
        let start = Instant::now();
        while !is_traced() && start.elapsed() < TRACER_LIMIT {
            std::thread::sleep(Duration::from_micros(200));
        }
    }
}

fn detach(parent: Option<Pid>, end_with_parent: bool) -> io::Result<()> {
    rustix::process::setsid()?;
    #[cfg(target_os = "linux")]
    {
        if end_with_parent {
            rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
            if rustix::process::getppid() != parent {
                return Err(io::Error::other("the resident process has ended"));
            }
        }
        rustix::thread::set_no_new_privs(true)?;
        // Best effort: some containers have no such file.
        let _ = fs::write("/proc/self/oom_score_adj", OOM_SCORE);
    }
    let no_core = Rlimit {
        current: Some(0),
        maximum: rustix::process::getrlimit(Resource::Core).maximum,
    };
    rustix::process::setrlimit(Resource::Core, no_core)?;
    Ok(())
}

/// Sends a signal to the process group of an instance, or to the process itself while it has not made its group yet.
///
/// Only for a process that was not waited for: its id may belong to somebody else afterwards.
pub(super) fn signal_instance(pid: u32, signal: Signal) {
    if !signal_group(pid, signal)
        && let Some(pid) = to_pid(pid)
    {
        let _ = rustix::process::kill_process(pid, signal);
    }
}

/// Sends a signal to the process group that `leader` made; false when there is none.
pub(super) fn signal_group(leader: u32, signal: Signal) -> bool {
    to_pid(leader).is_some_and(|leader| rustix::process::kill_process_group(leader, signal).is_ok())
}

fn to_pid(pid: u32) -> Option<Pid> {
    i32::try_from(pid).ok().and_then(Pid::from_raw)
}
