//! Tekton v1 as data: model, admission, substitution, graph and statuses. Runs nothing.
pub mod admission;
mod decode;
mod graph;
mod md5;
mod merge;
pub mod model;
mod names;
mod objects;
mod text;

pub use decode::{DecodeError, DecodeErrorKind};
pub use objects::{Data, Documents, Objects, ReadError, Run, Undecodable};
