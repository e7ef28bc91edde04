//! Tokens to events: libyaml's parser as a state machine, so that depth costs no stack.

use super::input::Input;
use super::scanner::Scanner;
use super::token::{Event, EventKind, Mark, Problem, ScalarStyle, Token, TokenKind};
use crate::Error;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    StreamStart,
    ImplicitDocumentStart,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequenceFirstEntry,
    BlockSequenceEntry,
    IndentlessSequenceEntry,
    BlockMappingFirstKey,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceFirstEntry,
    FlowSequenceEntry,
    FlowSequenceEntryMappingKey,
    FlowSequenceEntryMappingValue,
    FlowSequenceEntryMappingEnd,
    FlowMappingFirstKey,
    FlowMappingKey,
    FlowMappingValue,
    FlowMappingEmptyValue,
    End,
}

/// Where a node may stand.
#[derive(Clone, Copy)]
pub(super) struct Place {
    block: bool,
    indentless_sequence: bool,
}

/// Handle, suffix and place of a tag as written.
type RawTag = (String, String, Mark);

pub(super) const BLOCK: Place = Place {
    block: true,
    indentless_sequence: false,
};
pub(super) const BLOCK_VALUE: Place = Place {
    block: true,
    indentless_sequence: true,
};
pub(super) const FLOW: Place = Place {
    block: false,
    indentless_sequence: false,
};

