//! Packs from Git: a bare repository of landfall's own for each address, in the cache. Git names objects by their content and
//! checks them when they are read. Nothing is checked out, so no filter, hook or link of the other side ever acts.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use git2::{ObjectType, Tree, TreeWalkMode, TreeWalkResult};
use sha2::{Digest as _, Sha256};

use super::ObjectDatabase;
use super::program::{Call, Program, Scope};
use crate::files::{self, Lock};
use crate::ports::git::{BranchName, CommitId, GitError, GitObjects as _, RefName, RemoteUrl};
use crate::ports::interrupt::Interrupt;
use crate::ports::packs::{Fetched, PackBlob, PackLimits, PackRepository, Revision};

/// How long a fetch waits for another one of the same repository.
const LOCK_WAIT: Duration = Duration::from_mins(2);

/// The git program and git2 as a [`PackRepository`]. Making one does nothing.
#[derive(Debug)]
pub struct GitPacks {
    program: Program,
    folder: PathBuf,
}

/// What the other side calls a revision.
struct Source {
    /// A full name, `HEAD`, or a commit.
    name: String,
    is_tag: bool,
}

impl GitPacks {
    /// Keeps what it fetches below `folder`.
    pub fn new(
        environment: BTreeMap<OsString, OsString>,
        interrupt: Interrupt,
        folder: PathBuf,
    ) -> Self {
        Self {
            program: Program::new(environment, interrupt),
            folder,
        }
    }

    fn repository(&self, url: &RemoteUrl) -> PathBuf {
        self.folder.join(format!("{}.git", hash(url.as_git())))
    }

    fn call<'a>(repository: &'a Path, url: &RemoteUrl, args: &[&str]) -> Call<'a> {
        // Bare repositories are not looked for: this one is named.
        Call::new(Scope::Own, repository, args)
            .env("GIT_DIR", repository)
            .allow_local(url.path().is_some())
    }

    /// Which reference a revision is: a tag before a branch, as git has it.
    fn source(
        &self,
        repository: &Path,
        url: &RemoteUrl,
        revision: &Revision,
    ) -> Result<Source, GitError> {
        let wanted = match revision {
            Revision::Commit(commit) => {
                let name = commit.to_string();
                return Ok(Source {
                    name,
                    is_tag: false,
                });
            }
            Revision::Head => vec!["HEAD".to_owned()],
            Revision::Name(name) => ["tags", "heads"]
                .map(|kind| format!("refs/{kind}/{name}"))
                .to_vec(),
        };
        let mut call =
            Self::call(repository, url, &["ls-remote", "--quiet", "--"]).arg(url.as_git());
        for name in &wanted {
            call = call.arg(name.as_str());
        }
        let there = self.program.run(call)?.checked()?.text();
        let there: Vec<&str> = there
            .lines()
            .filter_map(|line| Some(line.split_once('\t')?.1))
            .collect();
        let found = wanted.iter().find(|name| there.contains(&name.as_str()));
        let name = found.ok_or_else(|| GitError::NoSuchObject {
            path: PathBuf::from(url.to_string()),
            what: match revision {
                Revision::Head => "commit yet".to_owned(),
                revision => format!("branch or tag {revision}"),
            },
        })?;
        Ok(Source {
            name: name.clone(),
            is_tag: name.starts_with("refs/tags/"),
        })
    }
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .take(16)
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// Where the commit of a revision is kept.
fn kept_as(revision: &Revision) -> Result<RefName, GitError> {
    let name = match revision {
        Revision::Head => "refs/landfall/head/HEAD".to_owned(),
        // By its hash: `a` and `a/b` can both be names, of different days.
        Revision::Name(name) => {
            format!("refs/landfall/names/{}", hash(name.as_str()))
        }
        Revision::Commit(commit) => format!("refs/landfall/commits/{commit}"),
    };
    Ok(name.parse()?)
}

