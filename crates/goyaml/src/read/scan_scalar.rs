//! Plain, quoted and block scalars.

use super::scanner::Scanner;
use super::token::{Mark, Problem, ScalarStyle, Token, TokenKind};
use crate::chars::{is_blank, is_printable_ascii};

/// White space between two words of a flow scalar, folded when the next word comes.
#[derive(Default)]
struct Gap {
    blanks: Vec<u8>,
    leading_break: Vec<u8>,
    trailing_breaks: Vec<u8>,
    /// A line break was seen.
    broken: bool,
}

impl Gap {
    fn is_empty(&self) -> bool {
        !self.broken && self.blanks.is_empty()
    }

    /// Writes the folded gap: one break is a space, more breaks lose the first.
    fn fold_into(&mut self, value: &mut Vec<u8>) {
        if self.broken {
            if self.leading_break.first() == Some(&b'\n') {
                if self.trailing_breaks.is_empty() {
                    value.push(b' ');
                } else {
                    value.append(&mut self.trailing_breaks);
                }
            } else {
                value.append(&mut self.leading_break);
                value.append(&mut self.trailing_breaks);
            }
            self.leading_break.clear();
            self.trailing_breaks.clear();
            self.broken = false;
        } else {
            value.append(&mut self.blanks);
        }
    }
}

/// What stands for itself in a plain scalar, wherever that stands.
fn is_plain(byte: u8) -> bool {
    is_printable_ascii(byte)
        && !matches!(byte, b':' | b'#' | b',' | b'?' | b'[' | b']' | b'{' | b'}')
}

/// What stands for itself in a quoted scalar.
fn is_quoted(byte: u8) -> bool {
    is_printable_ascii(byte) && !matches!(byte, b'"' | b'\'' | b'\\')
}

fn scalar(value: Vec<u8>, style: ScalarStyle, start: Mark, end: Mark) -> Token {
    // The input is valid UTF-8 and is cut at characters, so nothing is lost here.
    let value = String::from_utf8(value)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Token {
        kind: TokenKind::Scalar { value, style },
        start,
        end,
    }
}

