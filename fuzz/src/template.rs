//! Go templates: parsed and run on small data with Go's own functions.
//!
//! Laws: a text without actions prints itself; a second run prints the same.

use std::sync::Arc;

use gotpl::{Functions, MissingKey, TemplateSet, Value};

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let text = crate::text(bytes);
    let mut set = TemplateSet::new("root", Functions::builtin(), MissingKey::Zero);
    let parsed = set.parse("t", &text);
    if !text.contains("{{") {
        assert!(parsed.is_ok(), "plain text does not parse");
    }
    if parsed.is_err() {
        return;
    }
    let set = Arc::new(set);
    let data = Value::from_json(serde_json::json!({
        "s": "text", "empty": "", "t": true, "n": 3, "nil": null, "float": 1.5,
        "l": ["a", "b"], "m": {"b": 2, "a": 1}, "deep": {"x": {"y": "found"}}, "items": [{"name": "one"}, null],
    }));
    let run = || {
        set.execute("t", &data, &())
            .map_err(|error| error.to_string())
    };
    let first = run();
    if !text.contains("{{") {
        // A blank text defines nothing, and to run it is an error.
        if let Ok(printed) = &first {
            assert_eq!(printed.to_string(), text, "plain text prints itself");
        }
    }
    assert_eq!(first, run(), "a second run prints the same");
}
