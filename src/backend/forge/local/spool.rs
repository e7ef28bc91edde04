//! Events as files: written by the hook and by us, read by the resident process.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::files::{self, WriteOptions};
use crate::ports::forge::{ForgeError, ForgeEvent, RefUpdate, RepositoryName};
use crate::ports::git::{CommitId, GitError};

/// The longest event that is read: 1 MiB, some thousand references.
const EVENT_LIMIT: u64 = 1 << 20;

#[derive(Serialize, Deserialize)]
struct Note {
    repository: RepositoryName,
    updates: Vec<Update>,
}

#[derive(Serialize, Deserialize)]
struct Update {
    old: String,
    new: String,
    reference: String,
}

/// Writes an event. One that is there already under the same name stays.
pub(super) fn write(
    spool: &Path,
    id: &str,
    repository: &RepositoryName,
    update: &RefUpdate,
) -> Result<(), ForgeError> {
    let path = spool.join(format!("{id}.json"));
    if path.exists() {
        return Ok(());
    }
    let text = |commit: &Option<CommitId>| {
        commit
            .as_ref()
            .map_or(CommitId::ZERO, CommitId::as_str)
            .to_owned()
    };
    let note = Note {
        repository: repository.clone(),
        updates: vec![Update {
            old: text(&update.old),
            new: text(&update.new),
            reference: update.reference.to_string(),
        }],
    };
    let json = serde_json::to_vec(&note).map_err(|error| damaged(&path, &error))?;
    Ok(files::write_atomic(&path, &json, WriteOptions::default())?)
}

/// Every event, oldest first. A file that is no event is moved into `bad/`, so that it is neither lost nor in the way.
pub(super) fn read_all(spool: &Path) -> Result<Vec<ForgeEvent>, ForgeError> {
    let mut found: Vec<(SystemTime, PathBuf)> = files::list_dir(spool)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .map(|path| {
            let at = path.metadata().and_then(|data| data.modified());
            (at.unwrap_or(SystemTime::UNIX_EPOCH), path)
        })
        .collect();
    found.sort();
    let mut events = Vec::new();
    for (_, path) in found {
        match read(&path) {
            Ok(event) => events.push(event),
            // Acknowledged by another process in the meantime.
            Err(ForgeError::File(error)) if error.is_not_found() => {}
            Err(_) => set_aside(spool, &path)?,
        }
    }
    Ok(events)
}

/// Removes an event.
pub(super) fn remove(spool: &Path, id: &str) -> Result<(), ForgeError> {
    Ok(files::remove_file(&spool.join(format!("{id}.json")))?)
}

fn read(path: &Path) -> Result<ForgeEvent, ForgeError> {
    let bytes = files::read_bytes(path, EVENT_LIMIT)?;
    let note: Note = serde_json::from_slice(&bytes).map_err(|error| damaged(path, &error))?;
    let commit = |text: &str| {
        if text == CommitId::ZERO {
            return Ok(None);
        }
        text.parse().map(Some).map_err(GitError::from)
    };
    let updates = note
        .updates
        .iter()
        .map(|update| {
            Ok(RefUpdate {
                reference: update.reference.parse().map_err(GitError::from)?,
                old: commit(&update.old)?,
                new: commit(&update.new)?,
            })
        })
        .collect::<Result<_, ForgeError>>()?;
    let id = path.file_stem().unwrap_or_default().to_string_lossy();
    Ok(ForgeEvent {
        id: id.into_owned(),
        repository: note.repository,
        updates,
    })
}

fn set_aside(spool: &Path, path: &Path) -> Result<(), ForgeError> {
    let folder = spool.join("bad");
    files::create_dir_all(&folder)?;
    if let Some(name) = path.file_name() {
        // Losing this race means that somebody else moved it.
        let _ = std::fs::rename(path, folder.join(name));
    }
    Ok(())
}

fn damaged(path: &Path, error: &serde_json::Error) -> ForgeError {
    ForgeError::Damaged {
        path: path.to_owned(),
        why: error.to_string(),
    }
}
