//! What the cases call beside Go's builtins. `tests/oracle/functions.go` has the same functions.

use std::any::Any;

use gotpl::format::sprint_value;
use gotpl::value::types::{DICT, INT, INT64, LIST};
use gotpl::{
    Context, Entries, Error, Function, Functions, IntKind, Kind, Object, Signature, Text, Type,
    Value,
};

pub(crate) fn functions() -> Functions {
    Functions::builtin().with(FUNCTIONS)
}

const ANY: &[Type] = &[Type::Any];
const TEXT: &[Type] = &[Type::String];
const UINT8: Type = Type::Int(IntKind::Uint8);
const UINT64: Type = Type::Int(IntKind::Uint64);
const STRING_MAP: Type = Type::Map(&Type::String);

const FUNCTIONS: &[Function] = &[
    Function::variadic("dict", ANY, |_, args| {
        Ok(Value::map(
            args.chunks_exact(2)
                .map(|pair| (sprint_value(&pair[0]), pair[1].clone())),
        ))
    }),
    Function::variadic("list", ANY, |_, args| Ok(Value::list(args.to_vec()))),
    Function::fixed("fail", TEXT, |_, args| Err(Error::message(text(&args[0])))),
    Function::variadic("join", &[Type::String, Type::String], |_, args| {
        let parts: Vec<_> = args[1..].iter().map(bytes).collect();
        Ok(Text::from_bytes(parts.join(bytes(&args[0]))).into())
    }),
    Function::fixed("add", &[INT, INT], |_, args| {
        Ok(Value::int(int(&args[0]).wrapping_add(int(&args[1]))))
    }),
    Function::fixed("add64", &[INT64, INT64], |_, args| {
        Ok(Value::int64(int(&args[0]).wrapping_add(int(&args[1]))))
    }),
    Function::variadic("sum", &[INT], |_, args| {
        Ok(Value::int(args.iter().map(int).sum::<i64>()))
    }),
    Function::fixed("half", &[Type::Float64], |_, args| match args[0] {
        Value::Float(number) => Ok(Value::Float(number / 2.0)),
        _ => Err(Error::message("no float")),
    }),
    Function::fixed("negate", &[Type::Bool], |_, args| {
        Ok(Value::Bool(!args[0].truth()))
    }),
    Function::fixed("upper", TEXT, |_, args| {
        Ok(text(&args[0]).to_uppercase().into())
    }),
    Function::fixed("octet", &[UINT8], |_, args| Ok(args[0].clone())),
    Function::fixed("natural", &[UINT64], |_, args| Ok(args[0].clone())),
    Function::fixed("count", &[LIST], |_, args| {
        Ok(Value::int(
            args[0].as_list().map_or(0, |list| list.items().len()) as i64,
        ))
    }),
    Function::fixed("size", &[DICT], |_, args| {
        Ok(Value::int(
            args[0].as_map().map_or(0, |map| map.len()) as i64
        ))
    }),
    Function::fixed("words", TEXT, |_, args| {
        let text = args[0].as_text().cloned().unwrap_or_default();
        Ok(match text.as_str() {
            Some(text) => Value::strings(text.split_whitespace()),
            None => Value::strings(
                text.as_bytes()
                    .split(u8::is_ascii_whitespace)
                    .filter(|word| !word.is_empty()),
            ),
        })
    }),
    Function::fixed("labels", &[], |_, _| {
        let entries: Entries = [("app", "web"), ("tier", "front")]
            .map(|(key, value)| (Text::from(key), Value::from(value)))
            .into();
        Ok(Value::map_of(STRING_MAP, entries))
    }),
    Function::fixed("octets", TEXT, |_, args| Ok(Value::bytes(bytes(&args[0])))),
    Function::fixed("same", ANY, |_, args| Ok(args[0].clone())),
    Function::fixed("nothing", &[], |_, _| Ok(Value::Nil)),
    Function::fixed("thing", &[], |_, _| Ok(Value::object(Thing))),
];

fn text(value: &Value) -> String {
    value.as_text().map(Text::to_string).unwrap_or_default()
}

fn bytes(value: &Value) -> &[u8] {
    value.as_text().map(Text::as_bytes).unwrap_or_default()
}

fn int(value: &Value) -> i64 {
    match value {
        Value::Int(number, _) => *number,
        _ => 0,
    }
}

/// A value with fields and methods.
#[derive(Debug)]
struct Thing;

impl Object for Thing {
    fn type_of(&self) -> Type {
        Type::Named("main.Thing", Kind::Struct)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("Name", Value::from("lamp")),
            ("Count", Value::int(2)),
            (
                "Items",
                Value::list(vec![Value::from("a"), Value::Float(1.5), Value::Nil]),
            ),
        ]
    }

    fn method(&self, name: &str) -> Option<Signature> {
        Some(match name {
            "Get" | "Fail" => Signature::fixed(TEXT),
            "Add" => Signature::fixed(&[INT, INT]),
            "Join" => Signature::variadic(&[Type::String, Type::Any]),
            "Self" => Signature::fixed(&[]),
            _ => return None,
        })
    }

    fn call(&self, name: &str, _: &Context<'_>, args: &[Value]) -> Result<Value, Error> {
        match name {
            "Get" if text(&args[0]) == "lamp" => Ok("got lamp".into()),
            "Get" => Ok(Value::Nil),
            "Fail" => Err(Error::message(text(&args[0]))),
            "Add" => Ok(Value::int(2 + int(&args[0]) + int(&args[1]))),
            "Join" => {
                let parts: Vec<_> = args[1..].iter().map(sprint_value).collect();
                let parts: Vec<_> = parts.iter().map(Text::as_bytes).collect();
                Ok(Text::from_bytes(parts.join(bytes(&args[0]))).into())
            }
            _ => Ok(Value::object(Self)),
        }
    }
}
