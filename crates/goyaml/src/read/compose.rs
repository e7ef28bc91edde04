//! Events to a tree of nodes with spans.

use std::collections::HashMap;

use super::input;
use super::parser::Parser;
use super::token::{Event, EventKind, Mark};
use crate::Error;
use crate::limits::MAX_DEPTH;
use crate::node::{Document, Kind, Node, NodeId};

/// A collection whose end has not come yet.
struct Open {
    id: NodeId,
    /// The key that waits for its value.
    key: Option<NodeId>,
}

/// Reads the first document of a text; `None` when the text holds none.
pub(crate) fn first_document(bytes: &[u8]) -> Result<Option<Document>, Error> {
    // go-yaml reads an empty text as a line break; both hold no document.
    let input = input::check(bytes)?;
    let mut parser = Parser::new(&input);
    parser.next()?;
    match parser.next()?.kind {
        EventKind::StreamEnd => return Ok(None),
        EventKind::DocumentStart => {}
        _ => return Err(Error::yaml("attempted to parse unknown event")),
    }
    let mut document = compose(&mut parser, input.skipped)?;
    // The end of the document is read too: what spoils it is an error, what follows it is not.
    let end = parser.next()?;
    document.end = end.start;
    Ok(Some(document))
}

fn compose(parser: &mut Parser<'_>, skipped: usize) -> Result<Document, Error> {
    let mut document = Document::new(skipped);
    let mut anchors: HashMap<String, NodeId> = HashMap::new();
    let mut open: Vec<Open> = Vec::new();
    loop {
        let Event { kind, start, end } = parser.next()?;
        let done = match kind {
            EventKind::Scalar {
                anchor,
                tag,
                value,
                style,
                implicit,
            } => {
                let id = document.push(Node {
                    kind: Kind::Scalar {
                        value,
                        style,
                        implicit,
                    },
                    tag,
                    start,
                    end,
                });
                name(&mut anchors, anchor, id);
                id
            }
            EventKind::Alias(name) => {
                let Some(&target) = anchors.get(&name) else {
                    return Err(Error::yaml(format_args!(
                        "unknown anchor '{name}' referenced"
                    )));
                };
                document.push(Node {
                    kind: Kind::Alias { name, target },
                    tag: String::new(),
                    start,
                    end,
                })
            }
            EventKind::SequenceStart { anchor, tag, flow } => {
                let kind = Kind::Sequence {
                    items: Vec::new(),
                    flow,
                };
                let id = document.push(Node {
                    kind,
                    tag,
                    start,
                    end,
                });
                name(&mut anchors, anchor, id);
                push_open(&mut open, id)?;
                continue;
            }
            EventKind::MappingStart { anchor, tag, flow } => {
                let kind = Kind::Mapping {
                    pairs: Vec::new(),
                    flow,
                };
                let id = document.push(Node {
                    kind,
                    tag,
                    start,
                    end,
                });
                name(&mut anchors, anchor, id);
                push_open(&mut open, id)?;
                continue;
            }
            EventKind::SequenceEnd | EventKind::MappingEnd => match open.pop() {
                Some(closed) => {
                    document.close(closed.id, end);
                    closed.id
                }
                None => return Err(Error::yaml("attempted to parse unknown event")),
            },
            EventKind::StreamStart
            | EventKind::StreamEnd
            | EventKind::DocumentStart
            | EventKind::DocumentEnd => {
                return Err(Error::yaml(
                    "attempted to go past the end of stream; corrupted value?",
                ));
            }
        };
        match open.last_mut() {
            None => {
                document.root = done;
                return Ok(document);
            }
            Some(parent) => attach(&mut document, parent, done),
        }
    }
}

fn name(anchors: &mut HashMap<String, NodeId>, anchor: Option<String>, id: NodeId) {
    if let Some(anchor) = anchor {
        anchors.insert(anchor, id);
    }
}

fn push_open(open: &mut Vec<Open>, id: NodeId) -> Result<(), Error> {
    if open.len() >= MAX_DEPTH {
        return Err(Error::yaml(format_args!(
            "exceeded max depth of {MAX_DEPTH}"
        )));
    }
    open.push(Open { id, key: None });
    Ok(())
}

fn attach(document: &mut Document, parent: &mut Open, child: NodeId) {
    match &mut document.nodes[parent.id.0 as usize].kind {
        Kind::Sequence { items, .. } => items.push(child),
        Kind::Mapping { pairs, .. } => match parent.key.take() {
            None => parent.key = Some(child),
            Some(key) => pairs.push((key, child)),
        },
        Kind::Scalar { .. } | Kind::Alias { .. } => {}
    }
}

impl Document {
    /// Ends a collection: flow ones at their bracket, block ones behind their last child.
    fn close(&mut self, id: NodeId, end: Mark) {
        let node = &self.nodes[id.0 as usize];
        let end = match &node.kind {
            Kind::Sequence { items, flow: false } => {
                items.last().map_or(node.end, |last| self.node(*last).end)
            }
            Kind::Mapping { pairs, flow: false } => pairs
                .last()
                .map_or(node.end, |(_, last)| self.node(*last).end),
            _ => end,
        };
        self.nodes[id.0 as usize].end = end;
    }
}
