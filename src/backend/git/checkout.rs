//! Checkouts: the user's own, and clones of landfall's.

use std::fs;
use std::io;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::program::{Call, Scope};
use super::{GitProgram, ObjectDatabase};
use crate::files::{self, WriteOptions};
use crate::ports::git::{
    BranchName, Checkout, CommitId, DirtyPath, Git, GitError, GitObjects as _, GitVersion, Head,
    Identity, NewTag, Push, PushOutcome, RefName, Remote, RemoteName, RemoteUrl, Tracked, Upstream,
};

/// Every folder above may be the top of a work tree.
const NO_CEILING: &[&str] = &[];

/// Marks a clone as landfall's own: nothing of the user's configuration applies in it.
const CLONE_MARK: &str = "landfall-clone";

impl Git for GitProgram {
    fn version(&self) -> Result<GitVersion, GitError> {
        self.program.version()
    }

    fn discover(&self, folder: &Path) -> Result<Option<Checkout>, GitError> {
        // Not `discover`, which takes the folder of Git's own for a place beside the work tree, wherever it lies.
        let flags = git2::RepositoryOpenFlags::empty();
        let repository = match git2::Repository::open_ext(folder, flags, NO_CEILING) {
            Ok(repository) => repository,
            Err(error) if error.code() == git2::ErrorCode::NotFound => return Ok(None),
            Err(error) => return Err(super::objects::opening(folder, error)),
        };
        let Some(root) = repository.workdir() else {
            return Err(GitError::Unsupported {
                path: repository.path().to_owned(),
                why: "it is bare, and a work tree is needed".to_owned(),
            });
        };
        Ok(Some(Checkout {
            root: root.components().collect(),
            git_folder: repository.path().components().collect(),
            shared_folder: repository.commondir().components().collect(),
            is_shallow: repository.is_shallow(),
            under_way: under_way(&repository),
            head: head(&repository)?,
            remotes: remotes(&repository)?,
        }))
    }

    fn init(&self, root: &Path, branch: &BranchName) -> Result<(), GitError> {
        if root.join(".git").exists() {
            return Ok(());
        }
        files::create_dir_all(root)?;
        let call = Call::new(Scope::User, root, &["init", "--quiet"])
            .arg(format!("--initial-branch={branch}"));
        self.program.run(call)?.checked()?;
        Ok(())
    }

    fn dirty_paths(&self, root: &Path) -> Result<Vec<DirtyPath>, GitError> {
        let call = Call::new(
            Scope::User,
            root,
            &[
                "status",
                "--porcelain=v1",
                "-z",
                "--untracked-files=all",
                "--no-renames",
                "--ignore-submodules=dirty",
            ],
        )
        .env("GIT_OPTIONAL_LOCKS", "0");
        let output = self.program.run(call)?.checked()?;
        Ok(output
            .stdout
            .split(|byte| *byte == 0)
            .filter(|entry| entry.len() > 3)
            .map(|entry| DirtyPath {
                path: PathBuf::from(std::ffi::OsString::from_vec(entry[3..].to_vec())),
                untracked: entry.starts_with(b"??"),
            })
            .collect())
    }

    fn identity(&self, root: &Path) -> Result<Identity, GitError> {
        let call = Call::new(Scope::User, root, &["var", "GIT_COMMITTER_IDENT"]);
        let text = self.program.run(call)?.checked()?.text();
        let parsed = text.split_once(" <").and_then(|(name, rest)| {
            let (email, _) = rest.split_once('>')?;
            Some(Identity {
                name: name.to_owned(),
                email: email.to_owned(),
            })
        });
        parsed.ok_or(GitError::NoIdentity { reason: text })
    }

    fn check_writable(&self, checkout: &Checkout) -> Result<(), GitError> {
        super::writable::check(&checkout.root, &checkout.head)
    }

