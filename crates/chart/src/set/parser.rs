//! The grammar, character by character. What looks odd is Helm's: errors, the end of the text and what is set before both.

use goyaml::{Map, Value};

use super::Mode;
use crate::decode::floats;
use crate::limits::{MAX_SET_INDEX, MAX_SET_INDEXES, MAX_SET_NESTING};
use crate::values::go_type;

/// Why a step ended.
#[derive(Debug)]
enum Stop {
    /// The text is used up: no error.
    End,
    /// An error.
    Failed(String),
}

type Step<T = ()> = Result<T, Stop>;

pub(super) struct Parser<'r> {
    text: Vec<char>,
    at: usize,
    mode: Mode<'r>,
    /// Indexes of the present name so far.
    indexes: usize,
}

/// What was read and the character that ended it; `None` at the end of the text.
type Read = (String, Option<char>);

impl<'r> Parser<'r> {
    pub(super) fn new(text: &str, mode: Mode<'r>) -> Self {
        Self {
            text: text.chars().collect(),
            at: 0,
            mode,
            indexes: 0,
        }
    }

    pub(super) fn parse(mut self, values: &mut Map) -> Result<(), String> {
        loop {
            self.indexes = 0;
            match self.key(values, 0) {
                Ok(()) => {}
                Err(Stop::End) => return Ok(()),
                Err(Stop::Failed(text)) => return Err(text),
            }
        }
    }

    fn is_literal(&self) -> bool {
        matches!(self.mode, Mode::Literal)
    }

    fn next(&mut self) -> Option<char> {
        let c = self.text.get(self.at).copied();
        self.at += usize::from(c.is_some());
        c
    }

    /// Reads up to one of the characters; `\` escapes, except in literals.
    fn until(&mut self, stops: &[char]) -> Read {
        let mut read = String::new();
        while let Some(c) = self.next() {
            if stops.contains(&c) {
                return (read, Some(c));
            }
            if c == '\\' && !self.is_literal() {
                match self.next() {
                    Some(escaped) => read.push(escaped),
                    None => return (read, None),
                }
            } else {
                read.push(c);
            }
        }
        (read, None)
    }

    fn key(&mut self, values: &mut Map, nesting: usize) -> Step {
        let stops: &[char] = if self.is_literal() {
            &['=', '[', '.']
        } else {
            &['=', '[', ',', '.']
        };
        let (key, last) = self.until(stops);
        match last {
            None if key.is_empty() => Err(Stop::End),
            None => failed(format!("key {} has no value", quoted(&key))),
            Some('[') => self.indexed(values, key, nesting),
            Some('=') => self.assigned(values, key),
            Some('.') => self.nested(values, key, nesting + 1),
            Some(_) => {
                let text = format!("key {} has no value (cannot end with ,)", quoted(&key));
                set(values, key, Value::from(""));
                failed(text)
            }
        }
    }

    fn indexed(&mut self, values: &mut Map, key: String, nesting: usize) -> Step {
        let index = self.index()?;
        let list = match values.get_mut(&key) {
            None => Vec::new(),
            Some(Value::List(list)) => std::mem::take(list),
            Some(other) => return failed(conversion(other, "[]interface {}")),
        };
        let mut list = list;
        let done = self.item(&mut list, index, nesting);
        set(values, key, Value::List(list));
        done
    }

    fn nested(&mut self, values: &mut Map, key: String, nesting: usize) -> Step {
        if nesting > MAX_SET_NESTING {
            return failed(format!(
                "value name nested level is greater than maximum supported nested level of {MAX_SET_NESTING}"
            ));
        }
        let mut created = Map::new();
        let (done, empty) = match values.get_mut(&key) {
            Some(Value::Map(inner)) => (self.key(inner, nesting), inner.is_empty()),
            Some(other) => return failed(conversion(other, "map[string]interface {}")),
            None => (self.key(&mut created, nesting), created.is_empty()),
        };
        if done.is_ok() && empty {
            return failed(format!("key map {} has no value", quoted(&key)));
        }
        if !created.is_empty() {
            set(values, key, Value::Map(created));
        }
        done
    }

    fn assigned(&mut self, values: &mut Map, key: String) -> Step {
        match self.value()? {
            Assigned::Value(value) => {
                set(values, key, value);
                Ok(())
            }
            Assigned::Nothing => {
                set(values, key, Value::from(""));
                Err(Stop::End)
            }
        }
    }

    /// What stands behind `=`.
    fn value(&mut self) -> Step<Assigned> {
        match self.mode {
            Mode::Json => self.json().map(Assigned::Value),
            Mode::Literal => {
                let (text, _) = self.until(&[]);
                Ok(Assigned::Value(Value::from(text)))
            }
            _ => match self.text.get(self.at) {
                None => Ok(Assigned::Nothing),
                Some('{') => {
                    self.at += 1;
                    self.list().map(Assigned::Value)
                }
                Some(_) => {
                    let (text, _) = self.until(&[',']);
                    self.scalar(text).map(Assigned::Value)
                }
            },
        }
    }

    fn list(&mut self) -> Step<Value> {
        let mut items = Vec::new();
        loop {
            let (text, last) = self.until(&[',', '}']);
            match last {
                None => return failed("list must terminate with '}'".to_owned()),
                Some(',') => items.push(self.scalar(text)?),
                Some(_) => {
                    if self.text.get(self.at) == Some(&',') {
                        self.at += 1;
                    }
                    items.push(self.scalar(text)?);
                    return Ok(Value::List(items));
                }
            }
        }
    }

