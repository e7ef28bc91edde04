//! What a promotion is about, as an id that survives a crash: in the trailer of its commit and in its pull request.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::release::Version;

/// The trailer of commits that landfall made for a promotion.
const TRAILER: &str = "Landfall-Intent:";
/// What the hidden line of a pull request begins and ends with.
const MARKER: (&str, &str) = ("<!-- landfall-intent: ", " -->");

/// The id of a promotion and the version that it brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    id: String,
    version: Version,
}

impl Intent {
    /// The intent to bring `version` of `app` into `environment`, which `repository` holds.
    pub fn new(app: &str, version: &Version, repository: &str, environment: &str) -> Self {
        let mut hash = Sha256::new();
        for part in [app, &version.to_string(), repository, environment] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let id = hash.finalize()[..16]
            .iter()
            .fold(String::new(), |mut text, byte| {
                use fmt::Write as _;
                // Writing to a String cannot fail.
                let _ = write!(text, "{byte:02x}");
                text
            });
        Self {
            id,
            version: version.clone(),
        }
    }

    /// The id: 32 hexadecimal digits.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The version.
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// The line for a commit message.
    pub fn trailer(&self) -> String {
        format!("{TRAILER} {}", self.id)
    }

    /// The hidden line for the body of a pull request.
    pub fn marker(&self) -> String {
        format!("{}{} {}{}", MARKER.0, self.id, self.version, MARKER.1)
    }

    /// Reads the hidden line of a body.
    pub fn of_body(body: &str) -> Option<Self> {
        body.lines().find_map(|line| {
            let inner = line.strip_prefix(MARKER.0)?.strip_suffix(MARKER.1)?;
            let (id, version) = inner.split_once(' ')?;
            Some(Self {
                id: id.to_owned(),
                version: Version::from_str(version).ok()?,
            })
        })
    }

    /// The id in the trailer of a commit message.
    pub fn id_of_commit(message: &str) -> Option<&str> {
        message
            .lines()
            .rev()
            .find_map(|line| line.strip_prefix(TRAILER))
            .map(str::trim)
    }
}

#[cfg(test)]
mod tests {
    use super::Intent;
    use crate::release::Version;

    #[test]
    fn an_intent_is_found_again() {
        let version = Version::new(1, 2, 0);
        let intent = Intent::new("shop", &version, "acme/environment-staging", "staging");
        let body = format!("Promotes shop.\n\n{}\n", intent.marker());
        assert_eq!(Intent::of_body(&body), Some(intent.clone()));
        let message = format!("chore: promote\n\n{}\n", intent.trailer());
        assert_eq!(Intent::id_of_commit(&message), Some(intent.id()));
        assert_eq!(Intent::id_of_commit("by hand"), None);
    }

    #[test]
    fn every_part_counts() {
        let one = Version::new(1, 0, 0);
        let base = Intent::new("a", &one, "r", "e");
        for other in [
            Intent::new("b", &one, "r", "e"),
            Intent::new("a", &Version::new(1, 0, 1), "r", "e"),
            Intent::new("a", &one, "s", "e"),
            Intent::new("a", &one, "r", "f"),
            Intent::new("a", &one, "re", ""),
        ] {
            assert_ne!(base.id(), other.id());
        }
    }
}
