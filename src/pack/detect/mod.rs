//! Which pack fits a repository, and why: an ordered list of small detectors over a read-only view, build files before
//! languages, and an answer that is none, one or many.
//!
//! Bytes are never counted. What two build files in one folder mean is decided by their scores (see [`score`]).

mod deploy;
mod dotnet;
mod finding;
pub(super) mod generator;
pub(super) mod go;
mod jvm;
pub(super) mod node;
mod others;
mod plain;
mod port;
pub(super) mod python;
mod rules;
mod rust;
mod seen;

use serde::Serialize;

pub(super) use deploy::charts;
pub use finding::{Evidence, Finding, score};
pub(super) use node::workspace_members;
pub use port::{FoundPort, PortSource};
pub use rules::DetectRule;

use super::facts::{self, Fact};
use crate::project::{AppName, Folder, Project};

/// A function that looks at one folder.
type Detector = fn(&Folder<'_>) -> Option<Finding>;

/// Languages, in the order that decides between equal scores.
const LANGUAGES: &[Detector] = &[
    jvm::maven,
    jvm::gradle,
    jvm::sbt,
    go::detect,
    rust::detect,
    dotnet::detect,
    others::swift,
    others::elixir,
    others::ruby,
    others::php,
    python::detect,
    node::detect,
    others::cpp,
];

/// What is tried where no language decides.
const PLAIN: &[Detector] = &[generator::detect, plain::site, plain::docker, plain::helm];

/// How deep below the top an application of its own is looked for.
const APP_DEPTH: usize = 4;

/// The most folders that are looked at as applications.
const MAX_APP_FOLDERS: usize = 2_000;

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// One pack fits.
    One,
    /// Several applications; one of their folders has to be named.
    Many,
    /// No pack fits.
    None,
}

/// A pack that would fit a folder.
#[derive(Debug, Clone, Serialize)]
pub struct Candidate {
    /// The name of the pack.
    pub pack: String,
    /// The folder; `.` is the top.
    pub dir: String,
    /// From 0 to 100.
    pub score: u8,
    /// Why.
    pub evidence: Vec<Evidence>,
}

/// An application in the repository.
#[derive(Debug, Clone, Serialize)]
pub struct App {
    /// The folder; `.` is the top.
    pub dir: String,
    /// The name of the pack.
    pub pack: String,
    /// What it would be called.
    pub name: String,
    /// What it listens on.
    pub port: Option<u16>,
}

/// What detection found. The JSON form is one of those that scripts rely on.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Detection {
    /// None, one or many.
    pub outcome: Outcome,
    /// The pack, when it is one.
    pub pack: Option<String>,
    /// What the app would be called.
    pub name: Option<String>,
    /// What it listens on, when something says so.
    pub port: Option<u16>,
    /// Where the port was read.
    pub port_source: Option<PortSource>,
    /// The Dockerfile that is there already.
    pub dockerfile: Option<String>,
    /// The folder of the chart that is there already.
    pub chart: Option<String>,
    /// Every pack that was considered, the best first.
    pub candidates: Vec<Candidate>,
    /// The applications, one or many.
    pub apps: Vec<App>,
    /// How the application is built, started and asked for its health, and with which toolchain; see [`Detection::look_closer`].
    pub facts: Vec<Fact>,
    /// The file and line of the port; part of the reasons, not of the stable form.
    #[serde(skip)]
    pub found_port: Option<FoundPort>,
    /// What was seen that no pack is for, for the message when nothing fits.
    #[serde(skip)]
    pub seen: Vec<String>,
}

impl Detection {
    /// Adds what a pack would need to know about the one application: facts that are no part of the choice. Those without a
    /// value are left out.
    #[must_use]
    pub fn look_closer(mut self, project: &Project) -> Self {
        if let (Outcome::One, [app]) = (self.outcome, self.apps.as_slice()) {
            let lineage = [app.pack.clone()];
            self.facts = facts::gather(&lineage, &project.folder(&app.dir));
            self.facts.retain(|fact| !fact.value.is_empty());
        }
        self
    }
}

