//! TOML to values (parse.go, lex.go). Integers are int64, dates are times.

use std::collections::BTreeSet;
use std::sync::Arc;

use gotpl::limits::MAX_VALUE_DEPTH;
use gotpl::{List, Map, Text, Value, number, types};
use jiff::tz::TimeZone;

use super::super::layout;
use super::super::time::Time;

/// Reads a document.
///
/// # Errors
/// The library's text with the line and the last key.
pub(super) fn from_toml(text: &str) -> Result<Value, String> {
    let root = Arc::new(Map::new(gotpl::Entries::new()));
    let mut reader = Reader {
        text,
        at: 0,
        last_key: String::new(),
        table: Arc::clone(&root),
        root,
        path: Vec::new(),
        defined: BTreeSet::new(),
        lists: BTreeSet::new(),
    };
    match reader.document() {
        Ok(()) => Ok(Value::Map(reader.root)),
        Err(problem) => Err(reader.located(&problem)),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    last_key: String,
    root: Arc<Map>,
    /// The table that key lines go into, and its name.
    table: Arc<Map>,
    path: Vec<String>,
    /// The names of tables that had a header.
    defined: BTreeSet<Vec<String>>,
    /// The names of lists of tables.
    lists: BTreeSet<Vec<String>>,
}

const ESCAPES: &str = "only the following escape characters are allowed: \
    \\b, \\t, \\n, \\f, \\r, \\\", \\\\, \\uXXXX, and \\UXXXXXXXX";

type Step<T = ()> = Result<T, String>;

impl Reader<'_> {
    fn located(&self, problem: &str) -> String {
        let line = 1 + self.text[..self.at.min(self.text.len())]
            .matches('\n')
            .count();
        if self.last_key.is_empty() {
            return format!("toml: line {line}: {problem}");
        }
        format!(
            "toml: line {line} (last key \"{}\"): {problem}",
            self.last_key
        )
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    fn take(&mut self, prefix: &str) -> bool {
        let taken = self.rest().starts_with(prefix);
        if taken {
            self.at += prefix.len();
        }
        taken
    }

    fn skip(&mut self, skipped: fn(char) -> bool) {
        while self.peek().is_some_and(skipped) {
            self.next();
        }
    }

    fn skip_space(&mut self) {
        self.skip(|character| character == ' ' || character == '\t');
    }

    fn skip_comment(&mut self) {
        if self.peek() == Some('#') {
            self.skip(|character| character != '\n');
        }
    }

    /// White space, line breaks and comments, as they may stand in lists and between lines.
    fn skip_blank(&mut self) {
        loop {
            self.skip(char::is_whitespace);
            if self.peek() != Some('#') {
                return;
            }
            self.skip_comment();
        }
    }

    fn document(&mut self) -> Step {
        loop {
            self.skip_blank();
            match self.peek() {
                None => return Ok(()),
                Some('[') => {
                    self.header()?;
                    self.end_of_line()?;
                }
                Some(_) => {
                    let table = Arc::clone(&self.table);
                    let path = self.path.clone();
                    self.key_value(&table, &path, 0)?;
                    // After its value a key is no longer the last one, until there is another line.
                    let key = std::mem::take(&mut self.last_key);
                    self.end_of_line()?;
                    self.last_key = key;
                }
            }
        }
    }

    fn end_of_line(&mut self) -> Step {
        self.skip_space();
        self.skip_comment();
        if self.at == self.text.len() || self.take("\n") || self.take("\r\n") {
            return Ok(());
        }
        let found = self.found();
        Err(format!(
            "expected a top-level item to end with a newline, comment, or EOF, but got {found} instead"
        ))
    }

    /// The next character in a message.
    fn found(&self) -> String {
        match self.peek() {
            None => "end of file".to_owned(),
            Some('\n') => "'\\n'".to_owned(),
            Some(character) => format!("'{character}'"),
        }
    }

    fn header(&mut self) -> Step {
        self.next();
        let list = self.take("[");
        self.skip_space();
        self.last_key.clear();
        if self.peek() == Some(']') {
            return Err("unexpected end of table name (table names cannot be empty)".to_owned());
        }
        let path = self.key_path()?;
        let close = if list { "]]" } else { "]" };
        if list && self.rest().starts_with(']') && !self.rest().starts_with(close) {
            self.next();
            let found = self.found();
            self.next();
            return Err(format!(
                "expected end of table array name delimiter ']', but got {found} instead"
            ));
        }
        if !self.take(close) {
            let found = self.found();
            self.next();
            return Err(format!(
                "expected '.' or ']' to end table name, but got {found} instead"
            ));
        }
        let (name, parents) = path.split_last().ok_or("empty key")?;
        self.last_key = parents.join(".");
        let parent = Self::descend(&Arc::clone(&self.root), parents)?;
        let key = Text::from(name.as_str());
        if list {
            self.table = push_table(&parent, key).map_err(|()| {
                let name = path.join(".");
                format!("Key '{name}' was already created and cannot be used as an array.")
            })?;
            self.lists.insert(path.clone());
            self.defined
                .retain(|other| !other.starts_with(&path) || other.len() == path.len());
        } else {
            if self.lists.contains(&path) || !self.defined.insert(path.clone()) {
                return Err(Self::defined_already(&path));
            }
            self.table = Self::descend(&parent, std::slice::from_ref(name))
                .map_err(|_| Self::defined_already(&path))?;
        }
        self.last_key = path.join(".");
        self.path = path;
        Ok(())
    }

    fn defined_already(path: &[String]) -> String {
        format!("Key '{}' has already been defined.", path.join("."))
    }

    /// Goes down to a table, making what is missing; of a list of tables the last one counts.
    fn descend(from: &Arc<Map>, path: &[String]) -> Step<Arc<Map>> {
        let mut table = Arc::clone(from);
        for name in path {
            table = match table.get(name) {
                None => {
                    let inner = Arc::new(Map::new(gotpl::Entries::new()));
                    table.insert(name.as_str(), Value::Map(Arc::clone(&inner)));
                    inner
                }
                Some(Value::Map(inner)) => inner,
                Some(Value::List(list)) => match list.items().last() {
                    Some(Value::Map(inner)) => Arc::clone(inner),
                    _ => return Err(Self::defined_already(path)),
                },
                Some(_) => return Err(Self::defined_already(path)),
            };
        }
        Ok(table)
    }

    fn key_path(&mut self) -> Step<Vec<String>> {
        let mut path = Vec::new();
        loop {
            self.skip_space();
            path.push(self.key()?);
            if path.len() > MAX_VALUE_DEPTH {
                return Err("the key is nested too deep".to_owned());
            }
            self.skip_space();
            if !self.take(".") {
                return Ok(path);
            }
        }
    }

    fn key(&mut self) -> Step<String> {
        match self.peek() {
            Some('"') => {
                self.next();
                self.basic_string()
            }
            Some('\'') => {
                self.next();
                self.literal_string()
            }
            _ => {
                let start = self.at;
                self.skip(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
                if start == self.at {
                    let found = self.found();
                    return Err(match self.peek() {
                        Some('=') => "unexpected '=': key name appears blank".to_owned(),
                        _ => format!("bare keys cannot contain {found}"),
                    });
                }
                Ok(self.text[start..self.at].to_owned())
            }
        }
    }

    fn key_value(&mut self, table: &Arc<Map>, prefix: &[String], depth: usize) -> Step {
        let path = self.key_path()?;
        self.last_key = [prefix, &path].concat().join(".");
        if self.peek().is_none() {
            self.last_key.clear();
            return Err("unexpected EOF; expected key separator '='".to_owned());
        }
        if !self.take("=") {
            let found = self.found();
            self.last_key.clear();
            return Err(format!("expected '.' or '=', but got {found} instead"));
        }
        self.skip_space();
        let value = self.value(depth)?;
        let (name, parents) = path.split_last().ok_or("empty key")?;
        let table = Self::descend(table, parents)?;
        if table.contains(name) {
            return Err(Self::defined_already(&[prefix, &path].concat()));
        }
        table.insert(name.as_str(), value);
        Ok(())
    }

    fn value(&mut self, depth: usize) -> Step<Value> {
        if depth > MAX_VALUE_DEPTH {
            return Err("the value is nested too deep".to_owned());
        }
        if self.take("\"\"\"") {
            return self.multiline("\"\"\"").map(Value::from);
        }
        if self.take("'''") {
            return self.multiline("'''").map(Value::from);
        }
        match self.peek() {
            Some('"') => {
                self.next();
                self.basic_string().map(Value::from)
            }
            Some('\'') => {
                self.next();
                self.literal_string().map(Value::from)
            }
            Some('[') => self.list(depth),
            Some('{') => self.inline_table(depth),
            Some(character) if character.is_ascii_alphanumeric() || "+-".contains(character) => {
                self.scalar()
            }
            None => Err("unexpected EOF; expected value".to_owned()),
            Some('.') => Err("floats must start with a digit, not '.'".to_owned()),
            _ => Err(format!("expected value but found {} instead", self.found())),
        }
    }

    fn list(&mut self, depth: usize) -> Step<Value> {
        self.next();
        let mut items = Vec::new();
        loop {
            self.skip_blank();
            if self.take("]") {
                return Ok(Value::list(items));
            }
            items.push(self.value(depth + 1)?);
            self.skip_blank();
            if !self.take(",") && self.peek() != Some(']') {
                let found = self.found();
                return Err(format!(
                    "expected a comma (',') or array terminator (']'), but got {found}"
                ));
            }
        }
    }

    fn inline_table(&mut self, depth: usize) -> Step<Value> {
        self.next();
        let table = Arc::new(Map::new(gotpl::Entries::new()));
        let prefix: Vec<String> = vec![self.last_key.clone()];
        loop {
            self.skip_blank();
            if self.take("}") {
                return Ok(Value::Map(table));
            }
            self.key_value(&table, &prefix, depth + 1)?;
            self.skip_blank();
            if !self.take(",") && self.peek() != Some('}') {
                let found = self.found();
                return Err(format!(
                    "expected a comma or an inline table terminator '}}', but got {found} instead"
                ));
            }
        }
    }

    fn basic_string(&mut self) -> Step<String> {
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err("unexpected EOF; expected '\"'".to_owned()),
                Some('\n') => return Err(self.line_break()),
                Some('"') => return Ok(text),
                Some('\\') => self.escape(&mut text)?,
                Some(character) => text.push(character),
            }
        }
    }

    /// The error of a line break in a string; it belongs to the line that it ends.
    fn line_break(&mut self) -> String {
        self.at -= 1;
        "strings cannot contain newlines".to_owned()
    }

    fn literal_string(&mut self) -> Step<String> {
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err("unexpected EOF; expected \"'\"".to_owned()),
                Some('\n') => return Err(self.line_break()),
                Some('\'') => return Ok(text),
                Some(character) => text.push(character),
            }
        }
    }

    /// A string over several lines; the line break behind the opening quotes is dropped.
    fn multiline(&mut self, quotes: &str) -> Step<String> {
        let mut text = String::new();
        let _ = self.take("\n") || self.take("\r\n");
        let quote = &quotes[..1];
        loop {
            if self.take(quotes) {
                // Up to two more quotes belong to the text.
                for _ in 0..2 {
                    if self.take(quote) {
                        text.push_str(quote);
                    }
                }
                return Ok(text);
            }
            match self.next() {
                None => return Err(format!("unexpected EOF; expected '{quotes}'")),
                Some('\\') if quote == "\"" => {
                    let after = self.rest().trim_start_matches([' ', '\t']);
                    if after.starts_with(['\n', '\r']) {
                        self.skip(char::is_whitespace);
                    } else {
                        self.escape(&mut text)?;
                    }
                }
                Some(character) => text.push(character),
            }
        }
    }

    fn escape(&mut self, text: &mut String) -> Step {
        let escape = self.next();
        let character = match escape {
            Some('b') => '\u{8}',
            Some('t') => '\t',
            Some('n') => '\n',
            Some('f') => '\u{c}',
            Some('r') => '\r',
            Some('e') => '\u{1b}',
            Some('"') => '"',
            Some('\\') => '\\',
            Some('x') => self.code(2, 'x')?,
            Some('u') => self.code(4, 'u')?,
            Some('U') => self.code(8, 'U')?,
            other => {
                let shown = other.map_or_else(|| "EOF".to_owned(), |other| format!("'{other}'"));
                return Err(format!("invalid escape character {shown}; {ESCAPES}"));
            }
        };
        text.push(character);
        Ok(())
    }

    /// A character by its number in hexadecimal digits.
    fn code(&mut self, digits: usize, letter: char) -> Step<char> {
        let rest = self.rest();
        let wanted = rest
            .bytes()
            .take(digits)
            .take_while(u8::is_ascii_hexdigit)
            .count();
        let Some(code) = rest.get(..digits).filter(|_| wanted == digits) else {
            let name = match digits {
                2 => "two",
                4 => "four",
                _ => "eight",
            };
            // The library shows what it has read so far, the escape included.
            let read: String = rest.chars().take(wanted + 1).collect();
            let shown = gotpl::quote::quote(format!("\\{letter}{read}").as_bytes());
            return Err(format!(
                "expected {name} hexadecimal digits after '\\{letter}', but got {shown} instead"
            ));
        };
        let character = u32::from_str_radix(code, 16)
            .ok()
            .and_then(char::from_u32)
            .ok_or_else(|| format!("Escaped character '\\{letter}{code}' is not valid UTF-8."))?;
        self.at += digits;
        Ok(character)
    }

    /// Booleans, numbers and dates.
    fn scalar(&mut self) -> Step<Value> {
        let start = self.at;
        self.skip(|c| c.is_ascii_alphanumeric() || "+-_.:".contains(c));
        // One space may stand between date and time.
        let after = self.rest();
        let time_follows = self.at - start == 10
            && after.starts_with(' ')
            && after[1..].starts_with(|c: char| c.is_ascii_digit());
        if time_follows {
            self.next();
            self.skip(|c| c.is_ascii_alphanumeric() || "+-.:".contains(c));
        }
        let word = &self.text[start..self.at];
        match word {
            "true" => return Ok(Value::Bool(true)),
            "false" => return Ok(Value::Bool(false)),
            "inf" | "+inf" => return Ok(Value::Float(f64::INFINITY)),
            "-inf" => return Ok(Value::Float(f64::NEG_INFINITY)),
            "nan" | "+nan" | "-nan" => return Ok(Value::Float(f64::NAN)),
            _ => {}
        }
        if let Some(time) = date(word) {
            return Ok(time.value());
        }
        let digits = word.trim_start_matches(['+', '-']);
        let leading_zero =
            digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit();
        if let Some(problem) = digit_problem(word) {
            return Err(problem);
        }
        if !leading_zero {
            if let Some(integer) = number::parse_int(word) {
                return Ok(Value::int64(integer));
            }
            if digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty() {
                return Err(format!("{word} is out of range for int64"));
            }
            if let Some(float) = number::parse_float(word) {
                return Ok(Value::Float(float));
            }
        }
        let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if leading_zero && is_integer {
            return Err(format!(
                "Invalid integer \"{word}\": cannot have leading zeroes"
            ));
        }
        if word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(format!("expected value but found \"{word}\" instead"));
        }
        Err(format!("Invalid number: \"{word}\""))
    }
}

