//! What is wrong, as a tree, and how it is printed (`output.go`, `kind.go`).

use goyaml::Value;

/// One finding.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    /// Names and indexes on the way to the value.
    pub(super) location: Vec<String>,
    pub(super) kind: Kind,
    pub(super) causes: Vec<Self>,
}

/// What kind of finding it is, as far as printing depends on it.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// A keyword failed, with the text for it.
    Keyword(String),
    /// Several findings of one schema.
    Group,
    /// What a reference leads to failed.
    Reference,
}

impl Problem {
    pub(super) fn keyword(location: &[String], text: impl Into<String>) -> Self {
        Self {
            location: location.to_vec(),
            kind: Kind::Keyword(text.into()),
            causes: Vec::new(),
        }
    }
}

/// The lines of a report, each with a line break in front.
pub(super) fn layout(problem: &Problem) -> String {
    let mut text = String::new();
    match problem.kind {
        // The top of the report takes the place of a group.
        Kind::Group => problem
            .causes
            .iter()
            .for_each(|cause| print(cause, 1, &mut text)),
        Kind::Keyword(_) | Kind::Reference => print(problem, 1, &mut text),
    }
    text
}

fn print(problem: &Problem, indent: usize, text: &mut String) {
    let skipped = matches!(problem.kind, Kind::Reference) && problem.causes.len() == 1;
    let mut inner = indent;
    if !skipped {
        text.push('\n');
        text.push_str(&"  ".repeat(indent - 1));
        let message = match &problem.kind {
            Kind::Keyword(message) => message,
            Kind::Group | Kind::Reference => "validation failed",
        };
        let mut pointer = String::new();
        for token in &problem.location {
            pointer.push('/');
            pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
        }
        text.push_str("- at ");
        text.push_str(&quote(&pointer));
        text.push_str(": ");
        text.push_str(message);
        inner += 1;
    }
    for cause in &problem.causes {
        print(cause, inner, text);
    }
}

/// A text in single quotes.
pub(super) fn quote(text: &str) -> String {
    let quoted = gotpl::quote::quote(text.as_bytes())
        .replace("\\\"", "\"")
        .replace('\'', "\\'");
    let inner = quoted
        .get(1..quoted.len().saturating_sub(1))
        .unwrap_or_default();
    format!("'{inner}'")
}

/// Names in single quotes, with commas.
pub(super) fn quote_all<'t>(names: impl IntoIterator<Item = &'t str>) -> String {
    names.into_iter().map(quote).collect::<Vec<_>>().join(", ")
}

/// A value of the schema.
pub(super) fn display(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        Value::List(_) | Value::Map(_) => "value".to_owned(),
        other => crate::values::go_text(other),
    }
}

/// A number as golang.org/x/text prints it in English: thousands apart.
pub(super) fn number(value: f64) -> String {
    let text = goyaml::number::format_json(value);
    let (sign, body) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |body| ("-", body));
    let (whole, fraction) = body
        .split_once('.')
        .map_or((body, None), |(whole, fraction)| (whole, Some(fraction)));
    if whole.contains('e') || fraction.is_some_and(|fraction| fraction.contains('e')) {
        return text;
    }
    let grouped = group(whole);
    fraction.map_or_else(
        || format!("{sign}{grouped}"),
        |fraction| format!("{sign}{grouped}.{fraction}"),
    )
}

/// A count, thousands apart.
pub(super) fn count(value: usize) -> String {
    group(&value.to_string())
}

fn group(digits: &str) -> String {
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        assert_eq!(quote("a'b\"c"), r#"'a\'b"c'"#);
        assert_eq!(number(1_234_567.5), "1,234,567.5");
        assert_eq!(number(-70_000.0), "-70,000");
        assert_eq!(number(0.5), "0.5");
    }
}