    fn commit(&self, root: &Path, paths: &[PathBuf], message: &str) -> Result<CommitId, GitError> {
        refuse_locked_index(root)?;
        let mut list = Vec::new();
        for path in paths {
            list.extend_from_slice(path.as_os_str().as_bytes());
            list.push(0);
        }
        let from_list = |args: &[&str]| {
            Call::new(Scope::User, root, args)
                .arg("--pathspec-from-file=-")
                .arg("--pathspec-file-nul")
                .stdin(list.clone())
        };
        let before = self.staged(root)?;
        let result = self
            .program
            // Also outside of a sparse checkout: what is new there is wanted there.
            .run(from_list(&["add", "--force", "--sparse"]))
            .and_then(super::program::Output::checked)
            .and_then(|_| {
                self.commit_listed(
                    root,
                    from_list(&["commit", "--quiet", "--only"])
                        .arg("-m")
                        .arg(message),
                )
            });
        if result.is_err() {
            // Best effort: the first error is the one to tell.
            let staged: Vec<u8> = list
                .split(|byte| *byte == 0)
                .filter(|path| !path.is_empty() && !before.iter().any(|known| known == path))
                .flat_map(|path| path.iter().copied().chain([0]))
                .collect();
            let _ = self.unstage(root, staged);
        }
        result
    }

    fn tracked(&self, root: &Path) -> Result<Vec<Tracked>, GitError> {
        super::index::tracked(&self.program, root)
    }

    fn reset_index(&self, root: &Path, paths: &[PathBuf]) -> Result<(), GitError> {
        refuse_locked_index(root)?;
        let list = paths
            .iter()
            .flat_map(|path| path.as_os_str().as_bytes().iter().copied().chain([0]));
        self.unstage(root, list.collect())
    }

    fn clone_new(&self, url: &RemoteUrl, folder: &Path) -> Result<(), GitError> {
        let above = folder.parent().unwrap_or(Path::new("/"));
        let call = Call::new(
            Scope::User,
            above,
            &["clone", "--quiet", "--no-recurse-submodules", "--"],
        )
        .arg(url.as_git())
        .arg(folder.as_os_str())
        .allow_local(url.path().is_some());
        self.program.run(call)?.checked()?;
        Ok(())
    }

    fn upstream(&self, root: &Path, branch: &BranchName) -> Result<Option<Upstream>, GitError> {
        let fail = |error| super::objects::failed("read the settings", root, error);
        let repository = super::objects::open(root)?;
        let config = repository
            .config()
            .and_then(|mut config| config.snapshot())
            .map_err(fail)?;
        let read = |key: &str| config.get_string(&format!("branch.{branch}.{key}")).ok();
        Ok(read("remote")
            .zip(read("merge"))
            .map(|(remote, reference)| Upstream { remote, reference }))
    }

    fn set_upstream(
        &self,
        root: &Path,
        branch: &BranchName,
        upstream: Option<&Upstream>,
    ) -> Result<(), GitError> {
        let now = self.upstream(root, branch)?;
        if now.as_ref() == upstream {
            return Ok(());
        }
        let Some(upstream) = upstream else {
            let call = Call::new(Scope::User, root, &["branch", "--unset-upstream", "--"])
                .arg(branch.as_str());
            self.program.run(call)?.checked()?;
            return Ok(());
        };
        for (key, value) in [
            ("remote", upstream.remote.as_str()),
            ("merge", upstream.reference.as_str()),
        ] {
            let call = Call::new(Scope::User, root, &["config", "--local"])
                .arg(format!("branch.{branch}.{key}"))
                .arg(value);
            self.program.run(call)?.checked()?;
        }
        Ok(())
    }

