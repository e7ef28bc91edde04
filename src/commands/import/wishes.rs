//! What the user decided, by flags, by a plan that is given, or by answers.

use std::collections::{BTreeMap, BTreeSet};

use crate::context::Context;
use crate::failure::Failure;
use crate::pack::{Catalog, ImportPlan, Pack, PlanPack, Site};

use super::super::pack::source;
use super::{DeployKind, ImportArgs};

/// The value of `--deploy-kind`, which every pack has.
const KNATIVE: &str = "knativeDeploy";

/// The pack that is wished for.
#[derive(Debug, Clone)]
pub(super) enum PackWish {
    /// What a person typed: a name, a folder or an address.
    Typed(String),
    /// That of a plan, exactly.
    Planned(PlanPack),
}

impl PackWish {
    /// Opens it.
    pub(super) fn open(&self, context: &Context<'_>, catalog: &Catalog) -> Result<Pack, Failure> {
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

/// What is wished for one app.
#[derive(Debug, Clone, Default)]
pub(super) struct AppWish {
    /// The pack.
    pub(super) pack: Option<PackWish>,
    /// The app's name.
    pub(super) name: Option<String>,
    /// Values by name.
    pub(super) answers: BTreeMap<String, String>,
}

/// Which apps of the repository are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Choice {
    /// The one there is, or those that are chosen when it is asked for.
    #[default]
    Asked,
    /// Those in these folders, as they were typed.
    Named(Vec<String>),
    /// All that are found, and those in these folders.
    All(Vec<String>),
}

/// What is wished.
#[derive(Debug, Clone, Default)]
pub(super) struct Wishes {
    /// Which apps.
    pub(super) choice: Choice,
    /// What is said of the one app, or of every one.
    pub(super) every: AppWish,
    /// What is said of the app in one folder.
    pub(super) apps: BTreeMap<Site, AppWish>,
    /// The name of the repository.
    pub(super) repository: Option<String>,
    /// The owner.
    pub(super) org: Option<String>,
    /// A new branch.
    pub(super) branch: Option<String>,
}

impl Wishes {
    /// What the flags say, or the plans that stand for them.
    pub(super) fn of(args: &ImportArgs, given: Option<&[ImportPlan]>) -> Self {
        match given {
            Some(plans) => Self::of_plans(plans),
            None => Self::of_flags(args),
        }
    }

    /// Those that lead to plans, without the values in them.
    pub(super) fn of_plans(plans: &[ImportPlan]) -> Self {
        let first = plans.first();
        let wish = |plan: &ImportPlan| AppWish {
            pack: Some(PackWish::Planned(plan.pack.clone())),
            name: Some(plan.app.clone()),
            answers: BTreeMap::new(),
        };
        Self {
            choice: Choice::Named(
                plans
                    .iter()
                    .map(|plan| plan.site().dir().to_owned())
                    .collect(),
            ),
            every: AppWish::default(),
            apps: plans.iter().map(|plan| (plan.site(), wish(plan))).collect(),
            repository: first.map(|plan| plan.repository().to_owned()),
            org: first.map(|plan| plan.org.clone()),
            branch: first.and_then(|plan| plan.branch.clone()),
        }
    }

    fn of_flags(args: &ImportArgs) -> Self {
        let mut wishes = Self {
            org: args.org.clone(),
            branch: args.branch.clone(),
            ..Self::default()
        };
        wishes.every.pack = args.pack.clone().map(PackWish::Typed);
        let dirs: Vec<String> = args.app.iter().map(|(dir, _)| dir.clone()).collect();
        wishes.choice = match (args.all, dirs.is_empty()) {
            (true, _) => Choice::All(dirs),
            (false, false) => Choice::Named(dirs),
            (false, true) => Choice::Asked,
        };
        for (dir, name) in args.app.iter().filter(|(_, name)| name.is_some()) {
            wishes.of_app(&Site::new(dir)).name.clone_from(name);
        }
        // With the apps named, the name is that of what holds them.
        if wishes.choice == Choice::Asked {
            wishes.every.name.clone_from(&args.name);
        } else {
            wishes.repository.clone_from(&args.name);
        }
        for (name, value) in &args.set {
            let of_every = &mut wishes.every.answers;
            match name.rsplit_once(':') {
                Some((dir, name)) => {
                    let answers = &mut wishes.of_app(&Site::new(dir)).answers;
                    answers.insert(name.to_owned(), value.clone());
                }
                None => {
                    of_every.insert(name.clone(), value.clone());
                }
            }
        }
        let answers = &mut wishes.every.answers;
        if let Some(port) = args.port {
            answers.insert("port".to_owned(), port.to_string());
        }
        if let Some(kind) = args.deploy_kind {
            let is_knative = kind == DeployKind::Knative;
            answers.insert(KNATIVE.to_owned(), is_knative.to_string());
        }
        wishes
    }

    /// The wishes for the app in one folder alone.
    pub(super) fn of_app(&mut self, site: &Site) -> &mut AppWish {
        self.apps.entry(site.clone()).or_default()
    }

    /// What counts for the app in `site`.
    pub(super) fn for_app(&self, site: &Site) -> AppWish {
        let own = self.apps.get(site).cloned().unwrap_or_default();
        let mut answers = self.every.answers.clone();
        answers.extend(own.answers);
        AppWish {
            pack: own.pack.or_else(|| self.every.pack.clone()),
            name: own.name.or_else(|| self.every.name.clone()),
            answers,
        }
    }

    /// With several apps chosen, refuses what can be meant for one only, and takes the name for that of the repository. `sites` are
    /// those chosen; folders that were named as seen from `scope` become theirs.
    pub(super) fn settle(&mut self, scope: &Site, sites: &[Site]) -> Result<(), Failure> {
        let chosen: BTreeSet<&Site> = sites.iter().collect();
        let place = |site: Site| {
            let below = Site::new(&format!("{}{}", scope.prefix(), site.dir()));
            if chosen.contains(&below) { below } else { site }
        };
        self.apps = std::mem::take(&mut self.apps)
            .into_iter()
            .map(|(site, wish)| (place(site), wish))
            .collect();
        if let Some(other) = self.apps.keys().find(|site| !chosen.contains(site)) {
            let dirs: Vec<&str> = sites.iter().map(Site::dir).collect();
            return Err(Failure::usage(format!(
                "--set {}:… is about no app that is imported",
                other.dir()
            ))
            .hint(format!("the apps are in: {}", dirs.join(", "))));
        }
        let [first, _, ..] = sites else {
            return Ok(());
        };
        if let Some(name) = self.every.name.take() {
            self.repository = Some(name);
        }
        if self.every.pack.is_some() {
            return Err(
                Failure::usage("--pack is for one app, and several are imported")
                    .hint("import that app alone, with --app DIR, and the others after it"),
            );
        }
        let answers = self.every.answers.iter();
        if let Some((name, value)) = answers.clone().find(|(name, _)| *name != KNATIVE) {
            return Err(Failure::usage(format!(
                "the value {name} is for one app, and several are imported"
            ))
            .hint(format!(
                "say whose it is: --set {}:{name}={value}",
                first.dir()
            )));
        }
        Ok(())
    }
}
