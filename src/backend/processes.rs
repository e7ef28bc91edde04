//! [`SystemProcesses`]: which processes live, as the operating system tells.

use std::path::Path;

use rustix::process::{Pid, test_kill_process};

use crate::activity::Owner;
use crate::files;
use crate::ports::activities::Owners;

/// More than any line of `/proc` that is read here.
const PROC_LIMIT: u64 = 64 << 10;

/// What stands for start time and boot where the system has no `/proc`: there a process is known by its id alone.
const UNKNOWN: &str = "-";

/// The processes of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemProcesses;

impl Owners for SystemProcesses {
    fn this_process(&self) -> Option<Owner> {
        let pid = std::process::id();
        Some(Owner {
            pid,
            started: start_time(pid).unwrap_or_else(|| UNKNOWN.to_owned()),
            boot: boot_id().unwrap_or_else(|| UNKNOWN.to_owned()),
        })
    }

    fn is_alive(&self, owner: &Owner) -> Option<bool> {
        let boot = boot_id().unwrap_or_else(|| UNKNOWN.to_owned());
        if owner.boot != boot {
            return Some(false);
        }
        let exists = i32::try_from(owner.pid)
            .ok()
            .and_then(Pid::from_raw)
            .is_some_and(|pid| test_kill_process(pid) != Err(rustix::io::Errno::SRCH));
        if !exists || owner.started == UNKNOWN {
            return Some(exists);
        }
        // A process whose start cannot be read has ended in between.
        Some(start_time(owner.pid).is_some_and(|started| started == owner.started))
    }
}

/// Returns the start of a process in clock ticks since boot: field 22 of `/proc/PID/stat`.
///
/// A zombie has ended: nobody will write for it.
fn start_time(pid: u32) -> Option<String> {
    let stat = read(Path::new(&format!("/proc/{pid}/stat")))?;
    // The second field is the program's name in parentheses and may hold anything, parentheses included.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    if matches!(state, "Z" | "X") {
        return None;
    }
    fields.nth(18).map(str::to_owned)
}

fn boot_id() -> Option<String> {
    let id = read(Path::new("/proc/sys/kernel/random/boot_id"))?;
    Some(id.trim().to_owned())
}

fn read(path: &Path) -> Option<String> {
    String::from_utf8(files::read_bytes(path, PROC_LIMIT).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn this_process_lives_and_another_start_or_boot_of_its_id_does_not() {
        let me = SystemProcesses.this_process().expect("an owner");
        assert_eq!(SystemProcesses.is_alive(&me), Some(true));
        let mut other = me.clone();
        other.boot = "another".to_owned();
        assert_eq!(SystemProcesses.is_alive(&other), Some(false));
        if me.started != UNKNOWN {
            let mut other = me.clone();
            other.started = "1".to_owned();
            assert_eq!(SystemProcesses.is_alive(&other), Some(false));
        }
    }

    #[test]
    fn a_killed_process_is_dead_before_it_is_waited_for() {
        let mut child = Command::new("sleep")
            .arg("60")
            .spawn()
            .expect("sleep starts");
        let owner = Owner {
            pid: child.id(),
            started: start_time(child.id()).unwrap_or_else(|| UNKNOWN.to_owned()),
            ..SystemProcesses.this_process().expect("an owner")
        };
        assert_eq!(SystemProcesses.is_alive(&owner), Some(true));
        child.kill().expect("killed");
        if owner.started != UNKNOWN {
            // The kill is done when the kernel says zombie; that takes a moment.
            let dead = (0..200).any(|_| {
                std::thread::sleep(std::time::Duration::from_millis(5));
                SystemProcesses.is_alive(&owner) == Some(false)
            });
            assert!(dead);
        }
        child.wait().expect("waited");
        assert_eq!(SystemProcesses.is_alive(&owner), Some(false));
    }
}
