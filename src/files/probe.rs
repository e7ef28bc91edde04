//! What can be known before anything is written: what stands at a path, and whether a file can be put there.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};
use rustix::io::Errno;

use super::{FileError, HALF_WRITTEN};

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file, or what is read like one.
    File,
    /// A folder.
    Folder,
    /// A symbolic link with this text, wherever that leads.
    Link(PathBuf),
}

/// What stands at `path` itself; `None` when nothing does.
///
/// # Errors
/// A folder on the way that cannot be searched.
pub fn entry(path: &Path) -> Result<Option<Entry>, FileError> {
    let read = || -> io::Result<Entry> {
        let kind = path.symlink_metadata()?.file_type();
        Ok(if kind.is_symlink() {
            Entry::Link(fs::read_link(path)?)
        } else if kind.is_dir() {
            Entry::Folder
        } else {
            Entry::File
        })
    };
    match read() {
        // Nothing can stand under a name that is too long.
        Err(error) if error.kind() == io::ErrorKind::InvalidFilename => Ok(None),
        answer => super::if_there(answer).map_err(|source| FileError::io("read", path, source)),
    }
}

/// Why nothing can be written at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barrier {
    /// The whole file system is read-only.
    ReadOnly,
    /// The file or folder is marked as immutable, which binds root too.
    Immutable,
    /// This user may not.
    NotAllowed,
    /// A name, or the whole path, is longer than the file system takes.
    TooLong,
    /// A file stands where a folder is needed.
    NoFolder,
}

impl Barrier {
    fn of(error: Errno) -> Option<Self> {
        Some(match error {
            Errno::ROFS => Self::ReadOnly,
            // access(2) says so of the immutable alone; everybody else without permission gets EACCES.
            Errno::PERM => Self::Immutable,
            Errno::ACCESS => Self::NotAllowed,
            Errno::NAMETOOLONG => Self::TooLong,
            Errno::NOTDIR => Self::NoFolder,
            _ => return None,
        })
    }

    /// The next step.
    pub(super) fn hint(self, path: &Path) -> String {
        let path = path.display();
        match self {
            Self::ReadOnly => {
                "mount it writable, or do the same in a copy that lies elsewhere".to_owned()
            }
            Self::Immutable => {
                format!("`lsattr -d {path}` shows the mark; `chattr -i {path}` takes it away")
            }
            Self::NotAllowed => {
                format!("`ls -ld {path}` shows whose it is and who may write there")
            }
            Self::TooLong => "move it to a place with a shorter path".to_owned(),
            Self::NoFolder => format!("move {path} away"),
        }
    }
}

impl fmt::Display for Barrier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::ReadOnly => "the file system is read-only",
            Self::Immutable => "it is immutable",
            Self::NotAllowed => "permission denied",
            Self::TooLong => "the path is too long",
            Self::NoFolder => "it is a file, and a folder is needed there",
        })
    }
}

/// Makes sure that a file can be put at `path` as [`write_atomic`](super::write_atomic) and git do it: made under another
/// name, in folders that are made first, and renamed over what is there. Nothing is written for it.
///
/// # Errors
/// [`FileError::NotWritable`].
pub fn check_replace(path: &Path) -> Result<(), FileError> {
    check_folder_above(path)?;
    match access(path, Access::WRITE_OK) {
        // Its own permissions do not count: not the file is written, but its folder.
        Err(Errno::ACCESS) => Ok(()),
        answer => check(path, answer),
    }
}

/// Makes sure that a file can be written at `path` itself, whether it is there or not. Nothing is written for it.
///
/// # Errors
/// [`FileError::NotWritable`].
pub fn check_append(path: &Path) -> Result<(), FileError> {
    match access(path, Access::WRITE_OK) {
        Err(Errno::NOENT) => check_folder_above(path),
        answer => check(path, answer),
    }
}

