//! What an import would do, decided before anything is touched: a plain value that can be printed and saved.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::files::FileError;
use crate::project::{AppName, Project};
use crate::template::Templates;

use super::catalog::hex;
use super::detect::Detection;
use super::error::PackError;
use super::fate::{self, Earlier, Repository};
use super::model::{Pack, PackItem};
use super::record::{self, ImportRecord};
use super::values::{self, PlanValue};
use super::{adopt, facts, image, leftovers, links, source, variable};

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
    /// A new branch to work on.
    pub new_branch: Option<String>,
}

/// The plan. Its JSON form is one of those that scripts rely on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// The branch that the commit is made on, where that is a new one, whose pull request goes to the branch that was checked out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
}

/// A pack, exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanPack {
    /// Its name.
    pub name: String,
    /// Where it came from.
    pub source: String,
    /// The commit, for a pack from Git.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// What was in it.
    pub digest: String,
}

impl From<&Pack> for PlanPack {
    fn from(pack: &Pack) -> Self {
        Self {
            name: pack.name.clone(),
            source: pack.source.clone(),
            commit: pack.commit.clone(),
            digest: pack.digest.clone(),
        }
    }
}

/// What happens to one path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// Written by an earlier import, and written anew because a value changes.
    Update,
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
            Self::Update => "update",
            Self::Keep => "keep",
            Self::Adopt => "adopt",
        }
    }
}

/// A remote of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// What stands now where a file is written anew, by path.
    #[serde(default)]
    pub replaces: BTreeMap<String, String>,
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
    if let Some(done) = &done {
        values::recall(&mut values, &done.values);
    }
    values::answer(&mut values, &input.answers)?;
    variable::settle(pack, &mut values)?;
    image::check(pack, &values)?;
    let templates = Templates::default();
    let (context, _) = values::context(pack, &values, &templates)?;
    let earlier = match &done {
        Some(record) => Some(Earlier::new(record, pack, &values, &templates)?),
        None => None,
    };
    let repository = Repository {
        project,
        detection,
        earlier: earlier.as_ref(),
    };

    let mut draft = Draft::default();
    adopt(&repository, pack, &mut draft.files)?;
    for item in &pack.files {
        let old = match &earlier {
            Some(earlier) => render(item, &earlier.context, &templates)?,
            None => None,
        };
        let new = render(item, &context, &templates)?;
        if old.is_none() && new.is_none() {
            continue;
        }
        let path = target(item, input.app.0.as_str(), &pack.name);
        check_path(pack, &path)?;
        if let Some(file) = fate::decide(&repository, item, path, old.as_deref(), new.as_deref())? {
            draft.add(project, file, new);
        }
    }
    leftovers::keep(project, detection, &mut draft.files);
    draft.add_record(project, pack, input, &values, done.as_ref())?;
    let Draft {
        mut files,
        contents,
        replaces,
    } = draft;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files.dedup_by(|one, other| one.path == other.path);
    let pipeline = ".tekton/release.yaml";
    let has_pipeline = contents.contains_key(pipeline) || project.has(pipeline);
    Ok(PreparedImport {
        plan: ImportPlan {
            app: input.app.0.to_string(),
            org: input.org.0.clone(),
            pack: PlanPack::from(pack),
            files,
            commit: (!contents.is_empty()).then(|| message(pack, earlier.as_ref())),
            remote: input.remote.clone(),
            pipeline: has_pipeline.then(|| pipeline.to_owned()),
            branch: input.new_branch.clone(),
            values,
        },
        contents,
        replaces,
    })
}

/// Every value, the user's words first.
fn values(
    project: &Project,
    detection: &Detection,
    pack: &Pack,
    input: &PlanInput,
) -> Vec<PlanValue> {
    let facts = facts_of(project, pack);
    let port = match &detection.found_port {
        Some(found) => (found.port, found.because.clone()),
        None => (
            DEFAULT_PORT,
            "nothing in the repository names a port; the app gets it as PORT".to_owned(),
        ),
    };
    let chart = match &detection.chart {
        Some(chart) => PlanValue::text("chart", chart, "it is the repository's chart"),
        None => PlanValue::default_text("chart", ""),
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
        chart,
    ];
    values.extend(values::of_pack(pack, &facts));
    values
}

/// What the repository says of itself to this pack.
pub(super) fn facts_of(project: &Project, pack: &Pack) -> Vec<facts::Fact> {
    facts::gather(&pack.lineage, &project.top())
}

