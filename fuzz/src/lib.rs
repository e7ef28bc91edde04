//! What every reader of outside bytes has to hold, as one `check(bytes)` per target.
//!
//! A check panics when a law is broken. Time and memory are libFuzzer's to watch (`-timeout`, `-rss_limit_mb`); the laws of a target
//! are in its module. Inputs that are several files are written as [`archive`] has them, so that seeds are texts to read.

pub mod annotations;
pub mod app_file;
pub mod archive;
pub mod chart_archive;
pub mod chart_render;
pub mod commits;
pub mod detect;
pub mod dockerfile;
pub mod environment;
pub mod forge_records;
pub mod import_plan;
pub mod import_record;
pub mod json;
pub mod log_lines;
pub mod pack_address;
pub mod pack_folder;
pub mod provenance;
pub mod schema;
pub mod tekton;
pub mod template;
pub mod values;
pub mod yaml;
pub mod yaml_edit;

/// The input as text; libFuzzer finds its way into UTF-8 faster through a lossy door than through a closed one.
pub(crate) fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The input cut in two at the first NUL: a small part that steers and a text.
pub(crate) fn two_parts(bytes: &[u8]) -> (&[u8], &[u8]) {
    bytes
        .iter()
        .position(|byte| *byte == 0)
        .map_or((&[][..], bytes), |at| (&bytes[..at], &bytes[at + 1..]))
}
