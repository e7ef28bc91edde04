//! YAML as Helm prints and reads it.

use gotpl::limits::MAX_VALUE_DEPTH;
use gotpl::{Error, Function, Text, Type, Value};
use goyaml::{Printer, Style};

use super::Result;
use super::args::{any, bytes};
use super::duration::DURATION;
use super::encoding::base64_encode;
use super::json::{array, json_of, mismatch, object};

const A: &[Type] = &[Type::Any];
const S: &[Type] = &[Type::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("toYaml", A, |_, args| {
        Ok(to_yaml(any(args, 0), Style::V2).unwrap_or_default().into())
    }),
    Function::fixed("mustToYaml", A, |_, args| {
        to_yaml(any(args, 0), Style::V2)
            .map(Value::from)
            .map_err(|error| match error.to_string() {
                text if text.starts_with("json: ") => {
                    Error::message(format!("error marshaling into JSON: {text}"))
                }
                text => Error::message(text),
            })
    }),
    Function::fixed("toYamlPretty", A, |_, args| {
        Ok(to_yaml(any(args, 0), Style::V3).unwrap_or_default().into())
    }),
    Function::fixed("fromYaml", S, |_, args| {
        let read = read(bytes(args, 0));
        Ok(object(in_json(read, "map[string]interface {}", |value| {
            matches!(value, goyaml::Value::Map(_))
        })))
    }),
    Function::fixed("fromYamlArray", S, |_, args| {
        let read = read(bytes(args, 0));
        Ok(array(in_json(read, "[]interface {}", |value| {
            matches!(value, goyaml::Value::List(_))
        })))
    }),
];

/// The text of a value without the line break at its end.
fn to_yaml(value: &Value, style: Style) -> Result<String> {
    let mut printer = Printer::new(style);
    print(&mut printer, value, style, 0)?;
    let mut text = printer.finish();
    if text.ends_with('\n') {
        text.pop();
    }
    Ok(text)
}

fn error(error: goyaml::Error) -> Error {
    Error::message(error.to_string())
}

fn print(printer: &mut Printer, value: &Value, style: Style, depth: usize) -> Result<()> {
    if depth > MAX_VALUE_DEPTH {
        return Err(Error::message("the value is nested too deep for YAML"));
    }
    match value {
        Value::Nil | Value::Absent => printer.null(),
        Value::Bool(value) => printer.bool(*value),
        Value::Int(number, kind) if kind.is_unsigned() => printer.uint(*number as u64),
        Value::Int(number, _) => printer.int(*number),
        Value::Float(number) => printer.float(*number).map_err(error)?,
        Value::Str(text) => printer.string(&text.to_str()).map_err(error)?,
        // Only `toYaml` goes through JSON, where bytes are base64.
        Value::List(list) => {
            if list.is_nil() && style == Style::V2 {
                printer.null();
            } else if let Some(bytes) = list.to_bytes().filter(|_| style == Style::V2) {
                printer.string(&base64_encode(&bytes)).map_err(error)?;
            } else {
                printer.begin_list(list.items().len());
                for item in list.items() {
                    print(printer, item, style, depth + 1)?;
                }
                printer.end_list();
            }
        }
        Value::Map(map) => entries(printer, map.snapshot(), style, depth)?,
        Value::Object(object) => {
            // go-yaml v3 knows durations; JSON takes them for numbers.
            if style == Style::V3
                && object.type_of() == DURATION
                && let Some(text) = object.display()
            {
                printer.string(&text).map_err(error)?;
            } else if let Some(plain) = json_of(&**object) {
                print(printer, &plain, style, depth + 1)?;
            } else {
                let name = |name: &str| match style {
                    Style::V2 => Text::from(name),
                    Style::V3 => Text::from(name.to_lowercase()),
                };
                let fields = object.fields().into_iter();
                let fields = fields.map(|(field, value)| (name(field), value)).collect();
                entries(printer, fields, style, depth)?;
            }
        }
    }
    Ok(())
}

fn entries(
    printer: &mut Printer,
    entries: Vec<(Text, Value)>,
    style: Style,
    depth: usize,
) -> Result<()> {
    let mut pairs: Vec<(String, Value)> = entries
        .into_iter()
        .map(|(key, value)| (key.to_str().into_owned(), value))
        .collect();
    printer.sort_by_key(&mut pairs, |pair| pair.0.as_str());
    printer.begin_map(pairs.len());
    for (key, value) in &pairs {
        printer.key(key).map_err(error)?;
        print(printer, value, style, depth + 1)?;
    }
    printer.end_map();
    Ok(())
}

fn read(text: &[u8]) -> std::result::Result<goyaml::Value, String> {
    goyaml::from_yaml(text).map_err(|error| format!("error converting YAML to JSON: {error}"))
}

/// sigs.k8s.io/yaml reads through JSON, whose errors it wraps.
fn in_json(
    read: std::result::Result<goyaml::Value, String>,
    wanted: &str,
    fits: fn(&goyaml::Value) -> bool,
) -> std::result::Result<goyaml::Value, String> {
    match read {
        Ok(value) if !fits(&value) && !value.is_null() => Err(format!(
            "error unmarshaling JSON: while decoding JSON: {}",
            mismatch(&value, wanted)
        )),
        other => other,
    }
}
