//! values.schema.json of every chart against its part of the values (`jsonschema.go`).
//!
//! Helm prints the report of santhosh-tekuri/jsonschema v6 word for word, and its shape follows from how that library walks
//! a schema. So this is a validator of its own with the same walk, for drafts 4 to 2020-12. Remote references are refused.

mod arrays;
mod compare;
mod conditions;
mod documents;
mod format;
mod keywords;
mod report;
mod unevaluated;
mod validator;

use goyaml::{Map, Value};

use crate::values::go_type;
use crate::{Chart, Error, Warning};
use documents::Documents;

/// Checks the values of a chart and of its subcharts.
///
/// # Errors
/// The reports of all charts whose values do not fit, in one text.
pub(crate) fn check(chart: &Chart, values: &Map, log: &mut Vec<Warning>) -> Result<(), Error> {
    let mut report = String::new();
    check_chart(chart, values, &mut report, log);
    if report.is_empty() {
        Ok(())
    } else {
        Err(Error::Schema(report))
    }
}

fn check_chart(chart: &Chart, values: &Map, report: &mut String, log: &mut Vec<Warning>) {
    if let Some(schema) = &chart.schema {
        log.push(Warning::debug("chart name").with("chart-name", chart.name()));
        if read(schema).is_ok() {
            let schema = String::from_utf8_lossy(schema);
            log.push(Warning::debug("unmarshalled JSON schema").with("schema", schema));
        }
        if let Err(problem) = check_one(values, schema) {
            report.push_str(chart.name());
            report.push_str(":\n");
            report.push_str(&problem);
        }
    }
    let subcharts = chart.dependencies.len().to_string();
    let line = Warning::debug("number of dependencies in the chart");
    log.push(
        line.with("chart", chart.name())
            .with("dependencies", subcharts),
    );
    for subchart in &chart.dependencies {
        match values.get(subchart.name()) {
            None | Some(Value::Null) => {}
            Some(Value::Map(inner)) => check_chart(subchart, inner, report, log),
            Some(other) => {
                let (name, kind) = (subchart.name(), go_type(other));
                let text = format!(
                    "{name}:\ninvalid type for values: expected object (map), got {kind}\n"
                );
                report.push_str(&text);
            }
        }
    }
}

/// The schema as Go's decoder of streams reads it: numbers of any size, and nothing behind the value.
fn read(schema: &[u8]) -> Result<Value, String> {
    let is_blank = |text: &[u8]| text.iter().all(|byte| b" \t\r\n".contains(byte));
    if is_blank(schema) {
        return Err("EOF".to_owned());
    }
    let (value, end) = goyaml::read_json_prefix(schema).map_err(|error| {
        if error.is_end_of_json() {
            // Streams end with another text.
            "unexpected EOF".to_owned()
        } else {
            error.to_string()
        }
    })?;
    if is_blank(schema.get(end..).unwrap_or_default()) {
        Ok(value)
    } else {
        Err("invalid character after top-level value".to_owned())
    }
}

