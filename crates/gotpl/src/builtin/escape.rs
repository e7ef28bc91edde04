//! `html`, `js` and `urlquery`. Bytes that are no UTF-8 stay what they are, as in Go.

use std::io::Write as _;

use crate::quote::is_print;

/// Escapes text for HTML as Go's `HTMLEscapeString` does.
pub fn html_escape(text: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(text.len());
    for byte in text {
        match byte {
            b'\0' => escaped.extend_from_slice("\u{fffd}".as_bytes()),
            b'"' => escaped.extend_from_slice(b"&#34;"),
            b'\'' => escaped.extend_from_slice(b"&#39;"),
            b'&' => escaped.extend_from_slice(b"&amp;"),
            b'<' => escaped.extend_from_slice(b"&lt;"),
            b'>' => escaped.extend_from_slice(b"&gt;"),
            byte => escaped.push(*byte),
        }
    }
    escaped
}

/// Escapes text for a JavaScript string as Go's `JSEscapeString` does.
pub fn js_escape(text: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\\' => escaped.extend_from_slice(b"\\\\"),
                '\'' => escaped.extend_from_slice(b"\\'"),
                '"' => escaped.extend_from_slice(b"\\\""),
                '<' | '>' | '&' | '=' | '\0'..='\x1f' => push_code(&mut escaped, character),
                character if character.is_ascii() || is_print(character) => {
                    escaped.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                }
                character => push_code(&mut escaped, character),
            }
        }
        escaped.extend_from_slice(chunk.invalid());
    }
    escaped
}

fn push_code(escaped: &mut Vec<u8>, character: char) {
    // Writing to memory cannot fail.
    let _ = write!(escaped, "\\u{:04X}", u32::from(character));
}

/// Escapes text for a query as Go's `url.QueryEscape` does.
pub fn query_escape(text: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(text.len());
    for byte in text {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                escaped.push(*byte);
            }
            b' ' => escaped.push(b'+'),
            byte => {
                let _ = write!(escaped, "%{byte:02X}");
            }
        }
    }
    escaped
}
