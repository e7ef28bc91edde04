//! Directives, anchors, aliases and tags.

use super::scanner::Scanner;
use super::token::{Mark, Problem, Token, TokenKind};
use crate::chars::{is_alpha, width};

impl Scanner<'_> {
    fn token(&self, kind: TokenKind, start: Mark) -> Token {
        Token {
            kind,
            start,
            end: self.mark,
        }
    }

    pub(super) fn scan_directive(&mut self) -> Result<Token, Problem> {
        let start = self.mark;
        self.skip();
        let name = self.scan_directive_name(start)?;
        let kind = match name.as_slice() {
            b"YAML" => {
                self.skip_blanks()?;
                let major = self.scan_version_number(start)?;
                if self.peek_byte(0) != b'.' {
                    return self.problem(start, "did not find expected digit or '.' character");
                }
                self.skip();
                TokenKind::VersionDirective {
                    major,
                    minor: self.scan_version_number(start)?,
                }
            }
            b"TAG" => {
                self.skip_blanks()?;
                let handle = self.scan_tag_handle(true, start)?;
                self.need(1)?;
                if !matches!(self.peek_byte(0), b' ' | b'\t') {
                    return self.problem(start, "did not find expected whitespace");
                }
                self.skip_blanks()?;
                let prefix = self.scan_tag_uri(&[], start)?;
                self.need(1)?;
                if !self.blankz(0) {
                    return self.problem(start, "did not find expected whitespace or line break");
                }
                TokenKind::TagDirective {
                    handle: text(handle),
                    prefix: text(prefix),
                }
            }
            _ => return self.problem(start, "found unknown directive name"),
        };
        let token = self.token(kind, start);
        self.skip_blanks()?;
        self.skip_comment()?;
        if !self.breakz() {
            return self.problem(start, "did not find expected comment or line break");
        }
        self.skip_break()?;
        Ok(token)
    }

    fn scan_directive_name(&mut self, start: Mark) -> Result<Vec<u8>, Problem> {
        let name = self.scan_alphas()?;
        if name.is_empty() {
            return self.problem(start, "could not find expected directive name");
        }
        if !self.blankz(0) {
            return self.problem(start, "found unexpected non-alphabetical character");
        }
        Ok(name)
    }

    fn scan_alphas(&mut self) -> Result<Vec<u8>, Problem> {
        let mut found = Vec::new();
        self.need(1)?;
        while is_alpha(self.peek_byte(0)) {
            self.read(&mut found);
            self.need(1)?;
        }
        Ok(found)
    }

    fn scan_version_number(&mut self, start: Mark) -> Result<u8, Problem> {
        let (mut value, mut length) = (0, 0);
        self.need(1)?;
        while self.peek_byte(0).is_ascii_digit() {
            length += 1;
            if length > 2 {
                return self.problem(start, "found extremely long version number");
            }
            value = value * 10 + (self.peek_byte(0) - b'0');
            self.skip();
            self.need(1)?;
        }
        if length == 0 {
            return self.problem(start, "did not find expected version number");
        }
        Ok(value)
    }

    pub(super) fn scan_anchor(&mut self, anchor: bool) -> Result<Token, Problem> {
        let start = self.mark;
        self.skip();
        let name = self.scan_alphas()?;
        let follows = self.blankz(0)
            || matches!(
                self.peek_byte(0),
                b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`'
            );
        if name.is_empty() || !follows {
            return self.problem(
                start,
                "did not find expected alphabetic or numeric character",
            );
        }
        let name = text(name);
        let kind = if anchor {
            TokenKind::Anchor(name)
        } else {
            TokenKind::Alias(name)
        };
        Ok(self.token(kind, start))
    }

    pub(super) fn scan_tag(&mut self) -> Result<Token, Problem> {
        let start = self.mark;
        let (handle, suffix);
        self.need(2)?;
        if self.peek_byte(1) == b'<' {
            self.skip();
            self.skip();
            handle = Vec::new();
            suffix = self.scan_tag_uri(&[], start)?;
            if self.peek_byte(0) != b'>' {
                return self.problem(start, "did not find the expected '>'");
            }
            self.skip();
        } else {
            let head = self.scan_tag_handle(false, start)?;
            if head.len() > 1 && head.ends_with(b"!") {
                handle = head;
                suffix = self.scan_tag_uri(&[], start)?;
            } else {
                let rest = self.scan_tag_uri(&head, start)?;
                // A lone "!" is a tag without a handle.
                (handle, suffix) = if rest.is_empty() {
                    (rest, b"!".to_vec())
                } else {
                    (b"!".to_vec(), rest)
                };
            }
        }
        self.need(1)?;
        if !self.blankz(0) {
            return self.problem(start, "did not find expected whitespace or line break");
        }
        Ok(self.token(
            TokenKind::Tag {
                handle: text(handle),
                suffix: text(suffix),
            },
            start,
        ))
    }

    fn scan_tag_handle(&mut self, directive: bool, start: Mark) -> Result<Vec<u8>, Problem> {
        self.need(1)?;
        if self.peek_byte(0) != b'!' {
            return self.problem(start, "did not find expected '!'");
        }
        let mut handle = Vec::new();
        self.read(&mut handle);
        handle.append(&mut self.scan_alphas()?);
        if self.peek_byte(0) == b'!' {
            self.read(&mut handle);
        } else if directive && handle != b"!" {
            return self.problem(start, "did not find expected '!'");
        }
        Ok(handle)
    }

    fn scan_tag_uri(&mut self, head: &[u8], start: Mark) -> Result<Vec<u8>, Problem> {
        let mut uri = head.get(1..).unwrap_or_default().to_vec();
        let mut found = !head.is_empty();
        self.need(1)?;
        loop {
            match self.peek_byte(0) {
                b'%' => self.scan_uri_escape(start, &mut uri)?,
                b';' | b'/' | b'?' | b':' | b'@' | b'&' | b'=' | b'+' | b'$' | b',' | b'.'
                | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' | b'[' | b']' => self.read(&mut uri),
                byte if is_alpha(byte) => self.read(&mut uri),
                _ => break,
            }
            self.need(1)?;
            found = true;
        }
        if !found {
            return self.problem(start, "did not find expected tag URI");
        }
        Ok(uri)
    }

    /// One character written as `%XX` octets.
    fn scan_uri_escape(&mut self, start: Mark, uri: &mut Vec<u8>) -> Result<(), Problem> {
        let mut left = None;
        while left != Some(0) {
            self.need(3)?;
            let digits = (
                char::from(self.peek_byte(1)).to_digit(16),
                char::from(self.peek_byte(2)).to_digit(16),
            );
            let (b'%', (Some(high), Some(low))) = (self.peek_byte(0), digits) else {
                return self.problem(start, "did not find URI escaped octet");
            };
            let octet = (high << 4 | low) as u8;
            left = match left {
                None if matches!(octet, 0x80..=0xBF | 0xF8..) => {
                    return self.problem(start, "found an incorrect leading UTF-8 octet");
                }
                None => Some(width(octet) - 1),
                Some(_) if octet & 0xC0 != 0x80 => {
                    return self.problem(start, "found an incorrect trailing UTF-8 octet");
                }
                Some(left) => Some(left - 1),
            };
            uri.push(octet);
            for _ in 0..3 {
                self.skip();
            }
        }
        Ok(())
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
