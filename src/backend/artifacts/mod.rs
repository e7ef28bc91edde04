//! Charts and images as files below `artifacts/`:
//!
//! ```text
//! charts/<name>-<version>.tgz
//! images/<app>/<sha256>/image.json   how it starts, and the digest of every file
//! images/<app>/<sha256>/files/...    read-only
//! ```

mod charts;
mod image;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::ports::artifacts::{
    ArtifactError, ArtifactStore, ImageReference, NewImage, StoredImage,
};
use crate::release::Version;

/// The store on this machine's disk. Making one does no work.
#[derive(Debug, Clone)]
pub struct DiskArtifacts {
    root: PathBuf,
}

impl DiskArtifacts {
    /// The store below `root`.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
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
        image::get(&self.root.join("images"), reference)
    }
}

#[cfg(test)]
mod tests;
