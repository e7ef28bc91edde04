//! Which of the apps of a repository are imported.

use std::collections::BTreeSet;

use crate::context::Context;
use crate::failure::{Code, Exit, Failure};
use crate::pack::detect::{App, Candidate, Detection, Outcome, detect};
use crate::pack::{self, Catalog, ImportRecord, Site};
use crate::project::Project;

use super::look::{self, Look};
use super::wishes::{Choice, Wishes};

/// What the repository is.
#[derive(Debug)]
pub(super) struct Survey {
    /// Its files.
    pub(super) project: Project,
    /// The packs.
    pub(super) catalog: Catalog,
    /// What is in the folder that is looked at.
    pub(super) detection: Detection,
    /// The apps that were imported before.
    pub(super) records: Vec<(Site, ImportRecord)>,
}

/// An app that is to be imported.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    /// Where it lives.
    pub(super) site: Site,
    /// What was found there; `None` where nothing was looked for.
    pub(super) found: Option<Found>,
}

/// What was found in a folder.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The pack.
    pub(super) pack: String,
    /// Why that one.
    pub(super) because: String,
    /// Whether it is the only app of the repository, which then is called as the repository is.
    pub(super) is_only: bool,
}

/// Looks at the repository.
pub(super) fn survey(
    context: &Context<'_>,
    look: &Look,
    catalog: Catalog,
) -> Result<Survey, Failure> {
    let project = super::super::repository_files::load(context, &look.root)?;
    let detection = if look.scope.is_top() {
        detect(&project, &catalog.rules())
    } else {
        detect(&project.below(look.scope.dir()), &catalog.rules())
    };
    let records = pack::read_records(&project);
    Ok(Survey {
        project,
        catalog,
        detection,
        records,
    })
}

/// The apps that are meant, in the order of their folders.
pub(super) fn apps(
    context: &Context<'_>,
    look: &Look,
    survey: &Survey,
    wishes: &Wishes,
) -> Result<Vec<Chosen>, Failure> {
    let mut chosen = match &wishes.choice {
        Choice::Named(dirs) => all_named(look, survey, dirs)?,
        Choice::All(dirs) => {
            let mut chosen = all_named(look, survey, dirs)?;
            chosen.extend(all(look, survey)?);
            chosen
        }
        Choice::Asked => asked(context, look, survey, wishes)?,
    };
    chosen.sort_by(|one, other| one.site.cmp(&other.site));
    chosen.dedup_by(|one, other| one.site == other.site);
    for app in &chosen {
        app.site
            .check()
            .map_err(|error| look::refuse(error.to_string()).hint("rename it"))?;
    }
    Ok(chosen)
}

/// The site of a folder below the one that is looked at.
fn site(look: &Look, dir: &str) -> Site {
    Site::new(&format!("{}{}", look.scope.prefix(), Site::new(dir).dir()))
}

fn is_imported(survey: &Survey, site: &Site) -> bool {
    survey.records.iter().any(|(there, _)| there == site)
}

fn all_named(look: &Look, survey: &Survey, dirs: &[String]) -> Result<Vec<Chosen>, Failure> {
    dirs.iter().map(|dir| named(look, survey, dir)).collect()
}

/// The app in the folder that `--app` names.
fn named(look: &Look, survey: &Survey, dir: &str) -> Result<Chosen, Failure> {
    let typed = Site::new(dir);
    // From where it was typed, else from the top.
    let is_there =
        |site: &Site| site.is_top() || survey.project.folder(site.dir()).below().next().is_some();
    let below = if typed.is_top() {
        look.scope.clone()
    } else {
        Site::new(&format!("{}{}", look.scope.prefix(), typed.dir()))
    };
    let site = [below, typed.clone()].into_iter().find(is_there);
    let Some(site) = site.filter(|site| !site.dir().split('/').any(|part| part == "..")) else {
        let known = found(look, survey);
        let known: Vec<String> = known.iter().map(|app| app.site.dir().to_owned()).collect();
        return Err(Failure::not_found("folder with files", typed.dir(), &known));
    };
    let found = found(look, survey)
        .into_iter()
        .find(|app| app.site == site)
        .and_then(|app| app.found);
    Ok(Chosen { site, found })
}

/// The apps that were found in the folder that is looked at.
fn found(look: &Look, survey: &Survey) -> Vec<Chosen> {
    let detection = &survey.detection;
    let of_app = |app: &App| {
        let because = detection
            .candidates
            .iter()
            .find(|candidate| candidate.dir == app.dir && candidate.pack == app.pack);
        Chosen {
            site: site(look, &app.dir),
            found: Some(Found {
                pack: app.pack.clone(),
                because: because.map(self::because).unwrap_or_default(),
                is_only: detection.outcome == Outcome::One && look.scope.is_top(),
            }),
        }
    };
    detection.apps.iter().map(of_app).collect()
}

