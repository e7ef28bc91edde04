//! What an import does, from what the repository is and what the user wishes.

use std::collections::BTreeMap;

use crate::context::Context;
use crate::failure::{Code, Exit, Failure, Kind};
use crate::pack::detect::{Detection, Outcome, detect};
use crate::pack::{
    self, Catalog, ImportPlan, ImportRecord, Pack, PlanInput, PlanPack, PreparedImport,
};
use crate::ports::forge::RepositoryName;
use crate::ports::git::BranchName;
use crate::project::AppName;

use super::super::pack::source;
use super::look::{self, Look};
use super::{DeployKind, ImportArgs, questions};

/// The pack that is wished for.
#[derive(Debug, Clone)]
pub(super) enum PackWish {
    /// What a person typed: a name, a folder or an address.
    Typed(String),
    /// That of a plan, exactly.
    Planned(PlanPack),
}

impl PackWish {
    fn open(&self, context: &Context<'_>, catalog: &Catalog) -> Result<Pack, Failure> {
        match self {
            Self::Typed(text) => source::open(context, catalog, text),
            Self::Planned(pack) => source::recorded(context, catalog, pack),
        }
    }

    /// Its name; a folder or an address does not say it.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Typed(text) => (!text.contains(['/', ':', '.'])).then_some(text),
            Self::Planned(pack) => Some(&pack.name),
        }
    }
}

/// What the user decided, by flags, by a plan that is given, or by answers.
#[derive(Debug, Clone, Default)]
pub(super) struct Wishes {
    /// The pack.
    pub(super) pack: Option<PackWish>,
    /// The app's name.
    pub(super) name: Option<String>,
    /// The owner.
    pub(super) org: Option<String>,
    /// Values by name.
    pub(super) answers: BTreeMap<String, String>,
    /// A new branch.
    pub(super) branch: Option<String>,
}

impl Wishes {
    /// What the flags say, or the plan that stands for them.
    pub(super) fn of(args: &ImportArgs, given: Option<&ImportPlan>) -> Self {
        if let Some(plan) = given {
            return Self {
                pack: Some(PackWish::Planned(plan.pack.clone())),
                name: Some(plan.app.clone()),
                org: Some(plan.org.clone()),
                answers: BTreeMap::new(),
                branch: plan.branch.clone(),
            };
        }
        let mut answers: BTreeMap<String, String> = args.set.iter().cloned().collect();
        if let Some(port) = args.port {
            answers.insert("port".to_owned(), port.to_string());
        }
        if let Some(kind) = args.deploy_kind {
            let is_knative = kind == DeployKind::Knative;
            answers.insert("knativeDeploy".to_owned(), is_knative.to_string());
        }
        Self {
            pack: args.pack.clone().map(PackWish::Typed),
            name: args.name.clone(),
            org: args.org.clone(),
            answers,
            branch: args.branch.clone(),
        }
    }
}

/// What was decided, and from what.
#[derive(Debug)]
pub(super) struct Decision {
    /// The plan.
    pub(super) prepared: PreparedImport,
    /// What was found.
    pub(super) detection: Detection,
    /// The answers to the pack's questions.
    pub(super) asked: BTreeMap<String, String>,
}

