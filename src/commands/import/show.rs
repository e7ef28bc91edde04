//! The plan for people: what was chosen and why, and what happens to each file.

use std::fmt::Write as _;

use crate::pack::detect::Detection;
use crate::pack::{Action, PreparedImport};
use crate::ui::{Table, count};

/// The plan as two tables and two lines.
pub(super) fn plan(prepared: &PreparedImport) -> String {
    let plan = &prepared.plan;
    let mut values = Table::new(["VALUE", "CHOSEN", "BECAUSE"]);
    for value in &plan.values {
        let shown = value.shown();
        let shown = if shown.is_empty() {
            "<none>".to_owned()
        } else {
            shown
        };
        values.row([value.name.clone(), shown, value.because.clone()]);
    }
    let mut files = Table::new(["FILE", "ACTION", "BECAUSE"]);
    for file in &plan.files {
        files.row([
            file.path.clone(),
            file.action.as_str().to_owned(),
            file.because.clone(),
        ]);
    }
    let mut text = format!("{}\n{}", values.print(), files.print());
    let remote = &plan.remote;
    let _ = writeln!(
        text,
        "\nRepository   {}/{} on the local forge, as remote {}: {}",
        plan.org, plan.app, remote.name, remote.because
    );
    match &plan.commit {
        Some(message) => {
            let added = plan
                .files
                .iter()
                .filter(|file| file.action == Action::Add)
                .count();
            let _ = writeln!(
                text,
                "Commit       {} in one commit, \"{message}\"",
                count(added, "file")
            );
        }
        None => text.push_str("Commit       none: there is nothing to add\n"),
    }
    if let Some(pipeline) = &plan.pipeline {
        let _ = writeln!(text, "Pipeline     {pipeline} runs after the push");
    }
    text
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
