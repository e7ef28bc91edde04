//! `.landfall/app.yaml`.
//!
//! Law: what was read prints and reads back as the same; no path of it is collected from outside the repository.

use std::path::Path;

use landfall::pack::AppFile;
use landfall::yaml;

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let text = crate::text(bytes);
    let path = Path::new(AppFile::PATH);
    let Ok(app) = yaml::parse::<AppFile>(&text, path) else {
        return;
    };
    let printed = yaml::print(&app).expect("a description prints");
    let read: AppFile = yaml::parse(&printed, path)
        .unwrap_or_else(|error| panic!("prints what does not read: {error}\n{printed}"));
    assert_eq!(read, app, "{printed}");
    thread_local! {
        static ROOT: tempfile::TempDir = tempfile::tempdir().expect("a folder");
    }
    // The repository is empty: whatever is found lies outside of it.
    ROOT.with(|root| {
        if let Ok(found) = app.collect(root.path()) {
            assert!(found.is_empty(), "{found:?}");
        }
    });
}