    fn scalar(&self, text: String) -> Step<Value> {
        match self.mode {
            Mode::Typed => Ok(typed(text)),
            Mode::File(reader) => match reader(&text) {
                Ok(bytes) => Ok(Value::from(String::from_utf8_lossy(&bytes).into_owned())),
                Err(error) => failed(error.to_string()),
            },
            Mode::Text | Mode::Json | Mode::Literal => Ok(Value::from(text)),
        }
    }

    /// One JSON value and the comma behind it; nothing is null.
    fn json(&mut self) -> Step<Value> {
        if self.skip_to_value() {
            return Ok(Value::Null);
        }
        let rest: String = self.text[self.at..].iter().collect();
        let (value, used) =
            goyaml::from_json_prefix(&rest).map_err(|error| Stop::Failed(error.to_string()))?;
        self.at += rest[..used].chars().count();
        self.skip_to_value();
        Ok(floats(value))
    }

    /// Skips white space; true when a comma or the end came before anything else.
    fn skip_to_value(&mut self) -> bool {
        while let Some(c) = self.next() {
            if c == ',' {
                return true;
            }
            if !c.is_whitespace() {
                self.at -= 1;
                return false;
            }
        }
        true
    }

    /// The number between brackets; the opening one is behind us.
    fn index(&mut self) -> Step<i64> {
        let (text, last) = self.until(&[']']);
        if last.is_none() {
            // Helm takes this for the end of the text.
            return Err(Stop::End);
        }
        text.parse().map_err(|_| {
            let digits = text.trim_start_matches(['+', '-']);
            let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            let cause = if whole {
                "value out of range"
            } else {
                "invalid syntax"
            };
            Stop::Failed(format!(
                "error parsing index: strconv.Atoi: parsing {}: {cause}",
                quoted(&text)
            ))
        })
    }

    /// What follows `name[index]`.
    fn item(&mut self, list: &mut Vec<Value>, index: i64, nesting: usize) -> Step {
        if index < 0 {
            return failed(format!("negative {index} index not allowed"));
        }
        self.indexes += 1;
        if self.indexes > MAX_SET_INDEXES {
            return failed(format!(
                "more indexes in one name than the maximum of {MAX_SET_INDEXES}"
            ));
        }
        let (unexpected, ended_by) = self.until(&['[', '.', '=']);
        if !unexpected.is_empty() {
            let shown: Vec<_> = unexpected
                .chars()
                .map(|c| gotpl::quote::quote_char(c, false))
                .collect();
            return failed(format!(
                "unexpected data at end of array index: [{}]",
                shown.join(" ")
            ));
        }
        let known = usize::try_from(index)
            .ok()
            .filter(|index| *index < list.len());
        match ended_by {
            None => Err(Stop::End),
            Some('=') => {
                let value = match self.value()? {
                    Assigned::Value(value) => value,
                    Assigned::Nothing => Value::from(""),
                };
                set_index(list, index, value)
            }
            Some('[') => {
                let next = self.index()?;
                let mut inner = match known.map(|index| &list[index]) {
                    None | Some(Value::Null) => Vec::new(),
                    Some(Value::List(inner)) => inner.clone(),
                    Some(other) => return failed(conversion(other, "[]interface {}")),
                };
                self.item(&mut inner, next, nesting)?;
                set_index(list, index, Value::List(inner))
            }
            Some(_) => {
                let mut created = Value::Map(Map::new());
                let slot = match known {
                    Some(index) => &mut list[index],
                    None => &mut created,
                };
                if slot.as_map().is_none() {
                    *slot = Value::Map(Map::new());
                }
                if let Value::Map(inner) = slot {
                    self.key(inner, nesting)?;
                }
                if known.is_none() {
                    set_index(list, index, created)
                } else {
                    Ok(())
                }
            }
        }
    }
}

enum Assigned {
    Value(Value),
    /// The text ended behind `=`.
    Nothing,
}

fn failed<T>(text: String) -> Step<T> {
    Err(Stop::Failed(text))
}

fn quoted(text: &str) -> String {
    gotpl::quote::quote(text.as_bytes())
}

/// Go's panic text when a value is used as something else.
fn conversion(value: &Value, wanted: &str) -> String {
    let found = go_type(value);
    format!("unable to parse key: interface conversion: interface {{}} is {found}, not {wanted}")
}

/// An empty name sets nothing.
fn set(values: &mut Map, key: String, value: Value) {
    if !key.is_empty() {
        values.insert(key, value);
    }
}

fn set_index(list: &mut Vec<Value>, index: i64, value: Value) -> Step {
    if index > MAX_SET_INDEX {
        return failed(format!(
            "index of {index} is greater than maximum supported index of {MAX_SET_INDEX}"
        ));
    }
    let index = usize::try_from(index).unwrap_or(0);
    if list.len() <= index {
        list.resize(index + 1, Value::Null);
    }
    list[index] = value;
    Ok(())
}

/// `--set` knows true, false, null and whole numbers without leading zeros.
fn typed(text: String) -> Value {
    if text.eq_ignore_ascii_case("true") {
        Value::Bool(true)
    } else if text.eq_ignore_ascii_case("false") {
        Value::Bool(false)
    } else if text.eq_ignore_ascii_case("null") {
        Value::Null
    } else if text == "0" {
        Value::Int(0)
    } else if text.starts_with('0') {
        Value::String(text)
    } else {
        text.parse().map_or(Value::String(text), Value::Int)
    }
}
