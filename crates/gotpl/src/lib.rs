//! Go's `text/template` and `fmt` in Rust: lexer, parser, tree, evaluator and values. Knows neither Helm nor YAML.

mod context;
mod error;
pub mod quote;
pub mod value;

pub use context::Context;
pub use error::{Error, ErrorKind};
pub use value::{Entries, IntKind, Kind, List, Map, Object, Signature, Text, Type, Value, types};
