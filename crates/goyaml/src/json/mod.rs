//! JSON as Go's `encoding/json` reads and prints it.

mod parse;
mod print;

pub use parse::{from_json, from_json_prefix, kind};
pub(crate) use print::unsupported_number;
pub use print::{escape_json, to_json, to_json_pretty, to_json_raw};
