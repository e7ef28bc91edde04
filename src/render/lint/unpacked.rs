//! A packed chart in a folder of its own, for as long as it is checked.

use std::fs;
use std::path::{Path, PathBuf};

use chart::Error;

/// The folder; it is removed with this value.
#[derive(Debug)]
pub(super) struct Unpacked {
    _folder: tempfile::TempDir,
    chart: PathBuf,
}

impl Unpacked {
    /// Unpacks an archive; errors name it as it was typed.
    pub(super) fn new(archive: &Path, typed: &str) -> Result<Self, Error> {
        let bytes = fs::read(archive).map_err(|source| {
            let cause = Error::Io {
                operation: "open",
                path: typed.into(),
                source,
            };
            Error::Other(format!("unable to open tarball: {cause}"))
        })?;
        let (name, files) = chart::unpack(&bytes)
            .map_err(|cause| Error::Other(format!("unable to extract tarball: {cause}")))?;
        let folder = tempfile::Builder::new()
            .prefix("helm-lint")
            .tempdir()
            .map_err(|cause| {
                let text = format!("unable to create temp dir to extract tarball: {cause}");
                Error::Other(text)
            })?;
        let chart = folder.path().join(name.replace(['/', '\\'], "_"));
        let unpacked = Self {
            _folder: folder,
            chart,
        };
        for file in &files {
            // Names that would leave the folder were refused above.
            let path = unpacked.chart.join(&*file.name);
            let written = path
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(&path, &file.data));
            written.map_err(|source| Error::Io {
                operation: "open",
                path: path.clone(),
                source,
            })?;
        }
        Ok(unpacked)
    }

    /// The chart's own folder.
    pub(super) fn chart(&self) -> &Path {
        &self.chart
    }
}
