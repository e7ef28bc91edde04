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
            Err(_) => break,
        }
    }
    if read > 0 {
        rest = rest.trim_ascii_start();
    }
    let (documents, problem) = values::documents(rest);
    for document in documents {
        let read = decode::yaml(&document).and_then(|value| head(&value));
        let failed = read.is_err();
        found.push(read);
        if failed {
            return found;
        }
    }
    if let Some(problem) = problem {
        found.push(Err(problem));
    }
    found
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
