//! Values with a Go type of their own: fields, methods, a way to print.

use std::any::Any;
use std::fmt;

use super::{Kind, Text, Type, Value};
use crate::{Context, Error};

/// The parameters of a function or method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The types of the parameters; of a variadic function the last one is the type of each further argument.
    pub params: &'static [Type],
    /// Whether the last parameter takes any number of arguments.
    pub variadic: bool,
}

impl Signature {
    /// A fixed number of parameters.
    pub const fn fixed(params: &'static [Type]) -> Self {
        Self {
            params,
            variadic: false,
        }
    }

    /// The last parameter repeats.
    pub const fn variadic(params: &'static [Type]) -> Self {
        Self {
            params,
            variadic: true,
        }
    }
}

/// A value that is no plain data: `.Files`, `.Capabilities`, times, versions, certificates.
pub trait Object: fmt::Debug + Send + Sync + 'static {
    /// Go's type, as `printf "%T"` prints it.
    fn type_of(&self) -> Type;

    /// The object itself, for functions that take one of its type.
    fn as_any(&self) -> &dyn Any;

    /// The exported fields in Go's order.
    fn fields(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    /// The fields that are printed: the unexported ones as well.
    fn printed_fields(&self) -> Vec<(&'static str, Value)> {
        self.fields()
    }

    /// The value of one field.
    fn field(&self, name: &str) -> Option<Value> {
        self.fields()
            .into_iter()
            .find(|(field, _)| *field == name)
            .map(|(_, value)| value)
    }

    /// The signature of a method, `None` where there is none of that name. Methods hide fields and keys.
    fn method(&self, _name: &str) -> Option<Signature> {
        None
    }

    /// Calls a method with arguments that fit its signature.
    fn call(&self, name: &str, _context: &Context<'_>, _args: &[Value]) -> Result<Value, Error> {
        Err(Error::message(format!(
            "{} has no method {name}",
            self.type_of()
        )))
    }

    /// What Go's `String()` returns, for types that have it.
    fn display(&self) -> Option<String> {
        None
    }

    /// Whether only a pointer to the value has `String()`: an action finds it, a print function does not.
    fn display_needs_address(&self) -> bool {
        false
    }

    /// The plain data below the type's name: the map of `.Files`, the number of a duration, the list of a version set.
    fn plain(&self) -> Option<Value> {
        None
    }

    /// The entry of a key, for types below whose name is a map.
    fn entry(&self, key: &Text) -> Option<Value> {
        match self.plain() {
            Some(Value::Map(map)) => map.get(key.as_bytes()),
            _ => None,
        }
    }

    /// What Go's JSON encoder prints, for types that decide it themselves. Others print their fields.
    fn json(&self) -> Option<Value> {
        None
    }

    /// Whether Go's `==` takes values of the type at all. It refuses maps, slices, and structs that have such a field.
    fn is_comparable(&self) -> bool {
        match self.kind() {
            Kind::Map | Kind::Slice | Kind::Func => false,
            Kind::Struct => !self
                .printed_fields()
                .iter()
                .any(|(_, value)| matches!(value, Value::List(_) | Value::Map(_))),
            _ => true,
        }
    }

    /// Whether Go's `==` finds the two equal.
    fn equals(&self, _other: &dyn Object) -> bool {
        false
    }

    /// The kind below the type's name.
    fn kind(&self) -> Kind {
        self.type_of().kind()
    }
}
