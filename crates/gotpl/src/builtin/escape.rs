//! `html`, `js` and `urlquery`.

use std::fmt::Write as _;

use crate::quote::is_print;

/// Escapes text for HTML as Go's `HTMLEscapeString` does.
pub fn html_escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\0' => escaped.push('\u{fffd}'),
            '"' => escaped.push_str("&#34;"),
            '\'' => escaped.push_str("&#39;"),
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            character => escaped.push(character),
        }
    }
    escaped
}

/// Escapes text for a JavaScript string as Go's `JSEscapeString` does.
pub fn js_escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\\\"),
            '\'' => escaped.push_str("\\'"),
            '"' => escaped.push_str("\\\""),
            '<' | '>' | '&' | '=' | '\0'..='\x1f' => {
                let _ = write!(escaped, "\\u{:04X}", u32::from(character));
            }
            ' '..='\x7f' => escaped.push(character),
            character if is_print(character) => escaped.push(character),
            character => {
                let _ = write!(escaped, "\\u{:04X}", u32::from(character));
            }
        }
    }
    escaped
}

/// Escapes text for a query as Go's `url.QueryEscape` does.
pub fn query_escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                escaped.push(char::from(byte));
            }
            b' ' => escaped.push('+'),
            byte => {
                let _ = write!(escaped, "%{byte:02X}");
            }
        }
    }
    escaped
}
