//! Processes of steps whose launcher was killed together with its run.
//!
//! A launcher ends what its step started, also when the run is killed. Who kills every process called landfall kills
//! the launchers too; what they leave is found by the mark in its environment and ended before the next run starts.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_process};

use super::launcher::{mark, tree};
use crate::env_vars::LANDFALL_STEP_ID;

/// How long killed processes may take to be gone; then they hang in the kernel and nobody can help.
const GONE_WITHIN: Duration = Duration::from_secs(5);
/// Far more than any environment that matters here.
const ENVIRONMENT_LIMIT: u64 = 4 << 20;

/// Ends everything that a dead launcher left, of whatever run.
pub(super) async fn end() {
    // It cannot fail but by a panic, and a run does not depend on it.
    let _ = tokio::task::spawn_blocking(end_all).await;
}

fn end_all() {
    let Some(namespace) = mark::namespace() else {
        return;
    };
    let deadline = Instant::now() + GONE_WITHIN;
    loop {
        let left = find(&namespace);
        if left.is_empty() || Instant::now() > deadline {
            return;
        }
        for pid in tree::pids(left) {
            let _ = kill_process(pid, Signal::KILL);
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// The processes that carry the mark of a dead launcher, and those below them that have dropped it.
fn find(namespace: &str) -> BTreeSet<i32> {
    let marked: BTreeSet<i32> = tree::all()
        .into_iter()
        .filter(|pid| mark_of(*pid).is_some_and(|mark| mark::is_abandoned(&mark, namespace)))
        // A zombie has an environment no more, but may lose it between two looks.
        .filter(|pid| tree::Stat::of(*pid).is_some())
        .collect();
    if marked.is_empty() {
        return marked;
    }
    let below = tree::below(marked.iter().copied());
    marked.into_iter().chain(below).collect()
}

/// The mark of a process of this user.
fn mark_of(pid: i32) -> Option<String> {
    let file = fs::File::open(format!("/proc/{pid}/environ")).ok()?;
    let mut bytes = Vec::new();
    file.take(ENVIRONMENT_LIMIT).read_to_end(&mut bytes).ok()?;
    let name = format!("{LANDFALL_STEP_ID}=");
    bytes
        .split(|byte| *byte == 0)
        .find_map(|entry| entry.strip_prefix(name.as_bytes()))
        .map(|mark| String::from_utf8_lossy(mark).into_owned())
}