/// A plan's files while it is being made.
#[derive(Debug, Default)]
struct Draft {
    files: Vec<PlanFile>,
    contents: BTreeMap<String, String>,
    replaces: BTreeMap<String, String>,
}

impl Draft {
    /// One file of the pack with its text, if it has one.
    fn add(&mut self, project: &Project, file: PlanFile, text: Option<String>) {
        if let (Action::Add | Action::Update, Some(text)) = (file.action, text) {
            if file.action == Action::Update
                && let Some(there) = project.read(&file.path)
            {
                self.replaces.insert(file.path.clone(), there);
            }
            self.contents.insert(file.path.clone(), text);
        }
        self.files.push(file);
    }

    /// The record, of this import or of the earlier one with what changes, where anything is written.
    fn add_record(
        &mut self,
        project: &Project,
        pack: &Pack,
        input: &PlanInput,
        values: &[PlanValue],
        done: Option<&ImportRecord>,
    ) -> Result<(), PackError> {
        if self.contents.is_empty() {
            return Ok(());
        }
        let place = links::find(project.root(), record::PATH)?;
        let (record, action, because) = match done {
            Some(done) => (
                done.changed(values, &self.contents),
                Action::Update,
                "records the answers and what was written",
            ),
            // One that cannot be read stays, as every file of the user's does.
            None if place.is_taken || project.has(record::PATH) => return Ok(()),
            None => (
                ImportRecord::new(
                    pack,
                    input.app.0.as_str(),
                    &input.org.0,
                    values,
                    &self.contents,
                ),
                Action::Add,
                "records the pack, the answers and what was written",
            ),
        };
        let file = PlanFile {
            path: place.path,
            action,
            because: because.to_owned(),
        };
        let text = record.print()?;
        self.add(project, file, Some(text));
        Ok(())
    }
}

/// What the commit says.
fn message(pack: &Pack, earlier: Option<&Earlier<'_>>) -> String {
    match earlier {
        Some(earlier) if !earlier.changed.is_empty() => {
            format!(
                "chore: import with other values: {}",
                earlier.changed.join(", ")
            )
        }
        _ => format!("chore: import with the landfall pack {}", pack.name),
    }
}

/// The Dockerfile and the chart that take the place of the pack's.
fn adopt(
    repository: &Repository<'_>,
    pack: &Pack,
    files: &mut Vec<PlanFile>,
) -> Result<(), PackError> {
    let (project, detection) = (repository.project, repository.detection);
    if let Some(path) = &detection.dockerfile
        && !repository.has_written(path)
    {
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
    if let Some(chart) = &detection.chart
        && !repository.has_written(&format!("{chart}/Chart.yaml"))
    {
        links::find(project.root(), &format!("{chart}/Chart.yaml"))?;
        files.push(PlanFile {
            path: chart.clone(),
            action: Action::Adopt,
            because: adopt::because(project, chart),
        });
    }
    Ok(())
}

/// The text of a file of the pack; `None` when its condition does not hold or its template leaves nothing.
pub(super) fn render(
    item: &PackItem,
    context: &Value,
    templates: &Templates,
) -> Result<Option<String>, PackError> {
    if item.when.as_ref().is_some_and(|when| !when.holds(context)) {
        return Ok(None);
    }
    let text = std::str::from_utf8(&item.contents).map_err(|_| FileError::NotText {
        path: item.origin.clone().into(),
    })?;
    if !item.is_template {
        return Ok(Some(text.to_owned()));
    }
    let rendered = templates.render(&item.origin, text, context)?;
    Ok((!rendered.trim().is_empty()).then_some(rendered))
}

pub(super) fn target(item: &PackItem, app: &str, pack: &str) -> String {
    item.target
        .replace("__app__", app)
        .replace("__pack__", pack)
}

/// A pack must not write outside the repository, into `.git`, or where some file system sees another name.
pub(super) fn check_path(pack: &Pack, path: &str) -> Result<(), PackError> {
    match source::fault(path) {
        None => Ok(()),
        Some(fault) => Err(PackError::Broken {
            place: format!("the pack {}", pack.name),
            reason: format!("the path {path:?} {fault}"),
        }),
    }
}

/// `sha256:` and the hash of a text.
pub(super) fn hash(text: &str) -> String {
    format!("sha256:{}", hex(&Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests;
