//! JSON values into records, by the rules of Go's `encoding/json` with unknown fields refused.
//!
//! A field matches its name exactly or, failing that, in any case; `null` leaves the zero value; a value of the wrong
//! kind or an unknown field is an error that names its path.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

/// Why a document does not have the expected form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// Where, as `spec.tasks[0].name`; empty for the document itself.
    pub path: String,
    /// What is wrong there.
    pub kind: DecodeErrorKind,
}

/// What can be wrong with a document's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeErrorKind {
    /// A field that the record does not have; the path names it.
    UnknownField(String),
    /// Anything else, in words.
    Invalid(String),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            DecodeErrorKind::UnknownField(_) => write!(f, "unknown field {}", self.path),
            DecodeErrorKind::Invalid(message) if self.path.is_empty() => f.write_str(message),
            DecodeErrorKind::Invalid(message) => write!(f, "{}: {message}", self.path),
        }
    }
}

impl std::error::Error for DecodeError {}

impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            path: String::new(),
            kind: DecodeErrorKind::Invalid(message.to_string()),
        }
    }
}

impl DecodeError {
    fn below(mut self, field: &str) -> Self {
        self.path = if self.path.is_empty() {
            field.to_owned()
        } else if self.path.starts_with('[') {
            format!("{field}{}", self.path)
        } else {
            format!("{field}.{}", self.path)
        };
        self
    }
}

/// Reads a record from a JSON value.
///
/// # Errors
/// The first field that is unknown or has a value of the wrong kind.
pub(crate) fn decode<T: DeserializeOwned>(value: &Value) -> Result<T, DecodeError> {
    T::deserialize(Decoder { value, names: &[] })
}

struct Decoder<'a> {
    value: &'a Value,
    names: &'static [&'static str],
}

impl<'de> Deserializer<'de> for Decoder<'_> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(value), ..) => visitor.visit_i64(value),
                (None, Some(value), _) => visitor.visit_u64(value),
                (None, None, value) => visitor.visit_f64(value.unwrap_or_default()),
            },
            Value::String(text) => visitor.visit_str(text),
            Value::Array(items) => visitor.visit_seq(Items { items, next: 0 }),
            Value::Object(entries) => visitor.visit_map(Entries::new(entries, self.names)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        if self.value.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        Decoder {
            names: fields,
            ..self
        }
        .deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Items<'a> {
    items: &'a [Value],
    next: usize,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, DecodeError> {
        let Some(value) = self.items.get(self.next) else {
            return Ok(None);
        };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Decoder { value, names: &[] })
            .map(Some)
            .map_err(|error| error.below(&format!("[{index}]")))
    }
}

struct Entries<'a> {
    left: serde_json::map::Iter<'a>,
    names: &'static [&'static str],
    current: Option<(&'a str, &'a Value)>,
}

impl<'a> Entries<'a> {
    fn new(entries: &'a Map<String, Value>, names: &'static [&'static str]) -> Self {
        Self {
            left: entries.iter(),
            names,
            current: None,
        }
    }

    /// The record's spelling of a key; maps have no names and take every key.
    fn name_of(&self, key: &'a str) -> Option<&'a str> {
        if self.names.is_empty() || self.names.contains(&key) {
            return Some(key);
        }
        self.names
            .iter()
            .copied()
            .find(|name| name.eq_ignore_ascii_case(key))
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, DecodeError> {
        loop {
            let Some((key, value)) = self.left.next() else {
                return Ok(None);
            };
            let Some(name) = self.name_of(key) else {
                return Err(DecodeError {
                    path: key.clone(),
                    kind: DecodeErrorKind::UnknownField(key.clone()),
                });
            };
            if value.is_null() && !self.names.is_empty() {
                continue;
            }
            self.current = Some((key, value));
            let name: StrDeserializer<'_, DecodeError> = name.into_deserializer();
            return seed.deserialize(name).map(Some);
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, DecodeError> {
        let (key, value) = self
            .current
            .take()
            .ok_or_else(|| de::Error::custom("a value without its key"))?;
        seed.deserialize(Decoder { value, names: &[] })
            .map_err(|error| error.below(key))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{ParamValue, PipelineRun};

    fn error_of(document: Value) -> String {
        decode::<PipelineRun>(&document).unwrap_err().to_string()
    }

    #[test]
    fn unknown_fields_and_wrong_kinds_name_their_path() {
        let step = json!({"spec": {"pipelineSpec": {"tasks": [
            {"name": "a", "taskSpec": {"steps": [{"scrypt": "true"}]}}]}}});
        assert_eq!(
            error_of(step),
            "unknown field spec.pipelineSpec.tasks[0].taskSpec.steps[0].scrypt"
        );
        assert_eq!(
            error_of(json!({"spec": {"params": "x"}})),
            "spec.params: invalid type: string \"x\", expected a sequence"
        );
        assert_eq!(
            error_of(json!({"spec": {"timeouts": {"tasks": "5"}}})),
            "spec.timeouts.tasks: time: missing unit in duration \"5\""
        );
    }

    #[test]
    fn field_names_match_in_any_case_and_null_is_the_zero_value() {
        let run: PipelineRun =
            decode(&json!({"Metadata": {"NAME": "x"}, "spec": {"params": null}})).unwrap();
        assert_eq!(run.metadata.name, "x");
        assert!(run.spec.params.is_empty());
    }

    #[test]
    fn parameter_values_keep_lists_and_maps_of_texts_only() {
        let run: PipelineRun = decode(&json!({"spec": {"params": [
            {"name": "n", "value": 5}, {"name": "b", "value": true}, {"name": "l", "value": ["a"]},
            {"name": "m", "value": [1, "a"]}, {"name": "o", "value": {"k": "v"}}]}}))
        .unwrap();
        let values: Vec<_> = run
            .spec
            .params
            .into_iter()
            .map(|param| param.value)
            .collect();
        assert_eq!(
            values,
            [
                ParamValue::String("5".into()),
                ParamValue::String("true".into()),
                ParamValue::Array(vec!["a".into()]),
                ParamValue::String("[1,\"a\"]".into()),
                ParamValue::Object([("k".to_owned(), "v".to_owned())].into()),
            ]
        );
    }
}
