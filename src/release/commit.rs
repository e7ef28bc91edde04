//! Conventional commits, version 1.0.0 (<https://www.conventionalcommits.org/en/v1.0.0/>).

/// How much a commit raises the version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// A fix, or anything that says nothing else.
    Patch,
    /// A feature.
    Minor,
    /// Something that breaks.
    Major,
}

/// A commit message, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConventionalCommit {
    /// `feat`, `fix`, in lower case; `None` when the message follows no convention.
    pub kind: Option<String>,
    /// What is in the brackets.
    pub scope: Option<String>,
    /// The headline without type and scope.
    pub description: String,
    /// What breaks, when something does: the text of the footer, or the description.
    pub breaking: Option<String>,
}

impl ConventionalCommit {
    /// Reads a whole message; the convention is optional.
    pub fn parse(message: &str) -> Self {
        let headline = message.lines().next().unwrap_or_default().trim();
        let footer = breaking_footer(message);
        let Some((kind, scope, mark, description)) = split_headline(headline) else {
            return Self {
                kind: None,
                scope: None,
                description: headline.to_owned(),
                breaking: footer,
            };
        };
        Self {
            kind: Some(kind.to_ascii_lowercase()),
            scope: scope.map(str::to_owned),
            description: description.to_owned(),
            breaking: footer.or_else(|| mark.then(|| description.to_owned())),
        }
    }

    /// How much it raises the version.
    pub fn bump(&self) -> Bump {
        match (&self.breaking, self.kind.as_deref()) {
            (Some(_), _) => Bump::Major,
            (None, Some("feat")) => Bump::Minor,
            _ => Bump::Patch,
        }
    }
}

/// `type(scope)!: description` in its parts; the flag is the exclamation mark.
fn split_headline(headline: &str) -> Option<(&str, Option<&str>, bool, &str)> {
    let (prefix, description) = headline.split_once(": ")?;
    let (prefix, mark) = prefix
        .strip_suffix('!')
        .map_or((prefix, false), |prefix| (prefix, true));
    let (kind, scope) = match prefix.split_once('(') {
        Some((kind, rest)) => (kind, Some(rest.strip_suffix(')')?)),
        None => (prefix, None),
    };
    let is_word = !kind.is_empty() && kind.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let description = description.trim();
    (is_word && !description.is_empty()).then_some((
        kind,
        scope.filter(|scope| !scope.is_empty()),
        mark,
        description,
    ))
}

/// The text of a `BREAKING CHANGE:` or `BREAKING-CHANGE:` footer, to the end of its paragraph.
fn breaking_footer(message: &str) -> Option<String> {
    let mut lines = message
        .lines()
        .skip(1)
        .skip_while(|line| footer_text(line).is_none());
    let first = footer_text(lines.next()?)?;
    let rest = lines.take_while(|line| !line.trim().is_empty());
    Some(
        std::iter::once(first)
            .chain(rest)
            .map(str::trim)
            .collect::<Vec<_>>()
            .join(" "),
    )
}

fn footer_text(line: &str) -> Option<&str> {
    ["BREAKING CHANGE: ", "BREAKING-CHANGE: "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Bump, ConventionalCommit};

    #[test]
    fn headlines_are_taken_apart() {
        let commit = ConventionalCommit::parse("feat(gateway)!: hold requests\n\nbody\n");
        assert_eq!(commit.kind.as_deref(), Some("feat"));
        assert_eq!(commit.scope.as_deref(), Some("gateway"));
        assert_eq!(commit.description, "hold requests");
        assert_eq!(commit.breaking.as_deref(), Some("hold requests"));
    }

    #[test]
    fn what_follows_no_convention_stays_whole() {
        for headline in [
            "Merge pull request #1 from x",
            "see https://x.y: z",
            "feat(x: y",
            "feat: ",
            "a b: c",
            ": x",
        ] {
            let commit = ConventionalCommit::parse(headline);
            assert_eq!(
                (commit.kind, commit.description.as_str()),
                (None, headline.trim()),
                "{headline}"
            );
        }
    }

    #[test]
    fn a_footer_breaks_whatever_the_type() {
        let commit = ConventionalCommit::parse(
            "fix: x\n\ntext\n\nBREAKING CHANGE: the port\nmoved\n\nRefs: #1",
        );
        assert_eq!(commit.breaking.as_deref(), Some("the port moved"));
        assert_eq!(commit.bump(), Bump::Major);
    }

    #[test]
    fn bumps_follow_the_type() {
        for (message, bump) in [
            ("feat: a", Bump::Minor),
            ("FEAT: a", Bump::Minor),
            ("fix: a", Bump::Patch),
            ("x", Bump::Patch),
            ("chore!: a", Bump::Major),
        ] {
            assert_eq!(ConventionalCommit::parse(message).bump(), bump, "{message}");
        }
    }

    proptest! {
        #[test]
        fn any_message_is_read_without_a_panic(message in ".*") {
            let _ = ConventionalCommit::parse(&message);
        }
    }
}
