use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::time::Duration;

use crate::disk::Disk;
use crate::session::{Outcome, Session, everything, kill_child};

const RECORD: &str = ".landfall/import.yaml";

/// A repository that was imported with the pack `crystal` of a repository of packs, at v1.
fn imported() -> (Session, String) {
    let session = Session::new();
    let app = import(&session);
    (session, app)
}

fn import(session: &Session) -> String {
    session.done_in(
        "work",
        &["create", "pack", "crystal", "--dir", "packs/crystal"],
    );
    session.git("work/packs", &["init", "--quiet"]);
    release(session, "v1");
    let app = session.repository(
        "pages",
        &[
            ("pages.txt", "Welcome\n"),
            ("build.sh", "mkdir -p $1\n"),
            ("test.sh", "true\n"),
        ],
    );
    let spec = format!(
        "file://{}//crystal@v1",
        session.work().join("packs").display()
    );
    session.done_in(
        &app,
        &[
            "import",
            "--batch-mode",
            "--pack",
            &spec,
            "--set",
            "title=Pages",
        ],
    );
    app
}

fn release(session: &Session, tag: &str) {
    session.git("work/packs", &["add", "--all"]);
    session.git("work/packs", &["commit", "--quiet", "-m", tag]);
    session.git("work/packs", &["tag", tag]);
}

/// Replaces a text in a file below the root.
fn edit(session: &Session, path: &str, from: &str, to: &str) {
    let text = session.read(path);
    assert!(text.contains(from), "{path} has no {from:?}");
    session.write(path, &text.replacen(from, to, 1));
}

/// The pack gets new images, a new file and loses one.
fn newer(session: &Session) {
    let pack = "work/packs/crystal";
    edit(
        session,
        &format!("{pack}/pack.yaml"),
        "debian:trixie-20260803-slim",
        "debian:trixie-20261101-slim",
    );
    edit(
        session,
        &format!("{pack}/pack.yaml"),
        "  - path: .tekton\n",
        "  - path: .tekton\n  - path: .editorconfig\n",
    );
    session.write(&format!("{pack}/files/.editorconfig"), "root = true\n");
    edit(
        session,
        &format!("{pack}/files/.dockerignore"),
        "charts\n",
        "charts\nREADME.md\n",
    );
    release(session, "v2");
}

fn upgrade(session: &Session, app: &str, more: &[&str]) -> Outcome {
    session
        .run_in(app, &[&["upgrade", "pack", "--batch-mode"], more].concat())
        .stable()
}

fn commit(session: &Session, app: &str, message: &str) {
    session.git(app, &["add", "--all"]);
    session.git(app, &["commit", "--quiet", "-m", message]);
}

