//! Variables in texts: finding them and putting values in their place.

mod expand;
mod references;
mod replacements;
mod result_ref;

pub(crate) use expand::expand_environment;
pub(crate) use references::{
    Reference, array_index_references, expressions, first_index, references, trim_indexes,
};
pub(crate) use replacements::{PARAM_PATTERNS, Replacements, TASK_PARAM_PATTERNS, pattern_key};
pub(crate) use result_ref::{ResultRef, looks_like_result_ref, result_refs, step_result_refs};
