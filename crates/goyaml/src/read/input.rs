//! Bytes to checked text: byte order marks, encodings, forbidden characters.

use std::borrow::Cow;

use super::token::Mark;
use crate::Error;
use crate::limits::MAX_INPUT_BYTES;

/// go-yaml decodes its input in blocks of this many bytes.
const BLOCK_BYTES: usize = 512;

const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// The readable part of a text and what is wrong behind it.
pub(super) struct Input<'a> {
    /// UTF-8 without byte order mark, up to the first bad character.
    pub(super) text: Cow<'a, str>,
    /// Bytes in front of `text` in the caller's text (a byte order mark).
    pub(super) skipped: usize,
    pub(super) reader: Reader,
}

/// How far go-yaml has decoded its input while it scans.
///
/// It matters in two ways: a bad character is an error only when its block is read, so that an error before it may come first;
/// and go-yaml looks for a byte order mark at the start of its buffer instead of its position in it.
#[derive(Clone)]
pub(super) struct Reader {
    /// Characters of each block.
    blocks: Vec<usize>,
    /// What is wrong in the block behind these.
    problem: Option<&'static str>,
    next_block: usize,
    /// Characters decoded so far; behind the end, NULs count.
    decoded: usize,
    /// Where the buffer starts, in bytes.
    buffer_start: usize,
}

impl Reader {
    fn new(blocks: Vec<usize>, problem: Option<&'static str>) -> Self {
        Self {
            blocks,
            problem,
            next_block: 0,
            decoded: 0,
            buffer_start: 0,
        }
    }

    /// Reads until so many characters follow `mark`.
    pub(super) fn need(&mut self, characters: usize, mark: Mark) -> Result<(), &'static str> {
        let wanted = mark.index + characters;
        if self.decoded >= wanted {
            return Ok(());
        }
        self.buffer_start = mark.offset;
        while self.decoded < wanted {
            match (self.blocks.get(self.next_block), self.problem) {
                (Some(block), _) => self.decoded += block,
                (None, Some(problem)) => return Err(problem),
                (None, None) => {
                    self.decoded += 1;
                    break;
                }
            }
            self.next_block += 1;
        }
        Ok(())
    }

    /// How many characters at `mark` can be stepped over without reading more for the next two.
    pub(super) fn ready(&self, mark: Mark) -> usize {
        self.decoded.saturating_sub(mark.index + 2)
    }

    /// Whether the buffer, not the position in it, is at a byte order mark.
    pub(super) fn begins_with_mark(&self, text: &[u8]) -> bool {
        text[self.buffer_start..].starts_with(&BYTE_ORDER_MARK)
    }
}

/// Checks `bytes` as libyaml's reader does.
pub(super) fn check(bytes: &[u8]) -> Result<Input<'_>, Error> {
    if bytes.len() > MAX_INPUT_BYTES {
        return Err(Error::yaml(format_args!(
            "text is larger than {MAX_INPUT_BYTES} bytes"
        )));
    }
    match bytes {
        [0xFF, 0xFE, ..] => Ok(utf16(bytes, u16::from_le_bytes)),
        [0xFE, 0xFF, ..] => Ok(utf16(bytes, u16::from_be_bytes)),
        [0xEF, 0xBB, 0xBF, ..] => Ok(utf8(bytes, 3)),
        _ => Ok(utf8(bytes, 0)),
    }
}

/// A character that cannot be read.
struct Bad {
    at: usize,
    /// How many bytes have to be there before it is noticed.
    width: usize,
    problem: &'static str,
}

