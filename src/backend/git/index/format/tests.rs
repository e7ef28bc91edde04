use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;

use super::entries;

/// Runs git in `root`, away from the settings of whoever runs the tests.
fn git(root: &Path, args: &[&str]) {
    let done = Command::new("git")
        .current_dir(root)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.invalid"])
        .args(args)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// A repository with odd names and kinds of files, and its index after `args`.
fn index_after(commands: &[&[&str]]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    git(root, &["init", "--quiet"]);
    for length in 1..20 {
        fs::create_dir_all(root.join(format!("d/{}", "e".repeat(length)))).unwrap();
        fs::write(root.join(format!("d/{0}/{0}", "e".repeat(length))), "x").unwrap();
    }
    fs::write(root.join("ä b\n"), "").unwrap();
    let deep = root.join(["long"; 50].join("/"));
    fs::create_dir_all(&deep).unwrap();
    for length in 1..41 {
        fs::write(deep.join("f".repeat(length)), "").unwrap();
    }
    std::os::unix::fs::symlink("d", root.join("link")).unwrap();
    git(root, &["add", "."]);
    for command in commands {
        git(root, command);
    }
    fs::read(root.join(".git/index")).unwrap()
}

#[test]
fn every_version_gives_the_same_entries() {
    let usual = entries(&index_after(&[])).unwrap();
    assert_eq!(usual.len(), 61);
    let paths: Vec<_> = usual.iter().map(|(_, path)| path.as_slice()).collect();
    assert!(paths.is_sorted());
    assert!(paths.contains(&"ä b\n".as_bytes()));
    let link = usual.iter().find(|(_, path)| path == b"link").unwrap();
    assert_eq!(link.0, 0o120_000);
    // Version 3 is what a flag of its own makes of it.
    let third = index_after(&[&["update-index", "--skip-worktree", "d/e/e"]]);
    assert_eq!(third[..8], *b"DIRC\0\0\0\x03");
    assert_eq!(entries(&third).unwrap(), usual);
    let fourth = index_after(&[&["update-index", "--index-version", "4"]]);
    assert_eq!(fourth[..8], *b"DIRC\0\0\0\x04");
    assert_eq!(entries(&fourth).unwrap(), usual);
}

#[test]
fn what_is_not_understood_is_left_to_git() {
    let split = index_after(&[&["update-index", "--split-index"]]);
    assert!(entries(&split).is_none());
    let commit: &[&str] = &["commit", "--quiet", "--message", "a"];
    let sparse: &[&str] = &["sparse-checkout", "set", "--cone", "--sparse-index", "d/e"];
    assert!(entries(&index_after(&[commit, sparse])).is_none());
    let mut other = index_after(&[]);
    other[7] = 5;
    assert!(entries(&other).is_none());
    assert!(entries(b"").is_none());
}

#[test]
fn a_cut_file_is_refused() {
    let whole = index_after(&[]);
    for length in 0..whole.len() {
        assert!(
            entries(&whole[..length]).is_none_or(|found| found.len() == 61),
            "{length}"
        );
    }
    let mut many = whole;
    many[8..12].copy_from_slice(&[0xff; 4]);
    assert!(entries(&many).is_none());
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(version in 1_u8..6, count in 0_u8..5, rest: Vec<u8>) {
        let head = [b'D', b'I', b'R', b'C', 0, 0, 0, version, 0, 0, 0, count];
        let _ = entries(&[&head, rest.as_slice()].concat());
    }
}