/// Detects what is in `project`. `rules` are those of packs that bring their own.
pub fn detect(project: &Project, rules: &[DetectRule]) -> Detection {
    let top = project.top();
    let mut root = languages(&top, rules);
    settle_between_languages(&top, &mut root);
    let best = root
        .first()
        .filter(|finding| finding.score >= score::DECIDES);
    if let Some(best) = best {
        let members = apps_of_members(project, rules, &best.members);
        if members.len() > 1 {
            return many(project, root, members);
        }
        let best = best.clone();
        return one(project, ".", best, root);
    }
    let nested = nested_apps(project, rules);
    let mut plain: Vec<Finding> = PLAIN.iter().filter_map(|detector| detector(&top)).collect();
    plain.sort_by_key(|finding| std::cmp::Reverse(finding.score));
    let own_images = nested
        .iter()
        .filter(|(dir, _)| deploy::dockerfile(&project.folder(dir)).is_some())
        .count();
    let one_image = plain
        .first()
        .is_some_and(|finding| finding.pack == "docker")
        && own_images == 0;
    root.extend(plain.iter().cloned());
    match nested.len() {
        1 => {
            let (dir, finding) = nested[0].clone();
            one(project, &dir, finding, root)
        }
        2.. if !one_image => many(project, root, nested),
        _ => match plain.into_iter().next() {
            Some(finding) => one(project, ".", finding, root),
            None => none(project, root),
        },
    }
}

/// Detects what is in the folder of one application, which was found to need `pack` when the whole repository was looked at.
pub fn detect_app(project: &Project, rules: &[DetectRule], pack: &str) -> Detection {
    let top = project.top();
    let mut found = languages(&top, rules);
    found.extend(PLAIN.iter().filter_map(|detector| detector(&top)));
    match found.iter().find(|finding| finding.pack == pack).cloned() {
        Some(best) => one(project, ".", best, found),
        None => detect(project, rules),
    }
}

/// What an application in a folder would be called.
pub fn name_of_folder(dir: &str) -> Option<AppName> {
    let last = dir.rsplit('/').find(|part| *part != "src").unwrap_or(dir);
    AppName::from_text(last)
}

/// The findings of one folder, the best first; equal scores in the order of [`LANGUAGES`].
fn languages(folder: &Folder<'_>, rules: &[DetectRule]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = LANGUAGES
        .iter()
        .filter_map(|detector| detector(folder))
        .chain(rules.iter().filter_map(|rule| rule.apply(folder)))
        .collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.score));
    findings
}

/// Two compiled languages at one top: the one whose sources are a handful beside the other's is a helper.
fn settle_between_languages(folder: &Folder<'_>, findings: &mut [Finding]) {
    const FEW: usize = 3;
    let sources = |pack: &str| {
        let suffix = match pack {
            "go" => ".go",
            "rust" => ".rs",
            "swift" => ".swift",
            "elixir" => ".ex",
            "python" => ".py",
            "ruby" => ".rb",
            _ => return None,
        };
        Some(folder.below().filter(|path| path.ends_with(suffix)).count())
    };
    let counts: Vec<Option<usize>> = findings
        .iter()
        .map(|finding| sources(&finding.pack))
        .collect();
    let most = counts.iter().flatten().max().copied().unwrap_or(0);
    for (finding, count) in findings.iter_mut().zip(counts) {
        if count.is_some_and(|count| count < FEW && most > 10 * FEW) {
            finding.score = finding.score.min(score::HELPER);
        }
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.score));
}

/// The members of a workspace that are applications.
fn apps_of_members(
    project: &Project,
    rules: &[DetectRule],
    members: &[String],
) -> Vec<(String, Finding)> {
    members
        .iter()
        .filter(|member| !deploy::is_aside(member))
        .filter_map(|member| {
            let folder = project.folder(member);
            let finding = languages(&folder, rules).into_iter().next()?;
            let runs = finding.score > score::LIBRARY;
            (runs && !is_shared_package(member)).then(|| (member.clone(), finding))
        })
        .collect()
}

/// `packages/ui` and `libs/x` are what the applications of a workspace share.
fn is_shared_package(member: &str) -> bool {
    matches!(
        member.split('/').next(),
        Some("packages" | "libs" | "lib" | "shared" | "common")
    )
}

