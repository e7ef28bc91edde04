//! Text to tokens: libyaml's scanner with go-yaml's rules.

use std::collections::{HashMap, VecDeque};

use super::token::{Mark, Problem, Token, TokenKind};
use crate::chars::{at, is_blank, is_blankz, is_break, is_breakz, width};
use crate::limits::{MAX_DEPTH, MAX_SIMPLE_KEY_CHARS};

/// A place where a key without `?` could have begun.
#[derive(Debug, Clone, Copy, Default)]
struct SimpleKey {
    possible: bool,
    required: bool,
    token_number: usize,
    mark: Mark,
}

pub(super) struct Scanner<'a> {
    pub(super) text: &'a [u8],
    pub(super) mark: Mark,
    pub(super) flow_level: usize,
    /// Column of the innermost block collection, -1 outside.
    pub(super) indent: isize,
    pub(super) simple_key_allowed: bool,
    indents: Vec<isize>,
    tokens: VecDeque<Token>,
    tokens_parsed: usize,
    stream_started: bool,
    stream_ended: bool,
    simple_keys: Vec<SimpleKey>,
    /// Token number of a possible simple key to its place in `simple_keys`.
    simple_keys_by_token: HashMap<usize, usize>,
}

type Scanned<T = ()> = Result<T, Problem>;

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text: text.as_bytes(),
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
            simple_keys_by_token: HashMap::new(),
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

    /// Copies one character of the line.
    pub(super) fn read(&mut self, into: &mut Vec<u8>) {
        let from = self.mark.offset;
        self.skip();
        into.extend_from_slice(&self.text[from..self.mark.offset]);
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
                let Some(&place) = self.simple_keys_by_token.get(&self.tokens_parsed) else {
                    return Ok(());
                };
                if !self.simple_key_is_valid(place)? {
                    return Ok(());
                }
            }
            self.fetch_next_token()?;
        }
    }

    fn fetch_next_token(&mut self) -> Scanned {
        if !self.stream_started {
            self.stream_started = true;
            self.simple_keys.push(SimpleKey::default());
            self.simple_key_allowed = true;
            self.push(TokenKind::StreamStart, self.mark);
            return Ok(());
        }
        self.scan_to_next_token();
        self.unroll_indent(self.mark.column as isize);
        if self.at_end() {
            return self.fetch_stream_end();
        }
        let (first, second) = (self.peek_byte(0), self.peek_byte(1));
        if self.mark.column == 0 && first == b'%' {
            return self.fetch_directive();
        }
        if self.at_document_indicator() {
            let kind = if first == b'-' {
                TokenKind::DocumentStart
            } else {
                TokenKind::DocumentEnd
            };
            return self.fetch_document_indicator(kind);
        }
        let block = self.flow_level == 0;
        match first {
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if self.blankz(1) => self.fetch_block_entry(),
            b'?' if !block || self.blankz(1) => self.fetch_key(),
            b':' if !block || self.blankz(1) => self.fetch_value(),
            b'*' => self.fetch_anchor(false),
            b'&' => self.fetch_anchor(true),
            b'!' => self.fetch_tag(),
            b'|' if block => self.fetch_block_scalar(true),
            b'>' if block => self.fetch_block_scalar(false),
            b'\'' => self.fetch_flow_scalar(true),
            b'"' => self.fetch_flow_scalar(false),
            b'-' if !is_blank(second) => self.fetch_plain_scalar(),
            b'?' | b':' if block => self.fetch_plain_scalar(),
            b'-' | b'?' | b':' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' => self.no_token(),
            _ if self.blankz(0) => self.no_token(),
            _ => self.fetch_plain_scalar(),
        }
    }

    fn no_token(&self) -> Scanned {
        self.problem(self.mark, "found character that cannot start any token")
    }

    fn simple_key_is_valid(&mut self, place: usize) -> Scanned<bool> {
        let key = self.simple_keys[place];
        if !key.possible {
            return Ok(false);
        }
        if key.mark.line < self.mark.line || key.mark.index + MAX_SIMPLE_KEY_CHARS < self.mark.index
        {
            if key.required {
                return self.problem(key.mark, "could not find expected ':'");
            }
            self.simple_keys[place].possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    fn save_simple_key(&mut self) -> Scanned {
        if self.simple_key_allowed {
            let required = self.flow_level == 0 && self.indent == self.mark.column as isize;
            let token_number = self.tokens_parsed + self.tokens.len();
            self.remove_simple_key()?;
            let last = self.simple_keys.len() - 1;
            self.simple_keys[last] = SimpleKey {
                possible: true,
                required,
                token_number,
                mark: self.mark,
            };
            self.simple_keys_by_token.insert(token_number, last);
        }
        Ok(())
    }

    fn remove_simple_key(&mut self) -> Scanned {
        let mark = self.mark;
        if let Some(key) = self.simple_keys.last_mut()
            && key.possible
        {
            if key.required {
                return Err(Problem {
                    text: "could not find expected ':'",
                    mark,
                    context: key.mark,
                    scanner: true,
                });
            }
            key.possible = false;
            self.simple_keys_by_token.remove(&key.token_number);
        }
        Ok(())
    }

    fn increase_flow_level(&mut self) -> Scanned {
        // The number is that of the bracket itself: closing it takes back the bracket's own chance to be a key, so that
        // `[]: x` is a list followed by something that nobody reads.
        self.simple_keys.push(SimpleKey {
            token_number: self.tokens_parsed + self.tokens.len(),
            mark: self.mark,
            ..SimpleKey::default()
        });
        self.flow_level += 1;
        if self.flow_level > MAX_DEPTH {
            self.too_deep()
        } else {
            Ok(())
        }
    }

    fn too_deep<T>(&self) -> Scanned<T> {
        self.problem(self.mark, "exceeded max depth of 1000")
    }

    fn decrease_flow_level(&mut self) {
        if self.flow_level > 0 {
            self.flow_level -= 1;
            if let Some(key) = self.simple_keys.pop() {
                self.simple_keys_by_token.remove(&key.token_number);
            }
        }
    }

    /// Opens a block collection when `column` is deeper than the current one; `number` is where its token belongs.
    fn roll_indent(
        &mut self,
        column: usize,
        number: Option<usize>,
        kind: TokenKind,
        mark: Mark,
    ) -> Scanned {
        if self.flow_level == 0 && self.indent < column as isize {
            self.indents.push(self.indent);
            self.indent = column as isize;
            if self.indents.len() > MAX_DEPTH {
                return self.too_deep();
            }
            let token = Token {
                kind,
                start: mark,
                end: mark,
            };
            self.insert(number, token);
        }
        Ok(())
    }

    /// Puts a token in front of the one with a number, or last when that one is gone.
    fn insert(&mut self, number: Option<usize>, token: Token) {
        match number.and_then(|number| number.checked_sub(self.tokens_parsed)) {
            Some(place) => self.tokens.insert(place.min(self.tokens.len()), token),
            None => self.tokens.push_back(token),
        }
    }

    fn unroll_indent(&mut self, column: isize) {
        if self.flow_level > 0 {
            return;
        }
        while self.indent > column {
            self.push(TokenKind::BlockEnd, self.mark);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    fn push(&mut self, kind: TokenKind, start: Mark) {
        self.tokens.push_back(Token {
            kind,
            start,
            end: self.mark,
        });
    }

    /// One token of `bytes` ASCII characters.
    fn push_indicator(&mut self, kind: TokenKind, bytes: usize) {
        let start = self.mark;
        for _ in 0..bytes {
            self.skip();
        }
        self.push(kind, start);
    }

    fn fetch_stream_end(&mut self) -> Scanned {
        if self.mark.column != 0 {
            self.mark.column = 0;
            self.mark.line += 1;
        }
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        self.push(TokenKind::StreamEnd, self.mark);
        Ok(())
    }

    fn fetch_directive(&mut self) -> Scanned {
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_directive()?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_document_indicator(&mut self, kind: TokenKind) -> Scanned {
        self.unroll_indent(-1);
        self.remove_simple_key()?;
        self.simple_key_allowed = false;
        self.push_indicator(kind, 3);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: TokenKind) -> Scanned {
        self.save_simple_key()?;
        self.increase_flow_level()?;
        self.simple_key_allowed = true;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: TokenKind) -> Scanned {
        self.remove_simple_key()?;
        self.decrease_flow_level();
        self.simple_key_allowed = false;
        self.push_indicator(kind, 1);
        Ok(())
    }

    fn fetch_flow_entry(&mut self) -> Scanned {
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        self.push_indicator(TokenKind::FlowEntry, 1);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Scanned {
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return self.problem(
                    self.mark,
                    "block sequence entries are not allowed in this context",
                );
            }
            self.roll_indent(
                self.mark.column,
                None,
                TokenKind::BlockSequenceStart,
                self.mark,
            )?;
        }
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        self.push_indicator(TokenKind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Scanned {
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return self.problem(self.mark, "mapping keys are not allowed in this context");
            }
            self.roll_indent(
                self.mark.column,
                None,
                TokenKind::BlockMappingStart,
                self.mark,
            )?;
        }
        self.remove_simple_key()?;
        self.simple_key_allowed = self.flow_level == 0;
        self.push_indicator(TokenKind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Scanned {
        let last = self.simple_keys.len() - 1;
        if self.simple_key_is_valid(last)? {
            let key = self.simple_keys[last];
            let token = Token {
                kind: TokenKind::Key,
                start: key.mark,
                end: key.mark,
            };
            self.insert(Some(key.token_number), token);
            self.roll_indent(
                key.mark.column,
                Some(key.token_number),
                TokenKind::BlockMappingStart,
                key.mark,
            )?;
            self.simple_keys[last].possible = false;
            self.simple_keys_by_token.remove(&key.token_number);
            self.simple_key_allowed = false;
        } else {
            if self.flow_level == 0 {
                if !self.simple_key_allowed {
                    return self
                        .problem(self.mark, "mapping values are not allowed in this context");
                }
                self.roll_indent(
                    self.mark.column,
                    None,
                    TokenKind::BlockMappingStart,
                    self.mark,
                )?;
            }
            self.simple_key_allowed = self.flow_level == 0;
        }
        self.push_indicator(TokenKind::Value, 1);
        Ok(())
    }

    fn fetch_anchor(&mut self, anchor: bool) -> Scanned {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_anchor(anchor)?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_tag(&mut self) -> Scanned {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_tag()?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_block_scalar(&mut self, literal: bool) -> Scanned {
        self.remove_simple_key()?;
        self.simple_key_allowed = true;
        let token = self.scan_block_scalar(literal)?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_flow_scalar(&mut self, single: bool) -> Scanned {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_flow_scalar(single)?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn fetch_plain_scalar(&mut self) -> Scanned {
        self.save_simple_key()?;
        self.simple_key_allowed = false;
        let token = self.scan_plain_scalar()?;
        self.tokens.push_back(token);
        Ok(())
    }

    fn scan_to_next_token(&mut self) {
        loop {
            if self.mark.column == 0
                && self.text[self.mark.offset..].starts_with(&[0xEF, 0xBB, 0xBF])
            {
                self.skip();
            }
            // A tab may stand before a token only where no key can begin.
            while self.peek_byte(0) == b' '
                || (self.peek_byte(0) == b'\t' && (self.flow_level > 0 || !self.simple_key_allowed))
            {
                self.skip();
            }
            self.skip_comment();
            if !self.line_break(0) {
                return;
            }
            self.skip_line();
            if self.flow_level == 0 {
                self.simple_key_allowed = true;
            }
        }
    }

    pub(super) fn skip_comment(&mut self) {
        if self.peek_byte(0) == b'#' {
            while !self.breakz() {
                self.skip();
            }
        }
    }

    pub(super) fn skip_blanks(&mut self) {
        while is_blank(self.peek_byte(0)) {
            self.skip();
        }
    }
}
