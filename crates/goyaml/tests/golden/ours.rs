//! What this crate says, by the names that the oracle's operations have.

use goyaml::{
    JsonRead, Map, Value, from_yaml, kind, read_json, to_json, to_json_pretty, to_json_raw,
    to_yaml, to_yaml_pretty,
};

/// The output for an input (a YAML text, a JSON text, or a value as JSON), or the text of the error.
pub(crate) fn answer(op: &str, input: &[u8]) -> Result<Vec<u8>, String> {
    match op {
        "read" => print(
            "json",
            &from_yaml(input).map_err(|error| error.to_string())?,
        ),
        "read-json" => print("json", &floats(whole(input)?)),
        "read-json-map" => print("json", &floats(map(input))),
        op => print(op, &whole(input)?),
    }
}

fn whole(json: &[u8]) -> Result<Value, String> {
    let JsonRead { value, too_large } = read_json(json).map_err(|error| error.to_string())?;
    too_large.map_or(Ok(value), |error| Err(error.to_string()))
}

/// What Go leaves in a map, with the error under `Error`.
fn map(json: &[u8]) -> Value {
    let (mut map, error) = match read_json(json) {
        Ok(JsonRead {
            value: Value::Map(map),
            too_large,
        }) => (map, too_large.map(|error| error.to_string())),
        Ok(JsonRead {
            value: Value::Null, ..
        }) => return Value::Null,
        Ok(JsonRead { value, .. }) => {
            let kind = kind(&value);
            let error = format!(
                "json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}"
            );
            (Map::new(), Some(error))
        }
        Err(error) => (Map::new(), Some(error.to_string())),
    };
    map.extend(error.map(|error| ("Error".to_owned(), Value::from(error))));
    Value::Map(map)
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