/// Reads the repository and decides everything. Touches nothing.
pub(super) fn decide(
    context: &Context<'_>,
    look: &Look,
    wishes: &Wishes,
) -> Result<Decision, Failure> {
    let catalog = Catalog::load(context.settings.packs.value.as_deref())?;
    // A wrong name is said before anything is searched.
    let given = wishes
        .pack
        .as_ref()
        .map(|pack| pack.open(context, &catalog))
        .transpose()?;
    let name = wishes.name.as_deref().map(AppName::parse).transpose()?;
    if let Some(branch) = &wishes.branch {
        let branch = branch.parse::<BranchName>();
        branch.map_err(|error| Failure::from(anyhow::Error::new(error)).exit(Exit::Usage))?;
    }
    let project = super::super::repository_files::load(context, &look.root)?;
    let record = pack::read_record(&project);
    if let Some(record) = &record {
        check_record(record, wishes, given.as_ref())?;
    }
    let detection = detect(&project, &catalog.rules());

    let (pack, pack_because) = match (given, &record) {
        (Some(pack), _) => (pack, "--pack is given".to_owned()),
        (None, Some(record)) => (
            source::recorded(context, &catalog, &record.pack)?,
            "an earlier import used it".to_owned(),
        ),
        (None, None) => {
            let candidate = look::chosen(&detection)?;
            (catalog.resolve(&candidate.pack)?, look::because(candidate))
        }
    };
    let app = match (name, &record) {
        (Some(name), _) => (name, "--name is given".to_owned()),
        (None, Some(record)) => (
            AppName::parse(&record.app)?,
            "an earlier import used it".to_owned(),
        ),
        (None, None) => project
            .suggested_name(look.remote_name.as_ref().map(|(_, name)| name.as_str()))
            .map(|(name, because)| (name, because.to_owned()))
            .ok_or_else(|| {
                Failure::usage(
                    "neither the remote nor the folder has a name that an app could have",
                )
                .code(Code::BAD_NAME)
                .hint("give one with --name")
            })?,
    };
    let org = match (&wishes.org, &record, &look.remote_name) {
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
    };
    let repository = RepositoryName::new(&org.0, app.0.as_str()).map_err(|error| {
        Failure::from(anyhow::Error::new(error))
            .kind(Kind::Usage)
            .exit(Exit::Usage)
            .hint("give another owner with --org")
    })?;
    let asked = match wishes.pack {
        Some(PackWish::Planned(_)) => BTreeMap::new(),
        _ => questions::ask(context, &pack, record.as_ref(), &wishes.answers)?,
    };
    let mut answers = wishes.answers.clone();
    answers.extend(asked.clone());
    let input = PlanInput {
        remote: look::remote(context, look, &repository)?,
        app,
        org,
        branch: (look.branch.to_string(), "it is checked out".to_owned()),
        pack_because,
        answers,
        new_branch: wishes.branch.clone(),
    };
    Ok(Decision {
        prepared: pack::plan(&project, &detection, &pack, &input)?,
        detection,
        asked,
    })
}

/// Refuses to import as something else what is imported: two packs in one repository, or two apps, serve nobody.
fn check_record(
    record: &ImportRecord,
    wishes: &Wishes,
    pack: Option<&Pack>,
) -> Result<(), Failure> {
    if let Some(pack) = pack {
        source::check_pin(&record.pack, pack)?;
    }
    let org = wishes.org.as_ref().map(|org| org.to_lowercase());
    let other = [
        (
            "--pack",
            pack.map(|pack| &pack.name),
            &record.pack.name,
            "with the pack",
        ),
        ("--name", wishes.name.as_ref(), &record.app, "as"),
        ("--org", org.as_ref(), &record.org, "for"),
    ]
    .into_iter()
    .find_map(|(flag, given, known, how)| {
        given
            .filter(|given| *given != known)
            .map(|given| (flag, given, known, how))
    });
    let Some((flag, given, known, how)) = other else {
        return Ok(());
    };
    Err(look::refuse(format!(
        "this repository was imported {how} {known}, and {flag} says {given}"
    ))
    .exit(Exit::Conflict)
    .hint(format!("leave {flag} out"))
    .hint(format!(
        "or take the import back first, `landfall import --undo`, and import with {flag} {given}"
    )))
}

/// No pack, or several applications: the failure that says so.
pub(super) fn undecided(detection: &Detection) -> Option<Failure> {
    match detection.outcome {
        Outcome::One => None,
        Outcome::None => Some(super::super::detect::nothing_fits(detection)),
        Outcome::Many => {
            let apps: Vec<String> = detection
                .apps
                .iter()
                .map(|app| format!("{} ({})", app.dir, app.pack))
                .collect();
            Some(
                Failure::new(format!("there are several applications here: {}", apps.join(", ")))
                    .code(Code::NO_PACK)
                    .exit(Exit::Usage)
                    .hint("importing one application of several is not there yet; one pack for the whole repository can be chosen with --pack"),
            )
        }
    }
}
