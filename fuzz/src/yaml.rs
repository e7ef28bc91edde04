//! YAML as Go reads it.
//!
//! Laws: what was read prints and reads back as the same value, in both of Helm's styles; the spans of nodes lie in the text.

use goyaml::node::{Document, Kind, NodeId};
use goyaml::{Map, Value};

/// Runs the target.
pub fn check(bytes: &[u8]) {
    if let Ok(value) = goyaml::from_yaml(bytes) {
        round_trip(&value, "toYaml", goyaml::to_yaml(&value));
        round_trip(&value, "toYamlPretty", goyaml::to_yaml_pretty(&value));
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(Some(document)) = goyaml::document(text)
    {
        spans(text, &document, document.root());
    }
}

fn round_trip(value: &Value, style: &str, printed: Result<String, goyaml::Error>) {
    // What Go refuses to print is no text.
    let Ok(printed) = printed else { return };
    let read = goyaml::from_yaml(printed.as_bytes())
        .unwrap_or_else(|error| panic!("{style} prints what does not read: {error}\n{printed}"));
    assert_eq!(like_json(&read), like_json(value), "{style}\n{printed}");
}

/// The value with numbers as JSON has them: 1 and 1.0 are printed alike.
pub(crate) fn like_json(value: &Value) -> Value {
    match value {
        Value::Int(_) | Value::Uint(_) | Value::Float(_) => {
            // -0 and 0 are printed alike too.
            Value::Float(value.as_f64().unwrap_or_default() + 0.0)
        }
        Value::List(items) => Value::List(items.iter().map(like_json).collect()),
        Value::Map(map) => {
            let pairs = map
                .iter()
                .map(|(key, value)| (key.clone(), like_json(value)));
            Value::Map(pairs.collect::<Map>())
        }
        other => other.clone(),
    }
}

fn spans(text: &str, document: &Document, node: NodeId) {
    let span = document.span(node);
    assert!(
        text.get(span.clone()).is_some(),
        "{span:?} is no part of the text"
    );
    match &document.node(node).kind {
        Kind::Sequence { items, .. } => {
            for item in items {
                spans(text, document, *item);
            }
        }
        Kind::Mapping { pairs, .. } => {
            for (key, value) in pairs {
                spans(text, document, *key);
                spans(text, document, *value);
            }
        }
        Kind::Scalar { .. } | Kind::Alias { .. } => {}
    }
}
