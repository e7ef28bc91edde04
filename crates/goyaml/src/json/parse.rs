//! JSON to values, with the errors of Go's `encoding/json`.

use super::problem::{self, TooLarge, end_of_text, unexpected};
use crate::limits::MAX_DEPTH;
use crate::{Error, Map, Value};

/// `json.Unmarshal` of one whole text; numbers are integers where they are written as such and fit.
///
/// # Errors
/// Go's texts: `invalid character 'x' looking for beginning of value`, `unexpected end of JSON input`,
/// `json: cannot unmarshal number 1e400 into Go struct field .a of type float64`.
pub fn from_json(text: &str) -> Result<Value, Error> {
    let JsonRead { value, too_large } = read_json(text.as_bytes())?;
    too_large.map_or(Ok(value), Err)
}

/// Reads the first JSON value of a text; also gives the number of bytes it takes, as `json.Decoder` does.
///
/// # Errors
/// As [`from_json`].
pub fn from_json_prefix(text: &str) -> Result<(Value, usize), Error> {
    let mut parser = Parser::new(text.as_bytes());
    let value = parser.value(0)?;
    let end = parser.at;
    let JsonRead { value, too_large } = parser.done(value);
    too_large.map_or(Ok((value, end)), Err)
}

/// What `json.Unmarshal` leaves behind.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonRead {
    /// The value, with zeros for numbers that no float64 can hold.
    pub value: Value,
    /// What Go says about the first of them, once the value has the type that was asked for.
    pub too_large: Option<Error>,
}

/// [`from_json`] of bytes, for those who want what Go leaves behind when a number is out of range.
///
/// # Errors
/// As [`from_json`], but for numbers.
pub fn read_json(text: &[u8]) -> Result<JsonRead, Error> {
    let mut parser = Parser::new(text);
    let value = parser.value(0)?;
    parser.skip_space();
    match parser.peek() {
        None => Ok(parser.done(value)),
        Some(_) => Err(unexpected(text, parser.at, "after top-level value")),
    }
}

/// [`from_json_prefix`] as `json.Decoder` does with `UseNumber`: no number is out of range, the nearest one takes its place.
///
/// # Errors
/// As [`from_json`], but for numbers.
pub fn read_json_prefix(text: &[u8]) -> Result<(Value, usize), Error> {
    let mut parser = Parser::new(text);
    parser.largest = f64::MAX;
    let value = parser.value(0)?;
    Ok((value, parser.at))
}

/// Go's name of a JSON value in its type errors.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Int(_) | Value::Uint(_) | Value::Float(_) => "number",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
    }
}

