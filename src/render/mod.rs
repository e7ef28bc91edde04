//! Charts to documents. The only user of `crates/chart` besides packaging.
//!
//! [`helm`] is `helm template`: its command line, texts and status. [`documents`] is ours: the same engine, errors as
//! values.

pub mod documents;
pub mod helm;
pub mod kube_context;

pub use documents::{Documents, RenderError, Request, render};
