//! Packaged charts: one file each, named as `helm package` names it, and beside it the digest of its bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::hex;
use crate::files::{self, WriteOptions};
use crate::ports::artifacts::{ArtifactError, is_chart_name};
use crate::release::Version;

/// The most that a packaged chart may weigh: 20 MiB, as Helm has it for what it fetches.
const PACKAGE_LIMIT: u64 = 20 << 20;

pub(super) fn put(
    folder: &Path,
    name: &str,
    version: &Version,
    package: &[u8],
) -> Result<(), ArtifactError> {
    let path = path(folder, name, version)?;
    match read(&path)? {
        Some(there) if there == package => Ok(()),
        Some(_) => Err(ArtifactError::Immutable {
            name: name.to_owned(),
            version: version.clone(),
        }),
        None => {
            let options = WriteOptions {
                mode: Some(0o444),
                durable: true,
            };
            // Before the package, which nobody then sees without it.
            let line = format!("{}\n", hex(&Sha256::digest(package)));
            files::write_atomic(&digest_path(&path), line.as_bytes(), options)?;
            Ok(files::write_atomic(&path, package, options)?)
        }
    }
}

pub(super) fn get(
    folder: &Path,
    name: &str,
    version: &Version,
) -> Result<Option<Vec<u8>>, ArtifactError> {
    read(&path(folder, name, version)?)
}

/// Every chart with its versions, highest first. Files that are no packages are passed over.
pub(super) fn list(folder: &Path) -> Result<BTreeMap<String, Vec<Version>>, ArtifactError> {
    let mut charts: BTreeMap<String, Vec<Version>> = BTreeMap::new();
    for path in files::list_dir(folder)? {
        let stem = path
            .file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name.strip_suffix(".tgz"));
        if let Some((name, version)) = stem.and_then(split) {
            charts.entry(name.to_owned()).or_default().push(version);
        }
    }
    for versions in charts.values_mut() {
        versions.sort_by(|a, b| b.cmp(a));
    }
    Ok(charts)
}

/// `my-app-1.2.3-rc.1` in name and version: the version begins at the first hyphen behind which one can be read.
fn split(stem: &str) -> Option<(&str, Version)> {
    stem.match_indices('-')
        .find_map(|(at, _)| Some((&stem[..at], stem[at + 1..].parse().ok()?)))
}

fn path(folder: &Path, name: &str, version: &Version) -> Result<PathBuf, ArtifactError> {
    if !is_chart_name(name) {
        return Err(ArtifactError::BadName {
            name: name.to_owned(),
        });
    }
    Ok(folder.join(format!("{name}-{version}.tgz")))
}

/// The file that holds the digest of a package.
fn digest_path(package: &Path) -> PathBuf {
    package.with_added_extension("sha256")
}

/// A package whose bytes are still those that were stored. One that a person put there has no digest and is taken as it is.
fn read(path: &Path) -> Result<Option<Vec<u8>>, ArtifactError> {
    let bytes = match files::read_bytes(path, PACKAGE_LIMIT) {
        Ok(bytes) => bytes,
        Err(error) if error.is_not_found() => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    match files::read_text_if_there(&digest_path(path))? {
        Some(digest) if digest.trim() != hex(&Sha256::digest(&bytes)) => {
            Err(ArtifactError::Damaged {
                path: path.to_owned(),
                why: "it is not what its digest says".to_owned(),
            })
        }
        _ => Ok(Some(bytes)),
    }
}
