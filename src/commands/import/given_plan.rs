//! `--plan`: a plan that was printed, perhaps edited, and is to be carried out just so.

use std::path::Path;

use serde_json::Value;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::files::{self, TEXT_LIMIT};
use crate::pack::{ImportPlan, PlanFile};
use crate::yaml;

use super::ImportArgs;
use super::decide::{self, Decision, Wishes};
use super::look::{self, Look};

/// Reads the plan that is given, as JSON or YAML.
pub(super) fn read(
    context: &Context<'_>,
    args: &ImportArgs,
) -> Result<Option<ImportPlan>, Failure> {
    let Some(path) = &args.plan else {
        return Ok(None);
    };
    let hint = "`landfall import --dry-run -o json` prints a plan";
    if path == Path::new("-") {
        let place = Path::new("standard input");
        let bytes = context
            .process
            .read_stdin(TEXT_LIMIT)
            .map_err(|error| Failure::usage(format!("cannot read standard input: {error}")))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Failure::usage("standard input is not UTF-8 text").hint(hint))?;
        let plan = yaml::parse(&text, place);
        return plan
            .map(Some)
            .map_err(|error| Failure::from(error).hint(hint));
    }
    let text = files::read_text(&context.current_dir().join(path))?;
    let plan = yaml::parse(&text, path);
    plan.map(Some)
        .map_err(|error| Failure::from(error).hint(hint))
}

/// Decides with the values of the plan, and refuses when anything else comes of it than the plan says.
pub(super) fn decide(
    context: &Context<'_>,
    look: &Look,
    wishes: &mut Wishes,
    given: &ImportPlan,
) -> Result<Decision, Failure> {
    let found = decide::decide(context, look, wishes)?;
    for value in &given.values {
        let own = found.prepared.plan.values.iter();
        let same = own
            .clone()
            .find(|own| own.name == value.name)
            .is_some_and(|own| own.value == value.value);
        if !same {
            let text = match &value.value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            wishes.answers.insert(value.name.clone(), text);
        }
    }
    for fixed in ["app", "org", "pack", "branch", "chart"] {
        if let Some(text) = wishes.answers.remove(fixed) {
            return Err(changed(&format!(
                "it says {fixed} {text}, and that is not so here"
            )));
        }
    }
    let mut decision = if wishes.answers.is_empty() {
        found
    } else {
        decide::decide(context, look, wishes)?
    };
    let plan = &mut decision.prepared.plan;
    // Carried out before: the same again is no other repository.
    if decision.prepared.contents.is_empty() {
        return Ok(decision);
    }
    if let Some(difference) = difference(given, plan) {
        return Err(changed(&difference));
    }
    for value in &mut plan.values {
        let mut same = given.values.iter();
        if let Some(same) = same.find(|same| same.name == value.name && same.value == value.value) {
            value.because.clone_from(&same.because);
        }
    }
    Ok(decision)
}

fn changed(difference: &str) -> Failure {
    look::refuse(format!(
        "the plan does not fit the repository as it is: {difference}"
    ))
    .exit(Exit::Conflict)
    .hint("make it again: landfall import --dry-run -o json")
}

/// The first thing in which a plan is not what would be done.
fn difference(given: &ImportPlan, now: &ImportPlan) -> Option<String> {
    if given.pack != now.pack {
        return Some(format!(
            "it is for the pack {} of {} ({}), and here it is {} ({})",
            given.pack.name, given.pack.source, given.pack.digest, now.pack.source, now.pack.digest
        ));
    }
    let action = |files: &[PlanFile], path: &str| {
        let file = files.iter().find(|file| file.path == path);
        file.map_or("nothing", |file| file.action.as_str())
    };
    let paths = given.files.iter().chain(&now.files);
    for path in paths.map(|file| file.path.as_str()) {
        let (then, now) = (action(&given.files, path), action(&now.files, path));
        if then != now {
            return Some(format!("{path} was to be: {then}; now it is: {now}"));
        }
    }
    let remote = |plan: &ImportPlan| format!("{} {}", plan.remote.name, plan.remote.url);
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    [
        ("remote", remote(given), remote(now)),
        ("commit", or_none(&given.commit), or_none(&now.commit)),
        ("pipeline", or_none(&given.pipeline), or_none(&now.pipeline)),
    ]
    .into_iter()
    .find(|(_, then, now)| then != now)
    .map(|(what, then, now)| format!("the {what} was {then}, and is {now}"))
}

#[cfg(test)]
mod tests {
    use super::difference;
    use crate::pack::{Action, ImportPlan, PlanFile, PlanPack, PlanRemote};

    fn plan() -> ImportPlan {
        let file = |path: &str| PlanFile {
            path: path.to_owned(),
            action: Action::Add,
            because: "x".to_owned(),
        };
        ImportPlan {
            app: "shop".to_owned(),
            org: "ada".to_owned(),
            pack: PlanPack {
                name: "go".to_owned(),
                source: "embedded".to_owned(),
                commit: None,
                digest: "sha256:1".to_owned(),
            },
            values: Vec::new(),
            files: vec![file("Dockerfile"), file("charts/shop/Chart.yaml")],
            commit: Some("chore: x".to_owned()),
            remote: PlanRemote {
                name: "origin".to_owned(),
                url: "/forge/ada/shop.git".to_owned(),
                because: "x".to_owned(),
            },
            pipeline: None,
            branch: None,
        }
    }

    #[test]
    fn reasons_may_differ_and_deeds_may_not() {
        let given = plan();
        let mut now = plan();
        now.files[0].because = "another reason".to_owned();
        now.remote.because = String::new();
        assert_eq!(difference(&given, &now), None);

        now.files[0].action = Action::Keep;
        insta::assert_snapshot!(difference(&given, &now).unwrap(), @"Dockerfile was to be: add; now it is: keep");
        now.files.remove(0);
        insta::assert_snapshot!(difference(&given, &now).unwrap(), @"Dockerfile was to be: add; now it is: nothing");
        let mut now = plan();
        now.pack.digest = "sha256:2".to_owned();
        assert!(difference(&given, &now).is_some());
        let mut now = plan();
        now.commit = None;
        insta::assert_snapshot!(difference(&given, &now).unwrap(), @"the commit was chore: x, and is none");
    }
}
