//! Limits that keep an untrusted template from exhausting the machine.
//!
//! A fuzzer finds every one of them, again and again: under it (`cfg(fuzzing)`, see `fuzz/run`) the costly ones are low,
//! and so they are in the tests of this crate.

const LOW: bool = cfg!(any(fuzzing, test));

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

/// How much of another thread's stack an execution takes. Threads of the standard library have 2 MiB.
pub const SMALL_STACK_BYTES: usize = 1 << 20;

/// What is left of the stack for functions and messages when a template is told that it nests too deep.
pub const STACK_RESERVE_BYTES: usize = 4 << 20;

/// How much one execution may write, nested templates included.
pub const MAX_OUTPUT_BYTES: usize = if LOW { 1 << 20 } else { 256 << 20 };

/// How many actions, commands and loop rounds one execution may evaluate.
pub const MAX_STEPS: u64 = if cfg!(test) {
    1_000_000
} else if LOW {
    100_000
} else {
    50_000_000
};

/// How large a string that a function builds may be, such as that of `repeat` or a padded `printf`.
pub const MAX_TEXT_BYTES: usize = if LOW { 1 << 20 } else { 64 << 20 };

/// How much text and how many lists the functions of one execution may make, counted in bytes.
///
/// All may be kept until the end, so this bounds the memory. Only what is larger than [`COUNTED_BYTES`] counts.
pub const MAX_MADE_BYTES: usize = if LOW { 16 << 20 } else { 2 << 30 };

/// Results of functions up to this size are not counted.
pub const COUNTED_BYTES: usize = 1 << 12;

/// How much text is kept in parsed form by one execution, for when the same text is rendered again.
pub const MAX_CACHED_TEXT_BYTES: usize = 8 << 20;

/// How many items a list that a function builds may have, such as that of `until`.
pub const MAX_LIST_ITEMS: usize = if LOW { 100_000 } else { 10_000_000 };

#[cfg(test)]
mod tests;
