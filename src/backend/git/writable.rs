//! Whether a checkout takes a commit and a remote: asked before an import writes its first file, so that it does not end half-way.

use std::path::Path;

use git2::Repository;

use crate::files::{self, check_append, check_replace};
use crate::ports::git::{GitError, Head};

/// Asks for every place in `.git` that a commit, a remote and a push change. Nothing is written for it.
pub(super) fn check(root: &Path, head: &Head) -> Result<(), GitError> {
    let repository = Repository::open(root)
        .map_err(|error| super::objects::failed("open the repository", root, error))?;
    // The same folder but in a linked work tree, which shares objects, branches and settings with the main one.
    let (own, shared) = (repository.path(), repository.commondir());
    check_replace(&own.join("index"))?;
    for appended in ["COMMIT_EDITMSG", "logs/HEAD"] {
        check_append(&own.join(appended))?;
    }
    check_replace(&shared.join("config"))?;
    if let Some(branch) = head.branch() {
        let reference = branch.reference();
        check_replace(&shared.join(reference.as_str()))?;
        check_append(&shared.join("logs").join(reference.as_str()))?;
    }
    check_replace(&shared.join("refs/remotes/any"))?;
    // One call of git as another user leaves folders there that are not ours; any of them can be the one that is needed.
    let objects = shared.join("objects");
    check_replace(&objects.join("any"))?;
    for folder in files::list_dir(&objects)? {
        if folder.file_name().is_some_and(|name| name.len() == 2) {
            check_replace(&folder.join("any"))?;
        }
    }
    Ok(())
}
