//! One folder per outside thing, one heavy library each. Only `lib` builds them.

pub mod artifacts;
pub mod forge;
pub mod git;
pub mod http;
pub mod image_builder;
pub mod local_platform;
pub mod memory;
pub mod processes;
pub mod registry;
pub mod store;
