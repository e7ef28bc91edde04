//! A version and its order.

use std::cmp::Ordering;
use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

use super::SemverError;

/// Longest version text.
pub(super) const MAX_VERSION_BYTES: usize = 256;

static VERSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^v?([0-9]+)(\.[0-9]+)?(\.[0-9]+)?",
        r"(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$"
    ))
    .ok()
});

/// A version; missing parts are 0, a leading `v` is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Version {
    /// First number.
    pub major: u64,
    /// Second number.
    pub minor: u64,
    /// Third number.
    pub patch: u64,
    /// What follows `-`.
    pub prerelease: String,
    /// What follows `+`.
    pub metadata: String,
    /// The text it was parsed from.
    pub original: String,
}

impl Version {
    /// Parses a version as `semver.NewVersion` does.
    ///
    /// # Errors
    /// Go's texts, see [`SemverError`].
    pub fn parse(text: &str) -> Result<Self, SemverError> {
        if text.len() > MAX_VERSION_BYTES {
            return Err(SemverError::TooLong);
        }
        let parts = VERSION
            .as_ref()
            .and_then(|regex| regex.captures(text))
            .ok_or(SemverError::Invalid)?;
        let number = |group: usize| match parts.get(group) {
            None => Ok(0),
            Some(part) => {
                let digits = part.as_str().trim_start_matches('.');
                digits
                    .parse()
                    .map_err(|_| SemverError::OutOfRange(digits.to_owned()))
            }
        };
        let text_of = |group: usize| {
            parts
                .get(group)
                .map_or_else(String::new, |part| part.as_str().to_owned())
        };
        let prerelease = text_of(4);
        let numeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if prerelease
            .split('.')
            .any(|part| part.len() > 1 && part.starts_with('0') && numeric(part))
        {
            return Err(SemverError::LeadingZero);
        }
        Ok(Self {
            major: number(1)?,
            minor: number(2)?,
            patch: number(3)?,
            prerelease,
            metadata: text_of(5),
            original: text.to_owned(),
        })
    }

    /// Parses a version that has all three numbers and no `v`, as `semver.StrictNewVersion` does.
    ///
    /// # Errors
    /// As [`Version::parse`].
    pub fn parse_strict(text: &str) -> Result<Self, SemverError> {
        let core = text.split(['-', '+']).next().unwrap_or(text);
        let parts: Vec<&str> = core.split('.').collect();
        let is_number = |part: &&str| {
            part.bytes().all(|byte| byte.is_ascii_digit())
                && (part.len() == 1 || !part.starts_with('0'))
        };
        if parts.len() == 3 && parts.iter().all(is_number) {
            Self::parse(text)
        } else {
            Err(SemverError::Invalid)
        }
    }

    /// The order of versions; metadata does not count, so equal order is not equality.
    pub fn compare(&self, other: &Self) -> Ordering {
        (self.major, self.minor, self.patch)
            .cmp(&(other.major, other.minor, other.patch))
            .then_with(
                || match (self.prerelease.is_empty(), other.prerelease.is_empty()) {
                    (true, true) => Ordering::Equal,
                    (true, false) => Ordering::Greater,
                    (false, true) => Ordering::Less,
                    (false, false) => compare_prerelease(&self.prerelease, &other.prerelease),
                },
            )
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.prerelease.is_empty() {
            write!(f, "-{}", self.prerelease)?;
        }
        if !self.metadata.is_empty() {
            write!(f, "+{}", self.metadata)?;
        }
        Ok(())
    }
}

/// Part by part: numbers as numbers, numbers before words, fewer parts first.
pub(super) fn compare_prerelease(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let (part_a, part_b) = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (part_a, part_b) => (part_a.unwrap_or_default(), part_b.unwrap_or_default()),
        };
        let order = match (part_a.is_empty(), part_b.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => match (part_a.parse::<u64>(), part_b.parse::<u64>()) {
                (Ok(a), Ok(b)) => a.cmp(&b),
                (Ok(_), Err(_)) => Ordering::Less,
                (Err(_), Ok(_)) => Ordering::Greater,
                (Err(_), Err(_)) => part_a.cmp(part_b),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for (text, expected) in [
            ("1.2.3", Ok("1.2.3")),
            ("v1.2", Ok("1.2.0")),
            ("1", Ok("1.0.0")),
            ("01.02", Ok("1.2.0")),
            ("1.2.3-rc.1+build.5", Ok("1.2.3-rc.1+build.5")),
            ("1.2.3-01", Err(SemverError::LeadingZero)),
            ("one", Err(SemverError::Invalid)),
            ("1.2.3.4", Err(SemverError::Invalid)),
            ("", Err(SemverError::Invalid)),
        ] {
            assert_eq!(
                Version::parse(text).map(|version| version.to_string()),
                expected.map(str::to_owned),
                "{text}"
            );
        }
    }

    #[test]
    fn strict_versions_have_three_numbers() {
        for (text, expected) in [
            ("1.2.3-rc.1+build.5", true),
            ("v1.2.3", false),
            ("1.2", false),
            ("1.02.3", false),
            ("1.2.", false),
            ("latest", false),
        ] {
            assert_eq!(Version::parse_strict(text).is_ok(), expected, "{text}");
        }
    }

    #[test]
    fn order() {
        let ascending = [
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0",
            "1.0.1",
        ];
        for pair in ascending.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|text| Version::parse(text).unwrap());
            assert_eq!(a.compare(&b), Ordering::Less, "{a} {b}");
        }
    }
}
