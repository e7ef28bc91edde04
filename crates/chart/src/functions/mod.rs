//! The functions that charts may call.

use gotpl::Functions;

/// What functions keep during one render.
#[derive(Debug, Default)]
pub(crate) struct Environment {}

/// All functions.
pub(crate) fn functions() -> Functions {
    Functions::builtin()
}
