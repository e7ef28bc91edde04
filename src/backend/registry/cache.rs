//! What was fetched, below the cache folder, safe to delete:
//!
//! ```text
//! blobs/<sha256>          packages and indexes, read-only
//! known/<sha256>.json     what an address gave the last time: the blob, and how to ask whether it is still the newest
//! ```
//!
//! A blob is what its name says or it is dropped; a note that cannot be read is dropped as well. A cache that cannot be
//! written is an error: the next run without network would fail and nobody would know why.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{INDEX_LIMIT, PACKAGE_LIMIT};
use crate::files::{self, FileError, WriteOptions};
use crate::ports::charts::FetchError;
use crate::render::dependency::package_digest as digest;

/// Others on this machine need not know which charts one uses.
const PRIVATE: WriteOptions = WriteOptions {
    mode: Some(0o600),
    durable: false,
};

/// The folder.
#[derive(Debug)]
pub(super) struct Cache {
    root: PathBuf,
}

/// What an address gave the last time.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Note {
    /// The address, for people.
    url: String,
    /// The blob.
    digest: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    /// Of a registry: the digest of the manifest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    manifest: Option<String>,
}

/// An index that is kept.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) bytes: Vec<u8>,
}

/// A package that is kept.
#[derive(Debug)]
pub(super) struct KeptPackage {
    pub(super) bytes: Vec<u8>,
    pub(super) manifest: Option<String>,
}

impl Cache {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The bytes with this SHA-256; what is there under its name and is something else is removed.
    pub(super) fn blob(&self, digest_hex: &str) -> Option<Vec<u8>> {
        let path = self.root.join("blobs").join(digest_hex);
        let bytes = files::read_bytes(&path, INDEX_LIMIT.max(PACKAGE_LIMIT)).ok()?;
        if digest(&bytes) == digest_hex {
            return Some(bytes);
        }
        // One that cannot be removed is found out again.
        let _ = files::remove_file(&path);
        None
    }

    /// The index of an address.
    pub(super) fn index(&self, url: &str) -> Option<Kept> {
        let note = self.note(url)?;
        Some(Kept {
            bytes: self.blob(&note.digest)?,
            etag: note.etag,
            modified: note.modified,
        })
    }

    pub(super) fn keep_index(&self, url: &str, kept: &Kept) -> Result<(), FetchError> {
        let note = Note {
            etag: kept.etag.clone(),
            modified: kept.modified.clone(),
            ..Note::default()
        };
        self.keep(url, &kept.bytes, note)
    }

    /// The package that an address or a reference gave the last time.
    pub(super) fn package(&self, url: &str) -> Option<KeptPackage> {
        let note = self.note(url)?;
        Some(KeptPackage {
            bytes: self.blob(&note.digest)?,
            manifest: note.manifest,
        })
    }

    pub(super) fn keep_package(
        &self,
        url: &str,
        bytes: &[u8],
        manifest: Option<String>,
    ) -> Result<(), FetchError> {
        let note = Note {
            manifest,
            ..Note::default()
        };
        self.keep(url, bytes, note)
    }

    /// The provenance file that came with these bytes.
    pub(super) fn provenance(&self, package: &[u8]) -> Option<Vec<u8>> {
        self.blob(&self.note(&provenance_of(package))?.digest)
    }

    pub(super) fn keep_provenance(&self, package: &[u8], bytes: &[u8]) -> Result<(), FetchError> {
        self.keep(&provenance_of(package), bytes, Note::default())
    }

    fn keep(&self, url: &str, bytes: &[u8], note: Note) -> Result<(), FetchError> {
        let failed = |error: FileError| FetchError::Cache(error.to_string());
        let digest = digest(bytes);
        if self.blob(&digest).is_none() {
            let path = self.root.join("blobs").join(&digest);
            files::write_atomic(&path, bytes, PRIVATE).map_err(failed)?;
        }
        let note = Note {
            url: super::shown(url),
            digest,
            ..note
        };
        let text = serde_json::to_vec(&note)
            .map_err(|error| FetchError::Cache(format!("cannot note {}: {error}", note.url)))?;
        files::write_atomic(&self.note_path(url), &text, PRIVATE).map_err(failed)
    }

    fn note(&self, url: &str) -> Option<Note> {
        let text = files::read_text(&self.note_path(url)).ok()?;
        let note: Note = serde_json::from_str(&text).ok()?;
        // A digest that is none could name another file.
        let is_hex = note.digest.len() == 64 && note.digest.bytes().all(|b| b.is_ascii_hexdigit());
        is_hex.then_some(note)
    }

    fn note_path(&self, url: &str) -> PathBuf {
        let name = format!("{}.json", digest(url.as_bytes()));
        self.root.join("known").join(name)
    }
}

/// The name under which the provenance of a package is noted.
fn provenance_of(package: &[u8]) -> String {
    format!("provenance:sha256:{}", digest(package))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn c22_a_blob_that_was_cut_flipped_or_emptied_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().to_owned());
        let bytes = b"a packaged chart".to_vec();
        let path = folder.path().join("blobs").join(digest(&bytes));
        let mut flipped = bytes.clone();
        flipped[0] ^= 1;
        let url = "https://x.example/a.tgz";
        for damage in [&bytes[..4], &flipped, b""] {
            cache.keep_package(url, &bytes, None).unwrap();
            assert!(cache.package(url).is_some());
            fs::write(&path, damage).unwrap();
            assert!(cache.package(url).is_none());
            assert!(!path.exists());
        }
    }

    #[test]
    fn a_note_that_cannot_be_read_or_points_elsewhere_is_no_note() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().to_owned());
        let url = "https://x.example/index.yaml";
        for text in ["", "{", "{\"url\":\"\",\"digest\":\"../known/x\"}"] {
            fs::create_dir_all(folder.path().join("known")).unwrap();
            fs::write(cache.note_path(url), text).unwrap();
            assert!(cache.index(url).is_none(), "{text}");
        }
    }
}
