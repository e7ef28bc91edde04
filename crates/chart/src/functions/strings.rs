//! Strings, cut and put together. Lengths and positions are bytes, as in sprig.

use gotpl::limits::MAX_TEXT_BYTES;
use gotpl::{Entries, Error, Function, INT, Text, Type, Value};

use super::Result;
use super::args::{any, bytes, int, str, string_map, strslice, strval, text};

const S: &[Type] = &[Type::String];
const SS: &[Type] = &[Type::String, Type::String];
const IS: &[Type] = &[INT, Type::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("hello", &[], |_, _| Ok("Hello!".into())),
    Function::fixed("trim", S, |_, args| Ok(str(args, 0).trim().into())),
    Function::fixed("trimall", SS, |_, args| Ok(trim_all(args))),
    Function::fixed("trimAll", SS, |_, args| Ok(trim_all(args))),
    Function::fixed("trimPrefix", SS, |_, args| {
        let (prefix, text) = (bytes(args, 0), bytes(args, 1));
        Ok(Text::from(text.strip_prefix(prefix).unwrap_or(text)).into())
    }),
    Function::fixed("trimSuffix", SS, |_, args| {
        let (suffix, text) = (bytes(args, 0), bytes(args, 1));
        Ok(Text::from(text.strip_suffix(suffix).unwrap_or(text)).into())
    }),
    Function::fixed("contains", SS, |_, args| {
        Ok(find(bytes(args, 1), bytes(args, 0)).is_some().into())
    }),
    Function::fixed("hasPrefix", SS, |_, args| {
        Ok(bytes(args, 1).starts_with(bytes(args, 0)).into())
    }),
    Function::fixed("hasSuffix", SS, |_, args| {
        Ok(bytes(args, 1).ends_with(bytes(args, 0)).into())
    }),
    Function::fixed("nospace", S, |_, args| Ok(nospace(args))),
    Function::fixed("initials", S, |_, args| Ok(initials(args))),
    Function::fixed("trunc", IS, |_, args| {
        Ok(trunc(int(args, 0), bytes(args, 1)).into())
    }),
    Function::fixed("substr", &[INT, INT, Type::String], |_, args| substr(args)),
    Function::fixed("repeat", IS, |_, args| repeat(int(args, 0), bytes(args, 1))),
    Function::fixed(
        "replace",
        &[Type::String, Type::String, Type::String],
        |_, args| replace(bytes(args, 0), bytes(args, 1), bytes(args, 2)),
    ),
    Function::fixed("plural", &[Type::String, Type::String, INT], |_, args| {
        Ok(text(args, usize::from(int(args, 2) != 1)).into())
    }),
    Function::fixed("indent", IS, |_, args| {
        indent(int(args, 0), bytes(args, 1), b"")
    }),
    Function::fixed("nindent", IS, |_, args| {
        indent(int(args, 0), bytes(args, 1), b"\n")
    }),
    Function::variadic("quote", &[Type::Any], |_, args| Ok(joined(args, quote_one))),
    Function::variadic("squote", &[Type::Any], |_, args| {
        Ok(joined(args, squote_one))
    }),
    Function::variadic("cat", &[Type::Any], |_, args| Ok(cat(args))),
    Function::fixed("toString", &[Type::Any], |_, args| {
        Ok(strval(any(args, 0)).into())
    }),
    Function::fixed("toStrings", &[Type::Any], |_, args| {
        Ok(Value::strings(strslice(any(args, 0))))
    }),
    Function::fixed("join", &[Type::String, Type::Any], |_, args| {
        let parts = strslice(any(args, 1));
        let parts: Vec<&[u8]> = parts.iter().map(Text::as_bytes).collect();
        Ok(Text::from_bytes(parts.join(bytes(args, 0))).into())
    }),
    Function::fixed("split", SS, |_, args| {
        Ok(numbered(split(bytes(args, 1), bytes(args, 0), -1)))
    }),
    Function::fixed("splitn", &[Type::String, INT, Type::String], |_, args| {
        Ok(numbered(split(
            bytes(args, 2),
            bytes(args, 0),
            int(args, 1),
        )))
    }),
    Function::fixed("splitList", SS, |_, args| {
        Ok(Value::strings(split(bytes(args, 1), bytes(args, 0), -1)))
    }),
    Function::fixed("sortAlpha", &[Type::Any], |_, args| {
        // Only a list may have nils: nil itself is a text here.
        let mut parts = match any(args, 0) {
            value if value.is_nil() => vec![strval(value)],
            value => strslice(value),
        };
        parts.sort();
        Ok(Value::strings(parts))
    }),
];

