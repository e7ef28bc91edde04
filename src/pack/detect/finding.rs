//! What a detector answers with: the pack, how sure it is, and the files and lines that made it so.

use serde::Serialize;

use crate::project::Folder;

/// One reason, with the place it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The file, relative to the repository.
    pub path: String,
    /// The line, counted from 1, where one line says it.
    pub line: Option<usize>,
    /// What it says, as a fragment: `declares a module`.
    pub because: String,
}

/// How much a folder looks like something to run. The order is the order of certainty.
pub mod score {
    /// A build file that describes an application.
    pub const APP: u8 = 90;
    /// A build file with sources, but nothing in it that runs.
    pub const LIBRARY: u8 = 60;
    /// The least that decides.
    pub const DECIDES: u8 = 50;
    /// A build file that serves another purpose, such as tools or documentation.
    pub const HELPER: u8 = 30;
}

/// A detector's answer for one folder.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The name of the pack.
    pub pack: String,
    /// From 0 to 100; see [`score`].
    pub score: u8,
    /// Why, the strongest reason first.
    pub evidence: Vec<Evidence>,
    /// The folders of the applications, where this folder only binds them together; relative to the repository.
    pub members: Vec<String>,
    /// What the framework listens on when nobody says otherwise, with the framework's name.
    pub default_port: Option<(u16, &'static str)>,
    /// Whether nothing here listens by itself: a front end that is built into files, a library, a command line program.
    pub serves: bool,
}

impl Finding {
    /// A finding with one reason: the whole file `name` of `folder`.
    pub fn new(
        pack: &str,
        score: u8,
        folder: &Folder<'_>,
        name: &str,
        because: impl Into<String>,
    ) -> Self {
        Self {
            pack: pack.to_owned(),
            score,
            evidence: vec![Evidence {
                path: folder.in_project(name),
                line: None,
                because: because.into(),
            }],
            members: Vec::new(),
            default_port: None,
            serves: true,
        }
    }

    /// Adds a reason: the first line of `name` that holds `needle`.
    #[must_use]
    pub fn line(
        mut self,
        folder: &Folder<'_>,
        name: &str,
        needle: &str,
        because: impl Into<String>,
    ) -> Self {
        let line = folder.read(name).and_then(|text| line_of(&text, needle));
        self.evidence.push(Evidence {
            path: folder.in_project(name),
            line,
            because: because.into(),
        });
        self
    }

    /// Sets the port of the framework.
    #[must_use]
    pub fn port(mut self, port: u16, framework: &'static str) -> Self {
        self.default_port = Some((port, framework));
        self
    }

    /// Says that nothing here listens.
    #[must_use]
    pub fn silent(mut self) -> Self {
        self.serves = false;
        self
    }
}

/// The number of the first line that holds `needle`.
pub(super) fn line_of(text: &str, needle: &str) -> Option<usize> {
    text.lines()
        .position(|line| line.contains(needle))
        .map(|index| index + 1)
}

/// The first of `frameworks` whose key stands in `text` as a whole word, with its port and name.
pub(super) fn framework_in<'t>(
    text: &str,
    frameworks: &'t [(&'static str, u16, &'static str)],
) -> Option<&'t (&'static str, u16, &'static str)> {
    frameworks.iter().find(|(key, _, _)| has_word(text, key))
}

/// Whether `word` stands in `text` with no letter, digit, `-` or `_` on either side.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.match_indices(word).any(|(start, _)| {
        let end = start + word.len();
        !text[..start].ends_with(part) && !text[end..].starts_with(part)
    })
}

#[cfg(test)]
mod tests {
    use super::{has_word, line_of};

    #[test]
    fn words_and_lines_are_found() {
        assert!(
            has_word("\"next\": \"1\"", "next")
                && !has_word("next-auth", "next")
                && !has_word("xnext", "next")
        );
        assert_eq!(line_of("a\nb\n", "b"), Some(2));
        assert_eq!(line_of("a", "b"), None);
    }
}
