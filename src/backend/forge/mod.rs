//! Forges: one file or folder each, all of the same shape.

mod local;

pub use local::LocalForge;
