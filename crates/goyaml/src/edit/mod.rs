//! Edits of a YAML text by span: what is meant changes, every other byte stays, comments, order and line ends included.
//!
//! A path is a list of keys from the top of the first document. Every edit is checked by reading the edited text again: it
//! must mean the old value with the wanted change and nothing else, or it is refused.

mod change;
mod place;
mod remove;
#[cfg(test)]
mod tests;
mod write;

use thiserror::Error;

use crate::{Map, Value};

use change::Change;
use place::{Place, find};
use write::Style;

/// Why a text could not be edited. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The text is no YAML.
    #[error(transparent)]
    Yaml(#[from] crate::Error),
    /// What stands there is no mapping, and a key is wanted below it.
    #[error("line {line}: {path} is no mapping")]
    NotAMapping {
        /// The path so far.
        path: String,
        /// Where it stands.
        line: usize,
    },
    /// What stands there is no plain scalar: a list, a mapping, an alias, or something with an anchor or a tag.
    #[error("line {line}: {path} is no scalar that can be replaced")]
    NotAScalar {
        /// The path.
        path: String,
        /// Where it stands.
        line: usize,
    },
    /// What stands there has an anchor or a tag, which other parts of the text may rely on.
    #[error("line {line}: {path} has an anchor or a tag")]
    Anchored {
        /// The path.
        path: String,
        /// Where it stands.
        line: usize,
    },
    /// The path leads through an alias, so that the edit would change what the alias stands for elsewhere too.
    #[error(
        "line {line}: {path} is the alias *{anchor}, so a change below it would change {anchor} everywhere"
    )]
    BelowAlias {
        /// The path of the alias.
        path: String,
        /// The anchor's name.
        anchor: String,
        /// Where the alias stands.
        line: usize,
    },
    /// It stands there in a form that no edit leaves the rest of the text alone in: with a `? key`, or merged from elsewhere.
    #[error("line {line}: {path} is written in a form that cannot be edited")]
    OddForm {
        /// The path.
        path: String,
        /// Where the nearest part of it stands.
        line: usize,
    },
}

/// Sets the string at a path of keys; keys that are missing are added at the end of the mapping that they belong to.
///
/// The new value keeps the quotes of the old one; a value that would read as something else without quotes gets them.
/// What is added behind a last line without an end leaves the new last line without one.
///
/// # Errors
/// See [`EditError`]; a list or a mapping is not replaced. The text is not changed then.
pub fn set_string(text: &str, path: &[&str], value: &str) -> Result<String, EditError> {
    if let Some(document) = crate::document(text)?
        && let Place::There { node, .. } = find(&document, path)?
        && !place::is_scalar(&document, node)
    {
        return Err(EditError::NotAScalar {
            path: path.join("."),
            line: place::line(&document, node),
        });
    }
    set_value(text, path, &Value::from(value))
}

/// Sets the value at a path of keys, whatever stands there; keys that are missing are added at the end of the mapping that
/// they belong to. A value that is there already leaves the text as it is.
///
/// Lists and mappings are written in the style around them: in brackets inside brackets and in place of some, else as
/// blocks, indented as the text is. Of a mapping in place of another one the entries that both have stay as they are
/// written, comments included.
///
/// # Errors
/// See [`EditError`]; the text is not changed then.
pub fn set_value(text: &str, path: &[&str], value: &Value) -> Result<String, EditError> {
    let before = crate::from_yaml(text.as_bytes()).ok();
    let current = before.as_ref().and_then(|before| at(before, path));
    if current == Some(value) {
        return Ok(text.to_owned());
    }
    if let (Some(Value::Map(old)), Value::Map(new)) = (current, value)
        && !old.is_empty()
        && !new.is_empty()
        && let Ok(edited) = set_entries(text, path, old, new)
    {
        return Ok(edited);
    }
    let Some(document) = crate::document(text)? else {
        return Ok(write::whole(text, &nested(path, value)));
    };
    let change = Change {
        text,
        document: &document,
        style: Style::of(text, &document),
        path,
    };
    let place = find(&document, path)?;
    let edited = change.set(&place, value)?;
    let means = |text: &str| {
        let mut expected = crate::from_yaml(text.as_bytes()).ok()?;
        put(&mut expected, path, value).then_some(expected)
    };
    check(text, edited, path, place.line(&document), means)
}

