//! `charts/` of a chart while its packages are replaced: everything is written aside first and moved when it is complete.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chart::Error;

use super::download::Downloaded;
use super::{ChartFolder, Talk, file_name, load, other};
use crate::files::{self, FileError, FolderLock};

/// Where new packages wait, inside of `charts/`: there the move is on one file system, and neither Helm nor we load names
/// that begin with a dot.
const STAGING: &str = ".landfall-update";

/// How long another update of the same chart may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The folder, for one update at a time. Dropped without [`ChartsFolder::replace`] it is as it was.
#[derive(Debug)]
pub(super) struct ChartsFolder<'c> {
    chart: &'c ChartFolder,
    path: PathBuf,
    /// There was none before.
    is_new: bool,
    _lock: FolderLock,
}

impl<'c> ChartsFolder<'c> {
    /// Takes the folder, and makes sure that it can be written before anything is fetched.
    pub(super) fn open(chart: &'c ChartFolder) -> Result<Self, Error> {
        let path = chart.path.join("charts");
        if path.exists() && !path.is_dir() {
            return Err(other(format!(
                "{:?} is not a directory",
                chart.shown("charts")
            )));
        }
        let is_new = !path.exists();
        files::create_dir_all(&path).map_err(|error| failed(&error))?;
        let lock = match files::lock_folder(&path, PATIENCE) {
            Ok(lock) => lock,
            Err(error) => {
                if is_new {
                    let _ = fs::remove_dir(&path);
                }
                return Err(failed(&error));
            }
        };
        let folder = Self {
            chart,
            path,
            is_new,
            _lock: lock,
        };
        let staging = folder.staging();
        // One that was killed may have left something.
        files::remove_dir_all(&staging)
            .and_then(|()| files::create_dir_all(&staging))
            .map_err(|error| failed(&error))?;
        Ok(folder)
    }

    fn staging(&self) -> PathBuf {
        self.path.join(STAGING)
    }

    /// Puts the packages in place and removes those that no dependency asks for any more.
    pub(super) fn replace(
        mut self,
        packages: &[Downloaded],
        local: &[String],
        talk: &mut dyn Talk,
    ) -> Result<(), Error> {
        let staging = self.staging();
        for package in packages {
            let (name, bytes) = (&package.name, &package.bytes);
            files::write_atomic(&staging.join(name), bytes, files::WriteOptions::default())
                .map_err(|error| failed(&error))?;
        }
        let not_moved = self.told_of_provenances(packages)?;
        let before = files::list_dir(&self.path).map_err(|error| failed(&error))?;
        self.is_new = false;
        for Downloaded { name, .. } in packages {
            let (from, to) = (staging.join(name), self.path.join(name));
            fs::rename(&from, &to).map_err(|source| Error::Io {
                operation: "rename",
                path: to,
                source,
            })?;
        }
        talk.line(&format!("{not_moved}Deleting outdated charts"));
        let is_kept = |path: &Path| {
            let name = file_name(path);
            let is_of = |package: &Downloaded| match name.strip_suffix(".prov") {
                Some(name) => package.provenance.is_some() && package.name == name,
                None => package.name == name,
            };
            path.is_dir() || packages.iter().any(is_of)
        };
        for path in before.iter().filter(|path| !is_kept(path)) {
            let shown = self.chart.shown(&format!("charts/{}", file_name(path)));
            match load(&shown, path) {
                Err(error) => talk.line(&format!(
                    "Could not verify {shown} for deletion: {error} (Skipping)"
                )),
                Ok(chart) if local.iter().any(|name| name == chart.name()) => {}
                Ok(_) => {
                    if let Err(error) = files::remove_file(path) {
                        talk.line(&format!("Could not delete {shown}: {error} (Skipping)"));
                    }
                }
            }
        }
        Ok(())
    }
}

impl ChartsFolder<'_> {
    /// Provenances stay out of charts/: Helm tries to move them like packages, and says on the line before what comes next
    /// that they are none. The folder in the text is the one that it would have used.
    fn told_of_provenances(&self, packages: &[Downloaded]) -> Result<String, Error> {
        let mut signed: Vec<_> = packages
            .iter()
            .filter_map(|package| Some((&package.name, package.provenance.as_deref()?)))
            .collect();
        signed.sort();
        let mut told = String::new();
        for (name, bytes) in signed {
            let name = format!("{name}.prov");
            let path = self.staging().join(&name);
            files::write_atomic(&path, bytes, files::WriteOptions::default())
                .map_err(|error| failed(&error))?;
            let folder = format!("tmpcharts-{}", std::process::id());
            let shown = self.chart.shown(&format!("{folder}/{name}"));
            if let Err(error) = load(&shown, &path) {
                // Writing to a String cannot fail.
                let _ = write!(
                    told,
                    "Could not verify {shown} for moving: {error} (Skipping)"
                );
            }
        }
        Ok(told)
    }
}

impl Drop for ChartsFolder<'_> {
    fn drop(&mut self) {
        // What cannot be removed is removed by the next update.
        let _ = files::remove_dir_all(&self.staging());
        if self.is_new {
            let _ = fs::remove_dir(&self.path);
        }
    }
}

fn failed(error: &FileError) -> Error {
    other(error.to_string())
}