    fn update_ref(
        &self,
        root: &Path,
        name: &RefName,
        new: Option<&CommitId>,
        expected: Option<&CommitId>,
    ) -> Result<(), GitError> {
        let found = ObjectDatabase.resolve(root, name)?;
        if found.as_ref() != expected {
            return Err(GitError::RefMoved {
                reference: name.clone(),
                expected: expected.cloned(),
                found,
            });
        }
        let call = Call::new(Scope::User, root, &["update-ref", "-m", "landfall"]);
        let call = match new {
            Some(new) => call.arg(name.as_str()).arg(new.as_str()),
            None => call.arg("-d").arg(name.as_str()),
        };
        // No value at all is forty zeros to git.
        let expected = expected.map_or_else(|| "0".repeat(40), ToString::to_string);
        if new.is_none() && found.is_none() {
            return Ok(());
        }
        self.program.run(call.arg(expected))?.checked()?;
        Ok(())
    }

    fn set_head_branch(&self, root: &Path, branch: &BranchName) -> Result<(), GitError> {
        let call = Call::new(
            Scope::User,
            root,
            &["symbolic-ref", "-m", "landfall", "HEAD"],
        )
        .arg(branch.reference().as_str());
        self.program.run(call)?.checked()?;
        Ok(())
    }

    fn remove_remote(&self, root: &Path, name: &RemoteName) -> Result<(), GitError> {
        let known = self.discover(root)?;
        if known.is_none_or(|checkout| checkout.remote(name.as_str()).is_none()) {
            return Ok(());
        }
        let call = Call::new(Scope::User, root, &["remote", "remove"]).arg(name.as_str());
        self.program.run(call)?.checked()?;
        Ok(())
    }

    fn add_remote(&self, root: &Path, name: &RemoteName, url: &RemoteUrl) -> Result<(), GitError> {
        let known = self.discover(root)?;
        match known
            .as_ref()
            .and_then(|checkout| checkout.remote(name.as_str()))
        {
            Some(remote) if remote.url.as_ref() == Some(url) => Ok(()),
            Some(remote) => Err(GitError::Command {
                command: "remote add".to_owned(),
                status: None,
                reason: match &remote.url {
                    Some(other) => format!("the remote {name} leads to {other} already"),
                    None => format!("the remote {name} exists already"),
                },
            }),
            None => {
                let call = Call::new(Scope::User, root, &["remote", "add", "--"])
                    .arg(name.as_str())
                    .arg(url.as_git());
                self.program.run(call)?.checked()?;
                Ok(())
            }
        }
    }

    fn push(&self, root: &Path, push: &Push) -> Result<PushOutcome, GitError> {
        self.push_reference(root, push)
    }

    fn check_out(&self, root: &Path, commit: &CommitId) -> Result<(), GitError> {
        let call =
            Call::new(Scope::User, root, &["checkout", "--quiet", "--detach"]).arg(commit.as_str());
        let output = self.program.run(call)?;
        if output.stderr.contains("reference is not a tree")
            || output.stderr.contains("unable to read tree")
        {
            return Err(GitError::NoSuchObject {
                path: root.to_owned(),
                what: format!("commit {commit}"),
            });
        }
        output.checked()?;
        Ok(())
    }

