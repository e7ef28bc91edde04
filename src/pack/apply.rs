//! The part of an import that is files: written whole or not at all, and never over something of the user's.

use std::path::Path;

use crate::failure::{Code, Explain};
use crate::files::{self, FileError};

use super::plan::PreparedImport;

/// Writes what the plan adds and updates, each file at once or not at all. A file that is there already must be the same, or what the
/// plan replaces.
///
/// # Errors
/// [`WriteError::Changed`] when a file has appeared since the plan was made, or what the file system refuses.
pub fn write(root: &Path, prepared: &PreparedImport) -> Result<(), WriteError> {
    for (path, text) in &prepared.contents {
        let full = files::join_inside(root, Path::new(path))?;
        match files::read_text_if_there(&full) {
            Ok(Some(there)) if there == *text => {}
            Ok(Some(there)) if prepared.replaces.get(path) == Some(&there) => {
                let mode = files::mode_if_there(&full);
                let options = files::WriteOptions {
                    mode,
                    durable: false,
                };
                files::write_atomic(&full, text.as_bytes(), options)?;
            }
            Ok(Some(_)) | Err(FileError::NotText { .. } | FileError::TooLarge { .. }) => {
                return Err(WriteError::Changed { path: path.clone() });
            }
            Ok(None) => {
                files::write_atomic(&full, text.as_bytes(), files::WriteOptions::default())?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Why a plan could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Another file stands where the plan adds one.
    #[error(
        "{path} has appeared or changed since the plan was made, and files of yours are never overwritten"
    )]
    Changed {
        /// The path.
        path: String,
    },
    /// The file system refused.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Explain for WriteError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::Changed { .. } => Some(Code::NOT_IMPORTABLE),
            Self::File(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Changed { path } => {
                vec![format!("move {path} away and run the same command again")]
            }
            Self::File(error) => error.hints(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use super::super::plan::{ImportPlan, PlanPack, PlanRemote, PreparedImport};
    use super::{WriteError, write};

    fn prepared(files: &[(&str, &str)]) -> PreparedImport {
        let text = String::new;
        PreparedImport {
            plan: ImportPlan {
                app: text(),
                org: text(),
                repository: None,
                dir: None,
                pack: PlanPack {
                    name: text(),
                    source: text(),
                    commit: None,
                    digest: text(),
                },
                values: Vec::new(),
                files: Vec::new(),
                commit: None,
                remote: PlanRemote {
                    name: text(),
                    url: text(),
                    because: text(),
                },
                pipeline: None,
                branch: None,
            },
            others: Vec::new(),
            replaces: BTreeMap::new(),
            contents: files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
                .collect::<BTreeMap<_, _>>(),
        }
    }

    #[test]
    fn files_are_written_once_and_what_stands_there_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let plan = prepared(&[("a/b.yaml", "one\n"), ("c", "two\n")]);
        write(folder.path(), &plan).unwrap();
        // Again: an interrupted import goes on.
        fs::remove_file(folder.path().join("c")).unwrap();
        write(folder.path(), &plan).unwrap();
        assert_eq!(
            fs::read_to_string(folder.path().join("c")).unwrap(),
            "two\n"
        );
        fs::write(folder.path().join("c"), "mine").unwrap();
        assert!(matches!(
            write(folder.path(), &plan),
            Err(WriteError::Changed { .. })
        ));
        assert_eq!(fs::read_to_string(folder.path().join("c")).unwrap(), "mine");
    }

    #[test]
    fn a_link_out_of_the_repository_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        fs::create_dir(&root).unwrap();
        std::os::unix::fs::symlink(folder.path(), root.join("charts")).unwrap();
        assert!(write(&root, &prepared(&[("charts/x", "y")])).is_err());
        assert!(!folder.path().join("x").exists());
    }
}
