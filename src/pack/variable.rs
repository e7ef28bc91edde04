//! The types of a pack's variables: how a text becomes a value, and what a definition must not say.

use std::fmt;

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::PackError;
use super::model::{Pack, Variable};
use super::values::PlanValue;

/// The most memory that the program of one pattern may take: 1 MiB.
const PATTERN_LIMIT: usize = 1 << 20;

/// What the values of a variable are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VariableType {
    /// Any text.
    #[default]
    String,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A number from 1 to 65535.
    Port,
    /// One of `choices`.
    Choice,
}

impl fmt::Display for VariableType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Port => "port",
            Self::Choice => "choice",
        })
    }
}

impl Variable {
    /// The value that a text stands for.
    ///
    /// # Errors
    /// [`PackError::NeedsValue`] for an empty text where there must be one, [`PackError::BadValue`] for one that does not fit.
    pub fn value(&self, text: &str) -> Result<Value, PackError> {
        let bad = |expected: String| PackError::BadValue {
            name: self.name.clone(),
            value: text.to_owned(),
            expected,
        };
        if text.is_empty() {
            match (self.kind, &self.pattern) {
                (VariableType::String, None) => return Ok(Value::from("")),
                (VariableType::String, Some(pattern)) if fits(pattern, "") => {
                    return Ok(Value::from(""));
                }
                (VariableType::Boolean, _) => return Ok(Value::from(false)),
                _ => {
                    return Err(PackError::NeedsValue {
                        name: self.name.clone(),
                        about: self.about.clone(),
                        expected: self.expected(),
                    });
                }
            }
        }
        let value = match self.kind {
            VariableType::String => self
                .pattern
                .as_ref()
                .is_none_or(|pattern| fits(pattern, text))
                .then(|| Value::from(text)),
            VariableType::Boolean => text.parse::<bool>().ok().map(Value::from),
            VariableType::Choice => self
                .choices
                .iter()
                .any(|choice| choice == text)
                .then(|| Value::from(text)),
            VariableType::Integer | VariableType::Port => text
                .parse::<i64>()
                .ok()
                .filter(|number| {
                    let (least, greatest) = self.range();
                    (least..=greatest).contains(number)
                })
                .map(Value::from),
        };
        value.ok_or_else(|| bad(self.expected()))
    }

    /// What would do, as a fragment.
    pub fn expected(&self) -> String {
        match self.kind {
            VariableType::String => match &self.pattern {
                Some(pattern) => format!("a text that matches {pattern}"),
                None => "a text".to_owned(),
            },
            VariableType::Boolean => "true or false".to_owned(),
            VariableType::Choice => format!("one of {}", self.choices.join(", ")),
            VariableType::Port | VariableType::Integer => match self.range() {
                (i64::MIN, i64::MAX) => "a whole number".to_owned(),
                (least, i64::MAX) => format!("a whole number from {least} on"),
                (i64::MIN, greatest) => format!("a whole number up to {greatest}"),
                (least, greatest) => format!("a number from {least} to {greatest}"),
            },
        }
    }

    fn range(&self) -> (i64, i64) {
        let (least, greatest) = if self.kind == VariableType::Port {
            (1, 65_535)
        } else {
            (i64::MIN, i64::MAX)
        };
        (
            self.min.map_or(least, |min| min.max(least)),
            self.max.map_or(greatest, |max| max.min(greatest)),
        )
    }

    /// The key of the definition that is wrong, and why; `None` when nothing is.
    pub(super) fn mistake(&self) -> Option<(&'static str, String)> {
        let is_number = matches!(self.kind, VariableType::Integer | VariableType::Port);
        if !is_name(&self.name) {
            let why = format!(
                "\"{}\" is no name: a letter, and then letters and digits",
                self.name
            );
            return Some(("name", why));
        }
        if RESERVED.contains(&self.name.as_str()) {
            return Some((
                "name",
                format!("every pack has a value {} already", self.name),
            ));
        }
        if let Some(pattern) = &self.pattern {
            if self.kind != VariableType::String {
                return Some(("pattern", format!("a {} has no pattern", self.kind)));
            }
            if let Err(error) = compiled(pattern) {
                let error = error.to_string();
                let why = error.lines().last().unwrap_or_default().trim();
                let why = why.strip_prefix("error: ").unwrap_or(why);
                return Some(("pattern", format!("no regular expression: {why}")));
            }
        }
        for (key, limit) in [("min", self.min), ("max", self.max)] {
            if limit.is_some() && !is_number {
                return Some((key, format!("a {} has no {key}", self.kind)));
            }
        }
        let (least, greatest) = self.range();
        if least > greatest {
            return Some(("max", "no number is in the range".to_owned()));
        }
        if (self.kind == VariableType::Choice) == self.choices.is_empty() {
            let why = if self.choices.is_empty() {
                "a choice needs choices".to_owned()
            } else {
                format!("a {} has no choices; its type would be choice", self.kind)
            };
            return Some(("choices", why));
        }
        if !self.default.is_empty() && self.value(&self.default).is_err() {
            let why = format!("\"{}\" is not {}", self.default, self.expected());
            return Some(("default", why));
        }
        None
    }

