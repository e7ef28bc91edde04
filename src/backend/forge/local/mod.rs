//! The local forge: bare repositories below one folder, pull requests and statuses as JSON files inside them.
//!
//! What it keeps inside a bare repository, so that a repository registered at any other path works too:
//!
//! ```text
//! landfall/lock                 held while pull requests change
//! landfall/pulls/<n>.json       one pull request; its head is also in refs/pull/<n>/head
//! landfall/statuses/<sha>.json  the statuses of one commit
//! hooks/post-receive            writes one file into the spool for each push
//! ```

mod hook;
mod pulls;
mod spool;
mod statuses;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::files::{self, FileError, Lock};
use crate::ports::clock::Clock;
use crate::ports::forge::{ForgeError, Repositories, Repository, RepositoryName};
use crate::ports::git::{BranchName, GitObjects, RemoteUrl};

/// How long a process waits for another one that changes pull requests of the same repository.
const LOCK_WAIT: Duration = Duration::from_secs(30);

/// Bare repositories on this machine as a [`Forge`](crate::ports::forge::Forge).
#[derive(Debug)]
pub struct LocalForge {
    root: PathBuf,
    spool: PathBuf,
    objects: Arc<dyn GitObjects>,
    clock: Arc<dyn Clock>,
}

impl LocalForge {
    /// The forge whose repositories are `root/<owner>/<name>.git` and whose events go to `spool`. Nothing is created
    /// before it is needed.
    pub fn new(
        root: PathBuf,
        spool: PathBuf,
        objects: Arc<dyn GitObjects>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            root,
            spool,
            objects,
            clock,
        }
    }

    fn path_of(&self, name: &RepositoryName) -> PathBuf {
        self.root
            .join(name.owner())
            .join(format!("{}.git", name.name()))
    }

    fn describe(&self, name: RepositoryName, path: &Path) -> Result<Repository, ForgeError> {
        let default_branch = self
            .objects
            .head_branch(path)?
            .unwrap_or_else(BranchName::main);
        Ok(Repository {
            name,
            url: RemoteUrl::of_path(path)?,
            default_branch,
        })
    }

    /// The folder of our own files in a repository.
    fn state(repository: &Repository) -> Result<PathBuf, ForgeError> {
        Ok(git_dir(&repository.path()?).join("landfall"))
    }

    fn lock(repository: &Repository, holder: &str) -> Result<Lock, ForgeError> {
        let path = Self::state(repository)?.join("lock");
        Ok(Lock::acquire(&path, holder, LOCK_WAIT)?)
    }
}

/// The Git folder of a bare repository or of a checkout.
fn git_dir(path: &Path) -> PathBuf {
    let inner = path.join(".git");
    if inner.is_dir() {
        inner
    } else {
        path.to_owned()
    }
}

impl Repositories for LocalForge {
    fn repository(&self, name: &RepositoryName) -> Result<Option<Repository>, ForgeError> {
        let path = self.path_of(name);
        if path.join("HEAD").exists() {
            self.describe(name.clone(), &path).map(Some)
        } else {
            Ok(None)
        }
    }

    fn repository_at(&self, url: &RemoteUrl) -> Result<Repository, ForgeError> {
        let other = || ForgeError::OtherForge { url: url.clone() };
        let path = url.path().ok_or_else(other)?;
        let (owner, name) = url.owner_and_name().ok_or_else(other)?;
        let name = RepositoryName::new(&owner, &name)?;
        self.describe(name, &path)
    }

    fn create_repository(&self, name: &RepositoryName) -> Result<Repository, ForgeError> {
        let path = self.path_of(name);
        self.objects.init_bare(&path, &BranchName::main())?;
        hook::install(&path, name)?;
        self.describe(name.clone(), &path)
    }

    fn repositories(&self) -> Result<Vec<Repository>, ForgeError> {
        let mut found = Vec::new();
        for owner in files::list_dir(&self.root)?
            .iter()
            .filter(|path| path.is_dir())
        {
            for path in files::list_dir(owner)? {
                let names = (
                    owner.file_name().and_then(|name| name.to_str()),
                    path.file_name()
                        .and_then(|name| name.to_str())
                        .and_then(|name| name.strip_suffix(".git")),
                );
                let (Some(owner), Some(name)) = names else {
                    continue;
                };
                // Folders that nobody but a person put there are not ours to report.
                if let Ok(name) = RepositoryName::new(owner, name)
                    && path.join("HEAD").exists()
                {
                    found.push(self.describe(name, &path)?);
                }
            }
        }
        Ok(found)
    }

    fn remove_repository(&self, name: &RepositoryName) -> Result<(), ForgeError> {
        let path = self.path_of(name);
        // Of a process that was killed while it removed the same.
        let litter = path.with_extension("removed-");
        let litter = litter.to_string_lossy();
        let owner = path.parent().filter(|owner| owner.is_dir());
        for left in owner.map_or(Ok(Vec::new()), files::list_dir)? {
            if left.to_string_lossy().starts_with(&*litter) {
                files::remove_dir_all(&left)?;
            }
        }
        if !path.exists() {
            return Ok(());
        }
        // Out of sight at once, then piece by piece: a kill in between leaves no half repository under the name.
        let gone = path.with_extension(format!("removed-{}", std::process::id()));
        std::fs::rename(&path, &gone).map_err(|source| {
            ForgeError::File(FileError::Io {
                action: "remove",
                path: path.clone(),
                source,
            })
        })?;
        Ok(files::remove_dir_all(&gone)?)
    }
}

#[cfg(test)]
mod tests;
