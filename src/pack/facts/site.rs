//! The folder of a static site, and what builds it.

use crate::pack::detect::generator;
use crate::project::Folder;

use super::{Fact, generator as built};

pub(super) fn facts(folder: &Folder<'_>) -> Vec<Fact> {
    if let Some((generator, config)) = generator::find(folder) {
        return built::facts(folder, generator, config);
    }
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
