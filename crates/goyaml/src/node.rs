//! The node tree of one document: what is written where.

use std::ops::Range;

pub use crate::read::{Mark, ScalarStyle};

/// A node of a [`Document`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(crate) u32);

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A scalar with its text after escapes and folding.
    Scalar {
        /// The text.
        value: String,
        /// How it is written.
        style: ScalarStyle,
        /// Plain, without a tag of its own: its text decides its type.
        implicit: bool,
    },
    /// A list.
    Sequence {
        /// The items in the order of the text.
        items: Vec<NodeId>,
        /// Written with brackets.
        flow: bool,
    },
    /// A mapping.
    Mapping {
        /// Keys and values in the order of the text.
        pairs: Vec<(NodeId, NodeId)>,
        /// Written with braces.
        flow: bool,
    },
    /// `*name`.
    Alias {
        /// The anchor's name.
        name: String,
        /// The node that carries the anchor.
        target: NodeId,
    },
}

/// A node with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The resolved tag (`tag:yaml.org,2002:str`), empty without one.
    pub tag: String,
    /// The first character; of an anchor or tag in front, if there is one.
    pub start: Mark,
    /// Behind the last character; of a block collection, of its last child.
    pub end: Mark,
}

/// One YAML document as written.
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) nodes: Vec<Node>,
    pub(crate) root: NodeId,
    pub(crate) end: Mark,
    skipped: usize,
}

impl Document {
    pub(crate) fn new(skipped: usize) -> Self {
        Self {
            nodes: Vec::new(),
            root: NodeId(0),
            end: Mark::default(),
            skipped,
        }
    }

    pub(crate) fn push(&mut self, node: Node) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(node);
        id
    }

    /// The top node.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// A node of this document.
    ///
    /// # Panics
    /// When `id` belongs to a larger document.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The node behind aliases.
    pub fn resolve(&self, id: NodeId) -> NodeId {
        match &self.node(id).kind {
            Kind::Alias { target, .. } => *target,
            _ => id,
        }
    }

    /// The value of the last pair whose key is the scalar `key` (the last one counts, as in go-yaml).
    pub fn get(&self, mapping: NodeId, key: &str) -> Option<NodeId> {
        let Kind::Mapping { pairs, .. } = &self.node(self.resolve(mapping)).kind else {
            return None;
        };
        pairs
            .iter()
            .rev()
            .find(|(k, _)| self.scalar(*k) == Some(key))
            .map(|(_, value)| *value)
    }

    /// The text of a scalar.
    pub fn scalar(&self, id: NodeId) -> Option<&str> {
        match &self.node(self.resolve(id)).kind {
            Kind::Scalar { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The bytes of the caller's text that the node takes.
    pub fn span(&self, id: NodeId) -> Range<usize> {
        let node = self.node(id);
        node.start.offset + self.skipped..node.end.offset + self.skipped
    }
}
