//! Paths that must not lead out of a folder.

use std::fs::File;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::{FileError, read_bytes, read_open};

/// `root` joined with `relative`, refused when that would leave `root`: absolute, `..`, or through a symbolic link.
///
/// # Errors
/// [`FileError::Outside`], or a folder on the way that cannot be read.
pub fn join_inside(root: &Path, relative: &Path) -> Result<PathBuf, FileError> {
    check_relative(root, relative)?;
    let real_root = root
        .canonicalize()
        .map_err(|source| FileError::io("read", root, source))?;
    let joined = root.join(relative);
    let existing = joined
        .ancestors()
        .find(|ancestor| ancestor.symlink_metadata().is_ok())
        .unwrap_or(root);
    let real = existing
        .canonicalize()
        .map_err(|source| FileError::io("read", existing, source))?;
    if real.starts_with(&real_root) {
        Ok(joined)
    } else {
        Err(outside(root, relative))
    }
}

/// Reads a file below `root` of at most `limit` bytes, in one step where the kernel itself sees to it that no link leads out.
///
/// # Errors
/// Those of [`join_inside`] and [`read_bytes`].
pub fn read_inside(root: &Path, relative: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    check_relative(root, relative)?;
    match open_beneath(root, relative) {
        Ok(Some(file)) => read_open(file, &root.join(relative), limit),
        Ok(None) => read_bytes(&join_inside(root, relative)?, limit),
        Err(source) => Err(FileError::io("read", &root.join(relative), source)),
    }
}

fn check_relative(root: &Path, relative: &Path) -> Result<(), FileError> {
    let stays = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if relative.components().all(stays) {
        Ok(())
    } else {
        Err(outside(root, relative))
    }
}

fn outside(root: &Path, relative: &Path) -> FileError {
    FileError::Outside {
        path: relative.to_owned(),
        root: root.to_owned(),
    }
}

/// The file, if the kernel can say that it is inside. It says no as well to an absolute link that leads back inside, and an old kernel or
/// a sandbox may not know the question: both are `None`.
#[cfg(target_os = "linux")]
fn open_beneath(root: &Path, relative: &Path) -> io::Result<Option<File>> {
    use rustix::fs::{Mode, OFlags, ResolveFlags, open, openat2};
    use rustix::io::Errno;
    let folder = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let folder = open(root, folder, Mode::empty())?;
    // Not even a named pipe is waited for.
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    match openat2(
        folder,
        relative,
        flags,
        Mode::empty(),
        ResolveFlags::BENEATH,
    ) {
        Ok(file) => Ok(Some(File::from(file))),
        Err(Errno::XDEV | Errno::AGAIN | Errno::NOSYS | Errno::PERM | Errno::INVAL) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn open_beneath(_root: &Path, _relative: &Path) -> io::Result<Option<File>> {
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::{FileError, join_inside, read_inside};

    #[test]
    fn paths_stay_inside_their_folder() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        fs::create_dir(&root).unwrap();
        fs::write(folder.path().join("x"), "secret").unwrap();
        symlink(folder.path(), root.join("out")).unwrap();
        symlink("../x", root.join("link")).unwrap();
        assert!(join_inside(&root, "a/b.txt".as_ref()).is_ok());
        for hostile in [
            "../x",
            "/etc/passwd",
            "out/x",
            "a/../../x",
            "link",
            "./../x",
        ] {
            let joined = join_inside(&root, hostile.as_ref()).unwrap_err();
            let read = read_inside(&root, hostile.as_ref(), 100).unwrap_err();
            for error in [joined, read] {
                assert!(
                    matches!(error, FileError::Outside { .. }),
                    "{hostile}: {error}"
                );
            }
        }
    }

    #[test]
    fn links_that_lead_back_inside_are_followed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("a")).unwrap();
        fs::write(root.join("a/text"), "hello").unwrap();
        symlink("a", root.join("relative")).unwrap();
        symlink(root.join("a"), root.join("absolute")).unwrap();
        for path in ["a/text", "relative/text", "absolute/text"] {
            assert_eq!(
                read_inside(root, path.as_ref(), 5).unwrap(),
                b"hello",
                "{path}"
            );
        }
        let long = read_inside(root, "a/text".as_ref(), 4).unwrap_err();
        assert!(matches!(long, FileError::TooLarge { limit: 4, .. }));
        let none = read_inside(root, "a/none".as_ref(), 4).unwrap_err();
        assert!(
            none.is_not_found() && none.to_string().contains("a/none"),
            "{none}"
        );
        assert!(read_inside(root, "a".as_ref(), 4).is_err());
    }
}
