//! Go's `text/template` and `fmt` in Rust. Knows neither Helm nor YAML.
//!
//! ```
//! use std::sync::Arc;
//! use gotpl::{Functions, MissingKey, TemplateSet, Value};
//!
//! let mut set = TemplateSet::new("example", Functions::builtin(), MissingKey::Zero);
//! set.parse("hello", "Hello {{.name | printf \"%q\"}}!{{range $i, $x := .list}} {{$i}}={{$x}}{{end}}")?;
//! let data = Value::map([
//!     ("name", Value::from("Gopher")),
//!     ("list", Value::strings(["a", "b"])),
//! ]);
//! let text = Arc::new(set).execute("hello", &data, &())?;
//! assert_eq!(text, "Hello \"Gopher\"! 0=a 1=b");
//! # Ok::<(), gotpl::Error>(())
//! ```
//!
//! # From text to output
//!
//! * `lex` cuts a text into tokens and applies the trim markers; `parse` makes a tree of them. Both are ports of Go's and
//!   stop at the first error with Go's message. Function names are resolved here, so the functions have to be known when
//!   a text is parsed. A text gives one tree for itself and one for each `define` and `block`.
//! * A [`TemplateSet`] holds the trees by name and the [`Functions`] they may call.
//! * [`TemplateSet::execute`] walks a tree: `exec` evaluates pipelines, calls functions and methods, and writes into one
//!   buffer. There is no bytecode.
//! * [`mod@format`] prints values as `fmt` does, [`builtin`] holds the functions every template has.
//!
//! # Values
//!
//! A [`Value`] is a Go value with its [`Type`]: messages and `printf "%T"` name types, and `eq` compares kinds. Lists are
//! immutable and shared; maps are shared and change in place, as Go's do. [`Value::Nil`] is an interface that holds nil,
//! [`Value::Absent`] no value at all: a field of the one is an error, of the other it is not. Strings are bytes, see
//! [`Text`]. A type with fields and methods of its own is an [`Object`].
//!
//! # Functions
//!
//! A function says what it takes, so that numbers and types of arguments are checked, with Go's messages, before it runs:
//!
//! ```
//! use std::sync::Arc;
//! use gotpl::{Error, Function, Functions, INT, MissingKey, TemplateSet, Type, Value};
//!
//! const FUNCTIONS: &[Function] = &[Function::fixed("repeat", &[INT, Type::String], |_, args| {
//!     match args {
//!         [Value::Int(count @ 0..=99, _), Value::Str(text)] => {
//!             Ok(text.to_str().repeat(*count as usize).into())
//!         }
//!         _ => Err(Error::message("repeat takes a count below 100")),
//!     }
//! })];
//!
//! let mut set = TemplateSet::new("example", Functions::builtin().with(FUNCTIONS), MissingKey::Zero);
//! set.parse("t", "{{\"ab\" | repeat 3}}")?;
//! set.parse("broken", "{{repeat 3 4}}")?;
//! let set = Arc::new(set);
//! assert_eq!(set.execute("t", &Value::Nil, &())?, "ababab");
//! assert_eq!(
//!     set.execute("broken", &Value::Nil, &()).unwrap_err().to_string(),
//!     "template: broken:1:11: executing \"broken\" at <4>: expected string; found 4",
//! );
//! # Ok::<(), Error>(())
//! ```
//!
//! A function may run other templates of the set through its [`Context`], which also carries what the caller of the
//! execution handed in.
//!
//! # Limits
//!
//! Templates are not trusted. [`limits`] bounds what one can use up: nesting, steps, output, sizes of what functions make,
//! the stack. What goes beyond is an error, never a panic. Deep recursion of templates needs [`run_with_stack`].
//!
//! # Proof
//!
//! `tests/language` holds thousands of templates with what Go makes of each, output or message, and `tests/oracle` the Go
//! program that wrote it down and that the fuzzer asks. [`Error`] has Go's texts, letter by letter.

pub mod builtin;
mod context;
mod error;
mod exec;
pub mod format;
mod function;
mod lex;
pub mod limits;
mod literal;
pub mod number;
mod parse;
pub mod quote;
mod set;
mod stack;
mod trace;
mod tree;
mod unicode;
pub mod value;

pub use context::{Context, TextError};
pub use error::{Error, ErrorKind};
pub use function::{Body, Function, Functions};
pub use set::{MissingKey, Parsed, TemplateSet};
pub use stack::run_with_stack;
pub use trace::{Origins, Place, Trace};
pub use value::types::{DICT, INT, LIST};
pub use value::{
    Entries, IntKind, Kind, List, Map, Object, Signature, Text, Type, Value, decode_lossy, types,
};
