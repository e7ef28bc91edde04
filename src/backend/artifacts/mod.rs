//! Charts and images as files below `artifacts/`:
//!
//! ```text
//! charts/<name>-<version>.tgz
//! charts/<name>-<version>.tgz.sha256
//! images/<app>/<sha256>/image.json   how it starts, and the digest of every file
//! images/<app>/<sha256>/files/...    read-only
//! ```

mod charts;
mod image;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use image::Check;

use crate::ports::artifacts::{
    ArtifactError, ArtifactStore, ImageReference, NewImage, StoredImage,
};
use crate::release::Version;

/// The store on this machine's disk. Making one does no work.
#[derive(Debug, Clone)]
pub struct DiskArtifacts {
    root: PathBuf,
    /// The images whose every byte this process has read and found right.
    checked: Arc<Mutex<BTreeSet<ImageReference>>>,
}

impl DiskArtifacts {
    /// The store below `root`.
    pub fn new(root: PathBuf) -> Self {
        Self {
            root,
            checked: Arc::default(),
        }
    }
}

impl ArtifactStore for DiskArtifacts {
    fn put_chart(
        &self,
        name: &str,
        version: &Version,
        package: &[u8],
    ) -> Result<(), ArtifactError> {
        charts::put(&self.root.join("charts"), name, version, package)
    }

    fn chart(&self, name: &str, version: &Version) -> Result<Option<Vec<u8>>, ArtifactError> {
        charts::get(&self.root.join("charts"), name, version)
    }

    fn chart_versions(&self, name: &str) -> Result<Vec<Version>, ArtifactError> {
        Ok(self.charts()?.remove(name).unwrap_or_default())
    }

    fn charts(&self) -> Result<BTreeMap<String, Vec<Version>>, ArtifactError> {
        charts::list(&self.root.join("charts"))
    }

    fn put_image(&self, image: &NewImage) -> Result<ImageReference, ArtifactError> {
        image::put(&self.root.join("images"), image)
    }

    fn image(&self, reference: &ImageReference) -> Result<Option<StoredImage>, ArtifactError> {
        let checked = || self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        let check = if checked().contains(reference) {
            Check::Names
        } else {
            Check::Contents
        };
        let found = image::get(&self.root.join("images"), reference, check)?;
        if found.is_some() {
            checked().insert(reference.clone());
        }
        Ok(found)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
        .collect()
}

#[cfg(test)]
mod tests;
