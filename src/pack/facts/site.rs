//! The folder of a static site.

use crate::project::Folder;

use super::Fact;

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    let root = [".", "public", "site", "src", "www"]
        .into_iter()
        .find(|root| {
            folder.has(&if *root == "." {
                "index.html".to_owned()
            } else {
                format!("{root}/index.html")
            })
        })
        .unwrap_or(".");
    vec![Fact::new("site.root", root, "index.html is there")]
}
