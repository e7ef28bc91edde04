//! The functions of text/template itself.

mod compare;
mod escape;
mod index;

use crate::format::{sprint, sprintf, sprintln};
use crate::function::{Function, Special};
use crate::limits::MAX_TEXT_BYTES;
use crate::value::{Signature, Text, Type, Value};
use crate::{Context, Error};

pub use compare::equals;
pub use escape::{html_escape, js_escape, query_escape};
pub(crate) use index::{call_error, slice};

type Result = std::result::Result<Value, Error>;

const ANY: &[Type] = &[Type::Any];
const REFLECT: &[Type] = &[Type::Reflect];
const REFLECT_2: &[Type] = &[Type::Reflect, Type::Reflect];

/// The builtins of text/template.
pub(crate) const FUNCTIONS: &[Function] = &[
    special("and", REFLECT_2, Special::And),
    special("or", REFLECT_2, Special::Or),
    special("call", REFLECT_2, Special::Call),
    Function::fixed("not", REFLECT, |_, args| Ok(Value::Bool(!args[0].truth()))),
    Function::variadic("eq", REFLECT_2, |_, args| compare::eq(args)),
    Function::fixed("ne", REFLECT_2, |_, args| compare::ne(args)),
    Function::fixed("lt", REFLECT_2, |_, args| compare::lt(args)),
    Function::fixed("le", REFLECT_2, |_, args| compare::le(args)),
    Function::fixed("gt", REFLECT_2, |_, args| compare::gt(args)),
    Function::fixed("ge", REFLECT_2, |_, args| compare::ge(args)),
    Function::variadic("index", REFLECT_2, |_, args| index::index(args)),
    special("slice", REFLECT_2, Special::Slice),
    Function::fixed("len", REFLECT, |_, args| index::len(&args[0])),
    Function::variadic("print", ANY, |_, args| bounded("print", sprint(args))),
    Function::variadic("println", ANY, |_, args| bounded("println", sprintln(args))),
    Function::variadic("printf", &[Type::String, Type::Any], printf),
    Function::variadic("html", ANY, |_, args| escaped("html", args, html_escape)),
    Function::variadic("js", ANY, |_, args| escaped("js", args, js_escape)),
    Function::variadic("urlquery", ANY, |_, args| {
        escaped("urlquery", args, query_escape)
    }),
];

const fn special(name: &'static str, params: &'static [Type], special: Special) -> Function {
    Function {
        name,
        signature: Signature::variadic(params),
        body: |_, _| Ok(Value::Absent),
        special,
    }
}

fn printf(_: &Context<'_>, args: &[Value]) -> Result {
    match args.split_first() {
        Some((Value::Str(format), values)) => sprintf(format, values).map(Value::from),
        _ => Ok(Value::from("")),
    }
}

/// Escapes the text that `print` would make of the arguments.
fn escaped(name: &str, args: &[Value], escape: fn(&[u8]) -> Vec<u8>) -> Result {
    let text = match args {
        [Value::Str(text)] => text.clone(),
        args => {
            let shown: Vec<Value> = args
                .iter()
                .map(|value| {
                    if value.is_nil() {
                        "<no value>".into()
                    } else {
                        value.clone()
                    }
                })
                .collect();
            Text::from_bytes(sprint(&shown))
        }
    };
    if text.len() > MAX_TEXT_BYTES {
        return Err(too_long(name));
    }
    bounded(name, escape(text.as_bytes()))
}

/// The text that a function made, if it is not too long.
fn bounded(name: &str, bytes: Vec<u8>) -> Result {
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(too_long(name));
    }
    Ok(Text::from_bytes(bytes).into())
}

fn too_long(name: &str) -> Error {
    Error::message(format!("{name} makes more than {MAX_TEXT_BYTES} bytes"))
}

#[cfg(test)]
mod tests;
