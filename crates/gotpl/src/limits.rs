//! Limits that keep an untrusted template from exhausting the machine.
//!
//! A fuzzer finds every one of them, again and again: under it (`cfg(fuzzing)`, see `fuzz/run`) the costly ones are low.

/// How deep actions, parentheses and `else if` chains may be nested. Go allows 10,000 parentheses.
pub const MAX_PARSE_DEPTH: usize = 200;

/// How deep templates may call one another, `include` and `tpl` counted as well.
///
/// Go stops at [`GO_TEMPLATE_DEPTH`] and its message says so, which ours repeats; no chart that ends needs more than this.
pub const MAX_TEMPLATE_DEPTH: usize = 10_000;

/// The same on a thread that [`crate::run_with_stack`] did not start.
pub const SMALL_STACK_TEMPLATE_DEPTH: usize = 40;

/// The depth that Go's message names.
pub const GO_TEMPLATE_DEPTH: usize = 100_000;

/// How deep values are followed by printers, which a map that contains itself would never end.
pub const MAX_VALUE_DEPTH: usize = 500;

/// The stack that [`crate::run_with_stack`] reserves. Pages are touched only when used.
pub const STACK_BYTES: usize = 512 << 20;

/// How much one execution may write, nested templates included.
pub const MAX_OUTPUT_BYTES: usize = if cfg!(fuzzing) { 1 << 20 } else { 256 << 20 };

/// How many actions, commands and loop rounds one execution may evaluate.
pub const MAX_STEPS: u64 = if cfg!(fuzzing) { 100_000 } else { 50_000_000 };

/// How large a string that a function builds may be, such as that of `repeat` or a padded `printf`.
pub const MAX_TEXT_BYTES: usize = if cfg!(fuzzing) { 1 << 20 } else { 64 << 20 };

/// How many items a list that a function builds may have, such as that of `until`.
pub const MAX_LIST_ITEMS: usize = if cfg!(fuzzing) { 100_000 } else { 10_000_000 };
