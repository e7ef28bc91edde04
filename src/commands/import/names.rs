//! What the repository and the apps in it are called.

use std::collections::{BTreeMap, BTreeSet};

use crate::failure::{Code, Failure};
use crate::pack::detect::name_of_folder;
use crate::pack::{ImportRecord, Site};
use crate::project::AppName;

use super::choose::{Chosen, Survey};
use super::decide::contradicts;
use super::look::Look;
use super::wishes::Wishes;

/// A name, with the reason.
pub(super) type Reasoned = (AppName, String);

/// What the repository is called where an app in a folder of it is imported.
pub(super) fn repository(
    look: &Look,
    survey: &Survey,
    wishes: &Wishes,
) -> Result<Reasoned, Failure> {
    let recorded = survey.records.first().map(|(_, record)| record);
    if let (Some(org), Some(record)) = (&wishes.org, recorded)
        && org.to_lowercase() != record.org
    {
        return Err(contradicts("--org", org, "for", &record.org));
    }
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
            .or_else(|| {
                // The app at the top is called as it is said.
                let name = AppName::parse(wishes.every.name.as_ref()?).ok()?;
                Some((name, "--name is given".to_owned()))
            })
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
pub(super) fn of_apps(
    survey: &Survey,
    chosen: &[Chosen],
    wishes: &Wishes,
    repository: &Reasoned,
) -> Result<Vec<Reasoned>, Failure> {
    let mut taken: BTreeMap<String, Site> = BTreeMap::new();
    for (site, record) in &survey.records {
        taken.insert(record.app.clone(), site.clone());
    }
    let is_alone = chosen.len() == 1;
    let own = |app: &Chosen| name(survey, app, is_alone, wishes, repository);
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
    is_alone: bool,
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
    let is_only = is_alone && app.found.as_ref().is_some_and(|found| found.is_only);
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

pub(super) fn record<'s>(survey: &'s Survey, site: &Site) -> Option<&'s ImportRecord> {
    let mut records = survey.records.iter();
    records
        .find(|(there, _)| there == site)
        .map(|(_, record)| record)
}
