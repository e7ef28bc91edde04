//! What an import does, from what the repository is and what the user wishes.

use std::collections::{BTreeMap, BTreeSet};

use crate::context::Context;
use crate::failure::{Code, Exit, Failure, Kind};
use crate::pack::detect::{Detection, detect, detect_app, name_of_folder};
use crate::pack::{
    self, Catalog, ImportRecord, Pack, PlanInput, PreparedImport, Site, needs_above,
};
use crate::ports::forge::RepositoryName;
use crate::ports::git::BranchName;
use crate::project::{AppName, Project};

use super::super::pack::source;
use super::choose::{self, Chosen, Found, Survey};
use super::look::{self, Look};
use super::questions;
use super::wishes::{AppWish, PackWish, Wishes};

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

/// A name, with the reason.
type Reasoned = (AppName, String);

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
    let repository = repository(look, survey, wishes)?;
    let names = names(survey, chosen, wishes, &repository)?;
    let mut plans = Vec::new();
    let mut apps = Vec::new();
    for (app, name) in chosen.iter().zip(names) {
        let (prepared, decided) = one(context, look, survey, app, wishes, name, &repository)?;
        plans.push(prepared);
        apps.push(decided);
    }
    let prepared = PreparedImport::of_several(plans)
        .ok_or_else(|| super::super::detect::nothing_fits(&survey.detection))?;
    Ok(Decision { prepared, apps })
}

/// What the repository is called where an app in a folder of it is imported.
fn repository(look: &Look, survey: &Survey, wishes: &Wishes) -> Result<Reasoned, Failure> {
    let recorded = survey.records.first().map(|(_, record)| record);
    match (&wishes.repository, recorded) {
        (Some(name), Some(record)) if name != record.repository() => {
            Err(contradicts("--name", name, "as", record.repository()))
        }
        (_, Some(record)) => Ok((
            AppName::parse(record.repository())?,
            "an earlier import used it".to_owned(),
        )),
        (Some(name), None) => Ok((AppName::parse(name)?, "--name is given".to_owned())),
        (None, None) => survey
            .project
            .suggested_name(look.remote_name.as_ref().map(|(_, name)| name.as_str()))
            .map(|(name, because)| (name, because.to_owned()))
            .ok_or_else(|| {
                Failure::usage(
                    "neither the remote nor the folder has a name that an app could have",
                )
                .code(Code::BAD_NAME)
                .hint("give one with --name")
            }),
    }
}

/// The names of the apps. Folders of one name are called by their whole paths.
fn names(
    survey: &Survey,
    chosen: &[Chosen],
    wishes: &Wishes,
    repository: &Reasoned,
) -> Result<Vec<Reasoned>, Failure> {
    let mut taken: BTreeMap<String, Site> = BTreeMap::new();
    for (site, record) in &survey.records {
        taken.insert(record.app.clone(), site.clone());
    }
    let own = |app: &Chosen| name(survey, app, wishes, repository);
    let first: Vec<(Reasoned, bool)> = chosen.iter().map(own).collect::<Result<_, _>>()?;
    let is_shared = |app: &Chosen, name: &AppName| {
        let others = chosen
            .iter()
            .zip(&first)
            .filter(|(other, _)| other.site != app.site);
        others.clone().any(|(_, ((other, _), _))| other == name)
            || taken
                .get(name.as_str())
                .is_some_and(|site| *site != app.site)
    };
    let mut names = Vec::new();
    for (app, (name, is_fixed)) in chosen.iter().zip(&first) {
        let mut name = name.clone();
        if !is_fixed && is_shared(app, &name.0) {
            let whole = AppName::from_text(&app.site.dir().replace('/', "-"));
            let because = format!("its folder; another app is called {}, too", name.0);
            name = whole.map_or(name, |whole| (whole, because));
        }
        names.push(name);
    }
    let mut seen: BTreeSet<(&AppName, &Site)> = BTreeSet::new();
    for (app, (name, _)) in chosen.iter().zip(&names) {
        let recorded = taken.get(name.as_str()).filter(|site| **site != app.site);
        let before = seen.iter().find(|(other, _)| *other == name);
        if let Some(other) = recorded.or(before.map(|(_, site)| *site)) {
            return Err(Failure::usage(format!(
                "the apps in {} and {} would both be called {name}",
                other.dir(),
                app.site.dir()
            ))
            .code(Code::BAD_NAME)
            .hint(format!("name one: --app {}=NAME", app.site.dir())));
        }
        seen.insert((name, &app.site));
    }
    Ok(names)
}

/// The name of one app, and whether it was chosen.
fn name(
    survey: &Survey,
    app: &Chosen,
    wishes: &Wishes,
    repository: &Reasoned,
) -> Result<(Reasoned, bool), Failure> {
    let record = record(survey, &app.site);
    if let Some(record) = record {
        let because = "an earlier import used it".to_owned();
        return Ok(((AppName::parse(&record.app)?, because), true));
    }
    let own = wishes.apps.get(&app.site).and_then(|own| own.name.as_ref());
    let given = own.map(|name| (name, "it is given"));
    let every = wishes.every.name.as_ref();
    if let Some((name, because)) = given.or(every.map(|name| (name, "--name is given"))) {
        return Ok(((AppName::parse(name)?, because.to_owned()), true));
    }
    let is_only = app.found.as_ref().is_some_and(|found| found.is_only);
    if app.site.is_top() || is_only {
        return Ok((repository.clone(), false));
    }
    let name = name_of_folder(app.site.dir()).ok_or_else(|| {
        Failure::usage(format!(
            "no app can be called as the folder {}",
            app.site.dir()
        ))
        .code(Code::BAD_NAME)
        .hint(format!("name it: --app {}=NAME", app.site.dir()))
    })?;
    Ok(((name, "the name of its folder".to_owned()), false))
}

fn record<'s>(survey: &'s Survey, site: &Site) -> Option<&'s ImportRecord> {
    let mut records = survey.records.iter();
    records
        .find(|(there, _)| there == site)
        .map(|(_, record)| record)
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

fn contradicts(flag: &str, given: &str, how: &str, known: &str) -> Failure {
    look::refuse(format!(
        "this repository was imported {how} {known}, and {flag} says {given}"
    ))
    .exit(Exit::Conflict)
    .hint(format!("leave {flag} out"))
    .hint(format!(
        "or take the import back first, `landfall import --undo`, and import with {flag} {given}"
    ))
}
