//! Positions, tokens and events.

use crate::Error;

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// Bytes from the start of the text.
    pub offset: usize,
    /// Characters from the start of the text.
    pub(crate) index: usize,
    /// Lines from the start, the first is 0.
    pub line: usize,
    /// Characters from the start of the line.
    pub column: usize,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarStyle {
    /// No quotes.
    Plain,
    /// `'...'`.
    SingleQuoted,
    /// `"..."`.
    DoubleQuoted,
    /// `|`.
    Literal,
    /// `>`.
    Folded,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    StreamStart,
    StreamEnd,
    VersionDirective { major: u8, minor: u8 },
    TagDirective { handle: String, prefix: String },
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias(String),
    Anchor(String),
    Tag { handle: String, suffix: String },
    Scalar { value: String, style: ScalarStyle },
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: Mark,
    pub(super) end: Mark,
}

/// What the parser says; the payloads are what the composer needs.
#[derive(Debug, Clone)]
pub(super) enum EventKind {
    StreamStart,
    StreamEnd,
    DocumentStart,
    DocumentEnd,
    Alias(String),
    Scalar {
        anchor: Option<String>,
        tag: String,
        value: String,
        style: ScalarStyle,
        implicit: bool,
    },
    SequenceStart {
        anchor: Option<String>,
        tag: String,
        flow: bool,
    },
    SequenceEnd,
    MappingStart {
        anchor: Option<String>,
        tag: String,
        flow: bool,
    },
    MappingEnd,
}

#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) kind: EventKind,
    pub(super) start: Mark,
    pub(super) end: Mark,
}

/// A problem of the scanner (`scanner` true) or of the parser, before it becomes go-yaml's text.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) text: &'static str,
    pub(super) mark: Mark,
    pub(super) context: Mark,
    pub(super) scanner: bool,
}

impl From<Problem> for Error {
    /// go-yaml's `parser.fail`: the problem's line, one more for the scanner, else the line of the context.
    fn from(problem: Problem) -> Self {
        let line = if problem.mark.line != 0 {
            problem.mark.line + usize::from(problem.scanner)
        } else {
            problem.context.line
        };
        if line == 0 {
            Self::yaml(problem.text)
        } else {
            Self::new(format!("yaml: line {line}: {}", problem.text), Some(line))
        }
    }
}
