//! Edits of YAML by span. The part before the first NUL is the new value.
//!
//! Laws: an edited text reads back as the old value with that one string set; the same edit again changes nothing; what is replaced
//! is the value's own span, what is added is added in one place, and every other byte stays. A value of any type reads back where it
//! was set, and a key that was removed is gone.

use goyaml::edit::{remove, set_string, set_value};
use goyaml::{Map, Value};

const PATHS: &[&[&str]] = &[&["a"], &["a", "b"], &["image", "tag"], &["c", "d", "e"]];

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let (value, text) = crate::two_parts(bytes);
    let (value, text) = (crate::text(value), crate::text(text));
    for path in PATHS {
        any_type(&text, path);
        let Ok(edited) = set_string(&text, path, &value) else {
            continue;
        };
        one_place(&text, &edited, path);
        let again = set_string(&edited, path, &value);
        assert_eq!(
            again.as_deref(),
            Ok(&*edited),
            "a second edit changes nothing"
        );
        // A text whose first document reads but does not decode (a key that is a list) can be edited all the same.
        let Ok(mut expected) = goyaml::from_yaml(text.as_bytes()) else {
            continue;
        };
        let after = goyaml::from_yaml(edited.as_bytes())
            .unwrap_or_else(|error| panic!("{path:?} {value:?}: {error}\n{edited}"));
        set(&mut expected, path, &value);
        if after != expected && !text.ends_with('\n') {
            // Behind a line without an end nothing can be added but by ending it, which a block scalar there notices.
            expected = goyaml::from_yaml(format!("{text}\n").as_bytes()).expect("read before");
            set(&mut expected, path, &value);
        }
        assert_eq!(after, expected, "{path:?} {value:?}\n{text}\n--\n{edited}");
    }
}

/// A switch, a list and a removal at a path.
fn any_type(text: &str, path: &[&str]) {
    let at = |text: &str| {
        let value = goyaml::from_yaml(text.as_bytes()).expect("it was edited");
        let found = path.iter().try_fold(&value, |value, key| value.get(key));
        found.cloned()
    };
    for value in [
        Value::Bool(true),
        Value::List(vec![Value::Null, Value::List(Vec::new())]),
    ] {
        if let Ok(edited) = set_value(text, path, &value) {
            assert_eq!(at(&edited), Some(value), "{path:?}\n{text}\n--\n{edited}");
        }
    }
    if let Ok(edited) = remove(text, path)
        && edited != text
    {
        assert_eq!(at(&edited), None, "{path:?}\n{text}\n--\n{edited}");
    }
}

/// What was there before and is not any more is at most the scalar itself, or a null that became a mapping.
fn one_place(text: &str, edited: &str, path: &[&str]) {
    let same = |a: &mut dyn Iterator<Item = u8>, b: &mut dyn Iterator<Item = u8>| {
        a.zip(b).take_while(|(a, b)| a == b).count()
    };
    let front = same(&mut text.bytes(), &mut edited.bytes());
    let back = same(&mut text.bytes().rev(), &mut edited.bytes().rev());
    if front + back >= text.len() {
        return;
    }
    let removed = front..text.len() - back;
    let document = goyaml::document(text)
        .ok()
        .flatten()
        .expect("it was edited");
    let mut node = document.root();
    for key in path {
        let Some(below) = document.get(node, key) else {
            break;
        };
        node = below;
    }
    // Spaces around what became a block go with it.
    let span = document.span(node);
    let before = text[..span.start].trim_end_matches([' ', '\t', '\n', '\r']);
    let behind = text[span.end..].trim_start_matches([' ', '\t']);
    let span = before.len()..text.len() - behind.len();
    assert!(
        span.start <= removed.start && removed.end <= span.end,
        "{path:?}: {removed:?} is not in {span:?}"
    );
}

fn set(value: &mut Value, path: &[&str], to: &str) {
    let Some((key, rest)) = path.split_first() else {
        *value = Value::String(to.to_owned());
        return;
    };
    if value.is_null() {
        *value = Value::Map(Map::new());
    }
    if let Value::Map(map) = value {
        set(map.entry((*key).to_owned()).or_default(), rest, to);
    }
}
