//! The plan for people: what was chosen and why, and what happens to each file.

use std::fmt::Write as _;

use crate::pack::detect::Detection;
use crate::pack::{Action, PlanFile, PlanValue, PreparedImport};
use crate::ui::{Table, count, wrap};

/// How wide the plan is: it is read before a yes, on a terminal of any width.
pub(super) const WIDTH: usize = 80;

/// The plan in few lines: values that were found, files by what becomes of them. `in_full` has every value and every file, as tables.
pub(super) fn plan(prepared: &PreparedImport, in_full: bool) -> String {
    let (values, files) = if in_full {
        (value_table(prepared), file_table(prepared))
    } else {
        (found_values(prepared), grouped_files(prepared))
    };
    format!("{values}\n{files}\n{}", rest(prepared))
}

fn value_table(prepared: &PreparedImport) -> String {
    let mut values = Table::new(["VALUE", "CHOSEN", "BECAUSE"]);
    for value in &prepared.plan.values {
        values.row([value.name.clone(), chosen(value), value.because.clone()]);
    }
    values.print()
}

fn file_table(prepared: &PreparedImport) -> String {
    let mut files = Table::new(["FILE", "ACTION", "BECAUSE"]);
    for file in &prepared.plan.files {
        files.row([
            file.path.clone(),
            file.action.as_str().to_owned(),
            file.because.clone(),
        ]);
    }
    files.print()
}

/// What nobody has to think about is left out: values as the pack has them.
fn found_values(prepared: &PreparedImport) -> String {
    let values = &prepared.plan.values;
    let found = values.iter().filter(|value| !value.is_default());
    let names = found.clone().map(|value| value.name.len()).max();
    let indent = names.unwrap_or(0) + 3;
    let mut text = String::new();
    for value in found {
        let line = format!("{} ({})", chosen(value), value.because);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{:indent$}{}",
            value.name,
            wrap(&line, WIDTH - indent, indent)
        );
    }
    let defaults = values.iter().filter(|value| value.is_default()).count();
    if defaults > 0 {
        let _ = writeln!(
            text,
            "{} as the pack has them; -o wide lists all",
            count(defaults, "more value")
        );
    }
    text
}

fn chosen(value: &PlanValue) -> String {
    let shown = value.shown();
    if shown.is_empty() {
        "<none>".to_owned()
    } else {
        shown
    }
}

/// Files with the same fate for the same reason are one paragraph, and a folder of them one word.
fn grouped_files(prepared: &PreparedImport) -> String {
    let mut groups: Vec<(&PlanFile, Vec<&str>)> = Vec::new();
    for file in &prepared.plan.files {
        let same = |(first, _): &&mut (&PlanFile, Vec<&str>)| {
            first.action == file.action && first.because == file.because
        };
        match groups.iter_mut().find(same) {
            Some((_, paths)) => paths.push(&file.path),
            None => groups.push((file, vec![&file.path])),
        }
    }
    let indent = 8;
    let mut text = String::new();
    for (first, paths) in groups {
        let line = format!("{} ({})", by_folder(&paths).join(", "), first.because);
        let _ = writeln!(
            text,
            "{:indent$}{}",
            first.action.as_str(),
            wrap(&line, WIDTH - indent, indent)
        );
    }
    text
}

/// `.tekton/pull-request.yaml` and its like as `.tekton/: 12 files`; a chart's files under the chart's own folder.
fn by_folder(paths: &[&str]) -> Vec<String> {
    let mut folders: Vec<(&str, Vec<&str>)> = Vec::new();
    for path in paths {
        let depth = if path.starts_with("charts/") { 2 } else { 1 };
        let end = path.match_indices('/').nth(depth - 1);
        let folder = end.map_or("", |(end, _)| &path[..=end]);
        match folders.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, files)) => files.push(path),
            None => folders.push((folder, vec![path])),
        }
    }
    let mut words = Vec::new();
    for (folder, files) in folders {
        if folder.is_empty() || files.len() == 1 {
            words.extend(files.into_iter().map(str::to_owned));
        } else {
            words.push(format!("{folder}: {}", count(files.len(), "file")));
        }
    }
    words
}

/// What happens besides files.
fn rest(prepared: &PreparedImport) -> String {
    let plan = &prepared.plan;
    let remote = &plan.remote;
    let commit = plan.commit.as_ref().map_or_else(
        || "none: there is nothing to add".to_owned(),
        |message| {
            let is_written = |file: &&PlanFile| matches!(file.action, Action::Add | Action::Update);
            let written = plan.files.iter().filter(is_written).count();
            format!("{} in one commit, \"{message}\"", count(written, "file"))
        },
    );
    let mut lines = vec![
        (
            "Repository",
            format!(
                "{}/{} on the local forge, as remote {}: {}",
                plan.org, plan.app, remote.name, remote.because
            ),
        ),
        ("Commit", commit),
    ];
    if let Some(branch) = &plan.branch {
        lines.push((
            "Branch",
            format!("{branch}, which is new; a pull request is opened from it"),
        ));
    } else if let Some(pipeline) = &plan.pipeline {
        lines.push(("Pipeline", format!("{pipeline} runs after the push")));
    }
    let indent = 13;
    let mut text = String::new();
    for (what, line) in lines {
        let line = wrap(&line, WIDTH - indent, indent);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{what:indent$}{line}");
    }
    text
}

/// The files that a value which was given does not reach, with the reason.
pub(super) fn left_behind(prepared: &PreparedImport) -> Vec<String> {
    let files = prepared.plan.files.iter();
    files
        .filter(|file| file.is_left_behind())
        .map(|file| format!("{}: {}", file.path, file.because))
        .collect()
}

/// What one should know before saying yes.
pub(super) fn note(detection: &Detection, prepared: &PreparedImport) -> Option<String> {
    let marks = prepared
        .plan
        .files
        .iter()
        .filter(|file| file.because.contains("the mark"))
        .count();
    if marks > 0 {
        return Some(format!(
            "{} of yours hold marks of Jenkins X; they are not rewritten",
            count(marks, "file")
        ));
    }
    if detection.pack.as_deref() == Some("docker") {
        return Some("the pack docker has no local image without podman or buildah".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::by_folder;

    #[test]
    fn a_folder_is_one_word_and_a_chart_is_a_folder() {
        let paths = [
            ".tekton/a.yaml",
            ".tekton/tasks/b.yaml",
            "charts/shop/Chart.yaml",
            "charts/shop/templates/x",
            "Dockerfile",
            "docs/one",
        ];
        assert_eq!(
            by_folder(&paths),
            [
                ".tekton/: 2 files",
                "charts/shop/: 2 files",
                "Dockerfile",
                "docs/one"
            ]
        );
    }
}
