//! What an import would do, decided before anything is touched: a plain value that can be printed and saved.

mod value;

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::files::FileError;
use crate::project::{AppName, Project};
use crate::template::Templates;

pub use value::{Action, ImportPlan, PlanFile, PlanPack, PlanRemote, PreparedImport};

use super::catalog::hex;
use super::detect::Detection;
use super::error::{PackError, WORKSPACE};
use super::fate::{self, Earlier, Repository};
use super::model::{Pack, PackItem};
use super::record::{self, ImportRecord};
use super::site::Site;
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
    /// Where the app lives, and why there.
    pub site: (Site, String),
    /// The repository's name, where it is not that of the app.
    pub repository: Option<String>,
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

/// Plans the import of the app in `project` with `pack`. Its folder is a project of its own; `whole` is the repository around it, and
/// the same where the app is at the top. Reads these and nothing else.
///
/// # Errors
/// An answer to what was not asked, a template of the pack that cannot be rendered, or a path that leads out of the repository.
pub fn plan(
    whole: &Project,
    project: &Project,
    detection: &Detection,
    pack: &Pack,
    input: &PlanInput,
) -> Result<PreparedImport, PackError> {
    let site = &input.site.0;
    let app = input.app.0.as_str();
    let done = record::read(whole, site);
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
        project: whole,
        detection,
        earlier: earlier.as_ref(),
    };

    let mut draft = Draft::default();
    adopt(&repository, project, pack, input, &mut draft.files)?;
    for item in &pack.files {
        let old = match &earlier {
            Some(earlier) => render(item, &earlier.context, &templates)?,
            None => None,
        };
        let new = render(item, &context, &templates)?;
        if old.is_none() && new.is_none() {
            continue;
        }
        let path = target(item, app, &pack.name);
        check_path(pack, &path)?;
        if !site.is_top() && new.as_deref().is_some_and(runs_at_the_top) {
            return Err(PackError::NoFolders {
                pack: pack.name.clone(),
                file: item.origin.clone(),
            });
        }
        let purpose = fate::purpose(&path);
        let path = site.place(app, &path);
        if let Some(file) = fate::decide(
            &repository,
            item,
            path,
            purpose,
            old.as_deref(),
            new.as_deref(),
        )? {
            draft.add(whole, file, new);
        }
    }
    leftovers::keep(project, &site.prefix(), detection, &mut draft.files);
    draft.add_record(whole, pack, input, &values, done.as_ref())?;
    let Draft {
        mut files,
        contents,
        replaces,
    } = draft;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files.dedup_by(|one, other| one.path == other.path);
    let pipeline = site.place(app, ".tekton/release.yaml");
    let has_pipeline = contents.contains_key(&pipeline) || whole.has(&pipeline);
    Ok(PreparedImport {
        plan: ImportPlan {
            app: input.app.0.to_string(),
            org: input.org.0.clone(),
            repository: input.repository.clone(),
            dir: (!site.is_top()).then(|| site.dir().to_owned()),
            pack: PlanPack::from(pack),
            files,
            commit: (!contents.is_empty()).then(|| message(pack, input, earlier.as_ref())),
            remote: input.remote.clone(),
            pipeline: has_pipeline.then_some(pipeline),
            branch: input.new_branch.clone(),
            values,
        },
        others: Vec::new(),
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
    if !input.site.0.is_top() {
        values.push(PlanValue::text("dir", input.site.0.dir(), &input.site.1));
    }
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
        let path = input.site.0.record();
        let place = links::find(project.root(), &path)?;
        let (record, action, because) = match done {
            Some(done) => (
                done.changed(values, &self.contents),
                Action::Update,
                "records the answers and what was written",
            ),
            // One that cannot be read stays, as every file of the user's does.
            None if place.is_taken || project.has(&path) => return Ok(()),
            None => (
                ImportRecord::new(pack, input, values, &self.contents),
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
fn message(pack: &Pack, input: &PlanInput, earlier: Option<&Earlier<'_>>) -> String {
    let what = if input.site.0.is_top() {
        "import".to_owned()
    } else {
        format!("import {}", input.app.0)
    };
    match earlier {
        Some(earlier) if !earlier.changed.is_empty() => {
            format!(
                "chore: {what} with other values: {}",
                earlier.changed.join(", ")
            )
        }
        _ => format!("chore: {what} with the landfall pack {}", pack.name),
    }
}

/// The Dockerfile and the chart that take the place of the pack's.
fn adopt(
    repository: &Repository<'_>,
    project: &Project,
    pack: &Pack,
    input: &PlanInput,
    files: &mut Vec<PlanFile>,
) -> Result<(), PackError> {
    let (root, detection) = (repository.project.root(), repository.detection);
    let place = |path: &str| input.site.0.place(input.app.0.as_str(), path);
    if let Some(path) = &detection.dockerfile
        && !repository.has_written(&place(path))
    {
        links::find(root, &place(path))?;
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
            path: place(path),
            action,
            because: because.to_owned(),
        });
    }
    if let Some(chart) = &detection.chart
        && !repository.has_written(&place(&format!("{chart}/Chart.yaml")))
    {
        links::find(root, &place(&format!("{chart}/Chart.yaml")))?;
        // The folder itself may be the chart.
        let path = if chart == "." {
            input.site.0.dir().to_owned()
        } else {
            place(chart)
        };
        files.push(PlanFile {
            path,
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

/// Whether a text is a task that works at the top of the repository, as only the one that checks it out may.
fn runs_at_the_top(text: &str) -> bool {
    let top = format!("workingDir: {WORKSPACE}");
    text.lines().any(|line| line.trim() == top) && !text.contains("landfall step checkout")
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