impl Scanner<'_> {
    pub(super) fn scan_plain_scalar(&mut self) -> Result<Token, Problem> {
        let start = self.mark;
        let mut end = self.mark;
        let indent = (self.indent + 1) as usize;
        let mut value = Vec::new();
        let mut gap = Gap::default();
        loop {
            self.need(4)?;
            if self.at_document_indicator() || self.peek_byte(0) == b'#' {
                break;
            }
            while !self.blankz(0) {
                let byte = self.peek_byte(0);
                let flow_indicator =
                    self.flow_level > 0 && matches!(byte, b',' | b'?' | b'[' | b']' | b'{' | b'}');
                if (byte == b':' && self.blankz(1)) || flow_indicator {
                    break;
                }
                if !gap.is_empty() {
                    gap.fold_into(&mut value);
                }
                self.read(&mut value);
                value.extend_from_slice(self.skip_words(is_plain));
                end = self.mark;
                self.need(2)?;
            }
            if !is_blank(self.peek_byte(0)) && !self.line_break(0) {
                break;
            }
            self.need(1)?;
            while is_blank(self.peek_byte(0)) || self.line_break(0) {
                if gap.broken && self.mark.column < indent && self.peek_byte(0) == b'\t' {
                    return self.problem(start, "found a tab character that violates indentation");
                }
                self.scan_gap(&mut gap)?;
            }
            if self.flow_level == 0 && self.mark.column < indent {
                break;
            }
        }
        if gap.broken {
            self.simple_key_allowed = true;
        }
        Ok(scalar(value, ScalarStyle::Plain, start, end))
    }

    /// One blank or line break between words.
    fn scan_gap(&mut self, gap: &mut Gap) -> Result<(), Problem> {
        if is_blank(self.peek_byte(0)) {
            if gap.broken {
                self.skip();
            } else {
                self.read(&mut gap.blanks);
            }
        } else {
            self.need(2)?;
            if gap.broken {
                self.read_line(&mut gap.trailing_breaks);
            } else {
                gap.blanks.clear();
                self.read_line(&mut gap.leading_break);
                gap.broken = true;
            }
        }
        self.need(1)
    }

    pub(super) fn scan_flow_scalar(&mut self, single: bool) -> Result<Token, Problem> {
        let start = self.mark;
        let quote = if single { b'\'' } else { b'"' };
        self.skip();
        let mut value = Vec::new();
        loop {
            self.need(4)?;
            if self.at_document_indicator() {
                return self.problem(start, "found unexpected document indicator");
            }
            if self.at_end() {
                return self.problem(start, "found unexpected end of stream");
            }
            let mut gap = Gap::default();
            while !self.blankz(0) {
                let (byte, next) = (self.peek_byte(0), self.peek_byte(1));
                if single && byte == b'\'' && next == b'\'' {
                    value.push(b'\'');
                    self.skip();
                    self.skip();
                } else if byte == quote {
                    break;
                } else if !single && byte == b'\\' {
                    if self.line_break(1) {
                        self.need(3)?;
                        self.skip();
                        self.skip_line();
                        gap.broken = true;
                        break;
                    }
                    self.scan_escape(start, &mut value)?;
                } else {
                    self.read(&mut value);
                    value.extend_from_slice(self.skip_words(is_quoted));
                }
                self.need(2)?;
            }
            self.need(1)?;
            if self.peek_byte(0) == quote {
                break;
            }
            while is_blank(self.peek_byte(0)) || self.line_break(0) {
                self.scan_gap(&mut gap)?;
            }
            gap.fold_into(&mut value);
        }
        self.skip();
        let style = if single {
            ScalarStyle::SingleQuoted
        } else {
            ScalarStyle::DoubleQuoted
        };
        Ok(scalar(value, style, start, self.mark))
    }

    /// A backslash and what follows it.
    fn scan_escape(&mut self, start: Mark, value: &mut Vec<u8>) -> Result<(), Problem> {
        let digits = match self.peek_byte(1) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            byte => {
                let Some(c) = simple_escape(byte) else {
                    return self.problem(start, "found unknown escape character");
                };
                self.skip();
                self.skip();
                value.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                return Ok(());
            }
        };
        self.skip();
        self.skip();
        self.need(digits)?;
        let mut code = 0_u32;
        for ahead in 0..digits {
            let Some(digit) = char::from(self.peek_byte(ahead)).to_digit(16) else {
                return self.problem(start, "did not find expected hexdecimal number");
            };
            code = code << 4 | digit;
        }
        let Some(c) = char::from_u32(code) else {
            return self.problem(start, "found invalid Unicode character escape code");
        };
        value.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        for _ in 0..digits {
            self.skip();
        }
        Ok(())
    }

    pub(super) fn scan_block_scalar(&mut self, literal: bool) -> Result<Token, Problem> {
        let start = self.mark;
        self.skip();
        let (keep, increment) = self.scan_block_header(start)?;
        let mut indent = increment.map_or(0, |increment| {
            usize::try_from(self.indent).unwrap_or(0) + increment
        });
        let mut value = Vec::new();
        let mut leading_break = Vec::new();
        let mut trailing_breaks = Vec::new();
        let mut end = self.scan_block_breaks(&mut indent, &mut trailing_breaks, start)?;
        self.need(1)?;
        let mut leading_blank = false;
        while self.mark.column == indent && !self.at_end() {
            let blank = is_blank(self.peek_byte(0));
            if !literal && !leading_blank && !blank && leading_break.first() == Some(&b'\n') {
                if trailing_breaks.is_empty() {
                    value.push(b' ');
                }
            } else {
                value.append(&mut leading_break);
            }
            leading_break.clear();
            value.append(&mut trailing_breaks);
            leading_blank = blank;
            while !self.breakz() {
                self.read(&mut value);
                value.extend_from_slice(self.skip_run(is_printable_ascii));
                self.need(1)?;
            }
            self.need(2)?;
            self.read_line(&mut leading_break);
            end = self.scan_block_breaks(&mut indent, &mut trailing_breaks, start)?;
        }
        if keep != Some(false) {
            value.append(&mut leading_break);
        }
        if keep == Some(true) {
            value.append(&mut trailing_breaks);
        }
        let style = if literal {
            ScalarStyle::Literal
        } else {
            ScalarStyle::Folded
        };
        Ok(scalar(value, style, start, end))
    }

    /// `+` or `-` (keep, strip) and an indentation digit, in either order, then the rest of the line.
    fn scan_block_header(&mut self, start: Mark) -> Result<(Option<bool>, Option<usize>), Problem> {
        let (mut keep, mut increment) = (None, None);
        self.need(1)?;
        for _ in 0..2 {
            match self.peek_byte(0) {
                sign @ (b'+' | b'-') if keep.is_none() => keep = Some(sign == b'+'),
                b'0' if increment.is_none() => {
                    return self.problem(start, "found an indentation indicator equal to 0");
                }
                digit @ b'1'..=b'9' if increment.is_none() => {
                    increment = Some(usize::from(digit - b'0'));
                }
                _ => break,
            }
            self.skip();
            self.need(1)?;
        }
        self.skip_blanks()?;
        self.skip_comment()?;
        if !self.breakz() {
            return self.problem(start, "did not find expected comment or line break");
        }
        self.skip_break()?;
        Ok((keep, increment))
    }

    /// Empty lines of a block scalar; finds the indentation when it is still 0.
    fn scan_block_breaks(
        &mut self,
        indent: &mut usize,
        breaks: &mut Vec<u8>,
        start: Mark,
    ) -> Result<Mark, Problem> {
        let mut end = self.mark;
        let mut deepest = 0;
        loop {
            self.need(1)?;
            let searching = |mark: Mark| *indent == 0 || mark.column < *indent;
            while searching(self.mark) && self.peek_byte(0) == b' ' {
                self.skip();
                if *indent == 0 {
                    self.skip_run(|byte| byte == b' ');
                }
                self.need(1)?;
            }
            deepest = deepest.max(self.mark.column);
            if searching(self.mark) && self.peek_byte(0) == b'\t' {
                return self.problem(
                    start,
                    "found a tab character where an indentation space is expected",
                );
            }
            if !self.line_break(0) {
                break;
            }
            self.need(2)?;
            self.read_line(breaks);
            end = self.mark;
        }
        if *indent == 0 {
            *indent = deepest
                .max(usize::try_from(self.indent + 1).unwrap_or(0))
                .max(1);
        }
        Ok(end)
    }
}

fn simple_escape(byte: u8) -> Option<char> {
    Some(match byte {
        b'0' => '\0',
        b'a' => '\x07',
        b'b' => '\x08',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\x0B',
        b'f' => '\x0C',
        b'r' => '\r',
        b'e' => '\x1B',
        b' ' | b'"' | b'\'' | b'\\' => char::from(byte),
        b'N' => '\u{85}',
        b'_' => '\u{A0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return None,
    })
}
