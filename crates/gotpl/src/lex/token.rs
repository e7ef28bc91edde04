//! Tokens and how messages show them.

use std::fmt;

/// The kinds of tokens; the ones from `Block` on are keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TokenKind {
    /// The text of the token is a message.
    Error,
    Bool,
    Char,
    CharConstant,
    Complex,
    Assign,
    Declare,
    Eof,
    Field,
    Identifier,
    LeftDelim,
    LeftParen,
    Number,
    Pipe,
    RawString,
    RightDelim,
    RightParen,
    Space,
    String,
    Text,
    Variable,
    Block,
    Break,
    Continue,
    Dot,
    Define,
    Else,
    End,
    If,
    Nil,
    Range,
    Template,
    With,
}

impl TokenKind {
    pub(super) fn keyword(word: &str) -> Option<Self> {
        Some(match word {
            "." => Self::Dot,
            "block" => Self::Block,
            "break" => Self::Break,
            "continue" => Self::Continue,
            "define" => Self::Define,
            "else" => Self::Else,
            "end" => Self::End,
            "if" => Self::If,
            "range" => Self::Range,
            "nil" => Self::Nil,
            "template" => Self::Template,
            "with" => Self::With,
            _ => return None,
        })
    }
}

/// A token: its place and its text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'t> {
    pub(crate) kind: TokenKind,
    /// The byte where it starts.
    pub(crate) pos: usize,
    /// The line where it starts, counted from 1; 0 before the first token.
    pub(crate) line: usize,
    pub(crate) text: &'t str,
}

impl Token<'_> {
    /// The state of a parser before its first token.
    pub(crate) const NONE: Self = Self {
        kind: TokenKind::Eof,
        pos: 0,
        line: 0,
        text: "",
    };
}

/// Longer tokens are cut in messages.
const SHOWN_CHARS: usize = 10;

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quote = |text: &str| crate::quote::quote(text.as_bytes());
        match self.kind {
            TokenKind::Eof => f.write_str("EOF"),
            TokenKind::Error => f.write_str(self.text),
            kind if kind >= TokenKind::Block => write!(f, "<{}>", self.text),
            _ if self.text.len() > SHOWN_CHARS => {
                let shown: String = self.text.chars().take(SHOWN_CHARS).collect();
                write!(f, "{}...", quote(&shown))
            }
            _ => f.write_str(&quote(self.text)),
        }
    }
}
