//! What an import would do, decided before anything is touched: a plain value that can be printed and saved.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::files::FileError;
use crate::project::{AppName, Project};
use crate::template::Templates;

use super::catalog::hex;
use super::detect::Detection;
use super::error::PackError;
use super::model::{Pack, PackItem, Role};
use super::record::{self, ImportRecord};
use super::values::{self, PlanValue};
use super::{facts, image, leftovers, links};

/// The port of an app when nothing in the repository names one; Knative's own default.
pub const DEFAULT_PORT: u16 = 8080;

/// What the caller decided.
#[derive(Debug, Clone)]
pub struct PlanInput {
    /// The name of the app and why.
    pub app: (AppName, String),
    /// The owner and why.
    pub org: (String, String),
    /// The branch whose pushes are releases, and why.
    pub branch: (String, String),
    /// Why this pack.
    pub pack_because: String,
    /// The remote that will be pushed to.
    pub remote: PlanRemote,
    /// Values that the user gave, by name, in place of what was found.
    pub answers: BTreeMap<String, String>,
}

/// The plan. Its JSON form is one of those that scripts rely on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPlan {
    /// The app.
    pub app: String,
    /// The owner of the repository on the forge.
    pub org: String,
    /// The pack.
    pub pack: PlanPack,
    /// Every value that templates get.
    pub values: Vec<PlanValue>,
    /// What is added, kept and adopted, in the order of paths.
    pub files: Vec<PlanFile>,
    /// The message of the commit; `None` when nothing is to be committed.
    pub commit: Option<String>,
    /// Where the branch is pushed to.
    pub remote: PlanRemote,
    /// The pipeline that runs then.
    pub pipeline: Option<String>,
}

/// A pack, exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPack {
    /// Its name.
    pub name: String,
    /// Where it came from.
    pub source: String,
    /// What was in it.
    pub digest: String,
}

/// What happens to one path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanFile {
    /// Relative to the repository.
    pub path: String,
    /// What happens.
    pub action: Action,
    /// Why, as a fragment.
    pub because: String,
}

/// What happens to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Written and committed.
    Add,
    /// The repository's own stays as it is, although the pack or another tool has the like.
    Keep,
    /// The repository's own takes the place of the pack's.
    Adopt,
}

impl Action {
    /// The word of the plan.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Keep => "keep",
            Self::Adopt => "adopt",
        }
    }
}

/// A remote of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRemote {
    /// Its name in the checkout.
    pub name: String,
    /// Its address.
    pub url: String,
    /// Why this name.
    pub because: String,
}

/// A plan with the contents of what it adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreparedImport {
    /// The plan.
    pub plan: ImportPlan,
    /// The files to write, by path.
    pub contents: BTreeMap<String, String>,
}

impl PreparedImport {
    /// The paths that are written and committed.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.contents.keys().map(String::as_str)
    }
}