/// Checks one schema and then the values against it.
pub(crate) fn check_one(values: &Map, schema: &[u8]) -> Result<(), String> {
    let schema = read(schema)?;
    let documents = Documents::new(schema).map_err(|error| error.to_string())?;
    if let Some(meta) = documents.metaschema() {
        let problem = validator::validate(&documents, meta, &documents.own().schema);
        if let Some(problem) = problem.map_err(|error| error.to_string())? {
            let url = &documents.get(meta).url;
            return Err(format!(
                "\"{}#\" is not valid against metaschema: jsonschema validation failed with '{url}#'{}",
                documents.own().url,
                report::layout(&problem)
            ));
        }
    }
    let values = Value::Map(values.clone());
    let problem = validator::validate(&documents, documents::OWN, &values)
        .map_err(|error| error.to_string())?;
    match problem {
        None => Ok(()),
        Some(problem) => Err(format!(
            "{}\n",
            report::layout(&problem).trim_start_matches('\n')
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(schema: &str, values: &str) -> Option<String> {
        let values = crate::values::read(values.as_bytes()).unwrap();
        check_one(&values, schema.as_bytes()).err()
    }

    #[test]
    fn reports_are_those_of_helm() {
        for (schema, values, expected) in [
            (
                r#"{"required": ["a", "b"]}"#,
                "a: 1",
                Some("- at '': missing property 'b'\n"),
            ),
            (
                r#"{"properties": {"a": {"type": ["integer", "null"]}}}"#,
                "a: x",
                Some("- at '/a': got string, want null or integer\n"),
            ),
            (
                r#"{"properties": {"a": {"type": "integer"}}}"#,
                "a: 1.5",
                Some("- at '/a': got number, want integer\n"),
            ),
            (
                r#"{"properties": {"a": {"type": "integer"}}}"#,
                "a: 2",
                None,
            ),
            (
                r#"{"properties": {"a": {"enum": ["x", 1]}}}"#,
                "a: z",
                Some("- at '/a': value must be one of 'x', 1\n"),
            ),
            (
                r#"{"additionalProperties": false}"#,
                "a: 1",
                Some("- at '': additional properties 'a' not allowed\n"),
            ),
            (
                r#"{"properties": {"a": {"oneOf": [{"type": "string"}, {"type": "null"}]}}}"#,
                "a: 1",
                Some(
                    "- at '/a': 'oneOf' failed, none matched\n  - at '/a': got number, want string\n  - at '/a': got number, want null\n",
                ),
            ),
            (
                r##"{"$ref": "#/$defs/v", "$defs": {"v": {"properties": {"a": {"type": "number"}}, "additionalProperties": false}}}"##,
                "a: x\nb: 1",
                Some(
                    "- at '': validation failed\n  - at '/a': got string, want number\n  - at '': additional properties 'b' not allowed\n",
                ),
            ),
            (
                r##"{"$ref": "#/$defs/v", "$defs": {"v": {"required": ["a"]}}}"##,
                "b: 1",
                Some("- at '': missing property 'a'\n"),
            ),
            (
                r#"{"properties": {"l": {"uniqueItems": true, "items": {"minLength": 2}}}}"#,
                "l: [aa, aa]",
                Some("- at '/l': items at 0 and 1 are equal\n"),
            ),
            (
                r#"{"if": {"required": ["a"]}, "then": {"required": ["b"]}}"#,
                "a: 1",
                Some("- at '': missing property 'b'\n"),
            ),
            (
                r#"{"properties": {"q": {"minimum": 1}}}"#,
                "q: 0",
                Some("- at '/q': minimum: got 0, want 1\n"),
            ),
            (
                r#"{"unevaluatedProperties": false, "properties": {"a": true}}"#,
                "a: 1\nb: 2",
                Some("- at '/b': false schema\n"),
            ),
        ] {
            assert_eq!(
                report(schema, values).as_deref(),
                expected,
                "{schema} {values}"
            );
        }
    }

    #[test]
    fn the_schema_is_checked_first() {
        assert_eq!(
            report(r#"{"type": 5}"#, "").unwrap(),
            "\"file:///values.schema.json#\" is not valid against metaschema: \
             jsonschema validation failed with 'https://json-schema.org/draft/2020-12/schema#'\n\
             - at '': 'allOf' failed\n\
             \x20 - at '/type': 'anyOf' failed\n\
             \x20   - at '/type': value must be one of 'array', 'boolean', 'integer', 'null', 'number', 'object', 'string'\n\
             \x20   - at '/type': got number, want array"
        );
        for (schema, expected) in [
            ("", "EOF"),
            (" \n", "EOF"),
            (
                "{n",
                "invalid character 'n' looking for beginning of object key string",
            ),
            (
                "\u{e9}",
                "invalid character '\u{e9}' looking for beginning of value",
            ),
            (r#"{"a"#, "unexpected EOF"),
            ("tru", "unexpected EOF"),
            (r#"{"a":"\x"}"#, "invalid escape sequence `\\x` in string"),
            ("{} x", "invalid character after top-level value"),
            ("{}}", "invalid character after top-level value"),
        ] {
            assert_eq!(report(schema, "").unwrap(), expected, "{schema}");
        }
        assert_eq!(report(r#"{"maxProperties": 1e400}"#, "a: 1"), None);
    }

    #[test]
    fn every_draft_accepts_a_plain_schema() {
        for draft in [
            "http://json-schema.org/draft-04/schema#",
            "http://json-schema.org/draft-06/schema#",
            "http://json-schema.org/draft-07/schema#",
            "https://json-schema.org/draft/2019-09/schema",
            "https://json-schema.org/draft/2020-12/schema",
        ] {
            let schema = format!(
                r#"{{"$schema": "{draft}", "type": "object", "properties": {{"a": {{"type": "string"}}}}}}"#
            );
            assert_eq!(report(&schema, "a: x"), None, "{draft}");
            assert_eq!(
                report(&schema, "a: 1").as_deref(),
                Some("- at '/a': got number, want string\n"),
                "{draft}"
            );
        }
    }

    #[test]
    fn a_schema_that_forks_over_and_over_ends() {
        let level = |at: usize| {
            let next = at + 1;
            format!(
                r##""d{at}": {{"allOf": [{{"$ref": "#/$defs/d{next}"}}, {{"$ref": "#/$defs/d{next}"}}]}}"##
            )
        };
        let levels: Vec<String> = (0..40).map(level).collect();
        let schema = format!(
            r##"{{"$ref": "#/$defs/d0", "$defs": {{{}, "d40": {{}}}}}}"##,
            levels.join(", ")
        );
        assert_eq!(
            report(&schema, "a: 1").as_deref(),
            Some("the schema asks for too many checks")
        );
    }

    #[test]
    fn a_schema_that_refers_to_itself_ends() {
        let schema = r##"{"$ref": "#"}"##;
        assert!(
            report(schema, "a: 1")
                .unwrap()
                .contains("causing reference cycle")
        );
    }
}