impl PackRepository for GitPacks {
    fn fetch(&self, url: &RemoteUrl, revision: &Revision) -> Result<Fetched, GitError> {
        let repository = self.repository(url);
        let _held = Lock::acquire(
            &repository.with_extension("lock"),
            "a landfall that fetches a pack",
            LOCK_WAIT,
        )?;
        ObjectDatabase.init_bare(&repository, &BranchName::main())?;
        // Left by a process of ours that was killed: whoever fetches holds our lock.
        files::remove_file(&repository.join("shallow.lock"))?;
        let source = self.source(&repository, url, revision)?;
        let kept = kept_as(revision)?;
        let before = ObjectDatabase.resolve(&repository, &kept)?;
        let arrived: RefName = "refs/landfall/arrived/commit".parse()?;
        let fetch = Self::call(
            &repository,
            url,
            &[
                "fetch",
                "--quiet",
                "--depth=1",
                "--no-tags",
                "--force",
                "--no-recurse-submodules",
                "--no-write-fetch-head",
                "--",
            ],
        )
        .arg(url.as_git())
        .arg(format!("+{}:{arrived}", source.name));
        let output = self.program.run(fetch)?;
        if !output.is_success()
            && matches!(revision, Revision::Commit(_))
            && output.stderr.contains("not our ref")
        {
            return Err(GitError::NoSuchObject {
                path: PathBuf::from(url.to_string()),
                what: format!("commit {revision}"),
            });
        }
        output.checked()?;
        let commit = ObjectDatabase
            .resolve(&repository, &arrived)?
            .ok_or_else(|| GitError::NoSuchObject {
                path: PathBuf::from(url.to_string()),
                what: format!("commit at {revision}"),
            })?;
        // Under its own name too: a revision moves on, and what was pinned stays.
        for kept in [kept_as(&Revision::Commit(commit.clone()))?, kept] {
            let now = ObjectDatabase.resolve(&repository, &kept)?;
            if now.as_ref() != Some(&commit) {
                ObjectDatabase.move_ref(&repository, &kept, Some(&commit), now.as_ref())?;
            }
        }
        let moved_from = before.filter(|before| source.is_tag && *before != commit);
        Ok(Fetched { commit, moved_from })
    }

    fn kept(&self, url: &RemoteUrl, revision: &Revision) -> Result<Option<CommitId>, GitError> {
        let repository = self.repository(url);
        if !repository.join("HEAD").exists() {
            return Ok(None);
        }
        ObjectDatabase.resolve(&repository, &kept_as(revision)?)
    }

    fn files(
        &self,
        url: &RemoteUrl,
        commit: &CommitId,
        folder: &str,
        limits: PackLimits,
    ) -> Result<Option<Vec<PackBlob>>, GitError> {
        let path = self.repository(url);
        let repository = super::objects::open(&path)?;
        let fail = |error| super::objects::failed("read a pack", &path, error);
        let mut tree = super::objects::tree_of(&repository, commit)?;
        if !folder.is_empty() {
            tree = match tree.get_path(Path::new(folder)) {
                Ok(entry) if entry.kind() == Some(ObjectType::Tree) => {
                    repository.find_tree(entry.id()).map_err(fail)?
                }
                _ => return Ok(None),
            };
        }
        let entries = entries(&tree, limits.files).map_err(fail)?;
        let blobs = entries.into_iter().map(|(path, mode, id)| {
            let contents = match mode {
                0o100_644 | 0o100_755 | 0o100_664 => {
                    let (size, _) = repository.odb()?.read_header(id)?;
                    if size as u64 > limits.bytes {
                        Err("is too large")
                    } else {
                        Ok(repository.find_blob(id)?.content().to_vec())
                    }
                }
                0o120_000 => Err("is a link"),
                _ => Err("is a submodule"),
            };
            Ok(PackBlob { path, contents })
        });
        let blobs = blobs
            .collect::<Result<Vec<_>, git2::Error>>()
            .map_err(fail)?;
        Ok((!blobs.is_empty()).then_some(blobs))
    }
}

/// The entries of a pack that are no folders: path, mode, object. One more than `most` at the most.
fn entries(tree: &Tree<'_>, most: usize) -> Result<Vec<(String, i32, git2::Oid)>, git2::Error> {
    let mut found = Vec::new();
    let walked = tree.walk(TreeWalkMode::PreOrder, |parent, entry| {
        let name = String::from_utf8_lossy(entry.name_bytes());
        let path = format!("{parent}{name}");
        let is_folder = entry.kind() == Some(ObjectType::Tree);
        let is_part = match path.split_once('/') {
            Some((top, _)) => top == "files" || top == "sample",
            None if is_folder => name == "files" || name == "sample",
            None => name == "pack.yaml",
        };
        if !is_part {
            return TreeWalkResult::Skip;
        }
        if !is_folder {
            found.push((path, entry.filemode(), entry.id()));
        }
        if found.len() > most {
            return TreeWalkResult::Abort;
        }
        TreeWalkResult::Ok
    });
    match walked {
        Err(error) if found.len() <= most => Err(error),
        _ => Ok(found),
    }
}

#[cfg(test)]
#[path = "tests/packs.rs"]
mod tests;
