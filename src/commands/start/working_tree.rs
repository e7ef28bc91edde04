//! A pipeline of the repository around the current folder, on the working tree as it is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::activity::RunIdentity;
use crate::commands::app_here::AppHere;
use crate::context::Context;
use crate::failure::{Code, Failure};
use crate::files;
use crate::pack::ImportRecord;
use crate::pipeline::environment::{of_run, step_environment};
use crate::pipeline::{Event, EventKind, FOLDER, PipelineFiles};
use crate::ports::git::{Checkout, Head, RemoteUrl};

/// The claim that stands for the working tree.
const CLAIM: &str = "working-tree";

/// The most of a file of `.tekton/` that is read: 1 MiB.
const LIMIT: u64 = 1 << 20;

/// A run of a repository, ready to be read.
pub(super) struct WorkingTree {
    /// The run, and behind it what it names.
    pub(super) documents: Vec<Value>,
    /// The file of the run.
    pub(super) path: String,
    root: PathBuf,
    identity: RunIdentity,
}

impl WorkingTree {
    /// Finds the run that is called `name`, and gives it a build number.
    pub(super) fn look(context: &Context<'_>, name: &str) -> Result<Self, Failure> {
        let folder = context.current_dir();
        let here = AppHere::find(context, folder)?;
        let record = here.record_if_there().ok().flatten();
        let app = record.as_ref().filter(|_| !here.site.is_top());
        let app = app.map(|record| record.app.as_str());
        let checkout = here.checkout.ok_or_else(|| {
            Failure::new(format!("{} is in no Git repository", folder.display()))
                .code(Code::NO_REPOSITORY)
                .hint("run it in a repository, or name a file with --file")
        })?;
        let event = event(context, &checkout, record.as_ref())?;
        let files = read_files(&checkout.root)?;
        if files.is_empty() {
            return Err(Failure::new(format!(
                "{} has no pipeline in {FOLDER}/",
                checkout.root.display()
            ))
            .code(Code::PIPELINE)
            .hint("`landfall import` writes some")
            .hint("or name a file with a PipelineRun or TaskRun: --file FILE"));
        }
        let prepared = files.named(name, app, &event)?;
        let dirty = context.ports.git.dirty_paths(&checkout.root)?.len();
        if dirty > 0 {
            let files = crate::ui::count(dirty, "file");
            context.ui.warn(format!(
                "{files} with changes that are not committed are part of what runs"
            ));
        }
        let mut identity = RunIdentity {
            owner: event.owner.clone(),
            repository: event.repository.clone(),
            branch: event.branch(),
            sha: event.revision.clone(),
            sha_title: event.title.clone(),
            repository_url: event.url.clone(),
            context: prepared.name.clone(),
            ..RunIdentity::default()
        };
        identity.build = context.ports.activities.next_build(&identity.pipeline())?;
        let mut run = prepared.run;
        identity.name_run(&mut run, context.ports.owners.this_process().as_ref());
        use_tree(&mut run);
        let mut documents = vec![run];
        documents.extend(prepared.objects);
        Ok(Self {
            documents,
            path: prepared.path,
            root: checkout.root,
            identity,
        })
    }

    /// The folders that stand for claims.
    pub(super) fn claims(&self) -> BTreeMap<String, PathBuf> {
        BTreeMap::from([(CLAIM.to_owned(), self.root.clone())])
    }

    /// The variables of its steps.
    pub(super) fn environment(&self, context: &Context<'_>) -> BTreeMap<String, String> {
        let settings = &context.settings;
        let environment = step_environment(
            |name| context.process.var(name),
            context.home().root(),
            &settings.org.value,
            settings.port.value,
        );
        let activity = self.identity.activity_name();
        of_run(environment, &activity, &activity)
    }
}

/// Every claim that the run would be given anew is the working tree.
fn use_tree(run: &mut Value) {
    let workspaces = run["spec"]["workspaces"].as_array_mut();
    for workspace in workspaces.into_iter().flatten() {
        if let Some(workspace) = workspace.as_object_mut()
            && workspace.remove("volumeClaimTemplate").is_some()
        {
            workspace.insert(
                "persistentVolumeClaim".to_owned(),
                json!({"claimName": CLAIM}),
            );
        }
    }
}

/// What a push of this commit would be.
fn event(
    context: &Context<'_>,
    checkout: &Checkout,
    record: Option<&ImportRecord>,
) -> Result<Event, Failure> {
    let (branch, commit) = match &checkout.head {
        Head::Branch { branch, commit } => (branch.to_string(), commit),
        Head::Detached { commit } => ("HEAD".to_owned(), commit),
        Head::Unborn { branch } => {
            return Err(
                Failure::new(format!("the branch {branch} has no commit yet"))
                    .code(Code::NO_REPOSITORY)
                    .hint("git add . && git commit --message \"Start\""),
            );
        }
    };
    let (owner, repository) = owner_and_name(context, checkout, record);
    let newest = context
        .ports
        .objects
        .log(&checkout.root, commit, None, 1)?
        .pop();
    let url = RemoteUrl::of_path(&checkout.root).map_err(anyhow::Error::new)?;
    Ok(Event {
        kind: EventKind::Push {
            reference: format!("refs/heads/{branch}"),
        },
        owner,
        repository,
        url: url.as_git().to_owned(),
        revision: commit.to_string(),
        title: newest
            .as_ref()
            .map(|commit| commit.title().to_owned())
            .unwrap_or_default(),
        sender: newest.map(|commit| commit.author).unwrap_or_default(),
    })
}

/// As the import recorded them, as the remote says, or as the folder is called.
fn owner_and_name(
    context: &Context<'_>,
    checkout: &Checkout,
    record: Option<&ImportRecord>,
) -> (String, String) {
    if let Some(record) = record {
        return (record.org.clone(), record.repository().to_owned());
    }
    let of_remote = checkout
        .remote("origin")
        .and_then(|remote| remote.url.as_ref())
        .and_then(RemoteUrl::owner_and_name);
    of_remote.unwrap_or_else(|| {
        let name = checkout.root.file_name().unwrap_or_default();
        (
            context.settings.org.value.clone(),
            name.to_string_lossy().into_owned(),
        )
    })
}

fn read_files(root: &Path) -> Result<PipelineFiles, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(FOLDER)];
    while let Some(folder) = folders.pop() {
        for path in files::list_dir(&root.join(&folder))? {
            let relative = folder.join(path.file_name().unwrap_or_default());
            if path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                folders.push(relative);
            } else {
                let bytes = files::read_bytes(&path, LIMIT)?;
                let text = String::from_utf8_lossy(&bytes).into_owned();
                found.push((relative.to_string_lossy().into_owned(), text));
            }
        }
    }
    Ok(PipelineFiles::new(found))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::use_tree;

    #[test]
    fn claims_that_would_be_made_are_the_working_tree_and_others_stay() {
        let mut run = json!({"spec": {"workspaces": [
            {"name": "source", "volumeClaimTemplate": {"spec": {}}},
            {"name": "scratch", "emptyDir": {}},
        ]}});
        use_tree(&mut run);
        assert_eq!(
            run["spec"]["workspaces"],
            json!([
                {"name": "source", "persistentVolumeClaim": {"claimName": "working-tree"}},
                {"name": "scratch", "emptyDir": {}},
            ])
        );
        use_tree(&mut json!({"spec": {}}));
    }
}
