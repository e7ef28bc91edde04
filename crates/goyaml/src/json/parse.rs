//! JSON to values, with the errors of Go's `encoding/json`.

use crate::limits::MAX_DEPTH;
use crate::{Error, Map, Value};

/// `json.Unmarshal` of one whole text; numbers are integers where they are written as such and fit.
///
/// # Errors
/// Go's texts: `invalid character 'x' looking for beginning of value`, `unexpected end of JSON input`.
pub fn from_json(text: &str) -> Result<Value, Error> {
    let mut parser = Parser::new(text);
    let value = parser.value(0)?;
    parser.skip_space();
    match parser.peek() {
        None => parser.done(value),
        Some(c) => Err(unexpected(c, "after top-level value")),
    }
}

/// Reads the first JSON value of a text; also gives the number of bytes it takes, as `json.Decoder` does.
///
/// # Errors
/// As [`from_json`].
pub fn from_json_prefix(text: &str) -> Result<(Value, usize), Error> {
    let mut parser = Parser::new(text);
    let value = parser.value(0)?;
    let end = parser.at;
    Ok((parser.done(value)?, end))
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

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// The first number that no float can hold: an error only when the rest is JSON.
    too_large: Option<Error>,
}

/// `invalid character 'c' <context>`.
fn unexpected(c: char, context: &str) -> Error {
    let shown = match c {
        '\'' => r"'\''".to_owned(),
        '\\' => r"'\\'".to_owned(),
        '"' => "'\"'".to_owned(),
        '\n' => r"'\n'".to_owned(),
        '\t' => r"'\t'".to_owned(),
        '\r' => r"'\r'".to_owned(),
        // Go looks at bytes, and quotes them as Latin-1 characters.
        c if c.is_ascii_control() => format!("'\\x{:02x}'", u32::from(c)),
        c if c.is_ascii() => format!("'{c}'"),
        c => {
            let mut buffer = [0; 4];
            let first = c.encode_utf8(&mut buffer).as_bytes()[0];
            format!("'{}'", char::from(first))
        }
    };
    Error::new(format!("invalid character {shown} {context}"), None)
}

