//! Tekton v1 as data: model, admission, substitution, graph and statuses. Runs nothing.
pub mod admission;
mod apply;
mod decode;
mod graph;
mod matrix;
mod md5;
mod merge;
pub mod model;
mod names;
mod objects;
mod read;
pub mod run;
mod text;
mod unsupported;

pub use decode::{DecodeError, DecodeErrorKind};
pub use objects::{Data, Documents, Objects, ReadError, Run, Undecodable};
pub use read::{MAX_FILE_BYTES, SourceDocument, TextError, read_documents};
pub use unsupported::{Unsupported, unsupported};
