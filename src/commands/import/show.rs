//! The plan for people: what was chosen and why, and what happens to each file.

use std::fmt::Write as _;

use crate::pack::{Action, ImportPlan, PlanFile, PlanValue, PreparedImport, Site};
use crate::ui::{Table, count, wrap};

use super::decide::{DecidedApp, Decision};

/// How wide the plan is: it is read before a yes, on a terminal of any width.
pub(super) const WIDTH: usize = 80;

/// How many pipelines are named; more are counted.
const MOST_NAMED: usize = 3;

/// The plan in few lines: values that were found, files by what becomes of them. `in_full` has every value and every file, as tables.
/// With several apps, each has a section.
pub(super) fn plan(prepared: &PreparedImport, in_full: bool) -> String {
    let mut text = String::new();
    for plan in prepared.plans() {
        // Writing to a String cannot fail.
        if !prepared.others.is_empty() {
            let _ = writeln!(text, "{}", heading(plan));
        }
        let (values, files) = if in_full {
            (value_table(plan), file_table(plan))
        } else {
            let values = found_values(plan, prepared.others.is_empty());
            (values, grouped_files(plan))
        };
        let _ = writeln!(text, "{values}\n{files}");
    }
    text + &rest(prepared)
}

/// Which app a section is about.
fn heading(plan: &ImportPlan) -> String {
    let writes = plan.files.iter().any(is_written);
    let note = if writes { "" } else { ": nothing to add" };
    format!("{} in {}{note}", plan.app, plan.site().dir())
}

fn is_written(file: &PlanFile) -> bool {
    matches!(file.action, Action::Add | Action::Update)
}

fn value_table(plan: &ImportPlan) -> String {
    let mut values = Table::new(["VALUE", "CHOSEN", "BECAUSE"]);
    for value in &plan.values {
        values.row([value.name.clone(), chosen(value), value.because.clone()]);
    }
    values.print()
}

fn file_table(plan: &ImportPlan) -> String {
    let mut files = Table::new(["FILE", "ACTION", "BECAUSE"]);
    for file in &plan.files {
        files.row([
            file.path.clone(),
            file.action.as_str().to_owned(),
            file.because.clone(),
        ]);
    }
    files.print()
}

/// What nobody has to think about is left out: values as the pack has them.
fn found_values(plan: &ImportPlan, is_alone: bool) -> String {
    let values = &plan.values;
    // What is the same for all apps is said once, and the heading names the folder.
    let is_said = |value: &&PlanValue| {
        !value.is_default()
            && (is_alone || !["org", "branch", "dir"].contains(&value.name.as_str()))
    };
    let found = values.iter().filter(is_said);
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
fn grouped_files(plan: &ImportPlan) -> String {
    let mut groups: Vec<(&PlanFile, Vec<&str>)> = Vec::new();
    for file in &plan.files {
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
        let line = format!(
            "{} ({})",
            by_folder(&paths, &plan.site()).join(", "),
            first.because
        );
        let _ = writeln!(
            text,
            "{:indent$}{}",
            first.action.as_str(),
            wrap(&line, WIDTH - indent, indent)
        );
    }
    text
}

/// `.tekton/pull-request.yaml` and its like as `.tekton/: 12 files`; a chart's files under the chart's own folder. What is in the
/// app's folder is seen from there.
fn by_folder(paths: &[&str], site: &Site) -> Vec<String> {
    let prefix = site.prefix();
    let mut folders: Vec<(&str, Vec<&str>)> = Vec::new();
    for path in paths {
        let (start, depth) = match path.strip_prefix(&prefix) {
            Some(below) if below.starts_with("charts/") => (prefix.len(), 2),
            Some(_) => (prefix.len(), 1),
            // The pipelines of an app in a folder.
            None => (0, 2),
        };
        let end = path[start..].match_indices('/').nth(depth - 1);
        let folder = end.map_or("", |(end, _)| &path[..=start + end]);
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
            let files = prepared.plans().flat_map(|plan| &plan.files);
            let written = files.filter(|file| is_written(file)).count();
            format!("{} in one commit, \"{message}\"", count(written, "file"))
        },
    );
    let mut lines = vec![
        (
            "Repository",
            format!(
                "{}/{} on the local forge, as remote {}: {}",
                plan.org,
                plan.repository(),
                remote.name,
                remote.because
            ),
        ),
        ("Commit", commit),
    ];
    if let Some(branch) = &plan.branch {
        lines.push((
            "Branch",
            format!("{branch}, which is new; a pull request is opened from it"),
        ));
    } else {
        let pipelines = prepared.plans().filter_map(|plan| plan.pipeline.as_deref());
        let pipelines: Vec<&str> = pipelines.collect();
        match pipelines.as_slice() {
            [] => {}
            [one] => lines.push(("Pipeline", format!("{one} runs after the push"))),
            several if several.len() <= MOST_NAMED => {
                let line = format!("{} run after the push", several.join(", "));
                lines.push(("Pipelines", line));
            }
            several => {
                let line = format!(
                    "the releases of {} run after the push",
                    count(several.len(), "app")
                );
                lines.push(("Pipelines", line));
            }
        }
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
    let files = prepared.plans().flat_map(|plan| &plan.files);
    files
        .filter(|file| file.is_left_behind())
        .map(|file| format!("{}: {}", file.path, file.because))
        .collect()
}

/// What one should know before saying yes.
pub(super) fn notes(decision: &Decision) -> Vec<String> {
    let marks = decision
        .prepared
        .plans()
        .flat_map(|plan| &plan.files)
        .filter(|file| file.because.contains("the mark"))
        .count();
    let mut notes: Vec<String> = decision
        .apps
        .iter()
        .flat_map(|app| app.warnings.clone())
        .collect();
    let is_docker = |app: &DecidedApp| app.detection.pack.as_deref() == Some("docker");
    if marks > 0 {
        notes.push(format!(
            "{} of yours hold marks of Jenkins X; they are not rewritten",
            count(marks, "file")
        ));
    } else if decision.apps.iter().any(is_docker) {
        notes.push("the pack docker has no local image without podman or buildah".to_owned());
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::{Site, by_folder};

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
            by_folder(&paths, &Site::default()),
            [
                ".tekton/: 2 files",
                "charts/shop/: 2 files",
                "Dockerfile",
                "docs/one"
            ]
        );
        let paths = [
            ".tekton/cart/a.yaml",
            ".tekton/cart/tasks/b.yaml",
            "services/cart/.landfall/app.yaml",
            "services/cart/.landfall/import.yaml",
            "services/cart/charts/cart/Chart.yaml",
            "services/cart/charts/cart/templates/x",
            "services/cart/Dockerfile",
        ];
        assert_eq!(
            by_folder(&paths, &Site::new("services/cart")),
            [
                ".tekton/cart/: 2 files",
                "services/cart/.landfall/: 2 files",
                "services/cart/charts/cart/: 2 files",
                "services/cart/Dockerfile"
            ]
        );
    }
}
