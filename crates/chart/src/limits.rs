//! What a chart may cost. Every limit has a name.

/// Most bytes of all files of a chart together, unpacked (Helm's `MaxDecompressedChartSize`).
pub const MAX_CHART_BYTES: u64 = 100 * 1024 * 1024;

/// Deepest nesting of folders in a chart folder; links that form a circle end here.
pub const MAX_FOLDER_DEPTH: usize = 64;

/// Deepest nesting of charts in charts/.
pub const MAX_SUBCHART_DEPTH: usize = 64;

/// Largest index of `--set a[INDEX]=x` (Helm's `MaxIndex`).
pub const MAX_SET_INDEX: i64 = 65_536;

/// Most dots in one name of `--set` (Helm's `MaxNestedNameLevel`).
pub const MAX_SET_NESTING: usize = 30;

/// Deepest nesting of lists that the indexes of one `--set` may ask for; Helm has no limit here, and every level takes stack.
pub const MAX_SET_INDEXES: usize = 300;

/// Deepest nesting of schemas while values are checked.
pub const MAX_SCHEMA_DEPTH: usize = 300;

/// How many times a schema may be asked about a value: references that fork over and over would never end.
pub const MAX_SCHEMA_STEPS: u64 = if cfg!(any(fuzzing, test)) {
    20_000
} else {
    5_000_000
};
