//! YAML as go-yaml's printers write it.
//!
//! [`Printer`] takes a value piece by piece, so that callers print their own value types without copying them first;
//! [`to_yaml`] and [`to_yaml_pretty`] print a [`Value`].

mod printer;
mod scalar;

pub use printer::{Printer, Style};

use crate::limits::MAX_DEPTH;
use crate::{Error, Value};

/// `sigs.k8s.io/yaml.Marshal`: the value as JSON, read by go-yaml v2 and printed by it. Ends in a line break.
///
/// # Errors
/// What Go refuses: infinite numbers, control characters that YAML does not allow, nesting beyond the limit.
pub fn to_yaml(value: &Value) -> Result<String, Error> {
    print(value, Style::V2).map_err(|error| error_of_json_step(value).unwrap_or(error))
}

/// Go meets the first error of the whole JSON text, the printer the first one in the order of printing.
fn error_of_json_step(value: &Value) -> Option<Error> {
    match crate::to_json(value) {
        Err(error) => Some(Error::new(
            format!("error marshaling into JSON: {error}"),
            None,
        )),
        Ok(text) => crate::from_yaml(text.as_bytes()).err(),
    }
}

/// go-yaml v3 with an indentation of 2, straight from the value (Helm's `toYamlPretty`). Ends in a line break.
///
/// # Errors
/// Nesting beyond the limit.
pub fn to_yaml_pretty(value: &Value) -> Result<String, Error> {
    print(value, Style::V3)
}

fn print(value: &Value, style: Style) -> Result<String, Error> {
    let mut printer = Printer::new(style);
    print_value(&mut printer, value, 0)?;
    Ok(printer.finish())
}

fn print_value(printer: &mut Printer, value: &Value, depth: usize) -> Result<(), Error> {
    if depth > MAX_DEPTH {
        return Err(Error::yaml(format_args!(
            "exceeded max depth of {MAX_DEPTH}"
        )));
    }
    match value {
        Value::Null => printer.null(),
        Value::Bool(value) => printer.bool(*value),
        Value::Int(value) => printer.int(*value),
        Value::Uint(value) => printer.uint(*value),
        Value::Float(value) => printer.float(*value)?,
        Value::String(text) => printer.string(text)?,
        Value::List(items) => {
            printer.begin_list(items.len());
            for item in items {
                print_value(printer, item, depth + 1)?;
            }
            printer.end_list();
        }
        Value::Map(map) => {
            let mut pairs: Vec<(&String, &Value)> = map.iter().collect();
            printer.sort_by_key(&mut pairs, |pair| pair.0);
            printer.begin_map(pairs.len());
            for (key, value) in pairs {
                printer.key(key)?;
                print_value(printer, value, depth + 1)?;
            }
            printer.end_map();
        }
    }
    Ok(())
}
