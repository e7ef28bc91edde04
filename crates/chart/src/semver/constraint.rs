//! Constraints: `>=1.2, <2 || ~3.1`.

use std::cmp::Ordering;
use std::sync::LazyLock;

use regex::Regex;

use super::version::compare_prerelease;
use super::{SemverError, Version};

/// Longest constraint text.
pub(super) const MAX_CONSTRAINT_BYTES: usize = 512;

/// Most alternatives (`||`) of a constraint.
pub(super) const MAX_GROUPS: usize = 32;

/// Go's regular expressions, built once; `None` only if one of the literals below were broken.
struct Patterns {
    one: Regex,
    range: Regex,
    find: Regex,
    valid: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let version = concat!(
        r"v?([0-9|x|X|\*]+)(\.[0-9|x|X|\*]+)?(\.[0-9|x|X|\*]+)?",
        r"(-([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?(\+([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?"
    );
    let operators = r"=||!=|>|<|>=|=>|<=|=<|~|~>|\^";
    Some(Patterns {
        one: Regex::new(&format!(r"^\s*({operators})\s*({version})\s*$")).ok()?,
        range: Regex::new(&format!(r"\s*({version})\s+-\s+({version})\s*")).ok()?,
        find: Regex::new(&format!(r"({operators})\s*({version})")).ok()?,
        valid: Regex::new(&format!(
            r"^(\s*({operators})\s*({version})\s*)((?:\s+|,\s*)({operators})\s*({version})\s*)*$"
        ))
        .ok()?,
    })
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    TildeOrEqual,
    NotEqual,
    Greater,
    Less,
    GreaterEqual,
    LessEqual,
    Tilde,
    Caret,
}

/// One comparison.
#[derive(Debug, Clone)]
struct Comparison {
    operator: Operator,
    version: Version,
    /// The version as written.
    original: String,
    /// A part is missing or `x`.
    dirty: bool,
    minor_dirty: bool,
    patch_dirty: bool,
}

/// A parsed constraint: alternatives of comparisons that all have to hold.
#[derive(Debug, Clone)]
pub struct Constraint {
    groups: Vec<(Vec<Comparison>, bool)>,
}

impl Constraint {
    /// Parses a constraint as `semver.NewConstraint` does.
    ///
    /// # Errors
    /// Go's texts, see [`SemverError`].
    pub fn parse(text: &str) -> Result<Self, SemverError> {
        if text.len() > MAX_CONSTRAINT_BYTES {
            return Err(SemverError::ConstraintTooLong);
        }
        let patterns = PATTERNS.as_ref().ok_or(SemverError::ConstraintVersion)?;
        let text = rewrite_ranges(patterns, text);
        let alternatives: Vec<&str> = text.split("||").collect();
        if alternatives.len() > MAX_GROUPS {
            return Err(SemverError::TooManyGroups);
        }
        let groups: Result<_, _> = alternatives
            .into_iter()
            .map(|text| group(patterns, text))
            .collect();
        Ok(Self { groups: groups? })
    }

    /// Whether a version satisfies it. Prereleases do only where the alternative names one.
    pub fn check(&self, version: &Version) -> bool {
        self.groups.iter().any(|(comparisons, prereleases)| {
            comparisons.iter().all(|comparison| {
                (version.prerelease.is_empty() || *prereleases) && comparison.check(version)
            })
        })
    }
}

/// `1.2 - 1.4` is `>= 1.2, <= 1.4`.
fn rewrite_ranges(patterns: &Patterns, text: &str) -> String {
    let mut rewritten = text.to_owned();
    for found in patterns.range.captures_iter(text) {
        if let (Some(all), Some(low), Some(high)) = (found.get(0), found.get(1), found.get(11)) {
            let comparisons = format!(">= {}, <= {} ", low.as_str(), high.as_str());
            rewritten = rewritten.replacen(all.as_str(), &comparisons, 1);
        }
    }
    rewritten
}

fn group(patterns: &Patterns, text: &str) -> Result<(Vec<Comparison>, bool), SemverError> {
    if !patterns.valid.is_match(text) {
        return Err(SemverError::Improper(text.to_owned()));
    }
    let comparisons: Result<Vec<_>, _> = patterns
        .find
        .find_iter(text)
        .map(|found| comparison(patterns, found.as_str()))
        .collect();
    let comparisons = comparisons?;
    let prereleases = comparisons
        .iter()
        .any(|comparison| !comparison.version.prerelease.is_empty());
    Ok((comparisons, prereleases))
}

fn comparison(patterns: &Patterns, text: &str) -> Result<Comparison, SemverError> {
    let parts = patterns
        .one
        .captures(text)
        .ok_or_else(|| SemverError::Improper(text.to_owned()))?;
    let part = |group: usize| parts.get(group).map_or("", |part| part.as_str());
    let operator = match part(1) {
        "!=" => Operator::NotEqual,
        ">" => Operator::Greater,
        "<" => Operator::Less,
        ">=" | "=>" => Operator::GreaterEqual,
        "<=" | "=<" => Operator::LessEqual,
        "~" | "~>" => Operator::Tilde,
        "^" => Operator::Caret,
        _ => Operator::TildeOrEqual,
    };
    let open = |text: &str| matches!(text.trim_start_matches('.'), "" | "x" | "X" | "*");
    let (major, minor, patch, prerelease) = (part(3), part(4), part(5), part(6));
    let (mut dirty, mut minor_dirty, mut patch_dirty) = (true, false, false);
    let version = if open(major) {
        format!("0.0.0{prerelease}")
    } else if open(minor) {
        minor_dirty = true;
        format!("{major}.0.0{prerelease}")
    } else if open(patch) {
        patch_dirty = true;
        format!("{major}{minor}.0{prerelease}")
    } else {
        dirty = false;
        part(2).to_owned()
    };
    let version = Version::parse(&version).map_err(|_| SemverError::ConstraintVersion)?;
    Ok(Comparison {
        operator,
        version,
        original: part(2).to_owned(),
        dirty,
        minor_dirty,
        patch_dirty,
    })
}

