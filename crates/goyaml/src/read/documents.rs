//! The parser's states around documents: directives, starts and ends.

use super::parser::{BLOCK, Parser, State, empty_scalar, event};
use super::token::{Event, EventKind, Mark, Problem, TokenKind};

impl Parser<'_> {
    pub(super) fn document_start(&mut self, implicit: bool) -> Result<Event, Problem> {
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

    pub(super) fn explicit_document(&mut self, start: Mark) -> Result<Event, Problem> {
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

    pub(super) fn document_content(&mut self) -> Result<Event, Problem> {
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

    pub(super) fn document_end(&mut self) -> Result<Event, Problem> {
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

    pub(super) fn process_directives(&mut self) -> Result<(), Problem> {
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
}
