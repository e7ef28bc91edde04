//! An import that has begun: its whole plan, kept beside the repository's objects until the branch is pushed, so that the same
//! command again goes on where it was interrupted instead of taking its own half-written files for the user's.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::files::{self, FileError, Lock};

use super::catalog::hex;
use super::plan::PreparedImport;

/// The file, in the repository's `.git` folder, which no commit contains.
const FILE: &str = "landfall-import.json";

/// The record of a begun import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// What was decided.
    pub prepared: PreparedImport,
}

impl Pending {
    /// Reads the record of the checkout at `root`; `None` when no import is under way.
    ///
    /// # Errors
    /// A record that cannot be read. One that is cut or foreign counts as none: it is written whole or not at all.
    pub fn read(root: &Path) -> Result<Option<Self>, FileError> {
        let text = files::read_text_if_there(&path(root)?)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Writes the record.
    ///
    /// # Errors
    /// What the file system refuses.
    pub fn write(&self, root: &Path) -> Result<(), FileError> {
        let text = serde_json::to_vec(self).unwrap_or_default();
        let path = path(root)?;
        if let Some(folder) = path.parent() {
            // Of an import that was killed just here; whoever writes here holds the lock.
            files::remove_half_written(folder)?;
        }
        files::write_atomic(
            &path,
            &text,
            files::WriteOptions {
                mode: None,
                durable: true,
            },
        )
    }

    /// Removes the record: the import is done.
    ///
    /// # Errors
    /// What the file system refuses.
    pub fn remove(root: &Path) -> Result<(), FileError> {
        files::remove_file(&path(root)?)
    }

    /// Takes the lock of imports into the checkout at `root`, which is kept in the folder `locks`; it goes with its holder, however
    /// that ends.
    ///
    /// # Errors
    /// [`FileError::Locked`] when another one holds it for longer than `wait`.
    pub fn lock(locks: &Path, root: &Path, wait: Duration) -> Result<Lock, FileError> {
        let name = hex(&Sha256::digest(root.as_os_str().as_encoded_bytes()));
        let file = locks.join(format!("import-{}.lock", &name[..16]));
        Lock::acquire(&file, "landfall import", wait)
    }

    /// Where the record of the checkout at `root` is, for messages.
    ///
    /// # Errors
    /// A `.git` that cannot be read.
    pub fn place(root: &Path) -> Result<PathBuf, FileError> {
        path(root)
    }
}

/// In `.git`, or in the folder that the file `.git` of a linked work tree or a submodule names.
fn path(root: &Path) -> Result<PathBuf, FileError> {
    let git = root.join(".git");
    if git.is_file() {
        let text = files::read_text(&git)?;
        if let Some(folder) = text.trim().strip_prefix("gitdir: ") {
            return Ok(root.join(folder).join(FILE));
        }
    }
    Ok(git.join(FILE))
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_linked_work_tree_keeps_it_in_its_own_git_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            path(folder.path()).unwrap(),
            folder.path().join(".git/landfall-import.json")
        );
        std::fs::write(
            folder.path().join(".git"),
            "gitdir: ../main/.git/worktrees/a\n",
        )
        .unwrap();
        assert_eq!(
            path(folder.path()).unwrap(),
            folder
                .path()
                .join("../main/.git/worktrees/a/landfall-import.json")
        );
    }
}