    fn clone_at(&self, folder: &Path, url: &RemoteUrl, commit: &CommitId) -> Result<(), GitError> {
        if self.is_clone_at(folder, commit)? {
            return Ok(());
        }
        files::create_dir_all(folder)?;
        let own = |args: &[&str]| Call::new(Scope::Own, folder, args);
        let mark = folder.join(".git").join(CLONE_MARK);
        if !mark.exists() {
            self.program
                .run(own(&["init", "--quiet", "--initial-branch=main"]))?
                .checked()?;
            files::write_atomic(&mark, b"", WriteOptions::default())?;
        }
        // A lock here was left by a killed process of ours: nobody else works in this clone.
        files::remove_file(&folder.join(".git/index.lock"))?;
        self.program
            .run(own(&["config", "remote.origin.url"]).arg(url.as_git()))?
            .checked()?;
        self.program
            .run(own(&[
                "config",
                "remote.origin.fetch",
                "+refs/heads/*:refs/remotes/origin/*",
            ]))?
            .checked()?;
        let fetch = own(&[
            "fetch",
            "--quiet",
            "--prune",
            "--force",
            "--no-recurse-submodules",
            "--no-write-fetch-head",
            "--",
            "origin",
        ])
        .arg("+refs/heads/*:refs/remotes/origin/*")
        .arg("+refs/tags/*:refs/tags/*")
        .arg("+refs/pull/*:refs/pull/*")
        .allow_local(url.path().is_some());
        self.program.run(fetch)?.checked()?;
        let checkout = self
            .program
            .run(own(&["checkout", "--quiet", "--force", "--detach"]).arg(commit.as_str()))?;
        if !checkout.is_success() {
            if checkout.stderr.contains("reference is not a tree")
                || checkout.stderr.contains("unable to read tree")
            {
                return Err(GitError::NoSuchObject {
                    path: url.path().unwrap_or_else(|| folder.to_owned()),
                    what: format!("commit {commit}"),
                });
            }
            return Err(checkout.failed());
        }
        Ok(())
    }

    fn push_tag(
        &self,
        root: &Path,
        remote: &RemoteName,
        tag: &NewTag,
    ) -> Result<PushOutcome, GitError> {
        self.make_and_push_tag(root, remote, tag)
    }
}

impl GitProgram {
    /// Whose configuration applies in `root`.
    pub(super) fn scope(root: &Path) -> Scope {
        if root.join(".git").join(CLONE_MARK).exists() {
            Scope::Own
        } else {
            Scope::User
        }
    }

    /// A call that talks to `remote`.
    pub(super) fn remote_call<'a>(
        &self,
        root: &'a Path,
        remote: &RemoteName,
        args: &[&str],
    ) -> Result<Call<'a>, GitError> {
        let checkout = self
            .discover(root)?
            .ok_or_else(|| GitError::NotARepository {
                path: root.to_owned(),
            })?;
        let url = checkout
            .remote(remote.as_str())
            .ok_or_else(|| GitError::NoSuchObject {
                path: root.to_owned(),
                what: format!("remote {remote}"),
            })?;
        let local = url.url.as_ref().is_some_and(|url| url.path().is_some());
        Ok(Call::new(Self::scope(root), root, args).allow_local(local))
    }

    fn is_clone_at(&self, folder: &Path, commit: &CommitId) -> Result<bool, GitError> {
        if Self::scope(folder) != Scope::Own || folder.join(".git/index.lock").exists() {
            return Ok(false);
        }
        let call = Call::new(
            Scope::Own,
            folder,
            &["rev-parse", "--verify", "--quiet", "HEAD"],
        );
        let output = self.program.run(call)?;
        Ok(output.is_success() && output.text() == commit.as_str())
    }

    fn commit_listed(&self, root: &Path, call: Call<'_>) -> Result<CommitId, GitError> {
        let output = self.program.run(call)?;
        if !output.is_success() {
            let error = output.failed();
            // git says nothing of its own when a hook declines; what is there is the hook's.
            return Err(match error {
                GitError::Command { reason, .. }
                    if has_commit_hook(root) && !output.stderr.contains("fatal:") =>
                {
                    GitError::Hook {
                        what: "commit",
                        reason,
                    }
                }
                error => error,
            });
        }
        let head = Call::new(Scope::User, root, &["rev-parse", "--verify", "HEAD"]);
        Ok(self.program.run(head)?.checked()?.text().parse()?)
    }

    /// Paths that are staged now, as bytes.
    fn staged(&self, root: &Path) -> Result<Vec<Vec<u8>>, GitError> {
        let call = Call::new(Scope::User, root, &["ls-files", "-z", "--cached"]);
        let output = self.program.run(call)?.checked()?;
        Ok(output
            .stdout
            .split(|byte| *byte == 0)
            .map(<[u8]>::to_vec)
            .collect())
    }

    /// Has the index say of these paths what the last commit says: a commit may have been made before its call failed.
    fn unstage(&self, root: &Path, list: Vec<u8>) -> Result<(), GitError> {
        if list.is_empty() {
            return Ok(());
        }
        let call = Call::new(
            Scope::User,
            root,
            &[
                "reset",
                "--quiet",
                "--pathspec-from-file=-",
                "--pathspec-file-nul",
            ],
        )
        .stdin(list);
        self.program.run(call)?.checked()?;
        Ok(())
    }
}

