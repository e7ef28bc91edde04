//! Lock files that a killed process left in a bare repository. Git never removes them, and nobody sits in front of a bare
//! repository to do it by hand; those of a checkout are the user's to remove.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use git2::Repository;

use crate::files;
use crate::ports::git::{GitError, RefName};

/// From which age on a lock is nobody's: git and libgit2 hold one while they write a single small file.
const STALE: Duration = Duration::from_secs(10);

/// The locks that every writer takes, beside that of its reference.
const SHARED: [&str; 3] = ["HEAD.lock", "config.lock", "packed-refs.lock"];

/// Removes the stale locks on what a bare repository has once, and on its branches; in a checkout it removes nothing.
pub(super) fn remove_stale(repository: &Path) -> Result<(), GitError> {
    if repository.join(".git").exists() {
        return Ok(());
    }
    let shared = SHARED.iter().map(|name| repository.join(name));
    let branches = files::list_dir(&repository.join("refs/heads"))?;
    let locks = branches.into_iter().filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "lock")
    });
    remove(shared.chain(locks))
}

/// Removes the stale locks that stand between a bare repository and a change of `name`.
pub(super) fn remove_stale_of(repository: &Repository, name: &RefName) -> Result<(), GitError> {
    if !repository.is_bare() {
        return Ok(());
    }
    let folder = repository.path();
    let shared = SHARED.iter().map(|name| folder.join(name));
    remove(shared.chain([folder.join(format!("{name}.lock"))]))
}

fn remove(locks: impl Iterator<Item = PathBuf>) -> Result<(), GitError> {
    for path in locks.filter(|path| is_stale(path)) {
        files::remove_file(&path)?;
    }
    Ok(())
}

/// Whether the file is there and old. A clock that was set back makes it young, which only costs the wait.
fn is_stale(lock: &Path) -> bool {
    lock.symlink_metadata()
        .and_then(|metadata| metadata.modified())
        .is_ok_and(|time| {
            SystemTime::now()
                .duration_since(time)
                .is_ok_and(|age| age >= STALE)
        })
}
