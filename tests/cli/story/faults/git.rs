//! C-17, the git half: a `git` that stands first on PATH and is the real one but for one call.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::checkout::{Checkout, Deed, IMPORT, IMPORT_APPS, Left, UNDO, UNDO_APPS};
use crate::session::Outcome;

/// The calls that change nothing: it is all one whether these fail before or after they are done. Any other changes something.
const READS: [&str; 5] = ["--version", "var", "status", "ls-files", "rev-parse"];

/// What happens at one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Git refuses.
    Fails,
    /// Git does it and says that it failed.
    DoesItAndFails,
    /// landfall is killed, and git does nothing.
    Kills,
    /// Git does it, then landfall is killed.
    DoesItAndKills,
    /// landfall is killed, and git goes on alone, while the next landfall comes.
    KillsAndDoesIt,
}

impl Fault {
    /// The lines of the script.
    fn script(self) -> &'static str {
        match self {
            Self::Fails => "echo 'fatal: made to fail' >&2; exit 128",
            Self::DoesItAndFails => "git \"$@\"; echo 'fatal: made to fail' >&2; exit 128",
            Self::Kills => "kill -9 $PPID",
            Self::DoesItAndKills => "git \"$@\"; kill -9 $PPID",
            Self::KillsAndDoesIt => "kill -9 $PPID; git \"$@\"; : >\"$0.over\"",
        }
    }
}

/// Does it with a fault at the call `number`, and with none when that is 0.
fn disturbed(checkout: &Checkout, number: usize, fault: Fault) -> Outcome {
    let session = &checkout.session;
    let git = session.root().join("bin/git");
    // Only landfall finds it: git finds its own programs in a folder of its own.
    let script = format!(
        r#"#!/bin/sh
PATH=${{PATH#*:}}
echo "$1" >>"$0.calls"
if [ "$(wc -l <"$0.calls")" -ne {number} ]; then exec git "$@"; fi
{}
"#,
        fault.script()
    );
    session.write("bin/git", &script);
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = session.command(checkout.deed.args);
    command
        .current_dir(session.root().join(&checkout.folder))
        .env(
            "PATH",
            format!("{}:{path}", session.root().join("bin").display()),
        );
    session.outcome(command.output().unwrap())
}

/// A deed that nothing disturbs: what it leaves, and the calls of git in it.
fn undisturbed(deed: Deed) -> (Left, Vec<String>) {
    let checkout = Checkout::new(deed);
    let outcome = disturbed(&checkout, 0, Fault::Fails);
    assert_eq!(outcome.status, 0, "{outcome}");
    let left = checkout.left();
    checkout.is_complete("nothing disturbs it", &left);
    let calls = checkout.session.read("bin/git.calls");
    let calls: Vec<String> = calls.lines().map(str::to_owned).collect();
    for call in deed.calls {
        assert!(calls.iter().any(|made| made == call), "{calls:?}");
    }
    (left, calls)
}

/// Gives every call of a deed the faults, one at a time: `of_all` to each, `of_changes` to those that change something.
#[expect(
    clippy::print_stdout,
    reason = "the count is asked for with --nocapture"
)]
fn sweep(
    deed: Deed,
    of_all: &[Fault],
    of_changes: &[Fault],
    check: impl Fn(&Checkout, &str, &Outcome, &Left),
) {
    let (expected, calls) = undisturbed(deed);
    let mut points = 0;
    for (number, call) in (1..).zip(&calls) {
        let changes = if READS.contains(&call.as_str()) {
            &[]
        } else {
            of_changes
        };
        for fault in of_all.iter().chain(changes) {
            points += 1;
            let point = format!("{:?}: call {number}, git {call}: {fault:?}", deed.args);
            let checkout = Checkout::new(deed);
            let outcome = disturbed(&checkout, number, *fault);
            checkout.is_untouched(&point);
            check(&checkout, &point, &outcome, &expected);
            checkout.goes_on(&point, &expected);
            if *fault == Fault::KillsAndDoesIt {
                let over = checkout.session.root().join("bin/git.over");
                let ended = || over.exists().then_some(());
                checkout
                    .session
                    .until("the end of the git that was left", ended);
                checkout.is_complete(&point, &expected);
            }
        }
    }
    println!("{:?}: {points} points of failure", deed.args);
}

fn fails(deed: Deed) {
    sweep(
        deed,
        &[Fault::Fails],
        &[Fault::DoesItAndFails],
        |checkout, point, outcome, expected| {
            assert_ne!(outcome.status, 0, "{point}: {outcome}");
            checkout.is_said(point, outcome, expected);
        },
    );
}

fn is_killed(deed: Deed) {
    sweep(
        deed,
        &[Fault::Kills],
        &[Fault::DoesItAndKills, Fault::KillsAndDoesIt],
        |_, point, outcome, _| assert_eq!(outcome.status, -1, "{point}: {outcome}"),
    );
}

#[test]
fn c17_an_import_in_which_any_call_of_git_fails_says_so_and_goes_on() {
    fails(IMPORT);
}

#[test]
fn c17_an_import_that_is_killed_at_any_call_of_git_goes_on() {
    is_killed(IMPORT);
}

#[test]
fn c17_an_undo_in_which_any_call_of_git_fails_says_so_and_goes_on() {
    fails(UNDO);
}

#[test]
fn c17_an_undo_that_is_killed_at_any_call_of_git_goes_on() {
    is_killed(UNDO);
}

#[test]
fn c17_an_import_of_two_apps_that_is_killed_at_any_call_of_git_goes_on() {
    is_killed(IMPORT_APPS);
}

#[test]
fn c17_an_undo_of_two_apps_that_is_killed_at_any_call_of_git_goes_on() {
    is_killed(UNDO_APPS);
}