/// What is half done, in the word that people have for it.
fn under_way(repository: &git2::Repository) -> Option<&'static str> {
    use git2::RepositoryState as State;
    match repository.state() {
        State::Clean => None,
        State::Merge => Some("merge"),
        State::Revert | State::RevertSequence => Some("revert"),
        State::CherryPick | State::CherryPickSequence => Some("cherry-pick"),
        State::Bisect => Some("bisection"),
        State::Rebase | State::RebaseInteractive | State::RebaseMerge => Some("rebase"),
        State::ApplyMailbox | State::ApplyMailboxOrRebase => Some("rebase or `git am`"),
    }
}

fn head(repository: &git2::Repository) -> Result<Head, GitError> {
    let fail = |error| super::objects::failed("read HEAD", repository.path(), error);
    let reference = repository.find_reference("HEAD").map_err(fail)?;
    let Some(target) = reference.symbolic_target().ok().flatten() else {
        let commit = reference.peel_to_commit().map_err(fail)?;
        return Ok(Head::Detached {
            commit: super::objects::id(commit.id())?,
        });
    };
    let branch: BranchName = target
        .strip_prefix("refs/heads/")
        .unwrap_or(target)
        .parse()?;
    match repository.find_reference(target) {
        Ok(reference) => {
            let commit = reference.peel_to_commit().map_err(fail)?;
            Ok(Head::Branch {
                branch,
                commit: super::objects::id(commit.id())?,
            })
        }
        Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(Head::Unborn { branch }),
        Err(error) => Err(fail(error)),
    }
}

fn remotes(repository: &git2::Repository) -> Result<Vec<Remote>, GitError> {
    let fail = |error| super::objects::failed("read the remotes", repository.path(), error);
    let mut remotes = Vec::new();
    for name in repository
        .remotes()
        .map_err(fail)?
        .iter()
        .flatten()
        .flatten()
    {
        let remote = repository.find_remote(name).map_err(fail)?;
        let url = remote.url().ok().and_then(|url| url.parse().ok());
        remotes.push(Remote {
            name: name.to_owned(),
            url,
        });
    }
    remotes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(remotes)
}

fn has_commit_hook(root: &Path) -> bool {
    let hooks = git2::Repository::open(root).ok().and_then(|repository| {
        let configured = repository.config().ok()?.get_path("core.hooksPath").ok();
        Some(configured.map_or_else(
            || repository.commondir().join("hooks"),
            |path| root.join(path),
        ))
    });
    hooks.is_some_and(|hooks| {
        ["pre-commit", "commit-msg", "prepare-commit-msg"]
            .iter()
            .any(|name| hooks.join(name).is_file())
    })
}

/// The index lock of the user's repository is reported, never removed: another Git process may hold it.
fn refuse_locked_index(root: &Path) -> Result<(), GitError> {
    let Ok(repository) = git2::Repository::open(root) else {
        return Ok(());
    };
    let path = repository.path().join("index.lock");
    match fs::symlink_metadata(&path) {
        Ok(metadata) => {
            let age = metadata
                .modified()
                .ok()
                .and_then(|at| SystemTime::now().duration_since(at).ok())
                .unwrap_or(Duration::ZERO);
            let note = format!(
                "another Git process works here, or one died {} s ago",
                age.as_secs()
            );
            Err(GitError::IndexLocked { path, note })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
#[path = "tests/checkout.rs"]
mod tests;
