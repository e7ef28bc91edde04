//! The mark in the environment of a step's processes: which launcher answers for them.

use std::fs;

use super::tree::Stat;

/// The mark of the steps of this launcher: `<step>@<process>:<start>:<namespace>`.
pub(super) fn of_this_launcher(step_id: &str) -> String {
    let pid = rustix::process::getpid().as_raw_nonzero().get();
    let started = Stat::of(pid).map(|stat| stat.started).unwrap_or_default();
    let namespace = namespace().unwrap_or_default();
    format!("{step_id}@{pid}:{started}:{namespace}")
}

/// Whether the launcher that a mark names is gone. A mark that names none, or one that cannot be seen from here, says
/// nothing.
pub(in crate::runner) fn is_abandoned(mark: &str, namespace: &str) -> bool {
    let launcher = mark.rsplit_once('@').map(|(_, launcher)| launcher);
    let mut parts = launcher.unwrap_or_default().splitn(3, ':');
    let (Some(pid), Some(started), Some(of)) = (
        parts.next().and_then(|pid| pid.parse().ok()),
        parts.next().filter(|started| !started.is_empty()),
        parts.next(),
    ) else {
        return false;
    };
    // In another namespace the same process has another id.
    of == namespace && Stat::of(pid).is_none_or(|stat| stat.started != started)
}

/// The namespace in which this process sees process ids; `None` where there is no `/proc`.
pub(in crate::runner) fn namespace() -> Option<String> {
    let link = fs::read_link("/proc/self/ns/pid").ok()?;
    Some(link.to_string_lossy().into_owned())
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn only_a_launcher_that_is_known_to_be_gone_has_abandoned_its_step() {
        let here = namespace().expect("a namespace");
        let own = of_this_launcher("shop-a/1/step-s@x");
        assert!(own.starts_with("shop-a/1/step-s@x@"), "{own}");
        assert!(!is_abandoned(&own, &here));
        let pid = std::process::id();
        // The process id belongs to somebody else now.
        assert!(is_abandoned(&format!("a@{pid}:1:{here}"), &here));
        assert!(is_abandoned(&format!("a@{}:1:{here}", i32::MAX), &here));
        for unknown in [
            format!("a@{}:1:pid:[1]", i32::MAX),
            format!("a@{}::{here}", i32::MAX),
            format!("a@{}", i32::MAX),
            "a".to_owned(),
            String::new(),
        ] {
            assert!(!is_abandoned(&unknown, &here), "{unknown}");
        }
    }
}
