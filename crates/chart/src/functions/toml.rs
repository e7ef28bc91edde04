//! TOML as github.com/BurntSushi/toml prints and reads it.

mod print;
mod read;

use gotpl::{Error, Function, Type, Value};

use super::args::{any, str};

const A: &[Type] = &[Type::Any];

/// The library asks for the type before anything else.
fn not_nil(args: &[Value]) -> Result<(), Error> {
    if any(args, 0).is_nil() {
        return Err(Error::message(
            "reflect: call of reflect.Value.Type on zero Value",
        ));
    }
    Ok(())
}

pub(super) const FUNCTIONS: &[Function] = &[
    // `toToml` gives the error's text in place of the result.
    Function::fixed("toToml", A, |_, args| {
        not_nil(args)?;
        Ok(print::to_toml(any(args, 0))
            .unwrap_or_else(|error| error)
            .into())
    }),
    Function::fixed("mustToToml", A, |_, args| {
        not_nil(args)?;
        print::to_toml(any(args, 0))
            .map(Value::from)
            .map_err(Error::message)
    }),
    Function::fixed("fromToml", &[Type::String], |_, args| {
        Ok(read::from_toml(&str(args, 0))
            .unwrap_or_else(|error| Value::map([("Error", Value::from(error))])))
    }),
];