/// Folders below the top that are applications; nothing is looked for inside one.
fn nested_apps(project: &Project, rules: &[DetectRule]) -> Vec<(String, Finding)> {
    let mut folders: Vec<&str> = project
        .files()
        .iter()
        .filter_map(|path| path.rsplit_once('/').map(|(folder, _)| folder))
        .filter(|folder| folder.matches('/').count() < APP_DEPTH && !deploy::is_aside(folder))
        .collect();
    folders.dedup();
    folders.sort_by_key(|folder| (folder.matches('/').count(), *folder));
    folders.dedup();
    folders.truncate(MAX_APP_FOLDERS);
    let mut apps: Vec<(String, Finding)> = Vec::new();
    for folder in folders {
        if apps
            .iter()
            .any(|(app, _)| folder.starts_with(&format!("{app}/")))
        {
            continue;
        }
        let Some(finding) = languages(&project.folder(folder), rules).into_iter().next() else {
            continue;
        };
        // Loose C in a Makefile folder and unlisted sources are too little below the top.
        let is_build_file = finding.score > score::LIBRARY
            || finding.pack == "python" && finding.score >= score::LIBRARY - 20;
        if finding.score >= score::DECIDES - 10 && is_build_file && finding.pack != "cpp" {
            if finding.pack == "csharp" && project.folder(folder).with_suffix(".csproj").is_none() {
                continue;
            }
            apps.push((folder.to_owned(), finding));
        }
    }
    apps.sort_by(|one, other| one.0.cmp(&other.0));
    apps
}

fn one(project: &Project, dir: &str, best: Finding, considered: Vec<Finding>) -> Detection {
    let folder = project.folder(dir);
    let dockerfile = deploy::dockerfile(&project.top());
    let chart = deploy::charts(project).into_iter().next();
    let found_port = match best.pack.as_str() {
        "helm" | "static" => None,
        _ => port::find(&folder, &best, dockerfile.as_deref()),
    };
    let name = project
        .suggested_name(None)
        .map(|(name, _)| name.to_string());
    let mut candidates = vec![candidate(dir, &best)];
    candidates.extend(
        considered
            .iter()
            .filter(|finding| dir != "." || finding.pack != best.pack)
            .map(|finding| candidate(".", finding)),
    );
    Detection {
        outcome: Outcome::One,
        pack: Some(best.pack.clone()),
        port: found_port.as_ref().map(|found| found.port),
        port_source: found_port.as_ref().map(|found| found.source),
        dockerfile,
        chart,
        apps: vec![App {
            dir: dir.to_owned(),
            pack: best.pack,
            name: name.clone().unwrap_or_default(),
            port: found_port.as_ref().map(|found| found.port),
        }],
        name,
        candidates,
        facts: Vec::new(),
        found_port,
        seen: Vec::new(),
    }
}

fn many(project: &Project, considered: Vec<Finding>, found: Vec<(String, Finding)>) -> Detection {
    let mut candidates: Vec<Candidate> = found
        .iter()
        .map(|(dir, finding)| candidate(dir, finding))
        .collect();
    candidates.extend(considered.iter().map(|finding| candidate(".", finding)));
    let apps = found
        .into_iter()
        .map(|(dir, finding)| {
            let folder = project.folder(&dir);
            let dockerfile = deploy::dockerfile(&folder);
            App {
                port: port::find(&folder, &finding, dockerfile.as_deref()).map(|found| found.port),
                name: name_of_folder(&dir)
                    .map(|name| name.to_string())
                    .unwrap_or_default(),
                pack: finding.pack,
                dir,
            }
        })
        .collect();
    Detection {
        outcome: Outcome::Many,
        pack: None,
        name: None,
        port: None,
        port_source: None,
        dockerfile: None,
        chart: None,
        candidates,
        apps,
        facts: Vec::new(),
        found_port: None,
        seen: Vec::new(),
    }
}

fn none(project: &Project, considered: Vec<Finding>) -> Detection {
    Detection {
        outcome: Outcome::None,
        pack: None,
        name: project
            .suggested_name(None)
            .map(|(name, _)| name.to_string()),
        port: None,
        port_source: None,
        dockerfile: None,
        chart: None,
        candidates: considered
            .iter()
            .map(|finding| candidate(".", finding))
            .collect(),
        apps: Vec::new(),
        facts: Vec::new(),
        found_port: None,
        seen: seen::languages(project),
    }
}

fn candidate(dir: &str, finding: &Finding) -> Candidate {
    Candidate {
        pack: finding.pack.clone(),
        dir: dir.to_owned(),
        score: finding.score,
        evidence: finding.evidence.clone(),
    }
}
