//! JSON as the `encoding/json` of Go 1.27 reads and prints it: the package on top of `encoding/json/v2`, which Helm 4.3.1 is built
//! with. Its errors have other texts than those of Go 1.26, and numbers out of range leave more behind.

mod parse;
mod print;
mod problem;
mod text;

pub use parse::{JsonRead, from_json, from_json_prefix, kind, read_json, read_json_prefix};
pub(crate) use print::unsupported_number;
pub use print::{escape_json, to_json, to_json_pretty, to_json_raw};
