//! `.landfall/app.yaml`: what the build leaves and how it starts, as the step that makes the image reads it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files::{self, FileError};
use crate::yaml::{self, YamlError};

/// The description of an app.
///
/// Shape: `files` and `exclude` are paths relative to the repository; a path of `files` is a file or a whole folder, `.` is
/// everything; a path of `exclude` leaves out that file or folder. No `files` means that only a container builder can make the
/// image. An empty `health` means that the port is probed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppFile {
    /// What goes into the image.
    #[serde(default)]
    pub files: Vec<String>,
    /// What does not, of these.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// The command, word by word.
    #[serde(default)]
    pub command: Vec<String>,
    /// Environment variables.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// The port.
    pub port: u16,
    /// The path that answers when the app is well.
    #[serde(default)]
    pub health: String,
}

/// Why the files of an app cannot be collected.
#[derive(Debug, thiserror::Error)]
pub enum AppFileError {
    /// The description cannot be read.
    #[error(transparent)]
    Yaml(#[from] YamlError),
    /// A file or folder cannot be read, or lies outside the repository.
    #[error(transparent)]
    File(#[from] FileError),
    /// The build did not leave it.
    #[error("the build left no {path}, which {} names", AppFile::PATH)]
    Missing {
        /// The path.
        path: String,
    },
    /// More files than an image may have.
    #[error("an image of more than {} files is not made", AppFile::MAX_FILES)]
    TooMany,
}

impl crate::failure::Explain for AppFileError {
    fn code(&self) -> Option<crate::failure::Code> {
        Some(crate::failure::Code::FILE)
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Missing { .. } => {
                vec![format!("run the build first, or correct {}", AppFile::PATH)]
            }
            Self::TooMany => vec![format!(
                "list what is needed in `files`, or leave folders out in `exclude` of {}",
                AppFile::PATH
            )],
            Self::Yaml(_) | Self::File(_) => Vec::new(),
        }
    }
}

impl AppFile {
    /// Where it is.
    pub const PATH: &'static str = ".landfall/app.yaml";

    /// The most files of one image.
    pub const MAX_FILES: usize = 200_000;

    /// Reads the description of the repository at `root`.
    ///
    /// # Errors
    /// A missing or wrong file.
    pub fn read(root: &Path) -> Result<Self, YamlError> {
        yaml::read(&root.join(Self::PATH))
    }

    /// Every file of the image: where it lies, and its path in the image, in the order of paths. Symbolic links are listed, not
    /// followed.
    ///
    /// # Errors
    /// What `files` names and is not there, or leads out of the repository.
    pub fn collect(&self, root: &Path) -> Result<Vec<(PathBuf, String)>, AppFileError> {
        let mut found = BTreeMap::new();
        for name in &self.files {
            let name = tidy(name);
            let full = if name.is_empty() {
                root.to_owned()
            } else {
                files::join_inside(root, Path::new(&name))?
            };
            if full.symlink_metadata().is_err() {
                return Err(AppFileError::Missing { path: name });
            }
            self.walk(&full, &name, &mut found)?;
        }
        Ok(found
            .into_iter()
            .map(|(path, source)| (source, path))
            .collect())
    }

    fn walk(
        &self,
        full: &Path,
        path: &str,
        found: &mut BTreeMap<String, PathBuf>,
    ) -> Result<(), AppFileError> {
        if self.exclude.iter().any(|left_out| tidy(left_out) == path) {
            return Ok(());
        }
        if full.is_symlink() || !full.is_dir() {
            if found.len() >= Self::MAX_FILES {
                return Err(AppFileError::TooMany);
            }
            found.insert(path.to_owned(), full.to_owned());
            return Ok(());
        }
        for entry in files::list_dir(full)? {
            let name = entry
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let below = if path.is_empty() {
                name
            } else {
                format!("{path}/{name}")
            };
            self.walk(&entry, &below, found)?;
        }
        Ok(())
    }
}

/// `./a/` and `.` without what does not matter.
fn tidy(path: &str) -> String {
    let path = path.trim_start_matches("./").trim_end_matches('/');
    if path == "." {
        String::new()
    } else {
        path.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{AppFile, AppFileError};

    fn app(files: &[&str], exclude: &[&str]) -> AppFile {
        AppFile {
            files: files.iter().map(|path| (*path).to_owned()).collect(),
            exclude: exclude.iter().map(|path| (*path).to_owned()).collect(),
            command: vec!["./app".to_owned()],
            environment: std::collections::BTreeMap::new(),
            port: 8080,
            health: String::new(),
        }
    }

    #[test]
    fn files_and_folders_are_collected_without_what_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "bin/app",
            "static/a/b",
            ".git/config",
            "node_modules/.cache/x",
            "node_modules/y",
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        std::os::unix::fs::symlink("bin", folder.path().join("link")).unwrap();
        let paths = |app: AppFile| -> Vec<String> {
            app.collect(folder.path())
                .unwrap()
                .into_iter()
                .map(|(_, path)| path)
                .collect()
        };
        assert_eq!(
            paths(app(&["bin/app", "./static/"], &[])),
            ["bin/app", "static/a/b"]
        );
        assert_eq!(
            paths(app(&["."], &[".git", "node_modules/.cache"])),
            ["bin/app", "link", "node_modules/y", "static/a/b"]
        );
    }

    #[test]
    fn what_the_build_did_not_leave_is_named_and_nothing_outside_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        assert!(
            matches!(app(&["bin/app"], &[]).collect(folder.path()), Err(AppFileError::Missing { path }) if path == "bin/app")
        );
        assert!(matches!(
            app(&["../x"], &[]).collect(folder.path()),
            Err(AppFileError::File(_))
        ));
    }
}
