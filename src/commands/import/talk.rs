//! The conversation before an import on a terminal: the plan is accepted, changed, saved, or left.

use serde_json::json;

use crate::context::Context;
use crate::failure::Failure;
use crate::files::{self, WriteOptions};
use crate::pack::{ImportPlan, PreparedImport};

use super::choose::{Chosen, Survey};
use super::decide::{Decision, decide};
use super::look::Look;
use super::wishes::{PackWish, Wishes};

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

/// Asks for one value of the plan, of one app.
fn change(
    context: &Context<'_>,
    prepared: &PreparedImport,
    wishes: &mut Wishes,
) -> Result<(), Failure> {
    let plans: Vec<&ImportPlan> = prepared.plans().collect();
    let plan = if let [one] = plans.as_slice() {
        one
    } else {
        let apps: Vec<String> = plans.iter().map(|plan| plan.app.clone()).collect();
        let chosen = context.ui.choose("Of which app", &apps, "--set")?;
        match plans.get(chosen) {
            Some(plan) => plan,
            None => return Ok(()),
        }
    };
    // What the branch, the chart and the folder are is no choice.
    let values: Vec<_> = plan
        .values
        .iter()
        .filter(|value| !["branch", "chart", "dir"].contains(&value.name.as_str()))
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
    if value.name == "org" {
        wishes.org = Some(text);
        return Ok(());
    }
    let wish = wishes.of_app(&plan.site());
    match value.name.as_str() {
        "app" => wish.name = Some(text),
        "pack" => {
            // The values of another pack are other ones.
            wish.answers.clear();
            wish.pack = Some(PackWish::Typed(text));
            if plans.len() == 1 {
                wishes.every.answers.clear();
            }
        }
        name => {
            wish.answers.insert(name.to_owned(), text);
        }
    }
    Ok(())
}

/// Plans with the changed wishes; one that cannot be is said, and the plan stays as it was.
pub(super) fn decide_again(
    context: &Context<'_>,
    look: &Look,
    survey: &Survey,
    chosen: &[Chosen],
    wishes: &mut Wishes,
    before: Decision,
) -> Decision {
    match decide(context, look, survey, chosen, wishes) {
        Ok(decision) => {
            for app in &decision.apps {
                wishes.of_app(&app.site).answers.extend(app.asked.clone());
            }
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
    let plans: Vec<ImportPlan> = decision.prepared.plans().cloned().collect();
    let mut wishes = Wishes::of_plans(&plans);
    let own = ["app", "org", "pack", "branch", "chart", "dir"];
    for plan in &plans {
        let given = plan
            .values
            .iter()
            .filter(|value| !own.contains(&value.name.as_str()) && value.is_given());
        let answers = given.map(|value| {
            let text = value.value.as_str().map(str::to_owned);
            let text = text.unwrap_or_else(|| value.value.to_string());
            (value.name.clone(), text)
        });
        wishes.of_app(&plan.site()).answers.extend(answers);
    }
    wishes
}

/// Writes the plan where the user says.
fn save(context: &Context<'_>, prepared: &PreparedImport) -> Result<(), Failure> {
    let name = format!("{}-plan.json", prepared.plan.repository());
    let name = context.ui.ask("File", &name, "--dry-run -o json")?;
    let path = context.current_dir().join(&name);
    if path.exists() {
        return Err(
            Failure::usage(format!("{} is there already", path.display()))
                .hint("give another name"),
        );
    }
    let plans: Vec<&ImportPlan> = prepared.plans().collect();
    let document = match plans.as_slice() {
        [one] => serde_json::to_value(one),
        several => Ok(json!({"apiVersion": "v1", "kind": "List", "items": several})),
    };
    let document = document.map_err(anyhow::Error::new)?;
    let mut text = serde_json::to_string_pretty(&document).map_err(anyhow::Error::new)?;
    text.push('\n');
    files::write_atomic(&path, text.as_bytes(), WriteOptions::default())?;
    context.ui.say(format!("saved the plan as {name}"));
    context
        .ui
        .hint(format!("landfall import --plan {name} carries it out"));
    Ok(())
}