fn end_of_input() -> Error {
    Error::new("unexpected end of JSON input", None)
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            too_large: None,
        }
    }

    fn done(self, value: Value) -> Result<Value, Error> {
        self.too_large.map_or(Ok(value), Err)
    }

    /// The next character inside a number, a word or an escape: Go ends a text there with a space of its own.
    fn peek_inside(&self) -> char {
        self.peek().unwrap_or(' ')
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn value(&mut self, depth: usize) -> Result<Value, Error> {
        if depth > MAX_DEPTH {
            return Err(Error::new("exceeded max depth", None));
        }
        self.skip_space();
        match self.peek().ok_or_else(end_of_input)? {
            '{' => self.object(depth),
            '[' => self.array(depth),
            '"' => self.string().map(Value::String),
            '-' | '0'..='9' => self.number(),
            't' => self.literal("true", Value::Bool(true)),
            'f' => self.literal("false", Value::Bool(false)),
            'n' => self.literal("null", Value::Null),
            c => Err(unexpected(c, "looking for beginning of value")),
        }
    }

    fn literal(&mut self, word: &str, value: Value) -> Result<Value, Error> {
        for expected in word.chars() {
            let c = self.peek_inside();
            if c != expected {
                let context = format!("in literal {word} (expecting '{expected}')");
                return Err(unexpected(c, &context));
            }
            self.at += 1;
        }
        Ok(value)
    }

    fn object(&mut self, depth: usize) -> Result<Value, Error> {
        self.at += 1;
        let mut map = Map::new();
        self.skip_space();
        if self.peek() == Some('}') {
            self.at += 1;
            return Ok(Value::Map(map));
        }
        loop {
            self.skip_space();
            match self.peek().ok_or_else(end_of_input)? {
                '"' => {}
                c => return Err(unexpected(c, "looking for beginning of object key string")),
            }
            let key = self.string()?;
            self.skip_space();
            match self.peek().ok_or_else(end_of_input)? {
                ':' => self.at += 1,
                c => return Err(unexpected(c, "after object key")),
            }
            let value = self.value(depth + 1)?;
            map.insert(key, value);
            self.skip_space();
            match self.peek().ok_or_else(end_of_input)? {
                ',' => self.at += 1,
                '}' => {
                    self.at += 1;
                    return Ok(Value::Map(map));
                }
                c => return Err(unexpected(c, "after object key:value pair")),
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Error> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.peek() == Some(']') {
            self.at += 1;
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip_space();
            match self.peek().ok_or_else(end_of_input)? {
                ',' => self.at += 1,
                ']' => {
                    self.at += 1;
                    return Ok(Value::List(items));
                }
                c => return Err(unexpected(c, "after array element")),
            }
        }
    }

    fn number(&mut self) -> Result<Value, Error> {
        let start = self.at;
        if self.peek() == Some('-') {
            self.at += 1;
        }
        match self.peek_inside() {
            '0' => self.at += 1,
            '1'..='9' => self.digits(),
            c => return Err(unexpected(c, "in numeric literal")),
        }
        let mut whole = true;
        if self.peek() == Some('.') {
            whole = false;
            self.at += 1;
            self.digit_or("after decimal point in numeric literal")?;
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            whole = false;
            self.at += 1;
            if matches!(self.peek(), Some('+' | '-')) {
                self.at += 1;
            }
            self.digit_or("in exponent of numeric literal")?;
        }
        let text = &self.text[start..self.at];
        // A negative zero is none as an integer.
        if whole && text != "-0" {
            if let Ok(value) = text.parse::<i64>() {
                return Ok(Value::Int(value));
            }
            if let Ok(value) = text.parse::<u64>() {
                return Ok(Value::Uint(value));
            }
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Value::Float(value)),
            _ => {
                let message =
                    format!("json: cannot unmarshal number {text} into Go value of type float64");
                self.too_large
                    .get_or_insert_with(|| Error::new(message, None));
                Ok(Value::Null)
            }
        }
    }

    fn digits(&mut self) {
        while matches!(self.peek(), Some('0'..='9')) {
            self.at += 1;
        }
    }

    fn digit_or(&mut self, context: &str) -> Result<(), Error> {
        match self.peek_inside() {
            '0'..='9' => {
                self.digits();
                Ok(())
            }
            c => Err(unexpected(c, context)),
        }
    }

    fn string(&mut self) -> Result<String, Error> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let c = self.peek().ok_or_else(end_of_input)?;
            self.at += c.len_utf8();
            match c {
                '"' => return Ok(text),
                '\\' => self.escape(&mut text)?,
                '\0'..='\x1F' => return Err(unexpected(c, "in string literal")),
                _ => text.push(c),
            }
        }
    }

    fn escape(&mut self, text: &mut String) -> Result<(), Error> {
        let c = self.peek_inside();
        self.at += c.len_utf8();
        text.push(match c {
            '"' | '\\' | '/' => c,
            'b' => '\x08',
            'f' => '\x0C',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode(text),
            _ => return Err(unexpected(c, "in string escape code")),
        });
        Ok(())
    }

    /// `\uXXXX`, in pairs for characters outside the basic plane; lone halves become U+FFFD.
    fn unicode(&mut self, text: &mut String) -> Result<(), Error> {
        let first = self.hex4()?;
        let paired = (0xD800..0xDC00).contains(&first) && self.text[self.at..].starts_with("\\u");
        if paired {
            let back = self.at;
            self.at += 2;
            let second = self.hex4()?;
            if (0xDC00..0xE000).contains(&second) {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                return Ok(());
            }
            self.at = back;
        }
        text.push(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        Ok(())
    }

    fn hex4(&mut self) -> Result<u32, Error> {
        let mut code = 0;
        for _ in 0..4 {
            let c = self.peek_inside();
            let digit = c
                .to_digit(16)
                .ok_or_else(|| unexpected(c, "in \\u hexadecimal character escape"))?;
            code = code << 4 | digit;
            self.at += 1;
        }
        Ok(code)
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
            (
                "tru",
                "invalid character ' ' in literal true (expecting 'e')",
            ),
            ("-", "invalid character ' ' in numeric literal"),
            ("\"a", "unexpected end of JSON input"),
            (
                "[1e999, x",
                "invalid character 'x' looking for beginning of value",
            ),
            (
                "[1e999, 1e998]",
                "json: cannot unmarshal number 1e999 into Go value of type float64",
            ),
            (
                "trux",
                "invalid character 'x' in literal true (expecting 'e')",
            ),
            ("1 x", "invalid character 'x' after top-level value"),
            ("01", "invalid character '1' after top-level value"),
            ("\"\\x\"", "invalid character 'x' in string escape code"),
        ] {
            assert_eq!(from_json(text).unwrap_err().to_string(), message, "{text}");
        }
    }
}
