//! Charts to documents. The only user of `crates/chart` besides packaging.
//!
//! [`helm`] is `helm template`: its command line, texts and status. [`documents`] is ours: the same engine, errors as
//! values. [`lint`] is `helm lint` with what it does not say.

pub mod documents;
pub mod helm;
pub mod kube_context;
pub mod lint;

pub use documents::{Documents, RenderError, Request, render};
