//! Keys and certificates.

use gotpl::Function;

pub(super) const FUNCTIONS: &[Function] = &[];
