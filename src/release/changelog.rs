//! The changelog of a release, grouped as jx groups it (source: jenkins-x-plugins/jx-changelog, pkg/gits/changelog.go).

use serde::Serialize;

use super::ConventionalCommit;

/// The groups in their order: commit type, heading.
const GROUPS: &[(&str, &str)] = &[
    ("feat", "New Features"),
    ("fix", "Bug Fixes"),
    ("perf", "Performance Improvements"),
    ("refactor", "Code Refactoring"),
    ("docs", "Documentation"),
    ("test", "Tests"),
    ("revert", "Reverts"),
    ("style", "Styles"),
    ("chore", "Chores"),
];

const BREAKING: &str = "BREAKING CHANGES";
const OTHER: &str = "Other Changes";

/// What is in a release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Changelog {
    /// The groups that have entries, in the order of jx.
    pub sections: Vec<Section>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// One line per commit, newest first.
    pub entries: Vec<String>,
}

impl Changelog {
    /// Groups commits, given as `(id, message, author)`, newest first.
    pub fn new<'a>(commits: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>) -> Self {
        let mut sections: Vec<Section> = std::iter::once(BREAKING)
            .chain(GROUPS.iter().map(|(_, title)| *title))
            .chain([OTHER])
            .map(|title| Section {
                title: title.to_owned(),
                entries: Vec::new(),
            })
            .collect();
        for (id, message, author) in commits {
            let commit = ConventionalCommit::parse(message);
            let short = id.get(..7).unwrap_or(id);
            let scope = commit
                .scope
                .as_deref()
                .map(|scope| format!("**{scope}:** "))
                .unwrap_or_default();
            // Scope and author are as foreign as the text.
            let entry = |text: &str| one_line(&format!("{scope}{text} ({author}, {short})"));
            if let Some(breaking) = &commit.breaking {
                sections[0].entries.push(entry(breaking));
            }
            let group = GROUPS
                .iter()
                .position(|(kind, _)| commit.kind.as_deref() == Some(*kind));
            let index = group.map_or(sections.len() - 1, |group| group + 1);
            sections[index].entries.push(entry(&commit.description));
        }
        sections.retain(|section| !section.entries.is_empty());
        Self { sections }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// As Markdown, under a heading with the version.
    pub fn markdown(&self, version: &str) -> String {
        let mut text = format!("## {version}\n");
        for section in &self.sections {
            text.extend(["\n### ", &section.title, "\n\n"]);
            for entry in &section.entries {
                text.extend(["* ", entry, "\n"]);
            }
        }
        if self.is_empty() {
            text.push_str("\nNo changes.\n");
        }
        text
    }
}

/// A text of several lines as one, without control characters: commit messages come from anyone.
fn one_line(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Changelog;

    #[test]
    fn commits_are_grouped_in_the_order_of_jx() {
        let changelog = Changelog::new([
            ("1111111aaa", "Merge x", "Ada"),
            ("2222222bbb", "fix(gateway): hold\u{1b}[31m", "Bob"),
            ("3333333ccc", "feat!: serve", "Ada"),
        ]);
        insta::assert_snapshot!(changelog.markdown("1.0.0"), @"
        ## 1.0.0

        ### BREAKING CHANGES

        * serve (Ada, 3333333)

        ### New Features

        * serve (Ada, 3333333)

        ### Bug Fixes

        * **gateway:** hold[31m (Bob, 2222222)

        ### Other Changes

        * Merge x (Ada, 1111111)
        ");
    }

    #[test]
    fn no_part_of_a_commit_brings_control_characters_or_lines() {
        let changelog = Changelog::new([("1111111aaa", "fix(a\u{1b}[2J\rb): c\rd", "Ada\u{7}\n")]);
        assert_eq!(
            changelog.sections[0].entries,
            ["**a[2J b:** c d (Ada , 1111111)"]
        );
    }

    #[test]
    fn an_empty_one_says_so() {
        assert_eq!(
            Changelog::new([]).markdown("1.0.0"),
            "## 1.0.0\n\nNo changes.\n"
        );
    }
}
