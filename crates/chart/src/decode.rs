//! YAML into typed fields with the errors of sigs.k8s.io/yaml and Go's `encoding/json`.

use goyaml::{Map, Value};

/// The text of a decoding error, as sigs.k8s.io/yaml wraps it.
pub(crate) type Decoded<T> = Result<T, String>;

/// `sigs.k8s.io/yaml.Unmarshal` up to the JSON value.
pub(crate) fn yaml(text: &[u8]) -> Decoded<Value> {
    goyaml::from_yaml(text).map_err(|error| format!("error converting YAML to JSON: {error}"))
}

/// `sigs.k8s.io/yaml.Unmarshal` into a `map[string]interface{}`; `null` gives an empty map, numbers become float64.
pub(crate) fn yaml_map(text: &[u8]) -> Decoded<Map> {
    match yaml(text)? {
        Value::Null => Ok(Map::new()),
        Value::Map(map) => Ok(map
            .into_iter()
            .map(|(key, value)| (key, floats(value)))
            .collect()),
        other => Err(wrong_value(&other, "map[string]interface {}")),
    }
}

/// Every number as Go's `encoding/json` decodes it into an `interface{}`.
pub(crate) fn floats(value: Value) -> Value {
    match value {
        Value::Int(_) | Value::Uint(_) => value.as_f64().map_or(Value::Null, Value::Float),
        Value::List(items) => Value::List(items.into_iter().map(floats).collect()),
        Value::Map(map) => Value::Map(
            map.into_iter()
                .map(|(key, value)| (key, floats(value)))
                .collect(),
        ),
        other => other,
    }
}

/// What sigs.k8s.io/yaml puts in front of the errors of JSON.
pub(crate) const WHILE_DECODING: &str = "error unmarshaling JSON: while decoding JSON: ";

/// A top-level value of the wrong type.
pub(crate) fn wrong_value(value: &Value, wanted: &str) -> String {
    let kind = goyaml::kind(value);
    format!("{WHILE_DECODING}json: cannot unmarshal {kind} into Go value of type {wanted}")
}

/// A field of the wrong type; `path` begins with a dot.
pub(crate) fn wrong_field(value: &Value, path: &str, wanted: &str) -> String {
    let kind = goyaml::kind(value);
    format!(
        "{WHILE_DECODING}json: cannot unmarshal {kind} into Go struct field {path} of type {wanted}"
    )
}

/// A string field. Numbers and booleans are printed, as sigs.k8s.io/yaml does for fields it knows to be strings.
pub(crate) fn text(value: &Value, path: &str) -> Decoded<String> {
    Ok(match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Uint(value) => value.to_string(),
        // With 32 bits of precision, as sigs.k8s.io/yaml prints it.
        Value::Float(value) => goyaml::number::format_go_single(*value as f32),
        Value::List(_) | Value::Map(_) => return Err(wrong_field(value, path, "string")),
    })
}

/// A boolean field.
pub(crate) fn boolean(value: &Value, path: &str) -> Decoded<bool> {
    match value {
        Value::Null => Ok(false),
        Value::Bool(value) => Ok(*value),
        other => Err(wrong_field(other, path, "bool")),
    }
}

/// A list field.
pub(crate) fn list<'v>(value: &'v Value, path: &str, wanted: &str) -> Decoded<&'v [Value]> {
    match value {
        Value::Null => Ok(&[]),
        Value::List(items) => Ok(items),
        other => Err(wrong_field(other, path, wanted)),
    }
}

/// The items of a list field; an error says which of them it is about.
pub(crate) fn items<T>(
    items: &[Value],
    path: &str,
    read: impl Fn(&Value) -> Decoded<T>,
) -> Decoded<Vec<T>> {
    let one = |(index, item)| read(item).map_err(|error| at(index, path, &error));
    items.iter().enumerate().map(one).collect()
}

/// An error of an item, whose own path is the list's. Go calls it no field of a struct when it is the item as a whole.
fn at(index: usize, path: &str, error: &str) -> String {
    match error.split_once(&format!("into Go struct field {path} of ")) {
        Some((before, after)) => format!("{before}into {path}.{index} of {after}"),
        None => error.replacen(&format!("{path}."), &format!("{path}.{index}."), 1),
    }
}

/// A list of strings.
pub(crate) fn texts(value: &Value, path: &str) -> Decoded<Vec<String>> {
    items(list(value, path, "[]string")?, path, |item| {
        text(item, path)
    })
}

/// A mapping of strings.
pub(crate) fn text_map(value: &Value, path: &str) -> Decoded<Vec<(String, String)>> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Map(map) => map
            .iter()
            .map(|(key, value)| Ok((key.clone(), text(value, &format!("{path}.{key}"))?)))
            .collect(),
        other => Err(wrong_field(other, path, "map[string]string")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_take_numbers() {
        for (yaml, expected) in [
            ("1.10", "1.1"),
            ("2", "2"),
            ("yes", "true"),
            ("null", ""),
            ("\"1.10\"", "1.10"),
        ] {
            let value = goyaml::from_yaml(yaml.as_bytes()).unwrap();
            assert_eq!(text(&value, ".version").unwrap(), expected);
        }
        let list = goyaml::from_yaml(b"[1]").unwrap();
        assert_eq!(
            text(&list, ".version").unwrap_err(),
            "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go struct field .version of type string"
        );
    }
}