fn utf8(bytes: &[u8], skipped: usize) -> Input<'_> {
    let (text, invalid) = match std::str::from_utf8(&bytes[skipped..]) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = skipped + error.valid_up_to();
            let text = std::str::from_utf8(&bytes[skipped..at]).unwrap_or_default();
            (text, Some(invalid_utf8(bytes, at)))
        }
    };
    let bad = forbidden(text)
        .map(|(at, c)| Bad {
            at: skipped + at,
            width: c.len_utf8(),
            problem: "control characters are not allowed",
        })
        .or(invalid);
    let readable = bad.as_ref().map_or(bytes.len(), |bad| bad.at);
    let text = text.get(..readable - skipped).unwrap_or_default();
    let mut blocks = Vec::new();
    let (mut start, mut end) = (skipped, BLOCK_BYTES.min(bytes.len()));
    while bad.as_ref().is_none_or(|bad| bad.at + bad.width > end) {
        let mut stop = end.min(readable);
        while !text.is_char_boundary(stop - skipped) {
            stop -= 1;
        }
        blocks.push(text[start - skipped..stop - skipped].chars().count());
        if end == bytes.len() {
            break;
        }
        start = stop;
        end = (start + BLOCK_BYTES).min(bytes.len());
    }
    Input {
        text: Cow::Borrowed(text),
        skipped,
        reader: Reader::new(blocks, bad.map(|bad| bad.problem)),
    }
}

/// The first forbidden character with its place.
fn forbidden(text: &str) -> Option<(usize, char)> {
    // Most texts are ASCII: bytes are looked at before characters.
    let plain = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let start = text.bytes().position(|byte| !plain(byte))?;
    let (at, c) = text[start..]
        .char_indices()
        .find(|(_, c)| !is_allowed(*c))?;
    Some((start + at, c))
}

/// What go-yaml says about the bytes at `at`, which are no character.
fn invalid_utf8(bytes: &[u8], at: usize) -> Bad {
    let lead = bytes[at];
    let width = match lead {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF7 => 4,
        _ => {
            return Bad {
                at,
                width: 1,
                problem: "invalid leading UTF-8 octet",
            };
        }
    };
    let problem = match bytes.get(at + 1..at + width) {
        None => "incomplete UTF-8 octet sequence",
        Some(trail) if trail.iter().any(|byte| byte & 0xC0 != 0x80) => {
            "invalid trailing UTF-8 octet"
        }
        Some([first, ..]) => match (lead, first) {
            (0xC0 | 0xC1, _) | (0xE0, 0x80..=0x9F) | (0xF0, 0x80..=0x8F) => {
                "invalid length of a UTF-8 sequence"
            }
            _ => "invalid Unicode character",
        },
        Some([]) => "invalid Unicode character",
    };
    Bad { at, width, problem }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Input<'_> {
    let mut text = String::with_capacity(bytes.len());
    let (mut blocks, mut block) = (Vec::new(), 0);
    let (mut at, mut end) = (2, BLOCK_BYTES.min(bytes.len()));
    let mut problem = None;
    while problem.is_none() {
        match next_utf16(&bytes[at..end], unit) {
            Ok(c) => {
                text.push(c);
                block += 1;
                at += 2 * c.len_utf16();
            }
            Err(Some(found)) => problem = Some(found),
            // The block is used up, but for part of a character.
            Err(None) => {
                blocks.push(block);
                block = 0;
                if end == bytes.len() {
                    problem = match end - at {
                        0 => break,
                        1 => Some("incomplete UTF-16 character"),
                        _ => Some("incomplete UTF-16 surrogate pair"),
                    };
                }
                end = (at + BLOCK_BYTES).min(bytes.len());
            }
        }
    }
    Input {
        text: Cow::Owned(text),
        skipped: 0,
        reader: Reader::new(blocks, problem),
    }
}

/// The first character, what is wrong with it, or `Err(None)` when more bytes are needed.
fn next_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<char, Option<&'static str>> {
    let [a, b, rest @ ..] = bytes else {
        return Err(None);
    };
    let code = match (unit([*a, *b]), rest) {
        (0xDC00..=0xDFFF, _) => return Err(Some("unexpected low surrogate area")),
        (high @ 0xD800..=0xDBFF, [a, b, ..]) => match unit([*a, *b]) {
            low @ 0xDC00..=0xDFFF => {
                0x10000 + (u32::from(high & 0x3FF) << 10) + u32::from(low & 0x3FF)
            }
            _ => return Err(Some("expected low surrogate area")),
        },
        (0xD800..=0xDBFF, _) => return Err(None),
        (code, _) => u32::from(code),
    };
    char::from_u32(code)
        .filter(|c| is_allowed(*c))
        .ok_or(Some("control characters are not allowed"))
}

/// The characters that YAML 1.1 allows in a stream, as libyaml has them.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..)
}
