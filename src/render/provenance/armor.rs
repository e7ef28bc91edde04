//! Bytes as lines of Base64 between marks (RFC 9580, section 6), as go-crypto's `armor.Decode` takes them.

use std::slice::SplitInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::OpenPgpError;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// The longest line of Base64.
const MAX_LINE: usize = 96;

/// A block: what it is, what could be read of it, and why not more.
#[derive(Debug)]
pub(super) struct Armor {
    /// `PGP SIGNATURE` and the like.
    pub(super) kind: String,
    pub(super) bytes: Vec<u8>,
    /// What stands in for the end of the bytes, when they end too early.
    pub(super) broken: Option<OpenPgpError>,
}

/// Whether bytes look like a block.
pub(super) fn is_armored(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"-----BEGIN PGP")
}

/// The lines of a text, white space around them taken away.
#[derive(Debug)]
pub(super) struct Lines<'b> {
    lines: SplitInclusive<'b, u8, fn(&u8) -> bool>,
}

impl<'b> Lines<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        let is_end: fn(&u8) -> bool = |byte| *byte == b'\n';
        Self {
            lines: bytes.split_inclusive(is_end),
        }
    }

    fn next_line(&mut self) -> Option<&'b [u8]> {
        self.lines.next().map(<[u8]>::trim_ascii)
    }

    /// The next block; what stands in front of it is passed over.
    pub(super) fn next_block(&mut self) -> Option<Armor> {
        loop {
            let line = self.next_line()?;
            if line.len() <= BEGIN.len() + DASHES.len() || !line.starts_with(BEGIN) {
                continue;
            }
            let kind = &line[BEGIN.len()..line.len() - DASHES.len()];
            if self.skip_headers()? {
                let (bytes, broken) = self.body();
                return Some(Armor {
                    kind: String::from_utf8_lossy(kind).into_owned(),
                    bytes,
                    broken,
                });
            }
        }
    }

    /// Whether all lines up to the empty one are headers; `None` when there is no such line.
    fn skip_headers(&mut self) -> Option<bool> {
        loop {
            let line = self.next_line()?;
            if line.is_empty() {
                return Some(true);
            }
            if !line.contains(&b':') {
                return Some(false);
            }
        }
    }

    fn body(&mut self) -> (Vec<u8>, Option<OpenPgpError>) {
        let mut digits = Vec::new();
        let mut broken = None;
        while let Some(line) = self.next_line() {
            let is_checksum = line.len() == 5 && line.starts_with(b"=");
            if is_checksum || line.starts_with(END) {
                break;
            }
            if line.len() > MAX_LINE {
                broken = Some(OpenPgpError::Structural("armor invalid".to_owned()));
                break;
            }
            digits.extend_from_slice(line);
        }
        let (bytes, stopped) = decoded(&digits);
        (bytes, stopped.or(broken))
    }
}

/// The bytes of Base64 digits up to the first that does not fit.
fn decoded(digits: &[u8]) -> (Vec<u8>, Option<OpenPgpError>) {
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
    let wrong = digits.iter().position(|byte| !is_digit(byte));
    let whole = wrong.unwrap_or(digits.len()) / 4 * 4;
    let (head, tail) = digits.split_at(whole);
    let Ok(mut bytes) = STANDARD.decode(head) else {
        return (Vec::new(), Some(OpenPgpError::Base64(0)));
    };
    if tail.is_empty() {
        return (bytes, None);
    }
    match STANDARD.decode(tail) {
        Ok(last) => {
            bytes.extend(last);
            (bytes, None)
        }
        // It ends within a group.
        Err(_) if wrong.is_none() => (bytes, Some(OpenPgpError::Cut)),
        Err(_) => (bytes, Some(OpenPgpError::Base64(wrong.unwrap_or(whole)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<(String, Vec<u8>, Option<OpenPgpError>)> {
        let mut lines = Lines::new(text.as_bytes());
        std::iter::from_fn(|| lines.next_block())
            .map(|block| (block.kind, block.bytes, block.broken))
            .collect()
    }

    #[test]
    fn blocks_are_found_between_other_lines() {
        let text = "x\n-----BEGIN A-----\nno header\n-----BEGIN B-----\r\nComment: c\r\n\r\nYW\r\nJj\r\n=AAAA\r\n-----END B-----\r\n-----BEGIN C-----\n\nYQ==\n-----END C-----";
        let whole = |kind: &str, bytes: &[u8]| (kind.to_owned(), bytes.to_owned(), None);
        assert_eq!(blocks(text), [whole("B", b"abc"), whole("C", b"a")]);
        assert_eq!(blocks("-----BEGIN A-----\nComment: c\n"), []);
        assert_eq!(blocks(""), []);
    }

    #[test]
    fn what_cannot_be_read_stands_at_the_end_of_what_can() {
        for (body, bytes, broken) in [
            ("YWJjYW", "abc", OpenPgpError::Cut),
            ("YWJj!WJj", "abc", OpenPgpError::Base64(4)),
            ("YQ==YWJj", "", OpenPgpError::Base64(2)),
            (
                &"YWJj".repeat(25),
                "",
                OpenPgpError::Structural("armor invalid".to_owned()),
            ),
        ] {
            let found = blocks(&format!("-----BEGIN A-----\n\n{body}\n-----END A-----\n"));
            let expected = ("A".to_owned(), bytes.as_bytes().to_owned(), Some(broken));
            assert_eq!(found, [expected], "{body}");
        }
    }
}
