//! The conversation before an import on a terminal: the plan is accepted, changed, saved, or left.

use crate::context::Context;
use crate::failure::Failure;
use crate::files::{self, WriteOptions};
use crate::pack::PreparedImport;

use super::decide::{Decision, PackWish, Wishes, decide};
use super::look::Look;

/// What came of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Import it so.
    Go,
    /// A wish has changed: plan again.
    Changed,
    /// Nothing is to be done.
    Leave,
}

/// Asks what to do with the plan that was shown.
pub(super) fn ask(
    context: &Context<'_>,
    prepared: &PreparedImport,
    wishes: &mut Wishes,
) -> Result<Answer, Failure> {
    let choices = [
        "yes",
        "change a value",
        "save the plan to a file and leave",
        "no",
    ]
    .map(str::to_owned);
    let flag = "--yes, or --batch-mode for the defaults of every question";
    match context.ui.choose("Import it so", &choices, flag)? {
        0 => Ok(Answer::Go),
        1 => {
            change(context, prepared, wishes)?;
            Ok(Answer::Changed)
        }
        2 => {
            save(context, prepared)?;
            Ok(Answer::Leave)
        }
        _ => {
            context.ui.say("nothing was changed");
            Ok(Answer::Leave)
        }
    }
}

/// Asks for one value of the plan.
fn change(
    context: &Context<'_>,
    prepared: &PreparedImport,
    wishes: &mut Wishes,
) -> Result<(), Failure> {
    // What the branch and the chart are is no choice.
    let values: Vec<_> = prepared
        .plan
        .values
        .iter()
        .filter(|value| !["branch", "chart"].contains(&value.name.as_str()))
        .collect();
    let choices: Vec<String> = values
        .iter()
        .map(|value| format!("{}: {}", value.name, value.shown()))
        .collect();
    let chosen = context.ui.choose("Which value", &choices, "--set")?;
    let Some(value) = values.get(chosen) else {
        return Ok(());
    };
    let text = context.ui.ask(
        &value.name,
        &value.shown(),
        &format!("--set {}", value.name),
    )?;
    match value.name.as_str() {
        "app" => wishes.name = Some(text),
        "org" => wishes.org = Some(text),
        "pack" => {
            // The values of another pack are other ones.
            wishes.answers.clear();
            wishes.pack = Some(PackWish::Typed(text));
        }
        name => {
            wishes.answers.insert(name.to_owned(), text);
        }
    }
    Ok(())
}

/// Plans with the changed wishes; one that cannot be is said, and the plan stays as it was.
pub(super) fn decide_again(
    context: &Context<'_>,
    look: &Look,
    wishes: &mut Wishes,
    before: Decision,
) -> Decision {
    match decide(context, look, wishes) {
        Ok(decision) => {
            wishes.answers.extend(decision.asked.clone());
            decision
        }
        Err(failure) => {
            context.ui.warn(failure.chain().join(": "));
            *wishes = wishes_of(&before);
            before
        }
    }
}

/// The wishes that lead to a plan.
fn wishes_of(decision: &Decision) -> Wishes {
    let plan = &decision.prepared.plan;
    let own = ["app", "org", "pack", "branch", "chart"];
    Wishes {
        pack: Some(PackWish::Planned(plan.pack.clone())),
        name: Some(plan.app.clone()),
        org: Some(plan.org.clone()),
        answers: plan
            .values
            .iter()
            .filter(|value| !own.contains(&value.name.as_str()) && value.is_given())
            .map(|value| {
                let text = value.value.as_str().map(str::to_owned);
                let text = text.unwrap_or_else(|| value.value.to_string());
                (value.name.clone(), text)
            })
            .collect(),
        branch: plan.branch.clone(),
    }
}

/// Writes the plan where the user says.
fn save(context: &Context<'_>, prepared: &PreparedImport) -> Result<(), Failure> {
    let name = format!("{}-plan.json", prepared.plan.app);
    let name = context.ui.ask("File", &name, "--dry-run -o json")?;
    let path = context.current_dir().join(&name);
    if path.exists() {
        return Err(
            Failure::usage(format!("{} is there already", path.display()))
                .hint("give another name"),
        );
    }
    let mut text = serde_json::to_string_pretty(&prepared.plan).map_err(anyhow::Error::new)?;
    text.push('\n');
    files::write_atomic(&path, text.as_bytes(), WriteOptions::default())?;
    context.ui.say(format!("saved the plan as {name}"));
    context
        .ui
        .hint(format!("landfall import --plan {name} carries it out"));
    Ok(())
}