/// The strongest reasons for a candidate.
pub(super) fn because(candidate: &Candidate) -> String {
    let evidence: Vec<String> = candidate
        .evidence
        .iter()
        .take(2)
        .map(|evidence| match evidence.line {
            Some(line) => format!("{}:{line} {}", evidence.path, evidence.because),
            None => format!("{} {}", evidence.path, evidence.because),
        })
        .collect();
    evidence.join(", ")
}

/// Every app, imported before or not.
fn all(look: &Look, survey: &Survey) -> Result<Vec<Chosen>, Failure> {
    let mut all = imported(look, survey);
    let new = found(look, survey).into_iter();
    all.extend(new.filter(|app| !is_imported(survey, &app.site)));
    if all.is_empty() {
        return Err(nothing_here(look, survey));
    }
    Ok(all)
}

fn nothing_here(look: &Look, survey: &Survey) -> Failure {
    let failure = super::super::detect::nothing_fits(&survey.detection);
    if look.scope.is_top() {
        return failure;
    }
    failure
        .context(format!("cannot import the folder {}", look.scope.dir()))
        .hint(format!(
            "the repository around it: landfall import {}",
            look.root.display()
        ))
}

/// The apps in the folder that is looked at which were imported before.
fn imported(look: &Look, survey: &Survey) -> Vec<Chosen> {
    let prefix = look.scope.prefix();
    let sites = survey.records.iter().map(|(site, _)| site.clone());
    sites
        .filter(|site| *site == look.scope || site.dir().starts_with(&prefix))
        .map(|site| Chosen { site, found: None })
        .collect()
}

/// What is meant when nobody named an app.
fn asked(
    context: &Context<'_>,
    look: &Look,
    survey: &Survey,
    wishes: &Wishes,
) -> Result<Vec<Chosen>, Failure> {
    let here = Chosen {
        site: look.scope.clone(),
        found: None,
    };
    if is_imported(survey, &look.scope) {
        return Ok(vec![here]);
    }
    if let Some((around, record)) = around(look, survey) {
        return Err(look::refuse(format!(
            "{} is a part of the app {}, which is imported",
            look.scope.dir(),
            record.app
        ))
        .hint(format!(
            "landfall import {}",
            around.folder(&look.root).display()
        ))
        .hint(format!(
            "or import it as an app of its own: landfall import {} --app {}",
            look.root.display(),
            look.scope.dir()
        )));
    }
    // One pack for the whole folder, whatever is in it.
    if wishes.every.pack.is_some() {
        return Ok(vec![here]);
    }
    let known = imported(look, survey);
    let found = found(look, survey);
    if !known.is_empty() {
        let new: Vec<String> = found
            .iter()
            .filter(|app| !is_imported(survey, &app.site))
            .map(|app| app.site.dir().to_owned())
            .collect();
        if !new.is_empty() {
            context.ui.hint(format!(
                "not imported yet: {}; --app DIR adds one, --all all of them",
                new.join(", ")
            ));
        }
        return Ok(known);
    }
    match survey.detection.outcome {
        Outcome::One => Ok(found),
        Outcome::None => Err(nothing_here(look, survey)),
        Outcome::Many if context.ui.can_ask() => ask(context, found),
        Outcome::Many => Err(several(&found)),
    }
}

/// The imported app that the folder which is looked at is a part of.
fn around<'s>(look: &Look, survey: &'s Survey) -> Option<&'s (Site, ImportRecord)> {
    let records = survey.records.iter();
    records
        .filter(|(site, _)| site.is_top() || look.scope.dir().starts_with(&site.prefix()))
        .max_by_key(|(site, _)| site.prefix().len())
}

fn ask(context: &Context<'_>, found: Vec<Chosen>) -> Result<Vec<Chosen>, Failure> {
    let choices: Vec<String> = found.iter().map(shown).collect();
    let chosen = context.ui.choose_several(
        "Which apps (space chooses, enter goes on)",
        &choices,
        "--app DIR or --all",
    )?;
    let chosen: BTreeSet<usize> = chosen.into_iter().collect();
    if chosen.is_empty() {
        return Err(Failure::usage("no app was chosen").hint("--app DIR names one"));
    }
    let chosen = found
        .into_iter()
        .enumerate()
        .filter(|(index, _)| chosen.contains(index));
    Ok(chosen.map(|(_, app)| app).collect())
}

fn shown(app: &Chosen) -> String {
    let pack = app.found.as_ref().map(|found| found.pack.as_str());
    format!("{} ({})", app.site.dir(), pack.unwrap_or_default())
}

/// Several apps, and nobody to ask.
fn several(found: &[Chosen]) -> Failure {
    let apps: Vec<String> = found.iter().map(shown).collect();
    let one = found.first().map_or("DIR", |app| app.site.dir());
    Failure::new(format!(
        "there are several applications here: {}",
        apps.join(", ")
    ))
    .code(Code::NO_PACK)
    .exit(Exit::Usage)
    .hint(format!(
        "name those to import: --app {one}, once for each; or give --all"
    ))
    .hint("or choose one pack for the whole repository with --pack")
}
