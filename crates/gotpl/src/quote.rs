//! Go's quoted strings: `strconv.Quote` and `strconv.Unquote`.

use std::fmt::Write as _;

/// Quotes bytes as `%q` does: double quotes, Go's escapes, printable characters as they are.
pub fn quote(bytes: &[u8]) -> String {
    quote_with(bytes, '"', false)
}

/// Quotes bytes as `%+q` does: everything outside ASCII is escaped.
pub fn quote_ascii(bytes: &[u8]) -> String {
    quote_with(bytes, '"', true)
}

/// Quotes one character as `%q` of an integer does.
pub fn quote_char(character: char, ascii: bool) -> String {
    let mut text = String::from("'");
    push_escaped(&mut text, character, '\'', ascii);
    text.push('\'');
    text
}

fn quote_with(bytes: &[u8], quote: char, ascii: bool) -> String {
    let mut text = String::with_capacity(bytes.len() + 2);
    text.push(quote);
    // Most texts have nothing to escape, at least in front.
    let same =
        |byte: &u8| matches!(byte, b' '..=b'~') && *byte != b'\\' && char::from(*byte) != quote;
    let end = bytes.iter().position(|byte| !same(byte));
    let (plain, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
    text.extend(str::from_utf8(plain));
    for chunk in rest.utf8_chunks() {
        for character in chunk.valid().chars() {
            push_escaped(&mut text, character, quote, ascii);
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text.push(quote);
    text
}

fn push_escaped(text: &mut String, character: char, quote: char, ascii: bool) {
    match character {
        '\\' => text.push_str("\\\\"),
        character if character == quote => {
            text.push('\\');
            text.push(quote);
        }
        '\x07' => text.push_str("\\a"),
        '\x08' => text.push_str("\\b"),
        '\x0c' => text.push_str("\\f"),
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        '\x0b' => text.push_str("\\v"),
        ' '..='~' => text.push(character),
        '\0'..='\x1f' | '\x7f' => {
            let _ = write!(text, "\\x{:02x}", u32::from(character));
        }
        character if !ascii && is_print(character) => text.push(character),
        character if u32::from(character) < 0x10000 => {
            let _ = write!(text, "\\u{:04x}", u32::from(character));
        }
        character => {
            let _ = write!(text, "\\U{:08x}", u32::from(character));
        }
    }
}

pub use crate::unicode::is_print;

/// Takes the quotes off a Go literal (`"..."` or `` `...` ``) and resolves its escapes.
///
/// # Errors
/// `None` where Go says `invalid syntax`.
pub fn unquote(literal: &str) -> Option<Vec<u8>> {
    let inner = literal.get(1..literal.len().checked_sub(1)?)?;
    match literal.as_bytes().first()? {
        b'`' if literal.ends_with('`') => {
            // Go drops carriage returns from raw strings.
            Some(inner.bytes().filter(|byte| *byte != b'\r').collect())
        }
        b'"' if literal.ends_with('"') => {
            let mut bytes = Vec::with_capacity(inner.len());
            let mut rest = inner;
            while !rest.is_empty() {
                let (unit, tail) = unquote_unit(rest, '"')?;
                unit.push_to(&mut bytes);
                rest = tail;
            }
            Some(bytes)
        }
        _ => None,
    }
}

/// The character of a Go literal such as `'a'` or `'\n'`, as its number, and what follows it.
///
/// # Errors
/// `None` where Go says `invalid syntax`.
pub fn unquote_char(text: &str) -> Option<(u32, &str)> {
    let (unit, tail) = unquote_unit(text, '\'')?;
    Some(match unit {
        Unit::Byte(byte) => (u32::from(byte), tail),
        Unit::Char(character) => (u32::from(character), tail),
    })
}

/// One unit of a quoted literal: `\xff` and octal escapes are bytes, everything else characters.
enum Unit {
    Byte(u8),
    Char(char),
}

impl Unit {
    fn push_to(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Byte(byte) => bytes.push(*byte),
            Self::Char(character) => {
                bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
}

fn unquote_unit(text: &str, quote: char) -> Option<(Unit, &str)> {
    let mut characters = text.chars();
    match characters.next()? {
        character if character == quote => None,
        '\n' => None,
        '\\' => {
            let escape = characters.next()?;
            let rest = characters.as_str();
            let unit = match escape {
                'a' => Unit::Char('\x07'),
                'b' => Unit::Char('\x08'),
                'f' => Unit::Char('\x0c'),
                'n' => Unit::Char('\n'),
                'r' => Unit::Char('\r'),
                't' => Unit::Char('\t'),
                'v' => Unit::Char('\x0b'),
                '\\' => Unit::Char('\\'),
                '\'' | '"' if escape == quote => Unit::Char(quote),
                'x' => return Some((Unit::Byte(digits(rest, 2, 16)? as u8), rest.get(2..)?)),
                'u' => {
                    return Some((
                        Unit::Char(char::from_u32(digits(rest, 4, 16)?)?),
                        rest.get(4..)?,
                    ));
                }
                'U' => {
                    return Some((
                        Unit::Char(char::from_u32(digits(rest, 8, 16)?)?),
                        rest.get(8..)?,
                    ));
                }
                '0'..='7' => {
                    let value = digits(text.get(1..)?, 3, 8)?;
                    return Some((Unit::Byte(u8::try_from(value).ok()?), text.get(4..)?));
                }
                _ => return None,
            };
            Some((unit, rest))
        }
        character => Some((Unit::Char(character), characters.as_str())),
    }
}

fn digits(text: &str, count: usize, radix: u32) -> Option<u32> {
    let digits = text.get(..count)?;
    // from_str_radix would also take a sign.
    digits
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric())
        .then(|| u32::from_str_radix(digits, radix).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_as_strconv() {
        for (input, quoted) in [
            (&b"a\"b\\c\n\t\x07\x00"[..], r#""a\"b\\c\n\t\a\x00""#),
            ("é☺\u{1f600}".as_bytes(), "\"é☺\u{1f600}\""),
            (
                "\u{a0}\u{200b}\u{feff}\u{ad}".as_bytes(),
                r#""\u00a0\u200b\ufeff\u00ad""#,
            ),
            (b"\xff", r#""\xff""#),
            ("e\u{301}".as_bytes(), "\"e\u{301}\""),
            ("'".as_bytes(), "\"'\""),
        ] {
            assert_eq!(quote(input), quoted);
        }
        assert_eq!(
            quote_ascii("é\u{1f600}".as_bytes()),
            r#""\u00e9\U0001f600""#
        );
    }

    #[test]
    fn unquotes_as_strconv() {
        assert_eq!(unquote(r#""a\n\x41\101é\"""#), Some("a\nAAé\"".into()));
        assert_eq!(unquote("`a\\n\r`"), Some("a\\n".into()));
        assert_eq!(unquote(r#""\q""#), None);
        assert_eq!(unquote(r#""\'""#), None);
        assert_eq!(unquote(r#""\777""#), None);
        assert_eq!(unquote("\""), None);
    }
}
