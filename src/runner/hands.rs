//! What runs single processes of a run: steps and sidecars.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tekton::run::{Event, Exit, StepPlan};
use tokio::sync::{mpsc, watch};

use super::launcher::{Request, View};
use super::layout::{LANDFALL_IN_VIEW, Layout};
use super::pod::Pod;
use super::step::{Ended, GRACE_MS, RunningStep};
use super::{ProcessRunner, environment};

/// What tasks of a run share.
#[derive(Debug)]
pub(super) struct Hands {
    pub(super) runner: ProcessRunner,
    pub(super) layout: Layout,
    pub(super) logs: PathBuf,
    pub(super) environment: BTreeMap<String, String>,
    pub(super) visible: Vec<PathBuf>,
    pub(super) masked: Vec<String>,
    pub(super) events: mpsc::UnboundedSender<Event>,
}

impl Hands {
    /// Runs one process to its end.
    pub(super) async fn run(
        &self,
        pod: &Pod,
        plan: &StepPlan,
        stop: watch::Receiver<bool>,
        started: Option<Event>,
    ) -> Ended {
        let placed = match pod.place(plan) {
            Ok(placed) => placed,
            Err(problem) => return Ended::By(Exit::NotStarted(problem)),
        };
        let landfall_folder = if self.layout.is_isolated {
            LANDFALL_IN_VIEW.trim_end_matches("/landfall").to_owned()
        } else {
            self.layout.programs().to_string_lossy().into_owned()
        };
        let of_run = self
            .environment
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()));
        let file = |path: &Option<String>| {
            let path = path.as_deref()?;
            Some(pod.file_for_step(path, &plan.mounts))
        };
        let request = Request {
            argv: placed.argv,
            environment: environment::of_step(
                &self.runner.environment,
                of_run,
                &plan.environment,
                &landfall_folder,
            ),
            step_id: format!("{}/{}/{}", plan.task_run, plan.attempt, plan.container),
            working_dir: placed.working_dir,
            log: self.logs.join(format!("{}.txt", plan.log_name)),
            stdout_file: file(&plan.stdout_file),
            stderr_file: file(&plan.stderr_file),
            timeout_ms: plan.timeout.map(|limit| limit.to_std().as_millis() as u64),
            grace_ms: GRACE_MS,
            view: placed.view.map(|view| View {
                visible: self.visible.clone(),
                ..view
            }),
            masked: self.masked.clone(),
            is_probe: false,
        };
        match RunningStep::start(&self.runner, &request).await {
            Ok(running) => {
                if let Some(started) = started {
                    let _ = self.events.send(started);
                }
                running.wait(stop).await
            }
            Err(ended) => ended,
        }
    }
}

/// The log of a try that is followed by another gets the try's number.
pub(super) fn keep_log_of_try(folder: &Path, log: &str, attempt: usize) {
    let from = folder.join(format!("{log}.txt"));
    // A log that cannot be renamed is overwritten by nobody: the next try appends to it.
    let _ = fs::rename(from, folder.join(format!("{log}.try{attempt}.txt")));
}
