//! Character classes of go-yaml, asked of the bytes that a text begins with.
//!
//! The end of the text counts as NUL, as in libyaml's buffer: texts with a real NUL never get here.

/// The byte at `i`, NUL behind the end.
pub(crate) fn at(text: &[u8], i: usize) -> u8 {
    text.get(i).copied().unwrap_or(0)
}

/// Bytes of the UTF-8 character that starts with `byte`; 1 for bytes that start none.
pub(crate) fn width(byte: u8) -> usize {
    match byte {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF7 => 4,
        _ => 1,
    }
}

/// Letters, digits, `_` and `-`: what anchors and tag handles are made of.
pub(crate) fn is_alpha(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Space or tab.
pub(crate) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// What stands for itself wherever a line has no structure: ASCII without control characters.
pub(crate) fn is_printable_ascii(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// CR, LF, NEL, LS or PS at `i`.
pub(crate) fn is_break(text: &[u8], i: usize) -> bool {
    match at(text, i) {
        b'\r' | b'\n' => true,
        0xC2 => at(text, i + 1) == 0x85,
        0xE2 => at(text, i + 1) == 0x80 && matches!(at(text, i + 2), 0xA8 | 0xA9),
        _ => false,
    }
}

/// A line break or the end at `i`.
pub(crate) fn is_breakz(text: &[u8], i: usize) -> bool {
    at(text, i) == 0 || is_break(text, i)
}

/// Space, tab, line break or the end at `i`.
pub(crate) fn is_blankz(text: &[u8], i: usize) -> bool {
    is_blank(at(text, i)) || is_breakz(text, i)
}

/// Whether go-yaml's printer may write the character at `i` as it is.
///
/// Characters outside the basic plane count as not printable there, and U+FEFF too.
pub(crate) fn is_printable(text: &[u8], i: usize) -> bool {
    let (a, b, c) = (at(text, i), at(text, i + 1), at(text, i + 2));
    match a {
        0x0A | 0x20..=0x7E | 0xC3..=0xEC | 0xEE => true,
        0xC2 => b >= 0xA0,
        0xED => b < 0xA0,
        0xEF => !(b == 0xBB && c == 0xBF) && !(b == 0xBF && (c == 0xBE || c == 0xBF)),
        _ => false,
    }
}
