//! Images: a folder of files and a record of how they start, named by the digest of both.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::hex;
use crate::files::{self, WriteOptions};
use crate::ports::artifacts::{
    ArtifactError, ImageConfig, ImageFile, ImageReference, NewImage, StoredImage,
};

/// `image.json`. Its bytes are what the image's digest is made of.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    app: String,
    config: ImageConfig,
    /// Path to entry, in the order of paths.
    files: BTreeMap<String, Entry>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
enum Entry {
    File { sha256: String, executable: bool },
    Link { target: String },
}

pub(super) fn put(folder: &Path, image: &NewImage) -> Result<ImageReference, ArtifactError> {
    let app = folder.join(&image.app);
    files::create_dir_all(&app)?;
    // Copied first and named afterwards: the digest is of the bytes that were copied.
    let building = tempfile::Builder::new()
        .prefix(".building-")
        .tempdir_in(&app)
        .map_err(|error| bad(&app, &error))?;
    let root = building.path().join("files");
    files::create_dir_all(&root)?;
    let mut record = Record {
        app: image.app.clone(),
        config: image.config.clone(),
        files: BTreeMap::new(),
    };
    for file in &image.files {
        record.files.insert(file.path.clone(), copy(file, &root)?);
    }
    let text = serde_json::to_vec_pretty(&record).map_err(|error| ArtifactError::BadFile {
        path: app.clone(),
        why: error.to_string(),
    })?;
    let reference = ImageReference::new(&image.app, &hex(&Sha256::digest(&text)))?;
    let place = app.join(reference.hex());
    if place.exists() {
        return Ok(reference);
    }
    files::write_atomic(
        &building.path().join("image.json"),
        &text,
        WriteOptions {
            mode: Some(0o444),
            durable: true,
        },
    )?;
    fs::set_permissions(building.path(), fs::Permissions::from_mode(0o755))
        .map_err(|error| bad(&app, &error))?;
    match fs::rename(building.path(), &place) {
        // Another process was faster with the same content.
        Err(_) if place.join("image.json").exists() => Ok(reference),
        Err(error) => Err(bad(&place, &error)),
        Ok(()) => Ok(reference),
    }
}

/// How far an image is looked at before it is given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// The record, and that each file is there.
    Names,
    /// The bytes of each file, too.
    Contents,
}

pub(super) fn get(
    folder: &Path,
    reference: &ImageReference,
    check: Check,
) -> Result<Option<StoredImage>, ArtifactError> {
    let place = folder.join(reference.app()).join(reference.hex());
    let path = place.join("image.json");
    let text = match files::read_bytes(&path, files::TEXT_LIMIT) {
        Ok(text) => text,
        Err(error) if error.is_not_found() => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let damaged = |why: String| ArtifactError::Damaged {
        path: place.clone(),
        why,
    };
    if hex(&Sha256::digest(&text)) != reference.hex() {
        return Err(damaged("image.json is not what its digest says".to_owned()));
    }
    let record: Record =
        serde_json::from_slice(&text).map_err(|error| damaged(error.to_string()))?;
    let files = place.join("files");
    for (path, entry) in &record.files {
        let file = files.join(path);
        if file.symlink_metadata().is_err() {
            return Err(damaged(format!("{path} is missing")));
        }
        if check == Check::Contents
            && !is_still(&file, entry).map_err(|error| bad(&file, &error))?
        {
            return Err(damaged(format!("{path} is not what its digest says")));
        }
    }
    Ok(Some(StoredImage {
        reference: reference.clone(),
        config: record.config,
        files,
    }))
}

/// Copies one file or link below `root` and says what it was.
fn copy(file: &ImageFile, root: &Path) -> Result<Entry, ArtifactError> {
    let relative = Path::new(&file.path);
    let is_inside = relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !is_inside || file.path.is_empty() {
        return Err(ArtifactError::BadFile {
            path: file.source.clone(),
            why: format!("\"{}\" is no place in an image", file.path),
        });
    }
    let target = root.join(relative);
    if let Some(parent) = target.parent() {
        files::create_dir_all(parent)?;
    }
    let fail = |error: io::Error| bad(&file.source, &error);
    let metadata = file.source.symlink_metadata().map_err(fail)?;
    if metadata.is_symlink() {
        return link(file, relative, &target);
    }
    if !metadata.is_file() {
        return Err(ArtifactError::BadFile {
            path: file.source.clone(),
            why: "it is neither a file nor a link".to_owned(),
        });
    }
    let executable = metadata.permissions().mode() & 0o111 != 0;
    let digest = File::create_new(&target)
        .and_then(|target| copy_bytes(&file.source, target))
        .map_err(fail)?;
    let mode = if executable { 0o555 } else { 0o444 };
    fs::set_permissions(&target, fs::Permissions::from_mode(mode)).map_err(fail)?;
    Ok(Entry::File {
        sha256: digest,
        executable,
    })
}

/// Keeps a link that stays inside the image; others would mean something else on another machine.
fn link(file: &ImageFile, relative: &Path, place: &Path) -> Result<Entry, ArtifactError> {
    let fail = |error: io::Error| bad(&file.source, &error);
    let target = fs::read_link(&file.source).map_err(fail)?;
    let outside = || ArtifactError::BadFile {
        path: file.source.clone(),
        why: format!("the link to {} leads out of the image", target.display()),
    };
    let mut depth = relative.components().count().saturating_sub(1);
    for part in target.components() {
        match part {
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::ParentDir => depth = depth.checked_sub(1).ok_or_else(outside)?,
            Component::RootDir | Component::Prefix(_) => return Err(outside()),
        }
    }
    symlink(&target, place).map_err(fail)?;
    Ok(Entry::Link {
        target: target.to_string_lossy().into_owned(),
    })
}

/// Whether a file or link is what the record says.
fn is_still(file: &Path, entry: &Entry) -> io::Result<bool> {
    match entry {
        Entry::Link { target } => Ok(fs::read_link(file)?.to_string_lossy() == *target),
        Entry::File { sha256, .. } => Ok(copy_bytes(file, io::sink())? == *sha256),
    }
}

/// Writes the bytes of a file to `target`, and returns their digest.
fn copy_bytes(source: &Path, mut target: impl io::Write) -> io::Result<String> {
    let mut reader = File::open(source)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 128 << 10];
    loop {
        let read = reader.read(&mut buffer)?;
        if read == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(&buffer[..read]);
        target.write_all(&buffer[..read])?;
    }
}

fn bad(path: &Path, error: &io::Error) -> ArtifactError {
    let why = if error.kind() == io::ErrorKind::StorageFull {
        "no space left on the disk".to_owned()
    } else {
        error.to_string()
    };
    ArtifactError::BadFile {
        path: PathBuf::from(path),
        why,
    }
}
