//! Where a path leads in a document.

use crate::node::{Document, Kind, NodeId, ScalarStyle};

use super::EditError;

/// What a path leads to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// The value of a pair.
    There {
        /// The mapping that holds the pair.
        mapping: NodeId,
        /// The pair's key.
        key: NodeId,
        /// Its value.
        node: NodeId,
        /// Inside brackets or braces.
        in_flow: bool,
    },
    /// A mapping that lacks the key `path[depth]`.
    Missing {
        /// The mapping.
        mapping: NodeId,
        /// The mapping's own key, unless it is the document.
        key: Option<NodeId>,
        /// How many keys of the path led here.
        depth: usize,
        /// Inside brackets or braces, its own not counted.
        in_flow: bool,
    },
    /// A null that has to become a mapping, the value of `path[depth - 1]`.
    Null {
        /// The null's key.
        key: NodeId,
        /// The null.
        node: NodeId,
        /// How many keys of the path led here.
        depth: usize,
        /// Inside brackets or braces.
        in_flow: bool,
    },
}

impl Place {
    /// The line of the nearest node, from 1.
    pub(super) fn line(&self, document: &Document) -> usize {
        match self {
            Self::There { node, .. } | Self::Null { node, .. } => line(document, *node),
            Self::Missing { mapping, .. } => line(document, *mapping),
        }
    }
}

/// The line of a node, from 1.
pub(super) fn line(document: &Document, node: NodeId) -> usize {
    document.node(node).start.line + 1
}

/// Whether a node is a scalar of its own.
pub(super) fn is_scalar(document: &Document, node: NodeId) -> bool {
    matches!(document.node(node).kind, Kind::Scalar { .. })
}

/// Follows a path of keys.
pub(super) fn find(document: &Document, path: &[&str]) -> Result<Place, EditError> {
    let mut node = document.root();
    let mut pair: Option<(NodeId, NodeId)> = None;
    let mut in_flow = false;
    for (depth, name) in path.iter().enumerate() {
        let so_far = || match depth {
            0 => "the document".to_owned(),
            depth => path[..depth].join("."),
        };
        let refuse = || EditError::NotAMapping {
            path: so_far(),
            line: line(document, node),
        };
        let (pairs, flow) = match (&document.node(node).kind, pair) {
            (Kind::Mapping { pairs, flow }, _) => (pairs, *flow),
            (Kind::Alias { name, .. }, _) => {
                return Err(EditError::BelowAlias {
                    path: so_far(),
                    anchor: name.clone(),
                    line: line(document, node),
                });
            }
            (Kind::Scalar { .. }, Some((_, key))) if is_null(document, node) => {
                return Ok(Place::Null {
                    key,
                    node,
                    depth,
                    in_flow,
                });
            }
            _ => return Err(refuse()),
        };
        // The last of two keys counts.
        let found = pairs
            .iter()
            .rev()
            .find(|(key, _)| document.scalar(*key) == Some(name));
        let Some((key, value)) = found else {
            return Ok(Place::Missing {
                mapping: node,
                key: pair.map(|(_, key)| key),
                depth,
                in_flow,
            });
        };
        in_flow |= flow;
        pair = Some((node, *key));
        node = *value;
    }
    match pair {
        Some((mapping, key)) => Ok(Place::There {
            mapping,
            key,
            node,
            in_flow,
        }),
        // The document as a whole is not edited.
        None => Err(EditError::OddForm {
            path: "the document".to_owned(),
            line: line(document, node),
        }),
    }
}

fn is_null(document: &Document, node: NodeId) -> bool {
    let node = document.node(node);
    matches!(&node.kind, Kind::Scalar { value, style: ScalarStyle::Plain, implicit: true }
        if node.tag.is_empty() && matches!(value.as_str(), "" | "~" | "null" | "Null" | "NULL"))
}
