//! YAML and JSON as Go's libraries read and print them, with positions, limits and edits by span.
//!
//! Helm reads values with sigs.k8s.io/yaml 1.6 on go.yaml.in/yaml/v2 2.4.4 and prints with the same, so byte-equal output
//! needs their rules and not those of YAML 1.2:
//!
//! - [`from_yaml`]: text to a [`Value`] (`y` is true, `012` is ten, the last of two keys wins, text behind the first document
//!   is ignored), with go-yaml's messages.
//! - [`to_yaml`] and [`to_yaml_pretty`]: Helm's `toYaml` and `toYamlPretty`. [`Printer`] takes other value types piece by piece.
//! - [`from_json`], [`to_json`] and relatives: Go's `encoding/json`.
//! - [`document`]: the node tree with spans.
//! - [`limits`]: what an input may cost.
//!
//! The reader is in `read/` (scanner, parser, composer), types of scalars in `resolve.rs`, values in `decode.rs`, the printer
//! in `print/`. The algorithms are those of libyaml and go-yaml (Apache-2.0 and MIT).

mod chars;
mod decode;

pub mod edit;
mod error;
mod json;
mod keys;
pub mod limits;
pub mod node;
pub mod number;
mod print;
mod quote;
mod read;
mod resolve;
mod value;

pub use error::Error;
pub use json::{
    JsonRead, escape_json, from_json, from_json_prefix, kind, read_json, read_json_prefix, to_json,
    to_json_pretty, to_json_raw,
};
pub use node::Document;
pub use print::{Printer, Style, to_yaml, to_yaml_pretty};
pub use value::{Map, Value};

/// Reads the first document of a text into a value; `null` when there is none.
///
/// # Errors
/// go-yaml's text, for example `yaml: line 2: mapping values are not allowed in this context`; numbers that JSON does not
/// have (`json: unsupported value: +Inf`), as sigs.k8s.io/yaml goes through JSON.
pub fn from_yaml(text: &[u8]) -> Result<Value, Error> {
    let Some(document) = read::compose::first_document(text)? else {
        return Ok(Value::Null);
    };
    let value = decode::decode(&document)?;
    check_numbers(&value)?;
    Ok(value)
}

/// Reads the first document of a text as a node tree; `None` when there is none.
///
/// # Errors
/// As [`from_yaml`], without the errors of decoding.
pub fn document(text: &str) -> Result<Option<Document>, Error> {
    read::compose::first_document(text.as_bytes())
}

fn check_numbers(value: &Value) -> Result<(), Error> {
    match value {
        Value::Float(number) if !number.is_finite() => Err(json::unsupported_number(*number)),
        Value::List(items) => items.iter().try_for_each(check_numbers),
        Value::Map(map) => map.values().try_for_each(check_numbers),
        _ => Ok(()),
    }
}
