//! C-17, the half of files: strace makes each call that changes a file fail, or kills landfall at it.

use super::checkout::{Checkout, Deed, IMPORT, IMPORT_APPS, Left, UNDO, UNDO_APPS};
use super::trace::{Call, traced};
use crate::session::Outcome;

/// A deed that nothing disturbs: what it leaves, and its calls that change files. One that does nothing, as that to make a folder
/// which is there, is no step; nor are the files by which libgit2 finds out what the file system can.
fn undisturbed(deed: Deed) -> (Left, Vec<Call>) {
    let checkout = Checkout::new(deed);
    let (outcome, calls) = traced(&checkout, checkout.deed.args, None);
    assert_eq!(outcome.status, 0, "{outcome}");
    let left = checkout.left();
    checkout.is_complete("nothing disturbs it", &left);
    let is_step = |call: &Call| {
        let is_probe = call.paths.iter().any(|path| path.contains("/_git2_"));
        call.is_done && call.name != "write" && !is_probe
    };
    (left, calls.into_iter().filter(is_step).collect())
}

/// Disturbs one call after the other with what `fault` says of it, gives the same command again, and compares.
#[expect(
    clippy::print_stdout,
    reason = "the count is asked for with --nocapture"
)]
fn sweep(
    deed: Deed,
    fault: &str,
    is_step: impl Fn(&Call) -> bool,
    check: impl Fn(&Checkout, &Call, &Outcome, &Left),
) {
    let (expected, calls) = undisturbed(deed);
    let steps: Vec<&Call> = calls.iter().filter(|call| is_step(call)).collect();
    for name in deed.files {
        let is_there = calls
            .iter()
            .any(|call| call.paths.iter().any(|path| path.ends_with(name)));
        assert!(is_there, "no step is about {name}");
    }
    println!("{:?}: {} points of failure", deed.args, steps.len());
    for call in steps {
        let checkout = Checkout::new(deed);
        let inject = format!("{}:{fault}:when={}", call.name, call.number);
        let (outcome, _) = traced(&checkout, checkout.deed.args, Some(&inject));
        checkout.is_untouched(&call.shown());
        check(&checkout, call, &outcome, &expected);
        checkout.goes_on(&call.shown(), &expected);
    }
}

fn fails(deed: Deed) {
    // A lock that libgit2 cannot take away is another writer's for the next ten seconds, also to the same command again.
    let is_lock = |call: &Call| {
        call.name.starts_with("unlink")
            && call.paths.iter().any(|path| path.ends_with("/HEAD.lock"))
    };
    sweep(
        deed,
        "error=EIO",
        |call| !is_lock(call),
        |checkout, call, outcome, expected| {
            // Without a link libgit2 renames, and what is only tidied up may stay; everything else is needed.
            let is_needed = !["link", "unlink", "rmdir"]
                .iter()
                .any(|name| call.name.starts_with(name));
            if is_needed {
                assert_ne!(outcome.status, 0, "{}: {outcome}", call.shown());
            }
            checkout.is_said(&call.shown(), outcome, expected);
        },
    );
}

/// A kill before a sync and one before the rename after it leave the same, as the machine goes on; so syncs are left out.
fn is_killed(deed: Deed) {
    sweep(
        deed,
        "signal=KILL",
        |call| call.name != "fdatasync",
        |_, call, outcome, _| assert_eq!(outcome.status, -1, "{}: {outcome}", call.shown()),
    );
}

/// The same at every fifth point: several apps take the way of one, with more files.
fn is_killed_here_and_there(deed: Deed) {
    sweep(
        deed,
        "signal=KILL",
        |call| call.name != "fdatasync" && call.number % 5 == 0,
        |_, call, outcome, _| assert_eq!(outcome.status, -1, "{}: {outcome}", call.shown()),
    );
}

#[test]
#[ignore = "needs strace; .ci/run calls it"]
fn c17_an_import_in_which_any_change_of_a_file_fails_says_so_and_goes_on() {
    fails(IMPORT);
}

#[test]
#[ignore = "needs strace; .ci/run calls it"]
fn c17_an_import_that_is_killed_at_any_change_of_a_file_goes_on() {
    is_killed(IMPORT);
}

#[test]
#[ignore = "needs strace; .ci/run calls it"]
fn c17_an_undo_in_which_any_change_of_a_file_fails_says_so_and_goes_on() {
    fails(UNDO);
}

#[test]
#[ignore = "needs strace; .ci/run calls it"]
fn c17_an_undo_that_is_killed_at_any_change_of_a_file_goes_on() {
    is_killed(UNDO);
}

#[test]
#[ignore = "needs strace; .ci/run calls it"]
fn c17_an_import_of_two_apps_that_is_killed_at_a_change_of_a_file_goes_on() {
    is_killed_here_and_there(IMPORT_APPS);
}

#[test]
#[ignore = "needs strace; .ci/run calls it"]
fn c17_an_undo_of_two_apps_that_is_killed_at_a_change_of_a_file_goes_on() {
    is_killed_here_and_there(UNDO_APPS);
}
