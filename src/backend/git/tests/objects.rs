use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::Timestamp;
use tempfile::TempDir;

use super::ObjectDatabase;
use crate::ports::git::{
    BranchName, Change, CommitId, GitError, GitObjects as _, Identity, NewCommit, NewMerge, RefName,
};

struct Scratch {
    _folder: TempDir,
    path: PathBuf,
}

impl Scratch {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("acme/env.git");
        ObjectDatabase
            .init_bare(&path, &BranchName::main())
            .unwrap();
        Self {
            _folder: folder,
            path,
        }
    }

    fn commit(&self, parents: &[&CommitId], changes: &[(&str, Option<&str>)]) -> CommitId {
        let commit = NewCommit {
            parents: parents.iter().map(|id| (*id).clone()).collect(),
            changes: changes
                .iter()
                .map(|(path, text)| Change {
                    path: (*path).to_owned(),
                    contents: text.map(|text| text.as_bytes().to_vec()),
                })
                .collect(),
            message: "change".to_owned(),
            identity: Identity::landfall(),
            time: Timestamp::UNIX_EPOCH,
        };
        ObjectDatabase.commit(&self.path, &commit).unwrap()
    }

    fn merge(&self, ours: &CommitId, theirs: &CommitId) -> Result<CommitId, GitError> {
        let merge = NewMerge {
            ours: ours.clone(),
            theirs: theirs.clone(),
            message: "merge".to_owned(),
            identity: Identity::landfall(),
            time: Timestamp::UNIX_EPOCH,
        };
        ObjectDatabase.merge(&self.path, &merge)
    }

    fn files(&self, commit: &CommitId) -> Vec<String> {
        ObjectDatabase.list_files(&self.path, commit, "").unwrap()
    }

    fn read(&self, commit: &CommitId, path: &str) -> Option<String> {
        let bytes = ObjectDatabase
            .read_file(&self.path, commit, path)
            .unwrap()?;
        Some(String::from_utf8(bytes).unwrap())
    }
}

