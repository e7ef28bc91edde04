//! Texts cut to a width (github.com/Masterminds/goutils 1.1). Widths are bytes.

use gotpl::{Function, INT, Text, Type, Value};

use super::Result;
use super::args::{bytes, int, text};
use super::strings::check_size;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("wrap", &[INT, Type::String], |_, args| {
        wrap(bytes(args, 1), int(args, 0), b"", false)
    }),
    Function::fixed("wrapWith", &[INT, Type::String, Type::String], |_, args| {
        wrap(bytes(args, 2), int(args, 0), bytes(args, 1), true)
    }),
    Function::fixed("abbrev", &[INT, Type::String], |_, args| Ok(abbrev(args))),
    Function::fixed("abbrevboth", &[INT, INT, Type::String], |_, args| {
        Ok(abbrev_both(args))
    }),
];

fn wrap(text: &[u8], width: i64, line_end: &[u8], cut_words: bool) -> Result {
    let line_end = if line_end.is_empty() { b"\n" } else { line_end };
    let width = usize::try_from(width).unwrap_or(0).max(1);
    let lines = text.len() / width + text.len();
    check_size(
        "wrap",
        line_end.len().checked_mul(lines.min(text.len() + 1)),
    )?;
    let mut wrapped = Vec::with_capacity(text.len() + text.len() / width);
    let mut rest = text;
    while rest.len() > width {
        if let Some(after_space) = rest.strip_prefix(b" ") {
            rest = after_space;
            continue;
        }
        let window = &rest[..=width];
        let cut = match window.iter().rposition(|byte| *byte == b' ') {
            Some(space) => Some((space, space + 1)),
            None if cut_words => Some((width, width)),
            // A long word goes on beyond the width, up to the next space.
            None => rest[width..]
                .iter()
                .position(|byte| *byte == b' ')
                .map(|space| (width + space, width + space + 1)),
        };
        let Some((end, next)) = cut else {
            break;
        };
        wrapped.extend_from_slice(&rest[..end]);
        wrapped.extend_from_slice(line_end);
        rest = &rest[next..];
    }
    wrapped.extend_from_slice(rest);
    Ok(Text::from_bytes(wrapped).into())
}

fn abbrev(args: &[Value]) -> Value {
    let width = int(args, 0);
    if width < 4 {
        return text(args, 1).into();
    }
    Text::from_bytes(abbreviate(bytes(args, 1), 0, width)).into()
}

fn abbrev_both(args: &[Value]) -> Value {
    let (left, right) = (int(args, 0), int(args, 1));
    if right < 4 || left > 0 && right < 7 {
        return text(args, 2).into();
    }
    Text::from_bytes(abbreviate(bytes(args, 2), left, right)).into()
}

/// `goutils.AbbreviateFull`; a width that is too small gives nothing.
fn abbreviate(text: &[u8], offset: i64, width: i64) -> Vec<u8> {
    let length = text.len() as i64;
    if text.is_empty() || width < 4 {
        return Vec::new();
    }
    if length <= width {
        return text.to_vec();
    }
    let room = width - 3;
    let mut offset = offset.min(length);
    if length.wrapping_sub(offset) < room {
        offset = length - room;
    }
    if offset <= 4 {
        return [&text[..room as usize], b"..."].concat();
    }
    if width < 7 {
        return Vec::new();
    }
    if offset + room < length {
        let inner = abbreviate(&text[offset as usize..], 0, room);
        return [b"...", inner.as_slice()].concat();
    }
    [b"...", &text[(length - room) as usize..]].concat()
}
