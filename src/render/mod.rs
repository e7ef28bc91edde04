//! Charts to documents. The only user of `crates/chart` besides packaging.
//!
//! [`helm`] is `helm template` and [`dependency`] is `helm dependency`: command line, texts and status. [`documents`] is ours: the same engine, errors as
//! values.

pub mod dependency;
pub mod documents;
pub mod helm;

pub use documents::{Documents, RenderError, Request, render};
