//! The objects that templates see: `.Files`, `.Capabilities` and the dot around them.

mod capabilities;
mod dot;
mod files;

pub(crate) use capabilities::template_capabilities;
pub(crate) use dot::{Root, Templates};
