//! Values to JSON.

use std::fmt::Write as _;

use crate::limits::MAX_DEPTH;
use crate::{Error, Value, number};

/// `json.Marshal`: keys in byte order, no spaces, `<`, `>`, `&`, U+2028 and U+2029 escaped.
///
/// # Errors
/// Infinite numbers and nesting beyond the limit.
pub fn to_json(value: &Value) -> Result<String, Error> {
    Layout {
        html: true,
        indent: None,
    }
    .print(value)
}

/// `json.Encoder` with `SetEscapeHTML(false)`, without the final line break.
///
/// # Errors
/// As [`to_json`].
pub fn to_json_raw(value: &Value) -> Result<String, Error> {
    Layout {
        html: false,
        indent: None,
    }
    .print(value)
}

/// `json.MarshalIndent` with the given indentation.
///
/// # Errors
/// As [`to_json`].
pub fn to_json_pretty(value: &Value, indent: &str) -> Result<String, Error> {
    Layout {
        html: true,
        indent: Some(indent),
    }
    .print(value)
}

pub(crate) fn unsupported_number(value: f64) -> Error {
    Error::new(
        format!("json: unsupported value: {}", number::format_go(value)),
        None,
    )
}

/// Appends `text` as a JSON string with quotes; `html` also escapes `<`, `>` and `&`.
pub fn escape_json(out: &mut String, text: &str, html: bool) {
    out.push('"');
    let mut written = 0;
    for (i, c) in text.char_indices() {
        let escape = match c {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\x08' => "\\b",
            '\x0C' => "\\f",
            '<' if html => "\\u003c",
            '>' if html => "\\u003e",
            '&' if html => "\\u0026",
            '\u{2028}' => "\\u2028",
            '\u{2029}' => "\\u2029",
            '\0'..='\x1F' => "",
            _ => continue,
        };
        out.push_str(&text[written..i]);
        if escape.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push_str(escape);
        }
        written = i + c.len_utf8();
    }
    out.push_str(&text[written..]);
    out.push('"');
}

struct Layout<'a> {
    html: bool,
    indent: Option<&'a str>,
}

impl Layout<'_> {
    fn print(&self, value: &Value) -> Result<String, Error> {
        let mut out = String::new();
        self.value(&mut out, value, 0)?;
        Ok(out)
    }

    fn value(&self, out: &mut String, value: &Value, depth: usize) -> Result<(), Error> {
        if depth > MAX_DEPTH {
            return Err(Error::new(
                format!("json: unsupported value: nested deeper than {MAX_DEPTH}"),
                None,
            ));
        }
        match value {
            Value::Null => out.push_str("null"),
            Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Value::Int(value) => out.push_str(&value.to_string()),
            Value::Uint(value) => out.push_str(&value.to_string()),
            Value::Float(value) if value.is_finite() => out.push_str(&number::format_json(*value)),
            Value::Float(value) => return Err(unsupported_number(*value)),
            Value::String(text) => escape_json(out, text, self.html),
            Value::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    self.separate(out, i, depth + 1);
                    self.value(out, item, depth + 1)?;
                }
                self.close(out, items.is_empty(), depth, ']');
            }
            Value::Map(map) => {
                out.push('{');
                for (i, (key, value)) in map.iter().enumerate() {
                    self.separate(out, i, depth + 1);
                    escape_json(out, key, self.html);
                    out.push_str(if self.indent.is_some() { ": " } else { ":" });
                    self.value(out, value, depth + 1)?;
                }
                self.close(out, map.is_empty(), depth, '}');
            }
        }
        Ok(())
    }

    fn separate(&self, out: &mut String, item: usize, depth: usize) {
        if item > 0 {
            out.push(',');
        }
        self.new_line(out, depth);
    }

    fn close(&self, out: &mut String, empty: bool, depth: usize, bracket: char) {
        if !empty {
            self.new_line(out, depth);
        }
        out.push(bracket);
    }

    fn new_line(&self, out: &mut String, depth: usize) {
        if let Some(indent) = self.indent {
            out.push('\n');
            out.extend(std::iter::repeat_n(indent, depth));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped_for_html() {
        assert_eq!(
            to_json(&Value::from("<a&\"b\">\u{2028}\u{1}é")).unwrap(),
            r#""\u003ca\u0026\"b\"\u003e\u2028\u0001é""#
        );
        assert_eq!(to_json_raw(&Value::from("<")).unwrap(), r#""<""#);
    }

    #[test]
    fn layouts() {
        let value = crate::from_yaml(b"b: [1, 2.5]\na: {}\n").unwrap();
        assert_eq!(to_json(&value).unwrap(), r#"{"a":{},"b":[1,2.5]}"#);
        assert_eq!(
            to_json_pretty(&value, "  ").unwrap(),
            "{\n  \"a\": {},\n  \"b\": [\n    1,\n    2.5\n  ]\n}"
        );
    }
}
