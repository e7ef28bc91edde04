//! The sample apps: the same small server in five languages, embedded from `templates/samples`.

use std::fmt;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::files::{self, FileError, WriteOptions};

static SAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/samples");

/// One sample app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// The standard library of Rust.
    Rust,
    /// The standard library of Go.
    Go,
    /// Node alone.
    JavaScript,
    /// The standard library of Python.
    Python,
    /// A folder of files, served by landfall itself: needs no toolchain.
    Static,
}

impl Sample {
    /// All of them, the one that is preferred first.
    pub const ALL: [Self; 5] = [
        Self::Rust,
        Self::Go,
        Self::JavaScript,
        Self::Python,
        Self::Static,
    ];

    /// The pack's name, which is also the folder's.
    pub fn pack(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Go => "go",
            Self::JavaScript => "javascript",
            Self::Python => "python",
            Self::Static => "static",
        }
    }

    /// The programs that building it takes.
    fn tools(self) -> &'static [&'static str] {
        match self {
            Self::Rust => &["cargo", "cc"],
            Self::Go => &["go"],
            Self::JavaScript => &["node", "npm"],
            Self::Python => &["python3"],
            Self::Static => &[],
        }
    }

    /// The request that takes 300 ms, so that a thousand a second are 300 in flight. Files take no time.
    pub fn work_path(self) -> &'static str {
        if self == Self::Static {
            "/"
        } else {
            "/work?ms=300"
        }
    }

    /// The sample of that pack.
    pub fn of_pack(pack: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sample| sample.pack() == pack)
    }

    /// The first sample whose tools are in one of the `folders` of `PATH`.
    pub fn for_tools(folders: &[PathBuf]) -> Self {
        let there = |tool: &&str| folders.iter().any(|folder| folder.join(tool).is_file());
        Self::ALL
            .into_iter()
            .find(|sample| sample.tools().iter().all(there))
            .unwrap_or(Self::Static)
    }

    /// Writes its files into `folder`.
    ///
    /// # Errors
    /// What the file system refuses.
    pub fn write(self, folder: &Path) -> Result<(), FileError> {
        let Some(source) = SAMPLES.get_dir(self.pack()) else {
            return Ok(());
        };
        write_dir(source, source.path(), folder)
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Rust => "Rust",
            Self::Go => "Go",
            Self::JavaScript => "Node",
            Self::Python => "Python",
            Self::Static => "static",
        })
    }
}

fn write_dir(dir: &Dir<'_>, root: &Path, folder: &Path) -> Result<(), FileError> {
    for file in dir.files() {
        let relative = file.path().strip_prefix(root).unwrap_or(file.path());
        // Kept without the dot, so that it does not apply to landfall's own repository.
        let relative = if relative == Path::new("gitignore") {
            Path::new(".gitignore")
        } else {
            relative
        };
        files::write_atomic(
            &folder.join(relative),
            file.contents(),
            WriteOptions::default(),
        )?;
    }
    dir.dirs().try_for_each(|dir| write_dir(dir, root, folder))
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn the_first_language_with_all_its_tools_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = vec![folder.path().to_owned()];
        assert_eq!(Sample::for_tools(&path), Sample::Static);
        std::fs::write(folder.path().join("cargo"), "").unwrap();
        std::fs::write(folder.path().join("python3"), "").unwrap();
        assert_eq!(Sample::for_tools(&path), Sample::Python);
        std::fs::write(folder.path().join("cc"), "").unwrap();
        assert_eq!(Sample::for_tools(&path), Sample::Rust);
    }

    #[test]
    fn every_sample_has_files() {
        for sample in Sample::ALL {
            let folder = tempfile::tempdir().unwrap();
            sample.write(folder.path()).unwrap();
            assert!(
                std::fs::read_dir(folder.path()).unwrap().count() > 0,
                "{sample}"
            );
            assert_eq!(Sample::of_pack(sample.pack()), Some(sample));
        }
    }
}
