//! JSON data to values and back.

use super::{Text, Value};

impl Value {
    /// Takes over JSON data as Go's decoder does: objects become `map[string]interface {}`, every number a float64.
    pub fn from_json(json: serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => Self::Nil,
            serde_json::Value::Bool(value) => Self::Bool(value),
            serde_json::Value::Number(number) => Self::Float(number.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(text) => Self::from(text),
            serde_json::Value::Array(items) => {
                Self::list(items.into_iter().map(Self::from_json).collect())
            }
            serde_json::Value::Object(entries) => Self::map(
                entries
                    .into_iter()
                    .map(|(key, value)| (Text::from(key), Self::from_json(value))),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_float64() {
        let value = Value::from_json(serde_json::json!({"a": [1, null]}));
        let list = value.as_map().unwrap().get("a").unwrap();
        assert_eq!(list.as_list().unwrap().items()[0].type_name(), "float64");
        assert!(list.as_list().unwrap().items()[1].is_nil());
    }
}
