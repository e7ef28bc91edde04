//! The lexer, a port of text/template/parse/lex.go: same tokens, same positions, same error texts.
//!
//! Trim markers are applied here, the parser never sees them.

mod token;

pub(crate) use token::{Token, TokenKind};

use crate::unicode::is_alphanumeric;

const LEFT_DELIM: &str = "{{";
const RIGHT_DELIM: &str = "}}";
const LEFT_COMMENT: &str = "/*";
const RIGHT_COMMENT: &str = "*/";
const SPACES: [char; 4] = [' ', '\t', '\r', '\n'];
/// The marker `-` and the space that goes with it.
const TRIM_MARKER_LEN: usize = 2;

/// Cuts a template into tokens, one at a time: what follows an error is never looked at.
#[derive(Debug)]
pub(crate) struct Lexer<'t> {
    input: &'t str,
    pos: usize,
    start: usize,
    line: usize,
    start_line: usize,
    paren_depth: usize,
    inside_action: bool,
    /// The text of the error token, once there is one.
    error: Option<String>,
}

impl<'t> Lexer<'t> {
    pub(crate) fn new(input: &'t str) -> Self {
        Self {
            input,
            pos: 0,
            start: 0,
            line: 1,
            start_line: 1,
            paren_depth: 0,
            inside_action: false,
            error: None,
        }
    }

    /// The message of the error token.
    pub(crate) fn error(&self) -> &str {
        self.error.as_deref().unwrap_or_default()
    }

