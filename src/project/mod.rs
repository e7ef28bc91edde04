//! The user's repository as read-only facts: its files, what is in them, what it calls itself.
//!
//! The main type is [`Project`]. Nothing here writes, runs a program, or talks to a network.

mod folder;
mod listing;
mod name;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use folder::{Folder, depth, extension, split_name};
pub use listing::MAX_FILES;
pub use name::{AppName, NameError};

use crate::files::{self, FileError};
use crate::ports::git::Tracked;

/// The most that is read of one file of the repository: 512 KiB. Build files are far below; a longer file is no build file.
pub const READ_LIMIT: u64 = 512 << 10;

/// A repository's files, listed once, read on demand.
#[derive(Debug)]
pub struct Project {
    root: PathBuf,
    files: Vec<String>,
    truncated: bool,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Folder,
    Memory(BTreeMap<String, String>),
}

impl Project {
    /// Lists the folder at `root`: what Git would track, without what build tools download.
    ///
    /// # Errors
    /// A folder that does not exist or cannot be listed.
    pub fn load(root: &Path) -> Result<Self, FileError> {
        let listing = listing::list(root)?;
        Ok(Self {
            root: root.to_owned(),
            files: listing.files,
            truncated: listing.truncated,
            source: Source::Folder,
        })
    }

    /// The folder at `root` with what Git tracks in its repository; `prefix` is the folder's path there, empty at the top, else with a
    /// `/` at its end. As [`Project::load`] where nothing is tracked, as in a repository that has just begun.
    ///
    /// # Errors
    /// A folder that does not exist or cannot be listed.
    pub fn of_tracked(root: &Path, prefix: &str, tracked: Vec<Tracked>) -> Result<Self, FileError> {
        files::check_folder(root)?;
        let listing = listing::of_tracked(root, prefix, tracked);
        if listing.files.is_empty() {
            return Self::load(root);
        }
        Ok(Self {
            root: root.to_owned(),
            files: listing.files,
            truncated: listing.truncated,
            source: Source::Folder,
        })
    }

    /// A project that exists only in memory, for tests.
    pub fn in_memory<P: Into<String>, T: Into<String>>(
        name: &str,
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        let contents: BTreeMap<String, String> = files
            .into_iter()
            .map(|(path, text)| (path.into(), text.into()))
            .collect();
        Self {
            root: PathBuf::from("/memory").join(name),
            files: contents.keys().cloned().collect(),
            truncated: false,
            source: Source::Memory(contents),
        }
    }

    /// The folder at `path` as a project of its own, which sees nothing above itself; `.` is the whole.
    #[must_use]
    pub fn below(&self, path: &str) -> Self {
        let folder = self.folder(path);
        let prefix = folder.in_project("");
        let source = match &self.source {
            Source::Folder => Source::Folder,
            Source::Memory(contents) => Source::Memory(
                contents
                    .iter()
                    .filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?, text)))
                    .map(|(path, text)| (path.to_owned(), text.clone()))
                    .collect(),
            ),
        };
        Self {
            root: if prefix.is_empty() {
                self.root.clone()
            } else {
                self.root.join(folder.path())
            },
            files: folder.below().map(str::to_owned).collect(),
            truncated: self.truncated,
            source,
        }
    }

    /// The folder that was listed.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every file, relative with `/`, in the order of names.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// Whether the listing stopped at [`MAX_FILES`].
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// Whether this file exists.
    pub fn has(&self, path: &str) -> bool {
        self.files
            .binary_search_by(|file| file.as_str().cmp(path))
            .is_ok()
    }

    /// The text of a file; `None` for a missing, binary, overlong or unreadable one, and for a link that leads out of the repository.
    pub fn read(&self, path: &str) -> Option<String> {
        match &self.source {
            Source::Memory(contents) => contents.get(path).cloned(),
            Source::Folder => {
                let bytes = files::read_inside(&self.root, Path::new(path), READ_LIMIT).ok()?;
                if bytes.contains(&0) {
                    return None;
                }
                let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                Some(String::from_utf8(bytes).unwrap_or_else(|error| lossy(error.as_bytes())))
            }
        }
    }

    /// The whole repository as a folder.
    pub fn top(&self) -> Folder<'_> {
        self.folder(".")
    }

    /// The folder at `path` (`.` is the top).
    pub fn folder<'a>(&'a self, path: &str) -> Folder<'a> {
        Folder::new(self, path)
    }

    /// What the repository would be called, with the reason: the repository part of its remote's address, else the folder's name.
    pub fn suggested_name(&self, remote: Option<&str>) -> Option<(AppName, &'static str)> {
        remote
            .and_then(AppName::from_text)
            .map(|name| (name, "the name of the remote repository"))
            .or_else(|| {
                let folder = self.root.file_name()?.to_str()?;
                Some((AppName::from_text(folder)?, "the name of the folder"))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::Project;

    #[test]
    fn a_link_out_of_the_repository_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "secret").unwrap();
        let root = folder.path().join("app");
        std::fs::create_dir(&root).unwrap();
        std::os::unix::fs::symlink("../secret", root.join("Dockerfile")).unwrap();
        std::fs::write(root.join("binary"), [0, 1, 2]).unwrap();
        std::fs::write(root.join("text"), "hello").unwrap();
        let project = Project::load(&root).unwrap();
        assert_eq!(project.read("Dockerfile"), None);
        assert_eq!(project.read("binary"), None);
        assert_eq!(project.read("text").as_deref(), Some("hello"));
    }

    #[test]
    fn a_folder_is_a_project_of_its_own() {
        let whole = Project::in_memory("x", [("a", "1"), ("b/c", "2"), ("b2", "3")]);
        let below = whole.below("b");
        assert_eq!(below.files(), ["c"]);
        assert_eq!(below.read("c").as_deref(), Some("2"));
        assert!(below.root().ends_with("x/b"));
        assert_eq!(whole.below(".").files(), whole.files());
    }

    #[test]
    fn the_remote_names_the_app_before_the_folder_does() {
        let project = Project::in_memory("My_Folder", [("a", "")]);
        let named = |remote| project.suggested_name(remote).unwrap().0.to_string();
        assert_eq!(named(Some("Go-Demo")), "go-demo");
        assert_eq!(named(None), "my-folder");
    }
}
