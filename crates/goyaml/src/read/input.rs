//! Bytes to checked text: byte order marks, encodings, forbidden characters.

use std::borrow::Cow;

use crate::Error;
use crate::limits::MAX_INPUT_BYTES;

/// go-yaml decodes its input in blocks of this many bytes and reports a bad character as soon as its block is read.
const BLOCK_BYTES: usize = 512;

/// The readable part of a text and what is wrong behind it.
pub(super) struct Input<'a> {
    /// UTF-8 without byte order mark, up to the first bad character.
    pub(super) text: Cow<'a, str>,
    /// Bytes in front of `text` in the caller's text (a byte order mark).
    pub(super) skipped: usize,
    /// The error, and from which byte of `text` on a reader meets it.
    pub(super) bad: Option<(usize, Error)>,
}

/// Checks `bytes` as libyaml's reader does.
pub(super) fn check(bytes: &[u8]) -> Result<Input<'_>, Error> {
    if bytes.len() > MAX_INPUT_BYTES {
        return Err(Error::yaml(format_args!(
            "text is larger than {MAX_INPUT_BYTES} bytes"
        )));
    }
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Ok(utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Ok(utf16(rest, u16::from_be_bytes)),
        [0xEF, 0xBB, 0xBF, rest @ ..] => Ok(utf8(rest, 3)),
        _ => Ok(utf8(bytes, 0)),
    }
}

fn utf8(bytes: &[u8], skipped: usize) -> Input<'_> {
    let (text, problem) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = error.valid_up_to();
            let problem = match bytes[valid] {
                0xC0..=0xF7 if error.error_len().is_none() => "incomplete UTF-8 octet sequence",
                0xC0 | 0xC1 => "invalid length of a UTF-8 sequence",
                lead @ 0xC2..=0xF7 => trailing_problem(lead, &bytes[valid + 1..]),
                _ => "invalid leading UTF-8 octet",
            };
            (
                std::str::from_utf8(&bytes[..valid]).unwrap_or_default(),
                Some((valid, problem)),
            )
        }
    };
    let control = text
        .char_indices()
        .find(|(_, c)| !is_allowed(*c))
        .map(|(at, _)| at);
    let bad = match (control, problem) {
        (Some(at), _) => Some((at, "control characters are not allowed")),
        (None, problem) => problem,
    };
    match bad {
        None => Input {
            text: Cow::Borrowed(text),
            skipped,
            bad: None,
        },
        Some((at, problem)) => Input {
            text: Cow::Borrowed(&text[..at]),
            skipped,
            bad: Some((at / BLOCK_BYTES * BLOCK_BYTES, Error::yaml(problem))),
        },
    }
}

fn trailing_problem(lead: u8, rest: &[u8]) -> &'static str {
    let needed = crate::chars::width(lead) - 1;
    if rest.iter().take(needed).any(|byte| byte & 0xC0 != 0x80) {
        "invalid trailing UTF-8 octet"
    } else if matches!(
        (lead, rest.first()),
        (0xE0, Some(0x80..=0x9F)) | (0xF0, Some(0x80..=0x8F))
    ) {
        "invalid length of a UTF-8 sequence"
    } else {
        "invalid Unicode character"
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Input<'_> {
    let pairs = bytes.chunks_exact(2);
    let mut problem = (!pairs.remainder().is_empty()).then_some("incomplete UTF-16 character");
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len());
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(c) if is_allowed(c) => text.push(c),
            Ok(_) => {
                problem = Some("control characters are not allowed");
                break;
            }
            Err(error) => {
                problem = Some(if error.unpaired_surrogate() >= 0xDC00 {
                    "unexpected low surrogate area"
                } else {
                    "expected low surrogate area"
                });
                break;
            }
        }
    }
    let bad = problem.map(|problem| (text.len() / BLOCK_BYTES * BLOCK_BYTES, Error::yaml(problem)));
    Input {
        text: Cow::Owned(text),
        skipped: 0,
        bad,
    }
}

/// The characters that YAML 1.1 allows in a stream, as libyaml has them.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..)
}
