//! Where a symbolic link leads, with the errors of Go's `filepath.EvalSymlinks`.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::Error;

/// Most links on the way.
const MAX_LINKS: usize = 255;

/// The path without links.
///
/// # Errors
/// Go's text: the part of the way that is not there, or that the links never end.
pub(crate) fn resolve(path: &Path) -> Result<PathBuf, String> {
    let mut resolved = PathBuf::new();
    let mut rest: Vec<PathBuf> = parts(path);
    let mut links = 0;
    while let Some(part) = rest.pop() {
        if part == Path::new("..") {
            resolved.pop();
            continue;
        }
        let next = resolved.join(part);
        let failed = |error| Error::io("lstat", &next, error).to_string();
        if !fs::symlink_metadata(&next).map_err(failed)?.is_symlink() {
            resolved = next;
            continue;
        }
        links += 1;
        if links > MAX_LINKS {
            return Err("EvalSymlinks: too many links".to_owned());
        }
        let target = fs::read_link(&next).map_err(failed)?;
        if target.is_absolute() {
            resolved = PathBuf::new();
        }
        rest.extend(parts(&target));
    }
    Ok(resolved)
}

/// The parts of a path, the first one last.
fn parts(path: &Path) -> Vec<PathBuf> {
    let parts = path.components().rev();
    parts
        .filter(|part| *part != Component::CurDir)
        .map(|part| PathBuf::from(part.as_os_str()))
        .collect()
}
