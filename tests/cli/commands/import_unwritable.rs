//! An import into a repository that cannot be written: found before the first file and before the forge is asked.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::session::{Outcome, Session, everything};

const SITE: &[(&str, &str)] = &[
    ("index.html", "<h1>Shop</h1>\n"),
    ("charts/README.md", "# Charts\n"),
];

/// Says on standard error that a test could not be made here, which must not happen in CI.
fn skip(what: &str) {
    assert!(std::env::var_os("CI").is_none(), "CI must allow: {what}");
    let _ = writeln!(std::io::stderr(), "skipped: this user cannot {what}");
}

fn done(program: &str, args: &[&str], path: &Path) -> bool {
    let output = Command::new(program).args(args).arg(path).output();
    output.is_ok_and(|output| output.status.success())
}

/// Imports, which must be refused, and looks whether anything was changed.
fn refused(session: &Session, folder: &str, import: &mut Command) -> Outcome {
    let before = everything(&session.root().join(folder));
    let outcome = session.outcome(import.output().unwrap());
    assert_eq!(outcome.status, 1, "{outcome}");
    assert!(before == everything(&session.root().join(folder)));
    assert!(
        !session.state().join("forge").exists(),
        "the forge was asked"
    );
    outcome
}

fn import(session: &Session, folder: &str) -> Command {
    let mut command = session.command(&["import", "--batch-mode"]);
    command.current_dir(session.root().join(folder));
    command
}

/// A folder that is mounted read-only, until the end.
struct ReadOnly(PathBuf);

impl ReadOnly {
    fn new(folder: PathBuf) -> Option<Self> {
        let place = folder.to_str().unwrap();
        if done("mount", &["--bind", place], &folder) {
            let mounted = Self(folder);
            if done("mount", &["-o", "remount,bind,ro"], &mounted.0) {
                return Some(mounted);
            }
        }
        skip("mount a folder read-only");
        None
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        done("umount", &["--lazy"], &self.0);
    }
}

