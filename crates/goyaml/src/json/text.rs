//! The texts in quotes of JSON.

use super::parse::Parser;
use super::problem::{bad_escape, end_of_text, unexpected};
use crate::Error;

/// Bytes of `\uXXXX`.
const UNICODE_ESCAPE: usize = 6;

impl Parser<'_> {
    /// A text; the opening quote is at hand. Bytes that are no UTF-8 become U+FFFD, one each.
    pub(super) fn string(&mut self) -> Result<String, Error> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let end = rest
                .iter()
                .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F))
                .ok_or_else(|| end_of_text(self.text))?;
            let (plain, stop) = (&rest[..end], rest[end]);
            push(&mut out, plain);
            self.at += end;
            match stop {
                b'"' => {
                    self.at += 1;
                    return Ok(out);
                }
                b'\\' => self.escape(&mut out)?,
                _ => return Err(unexpected(self.text, self.at, "in string")),
            }
        }
    }

    fn escape(&mut self, out: &mut String) -> Result<(), Error> {
        let kind = *self
            .text
            .get(self.at + 1)
            .ok_or_else(|| end_of_text(self.text))?;
        out.push(match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'b' => '\x08',
            b'f' => '\x0C',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let c = self.unicode()?;
                out.push(c);
                return Ok(());
            }
            _ => return Err(bad_escape(self.text, self.at, 2)),
        });
        self.at += 2;
        Ok(())
    }

    /// `\uXXXX`, in pairs for characters outside the basic plane; lone halves become U+FFFD.
    fn unicode(&mut self) -> Result<char, Error> {
        let Some(first) = unit(self.rest()) else {
            let rest = self.rest();
            // Go shows what is there, behind the text too, unless all of it could be the start of an escape.
            let cut = rest.len() < UNICODE_ESCAPE && rest[2..].iter().all(u8::is_ascii_hexdigit);
            return Err(if cut {
                end_of_text(self.text)
            } else {
                bad_escape(self.text, self.at, UNICODE_ESCAPE)
            });
        };
        self.at += UNICODE_ESCAPE;
        if (0xD800..0xDC00).contains(&first)
            && let Some(second @ 0xDC00..=0xDFFF) = unit(self.rest())
        {
            self.at += UNICODE_ESCAPE;
            let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}

/// What the `\uXXXX` that the bytes begin with stands for.
fn unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |code, digit| {
        Some(code << 4 | char::from(*digit).to_digit(16)?)
    })
}

fn push(out: &mut String, bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        out.push_str(text);
        return;
    }
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
}
