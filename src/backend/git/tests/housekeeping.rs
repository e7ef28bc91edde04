//! Git's own housekeeping, made due all the time: it must neither lock us out nor go on behind our back.

use std::fs;
use std::path::Path;

use jiff::Timestamp;

use super::{Scratch, push_main};
use crate::backend::git::ObjectDatabase;
use crate::ports::git::{
    BranchName, Change, CommitId, Git as _, GitObjects as _, Identity, NewCommit, RemoteUrl,
};

/// Has every command that may clean up find that it is time: one loose object or pack is too many, and each transfer makes a pack.
fn make_due(scratch: &Scratch, repository: &Path) {
    for (key, value) in [
        ("gc.auto", "1"),
        ("gc.autoPackLimit", "1"),
        ("fetch.unpackLimit", "1"),
        ("receive.unpackLimit", "1"),
        // The disk is not what is tested.
        ("core.fsync", "none"),
    ] {
        scratch.raw(repository, &["config", key, value]);
    }
}

/// Processes that still work in the folder, as the system lists them.
fn at_work_in(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let is_there =
            fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd.starts_with(folder));
        let command = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let command = String::from_utf8_lossy(&command).replace('\0', " ");
        if is_there || command.contains(&*folder.to_string_lossy()) {
            found.push(command);
        }
    }
    found
}

fn packs(git_folder: &Path) -> usize {
    let packs = fs::read_dir(git_folder.join("objects/pack")).unwrap();
    packs
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "pack"))
        .count()
}

/// A commit as a promotion makes it: without a process and without a work tree, on a branch of its own.
fn commit_in_bare(bare: &Path, parent: &CommitId, round: usize) -> CommitId {
    let objects = ObjectDatabase;
    let branch: BranchName = "promote/staging/shop".parse().unwrap();
    let before = objects.resolve(bare, &branch.reference()).unwrap();
    let commit = NewCommit {
        parents: vec![before.clone().unwrap_or_else(|| parent.clone())],
        changes: vec![Change {
            path: "version".to_owned(),
            contents: Some(format!("{round}\n").into_bytes()),
        }],
        message: format!("shop {round}"),
        identity: Identity::landfall(),
        time: Timestamp::UNIX_EPOCH,
    };
    let made = objects.commit(bare, &commit).unwrap();
    objects
        .move_ref(bare, &branch.reference(), Some(&made), before.as_ref())
        .unwrap();
    made
}

fn fetch_and_commit(rounds: usize) {
    let scratch = Scratch::new();
    let root = scratch.root();
    let first = scratch.first_commit();
    let bare = scratch.bare();
    scratch.git.push(&root, &push_main(None)).unwrap();
    let url = RemoteUrl::of_path(&bare).unwrap();
    let clone = scratch.folder.path().join("runs/source");
    scratch.git.clone_at(&clone, &url, &first).unwrap();
    for repository in [&root, &bare, &clone] {
        make_due(&scratch, repository);
    }
    // Two packs in the user's checkout, too: a commit of theirs would begin to clean up.
    for text in ["one", "two"] {
        scratch.write("a", text);
        scratch.git.commit(&root, &["a".into()], text).unwrap();
        scratch.raw(&root, &["repack", "--quiet"]);
    }
    let alone = |doing: &str, round: usize| {
        let others = at_work_in(scratch.folder.path());
        assert!(others.is_empty(), "after {doing} {round}: {others:?}");
    };
    for round in 0..rounds {
        scratch.write("a", &round.to_string());
        let commit = scratch
            .git
            .commit(&root, &["a".into()], "next")
            .unwrap_or_else(|error| panic!("commit {round}: {error}"));
        alone("commit", round);
        scratch
            .git
            .push(&root, &push_main(None))
            .unwrap_or_else(|error| panic!("push {round}: {error}"));
        alone("push", round);
        let promoted = commit_in_bare(&bare, &commit, round);
        for commit in [&commit, &promoted] {
            scratch
                .git
                .clone_at(&clone, &url, commit)
                .unwrap_or_else(|error| panic!("fetch {round}: {error}"));
            alone("fetch", round);
        }
    }
    for repository in [&root, &bare, &clone] {
        scratch.raw(repository, &["fsck", "--strict"]);
    }
    // The housekeeping did happen, but never in the checkout of the user: that is theirs, and may take minutes.
    for cleaned in [bare, clone.join(".git")] {
        let count = packs(&cleaned);
        assert!(count < rounds, "{}: {count}", cleaned.display());
    }
    assert_eq!(packs(&root.join(".git")), 2);
}

#[test]
fn c13_housekeeping_is_over_when_git_is_done() {
    fetch_and_commit(10);
}

#[test]
#[ignore = "a minute; .ci/run calls it"]
fn c13_two_hundred_rounds_of_fetch_and_commit() {
    fetch_and_commit(200);
}
