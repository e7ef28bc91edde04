//! Copies of image folders.

use std::fs;
use std::io;
use std::path::Path;

use crate::files::{self, FileError};

/// Copies a folder with everything in it: permissions and symbolic links stay, the owner may write.
///
/// Where the file system can share the content of a copy, the standard library lets it.
///
/// # Errors
/// The first file that cannot be read or written.
pub(super) fn copy_folder(from: &Path, to: &Path) -> Result<(), FileError> {
    files::create_dir_all(to)?;
    for source in files::list_dir(from)? {
        let Some(name) = source.file_name() else {
            continue;
        };
        let target = to.join(name);
        let kind = source
            .symlink_metadata()
            .map_err(|error| failed("read", &source, error))?
            .file_type();
        if kind.is_dir() {
            copy_folder(&source, &target)?;
        } else if kind.is_symlink() {
            let link = fs::read_link(&source).map_err(|error| failed("read", &source, error))?;
            std::os::unix::fs::symlink(link, &target)
                .map_err(|error| failed("write", &target, error))?;
        } else if kind.is_file() {
            copy_file(&source, &target).map_err(|error| failed("write", &target, error))?;
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::copy(from, to)?;
    let mode = fs::metadata(to)?.permissions().mode();
    fs::set_permissions(to, fs::Permissions::from_mode(mode | 0o200))
}

fn failed(action: &'static str, path: &Path, source: io::Error) -> FileError {
    FileError::Io {
        action,
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_copy_may_be_written_and_the_original_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::create_dir_all(from.join("bin")).expect("made");
        fs::write(from.join("bin/app"), "one").expect("written");
        fs::set_permissions(from.join("bin/app"), fs::Permissions::from_mode(0o555)).expect("set");
        std::os::unix::fs::symlink("bin/app", from.join("link")).expect("linked");
        copy_folder(&from, &to).expect("copied");
        assert_eq!(
            fs::metadata(to.join("bin/app"))
                .expect("there")
                .permissions()
                .mode()
                & 0o777,
            0o755
        );
        fs::write(to.join("link"), "two").expect("written");
        assert_eq!(
            fs::read_to_string(from.join("bin/app")).expect("read"),
            "one"
        );
        assert!(
            copy_folder(&from.join("none"), &to).is_ok(),
            "an image without files is an empty folder"
        );
    }
}
