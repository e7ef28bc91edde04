mod housekeeping;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::backend::git::GitProgram;
use crate::ports::git::{
    BranchName, CommitId, Expected, Git as _, GitError, Head, Identity, NewTag, Push, PushOutcome,
    RemoteName, RemoteUrl,
};
use crate::ports::interrupt::Interrupt;

struct Scratch {
    folder: TempDir,
    git: GitProgram,
}

impl Scratch {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        fs::create_dir(&home).unwrap();
        fs::write(
            home.join(".gitconfig"),
            "[user]\n\tname = Ada\n\temail = ada@example.com\n",
        )
        .unwrap();
        let environment = BTreeMap::from([
            ("PATH".into(), std::env::var_os("PATH").unwrap()),
            ("HOME".into(), OsString::from(home)),
            ("GIT_CONFIG_NOSYSTEM".into(), "1".into()),
        ]);
        let git = GitProgram::new(environment, Interrupt::default());
        fs::create_dir(folder.path().join("work")).unwrap();
        Self { folder, git }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn raw(&self, folder: &Path, args: &[&str]) -> String {
        let output = Command::new("git")
            .args(args)
            .current_dir(folder)
            .env("HOME", self.folder.path().join("home"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout)
            .unwrap()
            .trim_end()
            .to_owned()
    }

    /// A bare repository that is the remote `origin` of the work folder.
    fn bare(&self) -> PathBuf {
        let bare = self.folder.path().join("acme/shop.git");
        fs::create_dir_all(&bare).unwrap();
        self.raw(&bare, &["init", "-q", "--bare", "-b", "main"]);
        let url = RemoteUrl::of_path(&bare).unwrap();
        self.git
            .add_remote(&self.root(), &RemoteName::origin(), &url)
            .unwrap();
        bare
    }

    fn first_commit(&self) -> CommitId {
        self.git.init(&self.root(), &BranchName::main()).unwrap();
        self.write("a", "1");
        self.git
            .commit(&self.root(), &["a".into()], "first")
            .unwrap()
    }
}

fn push_main(expected: Option<Expected>) -> Push {
    Push {
        remote: RemoteName::origin(),
        reference: BranchName::main().reference(),
        set_upstream: true,
        expected,
    }
}

#[test]
fn the_first_commit_takes_exactly_the_given_paths_ignored_ones_too() {
    let scratch = Scratch::new();
    let root = scratch.root();
    assert_eq!(scratch.git.discover(&root).unwrap(), None);
    scratch.git.init(&root, &BranchName::main()).unwrap();
    assert!(matches!(
        scratch.git.discover(&root).unwrap().unwrap().head,
        Head::Unborn { branch } if branch.as_str() == "main"
    ));
    scratch.write(".gitignore", "charts/\n");
    scratch.write("charts/a b/*.txt", "x");
    scratch.write("other", "x");
    let commit = scratch
        .git
        .commit(
            &root,
            &["charts/a b/*.txt".into()],
            "-m looks like an option",
        )
        .unwrap();
    assert_eq!(
        scratch.raw(&root, &["ls-tree", "-r", "--name-only", "HEAD"]),
        "charts/a b/*.txt"
    );
    assert_eq!(
        scratch.raw(&root, &["log", "-1", "--format=%an %s"]),
        "Ada -m looks like an option"
    );
    let checkout = scratch.git.discover(&root.join("charts")).unwrap().unwrap();
    assert_eq!(checkout.head.commit(), Some(&commit));
    assert_eq!(checkout.root, root);
    let dirty = scratch.git.dirty_paths(&root).unwrap();
    assert_eq!(dirty.len(), 2);
    assert!(dirty.iter().all(|path| path.untracked));
}

#[test]
fn what_the_user_staged_stays_staged_and_uncommitted() {
    let scratch = Scratch::new();
    let root = scratch.root();
    scratch.first_commit();
    scratch.write("a", "2");
    scratch.raw(&root, &["add", "a"]);
    scratch.write("new", "x");
    scratch
        .git
        .commit(&root, &["new".into()], "second")
        .unwrap();
    assert_eq!(
        scratch.raw(&root, &["show", "--name-only", "--format=", "HEAD"]),
        "new"
    );
    assert_eq!(
        scratch.raw(&root, &["diff", "--cached", "--name-only"]),
        "a"
    );
}

#[test]
fn a_hook_that_declines_is_named_and_nothing_stays_staged() {
    let scratch = Scratch::new();
    let root = scratch.root();
    scratch.first_commit();
    let hook = root.join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\necho tests are red >&2\nexit 1\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    scratch.write("new", "x");
    let error = scratch
        .git
        .commit(&root, &["new".into()], "second")
        .unwrap_err();
    assert!(
        matches!(&error, GitError::Hook { reason, .. } if reason == "tests are red"),
        "{error}"
    );
    assert_eq!(scratch.raw(&root, &["diff", "--cached", "--name-only"]), "");
    assert_eq!(fs::read_to_string(root.join("new")).unwrap(), "x");
}

#[test]
fn a_missing_identity_is_found_before_the_commit() {
    let scratch = Scratch::new();
    let root = scratch.root();
    scratch.first_commit();
    fs::write(
        scratch.folder.path().join("home/.gitconfig"),
        "[user]\n\tuseConfigOnly = true\n",
    )
    .unwrap();
    assert!(matches!(
        scratch.git.identity(&root),
        Err(GitError::NoIdentity { .. })
    ));
    scratch.write("new", "x");
    let error = scratch
        .git
        .commit(&root, &["new".into()], "second")
        .unwrap_err();
    assert!(matches!(error, GitError::NoIdentity { .. }), "{error}");
    assert_eq!(scratch.raw(&root, &["diff", "--cached", "--name-only"]), "");
}

#[test]
fn c14_a_locked_index_of_the_user_is_reported_and_kept() {
    let scratch = Scratch::new();
    let root = scratch.root();
    scratch.first_commit();
    let lock = root.join(".git/index.lock");
    fs::write(&lock, "").unwrap();
    scratch.write("new", "x");
    let error = scratch
        .git
        .commit(&root, &["new".into()], "second")
        .unwrap_err();
    assert!(
        matches!(&error, GitError::IndexLocked { path, .. } if *path == lock),
        "{error}"
    );
    assert!(lock.exists());
}

#[test]
fn pushes_are_told_apart_and_races_lose() {
    let scratch = Scratch::new();
    let root = scratch.root();
    let first = scratch.first_commit();
    let bare = scratch.bare();
    let push = |expected| scratch.git.push(&root, &push_main(expected));
    assert_eq!(push(Some(Expected::Absent)).unwrap(), PushOutcome::Pushed);
    assert_eq!(push(None).unwrap(), PushOutcome::UpToDate);

    // Somebody else pushes.
    let other = scratch.folder.path().join("other");
    scratch.raw(
        scratch.folder.path(),
        &[
            "clone",
            "-q",
            bare.to_str().unwrap(),
            other.to_str().unwrap(),
        ],
    );
    fs::write(other.join("b"), "x").unwrap();
    scratch.raw(&other, &["add", "b"]);
    scratch.raw(&other, &["commit", "-q", "-m", "other"]);
    scratch.raw(&other, &["push", "-q"]);

    scratch.write("a", "2");
    scratch.git.commit(&root, &["a".into()], "second").unwrap();
    assert!(push(None).unwrap_err().is_race());
    assert!(push(Some(Expected::At(first))).unwrap_err().is_race());
}

#[test]
fn a_clone_of_ours_runs_no_hook_and_heals() {
    let scratch = Scratch::new();
    let root = scratch.root();
    let first = scratch.first_commit();
    let bare = scratch.bare();
    scratch.git.push(&root, &push_main(None)).unwrap();
    let url = RemoteUrl::of_path(&bare).unwrap();
    let clone = scratch.folder.path().join("runs/1/source");
    fs::write(
        scratch.folder.path().join("home/.gitconfig"),
        format!(
            "[core]\n\thooksPath = {}\n",
            scratch.folder.path().join("hooks").display()
        ),
    )
    .unwrap();
    let hook = scratch.folder.path().join("hooks/post-checkout");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(
        &hook,
        format!("#!/bin/sh\ntouch {}/ran\n", scratch.folder.path().display()),
    )
    .unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();

    scratch.git.clone_at(&clone, &url, &first).unwrap();
    assert_eq!(fs::read_to_string(clone.join("a")).unwrap(), "1");
    assert!(!scratch.folder.path().join("ran").exists());

    // The same again is nothing to do, a half-made one is made whole.
    scratch.git.clone_at(&clone, &url, &first).unwrap();
    fs::remove_file(clone.join("a")).unwrap();
    fs::write(clone.join(".git/index.lock"), "").unwrap();
    scratch.git.clone_at(&clone, &url, &first).unwrap();
    assert_eq!(fs::read_to_string(clone.join("a")).unwrap(), "1");

    let unknown: CommitId = "1".repeat(40).parse().unwrap();
    let error = scratch.git.clone_at(&clone, &url, &unknown).unwrap_err();
    assert!(matches!(error, GitError::NoSuchObject { .. }), "{error}");
}

#[test]
fn a_tag_is_the_same_on_every_try_and_never_moves() {
    let scratch = Scratch::new();
    let root = scratch.root();
    let first = scratch.first_commit();
    let bare = scratch.bare();
    scratch.git.push(&root, &push_main(None)).unwrap();
    let url = RemoteUrl::of_path(&bare).unwrap();
    let tag = |commit: &CommitId| NewTag {
        name: "v1.0.0".parse().unwrap(),
        commit: commit.clone(),
        message: "shop 1.0.0\n".to_owned(),
        tagger: Identity::landfall(),
    };
    for clone in ["one", "two"] {
        let clone = scratch.folder.path().join(clone);
        scratch.git.clone_at(&clone, &url, &first).unwrap();
        scratch
            .git
            .push_tag(&clone, &RemoteName::origin(), &tag(&first))
            .unwrap();
        assert_eq!(
            scratch
                .git
                .push_tag(&clone, &RemoteName::origin(), &tag(&first))
                .unwrap(),
            PushOutcome::UpToDate
        );
    }
    assert_eq!(scratch.raw(&bare, &["cat-file", "-t", "v1.0.0"]), "tag");

    // A person's own tag of that name on the same commit is as good.
    scratch.raw(&bare, &["tag", "-d", "v1.0.0"]);
    scratch.raw(&bare, &["tag", "v1.0.0", first.as_str()]);
    let clone = scratch.folder.path().join("one");
    scratch
        .git
        .push_tag(&clone, &RemoteName::origin(), &tag(&first))
        .unwrap();

    scratch.write("a", "2");
    let second = scratch.git.commit(&root, &["a".into()], "second").unwrap();
    let error = scratch
        .git
        .push_tag(&root, &RemoteName::origin(), &tag(&second))
        .unwrap_err();
    assert!(matches!(error, GitError::Rejected { .. }), "{error}");
    let peeled = scratch.raw(&bare, &["rev-parse", "v1.0.0^{commit}"]);
    assert_eq!(peeled, first.as_str());
}

#[test]
fn a_remote_is_never_redirected() {
    let scratch = Scratch::new();
    scratch.first_commit();
    let bare = scratch.bare();
    let root = scratch.root();
    let url = RemoteUrl::of_path(&bare).unwrap();
    scratch
        .git
        .add_remote(&root, &RemoteName::origin(), &url)
        .unwrap();
    let other = RemoteUrl::of_path(Path::new("/elsewhere.git")).unwrap();
    let error = scratch
        .git
        .add_remote(&root, &RemoteName::origin(), &other)
        .unwrap_err();
    assert!(error.to_string().contains("shop.git"), "{error}");
}
