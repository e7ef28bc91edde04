//! `landfall import --undo`.

use std::fs;
use std::process::Stdio;

use crate::session::{Outcome, Session, tree};

const STATIC: &[(&str, &str)] = &[
    ("index.html", "<h1>Shop</h1>\n"),
    ("charts/README.md", "x\n"),
];
const FORGE: &str = "home/state/forge/ada/shop.git";

fn undo(session: &Session, folder: &str) -> Outcome {
    session.run_in(folder, &["import", "--undo"]).stable()
}

/// What Git knows of a checkout: references, remotes, settings and what is changed.
fn git(session: &Session, folder: &str) -> String {
    [
        &["for-each-ref"][..],
        &["symbolic-ref", "HEAD"],
        &["config", "--local", "--list"],
        &["status", "--porcelain", "--ignored"],
        &["ls-files", "--stage"],
    ]
    .map(|args| session.git(folder, args))
    .join("\n--\n")
}

/// That and the files.
fn state(session: &Session, folder: &str) -> String {
    tree(&session.root().join(folder)) + &git(session, folder)
}

#[test]
fn an_import_is_taken_back_as_if_it_had_not_been() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    session.write(&format!("{folder}/index.html"), "changed\n");
    session.write(&format!("{folder}/staged.txt"), "staged\n");
    session.git(&folder, &["add", "staged.txt"]);
    let before = state(&session, &folder);
    session.done_in(&folder, &["import", "--batch-mode"]);
    assert_ne!(state(&session, &folder), before);
    insta::assert_snapshot!(session.run_in(&folder, &["import", "--undo", "--dry-run"]).stable(), @"
    Commit       COMMIT_ is taken back, to COMMIT_
    Files        26 files removed
    Remote       origin is removed
    Repository   ada/shop is removed from the local forge
    ");
    insta::assert_snapshot!(undo(&session, &folder), @"
    ---- stderr
    removed ada/shop from the local forge
    removed the remote origin
    took the commit COMMIT_ back
    the import of shop is taken back
    ");
    assert_eq!(state(&session, &folder), before);
    assert!(!session.root().join(FORGE).exists());
    insta::assert_snapshot!(undo(&session, &folder), @"
    ---- stderr
    nothing is imported here; there is nothing to take back
    ");
    // And it can be imported again.
    session.done_in(&folder, &["import", "--batch-mode"]);
    session.git(FORGE, &["fsck", "--strict"]);
}

#[test]
fn with_commits_after_it_a_new_commit_takes_the_files_away() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    session.done_in(&folder, &["import", "--batch-mode"]);
    session.write(&format!("{folder}/more.txt"), "more\n");
    session.git(&folder, &["add", "."]);
    session.git(&folder, &["commit", "--quiet", "-m", "feat: more"]);
    insta::assert_snapshot!(undo(&session, &folder), @"
    ---- stderr
    removed ada/shop from the local forge
    took its files away again in the commit COMMIT_
    removed the remote origin
    the import of shop is taken back
    ");
    assert_eq!(
        session.git(&folder, &["ls-files"]),
        "charts/README.md\nindex.html\nmore.txt"
    );
    assert_eq!(session.git(&folder, &["status", "--porcelain"]), "");
    let subjects = session.git(&folder, &["log", "--format=%s"]);
    insta::assert_snapshot!(subjects, @"
    revert: take back the landfall import of shop
    feat: more
    chore: import with the landfall pack static
    feat: start
    ");
    assert_eq!(session.git(&folder, &["remote"]), "");
    assert!(!session.root().join(FORGE).exists());
}

#[test]
fn what_the_user_changed_is_not_lost() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    session.done_in(&folder, &["import", "--batch-mode"]);
    let head = session.git(&folder, &["rev-parse", "HEAD"]);
    let path = format!("{folder}/Dockerfile");
    let mine = session.read(&path) + "# mine\n";
    session.write(&path, &mine);
    insta::assert_snapshot!(undo(&session, &folder), @"
    ---- stderr
    error: what you changed since the import would be lost: Dockerfile

    hint: keep a copy elsewhere and put the files back: git checkout and git revert do it
    hint: or take away by hand what you do not want
    hint: `landfall explain LF0105` says more
    ---- status 6
    ");
    assert_eq!(session.read(&path), mine);
    assert_eq!(session.git(&folder, &["rev-parse", "HEAD"]), head);

    // Committed, it is refused as well.
    session.git(&folder, &["commit", "--quiet", "--all", "-m", "mine"]);
    let refused = undo(&session, &folder);
    assert_eq!(refused.status, 6, "{refused}");
    assert!(refused.stderr.contains("lost: Dockerfile"), "{refused}");
    assert!(session.root().join(FORGE).exists());

    // What the user took away is no loss.
    session.git(&folder, &["revert", "--no-edit", "HEAD"]);
    session.git(&folder, &["rm", "--quiet", "Dockerfile"]);
    session.git(&folder, &["commit", "--quiet", "-m", "without"]);
    let outcome = undo(&session, &folder);
    assert_eq!(outcome.status, 0, "{outcome}");
    assert_eq!(
        session.git(&folder, &["ls-files"]),
        "charts/README.md\nindex.html"
    );
}

#[test]
fn what_only_the_forge_has_is_not_lost() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    session.done_in(&folder, &["import", "--batch-mode"]);
    session.git(
        "work",
        &["clone", "--quiet", &format!("../{FORGE}"), "other"],
    );
    session.write("work/other/new.txt", "new\n");
    session.git("work/other", &["add", "."]);
    session.git("work/other", &["commit", "--quiet", "-m", "feat: new"]);
    session.git("work/other", &["push", "--quiet"]);
    insta::assert_snapshot!(undo(&session, &folder), @"
    ---- stderr
    error: ada/shop on the local forge has commits on main that are not here, and they would be lost

    hint: fetch them first: git pull, or git fetch and git switch main
    hint: `landfall explain LF0105` says more
    ---- status 6
    ");
    insta::assert_snapshot!(undo(&session, "work/other"), @"
    ---- stderr
    error: /ROOT_________/work/other was imported, but not in this checkout, so what was there before is not known here

    hint: run it in the checkout that made the import
    hint: or revert its commit: git log --diff-filter=A -- .landfall/import.yaml names it
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
    session.git(&folder, &["pull", "--quiet"]);
    let outcome = undo(&session, &folder);
    assert_eq!(outcome.status, 0, "{outcome}");
    assert_eq!(
        session.git(&folder, &["ls-files"]),
        "charts/README.md\nindex.html\nnew.txt"
    );
}

#[test]
fn a_remote_and_a_repository_that_were_there_are_as_they_were() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    // An import elsewhere made it, and it is imported anew here.
    session.done_in(&folder, &["import", "--batch-mode"]);
    session.git(&folder, &["switch", "--quiet", "--create", "old", "HEAD~1"]);
    session.git(FORGE, &["update-ref", "refs/heads/main", "main~1"]);
    session.git(&folder, &["branch", "--quiet", "--force", "main", "HEAD"]);
    session.git(&folder, &["switch", "--quiet", "main"]);
    session.git(&folder, &["fetch", "--quiet"]);
    session.git(&folder, &["branch", "--unset-upstream"]);
    fs::remove_file(
        session
            .root()
            .join(&folder)
            .join(".git/landfall-import-done.json"),
    )
    .unwrap();
    let before = state(&session, &folder);
    let published = session.git(FORGE, &["rev-parse", "main"]);
    session.done_in(&folder, &["import", "--batch-mode"]);
    insta::assert_snapshot!(undo(&session, &folder), @"
    ---- stderr
    main of ada/shop is where it was
    took the commit COMMIT_ back
    the import of shop is taken back
    ");
    assert_eq!(state(&session, &folder), before);
    assert_eq!(session.git(FORGE, &["rev-parse", "main"]), published);
}

#[test]
fn an_import_that_failed_half_way_is_taken_back() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let before = state(&session, &folder);
    session.write("home/state/forge", "in the way");
    let failed = session.run_in(&folder, &["import", "--batch-mode"]);
    assert_eq!(failed.status, 1, "{failed}");
    insta::assert_snapshot!(undo(&session, &folder), @"
    ---- stderr
    took the commit COMMIT_ back
    the import of shop is taken back
    ");
    assert_eq!(state(&session, &folder), before);
    fs::remove_file(session.state().join("forge")).unwrap();
    session.done_in(&folder, &["import", "--batch-mode"]);
}

#[test]
fn a_new_branch_with_its_pull_request_is_taken_back() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    let before = state(&session, &folder);
    let main = session.git(&folder, &["rev-parse", "main"]);
    let outcome = session.run_in(&folder, &["import", "--batch-mode", "--branch", "land"]);
    insta::assert_snapshot!(outcome.stable().stderr.split("pull request is opened from it\n").nth(1).unwrap(), @"
    switched to the new branch land
    committed 26 files as COMMIT_
    pushed main to ada/shop (origin)
    pushed land to ada/shop (origin)
    opened ada/shop#1
    the pipeline runs when the local platform does: `landfall up`
    Next:
      landfall get activities --filter shop --watch
      git switch main && git merge land && git push origin main
      landfall import --undo   (takes the import back)
    ");
    assert_eq!(
        session.git(&folder, &["symbolic-ref", "--short", "HEAD"]),
        "land"
    );
    assert_eq!(session.git(&folder, &["rev-parse", "main"]), main);
    assert_eq!(session.git(FORGE, &["rev-parse", "main"]), main);
    let head = session.git(&folder, &["rev-parse", "land"]);
    assert_eq!(session.git(FORGE, &["rev-parse", "refs/pull/1/head"]), head);
    let again = session.run_in(&folder, &["import", "--batch-mode", "--branch", "land"]);
    assert!(again.stderr.contains("nothing to do"), "{again}");
    insta::assert_snapshot!(undo(&session, &folder), @"
    ---- stderr
    removed ada/shop from the local forge
    removed the remote origin
    took the commit COMMIT_ back
    switched back to main
    removed the branch land
    the import of shop is taken back
    ");
    assert_eq!(state(&session, &folder), before);
    assert!(!session.root().join(FORGE).exists());

    session.git(&folder, &["branch", "land"]);
    let taken = session.run_in(&folder, &["import", "--batch-mode", "--branch", "land"]);
    insta::assert_snapshot!(taken, @"
    ---- stderr
    error: there is a branch land here already

    hint: give another name with --branch, or switch to that branch and import without --branch
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
}

#[test]
fn where_nothing_was_imported_there_is_nothing_to_take_back() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    insta::assert_snapshot!(undo(&session, &folder), @"
    ---- stderr
    nothing is imported here; there is nothing to take back
    ");
    session.write(&format!("{folder}/.landfall/import.yaml"), "app: shop\n");
    insta::assert_snapshot!(undo(&session, &folder), @"
    ---- stderr
    error: /ROOT_________/work/shop was imported, but not in this checkout, so what was there before is not known here

    hint: run it in the checkout that made the import
    hint: or revert its commit: git log --diff-filter=A -- .landfall/import.yaml names it
    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
    insta::assert_snapshot!(session.run(&["import", "--undo"]), @"
    ---- stderr
    error: /ROOT_________/work is not in a Git repository

    hint: `landfall explain LF0105` says more
    ---- status 1
    ");
}

/// Kills the undo after delays that grow over the time that an undisturbed one takes, and gives the same command again.
#[test]
fn an_undo_killed_at_any_moment_goes_on() {
    const POINTS: u32 = 16;
    let prepare = || {
        let session = Session::new();
        let folder = session.repository("shop", STATIC);
        let before = state(&session, &folder);
        session.done_in(&folder, &["import", "--batch-mode"]);
        (session, folder, before)
    };
    let (session, folder, _) = prepare();
    let begun = std::time::Instant::now();
    session.done_in(&folder, &["import", "--undo"]);
    let whole = begun.elapsed();
    let mut interrupted = 0;
    for point in 0..POINTS {
        let (session, folder, before) = prepare();
        let mut child = session
            .command(&["import", "--undo"])
            .current_dir(session.root().join(&folder))
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * point / POINTS);
        child.kill().unwrap();
        interrupted += u32::from(!child.wait().unwrap().success());
        let lock = session.root().join(&folder).join(".git/index.lock");
        // The git that was left ends by itself.
        session.until("the end of git", || (!lock.exists()).then_some(()));
        let outcome = undo(&session, &folder);
        assert_eq!(outcome.status, 0, "point {point}: {outcome}");
        assert_eq!(state(&session, &folder), before, "point {point}");
        assert!(!session.root().join(FORGE).exists(), "point {point}");
    }
    assert!(
        interrupted > POINTS / 4,
        "only {interrupted} were interrupted"
    );
}

#[test]
fn of_several_at_once_one_takes_it_back_and_the_others_have_nothing_to_do() {
    let session = Session::new();
    let folder = session.repository("shop", STATIC);
    for _ in 0..3 {
        let before = state(&session, &folder);
        session.done_in(&folder, &["import", "--batch-mode"]);
        let undos: Vec<_> = (0..4)
            .map(|_| {
                session
                    .command(&["import", "--undo"])
                    .current_dir(session.root().join(&folder))
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let said: Vec<Outcome> = undos
            .into_iter()
            .map(|undo| session.outcome(undo.wait_with_output().unwrap()))
            .collect();
        let told = |text: &str| said.iter().filter(|one| one.stderr.contains(text)).count();
        for one in &said {
            assert_eq!(one.status, 0, "{one}");
        }
        assert_eq!(told("the import of shop is taken back"), 1);
        assert_eq!(told("there is nothing to take back"), 3);
        assert_eq!(state(&session, &folder), before);
        assert!(!session.root().join(FORGE).exists());
    }
}
