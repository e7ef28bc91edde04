//! What an input may cost. Every limit has a name, so that an error can say which one was hit.

/// Deepest nesting that the readers and printers follow. go-yaml stops at 10,000; no real document is near either.
pub const MAX_DEPTH: usize = 1_000;

/// Largest text that the YAML reader takes, in bytes.
pub const MAX_INPUT_BYTES: usize = 64 * 1024 * 1024;

/// Most text that aliases may add to a document, in bytes.
pub const MAX_ALIAS_BYTES: usize = 64 * 1024 * 1024;

/// Longest distance, in characters, between a simple key and its `:` (libyaml).
pub(crate) const MAX_SIMPLE_KEY_CHARS: usize = 1_024;

/// A key printed on one line has at most this many bytes, longer ones take the `? key` form (go-yaml's printer).
pub(crate) const MAX_PRINTED_SIMPLE_KEY_BYTES: usize = 128;

/// Below this many decoded nodes, nearly all of them may come from aliases (go-yaml's `alias_ratio_range_low`).
pub(crate) const ALIAS_RATIO_LOW: usize = 400_000;

/// From this many decoded nodes on, only a tenth may come from aliases (go-yaml's `alias_ratio_range_high`).
pub(crate) const ALIAS_RATIO_HIGH: usize = 4_000_000;
