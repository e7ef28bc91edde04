//! What can be found wrong with a pack without running anything of it: what it writes for every choice that its variables offer.
//!
//! The chart and the pipelines are judged by those who know them, from [`Variant::files`]; see `landfall pack lint`.

mod dockerfile;
mod finding;
mod variant;

pub use dockerfile::check as check_dockerfile;
pub use finding::{Finding, Severity, source_line};
pub use variant::Variant;

use super::model::Pack;

/// Checks everything but the chart and the pipelines. The variants are those that could be rendered.
pub fn check(pack: &Pack, answers: &[(String, String)]) -> (Vec<Variant>, Vec<Finding>) {
    let mut findings: Vec<Finding> = pack
        .unused
        .iter()
        .map(|path| Finding::warning(path, "no rule of pack.yaml names it, so nobody gets it"))
        .collect();
    if pack.sample.is_empty() {
        let place = pack.file();
        findings.push(Finding::warning(
            &place,
            "there is no folder sample/ beside it, so `landfall pack test` has no app",
        ));
    }
    let variants = variant::variants(pack, answers, &mut findings);
    for variant in &variants {
        for (path, file) in &variant.files {
            let name = path.rsplit('/').next().unwrap_or(path);
            if name == "Dockerfile" || name.starts_with("Dockerfile.") {
                for (line, severity, message) in dockerfile::check(&file.text) {
                    let line = source_line(pack, file, line);
                    let place = format!("{}:{line}", file.origin);
                    finding::add(
                        &mut findings,
                        Finding {
                            place,
                            severity,
                            message,
                        },
                    );
                }
            }
        }
    }
    (variants, findings)
}
