//! JSON as Go's encoding/json prints and reads it.

use gotpl::limits::MAX_VALUE_DEPTH;
use gotpl::{Error, Function, List, Map, Text, Type, Value};
use goyaml::JsonRead;

use super::Result;
use super::args::{any, bytes};
use super::encoding::base64_encode;

const A: &[Type] = &[Type::Any];
const S: &[Type] = &[Type::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("toJson", A, |_, args| {
        Ok(print(any(args, 0), Layout::COMPACT)
            .unwrap_or_default()
            .into())
    }),
    Function::fixed("mustToJson", A, |_, args| {
        Ok(print(any(args, 0), Layout::COMPACT)?.into())
    }),
    Function::fixed("toPrettyJson", A, |_, args| {
        Ok(print(any(args, 0), Layout::PRETTY)
            .unwrap_or_default()
            .into())
    }),
    Function::fixed("mustToPrettyJson", A, |_, args| {
        Ok(print(any(args, 0), Layout::PRETTY)?.into())
    }),
    Function::fixed("toRawJson", A, |_, args| {
        Ok(print(any(args, 0), Layout::RAW)?.into())
    }),
    Function::fixed("mustToRawJson", A, |_, args| {
        Ok(print(any(args, 0), Layout::RAW)?.into())
    }),
    Function::fixed("fromJson", S, |_, args| Ok(from_json(bytes(args, 0)))),
    Function::fixed("fromJsonArray", S, |_, args| {
        Ok(from_json_array(bytes(args, 0)))
    }),
    Function::fixed("mustFromJson", S, |_, args| {
        let JsonRead { value, too_large } = read(bytes(args, 0)).map_err(Error::message)?;
        match too_large {
            Some(error) => Err(Error::message(error.to_string())),
            None => Ok(take(value)),
        }
    }),
];

/// How JSON is laid out.
#[derive(Clone, Copy)]
struct Layout {
    /// Whether `<`, `>` and `&` are escaped.
    html: bool,
    /// Whether every item has its own line, indented by two.
    pretty: bool,
}

impl Layout {
    const COMPACT: Self = Self {
        html: true,
        pretty: false,
    };
    const PRETTY: Self = Self {
        html: true,
        pretty: true,
    };
    const RAW: Self = Self {
        html: false,
        pretty: false,
    };
}

fn print(value: &Value, layout: Layout) -> Result<String> {
    let mut printer = Printer {
        output: String::new(),
        layout,
    };
    printer.value(value, 0)?;
    Ok(printer.output)
}

struct Printer {
    output: String,
    layout: Layout,
}

impl Printer {
    fn value(&mut self, value: &Value, depth: usize) -> Result<()> {
        if depth > MAX_VALUE_DEPTH {
            return Err(Error::message(
                "json: unsupported value: encountered a cycle via map[string]interface {}",
            ));
        }
        match value {
            Value::Nil | Value::Absent => self.output.push_str("null"),
            Value::Bool(true) => self.output.push_str("true"),
            Value::Bool(false) => self.output.push_str("false"),
            Value::Int(number, kind) if kind.is_unsigned() => {
                self.output.push_str(&(*number as u64).to_string());
            }
            Value::Int(number, _) => self.output.push_str(&number.to_string()),
            Value::Float(number) if number.is_finite() => {
                self.output.push_str(&goyaml::number::format_json(*number));
            }
            Value::Float(number) => {
                let shown = gotpl::format::float::format_shortest(*number);
                return Err(Error::message(format!("json: unsupported value: {shown}")));
            }
            Value::Str(text) => self.string(text),
            Value::List(list) if list.is_nil() => self.output.push_str("null"),
            Value::List(list) => match list.to_bytes() {
                Some(bytes) => self.string(&base64_encode(&bytes).into()),
                None => self.items(list.items(), depth)?,
            },
            Value::Map(map) => self.entries(&map.snapshot(), depth)?,
            Value::Object(object) => {
                if let Some(plain) = json_of(&**object) {
                    return self.value(&plain, depth + 1);
                }
                // Structs keep the order of their fields.
                let fields = object.fields().into_iter();
                let fields: Vec<_> = fields
                    .map(|(name, value)| (Text::from(name), value))
                    .collect();
                self.entries(&fields, depth)?;
            }
        }
        Ok(())
    }

    /// Every byte that is no UTF-8 comes out as U+FFFD.
    fn string(&mut self, text: &Text) {
        let html = self.layout.html;
        if let Some(text) = text.as_str() {
            goyaml::escape_json(&mut self.output, text, html);
            return;
        }
        let mut readable = String::new();
        for chunk in text.as_bytes().utf8_chunks() {
            readable.push_str(chunk.valid());
            readable.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
        }
        goyaml::escape_json(&mut self.output, &readable, html);
    }

