//! The pipelines that events of the forge start: matched, run, recorded, and told as commit statuses.
//!
//! An event is acknowledged when its runs have ended, so that one that a killed process was at is done again.
//! Every step of a pack's pipeline can be done twice.

mod checks;
mod error;
mod event;
mod worker;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use futures_util::{StreamExt as _, stream};
use serde_json::Value;
use tekton::Objects;
use tekton::admission::Gates;
use tekton::run::Verdict;

use crate::activity::{Recorder, RunIdentity, refused};
use crate::files;
use crate::pipeline::environment::of_run;
use crate::pipeline::{
    Event, PipelineFiles, PreparedRun, Reading, new_uid, read_documents, skips_pipelines,
};
use crate::ports::activities::{ActivityStore, Owners};
use crate::ports::clock::Clock;
use crate::ports::forge::{CommitStatus, Forge, ForgeEvent, RefUpdate, Repository, StatusState};
use crate::ports::git::{CommitId, GitError, GitObjects};
use crate::ports::runner::{CancelSender, Isolation, RunRequest, Runner};
use crate::runner::control::RunControl;

pub use checks::PipelineChecks;
pub use error::EventError;
pub use worker::PipelineWorker;

/// How many runs of one event go on at once: a build takes what the machine has.
const AT_ONCE: usize = 4;

/// What the pipelines of events need.
#[derive(Debug, Clone)]
pub struct PipelineService {
    /// Repositories, pull requests and statuses.
    pub forge: Arc<dyn Forge>,
    /// Commits and the files in them.
    pub objects: Arc<dyn GitObjects>,
    /// Where runs are recorded.
    pub activities: Arc<dyn ActivityStore>,
    /// Which process this is.
    pub owners: Arc<dyn Owners>,
    /// Who runs them.
    pub runner: Arc<dyn Runner>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// Folders of runs.
    pub runs: PathBuf,
    /// Logs of steps.
    pub logs: PathBuf,
    /// Where a run can be cancelled from another process.
    pub controls: PathBuf,
    /// Variables that every step gets.
    pub environment: BTreeMap<String, String>,
}

impl PipelineService {
    /// Runs everything that an event starts, to its end, and acknowledges the event.
    ///
    /// # Errors
    /// A repository or a store that cannot be read. Runs that fail are recorded, and no error.
    pub async fn handle(&self, event: &ForgeEvent) -> Result<(), EventError> {
        let repository = self.forge.repository(&event.repository)?;
        if let Some(repository) = repository {
            for update in &event.updates {
                self.handle_update(&repository, update).await?;
            }
        }
        Ok(self.forge.acknowledge(event)?)
    }

