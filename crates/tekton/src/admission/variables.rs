//! References to variables in single texts (`pkg/substitution/substitution.go`).

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::FieldErrors;
use crate::text::{Reference, references, trim_indexes};

/// Names of known variables.
pub(super) type Names = BTreeSet<String>;

/// A set of names.
pub(super) fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> Names {
    names.into_iter().map(str::to_owned).collect()
}

/// The variable that each reference names: in dot form what stands before the first dot, at most two parts.
fn variables<'a>(
    found: &[Reference<'a>],
    text: &str,
    prefix: &str,
) -> Result<Vec<&'a str>, FieldErrors> {
    found
        .iter()
        .map(|reference| {
            if !reference.dotted {
                return Ok(reference.name);
            }
            let mut parts = reference.name.split('.');
            let first = parts.next().unwrap_or_default();
            if parts.count() > 1 {
                // Prefixes are written with escaped dots in Tekton, and so its message shows them.
                let prefix = prefix.replace('.', "\\.");
                return Err(FieldErrors::new(
                    format!(
                        "Invalid referencing of parameters in \"{text}\"! Only two dot-separated components after the prefix \"{prefix}\" are allowed."
                    ),
                    &[""],
                ));
            }
            Ok(first)
        })
        .collect()
}

/// The variables that a text refers to.
///
/// # Errors
/// A reference in dot form with more than two parts.
pub(super) fn variables_in<'a>(text: &'a str, prefix: &str) -> Result<Vec<&'a str>, FieldErrors> {
    variables(&references(text, prefix), text, prefix)
}

/// Refuses references to variables that are not known.
pub(super) fn no_unknown(text: &str, prefix: &str, known: &Names) -> FieldErrors {
    match variables_in(text, prefix) {
        Err(errors) => errors,
        Ok(found)
            if found
                .iter()
                .any(|name| !known.contains(&trim_indexes(name))) =>
        {
            FieldErrors::new(format!("non-existent variable in {}", quoted(text)), &[""])
        }
        Ok(_) => FieldErrors::none(),
    }
}

/// Refuses references to these variables but for their items.
pub(super) fn no_prohibited(text: &str, prefix: &str, prohibited: &Names) -> FieldErrors {
    match variables_in(text, prefix) {
        Err(errors) => errors,
        Ok(found) => refuse_whole(&found, text, prohibited),
    }
}

/// Refuses references to these variables as a whole; their keys and items are fine.
pub(super) fn no_entire(text: &str, prefix: &str, prohibited: &Names) -> FieldErrors {
    let found = references(text, prefix);
    let names: Vec<_> = found.iter().map(|reference| reference.name).collect();
    refuse_whole(&names, text, prohibited)
}

fn refuse_whole(found: &[&str], text: &str, prohibited: &Names) -> FieldErrors {
    let is_whole = |name: &&str| prohibited.contains(name.strip_suffix("[*]").unwrap_or(name));
    if found.iter().any(is_whole) {
        return FieldErrors::new(format!("variable type invalid in {}", quoted(text)), &[""]);
    }
    FieldErrors::none()
}

/// Refuses a text in which one of these variables does not stand alone.
pub(super) fn isolated(text: &str, prefix: &str, lists: &Names) -> FieldErrors {
    let found = references(text, prefix);
    let variables = match variables(&found, text, prefix) {
        Ok(variables) => variables,
        Err(errors) => return errors,
    };
    let stands_alone = found
        .first()
        .is_some_and(|first| first.whole.len() == text.len());
    let is_list = |name: &&str| lists.contains(name.strip_suffix("[*]").unwrap_or(name));
    if variables.iter().any(is_list) && !stands_alone {
        return FieldErrors::new(
            format!("variable is not properly isolated in {}", quoted(text)),
            &[""],
        );
    }
    FieldErrors::none()
}

/// Whether a text is nothing but a reference to a whole list or map: `^\$\((params\.NAME\[\*\]|...)\)$`.
pub(super) fn is_whole_reference(text: &str, prefix: &str) -> bool {
    let found = references(text, prefix);
    found.first().is_some_and(|first| {
        first.whole == text
            && first.name.strip_suffix("[*]").is_some_and(|name| {
                !name.is_empty()
                    && name
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
            })
    })
}

/// Go's `%q`.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{b}' => quoted.push_str("\\v"),
            '\u{c}' => quoted.push_str("\\f"),
            c if c.is_ascii_control() => {
                // Writing to a text cannot fail.
                let _ = write!(quoted, "\\x{:02x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_checked_as_tekton_does() {
        let known = names(["p", "list", "my.dots"]);
        for (text, message) in [
            ("$(params.p) $(params['my.dots']) $(params.list[0])", ""),
            ("$( params.q ) ${params.q} $(paramsx.q)", ""),
            (
                "$(params.p )",
                "non-existent variable in \"$(params.p )\": ",
            ),
            (
                "a\n$(params.q)",
                "non-existent variable in \"a\\n$(params.q)\": ",
            ),
            (
                "$(params.a.b.c)",
                "Invalid referencing of parameters in \"$(params.a.b.c)\"! Only two dot-separated components after the prefix \"params\" are allowed.: ",
            ),
        ] {
            assert_eq!(
                no_unknown(text, "params", &known).to_string(),
                message,
                "{text}"
            );
        }
    }

    #[test]
    fn lists_stand_alone_or_by_item() {
        let lists = names(["list"]);
        assert!(isolated("$(params.list[*])", "params", &lists).is_empty());
        assert!(isolated("pre-$(params.list[0])", "params", &lists).is_empty());
        assert!(!isolated("pre-$(params.list[*])", "params", &lists).is_empty());
        assert!(!no_prohibited("echo $(params.list[*])", "params", &lists).is_empty());
        assert!(no_prohibited("echo $(params.list[0])", "params", &lists).is_empty());
    }
}
