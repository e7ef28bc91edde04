//! One value set in a text: replaced where it stands, or added where it is missing.

use std::ops::Range;

use crate::Value;
use crate::node::{Document, Kind, NodeId, ScalarStyle};

use super::place::{self, Place};
use super::write::{self, LINE_ENDS, Style, behind_line, line_start, line_stop};
use super::{EditError, nested};

/// An edit of one text.
#[derive(Debug)]
pub(super) struct Change<'a> {
    pub(super) text: &'a str,
    pub(super) document: &'a Document,
    pub(super) style: Style,
    pub(super) path: &'a [&'a str],
}

impl Change<'_> {
    pub(super) fn set(&self, place: &Place, value: &Value) -> Result<String, EditError> {
        match *place {
            Place::There {
                key, node, in_flow, ..
            } => self.replace(key, node, in_flow, value),
            Place::Null {
                key,
                node,
                depth,
                in_flow,
            } => self.replace(key, node, in_flow, &nested(&self.path[depth..], value)),
            Place::Missing {
                mapping,
                key,
                depth,
                in_flow,
            } => {
                let value = nested(&self.path[depth + 1..], value);
                self.insert(mapping, key, in_flow, self.path[depth], &value)
            }
        }
    }

    /// The text with `range` replaced.
    pub(super) fn spliced(&self, range: Range<usize>, new: &str) -> String {
        [&self.text[..range.start], new, &self.text[range.end..]].concat()
    }

    pub(super) fn odd_form(&self, node: NodeId) -> EditError {
        EditError::OddForm {
            path: self.path.join("."),
            line: place::line(self.document, node),
        }
    }

    /// Writes `value` where `node` stands, the value of `key`.
    pub(super) fn replace(
        &self,
        key: NodeId,
        node: NodeId,
        in_flow: bool,
        value: &Value,
    ) -> Result<String, EditError> {
        let span = self.document.span(node);
        if self.text[span.clone()].starts_with(['&', '!']) {
            return Err(EditError::Anchored {
                path: self.path.join("."),
                line: place::line(self.document, node),
            });
        }
        let keeps_brackets = match &self.document.node(node).kind {
            Kind::Sequence { items, flow } => *flow && !items.is_empty(),
            Kind::Mapping { pairs, flow } => *flow && !pairs.is_empty(),
            _ => false,
        };
        if write::has_lines(value) && !in_flow && !keeps_brackets {
            return self.replace_by_lines(key, node, value);
        }
        match &self.document.node(node).kind {
            Kind::Sequence { flow: false, .. } | Kind::Mapping { flow: false, .. } => {
                self.replace_lines(key, node, &write::flow(value))
            }
            Kind::Scalar { style, .. } => {
                let mut written = write::in_place(value, Some(*style));
                let span = self.content(node);
                if span.is_empty() {
                    // A key that stands alone, as in `{a}` or behind `?`: what is written behind it would be part of the key.
                    if !self.text[..span.start].trim_end().ends_with(':') {
                        return Err(self.odd_form(node));
                    }
                    // An empty value ends right behind its colon.
                    if !self.text[..span.start].ends_with([' ', '\t']) {
                        written.insert(0, ' ');
                    }
                }
                Ok(self.spliced(span, &written))
            }
            _ => Ok(self.spliced(span, &write::flow(value))),
        }
    }

    /// The bytes of a node without the line ends behind a block of text.
    fn content(&self, node: NodeId) -> Range<usize> {
        let span = self.document.span(node);
        let is_block = matches!(
            &self.document.node(node).kind,
            Kind::Scalar {
                style: ScalarStyle::Literal | ScalarStyle::Folded,
                ..
            } | Kind::Mapping { flow: false, .. }
                | Kind::Sequence { flow: false, .. }
        );
        if !is_block {
            return span;
        }
        let length = self.text[span.clone()].trim_end().len();
        span.start..span.start + length
    }

    /// Where the colon of a pair stands.
    fn colon(&self, key: NodeId) -> Result<usize, EditError> {
        let end = self.document.span(key).end;
        let rest = &self.text[end..];
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if rest[spaces..].starts_with(':') {
            Ok(end + spaces)
        } else {
            Err(self.odd_form(key))
        }
    }

    /// A value on one line in place of the lines of a block collection; what is on the key's line stays.
    fn replace_lines(&self, key: NodeId, node: NodeId, written: &str) -> Result<String, EditError> {
        let behind_key = self.colon(key)? + 1;
        let from = line_stop(self.text, behind_key);
        let to = line_stop(self.text, self.content(node).end);
        let comment = &self.text[behind_key..from];
        Ok([
            &self.text[..behind_key],
            " ",
            written,
            comment,
            &self.text[to..],
        ]
        .concat())
    }

    /// The lines of a collection in place of whatever stands there, below the key's line.
    fn replace_by_lines(
        &self,
        key: NodeId,
        node: NodeId,
        value: &Value,
    ) -> Result<String, EditError> {
        let behind_key = self.colon(key)? + 1;
        let column = self.document.node(key).start.column;
        let lines = write::block(value, self.style.column_below(column, value), self.style);
        let content = self.content(node);
        let is_block = matches!(
            &self.document.node(node).kind,
            Kind::Mapping { flow: false, .. } | Kind::Sequence { flow: false, .. }
        );
        if is_block {
            let from = line_start(self.text, content.start);
            if from <= behind_key {
                return Err(self.odd_form(node));
            }
            let to = line_stop(self.text, content.end);
            return Ok(self.spliced(from..to, lines.trim_end_matches(LINE_ENDS)));
        }
        let before = &self.text[behind_key..content.start];
        // What stands between the colon and the value is a comment, or it is blank.
        let from = if before.trim().is_empty() {
            behind_key
        } else {
            content.start
        };
        let without = self.spliced(from..content.end, "");
        let at = line_stop(&without, from);
        let added = [self.style.line_end, lines.trim_end_matches(LINE_ENDS)].concat();
        Ok([without[..at].trim_end(), &added, &without[at..]].concat())
    }

    /// Adds `key: value` at the end of `mapping`, which is the value of `own_key`.
    fn insert(
        &self,
        mapping: NodeId,
        own_key: Option<NodeId>,
        in_flow: bool,
        key: &str,
        value: &Value,
    ) -> Result<String, EditError> {
        let Kind::Mapping { pairs, flow } = &self.document.node(mapping).kind else {
            return Err(self.odd_form(mapping));
        };
        match (pairs.first(), pairs.last()) {
            (Some(_), Some((_, last))) if *flow => {
                let at = self.document.span(*last).end;
                let added = format!(", {}", write::entry(key, value));
                Ok(self.spliced(at..at, &added))
            }
            (Some((first, _)), _) => {
                let column = self.document.node(*first).start.column;
                let whole = nested(&[key], value);
                Ok(self.insert_lines(mapping, &write::block(&whole, column, self.style)))
            }
            (None, _) => {
                let whole = nested(&[key], value);
                if let Some(own_key) = own_key {
                    return self.replace(own_key, mapping, in_flow, &whole);
                }
                let lines = write::block(&whole, 0, self.style);
                let span = self.document.span(mapping);
                Ok(self.spliced(span, lines.trim_end_matches(LINE_ENDS)))
            }
        }
    }

    /// Adds lines behind the line on which `mapping` ends, its comment included.
    fn insert_lines(&self, mapping: NodeId, lines: &str) -> String {
        let end = self.document.span(mapping).end;
        let at = if self.text[..end].ends_with(LINE_ENDS) {
            end
        } else {
            behind_line(self.text, end)
        };
        if self.text[..at].ends_with(LINE_ENDS) {
            return self.spliced(at..at, lines);
        }
        // The last line has no end, and the new one gets none.
        let added = [self.style.line_end, lines.trim_end_matches(LINE_ENDS)].concat();
        self.spliced(at..at, &added)
    }
}
