//! Go's dynamic values as templates see them.

pub(crate) mod complex;
mod json;
mod list;
mod map;
mod object;
mod text;
pub mod types;

use std::sync::Arc;

pub use list::List;
pub use map::{Entries, Map};
pub use object::{Object, Signature};
pub use text::{Text, decode_lossy};
pub use types::{IntKind, Kind, Type};

/// A Go value. Cloning copies a reference at most; maps are shared.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// An interface that holds nil: a YAML null, a missing map key.
    #[default]
    Nil,
    /// No value at all: Go's zero `reflect.Value`. It is what a pipeline makes of [`Value::Nil`], and unlike that
    /// a field of it is no error. Functions with ordinary parameters never see it.
    Absent,
    /// A boolean.
    Bool(bool),
    /// An integer and its type.
    Int(i64, IntKind),
    /// A float64, which is what every number of a values file is.
    Float(f64),
    /// A string.
    Str(Text),
    /// A slice.
    List(Arc<List>),
    /// A map with string keys.
    Map(Arc<Map>),
    /// A value with a type of its own.
    Object(Arc<dyn Object>),
}

impl Value {
    /// An `int`: literals, `len`, loop indexes.
    pub fn int(value: impl TryInto<i64>) -> Self {
        Self::Int(value.try_into().unwrap_or(i64::MAX), IntKind::Int)
    }

    /// An `int64`: results of arithmetic.
    pub fn int64(value: i64) -> Self {
        Self::Int(value, IntKind::Int64)
    }

    /// A `[]interface {}`.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Arc::new(List::new(items)))
    }

    /// A `[]string`.
    pub fn strings<T: Into<Text>>(items: impl IntoIterator<Item = T>) -> Self {
        let items = items
            .into_iter()
            .map(|item| Self::Str(item.into()))
            .collect();
        Self::List(Arc::new(List::of(&Type::String, items)))
    }

    /// A `[]uint8`.
    pub fn bytes(bytes: &[u8]) -> Self {
        let items = bytes
            .iter()
            .map(|byte| Self::Int(i64::from(*byte), IntKind::Uint8))
            .collect();
        Self::List(Arc::new(List::of(&Type::Int(IntKind::Uint8), items)))
    }

    /// A `map[string]interface {}`.
    pub fn map<K: Into<Text>>(entries: impl IntoIterator<Item = (K, Self)>) -> Self {
        let entries = entries
            .into_iter()
            .map(|(key, value)| (key.into(), value))
            .collect();
        Self::Map(Arc::new(Map::new(entries)))
    }

    /// A map of another type.
    pub fn map_of(type_of: Type, entries: Entries) -> Self {
        Self::Map(Arc::new(Map::of(type_of, entries)))
    }

    /// An object.
    pub fn object(object: impl Object) -> Self {
        Self::Object(Arc::new(object))
    }

    /// Whether it is nil or no value.
    pub fn is_nil(&self) -> bool {
        matches!(self, Self::Nil | Self::Absent)
    }

    /// The string, if it is one.
    pub fn as_text(&self) -> Option<&Text> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The map, if it is one.
    pub fn as_map(&self) -> Option<&Arc<Map>> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn as_list(&self) -> Option<&Arc<List>> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    /// The object as the concrete type `T`, if it is one.
    pub fn downcast<T: Object>(&self) -> Option<&T> {
        match self {
            Self::Object(object) => object.as_any().downcast_ref(),
            _ => None,
        }
    }

    /// Go's type. Nil has none: it prints as `<nil>`, and `None` is returned.
    pub fn type_of(&self) -> Option<Type> {
        Some(match self {
            Self::Nil | Self::Absent => return None,
            Self::Bool(_) => Type::Bool,
            Self::Int(_, kind) => Type::Int(*kind),
            Self::Float(_) => Type::Float64,
            Self::Str(_) => Type::String,
            Self::List(list) => list.type_of(),
            Self::Map(map) => map.type_of(),
            Self::Object(object) => object.type_of(),
        })
    }

    /// Go's type as text, `<nil>` for nil.
    pub fn type_name(&self) -> String {
        self.type_of()
            .map_or_else(|| "<nil>".to_owned(), |type_of| type_of.to_string())
    }

    /// Go's kind; nil is invalid.
    pub fn kind(&self) -> Kind {
        self.type_of().map_or(Kind::Invalid, Type::kind)
    }

    /// Looks through an object at the plain data below its name; anything else is returned as it is.
    #[must_use]
    pub fn plain(&self) -> Self {
        match self {
            Self::Object(object) => object.plain().unwrap_or_else(|| self.clone()),
            other => other.clone(),
        }
    }

    /// What `if` and `with` take for true: not the zero value of its type, not empty.
    pub fn truth(&self) -> bool {
        match self {
            Self::Nil | Self::Absent => false,
            Self::Bool(value) => *value,
            Self::Int(value, _) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Str(text) => !text.is_empty(),
            Self::List(list) => !list.items().is_empty(),
            Self::Map(map) => !map.is_empty(),
            // Structs and pointers that are not nil are true.
            Self::Object(object) => match complex::Complex::of(self) {
                Some(number) => number.real != 0.0 || number.imaginary != 0.0,
                None => object.plain().is_none_or(|plain| plain.truth()),
            },
        }
    }
}

impl Value {
    /// Whether it is a list or a map, which may hold further values.
    fn has_items(&self) -> bool {
        matches!(self, Self::List(_) | Self::Map(_))
    }
}

/// Drops values and what they hold without recursion: a template can nest lists deeper than any stack.
fn drop_flat(mut values: Vec<Value>) {
    while let Some(value) = values.pop() {
        match value {
            Value::List(list) => {
                if let Some(mut list) = Arc::into_inner(list) {
                    values.append(&mut list.take());
                }
            }
            Value::Map(map) => {
                if let Some(mut map) = Arc::into_inner(map) {
                    values.append(&mut map.take());
                }
            }
            _ => {}
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Str(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(text.into())
    }
}

impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Self::Str(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truth_is_that_of_text_template() {
        for (value, truth) in [
            (Value::Nil, false),
            (Value::Absent, false),
            (Value::Bool(true), true),
            (Value::int(0), false),
            (Value::Float(-0.0), false),
            (Value::from(""), false),
            (Value::from("false"), true),
            (Value::list(vec![]), false),
            (Value::list(vec![Value::Nil]), true),
            (Value::map([("a", Value::Nil)]), true),
        ] {
            assert_eq!(value.truth(), truth, "{value:?}");
        }
    }

    #[test]
    fn a_map_is_shared_by_its_holders() {
        let map = Value::map([("a", Value::int(1))]);
        let other = map.clone();
        map.as_map().unwrap().insert("b", Value::int(2));
        assert_eq!(other.as_map().unwrap().len(), 2);
    }

    #[test]
    fn a_value_is_small() {
        assert!(size_of::<Value>() <= 32, "{}", size_of::<Value>());
    }
}
