//! Variables in texts: finding them and putting values in their place.

mod expand;
mod references;
mod replacements;
mod result_ref;

pub use expand::expand_environment;
pub use references::{
    Reference, array_index_references, exact_expression, expressions, first_index, references,
    trim_indexes,
};
pub use replacements::{PARAM_PATTERNS, Replacements, TASK_PARAM_PATTERNS, pattern_key};
pub use result_ref::{ResultRef, looks_like_result_ref, result_refs, step_result_refs};
