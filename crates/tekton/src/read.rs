//! The one door to YAML: a file's documents as JSON values that know their lines.

use goyaml::Document;
use goyaml::node::{Kind, NodeId};
use serde_json::{Map, Number, Value};
use thiserror::Error;

/// The largest file that is read as a run.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;

/// Why a text is no YAML, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("document {document}, which starts in line {first_line}: {error}")]
pub struct TextError {
    /// Which document, counted from one.
    pub document: usize,
    /// The line of the file in which it starts.
    pub first_line: usize,
    /// What is wrong, lines counted from the document's start.
    pub error: goyaml::Error,
}

/// One document of a file.
#[derive(Debug, Clone)]
pub struct SourceDocument {
    /// The document as JSON.
    pub value: Value,
    first_line: usize,
    text: String,
}

/// The documents of a file, split at lines that start with `---` as kubectl splits them; empty ones are left out.
///
/// # Errors
/// The first document that is no YAML.
pub fn read_documents(text: &str) -> Result<Vec<SourceDocument>, TextError> {
    let mut documents = Vec::new();
    for (index, (first_line, text)) in split(text).into_iter().enumerate() {
        let value = goyaml::from_yaml(text.as_bytes());
        let value = value.map_err(|error| TextError {
            document: index + 1,
            first_line,
            error,
        })?;
        if value.is_null() {
            continue;
        }
        let mut value = to_json(value);
        if let Ok(Some(document)) = goyaml::document(&text) {
            restore_letters(&document, document.root(), &mut value);
        }
        documents.push(SourceDocument {
            value,
            first_line,
            text,
        });
    }
    Ok(documents)
}

fn split(text: &str) -> Vec<(usize, String)> {
    let mut documents = vec![(1, String::new())];
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if line.starts_with("---") {
            documents.push((index + 2, String::new()));
        } else if let Some((_, current)) = documents.last_mut() {
            current.push_str(line);
        }
    }
    documents
}

fn to_json(value: goyaml::Value) -> Value {
    match value {
        goyaml::Value::Null => Value::Null,
        goyaml::Value::Bool(value) => Value::Bool(value),
        goyaml::Value::Int(value) => Value::from(value),
        goyaml::Value::Uint(value) => Value::from(value),
        goyaml::Value::Float(value) => Number::from_f64(value).map_or(Value::Null, Value::Number),
        goyaml::Value::String(text) => Value::String(text),
        goyaml::Value::List(items) => items.into_iter().map(to_json).collect(),
        goyaml::Value::Map(entries) => Value::Object(
            entries
                .into_iter()
                .map(|(k, v)| (k, to_json(v)))
                .collect::<Map<_, _>>(),
        ),
    }
}

/// Takes `y` and `n` for what they are. Of all the words that YAML 1.1 reads as booleans only kubectl's own reader
/// takes these two, and they are good names for a parameter.
fn restore_letters(document: &Document, node: NodeId, value: &mut Value) {
    match (&document.node(document.resolve(node)).kind, value) {
        (
            Kind::Scalar {
                value: text,
                implicit: true,
                ..
            },
            value @ Value::Bool(_),
        ) if is_letter(text) => {
            *value = Value::String(text.clone());
        }
        (Kind::Sequence { items, .. }, Value::Array(values)) => {
            for (item, value) in items.iter().zip(values) {
                restore_letters(document, *item, value);
            }
        }
        (Kind::Mapping { pairs, .. }, Value::Object(entries)) => {
            for (key, item) in pairs {
                let Some(text) = document.scalar(*key) else {
                    continue;
                };
                let read_as = if matches!(text, "y" | "Y") {
                    "true"
                } else {
                    "false"
                };
                if is_letter(text)
                    && let Some(value) = entries.remove(read_as)
                {
                    entries.insert(text.to_owned(), value);
                }
                if let Some(value) = entries.get_mut(text) {
                    restore_letters(document, *item, value);
                }
            }
        }
        _ => {}
    }
}

fn is_letter(text: &str) -> bool {
    matches!(text, "y" | "Y" | "n" | "N")
}

impl SourceDocument {
    /// The line of the file in which the field at a path such as `spec.tasks[0].name` stands, or the nearest field
    /// above it that is there.
    pub fn line_of(&self, path: &str) -> usize {
        let Ok(Some(document)) = goyaml::document(&self.text) else {
            return self.first_line;
        };
        let mut node = document.root();
        let mut line = document.node(node).start.line;
        for part in path.split('.').flat_map(path_parts) {
            let Some((found, found_line)) = child(&document, node, part) else {
                break;
            };
            (node, line) = (found, found_line);
        }
        self.first_line + line
    }
}

/// `tasks[0]` is `tasks` and then `[0]`.
fn path_parts(part: &str) -> impl Iterator<Item = &str> {
    let (name, indexes) = part.find('[').map_or((part, ""), |at| part.split_at(at));
    std::iter::once(name)
        .chain(indexes.split_inclusive(']'))
        .filter(|part| !part.is_empty())
}

fn child(document: &Document, node: NodeId, part: &str) -> Option<(NodeId, usize)> {
    let index = part
        .strip_prefix('[')
        .and_then(|part| part.strip_suffix(']'));
    match (&document.node(document.resolve(node)).kind, index) {
        (Kind::Sequence { items, .. }, Some(index)) => {
            let item = *items.get(index.parse::<usize>().ok()?)?;
            Some((item, document.node(item).start.line))
        }
        (Kind::Mapping { pairs, .. }, None) => {
            let (key, value) = pairs.iter().find(|(key, _)| {
                document
                    .scalar(*key)
                    .is_some_and(|key| key.eq_ignore_ascii_case(part))
            })?;
            Some((*value, document.node(*key).start.line))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "kind: A\n---\n# comment\nkind: B\nspec:\n  tasks:\n    - name: x\n      script: |\n        a\n---\n";

    #[test]
    fn documents_are_split_and_fields_have_lines() {
        let documents = read_documents(TWO).unwrap();
        assert_eq!(documents.len(), 2);
        assert_eq!(documents[1].value["kind"], "B");
        for (path, line) in [
            ("kind", 4),
            ("spec.tasks[0].script", 8),
            ("spec.tasks[0].gone", 7),
            ("spec.other", 5),
        ] {
            assert_eq!(documents[1].line_of(path), line, "{path}");
        }
    }

    #[test]
    fn the_letters_y_and_n_are_no_booleans() {
        let documents =
            read_documents("params: [{name: n}, {name: y, value: yes}]\ny: n\nquoted: 'n'\n");
        let value = &documents.unwrap()[0].value;
        assert_eq!(value["params"][0]["name"], "n");
        assert_eq!(
            value["params"][1],
            serde_json::json!({"name": "y", "value": true})
        );
        assert_eq!(value["y"], "n");
    }

    #[test]
    fn a_broken_document_is_named() {
        let error = read_documents("a: 1\n---\nb: [\n").unwrap_err();
        assert_eq!((error.document, error.first_line), (2, 3));
    }
}
