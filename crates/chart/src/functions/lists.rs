//! Lists. Nothing here changes a list in place: results are new ones.

use std::sync::Arc;

use gotpl::builtin::equals;
use gotpl::limits::MAX_LIST_ITEMS;
use gotpl::{Error, Function, INT, List, Type, Value, types};

use super::Result;
use super::args::{any, int, list};
use super::cast::to_int64;
use super::logic::empty;

const A: &[Type] = &[Type::Any];
const AA: &[Type] = &[Type::Any, Type::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::variadic("list", A, |_, args| Ok(Value::list(args.to_vec()))),
    Function::variadic("tuple", A, |_, args| Ok(Value::list(args.to_vec()))),
    Function::fixed("append", AA, |_, args| push(args)),
    Function::fixed("push", AA, |_, args| push(args)),
    Function::fixed("mustAppend", AA, |_, args| push(args)),
    Function::fixed("mustPush", AA, |_, args| push(args)),
    Function::fixed("prepend", AA, |_, args| prepend(args)),
    Function::fixed("mustPrepend", AA, |_, args| prepend(args)),
    Function::fixed("first", A, |_, args| first(args)),
    Function::fixed("mustFirst", A, |_, args| first(args)),
    Function::fixed("last", A, |_, args| last(args)),
    Function::fixed("mustLast", A, |_, args| last(args)),
    Function::fixed("rest", A, |_, args| rest(args)),
    Function::fixed("mustRest", A, |_, args| rest(args)),
    Function::fixed("initial", A, |_, args| initial(args)),
    Function::fixed("mustInitial", A, |_, args| initial(args)),
    Function::fixed("reverse", A, |_, args| reverse(args)),
    Function::fixed("mustReverse", A, |_, args| reverse(args)),
    Function::fixed("compact", A, |_, args| compact(args)),
    Function::fixed("mustCompact", A, |_, args| compact(args)),
    Function::fixed("uniq", A, |_, args| uniq(args)),
    Function::fixed("mustUniq", A, |_, args| uniq(args)),
    Function::variadic("without", AA, |_, args| without(args)),
    Function::variadic("mustWithout", AA, |_, args| without(args)),
    Function::fixed("has", AA, |_, args| has(args)),
    Function::fixed("mustHas", AA, |_, args| has(args)),
    Function::variadic("slice", AA, |_, args| slice(args)),
    Function::variadic("mustSlice", AA, |_, args| slice(args)),
    Function::variadic("concat", A, |_, args| concat(args)),
    Function::fixed("chunk", &[INT, Type::Any], |_, args| chunk(args)),
    Function::fixed("mustChunk", &[INT, Type::Any], |_, args| chunk(args)),
    Function::fixed("until", &[INT], |_, args| until(int(args, 0))),
    Function::fixed("untilStep", &[INT, INT, INT], |_, args| {
        ints(int(args, 0), int(args, 1), int(args, 2)).map(int_list)
    }),
    Function::variadic("seq", &[INT], |_, args| seq(args)),
];

fn push(args: &[Value]) -> Result {
    let list = list(any(args, 0), "Cannot push on type")?;
    let mut items = Vec::with_capacity(list.items().len() + 1);
    items.extend_from_slice(list.items());
    items.push(any(args, 1).clone());
    Ok(Value::list(items))
}

fn prepend(args: &[Value]) -> Result {
    let list = list(any(args, 0), "Cannot prepend on type")?;
    let mut items = Vec::with_capacity(list.items().len() + 1);
    items.push(any(args, 1).clone());
    items.extend_from_slice(list.items());
    Ok(Value::list(items))
}

fn first(args: &[Value]) -> Result {
    let list = list(any(args, 0), "Cannot find first on type")?;
    Ok(list.items().first().cloned().unwrap_or_default())
}

fn last(args: &[Value]) -> Result {
    let list = list(any(args, 0), "Cannot find last on type")?;
    Ok(list.items().last().cloned().unwrap_or_default())
}

fn rest(args: &[Value]) -> Result {
    let list = list(any(args, 0), "Cannot find rest on type")?;
    Ok(list
        .items()
        .split_first()
        .map_or_else(nil_list, |(_, items)| Value::list(items.to_vec())))
}

/// What sprig returns for an empty list here and there: Go's nil slice.
fn nil_list() -> Value {
    Value::List(Arc::new(List::nil(&Type::Any)))
}

fn initial(args: &[Value]) -> Result {
    let list = list(any(args, 0), "Cannot find initial on type")?;
    Ok(list
        .items()
        .split_last()
        .map_or_else(nil_list, |(_, items)| Value::list(items.to_vec())))
}

fn reverse(args: &[Value]) -> Result {
    let list = list(any(args, 0), "Cannot find reverse on type")?;
    Ok(Value::list(list.items().iter().rev().cloned().collect()))
}

fn compact(args: &[Value]) -> Result {
    let list = list(any(args, 0), "Cannot compact on type")?;
    Ok(Value::list(
        list.items()
            .iter()
            .filter(|item| !empty(item))
            .cloned()
            .collect(),
    ))
}

