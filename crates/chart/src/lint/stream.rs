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
    let mut rest = text;
    let starts_json = |text: &[u8]| text.trim_ascii_start().starts_with(b"{");
    let mut read = 0;
    // Of a text that is neither, the reader of JSON has the word.
    let mut first_error = None;
    while starts_json(rest) || (read > 1 && !rest.trim_ascii().is_empty()) {
        let Ok(object) = std::str::from_utf8(rest).map(|text| {
            let blank = text.len() - text.trim_ascii_start().len();
            goyaml::from_json_prefix(&text[blank..]).map(|(value, end)| (value, blank + end))
        }) else {
            break;
        };
        match object {
            Ok((value, end)) => {
                found.push(head(&value));
                if found.last().is_some_and(Result::is_err) {
                    return found;
                }
                rest = &rest[end..];
                read += 1;
            }
            Err(error) if read > 1 => {
                found.push(Err(error.to_string()));
                return found;
            }
            Err(error) => {
                first_error = Some(json_problem(rest, error.message()));
                break;
            }
        }
    }
    if read > 0 {
        rest = rest.trim_ascii_start();
    }
    let (documents, problem) = values::documents(rest);
    for document in documents {
        let read = decode::yaml(&document).and_then(|value| head(&value));
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

/// The text of a JSON error, with how many bytes were read when it showed.
fn json_problem(text: &[u8], message: &str) -> String {
    const CUT_OFF: &str = "unexpected end of JSON input";
    if message == CUT_OFF {
        return "unexpected EOF".to_owned();
    }
    let blank = text.len() - text.trim_ascii_start().len();
    let cut_off = |length: usize| {
        let part = String::from_utf8_lossy(&text[blank..blank + length]);
        goyaml::from_json_prefix(&part).is_err_and(|error| error.message() == CUT_OFF)
    };
    // The shortest beginning that is already wrong.
    let (mut good, mut bad) = (0, text.len() - blank);
    while bad - good > 1 {
        let middle = usize::midpoint(good, bad);
        if cut_off(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    format!("json: offset {}: {message}", blank + bad)
}

fn head(value: &Value) -> Decoded<Option<Head>> {
    let map = match value {
        Value::Null => return Ok(None),
        Value::Map(map) => map,
        other => return Err(decode::wrong_value(other, "rules.k8sYamlStruct")),
    };
    let mut head = Head::default();
    for (key, value) in map {
        match key.to_ascii_lowercase().as_str() {
            "apiversion" => head.api_version = text(value, ".apiVersion")?,
            "kind" => head.kind = text(value, ".Kind")?,
            "metadata" => match value {
                Value::Null => {}
                Value::Map(metadata) => {
                    for (key, value) in metadata {
                        match key.to_ascii_lowercase().as_str() {
                            "name" => head.name = text(value, ".Metadata.Name")?,
                            "namespace" => _ = text(value, ".Metadata.Namespace")?,
                            _ => {}
                        }
                    }
                }
                other => {
                    return Err(decode::wrong_field(
                        other,
                        ".Metadata",
                        "rules.k8sYamlMetadata",
                    ));
                }
            },
            _ => {}
        }
    }
    Ok(Some(head))
}

fn text(value: &Value, path: &str) -> Decoded<String> {
    decode::text(value, path)
}
