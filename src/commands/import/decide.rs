//! What an import does, from what the repository is and what the user wishes.

use std::collections::BTreeMap;

use crate::context::Context;
use crate::failure::{Code, Exit, Failure, Kind};
use crate::pack::detect::{Detection, detect, detect_app};
use crate::pack::{
    self, Catalog, ImportRecord, Pack, PlanInput, PreparedImport, Site, needs_above,
};
use crate::ports::forge::RepositoryName;
use crate::ports::git::BranchName;
use crate::project::{AppName, Project};

use super::super::pack::source;
use super::choose::{self, Chosen, Found, Survey};
use super::look::{self, Look};
use super::names::{self, Reasoned, record};
use super::questions;
use super::wishes::{AppWish, Choice, PackWish, Wishes};

/// What was decided, and from what.
#[derive(Debug)]
pub(super) struct Decision {
    /// The plan.
    pub(super) prepared: PreparedImport,
    /// The apps in the order of their plans.
    pub(super) apps: Vec<DecidedApp>,
}

/// What was decided about one app.
#[derive(Debug)]
pub(super) struct DecidedApp {
    /// Where it lives.
    pub(super) site: Site,
    /// What was found.
    pub(super) detection: Detection,
    /// The answers to the pack's questions.
    pub(super) asked: BTreeMap<String, String>,
    /// What a person should know before saying yes.
    pub(super) warnings: Vec<String>,
}

/// Refuses words that nothing can be made of, before anything is searched.
pub(super) fn check_words(context: &Context<'_>, wishes: &Wishes) -> Result<Catalog, Failure> {
    let catalog = Catalog::load(context.settings.packs.value.as_deref())?;
    for wish in std::iter::once(&wishes.every).chain(wishes.apps.values()) {
        if let Some(pack) = &wish.pack {
            pack.open(context, &catalog)?;
        }
        if let Some(name) = &wish.name {
            AppName::parse(name)?;
        }
    }
    if let Some(name) = &wishes.repository {
        AppName::parse(name)?;
    }
    if let Some(branch) = &wishes.branch {
        let branch = branch.parse::<BranchName>();
        branch.map_err(|error| Failure::from(anyhow::Error::new(error)).exit(Exit::Usage))?;
    }
    Ok(catalog)
}

/// Decides everything about the apps that were chosen. Touches nothing.
pub(super) fn decide(
    context: &Context<'_>,
    look: &Look,
    survey: &Survey,
    chosen: &[Chosen],
    wishes: &Wishes,
) -> Result<Decision, Failure> {
    let repository = names::repository(look, survey, wishes)?;
    let names = names::of_apps(survey, chosen, wishes, &repository)?;
    let mut plans = Vec::new();
    let mut apps = Vec::new();
    for (app, name) in chosen.iter().zip(names) {
        let decided = one(context, look, survey, app, wishes, name, &repository);
        let (prepared, decided) = decided.map_err(|failure| {
            if chosen.len() == 1 {
                return failure;
            }
            let failure = failure.context(format!("cannot import {}", app.site.dir()));
            match &wishes.choice {
                Choice::All(_) => failure.hint("or leave it out: name the others with --app"),
                _ => failure,
            }
        })?;
        plans.push(prepared);
        apps.push(decided);
    }
    let prepared = PreparedImport::of_several(plans)
        .ok_or_else(|| super::super::detect::nothing_fits(&survey.detection))?;
    Ok(Decision { prepared, apps })
}

/// Decides everything about one app.
fn one(
    context: &Context<'_>,
    look: &Look,
    survey: &Survey,
    app: &Chosen,
    wishes: &Wishes,
    name: Reasoned,
    repository: &Reasoned,
) -> Result<(PreparedImport, DecidedApp), Failure> {
    let wish = wishes.for_app(&app.site);
    let record = record(survey, &app.site);
    let project = survey.project.below(app.site.dir());
    let (pack, pack_because, detection) =
        pack(context, look, survey, app, &wish, record, &project)?;
    if let Some(record) = record {
        check_record(record, wishes, &wish, &pack)?;
    }
    let org = org(context, look, survey, wishes);
    // At the top the repository is the app's.
    let repository = if app.site.is_top() {
        record.map_or(name.0.as_str(), ImportRecord::repository)
    } else {
        repository.0.as_str()
    };
    let on_forge = RepositoryName::new(&org.0, repository).map_err(|error| {
        Failure::from(anyhow::Error::new(error))
            .kind(Kind::Usage)
            .exit(Exit::Usage)
            .hint("give another owner with --org")
    })?;
    let above = needs_above(&survey.project, app.site.dir(), &pack.lineage);
    if let Some(need) = above.iter().find(|need| need.is_fatal && record.is_none()) {
        return Err(look::refuse(format!(
            "{} cannot be built by itself: {}",
            app.site.dir(),
            need.because
        ))
        .hint(need.advice.clone()));
    }
    let asked = match wish.pack {
        Some(PackWish::Planned(_)) => BTreeMap::new(),
        _ => questions::ask(context, &pack, record, &wish.answers)?,
    };
    let mut answers = wish.answers.clone();
    answers.extend(asked.clone());
    let input = PlanInput {
        remote: look::remote(context, look, &on_forge)?,
        org,
        site: (app.site.clone(), why_there(app, look)),
        repository: (repository != name.0.as_str()).then(|| repository.to_owned()),
        app: name,
        branch: (look.branch.to_string(), "it is checked out".to_owned()),
        pack_because,
        answers,
        new_branch: wishes.branch.clone(),
    };
    let prepared = pack::plan(&survey.project, &project, &detection, &pack, &input)?;
    let warnings = above
        .into_iter()
        .map(|need| format!("{}: {}; {}", app.site.dir(), need.because, need.advice));
    let decided = DecidedApp {
        site: app.site.clone(),
        detection,
        asked,
        warnings: warnings.collect(),
    };
    Ok((prepared, decided))
}