/// Where a text is found in another.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    if needle.is_empty() {
        return Some(0);
    }
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

/// The memory that Go can address; for more it panics.
pub(super) const GO_MAX_BYTES: usize = 1 << 48;

/// The limit of texts that functions build.
pub(super) fn check_size(name: &str, size: Option<usize>) -> Result<()> {
    match size {
        Some(size) if size <= MAX_TEXT_BYTES => Ok(()),
        size if size.is_none_or(|size| size > GO_MAX_BYTES) => {
            Err(Error::message("runtime error: makeslice: len out of range"))
        }
        _ => Err(Error::message(format!(
            "{name} makes more than {MAX_TEXT_BYTES} bytes"
        ))),
    }
}

fn trim_all(args: &[Value]) -> Value {
    let set: Vec<char> = str(args, 0).chars().collect();
    str(args, 1).trim_matches(set.as_slice()).into()
}

/// Goutils looks at single bytes, and takes them for characters of Latin-1.
fn nospace(args: &[Value]) -> Value {
    let text = text(args, 0);
    if !text
        .as_bytes()
        .iter()
        .any(|byte| char::from(*byte).is_whitespace())
    {
        return text.into();
    }
    let kept = text.as_bytes().iter().map(|byte| char::from(*byte));
    kept.filter(|character| !character.is_whitespace())
        .collect::<String>()
        .into()
}

fn initials(args: &[Value]) -> Value {
    let mut initials = String::new();
    let mut after_gap = true;
    for byte in bytes(args, 0) {
        let character = char::from(*byte);
        if character.is_whitespace() {
            after_gap = true;
        } else if std::mem::take(&mut after_gap) {
            initials.push(character);
        }
    }
    initials.into()
}

fn trunc(count: i64, text: &[u8]) -> Text {
    let length = text.len() as i64;
    if count < 0 && length + count > 0 {
        return Text::from(&text[(length + count) as usize..]);
    }
    if (0..length).contains(&count) {
        return Text::from(&text[..count as usize]);
    }
    Text::from(text)
}

fn substr(args: &[Value]) -> Result {
    let (start, end, text) = (int(args, 0), int(args, 1), bytes(args, 2));
    let length = text.len() as i64;
    let (from, to) = match (start, end) {
        (start, end) if start < 0 => (0, end),
        (start, end) if end < 0 || end > length => (start, length),
        bounds => bounds,
    };
    let range = usize::try_from(from).ok().zip(usize::try_from(to).ok());
    match range.and_then(|(from, to)| text.get(from..to)) {
        Some(part) => Ok(Text::from(part).into()),
        None => Err(Error::message(slice_panic(start, end, from, to, length))),
    }
}

/// Go's panic for a slice expression of a string that is out of range.
fn slice_panic(start: i64, end: i64, from: i64, to: i64, length: i64) -> String {
    if start < 0 {
        return match end {
            end if end < 0 => format!("runtime error: slice bounds out of range [:{end}]"),
            end => {
                format!("runtime error: slice bounds out of range [:{end}] with length {length}")
            }
        };
    }
    if end < 0 || end > length {
        return format!("runtime error: slice bounds out of range [{from}:{length}]");
    }
    format!("runtime error: slice bounds out of range [{from}:{to}]")
}

fn repeat(count: i64, text: &[u8]) -> Result {
    let count =
        usize::try_from(count).map_err(|_| Error::message("strings: negative Repeat count"))?;
    let size = text.len().checked_mul(count);
    if size.is_none_or(|size| i64::try_from(size).is_err()) {
        return Err(Error::message("strings: Repeat output length overflow"));
    }
    check_size("repeat", size)?;
    Ok(Text::from_bytes(text.repeat(count)).into())
}