pub(crate) struct Parser<'a> {
    pub(super) scanner: Scanner<'a>,
    pub(super) state: State,
    pub(super) states: Vec<State>,
    marks: Vec<Mark>,
    pub(super) tag_directives: Vec<(String, String)>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(input: &'a Input<'_>) -> Self {
        Self {
            scanner: Scanner::new(&input.text, input.reader.clone()),
            state: State::StreamStart,
            states: Vec::new(),
            marks: Vec::new(),
            tag_directives: Vec::new(),
        }
    }

    /// The next event; after the end of the stream, the end again.
    pub(super) fn next(&mut self) -> Result<Event, Error> {
        Ok(self.parse()?)
    }

    fn parse(&mut self) -> Result<Event, Problem> {
        match self.state {
            State::StreamStart => {
                self.state = State::ImplicitDocumentStart;
                let token = self.take()?;
                Ok(event(EventKind::StreamStart, &token))
            }
            State::ImplicitDocumentStart => self.document_start(true),
            State::DocumentStart => self.document_start(false),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(BLOCK),
            State::BlockSequenceFirstEntry => self.block_sequence_entry(true),
            State::BlockSequenceEntry => self.block_sequence_entry(false),
            State::IndentlessSequenceEntry => self.indentless_sequence_entry(),
            State::BlockMappingFirstKey => self.block_mapping_key(true),
            State::BlockMappingKey => self.block_mapping_key(false),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceFirstEntry => self.flow_sequence_entry(true),
            State::FlowSequenceEntry => self.flow_sequence_entry(false),
            State::FlowSequenceEntryMappingKey => self.flow_sequence_entry_mapping_key(),
            State::FlowSequenceEntryMappingValue => self.flow_sequence_entry_mapping_value(),
            State::FlowSequenceEntryMappingEnd => {
                self.state = State::FlowSequenceEntry;
                let start = self.scanner.peek()?.start;
                Ok(Event {
                    kind: EventKind::MappingEnd,
                    start,
                    end: start,
                })
            }
            State::FlowMappingFirstKey => self.flow_mapping_key(true),
            State::FlowMappingKey => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_mapping_value(false),
            State::FlowMappingEmptyValue => self.flow_mapping_value(true),
            State::End => Ok(Event {
                kind: EventKind::StreamEnd,
                start: self.scanner.mark,
                end: self.scanner.mark,
            }),
        }
    }

    pub(super) fn take(&mut self) -> Result<Token, Problem> {
        self.scanner.take()
    }

    pub(super) fn peek_is(&mut self, kinds: &[TokenKind]) -> Result<bool, Problem> {
        let token = self.scanner.peek()?;
        Ok(kinds.contains(&token.kind))
    }

    pub(super) fn pop_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// A node follows, then `then`.
    pub(super) fn node_then(&mut self, place: Place, then: State) -> Result<Event, Problem> {
        self.states.push(then);
        self.node(place)
    }

    pub(super) fn empty_then(&mut self, mark: Mark, then: State) -> Event {
        self.state = then;
        empty_scalar(mark)
    }

    /// The end of a collection that has a token of its own.
    pub(super) fn close(&mut self, kind: EventKind) -> Result<Event, Problem> {
        self.pop_state();
        self.marks.pop();
        let token = self.take()?;
        Ok(event(kind, &token))
    }

    /// Remembers where a collection began and takes its token.
    pub(super) fn open(&mut self) -> Result<(), Problem> {
        let token = self.take()?;
        self.marks.push(token.start);
        Ok(())
    }

    /// "did not find expected ..." at the next token, in the collection that was opened last.
    pub(super) fn expected(&mut self, text: &'static str) -> Problem {
        let context = self.marks.pop().unwrap_or_default();
        let mark = self.scanner.peek().map_or(context, |token| token.start);
        Problem {
            text,
            mark,
            context,
            scanner: false,
        }
    }

    pub(super) fn node(&mut self, place: Place) -> Result<Event, Problem> {
        let mut token = self.scanner.peek()?;
        let start = token.start;
        let mut end = token.start;
        let (mut anchor, mut tag) = (None, None);
        if let TokenKind::Alias(_) = token.kind {
            self.pop_state();
            let token = self.take()?;
            let Token {
                kind: TokenKind::Alias(name),
                start,
                end,
            } = token
            else {
                return Ok(empty_scalar(start));
            };
            return Ok(Event {
                kind: EventKind::Alias(name),
                start,
                end,
            });
        }
        // An anchor and a tag, in either order, each once.
        loop {
            match &token.kind {
                TokenKind::Anchor(name) if anchor.is_none() => anchor = Some(name.clone()),
                TokenKind::Tag { handle, suffix } if tag.is_none() => {
                    tag = Some((handle.clone(), suffix.clone(), token.start));
                }
                _ => break,
            }
            end = token.end;
            self.scanner.skip_token();
            token = self.scanner.peek()?;
        }
        let next_start = token.start;
        if matches!(token.kind, TokenKind::Scalar { .. }) {
            return self.scalar_node(anchor, tag, start);
        }
        let next = token.kind.clone();
        let tag = self.resolve_tag(tag, start)?;
        let opened = match next {
            TokenKind::BlockEntry if place.indentless_sequence => {
                self.state = State::IndentlessSequenceEntry;
                Some(EventKind::SequenceStart {
                    anchor,
                    tag,
                    flow: false,
                })
            }
            TokenKind::FlowSequenceStart => {
                self.state = State::FlowSequenceFirstEntry;
                Some(EventKind::SequenceStart {
                    anchor,
                    tag,
                    flow: true,
                })
            }
            TokenKind::FlowMappingStart => {
                self.state = State::FlowMappingFirstKey;
                Some(EventKind::MappingStart {
                    anchor,
                    tag,
                    flow: true,
                })
            }
            TokenKind::BlockSequenceStart if place.block => {
                self.state = State::BlockSequenceFirstEntry;
                Some(EventKind::SequenceStart {
                    anchor,
                    tag,
                    flow: false,
                })
            }
            TokenKind::BlockMappingStart if place.block => {
                self.state = State::BlockMappingFirstKey;
                Some(EventKind::MappingStart {
                    anchor,
                    tag,
                    flow: false,
                })
            }
            _ if anchor.is_some() || !tag.is_empty() => {
                self.pop_state();
                let implicit = tag.is_empty();
                let kind = EventKind::Scalar {
                    anchor,
                    tag,
                    value: String::new(),
                    style: ScalarStyle::Plain,
                    implicit,
                };
                return Ok(Event { kind, start, end });
            }
            _ => None,
        };
        match opened {
            Some(kind) => Ok(Event {
                kind,
                start,
                end: self.scanner.peek()?.end,
            }),
            None => Err(Problem {
                text: "did not find expected node content",
                mark: next_start,
                context: start,
                scanner: false,
            }),
        }
    }

    fn scalar_node(
        &mut self,
        anchor: Option<String>,
        tag: Option<RawTag>,
        start: Mark,
    ) -> Result<Event, Problem> {
        let tag = self.resolve_tag(tag, start)?;
        self.pop_state();
        let token = self.take()?;
        let end = token.end;
        let TokenKind::Scalar { value, style } = token.kind else {
            return Ok(empty_scalar(start));
        };
        let implicit = (tag.is_empty() && style == ScalarStyle::Plain) || tag == "!";
        Ok(Event {
            kind: EventKind::Scalar {
                anchor,
                tag,
                value,
                style,
                implicit,
            },
            start,
            end,
        })
    }

    fn resolve_tag(&self, tag: Option<RawTag>, context: Mark) -> Result<String, Problem> {
        let Some((handle, suffix, mark)) = tag else {
            return Ok(String::new());
        };
        if handle.is_empty() {
            return Ok(suffix);
        }
        match self
            .tag_directives
            .iter()
            .find(|(known, _)| *known == handle)
        {
            Some((_, prefix)) => Ok(format!("{prefix}{suffix}")),
            None => Err(Problem {
                text: "found undefined tag handle",
                mark,
                context,
                scanner: false,
            }),
        }
    }
}

pub(super) fn event(kind: EventKind, token: &Token) -> Event {
    Event {
        kind,
        start: token.start,
        end: token.end,
    }
}

pub(super) fn empty_scalar(mark: Mark) -> Event {
    let kind = EventKind::Scalar {
        anchor: None,
        tag: String::new(),
        value: String::new(),
        style: ScalarStyle::Plain,
        implicit: true,
    };
    Event {
        kind,
        start: mark,
        end: mark,
    }
}
