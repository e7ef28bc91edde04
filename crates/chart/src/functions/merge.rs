//! `merge` and `mergeOverwrite`: dario.cat/mergo on maps.

use std::sync::Arc;

use gotpl::limits::MAX_VALUE_DEPTH;
use gotpl::{Entries, Error, Map, Text, Type, Value};

use super::Result;
use super::logic::empty;

/// What `split` makes: it takes no other values.
const STRING_MAP: Type = Type::Map(&Type::String);

/// Fills what is missing or empty in the first map.
pub(super) fn merge_all(args: &[Value]) -> Result {
    fold(args, false)
}

/// Takes the values of the later maps, empty ones as well.
pub(super) fn merge_overwrite_all(args: &[Value]) -> Result {
    fold(args, true)
}

fn fold(args: &[Value], overwrite: bool) -> Result {
    let Some((target, sources)) = args.split_first() else {
        return Ok(Value::Nil);
    };
    // Go makes a map where there is none.
    let target = match target {
        Value::Map(map) => Arc::clone(map),
        _ => Arc::new(Map::new(Entries::new())),
    };
    for source in sources.iter().filter_map(Value::as_map) {
        merge(&target, source, overwrite, 0)?;
    }
    Ok(Value::Map(target))
}

fn merge(target: &Arc<Map>, source: &Arc<Map>, overwrite: bool, depth: usize) -> Result<()> {
    if depth > MAX_VALUE_DEPTH {
        return Err(Error::message("the maps are nested too deep to be merged"));
    }
    if Arc::ptr_eq(target, source) {
        return Ok(());
    }
    for (key, value) in source.snapshot() {
        merge_entry(target, key, value, overwrite, depth, source.type_of())?;
    }
    Ok(())
}

fn merge_entry(
    target: &Arc<Map>,
    key: Text,
    value: Value,
    overwrite: bool,
    depth: usize,
    source_type: Type,
) -> Result<()> {
    let old = target.get(key.as_bytes());
    match (&value, &old) {
        // A nil only ever overwrites.
        (Value::Nil | Value::Absent, _) if !overwrite => return Ok(()),
        (Value::Nil | Value::Absent, _) => {}
        (Value::Map(inner), Some(Value::Map(old))) => {
            merge(old, inner, overwrite, depth + 1)?;
            if !old.is_empty() {
                return Ok(());
            }
        }
        (_, Some(old)) if !overwrite && !empty(old) => return Ok(()),
        _ => {}
    }
    if target.type_of() == STRING_MAP && source_type != STRING_MAP {
        return Err(Error::message(
            "reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string",
        ));
    }
    target.insert(key, value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(target: &[(&str, Value)], source: &[(&str, Value)], overwrite: bool) -> String {
        let args = [target, source].map(|entries| Value::map(entries.iter().cloned()));
        gotpl::format::display(&fold(&args, overwrite).unwrap())
    }

    #[test]
    fn merge_fills_what_is_empty() {
        let inner = |text: &str| Value::map([("x", Value::from(text))]);
        let target = [
            ("b", Value::Bool(false)),
            ("e", "".into()),
            ("z", Value::int(0)),
            ("m", inner("")),
        ];
        let source = [
            ("b", true.into()),
            ("e", "x".into()),
            ("z", Value::int(9)),
            ("m", inner("y")),
        ];
        assert_eq!(
            shown(&target, &source, false),
            "map[b:true e:x m:map[x:y] z:9]"
        );
        assert_eq!(
            shown(&source, &target, false),
            "map[b:true e:x m:map[x:y] z:9]"
        );
    }

    #[test]
    fn merge_overwrite_takes_empty_values_too() {
        let target = [
            ("a", Value::int(1)),
            ("l", Value::list(vec![Value::int(1)])),
        ];
        let source = [("a", Value::Nil), ("l", Value::list(vec![]))];
        assert_eq!(shown(&target, &source, true), "map[a:<nil> l:[]]");
    }
}
