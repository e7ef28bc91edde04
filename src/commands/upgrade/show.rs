//! An upgrade as people read it.

use std::fmt::Write as _;

use serde::Serialize;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::pack::upgrade::{Journal, PreparedUpgrade, UpgradeAction};
use crate::pack::{ImportRecord, PlanPack};
use crate::ui::output::OutputFormat;
use crate::ui::{count, wrap};

const WIDTH: usize = 80;

/// The answer of an upgrade in place.
#[derive(Serialize)]
pub(super) struct Finished<'a> {
    app: &'a str,
    org: &'a str,
    pack: &'a PlanPack,
    files: Vec<&'a String>,
    conflicts: &'a [String],
}

impl<'a> Finished<'a> {
    pub(super) fn new(record: &'a ImportRecord, journal: &'a Journal) -> Self {
        Self {
            app: &record.app,
            org: &record.org,
            pack: &record.pack,
            files: journal.writes.keys().collect(),
            conflicts: &journal.conflicts,
        }
    }
}

/// The plan as the answer.
pub(super) fn plan(
    context: &Context<'_>,
    format: Option<OutputFormat>,
    prepared: &PreparedUpgrade,
) -> Result<Exit, Failure> {
    match format {
        None | Some(OutputFormat::Wide) => context.ui.answer(&text(prepared))?,
        Some(OutputFormat::Name) => context.ui.names("app", [&prepared.plan.app])?,
        Some(format) => context.ui.document(format, &prepared.plan)?,
    }
    Ok(Exit::Done)
}

/// The answer after a pull request: its address.
pub(super) fn done(
    context: &Context<'_>,
    format: Option<OutputFormat>,
    prepared: &PreparedUpgrade,
    url: Option<&str>,
) -> Result<(), Failure> {
    match (format, url) {
        (Some(format @ (OutputFormat::Json | OutputFormat::Yaml | OutputFormat::Jsonl)), _) => {
            context.ui.document(format, &prepared.plan)
        }
        (_, Some(url)) => context.ui.answer(&format!("{url}\n")),
        (_, None) => context
            .ui
            .answer(&format!("app/{} upgraded\n", prepared.plan.app)),
    }
}

/// The plan for people.
pub(super) fn text(prepared: &PreparedUpgrade) -> String {
    let plan = &prepared.plan;
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "app      {}", plan.app);
    let (from, to) = (version(&plan.from), version(&plan.to));
    if from != to {
        let _ = writeln!(text, "from     {}", wrap(&from, WIDTH - 9, 9));
    }
    let _ = writeln!(text, "pack     {}", wrap(&to, WIDTH - 9, 9));
    if !plan.values.is_empty() {
        text.push('\n');
    }
    let names = plan.values.iter().map(|value| value.name.len());
    let indent = names.max().unwrap_or_default().max(8) + 1;
    for value in &plan.values {
        let shown = |value: &serde_json::Value| {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), |text| text.replace('\n', ", "));
            if text.is_empty() {
                "<none>".to_owned()
            } else {
                text
            }
        };
        let line = match &value.from {
            Some(from) => format!("{} -> {}", shown(from), shown(&value.to)),
            None => format!("{} (new)", shown(&value.to)),
        };
        let line = wrap(&line, WIDTH.saturating_sub(indent), indent);
        let _ = writeln!(text, "{:<indent$}{line}", value.name);
    }
    text.push('\n');
    for file in &plan.files {
        let line = format!("{} ({})", file.path, file.because);
        let _ = writeln!(
            text,
            "{:<9}{}",
            file.action.as_str(),
            wrap(&line, WIDTH - 9, 9)
        );
    }
    if prepared.writes.is_empty() {
        text.push_str("nothing to do\n");
    } else {
        let files = count(prepared.writes.len(), "file");
        let conflicts = prepared.conflicts().len();
        let line = if conflicts == 0 {
            format!(
                "{files} in one commit, \"{}\"",
                plan.commit.as_deref().unwrap_or_default()
            )
        } else {
            format!(
                "{files}, {} for you to decide",
                count(conflicts, "conflict")
            )
        };
        let _ = writeln!(text, "\n{line}");
    }
    text
}

/// Name and version of a pack: the commit of one from Git, else the beginning of its digest.
fn version(pack: &PlanPack) -> String {
    let digest = pack.digest.trim_start_matches("sha256:");
    let mark: String = pack
        .commit
        .as_deref()
        .unwrap_or(digest)
        .chars()
        .take(7)
        .collect();
    format!("{} {mark} ({})", pack.name, pack.source)
}

/// The text of the pull request.
pub(super) fn body(prepared: &PreparedUpgrade) -> String {
    let plan = &prepared.plan;
    let mut text = format!(
        "Merges the pack `{}` as it is now into what was made of it here.\n\n- from {}\n- to {}\n",
        plan.to.name,
        version(&plan.from),
        version(&plan.to)
    );
    let mut last: Option<UpgradeAction> = None;
    let mut files: Vec<_> = plan.files.iter().collect();
    files.sort_by_key(|file| std::cmp::Reverse(file.action == UpgradeAction::Conflict));
    for file in files {
        if last.is_none() {
            text.push('\n');
        }
        last = Some(file.action);
        let _ = writeln!(
            text,
            "- {} `{}`: {}",
            file.action.as_str(),
            file.path,
            file.because
        );
    }
    if !prepared.conflicts().is_empty() {
        text.push_str(
            "\nThe files with conflicts hold git's markers; this is a draft until they are gone.\n",
        );
    }
    text
}
