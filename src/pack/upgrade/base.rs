//! The text that the recorded pack wrote, found again by its hash.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;

use super::decide::unix;
use crate::pack::plan::hash;
use crate::pack::record::ImportRecord;
use crate::ports::git::{CommitId, GitError, GitObjects};

/// How far back the commit of the import is looked for.
const MAX_COMMITS: usize = 20_000;

/// Finds the texts of the recorded pack: in the record, in the commit that wrote the record, or rendered again. Each is taken only
/// if its hash is the recorded one.
#[derive(Debug)]
pub struct Bases<'a> {
    /// The object database.
    pub objects: &'a dyn GitObjects,
    /// The repository.
    pub root: &'a Path,
    /// Where its history is read from.
    pub head: &'a CommitId,
    /// The record.
    pub record: &'a ImportRecord,
    /// The record as it stands.
    pub record_text: &'a str,
    /// The recorded pack rendered again, where it is still there; what does not have the recorded hash is not taken.
    pub rendered: BTreeMap<String, String>,
    written: OnceCell<Option<CommitId>>,
}

impl<'a> Bases<'a> {
    /// Nothing is read before the first question.
    pub fn new(
        objects: &'a dyn GitObjects,
        root: &'a Path,
        head: &'a CommitId,
        record: &'a ImportRecord,
        record_text: &'a str,
    ) -> Self {
        Self {
            objects,
            root,
            head,
            record,
            record_text,
            rendered: BTreeMap::new(),
            written: OnceCell::new(),
        }
    }

    /// The text that the pack gave the file at `path`; `None` when it cannot be found.
    ///
    /// # Errors
    /// A history that cannot be read.
    pub fn find(&self, path: &str) -> Result<Option<String>, GitError> {
        let Some(wanted) = self.record.files.get(path) else {
            return Ok(None);
        };
        let fits = |text: &String| hash(text) == *wanted;
        let kept = [self.record.bases.get(path), self.rendered.get(path)];
        if let Some(text) = kept.into_iter().flatten().find(|text| fits(text)) {
            return Ok(Some(text.clone()));
        }
        let Some(commit) = self.written()? else {
            return Ok(None);
        };
        let bytes = self.objects.read_file(self.root, commit, path)?;
        Ok(bytes
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .filter(fits))
    }

    /// The oldest commit whose record is this one.
    fn written(&self) -> Result<Option<&CommitId>, GitError> {
        if self.written.get().is_none() {
            let (wanted, _) = unix(self.record_text);
            let mut oldest = None;
            let mut is_behind = false;
            let path = self.record.site().record();
            for commit in self.objects.log(self.root, self.head, None, MAX_COMMITS)? {
                let text = self.objects.read_file(self.root, &commit.id, &path)?;
                if text.as_deref() == Some(wanted.as_bytes()) {
                    oldest = Some(commit.id);
                } else if oldest.is_some() && is_behind {
                    break;
                } else {
                    is_behind = oldest.is_some();
                }
            }
            // Nobody else sets it: the struct is used by one thread.
            let _ = self.written.set(oldest);
        }
        Ok(self.written.get().and_then(Option::as_ref))
    }
}
