//! Values to TOML (encode.go).

use std::fmt::Write as _;

use gotpl::format::float::format_shortest;
use gotpl::limits::MAX_VALUE_DEPTH;
use gotpl::{Text, Value};

use super::super::json::json_of;

/// Prints a map: simple keys first, tables after them, each sorted.
///
/// # Errors
/// The library's text.
pub(super) fn to_toml(value: &Value) -> Result<String, String> {
    let mut printer = Printer {
        output: String::new(),
    };
    printer.encode(&[], value)?;
    Ok(printer.output)
}

struct Printer {
    output: String,
}

const NO_KEY: &str = "top-level values must be Go maps or structs";
const NIL_ITEM: &str = "cannot encode array with nil element";

/// What is left out: nil, and Go's nil slice.
fn is_nil(value: &Value) -> bool {
    value.is_nil() || matches!(value, Value::List(list) if list.is_nil())
}

/// A list of nothing but tables is written as `[[key]]`.
fn is_table_list(value: &Value) -> Result<bool, String> {
    let Value::List(list) = value.plain() else {
        return Ok(false);
    };
    if list.items().iter().any(Value::is_nil) {
        return Err(format!("toml: {NIL_ITEM}"));
    }
    Ok(!list.items().is_empty() && list.items().iter().all(is_hash))
}

fn is_hash(value: &Value) -> bool {
    matches!(value.plain(), Value::Map(_))
        || matches!(value, Value::Object(object) if json_of(&**object).is_none())
}

fn is_table(value: &Value) -> Result<bool, String> {
    Ok(is_hash(value) || is_table_list(value)?)
}

/// The entries of a map or the fields of a struct.
fn entries(value: &Value) -> Vec<(Text, Value)> {
    match value.plain() {
        Value::Map(map) => map.snapshot(),
        Value::Object(object) => object
            .fields()
            .into_iter()
            .map(|(name, value)| (Text::from(name), value))
            .collect(),
        _ => Vec::new(),
    }
}

impl Printer {
    fn encode(&mut self, key: &[Text], value: &Value) -> Result<(), String> {
        if key.len() > MAX_VALUE_DEPTH {
            return Err("toml: the value is nested too deep".to_owned());
        }
        if is_nil(value) {
            return Ok(());
        }
        if is_hash(value) {
            if key.len() == 1 {
                self.blank_line();
            }
            if !key.is_empty() {
                self.header(key, "[", "]");
            }
            return self.table(key, value);
        }
        if is_table_list(value)? {
            return self.tables(key, value);
        }
        self.key_value(key, value)
    }

    fn blank_line(&mut self) {
        if !self.output.is_empty() {
            self.output.push('\n');
        }
    }

    fn indent(&mut self, key: &[Text]) {
        self.output
            .extend(std::iter::repeat_n(' ', key.len().saturating_sub(1) * 2));
    }

    fn header(&mut self, key: &[Text], open: &str, close: &str) {
        let path: Vec<String> = key.iter().map(|part| shown_key(&part.to_str())).collect();
        self.indent(key);
        self.output.push_str(open);
        self.output.push_str(&path.join("."));
        self.output.push_str(close);
        self.output.push('\n');
    }

    fn tables(&mut self, key: &[Text], value: &Value) -> Result<(), String> {
        if key.is_empty() {
            return Err(format!("toml: {NO_KEY}"));
        }
        let Value::List(list) = value.plain() else {
            return Ok(());
        };
        for item in list.items() {
            self.blank_line();
            self.header(key, "[[", "]]");
            self.table(key, item)?;
        }
        Ok(())
    }

    fn table(&mut self, key: &[Text], value: &Value) -> Result<(), String> {
        let entries = entries(value);
        let mut later = Vec::new();
        for (name, value) in &entries {
            if is_table(value)? {
                later.push((name, value));
            } else {
                self.encode(&path(key, name), value)?;
            }
        }
        for (name, value) in later {
            self.encode(&path(key, name), value)?;
        }
        Ok(())
    }

    fn key_value(&mut self, key: &[Text], value: &Value) -> Result<(), String> {
        let Some(name) = key.last() else {
            // A document that is no table is just the value.
            return self.element(value, 0);
        };
        self.indent(key);
        self.output.push_str(&shown_key(&name.to_str()));
        self.output.push_str(" = ");
        self.element(value, key.len())?;
        self.output.push('\n');
        Ok(())
    }

    fn element(&mut self, value: &Value, depth: usize) -> Result<(), String> {
        if depth > MAX_VALUE_DEPTH {
            return Err("toml: the value is nested too deep".to_owned());
        }
        match value {
            Value::Nil | Value::Absent => return Err(format!("toml: {NIL_ITEM}")),
            Value::Bool(value) => self.output.push_str(if *value { "true" } else { "false" }),
            Value::Int(number, kind) if kind.is_unsigned() => {
                self.output.push_str(&(*number as u64).to_string());
            }
            Value::Int(number, _) => self.output.push_str(&number.to_string()),
            Value::Float(number) => self.output.push_str(&float(*number)),
            Value::Str(text) => self.output.push_str(&quoted(&text.to_str())),
            Value::List(list) => {
                self.output.push('[');
                for (index, item) in list.items().iter().enumerate() {
                    if index > 0 {
                        self.output.push_str(", ");
                    }
                    self.element(item, depth + 1)?;
                }
                self.output.push(']');
            }
            Value::Map(_) => self.inline(value, depth)?,
            Value::Object(object) => match object.display() {
                // Times are bare in TOML, everything else that prints itself is text.
                Some(_) if value.type_name() == "time.Time" => {
                    let text = json_of(&**object).unwrap_or_default();
                    self.output.push_str(&gotpl::format::display(&text));
                }
                Some(text) => self.output.push_str(&quoted(&text)),
                None => match json_of(&**object) {
                    Some(plain) => self.element(&plain, depth + 1)?,
                    None => self.inline(value, depth)?,
                },
            },
        }
        Ok(())
    }

    fn inline(&mut self, value: &Value, depth: usize) -> Result<(), String> {
        self.output.push('{');
        let mut direct = Vec::new();
        let mut tables = Vec::new();
        for (name, value) in entries(value) {
            if is_nil(&value) {
                continue;
            }
            if is_table(&value)? {
                tables.push((name, value));
            } else {
                direct.push((name, value));
            }
        }
        for (index, (name, value)) in direct.iter().chain(&tables).enumerate() {
            if index > 0 {
                self.output.push_str(", ");
            }
            self.output.push_str(&shown_key(&name.to_str()));
            self.output.push_str(" = ");
            self.element(value, depth + 1)?;
        }
        self.output.push('}');
        Ok(())
    }
}

fn path(key: &[Text], name: &Text) -> Vec<Text> {
    key.iter().chain([name]).cloned().collect()
}

fn shown_key(key: &str) -> String {
    let bare = key
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if bare && !key.is_empty() {
        key.to_owned()
    } else {
        quoted(key)
    }
}

fn float(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return (if number < 0.0 { "-inf" } else { "inf" }).to_owned();
    }
    let text = format_shortest(number);
    if text.contains(['.', 'e']) {
        text
    } else {
        format!("{text}.0")
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{8}' => quoted.push_str("\\b"),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\u{c}' => quoted.push_str("\\f"),
            '\r' => quoted.push_str("\\r"),
            '\0'..='\x1f' | '\x7f' => {
                // Writing to a String cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(character));
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
