//! Implementations of ports: one folder per outside thing, one heavy library each.

pub mod artifacts;
pub mod git;
