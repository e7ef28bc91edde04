//! The files of a pack, read into memory: `pack.yaml`, and what is below `files/` and `sample/`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::PackAddress;
use crate::files::{self, Entry};
use crate::pack::error::PackError;
use crate::ports::git::CommitId;
use crate::ports::packs::{PackLimits, PackRepository};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/packs");

/// The most files of one pack.
const MAX_FILES: usize = 1_000;
/// The most bytes of one file of a pack: 1 MiB.
const MAX_BYTES: u64 = 1 << 20;
/// The most bytes of one pack: 16 MiB.
const MAX_TOTAL: usize = 16 << 20;

/// By path from the pack's folder.
pub(in super::super) type Contents = BTreeMap<String, Vec<u8>>;

/// The names of the packs in the program.
pub(in super::super) fn programs() -> impl Iterator<Item = String> {
    BUILT_IN
        .dirs()
        .map(|dir| dir.path().to_string_lossy().into_owned())
}

/// A pack of the program.
pub(in super::super) fn of_program(name: &str) -> Contents {
    let mut contents = Contents::new();
    if let Some(dir) = BUILT_IN.get_dir(name) {
        embedded(dir, dir.path(), &mut contents);
    }
    contents
}

/// The sample app of a pack of the program: paths below the app's folder, and what the files hold.
pub fn built_in_sample(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    of_program(name)
        .into_iter()
        .filter_map(|(path, contents)| Some((sample_path(path.strip_prefix("sample/")?), contents)))
        .collect()
}

/// Samples of packs in the program keep `.gitignore` without its dot, so that it does not apply to landfall's own repository.
pub fn sample_path(path: &str) -> PathBuf {
    PathBuf::from(if path == "gitignore" {
        ".gitignore"
    } else {
        path
    })
}

fn embedded(dir: &Dir<'_>, top: &Path, contents: &mut Contents) {
    for file in dir.files() {
        if let Ok(path) = file.path().strip_prefix(top) {
            let path = path.to_string_lossy().into_owned();
            contents.insert(path, file.contents().to_owned());
        }
    }
    for dir in dir.dirs() {
        embedded(dir, top, contents);
    }
}

/// A pack in a folder. Links are refused: one could lead anywhere, and what it leads to would be copied into the user's repository.
///
/// # Errors
/// No `pack.yaml`, links, too many or too large files.
pub(in super::super) fn of_folder(folder: &Path) -> Result<Contents, PackError> {
    let mut contents = Contents::new();
    files::check_folder(folder)?;
    for part in ["pack.yaml", "files", "sample"] {
        add(folder, part, &mut contents)?;
    }
    Ok(contents)
}

fn add(folder: &Path, relative: &str, contents: &mut Contents) -> Result<(), PackError> {
    let path = folder.join(relative);
    let refuse = |why: String| {
        Err(PackError::Broken {
            place: path.display().to_string(),
            reason: why,
        })
    };
    match files::entry(&path)? {
        None => Ok(()),
        Some(Entry::Link(_)) => refuse("it is a link, and packs have none".to_owned()),
        Some(Entry::Folder) => {
            files::list_dir(&path)?.into_iter().try_for_each(|child| {
                match child.file_name().and_then(|name| name.to_str()) {
                    Some(name) => add(folder, &format!("{relative}/{name}"), contents),
                    None => refuse("it holds a name that is not Unicode".to_owned()),
                }
            })
        }
        Some(Entry::File) => {
            if contents.len() == MAX_FILES {
                return refuse(format!("the pack has more than {MAX_FILES} files"));
            }
            contents.insert(relative.to_owned(), files::read_bytes(&path, MAX_BYTES)?);
            Ok(())
        }
    }
}

/// A pack in a folder of a repository at a commit that was fetched; `None` when there is none.
///
/// # Errors
/// Links, submodules, too many or too large files, or a repository that cannot be read.
pub(in super::super) fn of_repository(
    repository: &dyn PackRepository,
    address: &PackAddress,
    commit: &CommitId,
) -> Result<Option<Contents>, PackError> {
    let limits = PackLimits {
        files: MAX_FILES,
        bytes: MAX_BYTES,
    };
    let Some(blobs) = repository.files(&address.url, commit, &address.dir, limits)? else {
        return Ok(None);
    };
    let refuse = |path: &str, reason: String| PackError::Broken {
        place: if path.is_empty() {
            address.to_string()
        } else {
            format!("{}/{path}", address.place())
        },
        reason,
    };
    if blobs.len() > MAX_FILES {
        let why = format!("the pack has more than {MAX_FILES} files");
        return Err(refuse("", why));
    }
    let mut contents = Contents::new();
    let mut total = 0;
    for blob in blobs {
        let bytes = blob
            .contents
            .map_err(|why| refuse(&blob.path, format!("it {why}, and a pack has none such")))?;
        total += bytes.len();
        if total > MAX_TOTAL {
            return Err(refuse(
                "",
                format!("the pack has more than {MAX_TOTAL} bytes"),
            ));
        }
        contents.insert(blob.path, bytes);
    }
    Ok(Some(contents))
}
