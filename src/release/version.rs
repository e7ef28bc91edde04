//! Semantic versions (<https://semver.org>), and the tags that carry them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::failure::{Exit, Explain, Kind};

/// What a tag puts before the version.
pub(crate) const TAG_PREFIX: &str = "v";

/// A semantic version. Ordered by precedence, so that 1.10.0 is above 1.9.0 and 1.0.0-rc.1 below 1.0.0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version(semver::Version);

/// A text that is no semantic version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is no version: {why}")]
pub struct BadVersion {
    text: String,
    why: String,
}

impl Explain for BadVersion {
    fn kind(&self) -> Kind {
        Kind::User
    }

    fn exit(&self) -> Exit {
        Exit::Usage
    }

    fn hints(&self) -> Vec<String> {
        vec!["a version looks like 1.2.3 or 1.2.3-rc.1".to_owned()]
    }
}

impl Version {
    /// `major.minor.patch`.
    pub fn new(major: u64, minor: u64, patch: u64) -> Self {
        Self(semver::Version::new(major, minor, patch))
    }

    /// The version that a tag names, with or without a leading `v`; `None` for other tags.
    pub fn from_tag(tag: &str) -> Option<Self> {
        tag.strip_prefix(TAG_PREFIX).unwrap_or(tag).parse().ok()
    }

    /// The tag of this version: `v1.2.3`.
    pub fn tag(&self) -> String {
        format!("{TAG_PREFIX}{}", self.0)
    }

    /// Whether it is a pre-release such as `1.2.3-rc.1`.
    pub fn is_prerelease(&self) -> bool {
        !self.0.pre.is_empty()
    }

    /// The next one with a higher major number.
    #[must_use]
    pub fn next_major(&self) -> Self {
        Self::new(self.0.major.saturating_add(1), 0, 0)
    }

    /// The next one with a higher minor number.
    #[must_use]
    pub fn next_minor(&self) -> Self {
        Self::new(self.0.major, self.0.minor.saturating_add(1), 0)
    }

    /// The next one with a higher patch number; a pre-release becomes the release itself.
    #[must_use]
    pub fn next_patch(&self) -> Self {
        let step = u64::from(!self.is_prerelease());
        Self::new(
            self.0.major,
            self.0.minor,
            self.0.patch.saturating_add(step),
        )
    }
}

impl FromStr for Version {
    type Err = BadVersion;

    fn from_str(text: &str) -> Result<Self, BadVersion> {
        semver::Version::parse(text)
            .map(Self)
            .map_err(|error| BadVersion {
                text: text.to_owned(),
                why: error.to_string(),
            })
    }
}

impl TryFrom<String> for Version {
    type Error = BadVersion;

    fn try_from(text: String) -> Result<Self, BadVersion> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Version;

    #[test]
    fn a_prerelease_is_followed_by_its_release() {
        let version: Version = "1.2.3-rc.1".parse().unwrap();
        assert_eq!(version.next_patch().to_string(), "1.2.3");
        assert_eq!(version.next_patch().next_patch().to_string(), "1.2.4");
    }

    #[test]
    fn a_text_that_is_no_version_is_named() {
        let error = "1.2".parse::<Version>().unwrap_err().to_string();
        assert!(error.starts_with("\"1.2\" is no version: "), "{error}");
    }

    proptest! {
        #[test]
        fn each_next_version_is_higher(major in 0..u64::from(u32::MAX), minor in 0..u64::from(u32::MAX), patch in 0..u64::from(u32::MAX)) {
            let version = Version::new(major, minor, patch);
            prop_assert!(version < version.next_patch());
            prop_assert!(version.next_patch() < version.next_minor());
            prop_assert!(version.next_minor() < version.next_major());
        }

        #[test]
        fn a_tag_leads_back_to_its_version(major in 0u64..99, minor in 0u64..99, patch in 0u64..99) {
            let version = Version::new(major, minor, patch);
            prop_assert_eq!(Version::from_tag(&version.tag()), Some(version));
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in ".*") {
            let _ = Version::from_tag(&text);
        }
    }
}
