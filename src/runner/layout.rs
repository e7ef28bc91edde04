//! Where a run keeps its folders.

use std::collections::BTreeMap;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::files;
use crate::ports::runner::RunError;

/// Where steps find this program.
pub(super) const LANDFALL_IN_VIEW: &str = "/tekton/landfall/landfall";

/// Where a run keeps its folders.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) folder: PathBuf,
    pub(super) claims: BTreeMap<String, PathBuf>,
    pub(super) claims_root: Option<PathBuf>,
    pub(super) is_isolated: bool,
}

impl Layout {
    /// The folder below which paths of steps lie where they have no view; empty where they have.
    pub(super) fn paths_root(&self) -> String {
        if self.is_isolated {
            String::new()
        } else {
            self.folder.join("roots").to_string_lossy().into_owned()
        }
    }

    /// The folder that holds a link to this program.
    pub(super) fn programs(&self) -> PathBuf {
        self.folder.join("bin")
    }

    /// The folder of a claim: one of the machine, one that outlives the run, or one of the run.
    pub(super) fn claim(&self, name: &str, is_scratch: bool) -> PathBuf {
        if let Some(folder) = self.claims.get(name) {
            return folder.clone();
        }
        match &self.claims_root {
            Some(root) if !is_scratch => root.join(name),
            _ => self.folder.join("claims").join(name),
        }
    }

    /// Steps find this program first in their PATH.
    pub(super) fn link_program(&self, program: &Path) -> Result<(), RunError> {
        let folder = self.programs();
        files::create_dir_all(&folder)?;
        let link = folder.join("landfall");
        files::remove_file(&link)?;
        symlink(program, &link).map_err(|source| {
            RunError::File(files::FileError::Io {
                action: "create",
                path: link,
                source,
            })
        })
    }
}

/// A folder's path without links, which views need.
pub(super) fn real_path(path: &Path) -> Result<PathBuf, RunError> {
    path.canonicalize().map_err(|source| {
        RunError::File(files::FileError::Io {
            action: "read",
            path: path.to_owned(),
            source,
        })
    })
}