/// What is wrong with the underscores and the point of a number.
fn digit_problem(word: &str) -> Option<String> {
    let is_float = word.contains(['.', 'e', 'E']) && !word.contains(['x', 'o', 'b']);
    let kind = if is_float { "float" } else { "integer" };
    let bytes = word.as_bytes();
    let digit = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_hexdigit)
    };
    let numeric = bytes
        .first()
        .is_some_and(|first| first.is_ascii_digit() || matches!(first, b'+' | b'-'));
    let mut underscores = word.match_indices('_').map(|(at, _)| at);
    if numeric && underscores.any(|at| !digit(at.checked_sub(1)) || !digit(Some(at + 1))) {
        return Some(format!(
            "Invalid {kind} \"{word}\": underscores must be surrounded by digits"
        ));
    }
    let mut points = word.match_indices('.').map(|(at, _)| at);
    if numeric && points.any(|at| !bytes.get(at + 1).is_some_and(u8::is_ascii_digit)) {
        return Some(format!(
            "Invalid float \"{word}\": '.' must be followed by one or more digits"
        ));
    }
    None
}

/// Adds a table to the list of a key.
fn push_table(parent: &Map, key: Text) -> Result<Arc<Map>, ()> {
    let table = Arc::new(Map::new(gotpl::Entries::new()));
    let mut tables = match parent.get(key.as_bytes()) {
        None => Vec::new(),
        Some(Value::List(list)) if list.items().iter().all(|item| item.as_map().is_some()) => {
            list.items().to_vec()
        }
        Some(_) => return Err(()),
    };
    tables.push(Value::Map(Arc::clone(&table)));
    parent.insert(key, Value::List(Arc::new(List::of(&types::DICT, tables))));
    Ok(table)
}

