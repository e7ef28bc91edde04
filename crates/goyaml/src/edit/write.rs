//! Values as text, in the style of the text around them.

use std::fmt::Write as _;

use crate::node::{Document, Kind, ScalarStyle};
use crate::{Value, to_yaml};

/// What ends a line in YAML 1.1.
pub(super) const LINE_ENDS: &[char] = &['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

/// How a text is laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// What ends its lines.
    pub(super) line_end: &'static str,
    /// How much deeper a mapping in a mapping stands.
    indent: usize,
    /// How much deeper a list in a mapping stands.
    list_indent: usize,
}

impl Style {
    /// The style of a text that has nothing to go by.
    const PLAIN: Self = Self {
        line_end: "\n",
        indent: 2,
        list_indent: 2,
    };

    /// The style of the first nested mapping and the first list.
    pub(super) fn of(text: &str, document: &Document) -> Self {
        let mut style = Self {
            line_end: line_end(text),
            ..Self::PLAIN
        };
        let (mut indent, mut list_indent) = (None, None);
        for node in &document.nodes {
            let Kind::Mapping { pairs, flow: false } = &node.kind else {
                continue;
            };
            for (key, value) in pairs {
                let (key, value) = (document.node(*key), document.node(*value));
                // One with an anchor starts on its key's line.
                if value.start.line == key.start.line {
                    continue;
                }
                let deeper = value.start.column.checked_sub(key.start.column);
                match value.kind {
                    Kind::Mapping { flow: false, .. } => indent = indent.or(deeper),
                    Kind::Sequence { flow: false, .. } => list_indent = list_indent.or(deeper),
                    _ => {}
                }
            }
        }
        style.indent = indent.filter(|indent| *indent > 0).unwrap_or(style.indent);
        style.list_indent = list_indent.unwrap_or(style.indent);
        style
    }

    /// Where a collection begins that is the value of a key at `column`.
    pub(super) fn column_below(&self, column: usize, value: &Value) -> usize {
        column
            + match value {
                Value::List(_) => self.list_indent,
                _ => self.indent,
            }
    }
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// A text without a document, and the value behind it.
pub(super) fn whole(text: &str, value: &Value) -> String {
    let style = Style {
        line_end: line_end(text),
        ..Style::PLAIN
    };
    let between = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        style.line_end
    };
    [text, between, &block(value, 0, style)].concat()
}

/// Whether a value has lines of its own in block style.
pub(super) fn has_lines(value: &Value) -> bool {
    match value {
        Value::List(items) => !items.is_empty(),
        Value::Map(map) => !map.is_empty(),
        _ => false,
    }
}

/// The lines of a value in block style, each of them ended.
pub(super) fn block(value: &Value, column: usize, style: Style) -> String {
    let mut text = String::new();
    match value {
        Value::Map(map) if !map.is_empty() => {
            for (key, value) in map {
                text.push_str(&" ".repeat(column));
                text.push_str(&scalar(key));
                text.push(':');
                if has_lines(value) {
                    text.push_str(style.line_end);
                    text.push_str(&block(value, style.column_below(column, value), style));
                } else {
                    text.extend([" ", &flow(value), style.line_end]);
                }
            }
        }
        Value::List(items) if !items.is_empty() => {
            for item in items {
                text.push_str(&" ".repeat(column));
                text.push_str("- ");
                if has_lines(item) {
                    // Its first line stands behind the dash.
                    text.push_str(block(item, column + 2, style).trim_start_matches(' '));
                } else {
                    text.extend([&flow(item), style.line_end]);
                }
            }
        }
        value => text.extend([&" ".repeat(column), &*flow(value), style.line_end]),
    }
    text
}

/// A value on one line.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(map) => {
            let entries: Vec<String> = map.iter().map(|(key, value)| entry(key, value)).collect();
            format!("{{{}}}", entries.join(", "))
        }
        Value::Null => "null".to_owned(),
        // What cannot be printed (an infinite number) does not read back either, so the edit is refused.
        other => to_yaml(other).unwrap_or_default().trim_end().to_owned(),
    }
}

/// One entry of a mapping in braces.
pub(super) fn entry(key: &str, value: &Value) -> String {
    format!("{}: {}", scalar(key), flow(value))
}

/// A scalar in place of another one: text keeps the quotes that were there.
pub(super) fn in_place(value: &Value, old: Option<ScalarStyle>) -> String {
    match (value, old) {
        (Value::String(text), Some(ScalarStyle::SingleQuoted)) => quote_single(text),
        (Value::String(text), Some(ScalarStyle::DoubleQuoted)) => quote_double(text),
        _ => flow(value),
    }
}

/// A string as a plain scalar where that reads back as the same string, else in double quotes.
fn scalar(value: &str) -> String {
    let plain = crate::from_yaml(value.as_bytes());
    let is_same = matches!(&plain, Ok(Value::String(read)) if read == value);
    let needs_no_quotes = !value.contains(['#', ':', ',', '[', ']', '{', '}'])
        && !value.contains(LINE_ENDS)
        && value.trim() == value;
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

/// Where the line that `from` lies in ends, its end included.
pub(super) fn behind_line(text: &str, from: usize) -> usize {
    let end = line_stop(text, from);
    let length = if text[end..].starts_with("\r\n") {
        2
    } else {
        text[end..].chars().next().map_or(0, char::len_utf8)
    };
    end + length
}

/// Where the line that `from` lies in ends, its end not included.
pub(super) fn line_stop(text: &str, from: usize) -> usize {
    text[from..]
        .find(LINE_ENDS)
        .map_or(text.len(), |at| from + at)
}

/// Where the line that `from` lies in starts.
pub(super) fn line_start(text: &str, from: usize) -> usize {
    text[..from].rfind(LINE_ENDS).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    })
}
