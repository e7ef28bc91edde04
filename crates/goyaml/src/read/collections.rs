//! The parser's states inside sequences and mappings.

use super::parser::{BLOCK, BLOCK_VALUE, FLOW, Parser, State, event};
use super::token::{Event, EventKind, Problem, TokenKind};

impl Parser<'_> {
    pub(super) fn block_sequence_entry(&mut self, first: bool) -> Result<Event, Problem> {
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

    pub(super) fn indentless_sequence_entry(&mut self) -> Result<Event, Problem> {
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

    pub(super) fn block_mapping_key(&mut self, first: bool) -> Result<Event, Problem> {
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

    pub(super) fn block_mapping_value(&mut self) -> Result<Event, Problem> {
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

    pub(super) fn flow_sequence_entry(&mut self, first: bool) -> Result<Event, Problem> {
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

    pub(super) fn flow_sequence_entry_mapping_key(&mut self) -> Result<Event, Problem> {
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

    pub(super) fn flow_sequence_entry_mapping_value(&mut self) -> Result<Event, Problem> {
        if self.peek_is(&[TokenKind::Value])? {
            self.scanner.skip_token();
            if !self.peek_is(&[TokenKind::FlowEntry, TokenKind::FlowSequenceEnd])? {
                return self.node_then(FLOW, State::FlowSequenceEntryMappingEnd);
            }
        }
        let mark = self.scanner.peek()?.start;
        Ok(self.empty_then(mark, State::FlowSequenceEntryMappingEnd))
    }

    pub(super) fn flow_mapping_key(&mut self, first: bool) -> Result<Event, Problem> {
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

    pub(super) fn flow_mapping_value(&mut self, empty: bool) -> Result<Event, Problem> {
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
