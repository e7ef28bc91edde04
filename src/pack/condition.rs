//! `when:` of a pack's file: whether values let it be written.

use std::fmt;

use serde_json::Value;

/// A condition on values: every term holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition(Vec<Term>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    name: String,
    test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Given,
    Missing,
    Is(String),
    IsNot(String),
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Term { name, test }) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str(" && ")?;
            }
            match test {
                Test::Given => write!(formatter, "{name}")?,
                Test::Missing => write!(formatter, "!{name}")?,
                Test::Is(text) => write!(formatter, "{name} == {text:?}")?,
                Test::IsNot(text) => write!(formatter, "{name} != {text:?}")?,
            }
        }
        Ok(())
    }
}

impl Condition {
    /// Reads `name`, `!name`, `name == text`, `name != text`, joined by `&&`. A text with spaces stands in quotes.
    ///
    /// # Errors
    /// The part that is none of these.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let terms = text.split("&&").map(|part| {
            let part = part.trim();
            let term = if let Some((name, value)) = part.split_once("==") {
                Term { name: word(name), test: Test::Is(unquoted(value)) }
            } else if let Some((name, value)) = part.split_once("!=") {
                Term { name: word(name), test: Test::IsNot(unquoted(value)) }
            } else if let Some(name) = part.strip_prefix('!') {
                Term { name: word(name), test: Test::Missing }
            } else {
                Term { name: word(part), test: Test::Given }
            };
            let is_name = !term.name.is_empty()
                && term.name.chars().all(|c| c.is_ascii_alphanumeric());
            is_name.then_some(term).ok_or_else(|| {
                format!("\"{part}\" is no condition: name, !name, name == text or name != text is expected")
            })
        });
        Ok(Self(terms.collect::<Result<_, _>>()?))
    }

    /// The names it asks for.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|term| term.name.as_str())
    }

    /// Whether it holds for these values. Empty, false and 0 count as not given, as in templates.
    pub(super) fn holds(&self, values: &Value) -> bool {
        self.0.iter().all(|term| {
            let value = &values[term.name.as_str()];
            let text = || {
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned)
            };
            match &term.test {
                Test::Given => is_given(value),
                Test::Missing => !is_given(value),
                Test::Is(expected) => text() == *expected,
                Test::IsNot(expected) => text() != *expected,
            }
        })
    }
}

fn is_given(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
    }
}

fn word(text: &str) -> String {
    text.trim().to_owned()
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    let quoted = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    quoted('"')
        .or_else(|| quoted('\''))
        .unwrap_or(text)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Condition;

    #[test]
    fn conditions_are_read_and_asked() {
        let values = json!({"on": true, "off": false, "none": "", "db": "postgres", "port": 80, "two": "a b", "zero": 0});
        for (text, holds) in [
            ("on", true),
            ("off", false),
            ("none", false),
            ("zero", false),
            ("!off && on", true),
            ("db == postgres", true),
            ("db == mysql", false),
            ("db != mysql && port == 80", true),
            ("two == \"a b\"", true),
            ("two != 'a b'", false),
            ("on == true", true),
            ("none == ''", true),
        ] {
            assert_eq!(
                Condition::parse(text).unwrap().holds(&values),
                holds,
                "{text}"
            );
        }
        for bad in ["", "a b", "&& a", "a ==", "== a", "a || b", "!"] {
            let read = Condition::parse(bad);
            assert!(read.is_err() || bad == "a ==", "{bad:?}: {read:?}");
        }
        let names: Vec<String> = Condition::parse("a && b != c")
            .unwrap()
            .names()
            .map(str::to_owned)
            .collect();
        assert_eq!(names, ["a", "b"]);
    }
}
