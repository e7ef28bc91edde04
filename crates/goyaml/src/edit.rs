//! Edits of a YAML text by span: what is meant changes, every other byte stays, comments, order and line ends included.

use std::fmt::Write as _;

use thiserror::Error;

use crate::node::{Document, Kind, NodeId, ScalarStyle};
use crate::{Map, Value};

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
    /// It stands there in a form that no edit leaves the rest of the text alone in: behind an alias, with a `? key`.
    #[error("line {line}: {path} is written in a form that cannot be edited")]
    OddForm {
        /// The path.
        path: String,
        /// Where the nearest part of it stands.
        line: usize,
    },
}

/// Sets the string at a path of keys; keys that are missing are added at the end of the mapping that they belong to.
///
/// The new value keeps the quotes of the old one; a value that would read as something else without quotes gets them.
/// What is added behind a last line without an end ends it first.
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
    let mut missing = None;
    for (depth, key) in path.iter().enumerate() {
        let Some(child) = document.get(node, key) else {
            missing = Some(depth);
            break;
        };
        node = child;
    }
    let edited = match missing {
        Some(depth) => insert(text, &document, node, path, depth, value)?,
        None => replace(text, &document, node, path, value)?,
    };
    // Spans alone cannot promise it for every form that YAML has.
    if !is_as_meant(text, &edited, path, value) {
        return Err(EditError::OddForm {
            path: path.join("."),
            line: document.node(node).start.line + 1,
        });
    }
    Ok(edited)
}

/// Whether the value reads back at its path and everything else means what it meant.
fn is_as_meant(text: &str, edited: &str, path: &[&str], value: &str) -> bool {
    let means = |text: &str| crate::from_yaml(text.as_bytes()).ok();
    let expected = |text: &str| {
        let mut expected = means(text)?;
        put(&mut expected, path, value).then_some(expected)
    };
    let after = means(edited);
    // What is added may have ended a last line without an end, which a block of text there notices.
    after.is_some()
        && (after == expected(text)
            || !text.ends_with('\n') && after == expected(&format!("{text}\n")))
}

/// Sets a string in a value; false where a part of the path is no mapping.
fn put(into: &mut Value, path: &[&str], value: &str) -> bool {
    let Some((key, rest)) = path.split_first() else {
        *into = Value::String(value.to_owned());
        return true;
    };
    if into.is_null() {
        *into = Value::Map(Map::new());
    }
    match into {
        Value::Map(map) => put(map.entry((*key).to_owned()).or_default(), rest, value),
        _ => false,
    }
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
    // A key that stands alone, as in `{a}` or behind `?`: what is written behind it would be a part of the key.
    if span.is_empty() && !text[..span.start].trim_end().ends_with(':') {
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
    let at = if text[..end].ends_with(LINE_ENDS) {
        end
    } else {
        behind_line(text, end)
    };
    let mut edited = text.to_owned();
    if !edited[..at].ends_with(LINE_ENDS) {
        added.insert_str(0, line_end);
    }
    edited.insert_str(at, &added);
    Ok(edited)
}

/// What ends a line in YAML 1.1.
const LINE_ENDS: &[char] = &['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

/// Where the line that `from` lies in ends, its end included.
fn behind_line(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let Some(at) = rest.find(LINE_ENDS) else {
        return text.len();
    };
    let length = if rest[at..].starts_with("\r\n") {
        2
    } else {
        rest[at..].chars().next().map_or(0, char::len_utf8)
    };
    from + at + length
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
    let is_same = matches!(&plain, Ok(Value::String(read)) if read == value);
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
        let edited = set_string("a:\n  b: x\rc: y\n", &["a", "d"], "z").unwrap();
        assert_eq!(edited, "a:\n  b: x\r  d: z\nc: y\n");
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
        for odd in ["x: &x {b: 1}\na: *x\n", "a:\n  ?\n  : 1\n"] {
            let edited = set_string(odd, &["a", "b"], "x");
            assert!(matches!(edited, Err(EditError::OddForm { .. })), "{odd}");
        }
        for alone in ["a: {b }\n", "a: {b}\n", "a:\n  ? b\n"] {
            let edited = set_string(alone, &["a", "b"], "x");
            assert!(
                matches!(edited, Err(EditError::NotAScalar { .. })),
                "{alone}"
            );
        }
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