    async fn handle_update(
        &self,
        repository: &Repository,
        update: &RefUpdate,
    ) -> Result<(), EventError> {
        let Some(commit) = &update.new else {
            return Ok(());
        };
        let path = repository.path()?;
        // A tag with a message is an object of its own; what pipelines see is the commit that it names.
        let tagged = if update.reference.as_str().starts_with("refs/tags/") {
            self.objects.resolve(&path, &update.reference)?
        } else {
            None
        };
        let commit = tagged.as_ref().unwrap_or(commit);
        if let Some(branch) = update.reference.branch() {
            self.forge.refresh_pull_requests(repository, &branch)?;
        }
        let newest = match self.objects.log(&path, commit, None, 1) {
            Ok(mut newest) => newest.pop(),
            // A commit that was thrown away starts nothing, now or later.
            Err(GitError::NoSuchObject { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        let Some(newest) = newest else {
            return Ok(());
        };
        if skips_pipelines(&newest.message) {
            return Ok(());
        }
        let Some(event) = self.event(repository, update, commit, &newest)? else {
            return Ok(());
        };
        let files = self.pipeline_files(&path, commit)?;
        let changed = if files.ask_for_changes() {
            self.changed(repository, &event, update, commit)?
        } else {
            Vec::new()
        };
        match files.matching(&event, &changed) {
            Ok(runs) => self.run_all(repository, &event, commit, runs).await,
            Err(error) => self.refuse(repository, &event, commit, "pipelines", &error.to_string()),
        }
    }

    /// Runs them side by side, as a cluster does: the apps of one repository do not wait for each other. Each goes to its end,
    /// whatever becomes of another.
    async fn run_all(
        &self,
        repository: &Repository,
        event: &Event,
        commit: &CommitId,
        runs: Vec<PreparedRun>,
    ) -> Result<(), EventError> {
        let mut ended = stream::iter(runs)
            .map(|prepared| self.run(repository, event, commit, prepared))
            .buffer_unordered(AT_ONCE);
        let mut all = Ok(());
        while let Some(done) = ended.next().await {
            all = all.and(done);
        }
        all
    }

    fn pipeline_files(
        &self,
        path: &std::path::Path,
        commit: &CommitId,
    ) -> Result<PipelineFiles, EventError> {
        let mut files = Vec::new();
        for file in self
            .objects
            .list_files(path, commit, crate::pipeline::FOLDER)?
        {
            if let Some(bytes) = self.objects.read_file(path, commit, &file)? {
                files.push((file, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
        Ok(PipelineFiles::new(files))
    }

    /// Runs one of them and sets the commit's status.
    async fn run(
        &self,
        repository: &Repository,
        event: &Event,
        commit: &CommitId,
        prepared: PreparedRun,
    ) -> Result<(), EventError> {
        let identity = self.identity(event, &prepared.name)?;
        let context = prepared.name.clone();
        let mut run = prepared.run;
        identity.name_run(&mut run, self.owners.this_process().as_ref());
        let mut documents = vec![run.clone()];
        documents.extend(prepared.objects);
        let objects = match admitted(&documents, &prepared.path) {
            Ok(objects) => objects,
            Err(why) => {
                self.activities
                    .record(&refused(&run, &why, self.clock.now()))?;
                return self.set_status(
                    repository,
                    commit,
                    &context,
                    StatusState::Error,
                    &why,
                    &identity,
                );
            }
        };
        self.set_status(
            repository,
            commit,
            &context,
            StatusState::Pending,
            "is running",
            &identity,
        )?;
        let name = objects.run.metadata().name.clone();
        let (sender, cancel) = CancelSender::new();
        let control = RunControl::register(&self.controls, &name)?;
        let folder = self.runs.join(&name);
        let request = RunRequest {
            objects: *objects,
            uid: new_uid(),
            gates: Gates::default(),
            isolation: Isolation::Host,
            folder: folder.clone(),
            logs: self.logs.join(&name),
            claims: BTreeMap::new(),
            claims_root: None,
            environment: of_run(self.environment.clone(), &name, &identity.activity_name()),
            visible: Vec::new(),
            masked: Vec::new(),
            cancel,
        };
        let recorder = Recorder::new(&run, &*self.activities);
        let outcome = tokio::select! {
            outcome = self.runner.run(request, &recorder) => outcome,
            () = control.listen(&sender) => return Ok(()),
        };
        let (state, description) = match outcome {
            Ok(outcome) => {
                recorder.record(&outcome.objects);
                let state = match outcome.verdict {
                    Verdict::Succeeded => StatusState::Success,
                    _ => StatusState::Failure,
                };
                (state, outcome.condition.message)
            }
            Err(error) => {
                self.activities
                    .record(&refused(&run, &error.to_string(), self.clock.now()))?;
                (StatusState::Error, error.to_string())
            }
        };
        recorder.check()?;
        if state == StatusState::Success {
            // A failed run's folder is kept for a look; this one has nothing to tell.
            // A build can leave a hundred thousand files.
            tokio::task::spawn_blocking(move || files::remove_dir_all(&folder)).await??;
        }
        self.set_status(repository, commit, &context, state, &description, &identity)
    }

    /// Records that nothing ran, and why.
    fn refuse(
        &self,
        repository: &Repository,
        event: &Event,
        commit: &CommitId,
        context: &str,
        why: &str,
    ) -> Result<(), EventError> {
        let identity = self.identity(event, context)?;
        let mut run = serde_json::json!({"apiVersion": "tekton.dev/v1", "kind": "PipelineRun", "metadata": {}, "spec": {}});
        identity.name_run(&mut run, self.owners.this_process().as_ref());
        self.activities
            .record(&refused(&run, why, self.clock.now()))?;
        self.set_status(
            repository,
            commit,
            context,
            StatusState::Error,
            why,
            &identity,
        )
    }

    fn identity(&self, event: &Event, context: &str) -> Result<RunIdentity, EventError> {
        let mut identity = RunIdentity {
            owner: event.owner.clone(),
            repository: event.repository.clone(),
            branch: event.branch(),
            pull_request: event.pull_request(),
            build: 0,
            sha: event.revision.clone(),
            sha_title: event.title.clone(),
            repository_url: event.url.clone(),
            context: context.to_owned(),
        };
        identity.build = self.activities.next_build(&identity.pipeline())?;
        Ok(identity)
    }

    fn set_status(
        &self,
        repository: &Repository,
        commit: &CommitId,
        context: &str,
        state: StatusState,
        description: &str,
        identity: &RunIdentity,
    ) -> Result<(), EventError> {
        let status = CommitStatus {
            context: format!("landfall/{context}"),
            state,
            description: description.lines().next().unwrap_or_default().to_owned(),
            target: identity.activity_name(),
            updated: self.clock.now(),
        };
        Ok(self.forge.set_status(repository, commit, &status)?)
    }
}

/// The documents as objects that may start, or what Tekton's admission says against them.
fn admitted(documents: &[Value], place: &str) -> Result<Box<Objects>, String> {
    match read_documents(documents, place, Gates::default()).map_err(|error| error.to_string())? {
        Reading::Ready(objects) => Ok(objects),
        Reading::Denied(refusals) => {
            let messages = refusals.iter().map(|refusal| {
                let denied = &refusal.denied;
                format!("{} {}: {}", denied.kind, denied.name, denied.message)
            });
            Err(messages.collect::<Vec<_>>().join("; "))
        }
    }
}
