//! A packed chart in a folder of its own, for as long as it is checked.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use chart::Error;

/// The folder; it is removed with this value.
#[derive(Debug)]
pub(super) struct Unpacked {
    folder: PathBuf,
    chart: PathBuf,
}

/// Makes the folders of one process differ.
static COUNT: AtomicU32 = AtomicU32::new(0);

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
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("landfall-lint-{}-{count}", std::process::id()));
        let chart = folder.join(name.replace(['/', '\\'], "_"));
        let unpacked = Self { folder, chart };
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

impl Drop for Unpacked {
    fn drop(&mut self) {
        // What stays behind is in the system's folder for temporary files.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