/// The nearest folder above that is there takes new entries, and their names are not too long.
fn check_folder_above(path: &Path) -> Result<(), FileError> {
    let mut above = path.ancestors().skip(1);
    let folder = above
        .find(|folder| folder.exists())
        .unwrap_or(Path::new("/"));
    if !folder.is_dir() {
        return Err(not_writable(folder, Barrier::NoFolder));
    }
    check(folder, access(folder, Access::WRITE_OK | Access::EXEC_OK))?;
    // The file system itself knows how much it takes, the name of an unfinished file included.
    let unfinished = path.with_file_name(format!("{}XXXXXX{}", HALF_WRITTEN.0, HALF_WRITTEN.1));
    let below = path.strip_prefix(folder).unwrap_or(path);
    for name in below.components() {
        check_length(&folder.join(name), &folder.join(name))?;
    }
    check_length(path, path)?;
    check_length(&unfinished, path)
}

/// `probe` is looked up, and `path` is the one that is named when it is too long.
fn check_length(probe: &Path, path: &Path) -> Result<(), FileError> {
    match access(probe, Access::EXISTS) {
        Err(Errno::NAMETOOLONG) => Err(not_writable(path, Barrier::TooLong)),
        _ => Ok(()),
    }
}

fn check(path: &Path, answer: Result<(), Errno>) -> Result<(), FileError> {
    match answer {
        Ok(()) | Err(Errno::NOENT) => Ok(()),
        Err(error) => Err(Barrier::of(error).map_or_else(
            || FileError::io("write to", path, error.into()),
            |barrier| not_writable(path, barrier),
        )),
    }
}

fn not_writable(path: &Path, barrier: Barrier) -> FileError {
    FileError::NotWritable {
        path: path.to_owned(),
        barrier,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Barrier, Entry, Errno, check_append, check_replace, entry};
    use crate::files::FileError;

    fn barrier(answer: Result<(), FileError>) -> (String, Barrier) {
        match answer.unwrap_err() {
            FileError::NotWritable { path, barrier } => {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (name, barrier)
            }
            other => panic!("{other}"),
        }
    }

    #[test]
    fn what_can_be_written_is_and_nothing_is_made_for_the_question() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "x").unwrap();
        for path in ["file", "new", "a/b/c"] {
            check_replace(&folder.path().join(path)).unwrap();
            check_append(&folder.path().join(path)).unwrap();
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn names_that_are_too_long_are_found_wherever_they_stand_in_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let long = "x".repeat(256);
        for path in [long.clone(), format!("a/{long}"), format!("a/{long}/b")] {
            let answer = check_replace(&folder.path().join(path));
            assert_eq!(barrier(answer), (long.clone(), Barrier::TooLong));
        }
        let deep = "a/".repeat(2_040);
        let answer = check_replace(&folder.path().join(deep + "file"));
        assert_eq!(barrier(answer).1, Barrier::TooLong);
    }

    #[test]
    fn a_file_in_the_way_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("charts"), "x").unwrap();
        let answer = check_replace(&folder.path().join("charts/shop/Chart.yaml"));
        assert_eq!(barrier(answer), ("charts".to_owned(), Barrier::NoFolder));
    }

    #[test]
    fn what_the_kernel_answers_has_a_reason() {
        for (error, expected) in [
            (Errno::ROFS, Some(Barrier::ReadOnly)),
            (Errno::PERM, Some(Barrier::Immutable)),
            (Errno::ACCESS, Some(Barrier::NotAllowed)),
            (Errno::IO, None),
        ] {
            assert_eq!(Barrier::of(error), expected);
        }
    }

    #[test]
    fn links_are_seen_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file"), "x").unwrap();
        std::os::unix::fs::symlink("nowhere", at("link")).unwrap();
        assert_eq!(entry(&at("file")).unwrap(), Some(Entry::File));
        assert_eq!(entry(folder.path()).unwrap(), Some(Entry::Folder));
        let link = Entry::Link(Path::new("nowhere").to_owned());
        assert_eq!(entry(&at("link")).unwrap(), Some(link));
        assert_eq!(entry(&at("none")).unwrap(), None);
        assert_eq!(entry(&at(&"x".repeat(256))).unwrap(), None);
    }
}