fn contains(items: &[Value], needle: &Value) -> bool {
    items.iter().any(|item| equals(needle, item))
}

fn uniq(args: &[Value]) -> Result {
    let list = list(any(args, 0), "Cannot find uniq on type")?;
    let mut unique: Vec<Value> = Vec::new();
    for item in list.items() {
        if !contains(&unique, item) {
            unique.push(item.clone());
        }
    }
    Ok(Value::list(unique))
}

fn without(args: &[Value]) -> Result {
    let list = list(any(args, 0), "Cannot find without on type")?;
    let omitted = args.get(1..).unwrap_or_default();
    Ok(Value::list(
        list.items()
            .iter()
            .filter(|item| !contains(omitted, item))
            .cloned()
            .collect(),
    ))
}

fn has(args: &[Value]) -> Result {
    if any(args, 1).is_nil() {
        return Ok(false.into());
    }
    let list = list(any(args, 1), "Cannot find has on type")?;
    Ok(contains(list.items(), any(args, 0)).into())
}

fn slice(args: &[Value]) -> Result {
    let list = list(any(args, 0), "list should be type of slice or array but")?;
    let length = list.items().len() as i64;
    if length == 0 {
        return Ok(Value::Nil);
    }
    let start = args.get(1).map_or(0, to_int64);
    let end = args.get(2).map_or(length, to_int64);
    let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    match range.and_then(|(start, end)| list.items().get(start..end)) {
        Some(items) => Ok(Value::List(Arc::new(List::of(
            list.item_type(),
            items.to_vec(),
        )))),
        None => Err(Error::message(
            "reflect.Value.Slice: slice index out of bounds",
        )),
    }
}

fn concat(args: &[Value]) -> Result {
    let mut items = Vec::new();
    for value in args {
        let list = match list(value, "Cannot concat type") {
            Ok(list) => list,
            Err(error) if value.is_nil() => return Err(error),
            Err(error) => return Err(Error::message(format!("{error} as list"))),
        };
        items.extend_from_slice(list.items());
    }
    if items.is_empty() {
        return Ok(nil_list());
    }
    Ok(Value::list(items))
}

fn chunk(args: &[Value]) -> Result {
    let list = list(any(args, 1), "Cannot chunk type")?;
    let (size, length) = (int(args, 0), list.items().len() as i64);
    let too_long = || Error::message("runtime error: makeslice: len out of range");
    // Sprig counts the chunks in floats, which also gives sizes below zero a meaning.
    let count = ((length - 1) as f64 / size as f64).floor() + 1.0;
    if !(0.0..=length as f64 + 1.0).contains(&count) {
        return Err(too_long());
    }
    let mut chunks = Vec::new();
    for index in 0..count as i64 {
        let rest = length.checked_rem(size).unwrap_or(0);
        let is_short = rest != 0 && index + 1 == count as i64;
        let start = usize::try_from(index * size).map_err(|_| too_long())?;
        let wanted = usize::try_from(if is_short { rest } else { size }).map_err(|_| too_long())?;
        let items = list.items().get(start..start + wanted).unwrap_or_default();
        chunks.push(Value::list(items.to_vec()));
    }
    Ok(Value::List(Arc::new(List::of(&types::LIST, chunks))))
}

fn int_list(numbers: Vec<i64>) -> Value {
    let items = numbers.into_iter().map(Value::int).collect();
    Value::List(Arc::new(List::of(&INT, items)))
}

fn until(count: i64) -> Result {
    ints(0, count, if count < 0 { -1 } else { 1 }).map(int_list)
}

/// The numbers from `start` to before `end`.
fn ints(start: i64, end: i64, step: i64) -> Result<Vec<i64>> {
    let distance = i128::from(end) - i128::from(start);
    if distance == 0 || step == 0 || (distance > 0) != (step > 0) {
        return Ok(Vec::new());
    }
    let count = distance
        .unsigned_abs()
        .div_ceil(u128::from(step.unsigned_abs()));
    if count > MAX_LIST_ITEMS as u128 {
        return Err(Error::message(format!(
            "a list of more than {MAX_LIST_ITEMS} numbers"
        )));
    }
    Ok((0..count as i64)
        .map(|index| start.wrapping_add(index.wrapping_mul(step)))
        .collect())
}

/// `seq` is like the command of that name: both ends belong to it, and the result is text.
fn seq(args: &[Value]) -> Result {
    let params: Vec<i64> = (0..args.len()).map(|index| int(args, index)).collect();
    let direction = |start, end| if end < start { -1 } else { 1 };
    let numbers = match params.as_slice() {
        [end] => {
            let step = direction(1, *end);
            ints(1, end.wrapping_add(step), step)?
        }
        [start, end] => {
            let step = direction(*start, *end);
            ints(*start, end.wrapping_add(step), step)?
        }
        [start, step, end] if end < start && *step > 0 => Vec::new(),
        [start, step, end] => ints(*start, end.wrapping_add(direction(*start, *end)), *step)?,
        _ => Vec::new(),
    };
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    Ok(numbers.join(" ").into())
}
