//! `--plan`: a plan that was printed, perhaps edited, and is to be carried out just so.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::files::{self, TEXT_LIMIT};
use crate::pack::{ImportPlan, PlanFile};
use crate::yaml;

use super::ImportArgs;
use super::choose::{Chosen, Survey};
use super::decide::{self, Decision};
use super::look::{self, Look};
use super::wishes::Wishes;

/// Reads the plan that is given, as JSON or YAML: that of one app, or a list of several.
pub(super) fn read(
    context: &Context<'_>,
    args: &ImportArgs,
) -> Result<Option<Vec<ImportPlan>>, Failure> {
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
        return parse(&text, place)
            .map(Some)
            .map_err(|failure| failure.hint(hint));
    }
    let text = files::read_text(&context.current_dir().join(path))?;
    parse(&text, path)
        .map(Some)
        .map_err(|failure| failure.hint(hint))
}

/// A list of plans as `-o json` prints it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PlanList {
    #[serde(rename = "apiVersion")]
    _api_version: String,
    #[serde(rename = "kind")]
    _kind: String,
    items: Vec<ImportPlan>,
}

fn parse(text: &str, place: &Path) -> Result<Vec<ImportPlan>, Failure> {
    let value: Value = yaml::parse(text, place)?;
    if value["kind"] != "List" {
        return Ok(vec![yaml::parse(text, place)?]);
    }
    let list: PlanList = yaml::parse(text, place)?;
    let mut sites = BTreeSet::new();
    for plan in &list.items {
        if !sites.insert(plan.site()) {
            return Err(Failure::usage(format!(
                "{} has two plans for the folder {}",
                place.display(),
                plan.site().dir()
            )));
        }
    }
    let wholes = list
        .items
        .iter()
        .map(|plan| (&plan.org, plan.repository(), &plan.branch));
    match wholes.collect::<BTreeSet<_>>().len() {
        0 => Err(Failure::usage(format!("{} lists no plan", place.display()))),
        1 => Ok(list.items),
        _ => Err(Failure::usage(format!(
            "the plans of {} are for several repositories, owners or branches",
            place.display()
        ))),
    }
}

/// Decides with the values of the plans, and refuses when anything else comes of them than they say.
pub(super) fn decide(
    context: &Context<'_>,
    look: &Look,
    survey: &Survey,
    chosen: &[Chosen],
    wishes: &mut Wishes,
    given: &[ImportPlan],
) -> Result<Decision, Failure> {
    let found = decide::decide(context, look, survey, chosen, wishes)?;
    let mut is_same = true;
    for plan in given {
        let own = found.prepared.plans().find(|own| own.dir == plan.dir);
        for value in &plan.values {
            let mut own = own.iter().flat_map(|own| &own.values);
            let same = own
                .find(|own| own.name == value.name)
                .is_some_and(|own| own.value == value.value);
            if same {
                continue;
            }
            let text = match &value.value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            if ["app", "org", "pack", "branch", "chart", "dir"].contains(&value.name.as_str()) {
                return Err(changed(&format!(
                    "it says {} {text}, and that is not so here",
                    value.name
                )));
            }
            is_same = false;
            let answers = &mut wishes.of_app(&plan.site()).answers;
            answers.insert(value.name.clone(), text);
        }
    }
    let mut decision = if is_same {
        found
    } else {
        decide::decide(context, look, survey, chosen, wishes)?
    };
    // Carried out before: the same again is no other repository.
    if decision.prepared.contents.is_empty() {
        return Ok(decision);
    }
    let prepared = &mut decision.prepared;
    for plan in std::iter::once(&mut prepared.plan).chain(&mut prepared.others) {
        let Some(given) = given.iter().find(|given| given.dir == plan.dir) else {
            continue;
        };
        if let Some(difference) = difference(given, plan) {
            return Err(changed(&difference));
        }
        for value in &mut plan.values {
            let mut same = given.values.iter();
            if let Some(same) =
                same.find(|same| same.name == value.name && same.value == value.value)
            {
                value.because.clone_from(&same.because);
            }
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
    // One plan of a list is for a commit of several apps.
    let message = |plan: &ImportPlan| match &plan.commit {
        Some(_) if plan.dir.is_some() => "a commit".to_owned(),
        message => or_none(message),
    };
    [
        ("remote", remote(given), remote(now)),
        ("commit", message(given), message(now)),
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
            repository: None,
            dir: None,
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