/// Plans the import of `project` with `pack`. Reads the project and nothing else.
///
/// # Errors
/// An answer to what was not asked, a template of the pack that cannot be rendered, or a path that leads out of the repository.
pub fn plan(
    project: &Project,
    detection: &Detection,
    pack: &Pack,
    input: &PlanInput,
) -> Result<PreparedImport, PackError> {
    let done = record::read(project);
    let mut values = values(project, detection, pack, input);
    values::answer(&mut values, &input.answers)?;
    image::check(pack, &values)?;
    let templates = Templates::default();
    let (context, _) = values::context(pack, &values, &templates)?;

    let mut files: Vec<PlanFile> = Vec::new();
    let mut contents: BTreeMap<String, String> = BTreeMap::new();
    adopt(project, detection, pack, &mut files)?;
    for item in &pack.files {
        let Some(text) = render(item, &context, &templates)? else {
            continue;
        };
        let path = target(item, input.app.0.as_str(), &pack.name);
        check_path(pack, &path)?;
        let Some(file) = decide(project, detection, done.as_ref(), item, path)? else {
            continue;
        };
        if file.action == Action::Add {
            contents.insert(file.path.clone(), text);
        }
        files.push(file);
    }
    leftovers::keep(project, detection, &mut files);
    if !contents.is_empty() && done.is_none() {
        let place = links::find(project.root(), record::PATH)?;
        // One that cannot be read stays, as every file of the user's does.
        if !place.is_taken {
            let record =
                ImportRecord::new(pack, input.app.0.as_str(), &input.org.0, &values, &contents);
            contents.insert(place.path.clone(), record.print()?);
            files.push(PlanFile {
                path: place.path,
                action: Action::Add,
                because: "records the pack, the answers and what was written".to_owned(),
            });
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files.dedup_by(|one, other| one.path == other.path);
    let pipeline = ".tekton/release.yaml";
    let has_pipeline = contents.contains_key(pipeline) || project.has(pipeline);
    Ok(PreparedImport {
        plan: ImportPlan {
            app: input.app.0.to_string(),
            org: input.org.0.clone(),
            pack: PlanPack {
                name: pack.name.clone(),
                source: pack.source.clone(),
                digest: pack.digest.clone(),
            },
            values,
            files,
            commit: (!contents.is_empty())
                .then(|| format!("chore: import with the landfall pack {}", pack.name)),
            remote: input.remote.clone(),
            pipeline: has_pipeline.then(|| pipeline.to_owned()),
        },
        contents,
    })
}

/// Every value, the user's words first.
fn values(
    project: &Project,
    detection: &Detection,
    pack: &Pack,
    input: &PlanInput,
) -> Vec<PlanValue> {
    let facts = facts::gather(&pack.lineage, &project.top());
    let port = match &detection.found_port {
        Some(found) => (found.port, found.because.clone()),
        None => (
            DEFAULT_PORT,
            "nothing in the repository names a port; the app gets it as PORT".to_owned(),
        ),
    };
    let health = facts.iter().find(|fact| fact.name == "health.path");
    let mut values = vec![
        PlanValue::text("app", input.app.0.as_str(), &input.app.1),
        PlanValue::text("org", &input.org.0, &input.org.1),
        PlanValue::text("pack", &pack.name, &input.pack_because),
        PlanValue::text("branch", &input.branch.0, &input.branch.1),
        PlanValue {
            name: "port".to_owned(),
            value: Value::from(port.0),
            because: port.1,
        },
        PlanValue::text(
            "health",
            health.map_or("", |fact| fact.value.as_str()),
            health.map_or("the port is probed", |fact| fact.because.as_str()),
        ),
    ];
    values.extend(values::of_pack(pack, &facts));
    values
}

/// The Dockerfile and the chart that take the place of the pack's.
fn adopt(
    project: &Project,
    detection: &Detection,
    pack: &Pack,
    files: &mut Vec<PlanFile>,
) -> Result<(), PackError> {
    if let Some(path) = &detection.dockerfile {
        links::find(project.root(), path)?;
        let because = if pack.artifact.is_none() {
            "builds the image"
        } else {
            "builds the image where a container builder is used; the local image is made as .landfall/app.yaml says"
        };
        let action = if path == "Dockerfile" {
            Action::Keep
        } else {
            Action::Adopt
        };
        files.push(PlanFile {
            path: path.clone(),
            action,
            because: because.to_owned(),
        });
    }
    if let Some(chart) = &detection.chart {
        links::find(project.root(), &format!("{chart}/Chart.yaml"))?;
        files.push(PlanFile {
            path: chart.clone(),
            action: Action::Adopt,
            because:
                "is the repository's chart; the release packages it, and none is added beside it"
                    .to_owned(),
        });
    }
    Ok(())
}

/// What happens to one file of the pack; `None` when the repository's own stands for it under another path.
fn decide(
    project: &Project,
    detection: &Detection,
    done: Option<&ImportRecord>,
    item: &PackItem,
    path: String,
) -> Result<Option<PlanFile>, PackError> {
    let file = |path: String, action: Action, because: &str| {
        Ok(Some(PlanFile {
            path,
            action,
            because: because.to_owned(),
        }))
    };
    let stands_elsewhere = match item.role {
        Some(Role::Chart) => detection.chart.is_some(),
        Some(Role::Dockerfile) => detection.dockerfile.is_some(),
        None => false,
    };
    let place = match links::find(project.root(), &path) {
        Err(_) if stands_elsewhere => return Ok(None),
        place => place?,
    };
    // Also for what the listing leaves out, such as ignored files.
    if place.is_taken || project.has(&path) {
        return file(path, Action::Keep, "is there already");
    }
    if stands_elsewhere {
        return Ok(None);
    }
    if done.is_some_and(|record| record.files.contains_key(&place.path)) {
        let because = "an earlier import wrote it and you took it away";
        return file(place.path, Action::Keep, because);
    }
    let because = item.role.map_or_else(
        || purpose(&path),
        |role| match role {
            Role::Chart => "deploys the app; there is no chart yet",
            Role::Dockerfile => "builds the image; there is no Dockerfile yet",
        },
    );
    match place.link {
        Some(link) => file(place.path, Action::Add, &format!("{because}; {link}")),
        None => file(place.path, Action::Add, because),
    }
}

fn purpose(path: &str) -> &'static str {
    match path.split('/').next() {
        Some(".tekton") => "tests, builds and releases the app",
        Some(".landfall") if path.ends_with("app.yaml") => {
            "says what the build leaves and how it starts"
        }
        Some(".landfall") => "keeps what a build on this machine leaves out of Git",
        _ => "comes with the pack",
    }
}

/// The text of a file of the pack; `None` when its template leaves nothing.
fn render(
    item: &PackItem,
    context: &Value,
    templates: &Templates,
) -> Result<Option<String>, PackError> {
    let text = std::str::from_utf8(&item.contents).map_err(|_| FileError::NotText {
        path: item.origin.clone().into(),
    })?;
    if !item.is_template {
        return Ok(Some(text.to_owned()));
    }
    let rendered = templates.render(&item.origin, text, context)?;
    Ok((!rendered.trim().is_empty()).then_some(rendered))
}

fn target(item: &PackItem, app: &str, pack: &str) -> String {
    item.target
        .replace("__app__", app)
        .replace("__pack__", pack)
}

/// A pack from a folder must not write outside the repository or into `.git`.
fn check_path(pack: &Pack, path: &str) -> Result<(), PackError> {
    let plain = Path::new(path)
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)));
    if plain
        && !path
            .split('/')
            .any(|part| part.eq_ignore_ascii_case(".git"))
    {
        Ok(())
    } else {
        Err(PackError::Invalid {
            pack: pack.name.clone(),
            reason: format!("{path} leads out of the repository"),
        })
    }
}

/// `sha256:` and the hash of a text.
pub(super) fn hash(text: &str) -> String {
    format!("sha256:{}", hex(&Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests;