#[test]
fn c20_a_read_only_repository_is_found_before_anything_is_done() {
    let session = Session::new();
    let folder = session.repository("shop", SITE);
    let top = session.root().join(&folder);
    let Some(mounted) = ReadOnly::new(top.clone()) else {
        return;
    };
    insta::assert_snapshot!(refused(&session, &folder, &mut import(&session, &folder)), @"
    ---- stderr
    error: cannot write to /ROOT_________/work/shop: the file system is read-only

    hint: mount it writable, or do the same in a copy that lies elsewhere
    hint: `landfall explain LF0010` says more
    ---- status 1
    ");
    // What would be done can be seen all the same.
    let dry = session.done_in(&folder, &["import", "--dry-run"]);
    assert!(dry.stdout.contains("add     .tekton/"), "{dry}");
    insta::assert_snapshot!(dry.stderr, @"warning: cannot write to /ROOT_________/work/shop: the file system is read-only");
    drop(mounted);

    for part in ["charts", ".git/refs/heads"] {
        let Some(_mounted) = ReadOnly::new(top.join(part)) else {
            return;
        };
        let outcome = refused(&session, &folder, &mut import(&session, &folder));
        let place = format!("shop/{part}: the file system is read-only\n");
        assert!(outcome.stderr.contains(&place), "{outcome}");
    }
    session.done_in(&folder, &["import", "--batch-mode"]);
    // With nothing to do, nothing has to be written.
    let Some(_mounted) = ReadOnly::new(top) else {
        return;
    };
    session.done_in(&folder, &["import", "--batch-mode"]);
}

/// The import as somebody whom permissions bind; root does without them.
fn bound_import(session: &Session, folder: &str) -> Command {
    if !rustix::process::geteuid().is_root() {
        return import(session, folder);
    }
    let mut command = Command::new("setpriv");
    command
        .arg("--bounding-set=-dac_override,-dac_read_search")
        .arg(env!("CARGO_BIN_EXE_landfall"))
        .args(["import", "--batch-mode"]);
    session.isolate(&mut command);
    command.current_dir(session.root().join(folder));
    command
}

#[test]
fn c20_a_folder_without_the_permission_to_write_is_found_before_anything_is_done() {
    let session = Session::new();
    let folder = session.repository("shop", SITE);
    let top = session.root().join(&folder);
    let objects = fs::read_dir(top.join(".git/objects")).unwrap();
    let mut objects: Vec<_> = objects
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.len() == 2)
        .collect();
    objects.sort();
    let mut said = String::new();
    for part in [
        ".",
        "charts",
        ".git",
        ".git/refs/heads",
        ".git/logs/HEAD",
        &format!(".git/objects/{}", objects[0]),
    ] {
        let place = top.join(part);
        let before = fs::metadata(&place).unwrap().permissions();
        fs::set_permissions(&place, fs::Permissions::from_mode(0o555)).unwrap();
        let outcome = refused(&session, &folder, &mut bound_import(&session, &folder));
        fs::set_permissions(&place, before).unwrap();
        let first = outcome.stderr.lines().next().unwrap();
        said += &first.replace(&objects[0], "??");
        said += "\n";
        if part == "." {
            insta::assert_snapshot!(outcome, @"
            ---- stderr
            error: cannot write to /ROOT_________/work/shop: permission denied

            hint: `ls -ld /ROOT_________/work/shop` shows whose it is and who may write there
            hint: `landfall explain LF0010` says more
            ---- status 1
            ");
        }
    }
    insta::assert_snapshot!(said, @"
    error: cannot write to /ROOT_________/work/shop: permission denied
    error: cannot write to /ROOT_________/work/shop/charts: permission denied
    error: cannot write to /ROOT_________/work/shop/.git: permission denied
    error: cannot write to /ROOT_________/work/shop/.git/refs/heads: permission denied
    error: cannot write to /ROOT_________/work/shop/.git/logs/HEAD: permission denied
    error: cannot write to /ROOT_________/work/shop/.git/objects/??: permission denied
    ");
    let outcome = bound_import(&session, &folder).output().unwrap();
    assert!(outcome.status.success(), "{outcome:?}");
}

#[test]
fn c20_an_immutable_file_is_found_before_anything_is_done() {
    let session = Session::new();
    let folder = session.repository("shop", SITE);
    let top = session.root().join(&folder);
    let mut said = String::new();
    for part in ["charts", ".git/config", ".git/index"] {
        let place = top.join(part);
        if !done("chattr", &["+i"], &place) {
            // Not every file system has the mark, so CI need not either.
            let _ = writeln!(std::io::stderr(), "skipped: nothing can be made immutable");
            return;
        }
        let before = everything(&top);
        let outcome = session.outcome(import(&session, &folder).output().unwrap());
        assert!(done("chattr", &["-i"], &place), "{part} stays immutable");
        assert_eq!(outcome.status, 1, "{outcome}");
        assert!(before == everything(&top), "{part}");
        assert!(!session.state().join("forge").exists(), "{part}");
        said += &outcome.stderr;
    }
    insta::assert_snapshot!(said, @"
    error: cannot write to /ROOT_________/work/shop/charts: it is immutable

    hint: `lsattr -d /ROOT_________/work/shop/charts` shows the mark; `chattr -i /ROOT_________/work/shop/charts` takes it away
    hint: `landfall explain LF0010` says more
    error: cannot write to /ROOT_________/work/shop/.git/config: it is immutable

    hint: `lsattr -d /ROOT_________/work/shop/.git/config` shows the mark; `chattr -i /ROOT_________/work/shop/.git/config` takes it away
    hint: `landfall explain LF0010` says more
    error: cannot write to /ROOT_________/work/shop/.git/index: it is immutable

    hint: `lsattr -d /ROOT_________/work/shop/.git/index` shows the mark; `chattr -i /ROOT_________/work/shop/.git/index` takes it away
    hint: `landfall explain LF0010` says more
    ");
}

#[cfg(target_os = "linux")]
#[test]
fn c20_a_path_that_is_too_long_is_found_before_anything_is_done() {
    // Git itself still works there; the longest file of the plan would not.
    const LENGTH: usize = 4_030;
    let session = Session::new();
    let mut folder = "work".to_owned();
    loop {
        let left = LENGTH - session.root().join(&folder).as_os_str().len();
        if left < 2 {
            break;
        }
        folder.push('/');
        folder += &"d".repeat((left - 1).min(200));
    }
    let name = folder.strip_prefix("work/").unwrap();
    session.repository(name, SITE);
    let mut import = import(&session, &folder);
    import.args(["--name", "a-name-that-is-as-long-as-one-can-be"]);
    let outcome = refused(&session, &folder, &mut import);
    let (place, end) = outcome.stderr.split_once("/charts/").unwrap();
    assert!(
        place.starts_with("error: cannot write to /ROOT_"),
        "{place}"
    );
    insta::assert_snapshot!(end, @"
    a-name-that-is-as-long-as-one-can-be/templates/NOTES.txt: the path is too long

    hint: move it to a place with a shorter path
    hint: `landfall explain LF0010` says more
    ");
}
