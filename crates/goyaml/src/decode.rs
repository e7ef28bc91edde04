//! A node tree to a value: merge keys, aliases, duplicate keys, keys that are not strings.

use std::collections::{BTreeMap, HashSet};

use crate::limits::{ALIAS_RATIO_HIGH, ALIAS_RATIO_LOW, MAX_DEPTH};
use crate::node::{Document, Kind, NodeId};
use crate::resolve::{LONG_TAG_PREFIX, Resolved, resolve_tagged};
use crate::{Error, Map, Value, number};

/// Decodes a document as go-yaml v2 does into an `interface{}`, then makes its keys strings as sigs.k8s.io/yaml does.
pub(crate) fn decode(document: &Document) -> Result<Value, Error> {
    let mut decoder = Decoder {
        document,
        expanding: HashSet::new(),
        decoded: 0,
        from_aliases: 0,
        depth: 0,
    };
    decoder.value(document.root())
}

struct Decoder<'d> {
    document: &'d Document,
    /// Aliases that are being followed, against anchors that contain themselves.
    expanding: HashSet<NodeId>,
    decoded: usize,
    from_aliases: usize,
    depth: usize,
}

impl Decoder<'_> {
    fn count(&mut self) -> Result<(), Error> {
        self.decoded += 1;
        if !self.expanding.is_empty() {
            self.from_aliases += 1;
        }
        let too_many = self.from_aliases > 100
            && self.decoded > 1000
            && self.from_aliases as f64 / self.decoded as f64 > allowed_alias_ratio(self.decoded);
        if too_many {
            Err(Error::yaml("document contains excessive aliasing"))
        } else {
            Ok(())
        }
    }

    fn value(&mut self, id: NodeId) -> Result<Value, Error> {
        self.count()?;
        self.depth += 1;
        if self.depth > MAX_DEPTH * 2 {
            return Err(Error::yaml(format_args!(
                "exceeded max depth of {MAX_DEPTH}"
            )));
        }
        let document = self.document;
        let node = document.node(id);
        let value = match &node.kind {
            Kind::Scalar {
                value, implicit, ..
            } => scalar(&node.tag, value, *implicit)?,
            Kind::Sequence { items, .. } => {
                let items: Result<_, Error> = items.iter().map(|item| self.value(*item)).collect();
                Value::List(items?)
            }
            Kind::Mapping { pairs, .. } => {
                let mut map = BTreeMap::new();
                self.mapping(pairs, &mut map)?;
                Value::Map(map)
            }
            Kind::Alias { name, target } => {
                self.alias(id, name, |decoder| decoder.value(*target))?
            }
        };
        self.depth -= 1;
        Ok(value)
    }

    fn alias<T>(
        &mut self,
        id: NodeId,
        name: &str,
        then: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if !self.expanding.insert(id) {
            return Err(Error::yaml(format_args!(
                "anchor '{name}' value contains itself"
            )));
        }
        let result = then(self);
        self.expanding.remove(&id);
        result
    }

    /// Pairs in the order of the text: a merge key overwrites what stands before it and loses to what follows.
    fn mapping(&mut self, pairs: &[(NodeId, NodeId)], into: &mut Map) -> Result<(), Error> {
        for (key, value) in pairs {
            if self.is_merge(*key) {
                self.merge(*value, into)?;
                continue;
            }
            let key = self.key(*key)?;
            let value = self.value(*value)?;
            match key {
                Key::Text(key) => into.insert(key, value),
                Key::Unsupported(kind, key) => return Err(unsupported_key(&kind, &key, &value)),
            };
        }
        Ok(())
    }

    fn is_merge(&self, key: NodeId) -> bool {
        let node = self.document.node(key);
        matches!(&node.kind, Kind::Scalar { value, implicit, .. }
            if value == "<<" && (*implicit || node.tag.strip_prefix(LONG_TAG_PREFIX) == Some("merge")))
    }

    fn merge(&mut self, id: NodeId, into: &mut Map) -> Result<(), Error> {
        let document = self.document;
        match &document.node(id).kind {
            Kind::Mapping { .. } | Kind::Alias { .. } => self.merge_one(id, into),
            Kind::Sequence { items, .. } => {
                self.count()?;
                // The first map wins, so it comes last.
                items
                    .iter()
                    .rev()
                    .try_for_each(|item| self.merge_one(*item, into))
            }
            Kind::Scalar { .. } => Err(merge_wants_map()),
        }
    }

    fn merge_one(&mut self, id: NodeId, into: &mut Map) -> Result<(), Error> {
        self.count()?;
        let document = self.document;
        let node = document.node(document.resolve(id));
        let Kind::Mapping { pairs, .. } = &node.kind else {
            return Err(merge_wants_map());
        };
        match &document.node(id).kind {
            Kind::Alias { name, .. } => {
                self.alias(id, name, |decoder| decoder.mapping(pairs, into))
            }
            _ => self.mapping(pairs, into),
        }
    }

    fn key(&mut self, id: NodeId) -> Result<Key, Error> {
        let value = self.value(id)?;
        Ok(match value {
            Value::String(text) => Key::Text(text),
            Value::Int(value) => Key::Text(value.to_string()),
            Value::Bool(value) => Key::Text(value.to_string()),
            Value::Float(value) => Key::Text(float_key(value)),
            Value::Null => Key::Unsupported("%!s(<nil>)".into(), "<nil>".into()),
            Value::Uint(value) => Key::Unsupported("uint64".into(), format!("{value:#x}")),
            value @ (Value::List(_) | Value::Map(_)) => {
                return Err(Error::yaml(format_args!(
                    "invalid map key: {}",
                    go_syntax(&value)
                )));
            }
        })
    }
}

