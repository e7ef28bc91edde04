//! Edits of a YAML text by span: what is meant changes, every other byte stays, comments, order and line ends included.

use std::fmt::Write as _;

use thiserror::Error;

use crate::node::{Document, Kind, NodeId, ScalarStyle};

/// Why a text could not be edited. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The text is no YAML.
    #[error(transparent)]
    Yaml(#[from] crate::Error),
    /// What stands there is no mapping, and a key is wanted below it.
    #[error("line {line}: {path} is no mapping in block style")]
    NotAMapping {
        /// The path so far.
        path: String,
        /// Where it stands.
        line: usize,
    },
    /// What stands there is no plain scalar: a list, a mapping, an alias, or something with an anchor or a tag.
    #[error("line {line}: {path} is no scalar that can be replaced")]
    NotAScalar {
        /// The path.
        path: String,
        /// Where it stands.
        line: usize,
    },
}

/// Sets the string at a path of keys; keys that are missing are added at the end of the mapping that they belong to.
///
/// The new value keeps the quotes of the old one; a value that would read as something else without quotes gets them.
///
/// # Errors
/// See [`EditError`]; the text is not changed then.
pub fn set_string(text: &str, path: &[&str], value: &str) -> Result<String, EditError> {
    let Some(document) = crate::document(text)? else {
        // Empty, or only comments.
        let line_end = if text.is_empty() || text.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        return Ok([text, line_end, &block(path, 0, value, "\n")].concat());
    };
    let mut node = document.root();
    for (depth, key) in path.iter().enumerate() {
        match document.get(node, key) {
            Some(child) => node = child,
            None => return insert(text, &document, node, path, depth, value),
        }
    }
    replace(text, &document, node, path, value)
}

fn replace(
    text: &str,
    document: &Document,
    node: NodeId,
    path: &[&str],
    value: &str,
) -> Result<String, EditError> {
    let span = document.span(node);
    let refuse = || EditError::NotAScalar {
        path: path.join("."),
        line: document.node(node).start.line + 1,
    };
    let Kind::Scalar { style, .. } = &document.node(node).kind else {
        return Err(refuse());
    };
    if text[span.clone()].starts_with(['&', '!', '|', '>']) {
        return Err(refuse());
    }
    let mut written = match style {
        ScalarStyle::SingleQuoted => quote_single(value),
        ScalarStyle::DoubleQuoted => quote_double(value),
        _ => scalar(value),
    };
    // An empty value ends right behind its colon.
    if span.is_empty() && !text[..span.start].ends_with([' ', '\t']) {
        written.insert(0, ' ');
    }
    let mut edited = text.to_owned();
    edited.replace_range(span, &written);
    Ok(edited)
}

/// Adds `path[depth..]` below `mapping`.
fn insert(
    text: &str,
    document: &Document,
    mapping: NodeId,
    path: &[&str],
    depth: usize,
    value: &str,
) -> Result<String, EditError> {
    let refuse = || EditError::NotAMapping {
        path: if depth == 0 {
            "the document".to_owned()
        } else {
            path[..depth].join(".")
        },
        line: document.node(mapping).start.line + 1,
    };
    let Kind::Mapping { pairs, flow: false } = &document.node(mapping).kind else {
        return Err(refuse());
    };
    let Some((first, _)) = pairs.first() else {
        return Err(refuse());
    };
    let indent = document.node(*first).start.column;
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut added = block(&path[depth..], indent, value, line_end);
    let end = document.span(mapping).end;
    // Behind the line on which the mapping ends, its comment included.
    let at = text[end..]
        .find('\n')
        .map_or(text.len(), |newline| end + newline + 1);
    let at = if text[..end].ends_with('\n') { end } else { at };
    let mut edited = text.to_owned();
    if !edited[..at].ends_with('\n') {
        added.insert_str(0, line_end);
    }
    edited.insert_str(at, &added);
    Ok(edited)
}

/// Nested block mappings, one key a line, the last one with the value.
fn block(path: &[&str], indent: usize, value: &str, line_end: &str) -> String {
    let mut text = String::new();
    for (level, key) in path.iter().enumerate() {
        text.push_str(&" ".repeat(indent + 2 * level));
        text.push_str(&scalar(key));
        text.push(':');
        if level + 1 == path.len() {
            text.extend([" ", &scalar(value)]);
        }
        text.push_str(line_end);
    }
    text
}

