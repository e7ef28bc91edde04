//! The difference between two texts, as `git diff` shows it.

use similar::TextDiff;

/// A unified diff of one file with three lines around each change; nothing for equal texts. `before` is `None` for a new file.
pub fn unified_diff(path: &str, before: Option<&str>, after: &str) -> String {
    if before == Some(after) {
        return String::new();
    }
    let old = match before {
        Some(_) => format!("a/{path}"),
        None => "/dev/null".to_owned(),
    };
    TextDiff::from_lines(before.unwrap_or_default(), after)
        .unified_diff()
        .context_radius(3)
        .header(&old, &format!("b/{path}"))
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::unified_diff;

    #[test]
    fn changes_are_shown_with_what_is_around_them() {
        let before = "a\nb\nc\nd\ne\nf\n";
        let after = before.replace('e', "E");
        assert_eq!(
            unified_diff("x", Some(before), &after),
            "--- a/x\n+++ b/x\n@@ -2,5 +2,5 @@\n b\n c\n d\n-e\n+E\n f\n"
        );
        assert_eq!(unified_diff("x", Some(before), before), "");
        assert!(unified_diff("x", None, "a\n").starts_with("--- /dev/null\n+++ b/x\n"));
    }
}
