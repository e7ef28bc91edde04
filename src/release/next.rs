//! The next version, as jx-release-version's `auto` finds it: from the latest tag and the commits since
//! (source: jenkins-x-plugins/jx-release-version, strategies `auto` and `semantic`).

use std::fmt;

use serde::Serialize;

use super::{Bump, ConventionalCommit, Version};

/// What the next release is called, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextVersion {
    /// The version.
    pub version: Version,
    /// The version it follows.
    pub previous: Option<Version>,
    /// Why this one.
    pub because: Reason,
}

/// Why a version is the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "reason")]
pub enum Reason {
    /// There is no release yet.
    First,
    /// This commit was released already.
    Released,
    /// The commit with the greatest effect since the last release.
    Commit {
        /// Its headline.
        headline: String,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::First => formatter.write_str("there is no release yet"),
            Self::Released => formatter.write_str("this commit is released already"),
            Self::Commit { headline } => write!(formatter, "\"{headline}\""),
        }
    }
}

/// The version after `previous`, given the messages since then, newest first.
///
/// Without a release the first is 0.0.1, as jx has it. Without a commit since the release it is that release again, so
/// that a pipeline that runs twice on one commit converges.
pub fn next_version(previous: Option<Version>, messages: &[String]) -> NextVersion {
    let Some(previous) = previous else {
        return NextVersion {
            version: Version::new(0, 0, 1),
            previous: None,
            because: Reason::First,
        };
    };
    let greatest = messages
        .iter()
        .map(|message| (ConventionalCommit::parse(message).bump(), message))
        .reduce(|greatest, next| if next.0 > greatest.0 { next } else { greatest });
    let Some((bump, message)) = greatest else {
        return NextVersion {
            version: previous.clone(),
            previous: Some(previous),
            because: Reason::Released,
        };
    };
    let version = match bump {
        Bump::Major => previous.next_major(),
        Bump::Minor => previous.next_minor(),
        Bump::Patch => previous.next_patch(),
    };
    let headline = message.lines().next().unwrap_or_default().to_owned();
    NextVersion {
        version,
        previous: Some(previous),
        because: Reason::Commit { headline },
    }
}

#[cfg(test)]
mod tests {
    use super::{Reason, Version, next_version};

    fn next(previous: &str, messages: &[&str]) -> String {
        let messages: Vec<String> = messages.iter().map(ToString::to_string).collect();
        next_version(previous.parse().ok(), &messages)
            .version
            .to_string()
    }

    #[test]
    fn the_greatest_effect_decides() {
        assert_eq!(next("1.2.3", &["fix: a", "feat: b", "c"]), "1.3.0");
        assert_eq!(next("1.2.3", &["fix: a", "x"]), "1.2.4");
        assert_eq!(next("1.2.3", &["feat: a", "fix!: b"]), "2.0.0");
    }

    #[test]
    fn the_first_release_and_a_rerun() {
        assert_eq!(next("", &["feat: a"]), "0.0.1");
        assert_eq!(next("1.2.3", &[]), "1.2.3");
        assert_eq!(
            next_version(Some(Version::new(1, 2, 3)), &[]).because,
            Reason::Released
        );
    }
}
