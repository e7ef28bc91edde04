//! Helm charts: load, values, dependencies, functions, objects, render and errors, byte-equal to Helm 4.3.1.
//!
//! - [`load()`], [`load_archive`]: a folder or a packed chart to a [`Chart`] (`load.rs`, `generation.rs`, `folder.rs`, `archive.rs`,
//!   `ignore.rs`, `metadata.rs`).
//! - [`values`]: values files and the `--set` family to one map (`values/`, `set/`).
//! - [`render()`]: dependencies (`dependencies.rs`), defaults (`values/coalesce.rs`), schema (`schema.rs`), templates
//!   (`engine.rs`, `objects/`, `functions/`), documents and hooks (`manifest/`, `kind_order.rs`).
//! - [`Lock`], [`Index`]: lock files with their digest, and the index of a chart repository (`lock.rs`, `index.rs`).
//! - [`provenance_sums`]: what a signed provenance file says about a packed chart (`sums.rs`).
//! - [`lint`]: what `helm lint` finds, rule by rule.
//! - [`Profile`]: which version of Helm is meant (`profile.rs`).
//! - [`semver`] and [`glob`]: versions, constraints and file patterns as Go's libraries have them.
//! - [`limits`]: what a chart may cost.
//!
//! # Example
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! # std::fs::create_dir(folder.join("templates"))?;
//! std::fs::write(folder.join("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n")?;
//! std::fs::write(folder.join("templates/a.yaml"), "kind: A\nname: {{ .Release.Name }}-{{ .Values.tag }}\n")?;
//!
//! let chart = chart::load(folder)?;
//! let layers = chart::values::Layers {
//!     set: vec!["tag=2".to_owned()],
//!     ..Default::default()
//! };
//! let options = chart::RenderOptions {
//!     release: "blue".to_owned(),
//!     namespace: "default".to_owned(),
//!     values: chart::values::merge(&layers, &|name| unreachable!("no file is named: {name}"))?,
//!     ..Default::default()
//! };
//! let mut log = Vec::new();
//! let rendered = chart::render(&chart, &options, &mut log)?;
//! assert_eq!(rendered.manifests[0].content, "kind: A\nname: blue-2\n");
//! # Ok(())
//! # }
//! ```
//!
//! Behaviour and texts follow helm.sh/helm/v4 at v4.3.1; each file names the Go file it follows.

mod archive;
mod cache;
mod capabilities;
mod content_type;
mod decode;
mod dependencies;
mod dependency;
mod duplicates;
mod engine;
mod error;
mod folder;
mod functions;
mod generation;
pub mod glob;
mod ignore;
mod index;
mod invalid;
mod kind_order;
pub mod limits;
mod links;
pub mod lint;
mod load;
mod lock;
mod manifest;
mod metadata;
mod model;
mod names;
mod objects;
mod package;
mod profile;
mod render;
mod schema;
pub mod semver;
mod set;
mod sums;
mod trace;
pub mod values;
mod warning;

pub use cache::TemplateCache;
pub use capabilities::{Capabilities, KubeVersion};
pub use dependency::{Dependency, Maintainer};
pub use duplicates::{DuplicateKey, duplicate_keys};
pub use engine::Output;
pub use error::{Error, NotLoaded};
pub use functions::Reproducible;
pub use gotpl::{Error as TemplateError, ErrorKind as TemplateErrorKind, Origins, Place};
pub use index::{Index, IndexEntry};
pub use load::{load, load_any_generation, load_archive, load_archive_logged, load_logged, unpack};
pub use lock::{Lock, requirements_digest, requirements_digest_v2};
pub use manifest::{Hook, HookEvent, Manifest, split_documents};
pub use metadata::Metadata;
pub use model::{Chart, File};
pub use names::release_name;
pub use package::{Package, Stamp, pack_folder, package};
pub use profile::Profile;
pub use render::{RenderOptions, Rendered, render};
pub use sums::provenance_sums;
pub use warning::{Level, Warning};

/// Whether Chart.yaml declares dependencies that charts/ does not hold.
pub fn lacks_dependencies(chart: &Chart) -> bool {
    dependencies::check_present(chart).is_err()
}

/// A text between double quotes as Go's `%q` prints it.
pub fn go_quote(text: &str) -> String {
    gotpl::quote::quote(text.as_bytes())
}
