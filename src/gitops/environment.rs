//! A promotion target.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::EnvironmentError;

/// The name of an environment: a DNS label, because it is a namespace and a part of host names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EnvironmentName(String);

impl EnvironmentName {
    /// The longest name: a label of DNS.
    pub const LIMIT: usize = 63;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EnvironmentName {
    type Err = EnvironmentError;

    fn from_str(text: &str) -> Result<Self, EnvironmentError> {
        if is_dns_label(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(EnvironmentError::BadName {
                name: text.to_owned(),
            })
        }
    }
}

/// Whether a text is a DNS label that begins with a letter (RFC 1035): a namespace, a part of a host name.
pub(super) fn is_dns_label(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= EnvironmentName::LIMIT
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

impl TryFrom<String> for EnvironmentName {
    type Error = EnvironmentError;

    fn try_from(text: String) -> Result<Self, EnvironmentError> {
        text.parse()
    }
}

impl From<EnvironmentName> for String {
    fn from(name: EnvironmentName) -> Self {
        name.0
    }
}

impl fmt::Display for EnvironmentName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Who decides that a release goes into an environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Strategy {
    /// Its checks: every release is merged when they pass.
    Auto,
    /// A person, who merges the pull request.
    #[default]
    Manual,
    /// Nobody: promotion is refused.
    Never,
}

impl fmt::Display for Strategy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Auto => "Auto",
            Self::Manual => "Manual",
            Self::Never => "Never",
        })
    }
}

/// A registered environment: one entry of `environments.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Environment {
    /// Its name.
    pub name: EnvironmentName,
    /// `owner/name` of a repository on the local forge, or the address of another one.
    pub repository: String,
    /// The folder of the repository that holds it; empty when the repository holds nothing else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dir: String,
    /// Where it stands among the others: promotions go upwards.
    pub order: i32,
    /// Who decides.
    pub promotion: Strategy,
    /// The namespace that its apps run in.
    pub namespace: String,
}

impl Environment {
    /// A path of its repository from the root of the repository.
    pub fn path(&self, relative: &str) -> String {
        if self.dir.is_empty() {
            relative.to_owned()
        } else {
            format!("{}/{relative}", self.dir)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::EnvironmentName;

    #[test]
    fn names_are_dns_labels() {
        for good in ["staging", "qa-1", "a"] {
            assert!(good.parse::<EnvironmentName>().is_ok(), "{good}");
        }
        let long = "a".repeat(64);
        for bad in ["", "Staging", "1a", "-a", "a-", "a.b", "a/b", "..", &long] {
            assert!(bad.parse::<EnvironmentName>().is_err(), "{bad}");
        }
    }
}
