//! The files of a repository, as every command sees them that asks what a repository is.

use std::path::Path;

use crate::context::Context;
use crate::failure::Failure;
use crate::project::Project;

/// The project in `folder`: what Git tracks there, else what lies there.
///
/// # Errors
/// A folder or an index that cannot be read.
pub(super) fn load(context: &Context<'_>, folder: &Path) -> Result<Project, Failure> {
    crate::files::check_folder(folder)?;
    let _progress = context.ui.progress("reading the repository");
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    // A bare or broken repository around the folder says nothing about the files in it.
    let Some(checkout) = context.ports.git.discover(&real).ok().flatten() else {
        return Ok(Project::load(folder)?);
    };
    let top = checkout
        .root
        .canonicalize()
        .unwrap_or_else(|_| checkout.root.clone());
    let prefix = match real.strip_prefix(&top).ok().and_then(Path::to_str) {
        Some("") => String::new(),
        Some(below) => format!("{below}/"),
        None => return Ok(Project::load(folder)?),
    };
    let tracked = context.ports.git.tracked(&checkout.root)?;
    Ok(Project::of_tracked(folder, &prefix, tracked)?)
}
