//! The functions that templates may call.

use std::collections::HashMap;
use std::fmt;

use crate::builtin;
use crate::value::{Signature, Value};
use crate::{Context, Error};

/// The body of a function. The arguments fit its signature: their number and types were checked.
///
/// A parameter that can be nil in Go (a map, a list, `interface {}`) may hold [`Value::Nil`].
pub type Body = fn(&Context<'_>, &[Value]) -> Result<Value, Error>;

/// One function: its name, its parameters and its body.
pub struct Function {
    /// The name in templates.
    pub name: &'static str,
    /// The parameters.
    pub signature: Signature,
    /// The body.
    pub body: Body,
    pub(crate) special: Special,
}

/// Builtins that the evaluator itself carries out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Special {
    None,
    /// Stops at the first false argument.
    And,
    /// Stops at the first true argument.
    Or,
    /// Names its first argument in errors.
    Call,
    /// Takes no index out of an `interface {}`.
    Slice,
}

impl Function {
    /// A function whose parameters all have to be given.
    pub const fn fixed(name: &'static str, params: &'static [crate::Type], body: Body) -> Self {
        Self {
            name,
            signature: Signature::fixed(params),
            body,
            special: Special::None,
        }
    }

    /// A function whose last parameter takes any number of arguments.
    pub const fn variadic(name: &'static str, params: &'static [crate::Type], body: Body) -> Self {
        Self {
            name,
            signature: Signature::variadic(params),
            body,
            special: Special::None,
        }
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Function")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// The functions of a template set by name. Go's own builtins are always there and can be replaced.
#[derive(Clone, Debug)]
pub struct Functions {
    by_name: HashMap<&'static str, &'static Function>,
}

impl Default for Functions {
    fn default() -> Self {
        Self::builtin()
    }
}

impl Functions {
    /// Go's builtins alone.
    pub fn builtin() -> Self {
        Self {
            by_name: HashMap::new(),
        }
        .with(builtin::FUNCTIONS)
    }

    /// Adds a table; a name that is there already is replaced.
    #[must_use]
    pub fn with(mut self, table: &'static [Function]) -> Self {
        self.by_name
            .extend(table.iter().map(|function| (function.name, function)));
        self
    }

    /// The function of a name.
    pub fn get(&self, name: &str) -> Option<&'static Function> {
        self.by_name.get(name).copied()
    }

    /// All names, in no order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.by_name.keys().copied()
    }
}