    /// Values that show every branch of a template: all choices, both booleans, else the one that stands.
    pub(super) fn all_values(&self, standing: &Value) -> Vec<Value> {
        match self.kind {
            VariableType::Boolean => vec![Value::from(true), Value::from(false)],
            VariableType::Choice => self.choices.iter().cloned().map(Value::from).collect(),
            _ => vec![standing.clone()],
        }
    }
}

/// The values that a plan has whatever the pack is.
pub(super) const RESERVED: [&str; 7] =
    ["app", "org", "pack", "branch", "port", "health", "artifact"];

/// Gives the values of a pack's variables their types. Values that have one already are checked.
///
/// # Errors
/// As [`Variable::value`], for the first that does not fit.
pub(super) fn settle(pack: &Pack, values: &mut [PlanValue]) -> Result<(), PackError> {
    for variable in &pack.variables {
        let found = values.iter_mut().find(|value| value.name == variable.name);
        if let Some(found) = found {
            let text = match &found.value {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other => other.to_string(),
            };
            found.value = variable.value(&text)?;
        }
    }
    Ok(())
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}

fn compiled(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&format!("^(?:{pattern})$"))
        .size_limit(PATTERN_LIMIT)
        .build()
}

fn fits(pattern: &str, text: &str) -> bool {
    compiled(pattern).is_ok_and(|pattern| pattern.is_match(text))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Variable, VariableType};

    fn variable(yaml: &str) -> Variable {
        let text = format!("name: x\nabout: y\n{yaml}\n");
        crate::yaml::parse(&text, std::path::Path::new("pack.yaml")).unwrap()
    }

    fn value(yaml: &str, text: &str) -> Option<Value> {
        variable(yaml).value(text).ok()
    }

    #[test]
    fn a_text_becomes_a_value_of_its_type_or_is_refused() {
        assert_eq!(value("", "8080"), Some(json!("8080")));
        assert_eq!(value("default: 1.10", ""), Some(json!("")));
        assert_eq!(variable("default: 1.10").default, "1.10");
        assert_eq!(variable("default: true").default, "true");
        assert_eq!(value("type: integer", "-3"), Some(json!(-3)));
        assert_eq!(value("type: integer", "3.5"), None);
        assert_eq!(value("type: integer", ""), None);
        assert_eq!(
            value("{type: integer}".trim_matches(['{', '}']), "9"),
            Some(json!(9))
        );
        assert_eq!(value("type: integer\nmin: 2\nmax: 4", "5"), None);
        assert_eq!(value("type: boolean", ""), Some(json!(false)));
        assert_eq!(value("type: boolean", "true"), Some(json!(true)));
        assert_eq!(value("type: boolean", "yes"), None);
        assert_eq!(value("type: port", "65535"), Some(json!(65535)));
        for bad in ["0", "65536", "http", "-1"] {
            assert_eq!(value("type: port", bad), None, "{bad}");
        }
        assert_eq!(value("type: port\nmin: 1024", "80"), None);
        assert_eq!(
            value("type: choice\nchoices: [a, b]", "b"),
            Some(json!("b"))
        );
        assert_eq!(value("type: choice\nchoices: [a, b]", "c"), None);
        assert_eq!(value("pattern: '[a-z]+'", "abc"), Some(json!("abc")));
        // The whole text, not a part of it, and not a line of it.
        assert_eq!(value("pattern: '[a-z]+'", "abc1"), None);
        assert_eq!(value("pattern: 'a|b'", "ab"), None);
        assert_eq!(value("pattern: '[a-z]+'", "abc\nrm"), None);
        assert_eq!(value("pattern: '[a-z]*'", ""), Some(json!("")));
        assert_eq!(value("pattern: '[a-z]+'", ""), None);
    }

    #[test]
    fn what_is_expected_is_said() {
        let error = variable("type: port").value("x").unwrap_err().to_string();
        assert_eq!(
            error,
            "\"x\" cannot be the value x: a number from 1 to 65535 is expected"
        );
        for (yaml, expected) in [
            ("type: integer\nmin: 2", "a whole number from 2 on"),
            ("type: integer\nmax: 2", "a whole number up to 2"),
            ("type: boolean", "true or false"),
            ("type: choice\nchoices: [a, b]", "one of a, b"),
            ("pattern: a+", "a text that matches a+"),
        ] {
            assert_eq!(variable(yaml).expected(), expected);
        }
    }

    #[test]
    fn wrong_definitions_are_found() {
        for (yaml, key) in [
            ("pattern: '['", "pattern"),
            ("pattern: '(a{1000}){1000}'", "pattern"),
            ("type: integer\npattern: a", "pattern"),
            ("min: 1", "min"),
            ("type: integer\nmin: 3\nmax: 2", "max"),
            ("type: port\nmin: 70000", "max"),
            ("type: choice", "choices"),
            ("choices: [a]", "choices"),
            ("type: choice\nchoices: [a]\ndefault: b", "default"),
            ("type: integer\ndefault: many", "default"),
        ] {
            assert_eq!(
                variable(yaml).mistake().map(|(key, _)| key),
                Some(key),
                "{yaml}"
            );
        }
        let named = |name: &str| Variable {
            name: name.to_owned(),
            ..variable("")
        };
        assert!(named("a-b").mistake().is_some() && named("app").mistake().is_some());
        assert_eq!(
            variable("type: integer\ndefault: 3\nmin: 1").mistake(),
            None
        );
        assert_eq!(VariableType::default(), VariableType::String);
    }
}
