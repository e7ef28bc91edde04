//! The sample apps: the same small server in many languages, each in the folder `sample/` of its pack.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::files::{self, FileError, WriteOptions};
use crate::pack;

/// One sample app, of a pack whose toolchain the tests have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// The standard library of Rust.
    Rust,
    /// The standard library of Go.
    Go,
    /// Node alone.
    JavaScript,
    /// Node alone, compiled.
    TypeScript,
    /// The standard library of Python.
    Python,
    /// The JDK alone.
    Maven,
    /// The JDK alone.
    Gradle,
    /// POSIX alone.
    Cpp,
    /// The standard library of Ruby.
    Ruby,
    /// PHP alone.
    Php,
    /// A folder of files, served by landfall itself: needs no toolchain.
    Static,
}

impl Sample {
    /// All of them, the one that is preferred first.
    pub const ALL: [Self; 11] = [
        Self::Rust,
        Self::Go,
        Self::JavaScript,
        Self::Python,
        Self::Cpp,
        Self::Ruby,
        Self::Php,
        Self::TypeScript,
        Self::Maven,
        Self::Gradle,
        Self::Static,
    ];

    /// The names of their packs, for a flag.
    pub const NAMES: [&'static str; 11] = [
        "rust",
        "go",
        "javascript",
        "python",
        "cpp",
        "ruby",
        "php",
        "typescript",
        "maven",
        "gradle",
        "static",
    ];

    /// The pack's name, which is also the folder's.
    pub fn pack(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Go => "go",
            Self::JavaScript => "javascript",
            Self::TypeScript => "typescript",
            Self::Python => "python",
            Self::Maven => "maven",
            Self::Gradle => "gradle",
            Self::Cpp => "cpp",
            Self::Ruby => "ruby",
            Self::Php => "php",
            Self::Static => "static",
        }
    }

    /// The programs that building it takes.
    fn tools(self) -> &'static [&'static str] {
        match self {
            Self::Rust => &["cargo", "cc"],
            Self::Go => &["go"],
            Self::JavaScript | Self::TypeScript => &["node", "npm"],
            Self::Python => &["python3"],
            Self::Maven => &["mvn", "javac"],
            Self::Gradle => &["gradle", "javac"],
            Self::Cpp => &["cmake", "c++"],
            Self::Ruby => &["ruby", "bundle"],
            Self::Php => &["php", "composer"],
            Self::Static => &[],
        }
    }

    /// The request that takes 300 ms, so that a thousand a second are 300 in flight. Files take no time, and PHP's own server
    /// answers a few requests at once.
    pub fn work_path(self) -> &'static str {
        if matches!(self, Self::Static | Self::Php) {
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
        for (path, contents) in pack::built_in_sample(self.pack()) {
            files::write_atomic(&folder.join(path), &contents, WriteOptions::default())?;
        }
        Ok(())
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Rust => "Rust",
            Self::Go => "Go",
            Self::JavaScript => "Node",
            Self::TypeScript => "TypeScript",
            Self::Python => "Python",
            Self::Maven => "Maven",
            Self::Gradle => "Gradle",
            Self::Cpp => "C++",
            Self::Ruby => "Ruby",
            Self::Php => "PHP",
            Self::Static => "static",
        })
    }
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
            assert!(Sample::NAMES.contains(&sample.pack()), "{sample}");
        }
    }
}
