//! Arguments of functions. Their types were checked against the signature, so the readers below never fail on them.

use std::borrow::Cow;
use std::sync::Arc;

use gotpl::{Entries, Error, List, Map, Text, Type, Value};

/// What Go says when a function reflects on nil.
pub(super) const NIL_DEREFERENCE: &str =
    "runtime error: invalid memory address or nil pointer dereference";

/// A string argument.
pub(super) fn text(args: &[Value], index: usize) -> Text {
    match args.get(index) {
        Some(Value::Str(text)) => text.clone(),
        _ => Text::default(),
    }
}

/// The bytes of a string argument.
pub(super) fn bytes(args: &[Value], index: usize) -> &[u8] {
    match args.get(index) {
        Some(Value::Str(text)) => text.as_bytes(),
        _ => &[],
    }
}

/// A string argument as UTF-8.
pub(super) fn str(args: &[Value], index: usize) -> Cow<'_, str> {
    match args.get(index) {
        Some(Value::Str(text)) => text.to_str(),
        _ => Cow::Borrowed(""),
    }
}

/// An integer argument.
pub(super) fn int(args: &[Value], index: usize) -> i64 {
    match args.get(index) {
        Some(Value::Int(number, _)) => *number,
        _ => 0,
    }
}

/// A boolean argument.
pub(super) fn bool(args: &[Value], index: usize) -> bool {
    matches!(args.get(index), Some(Value::Bool(true)))
}

/// A map argument; `None` for Go's nil map, which reads as an empty one.
pub(super) fn map(args: &[Value], index: usize) -> Option<&Arc<Map>> {
    args.get(index).and_then(Value::as_map)
}

/// Any argument.
pub(super) fn any(args: &[Value], index: usize) -> &Value {
    args.get(index).unwrap_or(&Value::Nil)
}

/// The list in a value that Go's reflection takes for a slice.
///
/// # Errors
/// Sprig's text `<complaint> <kind>` for anything else, Go's for nil.
pub(super) fn list(value: &Value, complaint: &str) -> Result<Arc<List>, Error> {
    match value.plain() {
        Value::List(list) => Ok(list),
        Value::Nil | Value::Absent => Err(Error::message(NIL_DEREFERENCE)),
        _ => Err(Error::message(format!(
            "{complaint} {}",
            value.kind().name()
        ))),
    }
}

/// A `map[string]string`.
pub(super) fn string_map(entries: Entries) -> Value {
    Value::map_of(Type::Map(&Type::String), entries)
}

/// What sprig's `strval` makes of a value.
pub(super) fn strval(value: &Value) -> Text {
    match value {
        Value::Str(text) => text.clone(),
        Value::List(list) => match list.to_bytes() {
            Some(bytes) => Text::from_bytes(bytes),
            None => gotpl::format::sprint_value(value),
        },
        value => gotpl::format::sprint_value(value),
    }
}

/// What sprig's `strslice` makes of a value: a list of strings without the nils.
pub(super) fn strslice(value: &Value) -> Vec<Text> {
    match value.plain() {
        Value::List(list) => list
            .items()
            .iter()
            .filter(|item| !item.is_nil())
            .map(strval)
            .collect(),
        Value::Nil | Value::Absent => Vec::new(),
        _ => vec![strval(value)],
    }
}
