//! Commit statuses: one file a commit, the last status of each context in it.

use std::path::{Path, PathBuf};

use super::{LocalForge, spool};
use crate::files::{self, WriteOptions};
use crate::ports::forge::{CommitStatus, ForgeError, ForgeEvent, Repository, Statuses};
use crate::ports::git::CommitId;

impl Statuses for LocalForge {
    fn set_status(
        &self,
        repository: &Repository,
        commit: &CommitId,
        status: &CommitStatus,
    ) -> Result<(), ForgeError> {
        let _lock = Self::lock(repository, "a commit status")?;
        let path = path(repository, commit)?;
        let mut statuses = read(&path)?;
        statuses.retain(|known| known.context != status.context);
        statuses.push(status.clone());
        statuses.sort_by(|a, b| a.context.cmp(&b.context));
        let json = serde_json::to_vec_pretty(&statuses).map_err(|error| damaged(&path, &error))?;
        Ok(files::write_atomic(&path, &json, WriteOptions::default())?)
    }

    fn statuses(
        &self,
        repository: &Repository,
        commit: &CommitId,
    ) -> Result<Vec<CommitStatus>, ForgeError> {
        read(&path(repository, commit)?)
    }

    fn events(&self) -> Result<Vec<ForgeEvent>, ForgeError> {
        spool::read_all(&self.spool)
    }

    fn acknowledge(&self, event: &ForgeEvent) -> Result<(), ForgeError> {
        spool::remove(&self.spool, &event.id)
    }
}

fn path(repository: &Repository, commit: &CommitId) -> Result<PathBuf, ForgeError> {
    Ok(LocalForge::state(repository)?
        .join("statuses")
        .join(format!("{commit}.json")))
}

fn read(path: &Path) -> Result<Vec<CommitStatus>, ForgeError> {
    files::read_text_if_there(path)?.map_or(Ok(Vec::new()), |text| {
        serde_json::from_str(&text).map_err(|error| damaged(path, &error))
    })
}

fn damaged(path: &Path, error: &serde_json::Error) -> ForgeError {
    ForgeError::Damaged {
        path: path.to_owned(),
        why: error.to_string(),
    }
}
