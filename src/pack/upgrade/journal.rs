//! An upgrade that has begun: everything that it writes, kept in `.git` until it is committed, so that the same command again
//! finishes it instead of merging what is merged already.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::plan::{PreparedUpgrade, Write};
use crate::failure::{Code, Exit, Explain};
use crate::files::{self, FileError, WriteOptions};
use crate::pack::pending::Pending;
use crate::pack::plan::hash;

/// The file, in the repository's `.git` folder.
const FILE: &str = "landfall-upgrade.json";

/// The record of a begun upgrade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// What is written, by path.
    pub writes: BTreeMap<String, Write>,
    /// The message of the commit; `None`: a person commits, after the conflicts.
    pub commit: Option<String>,
    /// The files with conflicts.
    pub conflicts: Vec<String>,
}

impl Journal {
    /// The journal of a plan.
    pub fn new(prepared: &PreparedUpgrade) -> Self {
        let conflicts: Vec<String> = prepared
            .conflicts()
            .into_iter()
            .map(str::to_owned)
            .collect();
        Self {
            writes: prepared.writes.clone(),
            commit: prepared
                .plan
                .commit
                .clone()
                .filter(|_| conflicts.is_empty()),
            conflicts,
        }
    }

    /// The journal of the checkout at `root`; `None` when no upgrade is under way.
    ///
    /// # Errors
    /// A file that cannot be read. One that is foreign counts as none: it is written whole or not at all.
    pub fn read(root: &Path) -> Result<Option<Self>, FileError> {
        let text = files::read_text_if_there(&Self::place(root)?)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Writes it.
    ///
    /// # Errors
    /// What the file system refuses.
    pub fn begin(&self, root: &Path) -> Result<(), FileError> {
        let text = serde_json::to_vec(self).unwrap_or_default();
        let options = WriteOptions {
            mode: None,
            durable: true,
        };
        files::write_atomic(&Self::place(root)?, &text, options)
    }

    /// Removes it: the upgrade is done.
    ///
    /// # Errors
    /// What the file system refuses.
    pub fn end(root: &Path) -> Result<(), FileError> {
        files::remove_file(&Self::place(root)?)
    }

    /// Where it is, for messages.
    ///
    /// # Errors
    /// A `.git` that cannot be read.
    pub fn place(root: &Path) -> Result<PathBuf, FileError> {
        Ok(Pending::place(root)?.with_file_name(FILE))
    }

    /// Does what is not done yet. What is neither as it was nor as it will be was changed by somebody else and stops it, before
    /// anything more is written.
    ///
    /// # Errors
    /// [`JournalError::Changed`], or what the file system refuses.
    pub fn apply(&self, root: &Path) -> Result<(), JournalError> {
        let mut open = Vec::new();
        for (path, write) in &self.writes {
            let full = files::join_inside(root, Path::new(path))?;
            let there = files::read_text_if_there(&full)?;
            if there == write.after {
                continue;
            }
            if there.as_deref().map(hash) != write.before {
                return Err(JournalError::Changed {
                    path: path.clone(),
                    journal: Self::place(root)?,
                });
            }
            open.push((full, write));
        }
        for (full, write) in open {
            match &write.after {
                Some(text) => {
                    let mode = full
                        .metadata()
                        .ok()
                        .map(|there| there.permissions().mode() & 0o777);
                    let options = WriteOptions {
                        mode,
                        durable: false,
                    };
                    files::write_atomic(&full, text.as_bytes(), options)?;
                }
                None => files::remove_file(&full)?,
            }
        }
        Ok(())
    }
}

/// Why a begun upgrade does not go on.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// A file is neither what it was nor what it will be.
    #[error("{path} has changed since the upgrade began, and files of yours are never overwritten")]
    Changed {
        /// The file.
        path: String,
        /// Where the upgrade is kept.
        journal: PathBuf,
    },
    /// The file system refused.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Explain for JournalError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::Changed { .. } => Some(Code::NOT_IMPORTABLE),
            Self::File(error) => error.code(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Changed { .. } => Exit::Conflict,
            Self::File(error) => error.exit(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Changed { path, journal } => vec![
                format!(
                    "`git checkout -- {path}` has it as it was; then run the same command again"
                ),
                format!("or remove {} to give the upgrade up", journal.display()),
            ],
            Self::File(error) => error.hints(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Journal, JournalError, Write, hash};

    fn journal() -> Journal {
        let write = |before: Option<&str>, after: Option<&str>| Write {
            before: before.map(hash),
            after: after.map(str::to_owned),
        };
        let writes = [
            ("a/new", write(None, Some("new\n"))),
            ("changed", write(Some("old\n"), Some("new\n"))),
            ("gone", write(Some("old\n"), None)),
        ];
        Journal {
            writes: writes
                .into_iter()
                .map(|(path, write)| (path.to_owned(), write))
                .collect(),
            commit: None,
            conflicts: Vec::new(),
        }
    }

    #[test]
    fn it_is_done_once_whatever_was_done_of_it_before() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join(".git")).unwrap();
        assert_eq!(Journal::read(root).unwrap(), None);
        journal().begin(root).unwrap();
        assert_eq!(Journal::read(root).unwrap(), Some(journal()));
        fs::write(root.join("changed"), "old\n").unwrap();
        fs::set_permissions(root.join("changed"), fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(root.join("gone"), "old\n").unwrap();
        for _ in 0..2 {
            journal().apply(root).unwrap();
            let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
            assert_eq!(
                (read("a/new").as_str(), read("changed").as_str()),
                ("new\n", "new\n")
            );
            assert!(!root.join("gone").exists());
            let mode = fs::metadata(root.join("changed"))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o755);
            fs::remove_file(root.join("a/new")).unwrap();
        }
        Journal::end(root).unwrap();
        assert_eq!(Journal::read(root).unwrap(), None);
    }

    #[test]
    fn what_somebody_else_changed_stops_it_before_it_writes() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("changed"), "old\n").unwrap();
        fs::write(root.join("gone"), "mine\n").unwrap();
        let stopped = journal().apply(root).unwrap_err();
        assert!(matches!(stopped, JournalError::Changed { path, .. } if path == "gone"));
        assert_eq!(fs::read_to_string(root.join("changed")).unwrap(), "old\n");
        assert!(!root.join("a").exists());
    }
}