#[test]
fn a_newer_pack_is_merged_into_edited_files() {
    let (session, app) = imported();
    // An edit far from what the pack changes, a file that is taken away, and a file of the user's.
    edit(
        &session,
        &format!("{app}/Dockerfile"),
        "EXPOSE 8080",
        "# mine: behind the gate\nEXPOSE 8080",
    );
    edit(
        &session,
        &format!("{app}/charts/pages/values.yaml"),
        "maxScale: 10",
        "maxScale: 3",
    );
    fs::remove_file(
        session
            .root()
            .join(&app)
            .join(".tekton/tasks/changelog.yaml"),
    )
    .unwrap();
    commit(&session, &app, "fix: mine");
    newer(&session);
    let before = everything(&session.root().join(&app));
    insta::assert_snapshot!(upgrade(&session, &app, &["--revision", "v2", "--dry-run"]), @r#"
    app      pages
    from     crystal COMMIT_ (file:///ROOT_________/work/packs//crystal@v1)
    pack     crystal COMMIT_ (file:///ROOT_________/work/packs//crystal@v2)

    buildImage debian:trixie-20260803-slim -> debian:trixie-20261101-slim

    update   .dockerignore (the newer pack changed it)
    add      .editorconfig (the newer pack has it)
    update   .tekton/tasks/build.yaml (the newer pack changed it)
    update   .tekton/tasks/test.yaml (the newer pack changed it)
    merge    Dockerfile (you and the newer pack changed different lines)

    6 files in one commit, "chore: upgrade the landfall pack crystal"
    "#);
    assert_eq!(everything(&session.root().join(&app)), before);
    insta::assert_snapshot!(upgrade(&session, &app, &["--revision", "v2"]), @r#"
    app/pages upgraded
    ---- stderr
    app      pages
    from     crystal COMMIT_ (file:///ROOT_________/work/packs//crystal@v1)
    pack     crystal COMMIT_ (file:///ROOT_________/work/packs//crystal@v2)

    buildImage debian:trixie-20260803-slim -> debian:trixie-20261101-slim

    update   .dockerignore (the newer pack changed it)
    add      .editorconfig (the newer pack has it)
    update   .tekton/tasks/build.yaml (the newer pack changed it)
    update   .tekton/tasks/test.yaml (the newer pack changed it)
    merge    Dockerfile (you and the newer pack changed different lines)

    6 files in one commit, "chore: upgrade the landfall pack crystal"
    committed 6 files as COMMIT_
    Next:
      git push
    "#);
    assert_eq!(session.git(&app, &["status", "--porcelain"]), "");
    assert_eq!(
        session.git(&app, &["show", "--format=%s", "--name-status", "HEAD"]),
        "chore: upgrade the landfall pack crystal\n\nM\t.dockerignore\nA\t.editorconfig\nM\t.landfall/import.yaml\nM\t.tekton/tasks/build.yaml\nM\t.tekton/tasks/test.yaml\nM\tDockerfile"
    );
    let dockerfile = session.read(&format!("{app}/Dockerfile"));
    assert!(
        dockerfile.contains("# mine: behind the gate\nEXPOSE 8080"),
        "{dockerfile}"
    );
    assert!(
        dockerfile.contains("FROM debian:trixie-20261101-slim AS build"),
        "{dockerfile}"
    );
    assert!(
        session
            .read(&format!("{app}/charts/pages/values.yaml"))
            .contains("maxScale: 3")
    );
    let record = session.read(&format!("{app}/{RECORD}"));
    assert!(
        record.contains("//crystal@v2") && record.contains("title: Pages"),
        "{record}"
    );
    // Again: nothing changes, whatever is said about the revision.
    let before = everything(&session.root().join(&app));
    for more in [[].as_slice(), &["--revision", "v2"]] {
        let again = upgrade(&session, &app, more);
        assert!(
            again.status == 0 && again.stderr.contains("nothing to do"),
            "{again}"
        );
    }
    assert_eq!(everything(&session.root().join(&app)), before);
    // The next pack is merged with the same edits, although no commit holds what the pack wrote.
    edit(
        &session,
        "work/packs/crystal/files/Dockerfile.hbs",
        "WORKDIR /src",
        "WORKDIR /build",
    );
    release(&session, "v3");
    let third = upgrade(&session, &app, &["--revision", "v3"]);
    assert_eq!(third.status, 0, "{third}");
    let dockerfile = session.read(&format!("{app}/Dockerfile"));
    assert!(
        dockerfile.contains("# mine: behind") && dockerfile.contains("WORKDIR /build"),
        "{dockerfile}"
    );
    assert!(
        !session
            .root()
            .join(&app)
            .join(".tekton/tasks/changelog.yaml")
            .exists()
    );
}

/// The folder of a pack is not there as it was: the history has what it wrote, by hash.
#[test]
fn what_a_folder_wrote_is_found_in_the_history_or_yours_stays() {
    let session = Session::new();
    session.done_in("work", &["create", "pack", "crystal"]);
    let app = session.repository("pages", &[("pages.txt", "Welcome\n")]);
    session.done_in(&app, &["import", "--batch-mode", "--pack", "../crystal"]);
    edit(
        &session,
        &format!("{app}/Dockerfile"),
        "EXPOSE 8080",
        "# mine\nEXPOSE 8080",
    );
    commit(&session, &app, "fix: mine");
    edit(
        &session,
        "work/crystal/files/Dockerfile.hbs",
        "WORKDIR /src",
        "WORKDIR /build",
    );
    let start = session.git(&app, &["rev-parse", "HEAD"]);
    let done = upgrade(&session, &app, &[]);
    assert_eq!(done.status, 0, "{done}");
    let dockerfile = session.read(&format!("{app}/Dockerfile"));
    assert!(
        dockerfile.contains("# mine\nEXPOSE") && dockerfile.contains("WORKDIR /build"),
        "{dockerfile}"
    );
    // One commit holds everything: what the pack wrote is nowhere any more.
    session.git(&app, &["reset", "--quiet", "--hard", &start]);
    session.git(&app, &["checkout", "--quiet", "--orphan", "squashed"]);
    commit(&session, &app, "feat: all of it");
    let kept = upgrade(&session, &app, &["--dry-run"]);
    assert!(
        kept.stdout.contains("keep     Dockerfile (what the older pack wrote is not known any more, so yours\n         stays)"),
        "{kept}"
    );
    let done = upgrade(&session, &app, &[]);
    assert_eq!(done.status, 0, "{done}");
    assert!(
        session
            .read(&format!("{app}/Dockerfile"))
            .contains("WORKDIR /src")
    );
    let again = upgrade(&session, &app, &[]);
    assert!(again.stderr.contains("nothing to do"), "{again}");
}

#[test]
fn conflicts_are_marked_and_listed_and_stay_for_a_person() {
    let (session, app) = imported();
    edit(
        &session,
        &format!("{app}/Dockerfile"),
        "FROM debian:trixie-20260803-slim",
        "FROM debian:mine",
    );
    commit(&session, &app, "fix: mine");
    newer(&session);
    insta::assert_snapshot!(upgrade(&session, &app, &["--revision", "v2"]), @"
    app/pages upgraded but for 1 conflict
    ---- stderr
    app      pages
    from     crystal COMMIT_ (file:///ROOT_________/work/packs//crystal@v1)
    pack     crystal COMMIT_ (file:///ROOT_________/work/packs//crystal@v2)

    buildImage debian:trixie-20260803-slim -> debian:trixie-20261101-slim

    update   .dockerignore (the newer pack changed it)
    add      .editorconfig (the newer pack has it)
    update   .tekton/tasks/build.yaml (the newer pack changed it)
    update   .tekton/tasks/test.yaml (the newer pack changed it)
    conflict Dockerfile (you and the newer pack changed the same lines)

    6 files, 1 conflict for you to decide
    error: you and the newer pack changed the same lines of Dockerfile

    hint: choose between the markers <<<<<<< and >>>>>>>, then `git add` and `git commit`
    hint: `landfall explain LF0107` says more
    ---- status 6
    ");
    let dockerfile = session.read(&format!("{app}/Dockerfile"));
    assert!(
        dockerfile.contains("<<<<<<< yours\nFROM debian:mine AS build\n=======\nFROM debian:trixie-20261101-slim AS build\n>>>>>>> the pack's\n"),
        "{dockerfile}"
    );
    assert_eq!(
        session.git(&app, &["log", "-1", "--format=%s"]),
        "fix: mine"
    );
    let before = everything(&session.root().join(&app));
    let again = upgrade(&session, &app, &["--revision", "v2"]);
    assert_eq!(again.status, 6, "{again}");
    assert_eq!(everything(&session.root().join(&app)), before);
    // The person decides.
    let (front, rest) = dockerfile.split_once("<<<<<<< yours\n").unwrap();
    let (mine, rest) = rest.split_once("=======\n").unwrap();
    let (_, back) = rest.split_once(">>>>>>> the pack's\n").unwrap();
    session.write(
        &format!("{app}/Dockerfile"),
        &format!("{front}{mine}{back}"),
    );
    commit(&session, &app, "chore: upgrade");
    let done = upgrade(&session, &app, &[]);
    assert!(
        done.status == 0 && done.stderr.contains("nothing to do"),
        "{done}"
    );
}

#[test]
fn a_branch_becomes_a_pull_request_and_the_working_tree_stays() {
    let (session, app) = imported();
    session.write(&format!("{app}/notes"), "not committed\n");
    newer(&session);
    let head = session.git(&app, &["rev-parse", "HEAD"]);
    let more = ["--revision", "v2", "--branch", "upgrade-pack"];
    let done = upgrade(&session, &app, &more);
    assert_eq!(done.status, 0, "{done}");
    assert_eq!(session.git(&app, &["rev-parse", "HEAD"]), head);
    assert_eq!(session.git(&app, &["status", "--porcelain"]), "?? notes");
    assert_eq!(session.git(&app, &["rev-parse", "upgrade-pack~1"]), head);
    let forge = format!("{}/forge/ada/pages.git", session.state().display());
    let there = session.git(
        &app,
        &[
            "ls-remote",
            &forge,
            "refs/heads/upgrade-pack",
            "refs/pull/1/head",
        ],
    );
    assert_eq!(there.lines().count(), 2, "{there}");
    // The same again finds what is there; other work of that name is refused.
    let branch = session.git(&app, &["rev-parse", "upgrade-pack"]);
    assert_eq!(upgrade(&session, &app, &more).status, 0);
    assert_eq!(session.git(&app, &["rev-parse", "upgrade-pack"]), branch);
    session.git(&app, &["branch", "--force", "upgrade-pack", "HEAD"]);
    let refused = upgrade(&session, &app, &more);
    assert_eq!(refused.status, 6, "{refused}");
}

#[test]
fn states_that_an_upgrade_could_spoil_are_refused() {
    let (session, app) = imported();
    newer(&session);
    session.write(&format!("{app}/.dockerignore"), "changed\n");
    insta::assert_snapshot!(upgrade(&session, &app, &["--revision", "v2"]), @"
    ---- stderr
    error: .dockerignore has changes that are not committed, and the plan writes it

    hint: commit or stash them first
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
    let plain = session.repository("plain", &[("a", "b")]);
    insta::assert_snapshot!(upgrade(&session, &plain, &[]), @"
    ---- stderr
    error: .landfall/import.yaml is not there: this repository was not imported

    hint: `landfall import` imports it
    hint: `landfall explain LF0004` says more
    ---- status 5
    ");
    let go = session.repository(
        "shop",
        &[
            ("go.mod", "module shop\n\ngo 1.24\n"),
            ("main.go", "package main\n\nfunc main() {}\n"),
        ],
    );
    session.done_in(&go, &["import", "--batch-mode"]);
    insta::assert_snapshot!(upgrade(&session, &go, &["--revision", "v2"]), @"
    ---- stderr
    error: the pack go comes from this landfall, which has no revisions

    hint: leave --revision out, or name a pack in Git with --pack URL//DIR@REVISION
    ---- status 2
    ");
    let same = upgrade(&session, &go, &[]);
    assert!(
        same.status == 0 && same.stderr.contains("nothing to do"),
        "{same}"
    );
}

#[test]
fn an_upgrade_that_is_killed_anywhere_is_finished_by_the_next() {
    let (session, app) = imported();
    edit(
        &session,
        &format!("{app}/Dockerfile"),
        "EXPOSE 8080",
        "# mine\nEXPOSE 8080",
    );
    commit(&session, &app, "fix: mine");
    newer(&session);
    let start = session.git(&app, &["rev-parse", "HEAD"]);
    let args = ["upgrade", "pack", "--batch-mode", "--revision", "v2"];
    session.done_in(&app, &args);
    let wanted = session.git(&app, &["rev-parse", "HEAD^{tree}"]);
    for step in 0..14 {
        session.git(&app, &["reset", "--quiet", "--hard", &start]);
        let mut command = session.command(&args);
        command
            .current_dir(session.root().join(&app))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(11 * step));
        kill_child(child);
        // Its git may live a moment longer.
        session.until("the end of git", || {
            (!session.root().join(&app).join(".git/index.lock").exists()).then_some(())
        });
        let done = upgrade(&session, &app, &["--revision", "v2"]);
        assert_eq!(done.status, 0, "after {step}: {done}");
        assert_eq!(
            session.git(&app, &["rev-parse", "HEAD^{tree}"]),
            wanted,
            "after {step}"
        );
        assert_eq!(
            session.git(&app, &["status", "--porcelain"]),
            "",
            "after {step}"
        );
        assert!(
            !session
                .root()
                .join(&app)
                .join(".git/landfall-upgrade.json")
                .exists()
        );
    }
}

/// Whatever room is left: what is there is whole, the reason is said, and the same command completes later.
#[test]
fn an_upgrade_onto_a_full_disk_says_so_and_completes_when_there_is_room() {
    let session = Session::new();
    let Some(disk) = Disk::mount(&session, &session.work().join("pages"), "16m") else {
        return;
    };
    let app = import(&session);
    newer(&session);
    let upgrade = ["upgrade", "pack", "--revision", "v2", "--batch-mode"];
    let files = || -> BTreeMap<String, Vec<u8>> {
        let listed = session.git(&app, &["ls-files", "--cached", "--others"]);
        let read = |path: &str| fs::read(session.root().join(&app).join(path));
        let found = listed
            .lines()
            .filter_map(|path| Some((path.to_owned(), read(path).ok()?)));
        found.collect()
    };
    let before = session.git(&app, &["rev-parse", "HEAD"]);
    let old = files();
    session.done_in(&app, &upgrade);
    let after = session.git(&app, &["rev-parse", "HEAD^{tree}"]);
    let new = files();
    assert_ne!(old, new);
    let mut failures = 0;
    for room in [0, 4, 8, 12, 16, 24, 32, 48, 64, 96] {
        session.git(&app, &["reset", "--quiet", "--hard", &before]);
        session.git(&app, &["clean", "-fdq"]);
        session.git(&app, &["reflog", "expire", "--expire=now", "--all"]);
        session.git(&app, &["gc", "--quiet", "--prune=now"]);
        disk.fill();
        disk.leave(room << 10);
        let failed = session.run_in(&app, &upgrade);
        if failed.status != 0 {
            failures += 1;
            let (why, hint) = if failed.stderr.contains("couldn't write") {
                ("main.lock", "see whether the disk is full")
            } else {
                ("o space left on", "free some space")
            };
            let says = |text: &str| failed.stderr.contains(text);
            assert!(says(why) && says(hint), "{room}: {failed}");
        }
        disk.free();
        session.git(&app, &["fsck", "--strict"]);
        for (path, bytes) in files() {
            let is_whole = [&old, &new]
                .iter()
                .any(|files| files.get(&path) == Some(&bytes));
            assert!(is_whole, "{room}: {path}");
        }
        session.done_in(&app, &upgrade);
        assert_eq!(
            session.git(&app, &["rev-parse", "HEAD^{tree}"]),
            after,
            "{room}"
        );
        assert_eq!(session.git(&app, &["status", "--porcelain"]), "", "{room}");
        assert_eq!(
            session.git(&app, &["rev-list", "--count", &format!("{before}..HEAD")]),
            "1",
            "{room}"
        );
    }
    assert!(failures > 2, "{failures}");
}