/// Removes the key at the end of a path with its value and the comment on its line. A mapping that has no other key stays,
/// empty. A path that leads nowhere leaves the text as it is.
///
/// # Errors
/// See [`EditError`]; the text is not changed then.
pub fn remove(text: &str, path: &[&str]) -> Result<String, EditError> {
    let Some(document) = crate::document(text)? else {
        return Ok(text.to_owned());
    };
    let place = find(&document, path)?;
    let Place::There { .. } = place else {
        return Ok(text.to_owned());
    };
    let change = Change {
        text,
        document: &document,
        style: Style::of(text, &document),
        path,
    };
    let edited = change.remove(&place)?;
    let means = |text: &str| {
        let mut expected = crate::from_yaml(text.as_bytes()).ok()?;
        take(&mut expected, path).then_some(expected)
    };
    check(text, edited, path, place.line(&document), means)
}

/// Makes the mapping at `path` from `old` to `new`, entry by entry.
fn set_entries(text: &str, path: &[&str], old: &Map, new: &Map) -> Result<String, EditError> {
    let mut edited = text.to_owned();
    for (key, value) in new {
        edited = set_value(&edited, &[path, &[key.as_str()]].concat(), value)?;
    }
    for key in old.keys().filter(|key| !new.contains_key(*key)) {
        edited = remove(&edited, &[path, &[key.as_str()]].concat())?;
    }
    let means = |text: &str| {
        let mut expected = crate::from_yaml(text.as_bytes()).ok()?;
        put(&mut expected, path, &Value::Map(new.clone())).then_some(expected)
    };
    check(text, edited, path, 1, means)
}

/// The edited text, if it means what `expected` makes of a text. Spans alone cannot promise it for every form of YAML.
fn check(
    text: &str,
    edited: String,
    path: &[&str],
    line: usize,
    expected: impl Fn(&str) -> Option<Value>,
) -> Result<String, EditError> {
    let after = crate::from_yaml(edited.as_bytes()).ok();
    // What is added may have ended a last line without an end, which a block of text there notices.
    let is_as_meant = after.is_some()
        && (after == expected(text)
            || !text.ends_with('\n') && after == expected(&format!("{text}\n")));
    if is_as_meant {
        return Ok(edited);
    }
    Err(EditError::OddForm {
        path: path.join("."),
        line,
    })
}

/// The value at a path.
fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| value.get(key))
}

/// Mappings of one key each, with the value innermost.
fn nested(path: &[&str], value: &Value) -> Value {
    path.iter().rev().fold(value.clone(), |value, key| {
        Value::Map(Map::from([((*key).to_owned(), value)]))
    })
}

/// Sets a value in another one; false where a part of the path is no mapping.
fn put(into: &mut Value, path: &[&str], value: &Value) -> bool {
    let Some((key, rest)) = path.split_first() else {
        into.clone_from(value);
        return true;
    };
    if into.is_null() {
        *into = Value::Map(Map::new());
    }
    match into {
        Value::Map(map) => put(map.entry((*key).to_owned()).or_default(), rest, value),
        _ => false,
    }
}

/// Takes the entry at a path out of a value; false where there is none.
fn take(from: &mut Value, path: &[&str]) -> bool {
    let (Value::Map(map), Some((key, rest))) = (from, path.split_first()) else {
        return false;
    };
    if rest.is_empty() {
        return map.remove(*key).is_some();
    }
    map.get_mut(*key).is_some_and(|value| take(value, rest))
}
