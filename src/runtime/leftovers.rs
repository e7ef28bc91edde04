//! Processes of a resident that was killed: recorded while they run, found and ended at the next start.
//!
//! A record names the process and the time it started, so that a process id used again is not mistaken. Every process of an instance also
//! carries the instance's name in its environment, which finds those that left the process group.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};
use serde::{Deserialize, Serialize};

use crate::env_vars::LANDFALL_INSTANCE;
use crate::files::{self, FileError, WriteOptions};

use super::launch::signal_group;

/// How long leftovers have to end by themselves.
const GRACE: Duration = Duration::from_secs(3);

/// A running instance, as it is written down.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    instance: String,
    pid: u32,
    start_time: u64,
}

/// Writes down that `pid` is `instance`; the record is `folder/<instance>.json`.
pub(super) fn record(folder: &Path, instance: &str, pid: u32) -> Result<PathBuf, FileError> {
    let path = folder.join(format!("{instance}.json"));
    let record = Record {
        instance: instance.to_owned(),
        pid,
        start_time: start_time(pid).unwrap_or(0),
    };
    let text = serde_json::to_vec(&record).unwrap_or_default();
    files::write_atomic(&path, &text, WriteOptions::default())?;
    Ok(path)
}

/// Ends what the records of a dead resident name, and removes them; returns how many instances were ended.
pub(super) fn end_all(folder: &Path) -> Result<usize, FileError> {
    let mut ended = 0;
    for path in files::list_dir(folder)? {
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = files::read_text(&path)?;
        if let Ok(record) = serde_json::from_str::<Record>(&text)
            && end(&record)
        {
            ended += 1;
        }
        files::remove_file(&path)?;
    }
    Ok(ended)
}

/// Ends one instance with all its processes; false when nothing of it was left.
fn end(record: &Record) -> bool {
    let is_leader = start_time(record.pid) == Some(record.start_time);
    let mut members = processes_of(&record.instance);
    if is_leader && !members.contains(&record.pid) {
        members.push(record.pid);
    }
    if members.is_empty() {
        return false;
    }
    if is_leader {
        signal_group(record.pid, Signal::TERM);
    }
    signal_each(&members, Signal::TERM);
    let deadline = Instant::now() + GRACE;
    while Instant::now() < deadline && members.iter().any(|pid| start_time(*pid).is_some()) {
        std::thread::sleep(Duration::from_millis(10));
    }
    if start_time(record.pid) == Some(record.start_time) {
        signal_group(record.pid, Signal::KILL);
    }
    end_stragglers(&record.instance);
    true
}

/// Kills every process that still carries the instance's name; for those that left its process group.
pub(super) fn end_stragglers(instance: &str) {
    signal_each(&processes_of(instance), Signal::KILL);
}

fn signal_each(pids: &[u32], signal: Signal) {
    for pid in pids
        .iter()
        .filter_map(|pid| i32::try_from(*pid).ok())
        .filter_map(Pid::from_raw)
    {
        let _ = rustix::process::kill_process(pid, signal);
    }
}

/// The processes of this user whose environment names the instance. None where there is no `/proc`.
fn processes_of(instance: &str) -> Vec<u32> {
    let marker = format!("{LANDFALL_INSTANCE}={instance}");
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|pid| {
            fs::read(format!("/proc/{pid}/environ")).is_ok_and(|environ| {
                environ
                    .split(|byte| *byte == 0)
                    .any(|entry| entry == marker.as_bytes())
            })
        })
        .collect()
}

/// When a process started, in ticks since boot; `None` when there is no such process or it is a zombie.
fn start_time(pid: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name, in parentheses, may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    if fields.first() == Some(&"Z") {
        return None;
    }
    fields.get(19)?.parse().ok()
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn what_a_record_names_is_ended_and_only_that() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = format!("leftover-{}", std::process::id());
        let mut child = Command::new("sleep")
            .arg("60")
            .env(LANDFALL_INSTANCE, &name)
            .spawn()
            .expect("sleep");
        let mut other = Command::new("sleep").arg("60").spawn().expect("sleep");
        record(folder.path(), &name, child.id()).expect("a record");
        // A record of a process id that now belongs to somebody else.
        let stale = Record {
            instance: "gone".to_owned(),
            pid: other.id(),
            start_time: 1,
        };
        fs::write(
            folder.path().join("gone.json"),
            serde_json::to_vec(&stale).expect("JSON"),
        )
        .expect("written");
        fs::write(folder.path().join("broken.json"), "{").expect("written");
        let reaper = std::thread::spawn(move || child.wait());
        assert_eq!(end_all(folder.path()).expect("ended"), 1);
        assert!(!reaper.join().expect("joined").expect("waited").success());
        assert!(
            other.try_wait().expect("waited").is_none(),
            "an innocent process was ended"
        );
        assert_eq!(
            files::list_dir(folder.path()).expect("listed"),
            Vec::<PathBuf>::new()
        );
        other.kill().expect("killed");
        other.wait().expect("waited");
    }
}
