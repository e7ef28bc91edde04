//! Knative Services of 2019 in the repository's charts, brought into the form of today on request.

use std::path::Path;

use crate::context::Context;
use crate::failure::{Code, Failure};
use crate::pack::adopt;
use crate::ports::git::Checkout;
use crate::project::Project;
use crate::ui::unified_diff;

use super::own_edits::{self, Edit};

/// The message of the commit.
pub(super) const MESSAGE: &str =
    "chore: convert the chart's Knative Service to serving.knative.dev/v1";

/// Converts the templates and commits exactly them; with `dry_run` only says what would change. An interrupted call goes on with
/// the next one.
///
/// # Errors
/// A template with changes of the user's own, or one that cannot be converted whole.
pub(super) fn run(
    context: &Context<'_>,
    checkout: &Checkout,
    root: &Path,
    dry_run: bool,
) -> Result<(), Failure> {
    let project = Project::load(root)?;
    let mut edits = Vec::new();
    for path in adopt::knative_templates(&project) {
        // Read strictly: what a generous reader replaces would be lost.
        let before = crate::files::read_text(&root.join(adopt::real_path(root, &path)?))?;
        let converted = adopt::convert(&before);
        if let Some((line, why)) = converted.left.first() {
            return Err(
                Failure::new(format!("cannot convert {path}: line {line}: {why}"))
                    .code(Code::NOT_IMPORTABLE)
                    .hint("change that by hand, or leave --convert-charts out"),
            );
        }
        edits.push(Edit {
            path,
            before,
            after: converted.text,
        });
    }
    let changed = edits.iter().filter(|edit| edit.before != edit.after);
    if dry_run {
        for edit in changed {
            let diff = unified_diff(&edit.path, Some(&edit.before), &edit.after);
            context.ui.say(diff.trim_end());
        }
        return Ok(());
    }
    let names: Vec<String> = changed.map(|edit| edit.path.clone()).collect();
    let texts: Vec<String> = edits.iter().map(|edit| edit.after.clone()).collect();
    let is_ours = |committed: &str| texts.contains(&adopt::convert(committed).text);
    own_edits::write_and_commit(context, checkout, root, &edits, MESSAGE, is_ours)?;
    if !names.is_empty() {
        context.ui.say(format!("converted {}", names.join(", ")));
    }
    Ok(())
}
