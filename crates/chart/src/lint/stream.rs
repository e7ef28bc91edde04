//! The documents of a file as Kubernetes' `YAMLOrJSONDecoder` reads them: JSON objects one behind the other, or YAML documents
//! between lines of `---`.

use goyaml::Value;

use crate::decode::{self, Decoded};
use crate::values;

/// What the rules ask of a document.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) api_version: String,
    pub(super) kind: String,
    pub(super) name: String,
}

/// The heads up to the first document that is none; `None` for an empty one.
pub(super) fn heads(text: &[u8]) -> Vec<Decoded<Option<Head>>> {
    let mut found = Vec::new();
    let mut at = 0;
    // Of a text that is neither, the reader of JSON has the word.
    let mut first_error = None;
    if text.trim_ascii_start().starts_with(b"{") {
        loop {
            match json_head(text, &mut at) {
                None => return found,
                Some(Ok(head)) => found.push(Ok(head)),
                // Two objects are a stream of JSON, whatever comes behind them.
                Some(Err(problem)) if found.len() > 1 => {
                    found.push(Err(problem.message));
                    return found;
                }
                Some(Err(problem)) => {
                    first_error = Some(problem.with_offset());
                    break;
                }
            }
        }
    }
    let mut rest = text.get(at..).unwrap_or_default();
    if let Some(error) = &first_error {
        let Some(start) = start_of_yaml(rest) else {
            found.push(Err(error.clone()));
            return found;
        };
        rest = start;
    }
    let (documents, problem) = values::documents(rest);
    for document in documents {
        let read = decode::yaml(&document).and_then(|value| head(&value, decode::text));
        let failed = read.is_err();
        found.push(read.map_err(|error| first_error.take().unwrap_or(error)));
        if failed {
            return found;
        }
        first_error = None;
    }
    if let Some(problem) = problem {
        found.push(Err(problem));
    }
    found
}

/// What is left behind white space up to a line break. Go looks at four bytes at a time and gives up where there are fewer.
fn start_of_yaml(mut text: &[u8]) -> Option<&[u8]> {
    while text.len() >= 4 {
        let (first, rest) = text.split_first()?;
        match first {
            b'\n' => return Some(rest),
            byte if byte.is_ascii_whitespace() => text = rest,
            _ => return Some(text),
        }
    }
    None
}

/// An error of Go's decoder of JSON.
struct Problem {
    message: String,
    /// For an error of syntax, how many bytes were read when it showed.
    offset: Option<usize>,
}

impl Problem {
    fn with_offset(self) -> String {
        match self.offset {
            Some(offset) => format!("json: offset {offset}: {}", self.message),
            None => self.message,
        }
    }
}

/// The head of the JSON object at `at`, which moves behind it; nothing at the end of the text.
fn json_head(text: &[u8], at: &mut usize) -> Option<Result<Option<Head>, Problem>> {
    let rest = text.get(*at..).unwrap_or_default();
    if rest.iter().all(|byte| b" \t\r\n".contains(byte)) {
        return None;
    }
    let read = goyaml::read_json_prefix(rest).map_err(|error| {
        if error.is_end_of_json() {
            let message = "unexpected EOF".to_owned();
            return Problem {
                message,
                offset: None,
            };
        }
        Problem {
            message: error.to_string(),
            offset: error.offset().map(|offset| *at + offset),
        }
    });
    Some(read.and_then(|(value, end)| {
        let head = head(&value, json_text).map_err(|error| Problem {
            message: error.trim_start_matches(decode::WHILE_DECODING).to_owned(),
            offset: None,
        })?;
        *at += end;
        Ok(head)
    }))
}

/// A string field of JSON, where no other type will do.
fn json_text(value: &Value, path: &str) -> Decoded<String> {
    match value {
        Value::Null | Value::String(_) => decode::text(value, path),
        other => Err(decode::wrong_field(other, path, "string")),
    }
}

fn head(value: &Value, text: fn(&Value, &str) -> Decoded<String>) -> Decoded<Option<Head>> {
    let map = match value {
        Value::Null => return Ok(None),
        Value::Map(map) => map,
        other => return Err(decode::wrong_value(other, "rules.k8sYamlStruct")),
    };
    let mut head = Head::default();
    for (key, value) in map {
        let path = format!(".{key}");
        match key.to_ascii_lowercase().as_str() {
            "apiversion" => head.api_version = text(value, &path)?,
            "kind" => head.kind = text(value, &path)?,
            "metadata" => match value {
                Value::Null => {}
                Value::Map(metadata) => {
                    for (key, value) in metadata {
                        let path = format!("{path}.{key}");
                        match key.to_ascii_lowercase().as_str() {
                            "name" => head.name = text(value, &path)?,
                            "namespace" => _ = text(value, &path)?,
                            _ => {}
                        }
                    }
                }
                other => {
                    return Err(decode::wrong_field(other, &path, "rules.k8sYamlMetadata"));
                }
            },
            _ => {}
        }
    }
    Ok(Some(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_those_of_helm() {
        for (text, documents, expected) in [
            (
                "{{",
                1,
                "json: offset 2: invalid character '{' looking for beginning of object key string",
            ),
            (
                r#"{"a":"\x"}"#,
                1,
                "json: offset 8: invalid escape sequence `\\x` in string",
            ),
            (r#"{"a":"\u12"#, 1, "unexpected EOF"),
            (
                r#"{"a":1}x"#,
                2,
                "json: offset 8: invalid character 'x' looking for beginning of value",
            ),
            (
                r#"{"a":1}{"b":1}{x"#,
                3,
                "invalid character 'x' looking for beginning of object key string",
            ),
            (
                r#"{"a":1}{"b":1}[1]"#,
                3,
                "json: cannot unmarshal array into Go value of type rules.k8sYamlStruct",
            ),
            (
                r#"{"KIND":[]}"#,
                1,
                "json: cannot unmarshal array into Go struct field .KIND of type string",
            ),
            (
                "metadata: {name: []}",
                1,
                "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go struct field \
                 .metadata.name of type string",
            ),
        ] {
            let found = heads(text.as_bytes());
            assert_eq!(found.len(), documents, "{text}");
            let problem = found.into_iter().find_map(Result::err);
            assert_eq!(problem.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_number_is_a_kind_only_in_yaml() {
        let kinds = |text: &str| -> Vec<_> {
            let found = heads(text.as_bytes()).into_iter();
            found.map(|head| head.unwrap().unwrap().kind).collect()
        };
        assert_eq!(kinds(r#"{"kind":5}"#), ["5"]);
        assert_eq!(
            kinds("{\"kind\":\"a\"}\n{\"kind\":\"b\",\"c\":1e400}\n"),
            ["a", "b"]
        );
    }
}