pub(super) struct Parser<'a> {
    pub(super) text: &'a [u8],
    pub(super) at: usize,
    /// What stands for numbers that are too large.
    largest: f64,
    /// The first of them: an error only when the rest is JSON.
    too_large: Option<TooLarge>,
    /// The depth of the value that it was found in and whose step it lacks.
    found_at: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            at: 0,
            largest: 0.0,
            too_large: None,
            found_at: usize::MAX,
        }
    }

    fn done(self, value: Value) -> JsonRead {
        let too_large = self.too_large.map(TooLarge::error);
        JsonRead { value, too_large }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    /// The byte behind white space.
    fn next(&mut self) -> Result<u8, Error> {
        self.skip_space();
        self.peek().ok_or_else(|| end_of_text(self.text))
    }

    fn unexpected<T>(&self, context: &str) -> Result<T, Error> {
        Err(unexpected(self.text, self.at, context))
    }

    fn value(&mut self, depth: usize) -> Result<Value, Error> {
        if depth > MAX_DEPTH {
            return Err(problem::too_deep(self.at));
        }
        match self.next()? {
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'"' => self.string().map(Value::String),
            b'-' | b'0'..=b'9' => self.number(depth),
            b't' => self.literal("true", Value::Bool(true)),
            b'f' => self.literal("false", Value::Bool(false)),
            b'n' => self.literal("null", Value::Null),
            _ => self.unexpected("looking for beginning of value"),
        }
    }

    fn literal(&mut self, word: &str, value: Value) -> Result<Value, Error> {
        if self.rest().starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(value);
        }
        for expected in word.bytes() {
            match self.peek() {
                None => return Err(end_of_text(self.text)),
                Some(byte) if byte == expected => self.at += 1,
                Some(_) => {
                    let expected = char::from(expected);
                    return self.unexpected(&format!("in literal {word} (expecting '{expected}')"));
                }
            }
        }
        Ok(value)
    }

    fn object(&mut self, depth: usize) -> Result<Value, Error> {
        self.at += 1;
        let mut map = Map::new();
        self.skip_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Map(map));
        }
        loop {
            if self.next()? != b'"' {
                return self.unexpected("looking for beginning of object key string");
            }
            let key = self.string()?;
            if self.next()? != b':' {
                return self.unexpected("after object key");
            }
            self.at += 1;
            let value = self.value(depth + 1)?;
            if self.found_at == depth + 1 {
                self.step_out(problem::step(&key), depth);
            }
            map.insert(key, value);
            match self.next()? {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Ok(Value::Map(map));
                }
                _ => return self.unexpected("after object key:value pair"),
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Error> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(items));
        }
        loop {
            let item = self.value(depth + 1)?;
            if self.found_at == depth + 1 {
                self.step_out(items.len().to_string(), depth);
            }
            items.push(item);
            match self.next()? {
                b',' => self.at += 1,
                b']' => {
                    self.at += 1;
                    return Ok(Value::List(items));
                }
                _ => return self.unexpected("after array element"),
            }
        }
    }

    #[cold]
    fn step_out(&mut self, step: String, depth: usize) {
        if let Some(found) = &mut self.too_large {
            found.steps.push(step);
            self.found_at = depth;
        }
    }

    fn number(&mut self, depth: usize) -> Result<Value, Error> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        let mut whole = true;
        if self.peek() == Some(b'.') {
            whole = false;
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            whole = false;
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let text = std::str::from_utf8(&self.text[start..self.at]).unwrap_or_default();
        // A negative zero is none as an integer.
        if whole && text != "-0" {
            if let Ok(value) = text.parse::<i64>() {
                return Ok(Value::Int(value));
            }
            if let Ok(value) = text.parse::<u64>() {
                return Ok(Value::Uint(value));
            }
        }
        let value = text.parse::<f64>().unwrap_or_default();
        if value.is_finite() {
            return Ok(Value::Float(value));
        }
        if self.too_large.is_none() {
            self.found_at = depth;
            self.too_large = Some(TooLarge {
                number: text.to_owned(),
                steps: Vec::new(),
            });
        }
        Ok(Value::Float(if value > 0.0 || self.largest == 0.0 {
            self.largest
        } else {
            -self.largest
        }))
    }

    /// At least one digit.
    fn digits(&mut self) -> Result<(), Error> {
        match self.peek() {
            Some(b'0'..=b'9') => {}
            Some(_) => return self.unexpected("in numeric literal"),
            None => return Err(end_of_text(self.text)),
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        let value =
            from_json(r#" {"a": [1, -2.5e3, "x\u00e9\ud83d\ude00\ud800"], "b": null} "#).unwrap();
        assert_eq!(
            crate::to_json(&value).unwrap(),
            "{\"a\":[1,-2500,\"xé😀\u{FFFD}\"],\"b\":null}"
        );
    }

    #[test]
    fn errors_are_gos() {
        for (text, message) in [
            ("", "unexpected end of JSON input"),
            ("{", "unexpected end of JSON input"),
            (
                "{a",
                "invalid character 'a' looking for beginning of object key string",
            ),
            ("[1 2]", "invalid character '2' after array element"),
            ("tru", "unexpected end of JSON input"),
            ("-", "unexpected end of JSON input"),
            ("1.x", "invalid character 'x' in numeric literal"),
            ("\"a", "unexpected end of JSON input"),
            ("\"\n\"", "invalid character '\\n' in string"),
            (
                "[1e999, x",
                "invalid character 'x' looking for beginning of value",
            ),
            (
                "trux",
                "invalid character 'x' in literal true (expecting 'e')",
            ),
            ("1 é", "invalid character 'é' after top-level value"),
            (
                "1\u{85}",
                "invalid character '\\u0085' after top-level value",
            ),
            ("01", "invalid character '1' after top-level value"),
            ("\"\\x\"", "invalid escape sequence `\\x` in string"),
            (
                "\"\\u12 4\"",
                "invalid escape sequence \"\\\\u12 4\" in string",
            ),
            ("{\"\\u1\"}", "invalid escape sequence `\\u1\"}` in string"),
            ("\"\\u12", "unexpected end of JSON input"),
        ] {
            assert_eq!(from_json(text).unwrap_err().to_string(), message, "{text}");
        }
    }

    #[test]
    fn numbers_out_of_range_are_named_by_their_place_and_leave_zeros() {
        for (text, into, left) in [
            ("1e999", "Go value", "0"),
            ("[1, 1e999, 1e998]", ".1", "[1,0,0]"),
            (
                r#"{"a":{"b":[{"c/d":1e999}]},"e":1e999}"#,
                "Go struct field .a.b.0.c~1d",
                r#"{"a":{"b":[{"c/d":0}]},"e":0}"#,
            ),
            (r#"{"a.0":1e999}"#, ".a.0", r#"{"a.0":0}"#),
            (r#"{"":1e999}"#, "Go value", r#"{"":0}"#),
        ] {
            let read = read_json(text.as_bytes()).unwrap();
            let message =
                format!("json: cannot unmarshal number 1e999 into {into} of type float64");
            assert_eq!(read.too_large.unwrap().message(), message, "{text}");
            assert_eq!(crate::to_json(&read.value).unwrap(), left, "{text}");
            assert!(read_json_prefix(text.as_bytes()).is_ok(), "{text}");
        }
    }

    #[test]
    fn bytes_that_are_no_text() {
        let read = read_json(b"\"a\xFF\xE2\x82\"").unwrap();
        assert_eq!(read.value, Value::from("a\u{FFFD}\u{FFFD}\u{FFFD}"));
        for (text, message) in [
            (
                &b"\xFF"[..],
                r"invalid character '\xff' looking for beginning of value",
            ),
            (
                b"\"\\\xC3\xA9\"",
                r#"invalid escape sequence "\\\xc3" in string"#,
            ),
        ] {
            assert_eq!(read_json(text).unwrap_err().message(), message);
        }
    }

    #[test]
    fn errors_know_how_much_was_read() {
        for (text, offset) in [
            ("{{", 2),
            ("[é", 3),
            (r#"{"a":"\x"}"#, 8),
            ("[1", 2),
            (r#""\u00x0""#, 7),
        ] {
            assert_eq!(
                from_json(text).unwrap_err().offset(),
                Some(offset),
                "{text}"
            );
        }
    }
}
