//! .helmignore (`pkg/ignore`): shell patterns, the first one that matches decides.

use crate::Error;
use crate::glob::{BadPattern, path_match};

/// One line of the file.
#[derive(Debug)]
struct Rule {
    pattern: String,
    /// Ignores everything that does *not* match.
    negated: bool,
    folders_only: bool,
    /// Compared with the whole relative path, not with the last part.
    whole_path: bool,
}

/// The rules of a chart folder.
#[derive(Debug, Default)]
pub(crate) struct Rules(Vec<Rule>);

impl Rules {
    /// Parses a .helmignore; Helm's own rule for hidden files in templates comes last.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let mut rules = Self::default();
        for line in text.strip_prefix('\u{FEFF}').unwrap_or(text).lines() {
            rules.add(line)?;
        }
        rules.add("templates/.?*")?;
        Ok(rules)
    }

    fn add(&mut self, line: &str) -> Result<(), Error> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        if line.contains("**") {
            return Err(Error::other("double-star (**) syntax is not supported"));
        }
        path_match(line, "abc").map_err(|error: BadPattern| Error::other(error.to_string()))?;
        let (negated, line) = line
            .strip_prefix('!')
            .map_or((false, line), |rest| (true, rest));
        let (folders_only, line) = line
            .strip_suffix('/')
            .map_or((false, line), |rest| (true, rest));
        let (anchored, line) = line
            .strip_prefix('/')
            .map_or((false, line), |rest| (true, rest));
        let whole_path = anchored || line.contains('/');
        self.0.push(Rule {
            pattern: line.to_owned(),
            negated,
            folders_only,
            whole_path,
        });
        Ok(())
    }

    /// Whether a file or folder is left out; `path` is relative to the chart, with `/`.
    pub(crate) fn ignores(&self, path: &str, is_folder: bool) -> bool {
        for rule in &self.0 {
            let subject = if rule.whole_path {
                path
            } else {
                path.rsplit('/').next().unwrap_or(path)
            };
            let matches = path_match(&rule.pattern, subject).unwrap_or(false);
            let applies = is_folder || !rule.folders_only;
            if rule.negated {
                if !applies || !matches {
                    return true;
                }
            } else if applies && matches {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        let rules = Rules::parse("# comment\n*.txt\n/top\nci/\ndocs/*.md\n").unwrap();
        for (path, folder, ignored) in [
            ("a.txt", false, true),
            ("deep/a.txt", false, true),
            ("top", false, true),
            ("deep/top", false, false),
            ("ci", true, true),
            ("ci", false, false),
            ("docs/a.md", false, true),
            ("docs/deep/a.md", false, false),
            ("templates/.hidden", false, true),
            ("templates/x.yaml", false, false),
        ] {
            assert_eq!(rules.ignores(path, folder), ignored, "{path}");
        }
    }

    #[test]
    fn negation_ignores_the_rest() {
        let rules = Rules::parse("!*.yaml\n").unwrap();
        assert!(rules.ignores("a.txt", false));
        assert!(!rules.ignores("a.yaml", false));
    }

    #[test]
    fn double_stars_are_refused() {
        assert_eq!(
            Rules::parse("a/**\n").unwrap_err().to_string(),
            "double-star (**) syntax is not supported"
        );
    }
}
