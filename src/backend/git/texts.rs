//! Merges of three texts by libgit2, which has git's own algorithm.

use std::path::Path;

use git2::{MergeFileInput, MergeFileOptions};

use super::ObjectDatabase;
use crate::ports::git::GitError;
use crate::ports::packs::{MergedText, TextMerge, ThreeTexts};

impl TextMerge for ObjectDatabase {
    fn merge(&self, texts: &ThreeTexts<'_>) -> Result<MergedText, GitError> {
        let fail = |error| super::objects::failed("merge", Path::new("texts"), error);
        // Merging texts alone does not start the library, and fails without a word when nothing else has.
        git2::Config::new().map_err(fail)?;
        let (base, ours, theirs) = (input(texts.base), input(texts.ours), input(texts.theirs));
        let mut options = MergeFileOptions::new();
        options
            .our_label(texts.labels.0)
            .their_label(texts.labels.1);
        let merged = git2::merge_file(&base, &ours, &theirs, Some(&mut options)).map_err(fail)?;
        Ok(MergedText {
            text: String::from_utf8_lossy(merged.content()).into_owned(),
            has_conflicts: !merged.is_automergeable(),
        })
    }
}

fn input(text: &str) -> MergeFileInput<'_> {
    let mut input = MergeFileInput::new();
    input.content(text.as_bytes());
    input
}

#[cfg(test)]
mod tests {
    use super::{MergedText, ObjectDatabase, TextMerge, ThreeTexts};

    fn merged(base: &str, ours: &str, theirs: &str) -> MergedText {
        let labels = ("yours", "the pack's");
        ObjectDatabase
            .merge(&ThreeTexts {
                base,
                ours,
                theirs,
                labels,
            })
            .unwrap()
    }

    #[test]
    fn changes_of_both_sides_are_kept_and_overlaps_are_marked() {
        let base = "a\nb\nc\nd\ne\nf\ng\n";
        let both = merged(base, "A\nb\nc\nd\ne\nf\ng\n", "a\nb\nc\nd\ne\nf\nG");
        assert_eq!(both.text, "A\nb\nc\nd\ne\nf\nG");
        assert!(!both.has_conflicts);
        let clash = merged("a\n", "b\n", "c\n");
        assert_eq!(
            clash.text,
            "<<<<<<< yours\nb\n=======\nc\n>>>>>>> the pack's\n"
        );
        assert!(clash.has_conflicts);
        assert!(!merged("a\n", "b\n", "b\n").has_conflicts);
    }
}
