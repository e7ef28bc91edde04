//! Go's `text/template` and `fmt` in Rust: lexer, parser, tree, evaluator and values. Knows neither Helm nor YAML.
//!
//! A [`TemplateSet`] holds parsed templates and the [`Functions`] they may call; [`TemplateSet::execute`] runs one on a
//! [`Value`]. Data flows one way: `lex` → `parse` → `tree` → `exec`, with `format` for what is printed and `builtin` for
//! the functions of Go itself. Texts of errors are Go's, see [`Error`]. [`limits`] bounds what an untrusted template
//! can use up.

pub mod builtin;
mod context;
mod error;
mod exec;
pub mod format;
mod function;
mod lex;
pub mod limits;
pub mod number;
mod parse;
pub mod quote;
mod set;
mod stack;
mod trace;
mod tree;
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
