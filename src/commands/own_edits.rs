//! Edits of the user's own files, on their request: written so that nothing is half done, committed alone.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::failure::{Code, Exit, Failure};
use crate::files;
use crate::pack::adopt;
use crate::ports::git::Checkout;

/// One file that changes.
#[derive(Debug)]
pub(super) struct Edit {
    /// Relative to the repository.
    pub(super) path: String,
    /// As it is.
    pub(super) before: String,
    /// As it becomes.
    pub(super) after: String,
}

/// Writes the files that change, each at once; links are followed inside the repository.
pub(super) fn write(root: &Path, edits: &[Edit]) -> Result<(), Failure> {
    let changing: Vec<(PathBuf, &Edit)> = edits
        .iter()
        .filter(|edit| edit.before != edit.after)
        .map(|edit| Ok((root.join(adopt::real_path(root, &edit.path)?), edit)))
        .collect::<Result<_, Failure>>()?;
    for (path, _) in &changing {
        files::check_replace(path)?;
    }
    for (path, edit) in changing {
        files::replace_text(&path, &edit.after)?;
    }
    Ok(())
}

/// Writes the files and commits exactly them. What was written by the same command before it was interrupted is committed, too:
/// `is_ours` says for the last commit's text whether the edit makes of it what stands there now.
///
/// # Errors
/// A file with changes of the user's own.
pub(super) fn write_and_commit(
    context: &Context<'_>,
    checkout: &Checkout,
    root: &Path,
    edits: &[Edit],
    message: &str,
    is_ours: impl Fn(&str) -> bool,
) -> Result<(), Failure> {
    let git = &context.ports.git;
    git.version()?;
    git.identity(&checkout.root)?;
    let mut paths = Vec::new();
    for edit in edits {
        let path = adopt::real_path(root, &edit.path)?;
        let committed = match checkout.head.commit() {
            Some(head) => context
                .ports
                .objects
                .read_file(&checkout.root, head, &path)?,
            None => None,
        };
        let committed = committed.and_then(|bytes| String::from_utf8(bytes).ok());
        match committed.as_deref() {
            Some(text) if text == edit.after => {}
            Some(text) if text == edit.before || is_ours(text) => paths.push(PathBuf::from(path)),
            None if edit.before.is_empty() => paths.push(PathBuf::from(path)),
            _ => {
                return Err(
                    Failure::new(format!("{path} has changes that are not committed"))
                        .code(Code::GIT_CONFLICT)
                        .exit(Exit::Conflict)
                        .hint("commit or stash them first"),
                );
            }
        }
    }
    if paths.is_empty() {
        return Ok(());
    }
    git.check_writable(checkout)?;
    write(root, edits)?;
    let commit = git.commit(&checkout.root, &paths, message)?;
    let files: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    context.ui.say(format!(
        "committed {} as {}",
        files.join(", "),
        commit.short()
    ));
    Ok(())
}
