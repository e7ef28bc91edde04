//! A node tree to a value: merge keys, aliases, duplicate keys, keys that are not strings.
//!
//! Go decodes the whole text first, with keys of any type, and makes all keys strings after that. Here both happen at once,
//! and a text with a key that cannot be a string is decoded a second time, in [`exact`], for Go's message.

mod base64;
mod exact;

use std::collections::{BTreeMap, HashSet};

use crate::limits::{ALIAS_RATIO_HIGH, ALIAS_RATIO_LOW, MAX_ALIAS_BYTES, MAX_DEPTH};
use crate::node::{Document, Kind, NodeId};
use crate::resolve::{LONG_TAG_PREFIX, Resolved, resolve_tagged};
use crate::{Error, Map, Value, number};

/// Decodes a document as go-yaml v2 does into an `interface{}`, then makes its keys strings as sigs.k8s.io/yaml does.
pub(crate) fn decode(document: &Document) -> Result<Value, Error> {
    let mut decoder = Decoder {
        document,
        expanding: HashSet::new(),
        // The document itself.
        decoded: 1,
        from_aliases: 0,
        alias_bytes: 0,
        depth: 0,
        unsupported_key: false,
    };
    let value = decoder.value(document.root())?;
    if decoder.unsupported_key {
        // One that was overwritten since is none.
        exact::check_keys(document)?;
    }
    Ok(value)
}

struct Decoder<'d> {
    document: &'d Document,
    /// Aliases that are being followed, against anchors that contain themselves.
    expanding: HashSet<NodeId>,
    decoded: usize,
    from_aliases: usize,
    /// Bytes of scalars that came from aliases.
    alias_bytes: usize,
    depth: usize,
    /// A key was met that JSON cannot have.
    unsupported_key: bool,
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

    /// Go's aliases share one text; here each has its own, so few aliases to a long text cost much.
    fn count_bytes(&mut self, bytes: usize) -> Result<(), Error> {
        if !self.expanding.is_empty() {
            self.alias_bytes += bytes;
            if self.alias_bytes > MAX_ALIAS_BYTES {
                return Err(Error::yaml(format_args!(
                    "aliases expand to more than {MAX_ALIAS_BYTES} bytes"
                )));
            }
        }
        Ok(())
    }

    fn value(&mut self, id: NodeId) -> Result<Value, Error> {
        self.count()?;
        self.descend(|decoder| decoder.node(id))
    }

    /// Aliases let values be deeper than the text, so the depth is counted here again.
    fn descend<T>(&mut self, then: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        self.depth += 1;
        if self.depth > MAX_DEPTH * 2 {
            return Err(Error::yaml(format_args!(
                "exceeded max depth of {MAX_DEPTH}"
            )));
        }
        let result = then(self);
        self.depth -= 1;
        result
    }

    fn node(&mut self, id: NodeId) -> Result<Value, Error> {
        let document = self.document;
        let node = document.node(id);
        match &node.kind {
            Kind::Scalar {
                value, implicit, ..
            } => {
                self.count_bytes(value.len())?;
                scalar(&node.tag, value, *implicit)
            }
            Kind::Sequence { items, .. } => {
                let items: Result<_, Error> = items.iter().map(|item| self.value(*item)).collect();
                Ok(Value::List(items?))
            }
            Kind::Mapping { pairs, .. } => {
                let mut map = BTreeMap::new();
                self.mapping(pairs, &mut map)?;
                Ok(Value::Map(map))
            }
            Kind::Alias { name, target } => self.alias(id, name, |decoder| decoder.value(*target)),
        }
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
            if is_merge(self.document, *key) {
                self.merge(*value, into)?;
                continue;
            }
            let key = self.key(*key)?;
            let value = self.value(*value)?;
            match key {
                Some(key) => drop(into.insert(key, value)),
                None => self.unsupported_key = true,
            }
        }
        Ok(())
    }

    fn merge(&mut self, id: NodeId, into: &mut Map) -> Result<(), Error> {
        match &self.document.node(id).kind {
            Kind::Mapping { .. } | Kind::Alias { .. } => self.merge_one(id, into),
            // The first map wins, so it comes last.
            Kind::Sequence { items, .. } => items
                .iter()
                .rev()
                .try_for_each(|item| self.merge_one(*item, into)),
            Kind::Scalar { .. } => Err(merge_wants_map()),
        }
    }

    fn merge_one(&mut self, id: NodeId, into: &mut Map) -> Result<(), Error> {
        let document = self.document;
        let Kind::Mapping { pairs, .. } = &document.node(document.resolve(id)).kind else {
            return Err(merge_wants_map());
        };
        self.count()?;
        self.descend(|decoder| match &document.node(id).kind {
            Kind::Alias { name, .. } => decoder.alias(id, name, |decoder| {
                decoder.count()?;
                decoder.mapping(pairs, into)
            }),
            _ => decoder.mapping(pairs, into),
        })
    }

    /// A key as a string, `None` for one that cannot be a string.
    fn key(&mut self, id: NodeId) -> Result<Option<String>, Error> {
        Ok(match self.value(id)? {
            Value::String(text) => Some(text),
            Value::Int(value) => Some(value.to_string()),
            Value::Bool(value) => Some(value.to_string()),
            Value::Float(value) => Some(float_key(value)),
            Value::Null | Value::Uint(_) => None,
            Value::List(_) | Value::Map(_) => {
                return Err(exact::invalid_key(self.document, id));
            }
        })
    }
}

fn is_merge(document: &Document, key: NodeId) -> bool {
    let node = document.node(key);
    matches!(&node.kind, Kind::Scalar { value, implicit, .. }
        if value == "<<" && (*implicit || node.tag.strip_prefix(LONG_TAG_PREFIX) == Some("merge")))
}

fn merge_wants_map() -> Error {
    Error::yaml("map merge requires map or sequence of maps as the value")
}

/// sigs.k8s.io/yaml prints float keys with 32 bits of precision.
fn float_key(value: f64) -> String {
    let single = value as f32;
    if single.is_nan() {
        ".nan".into()
    } else if single.is_infinite() {
        if single > 0.0 { ".inf" } else { "-.inf" }.into()
    } else {
        number::format_go_single(single)
    }
}

fn scalar(tag: &str, text: &str, implicit: bool) -> Result<Value, Error> {
    if tag.is_empty() && !implicit {
        return Ok(Value::String(text.to_owned()));
    }
    if tag.strip_prefix(LONG_TAG_PREFIX) == Some("binary") {
        return match base64::decode(text) {
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

fn allowed_alias_ratio(decoded: usize) -> f64 {
    let range = (ALIAS_RATIO_HIGH - ALIAS_RATIO_LOW) as f64;
    match decoded {
        ..=ALIAS_RATIO_LOW => 0.99,
        ALIAS_RATIO_HIGH.. => 0.10,
        _ => 0.99 - 0.89 * ((decoded - ALIAS_RATIO_LOW) as f64 / range),
    }
}