    /// The next token; after the last one `Eof` for ever.
    pub(crate) fn next_token(&mut self) -> Token<'t> {
        loop {
            if self.inside_action {
                return self.inside_action();
            }
            // A comment is no token.
            if let Some(token) = self.text() {
                return token;
            }
        }
    }

    fn rest(&self) -> &'t str {
        self.input.get(self.pos..).unwrap_or_default()
    }

    fn pending(&self) -> &'t str {
        self.input.get(self.start..self.pos).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.pos += character.len_utf8();
        if character == '\n' {
            self.line += 1;
        }
        Some(character)
    }

    fn token(&mut self, kind: TokenKind) -> Token<'t> {
        let token = Token {
            kind,
            pos: self.start,
            line: self.start_line,
            text: self.pending(),
        };
        self.start = self.pos;
        self.start_line = self.line;
        token
    }

    /// Skips the pending input, which was passed over without [`Lexer::next`].
    fn ignore(&mut self) {
        self.line += count_lines(self.pending());
        self.start = self.pos;
        self.start_line = self.line;
    }

    fn fail(&mut self, message: impl Into<String>) -> Token<'t> {
        let token = Token {
            kind: TokenKind::Error,
            pos: self.start,
            line: self.start_line,
            text: "",
        };
        self.error.get_or_insert(message.into());
        self.input = "";
        self.start = 0;
        self.pos = 0;
        token
    }

    fn text(&mut self) -> Option<Token<'t>> {
        let Some(offset) = self.rest().find(LEFT_DELIM) else {
            self.pos = self.input.len();
            if self.pos > self.start {
                self.line += count_lines(self.pending());
                return Some(self.token(TokenKind::Text));
            }
            return Some(self.token(TokenKind::Eof));
        };
        if offset > 0 {
            self.pos += offset;
            let after_delim = &self.rest()[LEFT_DELIM.len()..];
            let trimmed = if has_left_trim_marker(after_delim) {
                self.pending().len() - self.pending().trim_end_matches(SPACES).len()
            } else {
                0
            };
            self.pos -= trimmed;
            self.line += count_lines(self.pending());
            let token = self.token(TokenKind::Text);
            self.pos += trimmed;
            self.ignore();
            if !token.text.is_empty() {
                return Some(token);
            }
        }
        self.left_delim()
    }

    fn left_delim(&mut self) -> Option<Token<'t>> {
        self.pos += LEFT_DELIM.len();
        let after_marker = if has_left_trim_marker(self.rest()) {
            TRIM_MARKER_LEN
        } else {
            0
        };
        if self.rest()[after_marker..].starts_with(LEFT_COMMENT) {
            self.pos += after_marker;
            self.ignore();
            return self.comment();
        }
        let token = self.token(TokenKind::LeftDelim);
        self.inside_action = true;
        self.pos += after_marker;
        self.ignore();
        self.paren_depth = 0;
        Some(token)
    }

    fn comment(&mut self) -> Option<Token<'t>> {
        self.pos += LEFT_COMMENT.len();
        let Some(end) = self.rest().find(RIGHT_COMMENT) else {
            return Some(self.fail("unclosed comment"));
        };
        self.pos += end + RIGHT_COMMENT.len();
        let Some(trim) = self.right_delim_ahead() else {
            return Some(self.fail("comment ends before closing delimiter"));
        };
        if trim {
            self.pos += TRIM_MARKER_LEN;
        }
        self.pos += RIGHT_DELIM.len();
        if trim {
            self.skip_spaces();
        }
        self.ignore();
        None
    }

    fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.pos += rest.len() - rest.trim_start_matches(SPACES).len();
    }

    /// Whether a right delimiter is next, and if so, whether it trims.
    fn right_delim_ahead(&self) -> Option<bool> {
        let rest = self.rest();
        if has_right_trim_marker(rest) && rest[TRIM_MARKER_LEN..].starts_with(RIGHT_DELIM) {
            return Some(true);
        }
        rest.starts_with(RIGHT_DELIM).then_some(false)
    }

    fn right_delim(&mut self) -> Token<'t> {
        let trim = self.right_delim_ahead() == Some(true);
        if trim {
            self.pos += TRIM_MARKER_LEN;
            self.ignore();
        }
        self.pos += RIGHT_DELIM.len();
        let token = self.token(TokenKind::RightDelim);
        if trim {
            self.skip_spaces();
            self.ignore();
        }
        self.inside_action = false;
        token
    }

    fn inside_action(&mut self) -> Token<'t> {
        if self.right_delim_ahead().is_some() {
            if self.paren_depth == 0 {
                return self.right_delim();
            }
            return self.fail("unclosed left paren");
        }
        let Some(character) = self.next() else {
            return self.fail("unclosed action");
        };
        match character {
            ' ' | '\t' | '\r' | '\n' => {
                self.step_back(character);
                self.space()
            }
            '=' => self.token(TokenKind::Assign),
            ':' => {
                if self.next() == Some('=') {
                    self.token(TokenKind::Declare)
                } else {
                    self.fail("expected :=")
                }
            }
            '|' => self.token(TokenKind::Pipe),
            '"' => self.quoted('"', TokenKind::String, "unterminated quoted string"),
            '`' => self.raw_quoted(),
            '$' => self.field_or_variable(TokenKind::Variable),
            '\'' => self.quoted(
                '\'',
                TokenKind::CharConstant,
                "unterminated character constant",
            ),
            '.' if self
                .rest()
                .bytes()
                .next()
                .is_some_and(|byte| !byte.is_ascii_digit()) =>
            {
                self.field_or_variable(TokenKind::Field)
            }
            '.' | '+' | '-' | '0'..='9' => {
                self.step_back(character);
                self.number()
            }
            _ if is_alphanumeric(character) => {
                self.step_back(character);
                self.identifier()
            }
            '(' => {
                self.paren_depth += 1;
                self.token(TokenKind::LeftParen)
            }
            ')' => {
                if self.paren_depth == 0 {
                    return self.fail("unexpected right paren");
                }
                self.paren_depth -= 1;
                self.token(TokenKind::RightParen)
            }
            '!'..='~' => self.token(TokenKind::Char),
            _ => self.fail(format!(
                "unrecognized character in action: {}",
                show_unicode(Some(character))
            )),
        }
    }

    fn step_back(&mut self, character: char) {
        self.pos -= character.len_utf8();
        if character == '\n' {
            self.line -= 1;
        }
    }

    fn space(&mut self) -> Token<'t> {
        let mut count = 0;
        let mut last = ' ';
        while let Some(character) = self.peek().filter(|character| SPACES.contains(character)) {
            self.next();
            last = character;
            count += 1;
        }
        // A closing delimiter with a trim marker starts with the last space.
        let from_last = self.input.get(self.pos - 1..).unwrap_or_default();
        if has_right_trim_marker(from_last) && from_last[TRIM_MARKER_LEN..].starts_with(RIGHT_DELIM)
        {
            self.step_back(last);
            if count == 1 {
                return self.right_delim();
            }
        }
        self.token(TokenKind::Space)
    }

    fn identifier(&mut self) -> Token<'t> {
        self.accept_while(is_alphanumeric);
        let word = self.pending();
        if !self.at_terminator() {
            return self.fail(format!("bad character {}", show_unicode(self.peek())));
        }
        let kind = match word {
            "true" | "false" => TokenKind::Bool,
            _ => TokenKind::keyword(word).unwrap_or(TokenKind::Identifier),
        };
        self.token(kind)
    }

    /// The `.` or `$` has been scanned.
    fn field_or_variable(&mut self, kind: TokenKind) -> Token<'t> {
        if self.at_terminator() {
            let alone = if kind == TokenKind::Variable {
                kind
            } else {
                TokenKind::Dot
            };
            return self.token(alone);
        }
        self.accept_while(is_alphanumeric);
        if !self.at_terminator() {
            return self.fail(format!("bad character {}", show_unicode(self.peek())));
        }
        self.token(kind)
    }

    fn at_terminator(&self) -> bool {
        match self.peek() {
            None | Some(' ' | '\t' | '\r' | '\n' | '.' | ',' | '|' | ':' | ')' | '(') => true,
            _ => self.rest().starts_with(RIGHT_DELIM),
        }
    }

    /// The first quote has been scanned.
    fn quoted(&mut self, quote: char, kind: TokenKind, unterminated: &str) -> Token<'t> {
        loop {
            match self.next() {
                Some('\\') if matches!(self.next(), None | Some('\n')) => {
                    return self.fail(unterminated);
                }
                None | Some('\n') => return self.fail(unterminated),
                Some(character) if character == quote => return self.token(kind),
                Some(_) => {}
            }
        }
    }

    fn raw_quoted(&mut self) -> Token<'t> {
        loop {
            match self.next() {
                None => return self.fail("unterminated raw quoted string"),
                Some('`') => return self.token(TokenKind::RawString),
                Some(_) => {}
            }
        }
    }

    fn number(&mut self) -> Token<'t> {
        let mut kind = TokenKind::Number;
        let mut good = self.scan_number();
        if good && matches!(self.peek(), Some('+' | '-')) {
            // Complex: 1+2i. No spaces, must end in 'i'.
            kind = TokenKind::Complex;
            good = self.scan_number() && self.pending().ends_with('i');
        }
        if good {
            return self.token(kind);
        }
        let shown = crate::quote::quote(self.pending().as_bytes());
        self.fail(format!("bad number syntax: {shown}"))
    }

    fn scan_number(&mut self) -> bool {
        self.accept("+-");
        let mut digits = "0123456789_";
        if self.accept("0") {
            if self.accept("xX") {
                digits = "0123456789abcdefABCDEF_";
            } else if self.accept("oO") {
                digits = "01234567_";
            } else if self.accept("bB") {
                digits = "01_";
            }
        }
        let is_digit = |character| digits.contains(character);
        self.accept_while(is_digit);
        if self.accept(".") {
            self.accept_while(is_digit);
        }
        let exponent = match digits.len() {
            11 => "eE",
            23 => "pP",
            _ => "",
        };
        if self.accept(exponent) {
            self.accept("+-");
            self.accept_while(|character| character.is_ascii_digit() || character == '_');
        }
        self.accept("i");
        if self.peek().is_some_and(is_alphanumeric) {
            self.next();
            return false;
        }
        true
    }

    fn accept(&mut self, valid: &str) -> bool {
        let accepted = self
            .peek()
            .is_some_and(|character| valid.contains(character));
        if accepted {
            self.next();
        }
        accepted
    }

    fn accept_while(&mut self, valid: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&valid) {
            self.next();
        }
    }
}

fn count_lines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

fn has_left_trim_marker(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [b'-', b' ' | b'\t' | b'\r' | b'\n', ..])
}

fn has_right_trim_marker(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [b' ' | b'\t' | b'\r' | b'\n', b'-', ..])
}

/// Go's `%#U`: `U+0023 '#'`; -1 stands for the end of the text.
fn show_unicode(character: Option<char>) -> String {
    match character {
        None => "U+FFFFFFFFFFFFFFFF".to_owned(),
        Some(character) if crate::quote::is_print(character) => {
            format!("U+{:04X} '{character}'", u32::from(character))
        }
        Some(character) => format!("U+{:04X}", u32::from(character)),
    }
}

#[cfg(test)]
mod tests;