/// A date, a time or both; without an offset it is a local one.
fn date(word: &str) -> Option<Time> {
    const LAYOUTS: [&str; 6] = [
        "2006-01-02T15:04:05Z07:00",
        "2006-01-02 15:04:05Z07:00",
        "2006-01-02T15:04:05",
        "2006-01-02 15:04:05",
        "2006-01-02",
        "15:04:05",
    ];
    if !word.contains(['-', ':']) || !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let read = LAYOUTS
        .iter()
        .find_map(|layout| layout::parse(layout, word).ok())?;
    Time::from_read(&read, &TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn documents_are_read() {
        let text = "a = 1_000\nb = 'lit\\x'\n[t]\nc.d = [1,\n 2.5, # two\n]\n[[x]]\ny=1\n[[x]]\ny=2\ne={f=true}\n";
        assert_eq!(
            gotpl::format::display(&from_toml(text).unwrap()),
            "map[a:1000 b:lit\\x t:map[c:map[d:[1 2.5]]] x:[map[y:1] map[e:map[f:true] y:2]]]"
        );
    }

    #[test]
    fn mistakes_name_the_line_and_the_key() {
        assert_eq!(
            from_toml("bad = = 1").unwrap_err(),
            "toml: line 1 (last key \"bad\"): expected value but found '=' instead"
        );
        assert!(
            from_toml("a = 1\na = 2")
                .unwrap_err()
                .contains("already been defined")
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "([a-c0-9\"'\\[\\]{}=.,#\\\\ \n+-]|true|\"\"\"){0,30}") {
            let _ = from_toml(&text);
        }
    }
}
