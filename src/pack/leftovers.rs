//! Files of other deployment tools and marks of Jenkins X: left as they are, and said so.

use crate::project::Project;

use super::detect::{Detection, charts};
use super::plan::{Action, PlanFile};

/// Files of other tools, with the tool.
const KNOWN: &[(&str, &str)] = &[
    (".dockerignore", "docker"),
    (".gitignore", "git"),
    (".helmignore", "helm"),
    ("Jenkinsfile", "Jenkins"),
    ("Makefile", "make"),
    ("OWNERS", "Jenkins X"),
    ("OWNERS_ALIASES", "Jenkins X"),
    ("jenkins-x.yml", "Jenkins X"),
    ("skaffold.yaml", "Skaffold"),
    ("watch.sh", "Jenkins X"),
];

/// What Jenkins X packs put where a name has to stand.
const MARK: &str = "REPLACE_ME";

/// The most files that are searched for marks.
const MAX_FILES: usize = 2_000;

/// Adds a line for each file of the app in `project`, whose paths in the repository begin with `prefix`, that is left alone although
/// an import could be thought to touch it.
pub(super) fn keep(
    project: &Project,
    prefix: &str,
    detection: &Detection,
    files: &mut Vec<PlanFile>,
) {
    let mut keep = |path: &str, because: String| {
        let path = format!("{prefix}{path}");
        if !files.iter().any(|file| file.path == path) {
            files.push(PlanFile {
                path,
                action: Action::Keep,
                because,
            });
        }
    };
    for path in project.files().iter().take(MAX_FILES) {
        if path.starts_with("vendor/") {
            continue;
        }
        let text = project.read(path);
        if let Some(mark) = text.as_deref().and_then(mark_in) {
            keep(
                path,
                format!("is yours and holds the mark {mark}; it is not rewritten"),
            );
        }
    }
    for (path, tool) in KNOWN.iter().filter(|(path, _)| project.has(path)) {
        keep(
            path,
            format!("is yours, for {tool}; the pack does without it"),
        );
    }
    let adopted = detection.chart.as_deref();
    let beside = |path: &&String| {
        path.starts_with("charts/")
            && adopted.is_none_or(|chart| !path.starts_with(&format!("{chart}/")))
    };
    if charts(project).len() + usize::from(project.has("charts/preview/Chart.yaml")) > 0 {
        for path in project.files().iter().filter(beside) {
            keep(path, "belongs to another chart of yours".to_owned());
        }
    }
}

/// The whole mark, such as `REPLACE_ME_APP_NAME`.
fn mark_in(text: &str) -> Option<&str> {
    let start = text.find(MARK)?;
    let rest = &text[start..];
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    Some(&rest[..end])
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_are_found_whole() {
        assert_eq!(
            super::mark_in("a: REPLACE_ME_APP_NAME."),
            Some("REPLACE_ME_APP_NAME")
        );
        assert_eq!(super::mark_in("replace me"), None);
    }
}
