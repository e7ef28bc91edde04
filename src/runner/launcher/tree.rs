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
    let mut children: Vec<(i32, i32)> = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse::<i32>().ok()) else {
            continue;
        };
        if let Some(parent) = living_parent(pid) {
            children.push((parent, pid));
        }
    }
    let mut known = BTreeSet::from([rustix::process::getpid().as_raw_nonzero().get()]);
    let own = known.clone();
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
    known
        .difference(&own)
        .filter_map(|pid| Pid::from_raw(*pid))
        .collect()
}

/// The parent of a process that is neither gone nor a zombie: fields 3 and 4 of `/proc/PID/stat`.
fn living_parent(pid: i32) -> Option<i32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    if matches!(state, "Z" | "X") {
        return None;
    }
    fields.next()?.parse().ok()
}
