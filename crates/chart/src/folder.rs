//! A chart folder as a list of files: links followed, .helmignore applied.

use std::fs::{self, FileType};
use std::io::Read as _;
use std::path::Path;

use crate::ignore::Rules;
use crate::limits::{MAX_CHART_BYTES, MAX_FOLDER_DEPTH};
use crate::model::File;
use crate::{Error, Warning, links};

/// The files below a folder, in Helm's order: names of each folder by bytes.
pub(crate) fn read(folder: &Path, warnings: &mut Vec<Warning>) -> Result<Vec<File>, Error> {
    let ignore_file = folder.join(".helmignore");
    let text = match fs::read(&ignore_file) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Error::io("open", &ignore_file, error)),
    };
    let mut walk = Walk {
        rules: Rules::parse(&text)?,
        files: Vec::new(),
        left: MAX_CHART_BYTES,
        buffer: Vec::new(),
        warnings,
    };
    walk.folder(folder, "", 0)?;
    Ok(walk.files)
}

struct Walk<'w> {
    rules: Rules,
    files: Vec<File>,
    /// Bytes that may still be read.
    left: u64,
    /// Where files are read: most are small, and one that grows with them needs few calls.
    buffer: Vec<u8>,
    warnings: &'w mut Vec<Warning>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), Error> {
        if depth > MAX_FOLDER_DEPTH {
            return Err(Error::other(format!(
                "{} is nested deeper than {MAX_FOLDER_DEPTH} folders",
                folder.display()
            )));
        }
        let entries = fs::read_dir(folder).map_err(|error| Error::io("open", folder, error))?;
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| Error::io("readdirent", folder, error))?;
            let kind = entry
                .file_type()
                .map_err(|error| Error::io("lstat", &entry.path(), error))?;
            found.push((entry.file_name(), kind));
        }
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (name, kind) in found {
            let path = folder.join(&name);
            let relative = format!("{prefix}{}", name.to_string_lossy());
            self.entry(&path, &relative, kind, depth)?;
        }
        Ok(())
    }

    fn entry(
        &mut self,
        path: &Path,
        relative: &str,
        kind: FileType,
        depth: usize,
    ) -> Result<(), Error> {
        let kind = if kind.is_symlink() {
            let resolved = links::resolve(path).map_err(|why| {
                Error::other(format!(
                    "error evaluating symlink {}: {why}",
                    path.display()
                ))
            })?;
            self.warnings.push(
                Warning::info(
                    "found symbolic link in path. Contents of linked file included and used",
                )
                .with("path", path.to_string_lossy())
                .with("resolved", resolved.to_string_lossy()),
            );
            fs::metadata(&resolved)
                .map_err(|error| Error::io("lstat", &resolved, error))?
                .file_type()
        } else {
            kind
        };
        if self.rules.ignores(relative, kind.is_dir()) {
            return Ok(());
        }
        if kind.is_dir() {
            return self.folder(path, &format!("{relative}/"), depth + 1);
        }
        if !kind.is_file() {
            let path = path.display();
            return Err(Error::other(format!(
                "cannot load irregular file {path} as it has file mode type bits set"
            )));
        }
        let data = self.read(path, relative)?;
        self.files.push(File::new(relative, data));
        Ok(())
    }

    fn read(&mut self, path: &Path, relative: &str) -> Result<Vec<u8>, Error> {
        let failed = |error| {
            Error::document(
                format!("error reading {relative}"),
                Error::io("open", path, error),
            )
        };
        let file = fs::File::open(path).map_err(failed)?;
        self.buffer.clear();
        file.take(self.left + 1)
            .read_to_end(&mut self.buffer)
            .map_err(failed)?;
        let size = self.buffer.len() as u64;
        if size > self.left {
            return Err(Error::document(
                format!("error reading {relative}"),
                format_args!("chart exceeds maximum decompressed size of {MAX_CHART_BYTES} bytes"),
            ));
        }
        self.left -= size;
        Ok(self.buffer.clone())
    }
}
