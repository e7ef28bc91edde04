//! Values: read from files, merged in layers, handed to templates.

pub(crate) mod coalesce;
mod layers;
mod print;

use gotpl::Value as GoValue;
use goyaml::{Map, Value};

use crate::decode;

pub use layers::{Layers, Reader, merge};
pub(crate) use print::{go_text, go_type};

/// Reads a values file: every document of it, merged in order, numbers as float64 (`LoadValues`).
///
/// # Errors
/// Helm's text, beginning with `cannot unmarshal yaml document`.
pub(crate) fn read(text: &[u8]) -> Result<Map, String> {
    let mut values = Map::new();
    let (documents, problem) = documents(text);
    for document in documents {
        let map = decode::yaml_map(&document)
            .map_err(|error| format!("cannot unmarshal yaml document: {error}"))?;
        merge_maps(&mut values, map);
    }
    match problem {
        Some(problem) => Err(format!("error reading yaml document: {problem}")),
        None => Ok(values),
    }
}

/// The documents of a text as Kubernetes' `YAMLReader` splits them, at lines that begin with `---`; and why it stops early.
pub(crate) fn documents(text: &[u8]) -> (Vec<Vec<u8>>, Option<String>) {
    let mut documents = Vec::new();
    let mut current = Vec::new();
    let body = text.strip_suffix(b"\n").unwrap_or(text);
    if body.is_empty() {
        return (documents, None);
    }
    for line in body.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Some(rest) = line.strip_prefix(b"---") {
            let rest = rest.trim_ascii();
            if !rest.is_empty() && rest[0] != b'#' {
                let rest = String::from_utf8_lossy(rest);
                let problem = format!("invalid Yaml document separator: {rest}");
                return (documents, Some(problem));
            }
            if !current.is_empty() {
                documents.push(std::mem::take(&mut current));
                continue;
            }
        }
        current.extend_from_slice(line);
        current.push(b'\n');
    }
    if !current.is_empty() {
        documents.push(current);
    }
    (documents, None)
}

/// Merges maps deeply, `from` winning; everything else is replaced (`MergeMaps`).
pub fn merge_maps(into: &mut Map, from: Map) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Map(known)), Value::Map(value)) => merge_maps(known, value),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

/// A value as templates see it; integers come only from `--set` and are int64.
pub(crate) fn to_template(value: &Value) -> GoValue {
    match value {
        Value::Null => GoValue::Nil,
        Value::Bool(value) => GoValue::Bool(*value),
        Value::Int(value) => GoValue::int64(*value),
        Value::Uint(value) => GoValue::Float(*value as f64),
        Value::Float(value) => GoValue::Float(*value),
        Value::String(text) => GoValue::from(text.as_str()),
        Value::List(items) => GoValue::list(items.iter().map(to_template).collect()),
        Value::Map(map) => GoValue::map(
            map.iter()
                .map(|(key, value)| (key.as_str(), to_template(value))),
        ),
    }
}

/// The table at a path of names; the error names the part that is none (`Values.Table`).
pub(crate) fn table<'m>(values: &'m Map, path: &str) -> Result<&'m Map, String> {
    let mut table = values;
    for name in path.split('.') {
        match table.get(name) {
            Some(Value::Map(inner)) => table = inner,
            _ => {
                return Err(format!(
                    "{} is not a table",
                    gotpl::quote::quote(name.as_bytes())
                ));
            }
        }
    }
    Ok(table)
}

/// The value at a path that is no table (`Values.PathValue`).
pub(crate) fn path_value<'m>(values: &'m Map, path: &str) -> Option<&'m Value> {
    let (parent, key) = match path.rsplit_once('.') {
        Some((parent, key)) => (table(values, parent).ok()?, key),
        None => (values, path),
    };
    parent.get(key).filter(|value| value.as_map().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_a_values_file_are_merged() {
        let values = read(b"a: {x: 1, z: 2}\n---\na: {z: 3}\nb: on\n").unwrap();
        assert_eq!(
            goyaml::to_json(&values.into()).unwrap(),
            r#"{"a":{"x":1,"z":3},"b":true}"#
        );
    }

    #[test]
    fn what_is_no_map_is_refused() {
        assert_eq!(
            read(b"- a\n").unwrap_err(),
            "cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: \
             json: cannot unmarshal array into Go value of type map[string]interface {}"
        );
        assert_eq!(read(b"").unwrap(), Map::new());
        assert_eq!(read(b"# only a comment\n").unwrap(), Map::new());
    }
}
