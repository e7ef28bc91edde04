//! Every file that a pack gives for a set of values, whatever the repository has.

use std::collections::BTreeMap;

use crate::template::Templates;

use super::error::PackError;
use super::model::{Pack, Role};
use super::plan;
use super::values::{self, PlanValue};

/// A file as the pack gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedFile {
    /// What is in it.
    pub text: String,
    /// The file of the pack.
    pub origin: String,
    /// What it is for.
    pub role: Option<Role>,
}

/// The files by the path that they go to.
///
/// # Errors
/// A template that cannot be rendered, or a path that leads out of the repository.
pub fn render_files(
    pack: &Pack,
    values: &[PlanValue],
) -> Result<BTreeMap<String, RenderedFile>, PackError> {
    let templates = Templates::default();
    let (context, _) = values::context(pack, values, &templates)?;
    let app = context["app"].as_str().unwrap_or_default().to_owned();
    let site = values::site(values);
    let mut files = BTreeMap::new();
    for item in &pack.files {
        let Some(text) = plan::render(item, &context, &templates)? else {
            continue;
        };
        let path = plan::target(item, &app, &pack.name);
        plan::check_path(pack, &path)?;
        let (origin, role) = (item.origin.clone(), item.role);
        let path = site.place(&app, &path);
        files.insert(path, RenderedFile { text, origin, role });
    }
    Ok(files)
}
