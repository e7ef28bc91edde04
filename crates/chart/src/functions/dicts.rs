//! Maps. `set`, `unset` and the merge family change their first argument for everyone who holds it.

use std::sync::Arc;

use gotpl::{DICT, Entries, Error, Function, Map, Text, Type, Value};

use super::Result;
use super::args::{any, map, strval, text};
use super::merge::{merge_all, merge_overwrite_all};
use super::versions;

const D: &[Type] = &[DICT];
const DS: &[Type] = &[DICT, Type::String];
const DD: &[Type] = &[DICT, DICT];
const A: &[Type] = &[Type::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::variadic("dict", A, |_, args| Ok(dict(args))),
    Function::fixed("get", DS, |_, args| {
        let found = map(args, 0).and_then(|map| map.get(text(args, 1).as_bytes()));
        Ok(found.unwrap_or_else(|| "".into()))
    }),
    Function::fixed("set", &[DICT, Type::String, Type::Any], |_, args| set(args)),
    Function::fixed("unset", DS, |_, args| {
        if let Some(map) = map(args, 0) {
            map.remove(text(args, 1).as_bytes());
        }
        Ok(any(args, 0).clone())
    }),
    Function::fixed("hasKey", DS, |_, args| {
        Ok(map(args, 0)
            .is_some_and(|map| map.contains(text(args, 1).as_bytes()))
            .into())
    }),
    Function::variadic("pluck", &[Type::String, DICT], |_, args| {
        let key = text(args, 0);
        let maps = args
            .get(1..)
            .unwrap_or_default()
            .iter()
            .filter_map(Value::as_map);
        Ok(Value::list(
            maps.filter_map(|map| map.get(key.as_bytes())).collect(),
        ))
    }),
    Function::variadic("keys", D, |_, args| {
        let maps = args.iter().filter_map(Value::as_map);
        Ok(Value::strings(
            maps.flat_map(|map| map.snapshot()).map(|(key, _)| key),
        ))
    }),
    Function::fixed("values", D, |_, args| {
        let entries = map(args, 0).map(|map| map.snapshot()).unwrap_or_default();
        Ok(Value::list(
            entries.into_iter().map(|(_, value)| value).collect(),
        ))
    }),
    Function::variadic("pick", DS, |_, args| Ok(chosen(args, true))),
    Function::variadic("omit", DS, |_, args| Ok(chosen(args, false))),
    Function::variadic("merge", DD, |_, args| merge_all(args)),
    Function::variadic("mustMerge", DD, |_, args| merge_all(args)),
    Function::variadic("mergeOverwrite", DD, |_, args| merge_overwrite_all(args)),
    Function::variadic("mustMergeOverwrite", DD, |_, args| {
        merge_overwrite_all(args)
    }),
    Function::fixed("deepCopy", A, |_, args| copied(any(args, 0))),
    Function::fixed("mustDeepCopy", A, |_, args| copied(any(args, 0))),
    Function::variadic("dig", A, |_, args| dig(args)),
];

fn dict(args: &[Value]) -> Value {
    let pairs = args.chunks(2).map(|pair| {
        let value = pair.get(1).cloned().unwrap_or_else(|| "".into());
        (strval(&pair[0]), value)
    });
    let entries: Entries = pairs.collect();
    Value::Map(Arc::new(Map::new(entries)))
}

fn set(args: &[Value]) -> Result {
    match map(args, 0) {
        Some(map) => {
            map.insert(text(args, 1), any(args, 2).clone());
            Ok(as_dict(map))
        }
        None => Err(Error::message("assignment to entry in nil map")),
    }
}

/// The same map as a `map[string]interface {}`, which is what the functions return.
fn as_dict(map: &Arc<Map>) -> Value {
    Value::Map(Arc::clone(map))
}

/// The entries whose keys are named (`pick`), or all others (`omit`).
fn chosen(args: &[Value], named: bool) -> Value {
    let keys: Vec<Text> = (1..args.len()).map(|index| text(args, index)).collect();
    let entries = map(args, 0).map(|map| map.snapshot()).unwrap_or_default();
    Value::map(
        entries
            .into_iter()
            .filter(|(key, _)| keys.contains(key) == named),
    )
}

fn copied(value: &Value) -> Result {
    if value.is_nil() {
        return Err(Error::message(
            "reflect: call of reflect.Value.Type on zero Value",
        ));
    }
    deep_copy(value, 0)
}

/// `copystructure.Copy`: maps and lists all the way down.
fn deep_copy(value: &Value, depth: usize) -> Result {
    if depth > gotpl::limits::MAX_VALUE_DEPTH {
        return Err(Error::message("the value is nested too deep to be copied"));
    }
    Ok(match value {
        Value::Map(map) => {
            let mut entries = Entries::new();
            for (key, value) in map.snapshot() {
                entries.insert(key, deep_copy(&value, depth + 1)?);
            }
            Value::map_of(map.type_of(), entries)
        }
        Value::List(list) => {
            let items: Result<Vec<Value>> = list
                .items()
                .iter()
                .map(|item| deep_copy(item, depth + 1))
                .collect();
            Value::List(Arc::new(gotpl::List::of(list.item_type(), items?)))
        }
        // Fields that Go does not export are not copied: nothing is left of a version.
        other => versions::zeroed(other).unwrap_or_else(|| other.clone()),
    })
}

/// Follows keys down; the default stands in for a missing one.
fn dig(args: &[Value]) -> Result {
    let [keys @ .., default, start] = args else {
        return Err(Error::message("dig needs at least three arguments"));
    };
    if keys.is_empty() {
        return Err(Error::message("dig needs at least three arguments"));
    }
    let mut current = dict_of(start)?;
    for key in keys {
        if !matches!(key, Value::Str(_)) {
            return Err(conversion(key, "string"));
        }
    }
    for (index, key) in keys.iter().enumerate() {
        let Some(value) = key.as_text().and_then(|key| current.get(key.as_bytes())) else {
            return Ok(default.clone());
        };
        if index + 1 == keys.len() {
            return Ok(value);
        }
        current = dict_of(&value)?;
    }
    Ok(default.clone())
}

fn dict_of(value: &Value) -> Result<Arc<Map>> {
    match value {
        // Go's type assertion takes no other map type.
        Value::Map(map) if map.type_of() == DICT => Ok(Arc::clone(map)),
        _ => Err(conversion(value, "map[string]interface {}")),
    }
}

/// Go's panic for a type assertion.
fn conversion(value: &Value, wanted: &str) -> Error {
    let got = match value.type_of() {
        Some(type_of) => type_of.to_string(),
        None => "nil".to_owned(),
    };
    Error::message(format!(
        "interface conversion: interface {{}} is {got}, not {wanted}"
    ))
}