impl Comparison {
    fn check(&self, version: &Version) -> bool {
        let wanted = &self.version;
        let order = version.compare(wanted);
        match self.operator {
            Operator::TildeOrEqual if self.dirty => self.tilde(version, order),
            Operator::TildeOrEqual => order == Ordering::Equal,
            Operator::NotEqual => self.not_equal(version, order),
            Operator::Greater if !self.dirty => order == Ordering::Greater,
            Operator::Greater => match version.major.cmp(&wanted.major) {
                Ordering::Greater => true,
                Ordering::Less => false,
                Ordering::Equal if self.minor_dirty => false,
                Ordering::Equal if self.patch_dirty => version.minor > wanted.minor,
                Ordering::Equal => order == Ordering::Greater,
            },
            Operator::Less => order == Ordering::Less,
            Operator::GreaterEqual => order != Ordering::Less,
            Operator::LessEqual if !self.dirty => order != Ordering::Greater,
            Operator::LessEqual => {
                version.major <= wanted.major
                    && !(version.major == wanted.major
                        && version.minor > wanted.minor
                        && !self.minor_dirty)
            }
            Operator::Tilde => self.tilde(version, order),
            Operator::Caret => self.caret(version, order),
        }
    }

    fn tilde(&self, version: &Version, order: Ordering) -> bool {
        let wanted = &self.version;
        if order == Ordering::Less {
            return false;
        }
        let zero = (wanted.major, wanted.minor, wanted.patch) == (0, 0, 0);
        if zero && !self.minor_dirty && !self.patch_dirty {
            return true;
        }
        version.major == wanted.major && (version.minor == wanted.minor || self.minor_dirty)
    }

    fn caret(&self, version: &Version, order: Ordering) -> bool {
        let wanted = &self.version;
        if order == Ordering::Less {
            return false;
        }
        if wanted.major > 0 || self.minor_dirty {
            return version.major == wanted.major;
        }
        if version.major > 0 {
            return false;
        }
        if wanted.minor > 0 || self.patch_dirty {
            return version.minor == wanted.minor;
        }
        version.minor == 0 && version.patch == wanted.patch
    }

    fn not_equal(&self, version: &Version, order: Ordering) -> bool {
        let wanted = &self.version;
        if !self.dirty {
            return order != Ordering::Equal;
        }
        if wanted.major != version.major {
            return true;
        }
        if self.minor_dirty {
            return false;
        }
        if wanted.minor != version.minor {
            return true;
        }
        if self.patch_dirty {
            let named = !version.prerelease.is_empty() || !wanted.prerelease.is_empty();
            return named
                && compare_prerelease(&version.prerelease, &wanted.prerelease) != Ordering::Equal;
        }
        wanted.patch != version.patch || order != Ordering::Equal
    }
}

impl std::fmt::Display for Constraint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, (comparisons, _)) in self.groups.iter().enumerate() {
            if i > 0 {
                f.write_str(" || ")?;
            }
            for (k, comparison) in comparisons.iter().enumerate() {
                let space = if k > 0 { " " } else { "" };
                write!(
                    f,
                    "{space}{}{}",
                    comparison.operator.text(),
                    comparison.original
                )?;
            }
        }
        Ok(())
    }
}

impl Operator {
    fn text(self) -> &'static str {
        match self {
            Self::TildeOrEqual => "",
            Self::NotEqual => "!=",
            Self::Greater => ">",
            Self::Less => "<",
            Self::GreaterEqual => ">=",
            Self::LessEqual => "<=",
            Self::Tilde => "~",
            Self::Caret => "^",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_of_charts() {
        for (constraint, version, expected) in [
            ("*", "1.2.3", true),
            (">=1.20", "1.20.0", true),
            (">=1.20", "1.21.0-rc1", false),
            (">=1.20-0", "1.21.0-gke.1", true),
            (">=1.25.0-0 <1.32.0", "1.31.9", true),
            (">=1.25.0-0 <1.32.0", "1.33.0", false),
            ("1.x", "1.9.9", true),
            ("1.2.x", "1.3.0", false),
            ("~1.2", "1.2.9", true),
            ("~1.2", "1.3.0", false),
            ("^0.2.3", "0.2.9", true),
            ("^0.2.3", "0.3.0", false),
            ("1.2 - 1.4", "1.4.9", true),
            ("<1 || >2", "3.0.0", true),
            ("!=1.2.x", "1.2.5", false),
            ("> 1.2", "1.2.9", false),
            ("<=1.2", "1.2.9", true),
        ] {
            let parsed = Constraint::parse(constraint).unwrap();
            assert_eq!(
                parsed.check(&Version::parse(version).unwrap()),
                expected,
                "{constraint} {version}"
            );
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [">=x.y", "", "||"] {
            let refused = text.split("||").next().unwrap_or_default();
            let error = Constraint::parse(text).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("improper constraint: \"{refused}\"")
            );
        }
    }
}
