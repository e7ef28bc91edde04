//! Which properties and items no keyword has looked at yet (`uneval` of `validator.go`).

use std::collections::BTreeSet;

use goyaml::Value;

/// What is left for `unevaluatedProperties` and `unevaluatedItems`; empty where nobody asks.
#[derive(Debug, Clone, Default)]
pub(super) struct Unevaluated {
    pub(super) properties: BTreeSet<String>,
    pub(super) items: BTreeSet<usize>,
}

impl Unevaluated {
    /// Everything of a value, when the schema or its caller asks for it.
    pub(super) fn of(value: &Value, schema: &Value, caller_asks: bool) -> Self {
        let mut left = Self::default();
        match value {
            Value::Map(map) if caller_asks || schema.get("unevaluatedProperties").is_some() => {
                left.properties = map.keys().cloned().collect();
            }
            Value::List(items) if caller_asks || schema.get("unevaluatedItems").is_some() => {
                left.items = (0..items.len()).collect();
            }
            _ => {}
        }
        left
    }

    pub(super) fn is_empty(&self) -> bool {
        self.properties.is_empty() && self.items.is_empty()
    }

    /// Keeps what another schema left over too.
    pub(super) fn keep(&mut self, other: &Self) {
        self.properties
            .retain(|name| other.properties.contains(name));
        self.items.retain(|index| other.items.contains(index));
    }
}