fn replace(old: &[u8], new: &[u8], text: &[u8]) -> Result {
    if old.is_empty() {
        // Go puts the new text around every rune.
        let text = gotpl::decode_lossy(text);
        let new = gotpl::decode_lossy(new);
        check_size("replace", new.len().checked_mul(text.len() + 1))?;
        return Ok(text.replace("", &new).into());
    }
    let parts = split(text, old, -1);
    let growth = new.len().saturating_sub(old.len());
    check_size(
        "replace",
        growth
            .checked_mul(parts.len())
            .map(|more| more + text.len()),
    )?;
    let parts: Vec<&[u8]> = parts.iter().map(Text::as_bytes).collect();
    Ok(Text::from_bytes(parts.join(new)).into())
}

/// Indents every line; `before` comes first.
pub(super) fn indent(spaces: i64, text: &[u8], before: &[u8]) -> Result {
    let spaces =
        usize::try_from(spaces).map_err(|_| Error::message("strings: negative Repeat count"))?;
    let lines = 1 + text
        .iter()
        .filter(|byte| **byte == b'\n')
        .fold(0, |lines, _| lines + 1);
    let size = spaces
        .checked_mul(lines)
        .and_then(|pad| pad.checked_add(text.len() + before.len()));
    check_size("indent", size)?;
    let mut indented = Vec::with_capacity(size.unwrap_or(0));
    indented.extend_from_slice(before);
    for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
        if index > 0 {
            indented.push(b'\n');
        }
        indented.resize(indented.len() + spaces, b' ');
        indented.extend_from_slice(line);
    }
    Ok(Text::from_bytes(indented).into())
}

/// The parts of all values but nil, with spaces between.
fn joined(args: &[Value], one: fn(&Value) -> Vec<u8>) -> Value {
    let parts: Vec<Vec<u8>> = args
        .iter()
        .filter(|value| !value.is_nil())
        .map(one)
        .collect();
    Text::from_bytes(parts.join(&b' ')).into()
}

fn quote_one(value: &Value) -> Vec<u8> {
    gotpl::quote::quote(strval(value).as_bytes()).into_bytes()
}

fn squote_one(value: &Value) -> Vec<u8> {
    let value = gotpl::format::sprint_value(value);
    [b"'", value.as_bytes(), b"'"].concat()
}

fn cat(args: &[Value]) -> Value {
    // Sprig builds "%v %v ..." and prints: only the format is trimmed.
    joined(args, |value| {
        gotpl::format::sprint_value(value).as_bytes().to_vec()
    })
}

/// Go's `strings.SplitN`; a negative count means all.
fn split(text: &[u8], separator: &[u8], count: i64) -> Vec<Text> {
    if count == 0 {
        return Vec::new();
    }
    let limit = usize::try_from(count).unwrap_or(usize::MAX);
    if separator.is_empty() {
        return explode(text, limit);
    }
    let mut parts = Vec::new();
    let mut rest = text;
    while parts.len() + 1 < limit
        && let Some(at) = find(rest, separator)
    {
        parts.push(Text::from(&rest[..at]));
        rest = &rest[at + separator.len()..];
    }
    parts.push(Text::from(rest));
    parts
}

/// The characters of a text, the rest of it in the last part.
fn explode(text: &[u8], limit: usize) -> Vec<Text> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let length = match rest.utf8_chunks().next() {
            Some(chunk) => chunk.valid().chars().next().map_or(1, char::len_utf8),
            None => break,
        };
        if parts.len() + 1 == limit {
            parts.push(Text::from(rest));
            break;
        }
        parts.push(Text::from(&rest[..length]));
        rest = &rest[length..];
    }
    parts
}

/// `split` gives a map with the keys `_0`, `_1`, ...
fn numbered(parts: Vec<Text>) -> Value {
    let entries = parts.into_iter().enumerate();
    let entries: Entries = entries
        .map(|(index, part)| (format!("_{index}").into(), Value::Str(part)))
        .collect();
    string_map(entries)
}
