//! Everything that a step started: finding it and ending it.

use std::collections::BTreeSet;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// How long killed processes may take to be gone; then they hang in the kernel and nobody can help.
const GONE_WITHIN: Duration = Duration::from_secs(5);

/// Makes this process the parent of orphans below it, so that they stay findable.
pub(super) fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
}

/// Asks everything below this process to end.
pub(super) fn terminate_all() {
    for pid in descendants() {
        let _ = kill_process(pid, Signal::TERM);
    }
}

/// Whether anything below this process still runs.
pub(super) fn has_descendants() -> bool {
    !descendants().is_empty()
}

/// Kills everything below this process until nothing is left; `group` is the step's own process group.
pub(super) fn kill_all(group: u32) {
    if let Some(group) = i32::try_from(group).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(group, Signal::KILL);
    }
    let deadline = Instant::now() + GONE_WITHIN;
    loop {
        let left = descendants();
        if left.is_empty() || Instant::now() > deadline {
            return;
        }
        for pid in left {
            let _ = kill_process(pid, Signal::KILL);
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// The living processes below this one, by their parents in `/proc`; none where there is no `/proc`.
fn descendants() -> Vec<Pid> {
    let own = rustix::process::getpid().as_raw_nonzero().get();
    pids(below([own]))
}

/// Process ids in the form in which signals are sent.
pub(in crate::runner) fn pids(of: impl IntoIterator<Item = i32>) -> Vec<Pid> {
    of.into_iter().filter_map(Pid::from_raw).collect()
}

/// The living processes below these, without themselves.
pub(in crate::runner) fn below(roots: impl IntoIterator<Item = i32>) -> BTreeSet<i32> {
    let children: Vec<(i32, i32)> = all()
        .into_iter()
        .filter_map(|pid| Some((Stat::of(pid)?.parent, pid)))
        .collect();
    let roots: BTreeSet<i32> = roots.into_iter().collect();
    let mut known = roots.clone();
    loop {
        let more: Vec<i32> = children
            .iter()
            .filter(|(parent, pid)| known.contains(parent) && !known.contains(pid))
            .map(|(_, pid)| *pid)
            .collect();
        if more.is_empty() {
            break;
        }
        known.extend(more);
    }
    known.difference(&roots).copied().collect()
}

/// The ids of all processes; none where there is no `/proc`.
pub(in crate::runner) fn all() -> Vec<i32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect()
}

/// What `/proc/PID/stat` says of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::runner) struct Stat {
    /// Its parent.
    pub(in crate::runner) parent: i32,
    /// When it started, in ticks since the system's boot.
    pub(in crate::runner) started: String,
}

impl Stat {
    /// Looks at a process; `None` if it is gone or a zombie.
    pub(in crate::runner) fn of(pid: i32) -> Option<Self> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The program's name stands in parentheses and may hold anything, parentheses included.
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
        if matches!(fields.next()?, "Z" | "X") {
            return None;
        }
        Some(Self {
            parent: fields.next()?.parse().ok()?,
            started: fields.nth(17)?.to_owned(),
        })
    }
}
