//! Detection over a repository that somebody made to hurt: a list of files.
//!
//! Laws: the same answer twice; every folder and file that the answer names is there; the answer prints as JSON.

use landfall::pack::detect::detect;
use landfall::project::Project;

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let files = crate::archive::files(&crate::text(bytes));
    let project = Project::in_memory("app", files);
    let found = detect(&project, &[]);
    let json = serde_json::to_value(&found).expect("an answer prints");
    let again = serde_json::to_value(detect(&project, &[])).expect("an answer prints");
    assert_eq!(json, again, "the same answer twice");
    if let Some(dockerfile) = &found.dockerfile {
        assert!(project.has(dockerfile), "{dockerfile} is not there");
    }
    for dir in found
        .apps
        .iter()
        .map(|app| &app.dir)
        .chain(found.candidates.iter().map(|candidate| &candidate.dir))
    {
        let prefix = format!("{dir}/");
        let is_there = dir == "." || project.files().iter().any(|file| file.starts_with(&prefix));
        assert!(is_there, "{dir:?} is no folder");
    }
}
