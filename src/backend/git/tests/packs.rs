use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::GitPacks;
use crate::ports::git::{GitError, RemoteUrl};
use crate::ports::interrupt::Interrupt;
use crate::ports::packs::{PackLimits, PackRepository as _, Revision};

const LIMITS: PackLimits = PackLimits {
    files: 10,
    bytes: 100,
};

fn git(folder: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@b"])
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn a_revision_is_fetched_once_kept_and_read_without_the_other_side() {
    let scratch = tempfile::tempdir().unwrap();
    let there = scratch.path().join("packs");
    fs::create_dir(&there).unwrap();
    git(&there, &["init", "--quiet", "--initial-branch=main"]);
    write(&there, "go/pack.yaml", "name: go\n");
    write(&there, "go/files/a", "one");
    write(&there, "go/README.md", "not part of it");
    write(&there, "go/files/large", &"x".repeat(101));
    symlink("/etc/passwd", there.join("go/files/link")).unwrap();
    git(&there, &["add", "--all"]);
    git(&there, &["commit", "--quiet", "-m", "one"]);
    git(&there, &["tag", "-a", "v1", "-m", "v1"]);
    let url = RemoteUrl::of_path(&there).unwrap();
    let environment = std::env::vars_os().collect();
    let packs = GitPacks::new(
        environment,
        Interrupt::default(),
        scratch.path().join("cache"),
    );
    let revision = |text: &str| text.parse::<Revision>().unwrap();

    assert_eq!(packs.kept(&url, &revision("v1")).unwrap(), None);
    let first = packs.fetch(&url, &revision("v1")).unwrap();
    assert_eq!(first.commit.as_str(), git(&there, &["rev-parse", "HEAD"]));
    assert_eq!(packs.fetch(&url, &Revision::Head).unwrap(), first);
    assert_eq!(
        packs
            .fetch(&url, &Revision::Commit(first.commit.clone()))
            .unwrap(),
        first
    );
    assert!(matches!(
        packs.fetch(&url, &revision("none")),
        Err(GitError::NoSuchObject { .. })
    ));
    let absent = revision(&"1".repeat(40));
    assert!(packs.fetch(&url, &absent).is_err());

    // The tag moves: the new commit is told from the old one, and both are kept.
    write(&there, "go/files/a", "two");
    git(&there, &["commit", "--quiet", "--all", "-m", "two"]);
    git(&there, &["tag", "--force", "v1"]);
    let second = packs.fetch(&url, &revision("v1")).unwrap();
    assert_eq!(second.moved_from.as_ref(), Some(&first.commit));
    assert_ne!(second.commit, first.commit);

    fs::remove_dir_all(&there).unwrap();
    assert!(packs.fetch(&url, &revision("v1")).is_err());
    assert_eq!(
        packs.kept(&url, &revision("v1")).unwrap(),
        Some(second.commit)
    );
    let files = packs
        .files(&url, &first.commit, "go", LIMITS)
        .unwrap()
        .unwrap();
    let shown: Vec<_> = files
        .iter()
        .map(|file| {
            (
                file.path.as_str(),
                file.contents
                    .as_ref()
                    .map(|text| String::from_utf8_lossy(text).into_owned()),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("files/a", Ok("one".to_owned())),
            ("files/large", Err(&"is too large")),
            ("files/link", Err(&"is a link")),
            ("pack.yaml", Ok("name: go\n".to_owned())),
        ]
    );
    assert_eq!(
        packs.files(&url, &first.commit, "none", LIMITS).unwrap(),
        None
    );
    assert_eq!(packs.files(&url, &first.commit, "", LIMITS).unwrap(), None);
    let few = PackLimits { files: 1, ..LIMITS };
    assert_eq!(
        packs
            .files(&url, &first.commit, "go", few)
            .unwrap()
            .unwrap()
            .len(),
        2
    );
}