enum Key {
    Text(String),
    /// Go's type and text of a key that JSON cannot have.
    Unsupported(String, String),
}

fn unsupported_key(kind: &str, key: &str, value: &Value) -> Error {
    // Go prints a nil that stands alone without its type.
    let value = if value.is_null() {
        "<nil>".to_owned()
    } else {
        go_syntax(value)
    };
    Error::new(
        format!("unsupported map key of type: {kind}, key: {key}, value: {value}"),
        None,
    )
}

fn merge_wants_map() -> Error {
    Error::yaml("map merge requires map or sequence of maps as the value")
}

/// sigs.k8s.io/yaml prints float keys with 32 bits of precision.
fn float_key(value: f64) -> String {
    if value.is_nan() {
        ".nan".into()
    } else if value.is_infinite() {
        if value > 0.0 { ".inf" } else { "-.inf" }.into()
    } else {
        // The shortest digits of the single, read as a double, print the same.
        format!("{:e}", value as f32)
            .parse::<f64>()
            .map_or_else(|_| value.to_string(), number::format_go)
    }
}

fn scalar(tag: &str, text: &str, implicit: bool) -> Result<Value, Error> {
    if tag.is_empty() && !implicit {
        return Ok(Value::String(text.to_owned()));
    }
    if tag.strip_prefix(LONG_TAG_PREFIX) == Some("binary") {
        return match base64(text) {
            // JSON has no bytes: what is not UTF-8 is replaced there.
            Some(bytes) => Ok(Value::String(String::from_utf8_lossy(&bytes).into_owned())),
            None => Err(Error::yaml("!!binary value contains invalid base64 data")),
        };
    }
    Ok(match resolve_tagged(tag, text)? {
        Resolved::Null => Value::Null,
        Resolved::Bool(value) => Value::Bool(value),
        Resolved::Int(value) => Value::Int(value),
        Resolved::Uint(value) => Value::Uint(value),
        Resolved::Float(value) => Value::Float(value),
        Resolved::Timestamp | Resolved::String => Value::String(text.to_owned()),
    })
}

/// Go's `base64.StdEncoding`, which skips line breaks and wants padding.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let symbols: Vec<u8> = text
        .bytes()
        .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        .collect();
    if !symbols.len().is_multiple_of(4) {
        return None;
    }
    let padding = symbols
        .iter()
        .rev()
        .take_while(|byte| **byte == b'=')
        .count();
    if padding > 2 {
        return None;
    }
    for group in symbols[..symbols.len() - padding].chunks(4) {
        let mut bits = 0_u32;
        for symbol in group {
            bits = bits << 6 | u32::from(base64_digit(*symbol)?);
        }
        bits <<= 6 * (4 - group.len());
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    Some(bytes)
}

fn base64_digit(symbol: u8) -> Option<u8> {
    Some(match symbol {
        b'A'..=b'Z' => symbol - b'A',
        b'a'..=b'z' => symbol - b'a' + 26,
        b'0'..=b'9' => symbol - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

/// Go's `%#v` of a decoded value, for the two messages that show one.
fn go_syntax(value: &Value) -> String {
    match value {
        Value::Null => "interface {}(nil)".into(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Uint(value) => format!("{value:#x}"),
        Value::Float(value) => number::format_go(*value),
        Value::String(text) => format!("{text:?}"),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(go_syntax).collect();
            format!("[]interface {{}}{{{}}}", items.join(", "))
        }
        Value::Map(map) => {
            let pairs: Vec<_> = map
                .iter()
                .map(|(key, value)| format!("{key:?}:{}", go_syntax(value)))
                .collect();
            format!("map[interface {{}}]interface {{}}{{{}}}", pairs.join(", "))
        }
    }
}

fn allowed_alias_ratio(decoded: usize) -> f64 {
    let range = (ALIAS_RATIO_HIGH - ALIAS_RATIO_LOW) as f64;
    match decoded {
        ..=ALIAS_RATIO_LOW => 0.99,
        ALIAS_RATIO_HIGH.. => 0.10,
        _ => 0.99 - 0.89 * ((decoded - ALIAS_RATIO_LOW) as f64 / range),
    }
}