fn why_there(app: &Chosen, look: &Look) -> String {
    match &app.found {
        Some(_) if app.site != look.scope => "the app was found there".to_owned(),
        _ => "it is given".to_owned(),
    }
}

/// The pack, with the reason, and what is in the folder of the app.
fn pack(
    context: &Context<'_>,
    look: &Look,
    survey: &Survey,
    app: &Chosen,
    wish: &AppWish,
    record: Option<&ImportRecord>,
    project: &Project,
) -> Result<(Pack, String, Detection), Failure> {
    let rules = survey.catalog.rules();
    let detection = match &app.found {
        Some(found) if app.site != look.scope => detect_app(project, &rules, &found.pack),
        _ if app.site == look.scope => survey.detection.clone(),
        _ => detect(project, &rules),
    };
    let (pack, because) = match (&wish.pack, record, &app.found) {
        (Some(pack), ..) => (
            pack.open(context, &survey.catalog)?,
            "--pack is given".to_owned(),
        ),
        (None, Some(record), _) => (
            source::recorded(context, &survey.catalog, &record.pack)?,
            "an earlier import used it".to_owned(),
        ),
        (None, None, Some(Found { pack, because, .. })) => {
            (survey.catalog.resolve(pack)?, because.clone())
        }
        (None, None, None) => {
            check_place(&app.site, &detection)?;
            let here = detection
                .candidates
                .iter()
                .find(|candidate| candidate.dir == "." && detection.apps.len() < 2);
            let candidate = here.filter(|_| detection.pack.is_some()).ok_or_else(|| {
                super::super::detect::nothing_fits(&detection)
                    .context(format!("cannot import the folder {}", app.site.dir()))
            })?;
            (
                survey.catalog.resolve(&candidate.pack)?,
                choose::because(candidate),
            )
        }
    };
    Ok((pack, because, detection))
}

/// Refuses a folder that is no app and holds some.
fn check_place(site: &Site, detection: &Detection) -> Result<(), Failure> {
    let inside = detection.apps.iter().filter(|app| app.dir != ".");
    let inside: Vec<String> = inside
        .map(|app| format!("{}{}", site.prefix(), app.dir))
        .collect();
    match inside.as_slice() {
        [] => Ok(()),
        [first, ..] => Err(Failure::usage(format!(
            "{} is no app; the apps in it are: {}",
            site.dir(),
            inside.join(", ")
        ))
        .code(Code::NO_PACK)
        .hint(format!("--app {first}"))),
    }
}

fn org(context: &Context<'_>, look: &Look, survey: &Survey, wishes: &Wishes) -> (String, String) {
    let record = survey.records.first().map(|(_, record)| record);
    match (&wishes.org, record, &look.remote_name) {
        (Some(org), ..) => (org.to_lowercase(), "--org is given".to_owned()),
        (None, Some(record), _) => (record.org.clone(), "an earlier import used it".to_owned()),
        (None, None, Some((owner, _))) => (
            owner.to_lowercase(),
            "the owner of the remote repository".to_owned(),
        ),
        (None, None, None) => (
            context.settings.org.value.clone(),
            format!("the setting org ({})", context.settings.org.origin),
        ),
    }
}

/// Refuses to import as something else what is imported: two packs for one app, or two names, serve nobody.
fn check_record(
    record: &ImportRecord,
    wishes: &Wishes,
    wish: &AppWish,
    pack: &Pack,
) -> Result<(), Failure> {
    let given = wish.pack.as_ref().map(|_| pack);
    if let Some(pack) = given {
        source::check_pin(&record.pack, pack)?;
    }
    let org = wishes.org.as_ref().map(|org| org.to_lowercase());
    let other = [
        (
            "--pack",
            given.map(|pack| &pack.name),
            &record.pack.name,
            "with the pack",
        ),
        ("--name", wish.name.as_ref(), &record.app, "as"),
        ("--org", org.as_ref(), &record.org, "for"),
    ]
    .into_iter()
    .find_map(|(flag, given, known, how)| {
        given
            .filter(|given| *given != known)
            .map(|given| (flag, given, known, how))
    });
    match other {
        Some((flag, given, known, how)) => Err(contradicts(flag, given, how, known)),
        None => Ok(()),
    }
}

/// The failure of a flag that says another thing than an earlier import.
pub(super) fn contradicts(flag: &str, given: &str, how: &str, known: &str) -> Failure {
    look::refuse(format!(
        "this repository was imported {how} {known}, and {flag} says {given}"
    ))
    .exit(Exit::Conflict)
    .hint(format!("leave {flag} out"))
    .hint(format!(
        "or take the import back first, `landfall import --undo`, and import with {flag} {given}"
    ))
}
