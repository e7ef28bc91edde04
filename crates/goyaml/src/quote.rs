//! Go's quotes around texts and characters (`strconv.Quote`, `strconv.QuoteRune`).

use std::fmt::Write as _;

/// `strconv.Quote`.
pub(crate) fn quote(text: &[u8]) -> String {
    let mut out = String::from('"');
    for chunk in text.utf8_chunks() {
        for c in chunk.valid().chars() {
            push(&mut out, c, '"');
        }
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            _ = write!(out, "\\x{byte:02x}");
        }
    }
    out.push('"');
    out
}

/// `strconv.QuoteRune`.
pub(crate) fn quote_char(c: char) -> String {
    let mut out = String::from('\'');
    push(&mut out, c, '\'');
    out.push('\'');
    out
}

fn push(out: &mut String, c: char, quote: char) {
    // Writing to a String cannot fail.
    _ = match c {
        c if c == quote || c == '\\' => write!(out, "\\{c}"),
        '\x07' => write!(out, "\\a"),
        '\x08' => write!(out, "\\b"),
        '\x0C' => write!(out, "\\f"),
        '\n' => write!(out, "\\n"),
        '\r' => write!(out, "\\r"),
        '\t' => write!(out, "\\t"),
        '\x0B' => write!(out, "\\v"),
        '\0'..='\x1F' | '\x7F' => write!(out, "\\x{:02x}", u32::from(c)),
        c if is_print(c) => write!(out, "{c}"),
        c if u32::from(c) < 0x10000 => write!(out, "\\u{:04x}", u32::from(c)),
        c => write!(out, "\\U{:08x}", u32::from(c)),
    };
}

/// Go's `unicode.IsPrint`, by the table behind Rust's own escapes, which is made from the same categories.
pub(crate) fn is_print(c: char) -> bool {
    if c.is_ascii() {
        return !c.is_ascii_control();
    }
    // At the start of a string, Rust also escapes marks, which Go prints.
    let probe: String = ['a', c].iter().collect();
    !c.is_whitespace() && probe.escape_debug().nth(1) == Some(c)
}
