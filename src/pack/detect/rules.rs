//! Detection rules that a pack brings along, for languages that this program has no detector for.

use serde::{Deserialize, Serialize};

use crate::project::Folder;

use super::finding::{Finding, score};

/// `detect:` in a pack: files of which one has to be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DetectRule {
    /// The pack; filled in by the catalog.
    #[serde(skip)]
    pub pack: String,
    /// File names, or `*.suffix`, looked for directly in the folder.
    #[serde(default)]
    pub files: Vec<String>,
    /// What such a file says, as a fragment.
    #[serde(default)]
    pub because: String,
}

impl DetectRule {
    pub(super) fn apply(&self, folder: &Folder<'_>) -> Option<Finding> {
        let found = self
            .files
            .iter()
            .find_map(|pattern| match pattern.strip_prefix('*') {
                Some(suffix) => folder.with_suffix(suffix),
                None => folder.has(pattern).then_some(pattern.as_str()),
            })?;
        let because = if self.because.is_empty() {
            format!("is what the pack {} looks for", self.pack)
        } else {
            self.because.clone()
        };
        Some(Finding::new(&self.pack, score::APP, folder, found, because))
    }
}

#[cfg(test)]
mod tests {
    use super::DetectRule;
    use crate::project::Project;

    #[test]
    fn a_rule_finds_names_and_suffixes() {
        let rule = DetectRule {
            pack: "crystal".to_owned(),
            files: vec!["shard.yml".to_owned(), "*.cr".to_owned()],
            because: String::new(),
        };
        for (path, found) in [
            ("shard.yml", true),
            ("a.cr", true),
            ("src/a.cr", false),
            ("b", false),
        ] {
            let project = Project::in_memory("x", [(path, "")]);
            assert_eq!(rule.apply(&project.top()).is_some(), found, "{path}");
        }
    }
}
