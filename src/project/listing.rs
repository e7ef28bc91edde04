//! The bounded listing of a repository: what Git tracks, or, where nothing is tracked, what the `.gitignore` files leave; without folders
//! that tools download into.

use std::path::Path;

use ignore::{DirEntry, WalkBuilder};

use crate::files::{self, FileError};
use crate::ports::git::Tracked;

/// The most files that are listed. A repository with more is cut, and whoever shows the listing says so.
pub const MAX_FILES: usize = 200_000;

/// Folders that tools fill, skipped even where no `.gitignore` names them.
const SKIPPED: &[&str] = &[
    ".git",
    ".hg",
    ".svn",
    ".tox",
    ".venv",
    "__pycache__",
    "bower_components",
    "node_modules",
];

/// A listing in the order of names.
pub(super) struct Listing {
    pub(super) files: Vec<String>,
    pub(super) truncated: bool,
}

/// Lists `root`. Files that cannot be listed, and names that are not UTF-8, are left out: they are no evidence.
pub(super) fn list(root: &Path) -> Result<Listing, FileError> {
    // The walk reports a missing root as an entry; this names it.
    files::check_folder(root)?;
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .ignore(false)
        .parents(false)
        .git_global(false)
        .require_git(false)
        .filter_entry(|entry| !is_skipped(entry))
        .build();
    let mut files = Vec::new();
    let mut truncated = false;
    for entry in walk.filter_map(Result::ok) {
        if !is_file(&entry) {
            continue;
        }
        let Some(path) = entry
            .path()
            .strip_prefix(root)
            .ok()
            .and_then(|path| path.to_str())
        else {
            continue;
        };
        if files.len() == MAX_FILES {
            truncated = true;
            break;
        }
        files.push(path.replace(std::path::MAIN_SEPARATOR, "/"));
    }
    files.sort_unstable();
    Ok(Listing { files, truncated })
}

/// The tracked files of the repository at `root`, which are in the order of names, below `prefix` (empty, or with a `/` at its end).
/// A file that is tracked and not in the work tree, as in a sparse checkout, is listed too: the repository has it.
pub(super) fn of_tracked(root: &Path, prefix: &str, tracked: Vec<Tracked>) -> Listing {
    let mut files = Vec::new();
    let mut truncated = false;
    for file in tracked {
        let Some(path) = file.path.strip_prefix(prefix) else {
            continue;
        };
        // The same law as for a walk: a link to a folder is no file.
        if path.split('/').any(|part| SKIPPED.contains(&part))
            || file.is_link && root.join(path).is_dir()
        {
            continue;
        }
        if files.len() == MAX_FILES {
            truncated = true;
            break;
        }
        files.push(if prefix.is_empty() {
            file.path
        } else {
            path.to_owned()
        });
    }
    Listing { files, truncated }
}

fn is_skipped(entry: &DirEntry) -> bool {
    entry.depth() > 0
        && entry
            .file_name()
            .to_str()
            .is_some_and(|name| SKIPPED.contains(&name))
}

/// A file, or a link to one; links to folders are not walked, so that no file counts twice.
fn is_file(entry: &DirEntry) -> bool {
    entry
        .file_type()
        .is_some_and(|kind| kind.is_file() || kind.is_symlink() && entry.path().is_file())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{list, of_tracked};
    use crate::ports::git::Tracked;

    #[test]
    fn tracked_files_count_whether_they_are_there_or_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("folder")).unwrap();
        std::os::unix::fs::symlink("folder", folder.path().join("link")).unwrap();
        let tracked = |path: &str| Tracked {
            path: path.to_owned(),
            is_link: path == "link",
        };
        let all = ["a/absent", "link", "node_modules/x", "z"].map(tracked);
        let listing = of_tracked(folder.path(), "", all.to_vec());
        assert_eq!(listing.files, ["a/absent", "z"]);
        let listing = of_tracked(&folder.path().join("a"), "a/", all.to_vec());
        assert_eq!(listing.files, ["absent"]);
    }

    #[test]
    fn ignored_and_downloaded_files_are_left_out_and_hidden_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for path in [
            "node_modules/a/package.json",
            "src/main.go",
            "out/x.o",
            ".flaskenv",
            ".git/config",
        ] {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        fs::write(root.join(".gitignore"), "out/\n").unwrap();
        let listing = list(root).unwrap();
        assert_eq!(listing.files, [".flaskenv", ".gitignore", "src/main.go"]);
        assert!(!listing.truncated);
    }

    #[test]
    fn a_missing_folder_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let error = list(&folder.path().join("none")).err().unwrap();
        assert!(error.to_string().contains("none"), "{error}");
    }
}
