//! Where a value comes from.

use std::fmt;
use std::path::PathBuf;

use super::SettingError;

/// The layer that set a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A flag of this command line.
    Flag(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// `.landfall/config.yaml` of the repository.
    ProjectFile(PathBuf),
    /// `config.yaml` of the user.
    UserFile(PathBuf),
    /// Nothing set it.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(formatter, "flag {name}"),
            Self::Variable(name) => write!(formatter, "variable {name}"),
            Self::ProjectFile(path) | Self::UserFile(path) => {
                write!(formatter, "file {}", path.display())
            }
            Self::Default => formatter.write_str("default"),
        }
    }
}

/// A value with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// The layer that set it.
    pub origin: Origin,
}

impl<T> Setting<T> {
    /// A value that `origin` set.
    pub fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }

    /// A value that nothing set.
    pub fn by_default(value: T) -> Self {
        Self::new(value, Origin::Default)
    }

    /// The same origin with another value.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Setting<U> {
        Setting {
            value: convert(self.value),
            origin: self.origin,
        }
    }
}

impl Setting<String> {
    /// The text read as a `U`.
    ///
    /// # Errors
    /// What `parse` says is expected instead, with key, value and origin.
    pub(super) fn checked<U>(
        self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<U, String>,
    ) -> Result<Setting<U>, SettingError> {
        match parse(&self.value) {
            Ok(value) => Ok(Setting {
                value,
                origin: self.origin,
            }),
            Err(why) => Err(SettingError {
                key,
                value: self.value,
                origin: self.origin,
                why,
            }),
        }
    }
}
