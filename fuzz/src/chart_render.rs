//! Charts with their templates, sprig and Helm functions: a list of files, loaded and rendered with its own values.
//!
//! Laws: no more than no panic, and ends within the engine's limits; functions of chance and of the time forbid a second run.

use chart::{Capabilities, RenderOptions};

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let mut files = crate::archive::files(&crate::text(bytes));
    if !files.iter().any(|(path, _)| path == "Chart.yaml") {
        let metadata = "apiVersion: v2\nname: c\nversion: 1.0.0\n";
        files.push(("Chart.yaml".to_owned(), metadata.to_owned()));
    }
    let Ok(chart) = chart::load_archive(&crate::archive::packed(&files)) else {
        return;
    };
    let options = RenderOptions {
        release: "r".to_owned(),
        namespace: "n".to_owned(),
        capabilities: Capabilities::default(),
        ..RenderOptions::default()
    };
    let _ = chart::render(&chart, &options, &mut Vec::new());
}
