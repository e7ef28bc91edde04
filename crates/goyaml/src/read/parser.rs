//! Tokens to events: libyaml's parser as a state machine, so that depth costs no stack.

use super::scanner::Scanner;
use super::token::{Event, EventKind, Mark, Problem, ScalarStyle, Token, TokenKind};
use crate::Error;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
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
struct Place {
    block: bool,
    indentless_sequence: bool,
}

/// Handle, suffix and place of a tag as written.
type RawTag = (String, String, Mark);

const BLOCK: Place = Place {
    block: true,
    indentless_sequence: false,
};
const BLOCK_VALUE: Place = Place {
    block: true,
    indentless_sequence: true,
};
const FLOW: Place = Place {
    block: false,
    indentless_sequence: false,
};

pub(crate) struct Parser<'a> {
    scanner: Scanner<'a>,
    /// The reader's error, and the byte from which on it is met.
    bad: Option<(usize, Error)>,
    state: State,
    states: Vec<State>,
    marks: Vec<Mark>,
    tag_directives: Vec<(String, String)>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, bad: Option<(usize, Error)>) -> Self {
        Self {
            scanner: Scanner::new(text),
            bad,
            state: State::StreamStart,
            states: Vec::new(),
            marks: Vec::new(),
            tag_directives: Vec::new(),
        }
    }

    /// The next event; after the end of the stream, the end again.
    pub(super) fn next(&mut self) -> Result<Event, Error> {
        let parsed = self.parse();
        if let Some((from, error)) = &self.bad
            && self.scanner.mark.offset >= *from
        {
            return Err(error.clone());
        }
        Ok(parsed?)
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

    fn take(&mut self) -> Result<Token, Problem> {
        self.scanner.take()
    }

    fn peek_is(&mut self, kinds: &[TokenKind]) -> Result<bool, Problem> {
        let token = self.scanner.peek()?;
        Ok(kinds.contains(&token.kind))
    }

    fn pop_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// A node follows, then `then`.
    fn node_then(&mut self, place: Place, then: State) -> Result<Event, Problem> {
        self.states.push(then);
        self.node(place)
    }

    fn empty_then(&mut self, mark: Mark, then: State) -> Event {
        self.state = then;
        empty_scalar(mark)
    }

    /// The end of a collection that has a token of its own.
    fn close(&mut self, kind: EventKind) -> Result<Event, Problem> {
        self.pop_state();
        self.marks.pop();
        let token = self.take()?;
        Ok(event(kind, &token))
    }

    /// Remembers where a collection began and takes its token.
    fn open(&mut self) -> Result<(), Problem> {
        let token = self.take()?;
        self.marks.push(token.start);
        Ok(())
    }

    /// "did not find expected ..." at the next token, in the collection that was opened last.
    fn expected(&mut self, text: &'static str) -> Problem {
        let context = self.marks.pop().unwrap_or_default();
        let mark = self.scanner.peek().map_or(context, |token| token.start);
        Problem {
            text,
            mark,
            context,
            scanner: false,
        }
    }

    fn document_start(&mut self, implicit: bool) -> Result<Event, Problem> {
        if !implicit {
            while self.peek_is(&[TokenKind::DocumentEnd])? {
                self.scanner.skip_token();
            }
        }
        let token = self.scanner.peek()?;
        let start = token.start;
        match token.kind {
            TokenKind::StreamEnd => {
                self.state = State::End;
                let token = self.take()?;
                Ok(event(EventKind::StreamEnd, &token))
            }
            TokenKind::VersionDirective { .. }
            | TokenKind::TagDirective { .. }
            | TokenKind::DocumentStart => self.explicit_document(start),
            _ if implicit => {
                self.process_directives()?;
                self.states.push(State::DocumentEnd);
                self.state = State::BlockNode;
                Ok(Event {
                    kind: EventKind::DocumentStart,
                    start,
                    end: start,
                })
            }
            _ => self.explicit_document(start),
        }
    }

    fn explicit_document(&mut self, start: Mark) -> Result<Event, Problem> {
        self.process_directives()?;
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::DocumentStart {
            let mark = token.start;
            return Err(Problem {
                text: "did not find expected <document start>",
                mark,
                context: Mark::default(),
                scanner: false,
            });
        }
        let end = token.end;
        self.scanner.skip_token();
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        Ok(Event {
            kind: EventKind::DocumentStart,
            start,
            end,
        })
    }

    fn document_content(&mut self) -> Result<Event, Problem> {
        let token = self.scanner.peek()?;
        let start = token.start;
        match token.kind {
            TokenKind::VersionDirective { .. }
            | TokenKind::TagDirective { .. }
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd => {
                self.pop_state();
                Ok(empty_scalar(start))
            }
            _ => self.node(BLOCK),
        }
    }

    fn document_end(&mut self) -> Result<Event, Problem> {
        let token = self.scanner.peek()?;
        let (start, mut end) = (token.start, token.start);
        if token.kind == TokenKind::DocumentEnd {
            end = token.end;
            self.scanner.skip_token();
        }
        self.tag_directives.clear();
        self.state = State::DocumentStart;
        Ok(Event {
            kind: EventKind::DocumentEnd,
            start,
            end,
        })
    }

    fn process_directives(&mut self) -> Result<(), Problem> {
        let mut version_seen = false;
        loop {
            let token = self.scanner.peek()?;
            let mark = token.start;
            let fail = |text| {
                Err(Problem {
                    text,
                    mark,
                    context: Mark::default(),
                    scanner: false,
                })
            };
            match &token.kind {
                TokenKind::VersionDirective { .. } if version_seen => {
                    return fail("found duplicate %YAML directive");
                }
                TokenKind::VersionDirective { major: 1, minor: 1 } => version_seen = true,
                TokenKind::VersionDirective { .. } => {
                    return fail("found incompatible YAML document");
                }
                TokenKind::TagDirective { handle, prefix } => {
                    if self.tag_directives.iter().any(|(known, _)| known == handle) {
                        return fail("found duplicate %TAG directive");
                    }
                    self.tag_directives.push((handle.clone(), prefix.clone()));
                }
                _ => break,
            }
            self.scanner.skip_token();
        }
        for (handle, prefix) in [("!", "!"), ("!!", "tag:yaml.org,2002:")] {
            if !self.tag_directives.iter().any(|(known, _)| known == handle) {
                self.tag_directives.push((handle.into(), prefix.into()));
            }
        }
        Ok(())
    }

    fn node(&mut self, place: Place) -> Result<Event, Problem> {
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

    fn block_sequence_entry(&mut self, first: bool) -> Result<Event, Problem> {
        if first {
            self.open()?;
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::BlockEntry => {
                let mark = token.end;
                self.scanner.skip_token();
                if self.peek_is(&[TokenKind::BlockEntry, TokenKind::BlockEnd])? {
                    Ok(self.empty_then(mark, State::BlockSequenceEntry))
                } else {
                    self.node_then(BLOCK, State::BlockSequenceEntry)
                }
            }
            TokenKind::BlockEnd => self.close(EventKind::SequenceEnd),
            _ => Err(self.expected("did not find expected '-' indicator")),
        }
    }

    fn indentless_sequence_entry(&mut self) -> Result<Event, Problem> {
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::BlockEntry {
            let start = token.start;
            self.pop_state();
            return Ok(Event {
                kind: EventKind::SequenceEnd,
                start,
                end: start,
            });
        }
        let mark = token.end;
        self.scanner.skip_token();
        if self.peek_is(&[
            TokenKind::BlockEntry,
            TokenKind::Key,
            TokenKind::Value,
            TokenKind::BlockEnd,
        ])? {
            Ok(self.empty_then(mark, State::IndentlessSequenceEntry))
        } else {
            self.node_then(BLOCK, State::IndentlessSequenceEntry)
        }
    }

    fn block_mapping_key(&mut self, first: bool) -> Result<Event, Problem> {
        if first {
            self.open()?;
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Key => {
                let mark = token.end;
                self.scanner.skip_token();
                if self.peek_is(&[TokenKind::Key, TokenKind::Value, TokenKind::BlockEnd])? {
                    Ok(self.empty_then(mark, State::BlockMappingValue))
                } else {
                    self.node_then(BLOCK_VALUE, State::BlockMappingValue)
                }
            }
            TokenKind::BlockEnd => self.close(EventKind::MappingEnd),
            _ => Err(self.expected("did not find expected key")),
        }
    }

    fn block_mapping_value(&mut self) -> Result<Event, Problem> {
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::Value {
            let mark = token.start;
            return Ok(self.empty_then(mark, State::BlockMappingKey));
        }
        let mark = token.end;
        self.scanner.skip_token();
        if self.peek_is(&[TokenKind::Key, TokenKind::Value, TokenKind::BlockEnd])? {
            Ok(self.empty_then(mark, State::BlockMappingKey))
        } else {
            self.node_then(BLOCK_VALUE, State::BlockMappingKey)
        }
    }

    fn flow_sequence_entry(&mut self, first: bool) -> Result<Event, Problem> {
        if first {
            self.open()?;
        } else if self.peek_is(&[TokenKind::FlowEntry])? {
            self.scanner.skip_token();
        } else if !self.peek_is(&[TokenKind::FlowSequenceEnd])? {
            return Err(self.expected("did not find expected ',' or ']'"));
        }
        match self.scanner.peek()?.kind {
            TokenKind::Key => {
                self.state = State::FlowSequenceEntryMappingKey;
                let token = self.take()?;
                Ok(event(
                    EventKind::MappingStart {
                        anchor: None,
                        tag: String::new(),
                        flow: true,
                    },
                    &token,
                ))
            }
            TokenKind::FlowSequenceEnd => self.close(EventKind::SequenceEnd),
            _ => self.node_then(FLOW, State::FlowSequenceEntry),
        }
    }

    fn flow_sequence_entry_mapping_key(&mut self) -> Result<Event, Problem> {
        if self.peek_is(&[
            TokenKind::Value,
            TokenKind::FlowEntry,
            TokenKind::FlowSequenceEnd,
        ])? {
            // go-yaml takes the token here, whatever it is.
            let mark = self.take()?.end;
            return Ok(self.empty_then(mark, State::FlowSequenceEntryMappingValue));
        }
        self.node_then(FLOW, State::FlowSequenceEntryMappingValue)
    }

    fn flow_sequence_entry_mapping_value(&mut self) -> Result<Event, Problem> {
        if self.peek_is(&[TokenKind::Value])? {
            self.scanner.skip_token();
            if !self.peek_is(&[TokenKind::FlowEntry, TokenKind::FlowSequenceEnd])? {
                return self.node_then(FLOW, State::FlowSequenceEntryMappingEnd);
            }
        }
        let mark = self.scanner.peek()?.start;
        Ok(self.empty_then(mark, State::FlowSequenceEntryMappingEnd))
    }

    fn flow_mapping_key(&mut self, first: bool) -> Result<Event, Problem> {
        if first {
            self.open()?;
        } else if self.peek_is(&[TokenKind::FlowEntry])? {
            self.scanner.skip_token();
        } else if !self.peek_is(&[TokenKind::FlowMappingEnd])? {
            return Err(self.expected("did not find expected ',' or '}'"));
        }
        match self.scanner.peek()?.kind {
            TokenKind::Key => {
                self.scanner.skip_token();
                if self.peek_is(&[
                    TokenKind::Value,
                    TokenKind::FlowEntry,
                    TokenKind::FlowMappingEnd,
                ])? {
                    let mark = self.scanner.peek()?.start;
                    return Ok(self.empty_then(mark, State::FlowMappingValue));
                }
                self.node_then(FLOW, State::FlowMappingValue)
            }
            TokenKind::FlowMappingEnd => self.close(EventKind::MappingEnd),
            _ => self.node_then(FLOW, State::FlowMappingEmptyValue),
        }
    }

    fn flow_mapping_value(&mut self, empty: bool) -> Result<Event, Problem> {
        if !empty && self.peek_is(&[TokenKind::Value])? {
            self.scanner.skip_token();
            if !self.peek_is(&[TokenKind::FlowEntry, TokenKind::FlowMappingEnd])? {
                return self.node_then(FLOW, State::FlowMappingKey);
            }
        }
        let mark = self.scanner.peek()?.start;
        Ok(self.empty_then(mark, State::FlowMappingKey))
    }
}

fn event(kind: EventKind, token: &Token) -> Event {
    Event {
        kind,
        start: token.start,
        end: token.end,
    }
}

fn empty_scalar(mark: Mark) -> Event {
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