    fn line(&mut self, depth: usize) {
        if self.layout.pretty {
            self.output.push('\n');
            self.output.extend(std::iter::repeat_n(' ', depth * 2));
        }
    }

    fn items(&mut self, items: &[Value], depth: usize) -> Result<()> {
        self.output.push('[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.output.push(',');
            }
            self.line(depth + 1);
            self.value(item, depth + 1)?;
        }
        if !items.is_empty() {
            self.line(depth);
        }
        self.output.push(']');
        Ok(())
    }

    fn entries(&mut self, entries: &[(Text, Value)], depth: usize) -> Result<()> {
        self.output.push('{');
        for (index, (key, value)) in entries.iter().enumerate() {
            if index > 0 {
                self.output.push(',');
            }
            self.line(depth + 1);
            self.string(key);
            self.output.push(':');
            if self.layout.pretty {
                self.output.push(' ');
            }
            self.value(value, depth + 1)?;
        }
        if !entries.is_empty() {
            self.line(depth);
        }
        self.output.push('}');
        Ok(())
    }
}

/// What an object prints as: what it says itself, or the data below its name; otherwise its fields.
pub(super) fn json_of(object: &dyn gotpl::Object) -> Option<Value> {
    object.json().or_else(|| object.plain())
}

fn read(text: &[u8]) -> std::result::Result<JsonRead, String> {
    goyaml::read_json(text).map_err(|error| error.to_string())
}

/// Numbers out of range are an error of a map only, and leave the rest of it.
fn from_json(text: &[u8]) -> Value {
    object(
        read(text).map(|JsonRead { value, too_large }| match (value, too_large) {
            (goyaml::Value::Map(mut map), Some(error)) => {
                map.insert("Error".to_owned(), error.to_string().into());
                goyaml::Value::Map(map)
            }
            (value, _) => value,
        }),
    )
}

/// As [`from_json`], but the error takes the place of the list.
fn from_json_array(text: &[u8]) -> Value {
    match read(text) {
        Ok(JsonRead {
            value: goyaml::Value::Null,
            ..
        }) => Value::List(List::nil(&Type::Any).into()),
        Ok(JsonRead {
            value: goyaml::Value::List(_),
            too_large: Some(error),
        }) => array(Err(error.to_string())),
        read => array(read.map(|read| read.value)),
    }
}

/// A value read by one of Go's decoders: every number is a float64.
pub(super) fn take(value: goyaml::Value) -> Value {
    match value {
        goyaml::Value::Null => Value::Nil,
        goyaml::Value::Bool(value) => Value::Bool(value),
        goyaml::Value::Int(number) => Value::Float(number as f64),
        goyaml::Value::Uint(number) => Value::Float(number as f64),
        goyaml::Value::Float(number) => Value::Float(number),
        goyaml::Value::String(text) => Value::from(text),
        goyaml::Value::List(items) => Value::list(items.into_iter().map(take).collect()),
        goyaml::Value::Map(entries) => {
            Value::map(entries.into_iter().map(|(key, value)| (key, take(value))))
        }
    }
}

/// What `fromJson` and `fromYaml` give: a map, with the error under `Error`.
pub(super) fn object(result: std::result::Result<goyaml::Value, String>) -> Value {
    match result {
        Ok(value @ goyaml::Value::Map(_)) => take(value),
        // Go leaves the map empty.
        Ok(goyaml::Value::Null) => Value::Map(Map::new(gotpl::Entries::new()).into()),
        Ok(other) => error_map(mismatch(&other, "map[string]interface {}")),
        Err(error) => error_map(error),
    }
}

fn error_map(error: String) -> Value {
    Value::map([("Error", Value::from(error))])
}

/// What `fromJsonArray` and `fromYamlArray` give: a list, with the error as its only item.
pub(super) fn array(result: std::result::Result<goyaml::Value, String>) -> Value {
    match result {
        Ok(value @ goyaml::Value::List(_)) => take(value),
        Ok(goyaml::Value::Null) => Value::list(Vec::new()),
        Ok(other) => Value::list(vec![mismatch(&other, "[]interface {}").into()]),
        Err(error) => Value::list(vec![error.into()]),
    }
}

/// Go's error for JSON of another type.
pub(super) fn mismatch(value: &goyaml::Value, wanted: &str) -> String {
    format!(
        "json: cannot unmarshal {} into Go value of type {wanted}",
        goyaml::kind(value)
    )
}
