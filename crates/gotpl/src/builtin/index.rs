//! `index`, `slice`, `len` and `call`.

use std::sync::Arc;

use crate::Error;
use crate::exec::zero;
use crate::value::{IntKind, List, Text, Value};

use super::Result;

fn fail<T>(message: impl Into<String>) -> std::result::Result<T, Error> {
    Err(Error::message(message))
}

/// `index x 1 2` is `x[1][2]` in Go.
pub(super) fn index(args: &[Value]) -> Result {
    let Some((item, indexes)) = args.split_first() else {
        return fail("index of untyped nil");
    };
    if item.is_nil() {
        return fail("index of untyped nil");
    }
    let mut item = item.clone();
    for index in indexes {
        item = match item.plain() {
            Value::Nil | Value::Absent => return fail("index of nil pointer"),
            Value::Str(text) => {
                let at = index_argument(index, text.len())?;
                let byte = text.as_bytes().get(at).copied();
                match byte {
                    Some(byte) => Value::Int(i64::from(byte), IntKind::Uint8),
                    None => return past_the_end("string"),
                }
            }
            Value::List(list) => {
                let at = index_argument(index, list.items().len())?;
                match list.items().get(at) {
                    Some(item) => item.clone(),
                    None => return past_the_end("slice"),
                }
            }
            Value::Map(map) => match index {
                Value::Str(key) => map
                    .get(key.as_bytes())
                    .unwrap_or_else(|| zero(*map.item_type())),
                Value::Nil | Value::Absent => {
                    return fail("value is nil; should be of type string");
                }
                other => {
                    return fail(format!(
                        "value has type {}; should be string",
                        other.type_name()
                    ));
                }
            },
            _ => return fail(format!("can't index item of type {}", pointee_name(&item))),
        };
    }
    Ok(item)
}

/// Go checks the index against the length inclusively, so the first one past the end fails only in the slice itself.
fn past_the_end<T>(kind: &str) -> std::result::Result<T, Error> {
    fail(format!("reflect: {kind} index out of range"))
}

/// The type behind a pointer.
fn pointee_name(value: &Value) -> String {
    value.type_name().trim_start_matches('*').to_owned()
}

fn index_argument(index: &Value, capacity: usize) -> std::result::Result<usize, Error> {
    match index.plain() {
        Value::Int(number, _) => match usize::try_from(number) {
            Ok(at) if at <= capacity => Ok(at),
            _ => fail(format!("index out of range: {number}")),
        },
        Value::Nil | Value::Absent => fail("cannot index slice/array with nil"),
        _ => fail(format!(
            "cannot index slice/array with type {}",
            index.type_name()
        )),
    }
}

/// `slice x 1 2` is `x[1:2]` in Go.
///
/// `boxed` tells which arguments lie in an `interface {}`. Unlike `index`, `slice` does not take an index out of it.
pub(crate) fn slice(args: &[Value], boxed: &[bool]) -> Result {
    let Some((item, indexes)) = args.split_first() else {
        return fail("slice of untyped nil");
    };
    if item.is_nil() {
        return fail("slice of untyped nil");
    }
    if indexes.len() > 3 {
        return fail(format!("too many slice indexes: {}", indexes.len()));
    }
    let plain = item.plain();
    let length = match &plain {
        Value::Str(_) if indexes.len() == 3 => return fail("cannot 3-index slice a string"),
        Value::Str(text) => text.len(),
        Value::List(list) => list.items().len(),
        _ => return fail(format!("can't slice item of type {}", pointee_name(item))),
    };
    let mut bounds = [0, length, length];
    let boxed = boxed
        .iter()
        .skip(1)
        .copied()
        .chain(std::iter::repeat(false));
    for ((bound, index), boxed) in bounds.iter_mut().zip(indexes).zip(boxed) {
        if boxed {
            return fail("cannot index slice/array with type interface {}");
        }
        *bound = index_argument(index, length)?;
    }
    let [start, end, limit] = bounds;
    if start > end {
        return fail(format!("invalid slice index: {start} > {end}"));
    }
    if end > limit {
        return fail(format!("invalid slice index: {end} > {limit}"));
    }
    Ok(match &plain {
        Value::Str(text) => Text::from(&text.as_bytes()[start..end]).into(),
        Value::List(list) => Value::List(Arc::new(List::of(
            list.item_type(),
            list.items()[start..end].to_vec(),
        ))),
        _ => plain,
    })
}

pub(super) fn len(item: &Value) -> Result {
    match item.plain() {
        Value::Str(text) => Ok(Value::int(text.len() as i64)),
        Value::List(list) => Ok(Value::int(list.items().len() as i64)),
        Value::Map(map) => Ok(Value::int(map.len() as i64)),
        Value::Nil => fail("len of nil pointer"),
        Value::Absent => fail("reflect: call of reflect.Value.Type on zero Value"),
        _ => fail(format!("len of type {}", pointee_name(item))),
    }
}

/// Why `call` fails: no value of a template is a function.
pub(crate) fn call_error(callee: &str, args: &[Value]) -> Error {
    match args.first() {
        Some(value) if !value.is_nil() => Error::message(format!(
            "non-function {callee} of type {}",
            value.type_name()
        )),
        _ => Error::message("call of nil"),
    }
}
