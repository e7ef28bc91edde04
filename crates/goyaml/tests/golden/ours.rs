//! What this crate says, by the names that the oracle's operations have.

use goyaml::{
    Value, from_json, from_yaml, to_json, to_json_pretty, to_json_raw, to_yaml, to_yaml_pretty,
};

/// The output for an input (a YAML text, a JSON text, or a value as JSON), or the text of the error.
pub(crate) fn answer(op: &str, input: &[u8]) -> Result<Vec<u8>, String> {
    let read = match op {
        "read" => from_yaml(input),
        _ => from_json(&String::from_utf8_lossy(input)),
    };
    read.map_err(|error| error.to_string())
        .and_then(|value| match op {
            "read" => print("json", &value),
            "read-json" => print("json", &floats(value)),
            op => print(op, &value),
        })
}

/// The value as one of the printers writes it.
pub(crate) fn print(op: &str, value: &Value) -> Result<Vec<u8>, String> {
    match op {
        "v2" => to_yaml(value),
        "v3" => to_yaml_pretty(value),
        "json" => to_json(value),
        "json-raw" => to_json_raw(value),
        "json-indent" => to_json_pretty(value, "  "),
        other => return Err(format!("no operation {other}")),
    }
    .map(String::into_bytes)
    .map_err(|error| error.to_string())
}

/// All numbers as floats, which is what `encoding/json` makes of them.
fn floats(value: Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.into_iter().map(floats).collect()),
        Value::Map(map) => Value::Map(map.into_iter().map(|(k, v)| (k, floats(v))).collect()),
        other => other.as_f64().map_or(other, Value::Float),
    }
}
