//! `eq`, `lt` and their kin.

use std::collections::HashSet;
use std::sync::Arc;

use crate::Error;
use crate::format::{display, sprintf};
use crate::value::{Kind, Text, Value};

use super::Result;

/// The kinds that compare with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basic {
    Bool,
    Int,
    Uint,
    Float,
    Complex,
    String,
    Other,
}

fn basic(value: &Value) -> Basic {
    match value.kind() {
        Kind::Bool => Basic::Bool,
        Kind::Int(kind) if kind.is_unsigned() => Basic::Uint,
        Kind::Int(_) => Basic::Int,
        Kind::Float64 => Basic::Float,
        Kind::Complex128 => Basic::Complex,
        Kind::String => Basic::String,
        _ => Basic::Other,
    }
}

/// The number or text below a named type.
fn plain(value: &Value) -> Value {
    value.plain()
}

fn incompatible(left: &Value, right: &Value) -> Error {
    let (left, right) = (left.type_name(), right.type_name());
    Error::message(format!(
        "incompatible types for comparison: {left} and {right}"
    ))
}

/// Whether the first argument equals any of the others.
pub(super) fn eq(args: &[Value]) -> Result {
    let (first, others) = match args {
        [first, others @ ..] if !others.is_empty() => (first, others),
        _ => return Err(Error::message("missing argument for comparison")),
    };
    for other in others {
        if equal(first, other)? {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

fn equal(left: &Value, right: &Value) -> std::result::Result<bool, Error> {
    let kinds = (basic(left), basic(right));
    match (plain(left), plain(right)) {
        _ if left.is_nil() || right.is_nil() => Ok(left.is_nil() == right.is_nil()),
        (Value::Int(a, _), Value::Int(b, _)) => match kinds {
            (Basic::Int, Basic::Uint) => Ok(a >= 0 && a == b),
            (Basic::Uint, Basic::Int) => Ok(b >= 0 && a == b),
            _ => Ok(a == b),
        },
        (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
        (Value::Float(a), Value::Float(b)) => Ok(same_float(a, b)),
        (Value::Str(a), Value::Str(b)) => Ok(a == b),
        _ if kinds.0 != kinds.1 => Err(incompatible(left, right)),
        _ if left.kind() != right.kind() => Err(Error::message(format!(
            "non-comparable types {}: {}, {}: {}",
            with_s(left),
            left.type_name(),
            right.type_name(),
            display(right)
        ))),
        (Value::Object(a), Value::Object(b)) if b.is_comparable() => {
            Ok(Arc::ptr_eq(&a, &b) || a.equals(&*b))
        }
        _ => Err(Error::message(format!(
            "non-comparable type {}: {}",
            with_s(right),
            right.type_name()
        ))),
    }
}

/// Go's `==`: NaN equals nothing.
fn same_float(left: f64, right: f64) -> bool {
    left.partial_cmp(&right)
        .is_some_and(std::cmp::Ordering::is_eq)
}

/// A value under `%s`, which Go's message uses although few values are strings.
fn with_s(value: &Value) -> String {
    let shown = sprintf(&"%s".into(), std::slice::from_ref(value)).unwrap_or_default();
    shown.to_str().into_owned()
}

pub(super) fn ne(args: &[Value]) -> Result {
    Ok(Value::Bool(!eq(args)?.truth()))
}

pub(super) fn lt(args: &[Value]) -> Result {
    let [left, right] = args else {
        return Err(Error::message("missing argument for comparison"));
    };
    let kinds = (basic(left), basic(right));
    let bad = || Error::message("invalid type for comparison");
    if kinds.0 == Basic::Other || kinds.1 == Basic::Other {
        return Err(bad());
    }
    let less = match (plain(left), plain(right)) {
        (Value::Int(a, _), Value::Int(b, _)) => match kinds {
            (Basic::Int, Basic::Uint) => a < 0 || (a as u64) < b as u64,
            (Basic::Uint, Basic::Int) => b >= 0 && (a as u64) < b as u64,
            (Basic::Uint, Basic::Uint) => (a as u64) < b as u64,
            _ => a < b,
        },
        (Value::Float(a), Value::Float(b)) => a < b,
        (Value::Str(a), Value::Str(b)) => a < b,
        _ if kinds.0 != kinds.1 => return Err(incompatible(left, right)),
        _ => return Err(bad()),
    };
    Ok(Value::Bool(less))
}

pub(super) fn le(args: &[Value]) -> Result {
    let less = lt(args)?;
    if less.truth() { Ok(less) } else { eq(args) }
}

pub(super) fn gt(args: &[Value]) -> Result {
    Ok(Value::Bool(!le(args)?.truth()))
}

pub(super) fn ge(args: &[Value]) -> Result {
    Ok(Value::Bool(!lt(args)?.truth()))
}

/// `reflect.DeepEqual`: same types and same content all the way down.
pub fn equals(left: &Value, right: &Value) -> bool {
    // No recursion, and no pair twice: values may nest deeper than the stack, and hold themselves.
    let mut seen = HashSet::new();
    let mut pairs = Vec::new();
    if !same_so_far(left, right, &mut seen, &mut pairs) {
        return false;
    }
    while let Some((left, right)) = pairs.pop() {
        if !same_so_far(&left, &right, &mut seen, &mut pairs) {
            return false;
        }
    }
    true
}

/// Compares two values up to their items, of which it makes further pairs.
fn same_so_far(
    left: &Value,
    right: &Value,
    seen: &mut HashSet<(usize, usize)>,
    pairs: &mut Vec<(Value, Value)>,
) -> bool {
    match (left, right) {
        (Value::Nil | Value::Absent, Value::Nil | Value::Absent) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a, kind), Value::Int(b, other)) => a == b && kind == other,
        (Value::Float(a), Value::Float(b)) => same_float(*a, *b),
        (Value::Str(a), Value::Str(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            if Arc::ptr_eq(a, b) {
                return true;
            }
            if a.type_of() != b.type_of()
                || a.is_nil() != b.is_nil()
                || a.items().len() != b.items().len()
            {
                return false;
            }
            if seen.insert((Arc::as_ptr(a).addr(), Arc::as_ptr(b).addr())) {
                pairs.extend(a.items().iter().cloned().zip(b.items().iter().cloned()));
            }
            true
        }
        (Value::Map(a), Value::Map(b)) => {
            if Arc::ptr_eq(a, b) {
                return true;
            }
            let (left, right) = (a.snapshot(), b.snapshot());
            let same_keys = left
                .iter()
                .map(|(key, _)| key)
                .eq(right.iter().map(|(key, _)| key));
            if a.type_of() != b.type_of() || !same_keys {
                return false;
            }
            if seen.insert((Arc::as_ptr(a).addr(), Arc::as_ptr(b).addr())) {
                let values =
                    |entries: Vec<(Text, Value)>| entries.into_iter().map(|(_, value)| value);
                pairs.extend(values(left).zip(values(right)));
            }
            true
        }
        (Value::Object(a), Value::Object(b)) => Arc::ptr_eq(a, b) || a.equals(&**b),
        _ => false,
    }
}
