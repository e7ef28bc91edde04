//! YAML text to a node tree, as go-yaml v2 reads it.
//!
//! The stages are libyaml's, with the differences of go-yaml (helm.sh/helm/v4 uses go.yaml.in/yaml/v2 2.4.4 through
//! sigs.k8s.io/yaml): [`input`] checks the characters, [`scanner`] makes tokens, [`parser`] makes events,
//! [`compose`] makes nodes.

mod collections;
pub(crate) mod compose;
mod documents;
mod fetch;
mod input;
mod parser;
mod scan_scalar;
mod scan_tag;
mod scanner;
mod simple_key;
mod token;

pub use token::{Mark, ScalarStyle};
