//! Charts to documents. The only user of `crates/chart` besides packaging.
//!
//! [`helm`] is `helm template` and [`dependency`] is `helm dependency`: command line, texts and status. [`lint`] is `helm lint` with what it
//! does not say. [`provenance`] is `--verify`. [`documents`] is ours: the same engine, errors as values.

pub mod dependency;
pub mod documents;
mod drawing;
pub mod explain;
pub mod helm;
pub mod kube_context;
pub mod lint;
pub mod provenance;
mod unknown;

pub use chart::TemplateCache;
pub use documents::{Documents, RenderError, Request, read, render, render_all};
pub use drawing::{Drawing, Frame, value_paths};
pub use unknown::{Unknown, unknown};
