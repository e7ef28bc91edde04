//! One key taken out of a text, with its value.

use crate::node::{Kind, NodeId};
use crate::{Map, Value};

use super::EditError;
use super::change::Change;
use super::place::{Place, find};
use super::write::{LINE_ENDS, behind_line, line_start};

impl Change<'_> {
    pub(super) fn remove(&self, place: &Place) -> Result<String, EditError> {
        let Place::There {
            mapping, key, node, ..
        } = *place
        else {
            return Ok(self.text.to_owned());
        };
        let Kind::Mapping { pairs, flow } = &self.document.node(mapping).kind else {
            return Err(self.odd_form(mapping));
        };
        if let [_] = pairs.as_slice() {
            return self.empty(mapping, *flow);
        }
        let at = pairs
            .iter()
            .position(|(other, _)| *other == key)
            .ok_or_else(|| self.odd_form(key))?;
        let start = self.document.span(key).start;
        let next = pairs.get(at + 1).map(|(next, _)| *next);
        if *flow {
            let range = match (next, at.checked_sub(1).and_then(|at| pairs.get(at))) {
                (Some(next), _) => start..self.document.span(next).start,
                (None, Some((_, before))) => {
                    self.document.span(*before).end..self.document.span(node).end
                }
                (None, None) => return Err(self.odd_form(key)),
            };
            return Ok(self.spliced(range, ""));
        }
        let line = line_start(self.text, start);
        if !self.text[line..start].trim().is_empty() {
            // Behind the dash of a list: the next key comes there.
            let next = next.ok_or_else(|| self.odd_form(key))?;
            return Ok(self.spliced(start..self.document.span(next).start, ""));
        }
        Ok(self.without_lines(line, self.end_of(node)))
    }

    /// Where the text of a value ends, the line ends behind a block not counted.
    fn end_of(&self, node: NodeId) -> usize {
        let span = self.document.span(node);
        span.start + self.text[span.clone()].trim_end().len()
    }

    /// The text without the lines from the one that starts at `from` to the one that `to` lies in.
    fn without_lines(&self, from: usize, to: usize) -> String {
        let end = behind_line(self.text, to);
        if end < self.text.len() || self.text.ends_with(LINE_ENDS) {
            return self.spliced(from..end, "");
        }
        // The line before becomes the last one, without an end as the last one had none.
        let kept = self.text[..from].strip_suffix(LINE_ENDS).unwrap_or("");
        kept.strip_suffix('\r').unwrap_or(kept).to_owned()
    }

    /// Leaves a mapping without its only key.
    fn empty(&self, mapping: NodeId, flow: bool) -> Result<String, EditError> {
        let span = self.document.span(mapping);
        let above = &self.path[..self.path.len() - 1];
        if flow && self.text[span.clone()].starts_with('{') {
            return Ok(self.spliced(span, "{}"));
        }
        if above.is_empty() {
            let end = self.end_of(mapping);
            return Ok(self.spliced(span.start..end, "{}"));
        }
        match find(self.document, above)? {
            Place::There {
                key, node, in_flow, ..
            } => self.replace(key, node, in_flow, &Value::Map(Map::new())),
            _ => Err(self.odd_form(mapping)),
        }
    }
}
