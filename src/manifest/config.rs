//! The variables of a container, from its own list and from `ConfigMap`s and `Secret`s of the environment.

use std::collections::BTreeMap;

use serde_json::Value;

use super::workload::expand;
use super::{Document, list, text};

/// Facts that a container may ask for through `fieldRef`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodFacts {
    /// The namespace.
    pub namespace: String,
}

/// Resolves the variables of a container; names what cannot be resolved here.
///
/// As in Kubernetes, `env` wins over `envFrom`, later entries win over earlier ones, and `$(NAME)` refers to earlier ones.
pub fn variables(
    container: &Value,
    documents: &[Document],
    facts: &PodFacts,
) -> (BTreeMap<String, String>, Vec<String>) {
    let mut variables = BTreeMap::new();
    let mut missing = Vec::new();
    for source in list(container, "/envFrom") {
        let prefix = text(source, "/prefix");
        for (kind, key) in [("ConfigMap", "configMapRef"), ("Secret", "secretRef")] {
            let Some(reference) = source.get(key) else {
                continue;
            };
            let name = text(reference, "/name");
            match find(documents, kind, name) {
                Some(document) => variables.extend(
                    entries(document)
                        .into_iter()
                        .map(|(key, value)| (format!("{prefix}{key}"), value)),
                ),
                None if reference["optional"] == true => {}
                None => missing.push(format!("{kind} {name}")),
            }
        }
    }
    for variable in list(container, "/env") {
        let name = text(variable, "/name").to_owned();
        match variable.get("valueFrom") {
            None => {
                let value = expand(&scalar(variable.get("value")), &variables);
                variables.insert(name, value);
            }
            Some(source) => match from_source(source, documents, facts) {
                Ok(Some(value)) => {
                    variables.insert(name, value);
                }
                Ok(None) => {}
                Err(what) => missing.push(format!("variable {name}: {what}")),
            },
        }
    }
    (variables, missing)
}

/// The value of `valueFrom`; `None` when it is optional and not there.
fn from_source(
    source: &Value,
    documents: &[Document],
    facts: &PodFacts,
) -> Result<Option<String>, String> {
    for (kind, key) in [("ConfigMap", "configMapKeyRef"), ("Secret", "secretKeyRef")] {
        if let Some(reference) = source.get(key) {
            let (name, key) = (text(reference, "/name"), text(reference, "/key"));
            let value =
                find(documents, kind, name).and_then(|document| entries(document).remove(key));
            return match value {
                None if reference["optional"] != true => {
                    Err(format!("{kind} {name} has no key {key} here"))
                }
                value => Ok(value),
            };
        }
    }
    match text(source, "/fieldRef/fieldPath") {
        "metadata.namespace" => Ok(Some(facts.namespace.clone())),
        "status.podIP" | "status.hostIP" => Ok(Some("127.0.0.1".to_owned())),
        "" => Err("its source is not simulated".to_owned()),
        field => Err(format!("field {field} is not simulated")),
    }
}

fn find<'a>(documents: &'a [Document], kind: &str, name: &str) -> Option<&'a Document> {
    documents
        .iter()
        .find(|document| document.is("", kind) && document.name() == name)
}

/// The keys of a `ConfigMap` or a `Secret` as text; what is not text is left out.
fn entries(document: &Document) -> BTreeMap<String, String> {
    let decode = document.kind() == "Secret";
    let mut entries = BTreeMap::new();
    for (pointer, encoded) in [("/data", decode), ("/stringData", false)] {
        for (key, value) in super::map(&document.object, pointer) {
            let value = scalar(Some(&value));
            let value = if encoded {
                base64(&value).and_then(|bytes| String::from_utf8(bytes).ok())
            } else {
                Some(value)
            };
            if let Some(value) = value {
                entries.insert(key, value);
            }
        }
    }
    entries
}

fn scalar(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// Standard base64 with padding; white space is skipped.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text
        .bytes()
        .filter(|letter| !letter.is_ascii_whitespace() && *letter != b'=')
    {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document(kind: &str, name: &str, data: Value) -> Document {
        Document {
            app: "a".to_owned(),
            version: "1".to_owned(),
            source: String::new(),
            object: json!({"apiVersion": "v1", "kind": kind, "metadata": {"name": name}, "data": data}),
        }
    }

    #[test]
    fn variables_come_from_all_their_sources() {
        let documents = [
            document(
                "ConfigMap",
                "settings",
                json!({"LEVEL": "info", "HOST": "db"}),
            ),
            document("Secret", "login", json!({"password": "czNjcmV0"})),
        ];
        let container = json!({
            "envFrom": [{"configMapRef": {"name": "settings"}}, {"configMapRef": {"name": "none", "optional": true}}],
            "env": [
                {"name": "HOST", "value": "other"},
                {"name": "URL", "value": "http://$(HOST):80"},
                {"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "login", "key": "password"}}},
                {"name": "SPACE", "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}},
                {"name": "GONE", "valueFrom": {"secretKeyRef": {"name": "login", "key": "user"}}},
            ],
        });
        let facts = PodFacts {
            namespace: "staging".to_owned(),
        };
        let (variables, missing) = variables(&container, &documents, &facts);
        let expected = [
            ("HOST", "other"),
            ("LEVEL", "info"),
            ("PASSWORD", "s3cret"),
            ("SPACE", "staging"),
            ("URL", "http://other:80"),
        ];
        assert_eq!(
            variables,
            expected
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .into()
        );
        assert_eq!(
            missing,
            ["variable GONE: Secret login has no key user here"]
        );
    }
}
