//! Values as Go has them between decoding and JSON, for the two messages that print one with `%#v`.
//!
//! Keys keep their types, and bytes need not be UTF-8. The document was decoded once already, so nothing here can fail on its
//! aliases or its scalars.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{base64, is_merge};
use crate::node::{Document, Kind, NodeId};
use crate::quote::quote;
use crate::resolve::{LONG_TAG_PREFIX, Resolved, resolve_tagged};
use crate::{Error, number};

/// `invalid map key` for a key that is a list or a mapping.
pub(super) fn invalid_key(document: &Document, key: NodeId) -> Error {
    let key = Reader { document }.value(key);
    Error::yaml(format_args!("invalid map key: {}", key.go_syntax()))
}

/// The error of a key that JSON cannot have; of several, Go names a random one.
pub(super) fn check_keys(document: &Document) -> Result<(), Error> {
    Reader { document }.value(document.root()).check_keys()
}

enum Go {
    /// Everything that Go can have as a key here.
    Scalar(Scalar),
    List(Vec<Self>),
    Map(BTreeMap<Scalar, Self>),
}

/// In the order in which Go's `fmt` prints keys: by the address of their type's description, then by value.
enum Scalar {
    Nil,
    Text(Vec<u8>),
    Uint(u64),
    Int(i64),
    Float(f64),
    Bool(bool),
}

impl Scalar {
    fn kind(&self) -> u8 {
        match self {
            Self::Nil => 0,
            Self::Text(_) => 1,
            Self::Uint(_) => 2,
            Self::Int(_) => 3,
            Self::Float(_) => 4,
            Self::Bool(_) => 5,
        }
    }

    fn go_syntax(&self) -> String {
        match self {
            Self::Nil => "interface {}(nil)".into(),
            Self::Bool(value) => value.to_string(),
            Self::Int(value) => value.to_string(),
            Self::Uint(value) => format!("{value:#x}"),
            Self::Float(value) => number::format_go(*value),
            Self::Text(text) => quote(text),
        }
    }
}

impl Ord for Scalar {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Uint(a), Self::Uint(b)) => a.cmp(b),
            (Self::Int(a), Self::Int(b)) => a.cmp(b),
            // Adding 0 makes both zeros the same key. Not-a-numbers come first.
            (Self::Float(a), Self::Float(b)) => (!a.is_nan())
                .cmp(&!b.is_nan())
                .then((a + 0.0).total_cmp(&(b + 0.0))),
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            _ => self.kind().cmp(&other.kind()),
        }
    }
}

impl PartialOrd for Scalar {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Scalar {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Scalar {}

impl Go {
    fn check_keys(&self) -> Result<(), Error> {
        match self {
            Self::Scalar(_) => Ok(()),
            Self::List(items) => items.iter().try_for_each(Self::check_keys),
            Self::Map(map) => map.iter().try_for_each(|(key, value)| match key {
                Scalar::Nil => Err(unsupported("%!s(<nil>)", "<nil>", value)),
                Scalar::Uint(_) => Err(unsupported("uint64", &key.go_syntax(), value)),
                _ => value.check_keys(),
            }),
        }
    }

    fn go_syntax(&self) -> String {
        match self {
            Self::Scalar(scalar) => scalar.go_syntax(),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(Self::go_syntax).collect();
                format!("[]interface {{}}{{{}}}", items.join(", "))
            }
            Self::Map(map) => {
                let pairs: Vec<_> = map
                    .iter()
                    .map(|(key, value)| format!("{}:{}", key.go_syntax(), value.go_syntax()))
                    .collect();
                format!("map[interface {{}}]interface {{}}{{{}}}", pairs.join(", "))
            }
        }
    }
}

fn unsupported(kind: &str, key: &str, value: &Go) -> Error {
    // Go prints a nil that stands alone without its type.
    let value = match value {
        Go::Scalar(Scalar::Nil) => "<nil>".to_owned(),
        value => value.go_syntax(),
    };
    Error::new(
        format!("unsupported map key of type: {kind}, key: {key}, value: {value}"),
        None,
    )
}

struct Reader<'d> {
    document: &'d Document,
}

impl Reader<'_> {
    fn value(&self, id: NodeId) -> Go {
        let node = self.document.node(self.document.resolve(id));
        match &node.kind {
            Kind::Scalar {
                value, implicit, ..
            } => Go::Scalar(scalar(&node.tag, value, *implicit)),
            Kind::Sequence { items, .. } => {
                Go::List(items.iter().map(|item| self.value(*item)).collect())
            }
            Kind::Mapping { pairs, .. } => {
                let mut map = BTreeMap::new();
                self.mapping(pairs, &mut map);
                Go::Map(map)
            }
            // An alias names no alias.
            Kind::Alias { .. } => Go::Scalar(Scalar::Nil),
        }
    }

    fn mapping(&self, pairs: &[(NodeId, NodeId)], into: &mut BTreeMap<Scalar, Go>) {
        for (key, value) in pairs {
            if is_merge(self.document, *key) {
                self.merge(*value, into);
            } else if let Go::Scalar(key) = self.value(*key) {
                into.insert(key, self.value(*value));
            }
        }
    }

    fn merge(&self, id: NodeId, into: &mut BTreeMap<Scalar, Go>) {
        match &self.document.node(self.document.resolve(id)).kind {
            Kind::Mapping { pairs, .. } => self.mapping(pairs, into),
            Kind::Sequence { items, .. } => {
                for item in items.iter().rev() {
                    self.merge(*item, into);
                }
            }
            Kind::Scalar { .. } | Kind::Alias { .. } => {}
        }
    }
}

fn scalar(tag: &str, text: &str, implicit: bool) -> Scalar {
    let string = || Scalar::Text(text.as_bytes().to_vec());
    if tag.is_empty() && !implicit {
        return string();
    }
    if tag.strip_prefix(LONG_TAG_PREFIX) == Some("binary") {
        return Scalar::Text(base64::decode(text).unwrap_or_default());
    }
    match resolve_tagged(tag, text) {
        Ok(Resolved::Null) => Scalar::Nil,
        Ok(Resolved::Bool(value)) => Scalar::Bool(value),
        Ok(Resolved::Int(value)) => Scalar::Int(value),
        Ok(Resolved::Uint(value)) => Scalar::Uint(value),
        Ok(Resolved::Float(value)) => Scalar::Float(value),
        Ok(Resolved::Timestamp | Resolved::String) | Err(_) => string(),
    }
}