/// A string as a plain scalar where that reads back as the same string, else in double quotes.
fn scalar(value: &str) -> String {
    let plain = crate::from_yaml(value.as_bytes());
    let is_same = matches!(&plain, Ok(crate::Value::String(read)) if read == value);
    let needs_no_quotes =
        !value.contains(['\n', '\r', '#', ':', ',', '[', ']', '{', '}']) && value.trim() == value;
    if is_same && needs_no_quotes {
        value.to_owned()
    } else {
        quote_double(value)
    }
}

fn quote_single(value: &str) -> String {
    let is_plain = value.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    if is_plain {
        format!("'{}'", value.replace('\'', "''"))
    } else {
        quote_double(value)
    }
}

/// In double quotes, in ASCII: which other characters may stand as they are differs between YAML libraries.
fn quote_double(value: &str) -> String {
    let mut quoted = String::from("\"");
    for character in value.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if !c.is_ascii() || c.is_control() => match u32::from(c) {
                // Writing to a String cannot fail.
                code @ 0..=0xffff => _ = write!(quoted, "\\u{code:04x}"),
                code => _ = write!(quoted, "\\U{code:08x}"),
            },
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{EditError, set_string};

    const VALUES: &str = "# head\nimage:  # the image\n  repository: \"\" # set by the release\n  tag:\n  pull: 'Always'\nlist: [a]\n# tail\n";

    fn read(text: &str, path: &[&str]) -> Option<String> {
        let document = crate::document(text).unwrap().unwrap();
        let node = path
            .iter()
            .try_fold(document.root(), |node, key| document.get(node, key))?;
        document.scalar(node).map(str::to_owned)
    }

    #[test]
    fn a_value_is_replaced_in_its_quotes_and_nothing_else_moves() {
        let edited = set_string(VALUES, &["image", "repository"], "dev.local/shop").unwrap();
        assert_eq!(
            edited,
            VALUES.replace("repository: \"\"", "repository: \"dev.local/shop\"")
        );
        let edited = set_string(VALUES, &["image", "tag"], "1.10").unwrap();
        assert_eq!(edited, VALUES.replace("tag:\n", "tag: \"1.10\"\n"));
        let edited = set_string(VALUES, &["image", "pull"], "it's").unwrap();
        assert_eq!(edited, VALUES.replace("'Always'", "'it''s'"));
    }

    #[test]
    fn a_missing_key_goes_to_the_end_of_its_mapping() {
        let edited = set_string(VALUES, &["image", "digest"], "sha256:0a").unwrap();
        assert_eq!(
            read(&edited, &["image", "digest"]).as_deref(),
            Some("sha256:0a")
        );
        assert_eq!(edited.replace("  digest: \"sha256:0a\"\n", ""), VALUES);
        let edited = set_string("a: 1\r\nb: 2", &["c", "d"], "x").unwrap();
        assert_eq!(edited, "a: 1\r\nb: 2\r\nc:\r\n  d: x\r\n");
    }

    #[test]
    fn what_is_no_scalar_or_mapping_is_refused_with_its_line() {
        assert!(matches!(
            set_string(VALUES, &["list"], "x"),
            Err(EditError::NotAScalar { line: 6, .. })
        ));
        assert!(matches!(
            set_string(VALUES, &["list", "a"], "x"),
            Err(EditError::NotAMapping { line: 6, .. })
        ));
        assert!(matches!(
            set_string("a: &x 1\n", &["a"], "x"),
            Err(EditError::NotAScalar { .. })
        ));
        assert!(matches!(
            set_string("a: {b: 1}\n", &["a", "c"], "x"),
            Err(EditError::NotAMapping { .. })
        ));
        assert_eq!(
            set_string("# only", &["a", "b"], "x").unwrap(),
            "# only\na:\n  b: x\n"
        );
        assert!(matches!(
            set_string("a: [\n", &["a"], "x"),
            Err(EditError::Yaml(_))
        ));
    }

    proptest! {
        #[test]
        fn any_string_reads_back(value in "\\PC{0,20}|[\\n\\t :#'\"\\\\-]{0,6}|true|null|1.0|0x1|~") {
            for path in [&["image", "repository"][..], &["image", "tag"], &["image", "pull"], &["image", "new"], &["new", "deep"]] {
                let edited = set_string(VALUES, path, &value).unwrap();
                prop_assert_eq!(read(&edited, path).unwrap(), value.clone(), "{}", edited);
                prop_assert_eq!(set_string(&edited, path, &value).unwrap(), edited);
            }
        }

        #[test]
        fn any_text_is_edited_or_refused_without_a_panic(text in "([a-c]: ?|[-\\[\\]{}&*!'\"|> \\n#\\r]){0,30}") {
            let _ = set_string(&text, &["a", "b"], "x");
        }
    }
}