fn git(folder: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn main_ref() -> RefName {
    BranchName::main().reference()
}

#[test]
fn a_commit_is_built_without_a_work_tree_and_git_agrees() {
    let scratch = Scratch::new();
    let first = scratch.commit(&[], &[("a/b.txt", Some("1\n")), ("c", Some("2\n"))]);
    let second = scratch.commit(&[&first], &[("a/b.txt", None), ("a/d/e", Some("3\n"))]);
    assert_eq!(scratch.files(&second), ["a/d/e", "c"]);
    assert_eq!(scratch.read(&second, "a/d/e").as_deref(), Some("3\n"));
    assert_eq!(scratch.read(&second, "a/b.txt"), None);
    assert_eq!(scratch.read(&second, "a"), None);
    assert_eq!(
        ObjectDatabase
            .list_files(&scratch.path, &second, "a/")
            .unwrap(),
        ["a/d/e"]
    );
    ObjectDatabase
        .move_ref(&scratch.path, &main_ref(), Some(&second), None)
        .unwrap();
    let third = scratch.commit(&[&second], &[("a/d/e", None)]);
    assert_eq!(scratch.files(&third), ["c"]);
    git(&scratch.path, &["fsck", "--strict"]);
    assert_eq!(
        git(
            &scratch.path,
            &["ls-tree", "-r", "--name-only", third.as_str()]
        ),
        "c"
    );
    // No empty folder stays behind: git would not have written one.
    assert_eq!(
        git(&scratch.path, &["ls-tree", "--name-only", third.as_str()]),
        "c"
    );
}

#[test]
fn a_reference_moves_only_from_the_expected_value() {
    let scratch = Scratch::new();
    let first = scratch.commit(&[], &[("a", Some("1"))]);
    let second = scratch.commit(&[&first], &[("a", Some("2"))]);
    let move_ref = |new: Option<&CommitId>, expected: Option<&CommitId>| {
        ObjectDatabase.move_ref(&scratch.path, &main_ref(), new, expected)
    };
    assert!(
        move_ref(Some(&second), Some(&first)).unwrap_err().is_race(),
        "it does not exist"
    );
    move_ref(Some(&first), None).unwrap();
    assert!(
        move_ref(Some(&second), None).unwrap_err().is_race(),
        "it exists"
    );
    move_ref(Some(&second), Some(&first)).unwrap();
    let error = move_ref(Some(&first), Some(&first)).unwrap_err();
    assert!(
        matches!(&error, GitError::RefMoved { found: Some(found), .. } if *found == second),
        "{error}"
    );
    assert!(move_ref(None, Some(&first)).unwrap_err().is_race());
    move_ref(None, Some(&second)).unwrap();
    assert_eq!(
        ObjectDatabase.resolve(&scratch.path, &main_ref()).unwrap(),
        None
    );
}

#[test]
fn merges_agree_with_git_and_conflicts_name_their_files() {
    let scratch = Scratch::new();
    let base = scratch.commit(&[], &[("a", Some("1\n")), ("b", Some("1\n"))]);
    let ours = scratch.commit(&[&base], &[("a", Some("2\n"))]);
    let theirs = scratch.commit(&[&base], &[("b", Some("2\n"))]);
    let merged = scratch.merge(&ours, &theirs).unwrap();
    assert_eq!(scratch.read(&merged, "a").as_deref(), Some("2\n"));
    assert_eq!(scratch.read(&merged, "b").as_deref(), Some("2\n"));
    let by_git = git(
        &scratch.path,
        &["merge-tree", "--write-tree", ours.as_str(), theirs.as_str()],
    );
    assert_eq!(
        git(&scratch.path, &["rev-parse", &format!("{merged}^{{tree}}")]),
        by_git
    );

    let other = scratch.commit(&[&base], &[("a", Some("3\n"))]);
    match scratch.merge(&ours, &other).unwrap_err() {
        GitError::Conflict { files } => assert_eq!(files, ["a"]),
        other => panic!("{other}"),
    }
    let deleted = scratch.commit(&[&base], &[("a", None)]);
    assert!(matches!(
        scratch.merge(&ours, &deleted),
        Err(GitError::Conflict { .. })
    ));
}

#[test]
fn history_and_tags_are_read() {
    let scratch = Scratch::new();
    let first = scratch.commit(&[], &[("a", Some("1"))]);
    let second = scratch.commit(&[&first], &[("a", Some("2"))]);
    let tag: RefName = "refs/tags/v1.0.0".parse().unwrap();
    ObjectDatabase
        .move_ref(&scratch.path, &tag, Some(&first), None)
        .unwrap();
    git(
        &scratch.path,
        &[
            "-c",
            "user.name=a",
            "-c",
            "user.email=b",
            "tag",
            "-a",
            "-m",
            "x",
            "v2.0.0",
            second.as_str(),
        ],
    );
    let tags = ObjectDatabase.tags(&scratch.path).unwrap();
    let tags: Vec<_> = tags
        .iter()
        .map(|tag| (tag.name.as_str(), &tag.commit))
        .collect();
    assert_eq!(tags, [("v1.0.0", &first), ("v2.0.0", &second)]);
    let log = ObjectDatabase
        .log(&scratch.path, &second, Some(&first), 10)
        .unwrap();
    assert_eq!(
        log.iter().map(|commit| &commit.id).collect::<Vec<_>>(),
        [&second]
    );
    assert!(
        ObjectDatabase
            .is_ancestor(&scratch.path, &first, &second)
            .unwrap()
    );
    assert!(
        !ObjectDatabase
            .is_ancestor(&scratch.path, &second, &first)
            .unwrap()
    );
    let base = ObjectDatabase.merge_base(&scratch.path, &second, &first);
    assert_eq!(base.unwrap(), Some(first));
}

#[test]
fn what_is_no_repository_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let error = ObjectDatabase
        .resolve(folder.path(), &main_ref())
        .unwrap_err();
    assert!(matches!(error, GitError::NotARepository { .. }), "{error}");
    git(folder.path(), &["init", "-q", "--object-format=sha256"]);
    let error = ObjectDatabase
        .resolve(folder.path(), &main_ref())
        .unwrap_err();
    assert!(matches!(error, GitError::Unsupported { .. }), "{error}");
}

#[test]
fn a_lock_that_a_killed_process_left_in_a_bare_repository_is_removed_when_it_is_old() {
    let scratch = Scratch::new();
    let main: RefName = "refs/heads/main".parse().unwrap();
    let first = scratch.commit(&[], &[("a", Some("1"))]);
    let locks = ["refs/heads/main.lock", "HEAD.lock", "packed-refs.lock"];
    for lock in locks {
        std::fs::write(scratch.path.join(lock), "").unwrap();
    }
    let young = ObjectDatabase.move_ref(&scratch.path, &main, Some(&first), None);
    assert!(
        matches!(young, Err(GitError::RefMoved { .. })),
        "somebody may be writing: {young:?}"
    );
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(11);
    for lock in locks {
        let file = std::fs::File::options()
            .write(true)
            .open(scratch.path.join(lock))
            .unwrap();
        file.set_modified(old).unwrap();
    }
    ObjectDatabase
        .move_ref(&scratch.path, &main, Some(&first), None)
        .unwrap();
    assert_eq!(
        ObjectDatabase.resolve(&scratch.path, &main).unwrap(),
        Some(first)
    );
}

#[test]
fn of_many_who_make_one_repository_all_find_it_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme/env.git");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                ObjectDatabase
                    .init_bare(&path, &BranchName::main())
                    .unwrap();
                assert_eq!(
                    ObjectDatabase.head_branch(&path).unwrap(),
                    Some(BranchName::main())
                );
            });
        }
    });
    let left: Vec<_> = std::fs::read_dir(folder.path().join("acme"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["env.git"]);
}
