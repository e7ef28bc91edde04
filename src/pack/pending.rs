//! An import that has begun: its whole plan and what was there before, kept beside the repository's objects, so that the same command
//! again goes on where it was interrupted instead of taking its own half-written files for the user's. When it is done the same stays
//! under another name, so that it can be taken back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::files::{self, FileError, Lock};
use crate::ports::git::{BadName, BranchName, CommitId, Upstream};

use super::catalog::hex;
use super::plan::PreparedImport;

/// The file of an import that is under way, in the repository's `.git` folder, which no commit contains.
const FILE: &str = "landfall-import.json";

/// The file of one that is done.
const DONE: &str = "landfall-import-done.json";

/// How many earlier imports can be taken back, too.
const MOST_EARLIER: usize = 8;

/// The record of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// What was decided.
    pub prepared: PreparedImport,
    /// What was there before.
    pub before: Before,
    /// The commit it made, once it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<CommitId>,
    /// Whether it is being taken back.
    #[serde(default)]
    pub is_undone: bool,
    /// The import before it, into the same checkout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Box<Self>>,
}

/// What an import found, so that it can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// The branch that was checked out.
    pub branch: BranchName,
    /// Its commit.
    pub commit: CommitId,
    /// What it followed.
    pub upstream: Option<Upstream>,
    /// Whether the remote was there.
    pub has_remote: bool,
    /// What was known of the remote's branches that are pushed to; `None`: nothing.
    pub tracking: BTreeMap<BranchName, Option<CommitId>>,
    /// Whether the forge had the repository.
    pub has_repository: bool,
    /// The commits of the branches on the forge that are pushed to; `None`: there was no such branch.
    pub published: BTreeMap<BranchName, Option<CommitId>>,
    /// The folders that are made for the files, those above first.
    pub new_folders: Vec<String>,
}

impl Pending {
    /// The record of an import that begins. Of those before it the last few stay.
    pub fn new(prepared: PreparedImport, before: Before, earlier: Option<Self>) -> Self {
        let mut pending = Self {
            prepared,
            before,
            commit: None,
            is_undone: false,
            earlier: earlier.map(Box::new),
        };
        let mut last = &mut pending;
        for _ in 0..MOST_EARLIER {
            match &mut last.earlier {
                Some(earlier) => last = earlier,
                None => return pending,
            }
        }
        last.earlier = None;
        pending
    }

    /// The branch that the commit is made on.
    ///
    /// # Errors
    /// A record with a name that no branch can have.
    pub fn branch(&self) -> Result<BranchName, BadName> {
        match &self.prepared.plan.branch {
            Some(branch) => branch.parse(),
            None => Ok(self.before.branch.clone()),
        }
    }

    /// Reads the record of the import that is under way in the checkout at `root`; `None` when there is none.
    ///
    /// # Errors
    /// A record that cannot be read. One that is cut or foreign counts as none: it is written whole or not at all.
    pub fn read(root: &Path) -> Result<Option<Self>, FileError> {
        load(&path(root, FILE)?)
    }

    /// Reads the record of the last import that is done.
    ///
    /// # Errors
    /// As [`Pending::read`].
    pub fn read_done(root: &Path) -> Result<Option<Self>, FileError> {
        load(&path(root, DONE)?)
    }

    /// Writes the record of an import that is under way.
    ///
    /// # Errors
    /// What the file system refuses.
    pub fn write(&self, root: &Path) -> Result<(), FileError> {
        self.save(&path(root, FILE)?)
    }

    /// The import is done: keeps its record as that of the last one.
    ///
    /// # Errors
    /// What the file system refuses.
    pub fn finish(&self, root: &Path) -> Result<(), FileError> {
        self.save(&path(root, DONE)?)?;
        files::remove_file(&path(root, FILE)?)
    }

    /// The import is taken back: the one before it is the last one again.
    ///
    /// # Errors
    /// What the file system refuses.
    pub fn forget(&self, root: &Path) -> Result<(), FileError> {
        match &self.earlier {
            Some(earlier) => earlier.save(&path(root, DONE)?)?,
            None => files::remove_file(&path(root, DONE)?)?,
        }
        files::remove_file(&path(root, FILE)?)
    }

    fn save(&self, path: &Path) -> Result<(), FileError> {
        let text = serde_json::to_vec(self).unwrap_or_default();
        if let Some(folder) = path.parent() {
            // Of an import that was killed just here; whoever writes here holds the lock.
            files::remove_half_written(folder)?;
        }
        let options = files::WriteOptions {
            mode: None,
            durable: true,
        };
        files::write_atomic(path, &text, options)
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
        path(root, FILE)
    }
}

fn load(path: &Path) -> Result<Option<Pending>, FileError> {
    let text = files::read_text_if_there(path)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// In `.git`, or in the folder that the file `.git` of a linked work tree or a submodule names.
fn path(root: &Path, file: &str) -> Result<PathBuf, FileError> {
    let git = root.join(".git");
    if git.is_file() {
        let text = files::read_text(&git)?;
        if let Some(folder) = text.trim().strip_prefix("gitdir: ") {
            return Ok(root.join(folder).join(file));
        }
    }
    Ok(git.join(file))
}

#[cfg(test)]
mod tests {
    use super::{FILE, path};

    #[test]
    fn a_linked_work_tree_keeps_it_in_its_own_git_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            path(folder.path(), FILE).unwrap(),
            folder.path().join(".git/landfall-import.json")
        );
        std::fs::write(
            folder.path().join(".git"),
            "gitdir: ../main/.git/worktrees/a\n",
        )
        .unwrap();
        assert_eq!(
            path(folder.path(), FILE).unwrap(),
            folder
                .path()
                .join("../main/.git/worktrees/a/landfall-import.json")
        );
    }
}
