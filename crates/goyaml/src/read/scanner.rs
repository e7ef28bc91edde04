//! Text to tokens: libyaml's scanner with go-yaml's rules.

use std::collections::VecDeque;

use super::input::Reader;
use super::simple_key::{KeysByToken, SimpleKey};
use super::token::{Mark, Problem, Token, TokenKind};
use crate::chars::{at, is_blank, is_blankz, is_break, is_breakz, is_printable_ascii, width};

pub(super) struct Scanner<'a> {
    pub(super) text: &'a [u8],
    pub(super) reader: Reader,
    pub(super) mark: Mark,
    pub(super) flow_level: usize,
    /// Column of the innermost block collection, -1 outside.
    pub(super) indent: isize,
    pub(super) simple_key_allowed: bool,
    pub(super) indents: Vec<isize>,
    pub(super) tokens: VecDeque<Token>,
    pub(super) tokens_parsed: usize,
    pub(super) stream_started: bool,
    stream_ended: bool,
    pub(super) simple_keys: Vec<SimpleKey>,
    pub(super) simple_keys_by_token: KeysByToken,
}

pub(super) type Scanned<T = ()> = Result<T, Problem>;

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, reader: Reader) -> Self {
        Self {
            text: text.as_bytes(),
            reader,
            mark: Mark::default(),
            flow_level: 0,
            indent: -1,
            simple_key_allowed: false,
            indents: Vec::new(),
            tokens: VecDeque::new(),
            tokens_parsed: 0,
            stream_started: false,
            stream_ended: false,
            simple_keys: Vec::new(),
            simple_keys_by_token: KeysByToken::default(),
        }
    }

    /// The next token, which stays in the queue.
    pub(super) fn peek(&mut self) -> Scanned<&Token> {
        if !self.stream_ended {
            self.fetch_more_tokens()?;
        }
        // The stream end token is never taken out of the queue.
        self.tokens.front().ok_or(Problem {
            text: "attempted to go past the end of stream; corrupted value?",
            mark: self.mark,
            context: self.mark,
            scanner: true,
        })
    }

    /// Takes the next token out of the queue; the end of the stream stays in it.
    pub(super) fn take(&mut self) -> Scanned<Token> {
        if self.peek()?.kind == TokenKind::StreamEnd {
            self.stream_ended = true;
            return self.peek().cloned();
        }
        let end = Token {
            kind: TokenKind::StreamEnd,
            start: self.mark,
            end: self.mark,
        };
        self.tokens_parsed += 1;
        Ok(self.tokens.pop_front().unwrap_or(end))
    }

    /// Drops the token that `peek` showed.
    pub(super) fn skip_token(&mut self) {
        match self.tokens.front().map(|token| &token.kind) {
            Some(TokenKind::StreamEnd) => self.stream_ended = true,
            Some(_) => {
                self.tokens.pop_front();
                self.tokens_parsed += 1;
            }
            None => {}
        }
    }

    pub(super) fn peek_byte(&self, ahead: usize) -> u8 {
        at(self.text, self.mark.offset + ahead)
    }

    /// Makes sure that so many characters were read, which is where a bad character is met.
    pub(super) fn need(&mut self, characters: usize) -> Scanned {
        self.reader
            .need(characters, self.mark)
            .map_err(|text| Problem {
                text,
                mark: Mark::default(),
                context: Mark::default(),
                scanner: false,
            })
    }

    pub(super) fn blankz(&self, ahead: usize) -> bool {
        is_blankz(self.text, self.mark.offset + ahead)
    }

    pub(super) fn breakz(&self) -> bool {
        is_breakz(self.text, self.mark.offset)
    }

    pub(super) fn line_break(&self, ahead: usize) -> bool {
        is_break(self.text, self.mark.offset + ahead)
    }

    pub(super) fn at_end(&self) -> bool {
        self.mark.offset >= self.text.len()
    }

    /// Steps over one character of the line.
    pub(super) fn skip(&mut self) {
        if !self.at_end() {
            self.mark.offset += width(self.peek_byte(0));
            self.mark.index += 1;
            self.mark.column += 1;
        }
    }

    /// Steps over one character, which may be the end of the text.
    pub(super) fn skip_any(&mut self) {
        if self.at_end() {
            self.mark.index += 1;
            self.mark.column += 1;
        } else {
            self.skip();
        }
    }

    /// Copies one character of the line.
    pub(super) fn read(&mut self, into: &mut Vec<u8>) {
        let from = self.mark.offset;
        self.skip();
        into.extend_from_slice(&self.text[from..self.mark.offset]);
    }

    /// Steps over the ASCII characters of one kind that stand here, as far as they were read already: [`Self::skip`] and
    /// [`Self::need`] do the rest, one by one.
    pub(super) fn skip_run(&mut self, of_kind: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.text[self.mark.offset..];
        let rest = &rest[..rest.len().min(self.reader.ready(self.mark))];
        let length = rest.iter().position(|byte| !of_kind(*byte));
        self.step_over(&rest[..length.unwrap_or(rest.len())])
    }

    /// [`Self::skip_run`] without the blanks at its end: a line break may follow them.
    pub(super) fn skip_words(&mut self, of_kind: impl Fn(u8) -> bool) -> &'a [u8] {
        let start = self.mark;
        let run = self.skip_run(of_kind);
        self.mark = start;
        self.step_over(run.trim_ascii_end())
    }

    fn step_over(&mut self, run: &'a [u8]) -> &'a [u8] {
        self.mark.offset += run.len();
        self.mark.index += run.len();
        self.mark.column += run.len();
        run
    }

    pub(super) fn skip_line(&mut self) {
        let mut ignored = Vec::new();
        self.read_line(&mut ignored);
    }

    /// Copies one line break: CR LF, CR, LF and NEL become LF, LS and PS stay.
    pub(super) fn read_line(&mut self, into: &mut Vec<u8>) {
        let from = self.mark.offset;
        let bytes = match self.peek_byte(0) {
            b'\r' if self.peek_byte(1) == b'\n' => {
                self.mark.index += 1;
                2
            }
            b'\r' | b'\n' => 1,
            _ if !self.line_break(0) => return,
            lead => width(lead),
        };
        if bytes == 3 {
            into.extend_from_slice(&self.text[from..from + bytes]);
        } else {
            into.push(b'\n');
        }
        self.mark.offset += bytes;
        self.mark.index += 1;
        self.mark.column = 0;
        self.mark.line += 1;
    }

    /// Steps over a line break, if there is one.
    pub(super) fn skip_break(&mut self) -> Scanned {
        if self.line_break(0) {
            self.need(2)?;
            self.skip_line();
        }
        Ok(())
    }

    pub(super) fn problem<T>(&self, context: Mark, text: &'static str) -> Scanned<T> {
        Err(Problem {
            text,
            mark: self.mark,
            context,
            scanner: true,
        })
    }

    /// `---` or `...` at the start of a line, followed by white space.
    pub(super) fn at_document_indicator(&self) -> bool {
        self.mark.column == 0
            && matches!(
                (self.peek_byte(0), self.peek_byte(1), self.peek_byte(2)),
                (b'-', b'-', b'-') | (b'.', b'.', b'.')
            )
            && self.blankz(3)
    }

    fn fetch_more_tokens(&mut self) -> Scanned {
        loop {
            if !self.tokens.is_empty() {
                // The first token may still turn out to be a key; then a token goes in front of it.
                let Some(place) = self.simple_keys_by_token.get(self.tokens_parsed) else {
                    return Ok(());
                };
                if !self.simple_key_is_valid(place)? {
                    return Ok(());
                }
            }
            self.fetch_next_token()?;
        }
    }

    pub(super) fn push(&mut self, kind: TokenKind, start: Mark) {
        self.tokens.push_back(Token {
            kind,
            start,
            end: self.mark,
        });
    }

    /// One token of `bytes` ASCII characters.
    pub(super) fn push_indicator(&mut self, kind: TokenKind, bytes: usize) {
        let start = self.mark;
        for _ in 0..bytes {
            self.skip();
        }
        self.push(kind, start);
    }

    pub(super) fn skip_comment(&mut self) -> Scanned {
        if self.peek_byte(0) == b'#' {
            while !self.breakz() {
                self.skip();
                self.skip_run(is_printable_ascii);
                self.need(1)?;
            }
        }
        Ok(())
    }

    pub(super) fn skip_blanks(&mut self) -> Scanned {
        self.need(1)?;
        while is_blank(self.peek_byte(0)) {
            self.skip();
            self.need(1)?;
        }
        Ok(())
    }
}
