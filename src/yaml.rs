//! The door to YAML and JSON for files of our own: strict, with the path and line in errors. Charts go through `goyaml`.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::{Code, Explain, Kind};
use crate::files::{self, FileError};

/// A file of ours that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum YamlError {
    /// The file system refused.
    #[error(transparent)]
    File(#[from] FileError),
    /// The text is not what the file should hold; duplicate and unknown keys count.
    #[error("{}:{message}", path.display())]
    Parse {
        /// The path, or a name for text that is no file.
        path: PathBuf,
        /// Line, column and what is wrong: `2:1: unknown field`; without a place it begins with a space.
        message: String,
    },
    /// A value that has no YAML form.
    #[error("cannot write {what} as YAML: {message}")]
    Print {
        /// What was to be written.
        what: String,
        /// The reason.
        message: String,
    },
}

impl Explain for YamlError {
    fn code(&self) -> Option<Code> {
        Some(match self {
            Self::File(error) => return error.code(),
            Self::Parse { .. } | Self::Print { .. } => Code::FILE,
        })
    }

    fn kind(&self) -> Kind {
        Kind::Config
    }
}

/// Reads a file.
///
/// # Errors
/// Missing, unreadable, too large, or not of the form of `T`.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<T, YamlError> {
    parse(&files::read_text(path)?, path)
}

/// Reads a file; `None` when it does not exist.
///
/// # Errors
/// As [`read`], a missing file aside.
pub fn read_if_there<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, YamlError> {
    files::read_text_if_there(path)?
        .map(|text| parse(&text, path))
        .transpose()
}

/// Reads text; `path` is what errors call it.
///
/// # Errors
/// Text that is not of the form of `T`.
pub fn parse<T: DeserializeOwned>(text: &str, path: &Path) -> Result<T, YamlError> {
    serde_yaml::from_str(text).map_err(|error| YamlError::Parse {
        path: path.to_owned(),
        message: placed(&error.to_string()),
    })
}

/// The first line of a parser's message in the form `2:1: what`; the other lines draw the source, which our errors name by path.
fn placed(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let line = line.strip_prefix("error: ").unwrap_or(line);
    // The parser's advice to its programmers is none for users.
    let line = line
        .split_once(", set DuplicateKeyPolicy")
        .map_or(line, |(what, _)| what);
    let place = line.strip_prefix("line ").and_then(|rest| {
        let (row, rest) = rest.split_once(" column ")?;
        let (column, what) = rest.split_once(": ")?;
        Some(format!("{row}:{column}: {what}"))
    });
    place.unwrap_or_else(|| format!(" {line}"))
}

/// Prints a value; ends in a newline.
///
/// # Errors
/// A value that has no YAML form.
pub fn print<T: Serialize>(value: &T) -> Result<String, YamlError> {
    let mut text = serde_yaml::to_string(value).map_err(|error| YamlError::Print {
        what: std::any::type_name::<T>().to_owned(),
        message: error.to_string(),
    })?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Example {
        #[expect(dead_code, reason = "only read by the parser")]
        name: String,
    }

    #[test]
    fn duplicate_and_unknown_keys_are_errors_with_path_and_line() {
        for text in [
            "name: a\nname: b\n",
            "name: a\nother: b\n",
            "name: a\nname\n",
        ] {
            let error = super::parse::<Example>(text, Path::new("x.yaml"))
                .unwrap_err()
                .to_string();
            assert!(error.starts_with("x.yaml:2:"), "{error}");
        }
    }
}
