//! `landfall start pipeline`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde_json::{Value, json};
use tekton::admission::Gates;
use tekton::run::{CancelMode, Verdict};

use crate::context::Context;
use crate::failure::{Code, Exit, Failure};
use crate::files;
use crate::pipeline::{Reading, Refusal, new_uid, read_file};
use crate::ports::runner::{CancelSender, Isolation, RunEvents, RunNotes, RunOutcome, RunRequest};
use crate::runner::control::RunControl;
use crate::ui::Ui;
use crate::ui::output::{OutputArgs, OutputFormat};

/// The lines of a failed step's log that are shown.
const SHOWN_LINES: usize = 20;
/// No more than this is read of a log's end.
const SHOWN_BYTES: u64 = 64 << 10;

/// Where steps run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum RunnerName {
    /// On the machine as it is
    Host,
    /// On the machine, with /workspace, /tekton and mounts at their real paths (Linux)
    Isolated,
    /// In containers of podman
    Podman,
    /// In containers of docker
    Docker,
}

/// Run a pipeline here
///
/// FILE holds one PipelineRun or TaskRun and, if it likes, the Pipelines, Tasks, `StepActions`, Secrets, `ConfigMaps` and
/// claims that it names. It runs to its end in a scratch workspace.
///
/// Exit status: 0 succeeded, 10 failed, 11 cancelled, 1 refused by Tekton's admission (nothing ran).
#[derive(Debug, clap::Args)]
pub struct StartPipelineArgs {
    /// The file with the run
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Write the output of steps into this folder, one file a step
    #[arg(long, value_name = "DIR")]
    logs: Option<PathBuf>,
    /// Where steps run (default: isolated where that works, else host)
    #[arg(long, value_name = "RUNNER", value_enum)]
    runner: Option<RunnerName>,
    /// Turn on what a stock Tekton has off
    #[arg(long)]
    alpha: bool,
    /// Fail if anything is not simulated
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

pub(super) async fn run(context: &Context<'_>, args: &StartPipelineArgs) -> Result<Exit, Failure> {
    let Some(file) = &args.file else {
        return Err(
            Failure::not_there_yet("`landfall start pipeline` without --file")
                .hint("name a file with a PipelineRun or TaskRun: --file FILE")
                .hint("a push to the local forge starts the pipelines of a repository: `git push`"),
        );
    };
    let isolation = match args.runner {
        None => Isolation::Auto,
        Some(RunnerName::Host) => Isolation::Host,
        Some(RunnerName::Isolated) => Isolation::Isolated,
        Some(RunnerName::Podman | RunnerName::Docker) => {
            return Err(
                Failure::not_there_yet("running steps in a container engine")
                    .hint("use --runner isolated or --runner host"),
            );
        }
    };
    let gates = Gates { alpha: args.alpha };
    let objects = match read_file(&context.current_dir().join(file), gates)? {
        Reading::Ready(objects) => *objects,
        Reading::Denied(refusals) => return refuse(context, args, &refusals),
    };
    let name = objects.run.metadata().name.clone();
    let control = RunControl::register(&context.home().run().join("pipelines"), &name)?;
    let scratch = scratch_folder(context, &name)?;
    let logs = match &args.logs {
        Some(logs) => context.current_dir().join(logs),
        None => scratch.join("logs"),
    };
    let (sender, cancel) = CancelSender::new();
    let request = RunRequest {
        objects,
        uid: new_uid(),
        gates,
        isolation,
        folder: scratch.clone(),
        logs: logs.clone(),
        claims: BTreeMap::new(),
        claims_root: None,
        environment: BTreeMap::new(),
        visible: Vec::new(),
        masked: Vec::new(),
        cancel,
    };
    let progress = Progress {
        ui: context.ui,
        known: Mutex::default(),
    };
    let runner = context.ports.runner.clone();
    let work = runner.run(request, &progress);
    let outcome = tokio::select! {
        outcome = work => outcome?,
        () = interrupted(context.ui, &sender) => return Ok(Exit::Interrupted),
        () = control.listen(&sender) => return Ok(Exit::Failed),
    };
    if args.strict && !outcome.notes.not_simulated.is_empty() {
        return Err(Failure::new(format!(
            "not simulated: {}",
            outcome.notes.not_simulated.join("; ")
        )));
    }
    show(context, args, &name, &outcome, &logs, &scratch)
}

/// A folder of its own for the run; older ones of the same name make place.
fn scratch_folder(context: &Context<'_>, name: &str) -> Result<PathBuf, Failure> {
    let folder = context.home().runs().join(name);
    files::remove_dir_all(&folder)?;
    files::create_dir_all(&folder)?;
    Ok(folder)
}

/// Ends the run at the first Ctrl-C, and the wait for it at the second.
async fn interrupted(ui: &Ui, sender: &CancelSender) {
    if tokio::signal::ctrl_c().await.is_err() {
        return std::future::pending().await;
    }
    ui.say("cancelling the run; once more to stop waiting for it");
    sender.cancel(CancelMode::Cancelled);
    let _ = tokio::signal::ctrl_c().await;
}

fn refuse(
    context: &Context<'_>,
    args: &StartPipelineArgs,
    refusals: &[Refusal],
) -> Result<Exit, Failure> {
    if let Some(format) = args.output.output {
        let denied: Vec<Value> = refusals
            .iter()
            .map(|refusal| &refusal.denied)
            .map(|d| json!({"kind": d.kind, "name": d.name, "message": d.message}))
            .collect();
        let answer = json!({"denied": denied, "taskRuns": []});
        context.ui.document(format, &answer)?;
        return Ok(Exit::Failed);
    }
    let list = refusals.iter().map(|Refusal { denied, place, .. }| {
        format!(
            "{place}: {} {}: {}",
            denied.kind, denied.name, denied.message
        )
    });
    let list: Vec<String> = list.collect();
    Err(Failure::new(list.join("\n")).code(Code::PIPELINE))
}

fn show(
    context: &Context<'_>,
    args: &StartPipelineArgs,
    name: &str,
    outcome: &RunOutcome,
    logs: &Path,
    scratch: &Path,
) -> Result<Exit, Failure> {
    let exit = match outcome.verdict {
        Verdict::Succeeded => Exit::Done,
        Verdict::Cancelled => Exit::RunCancelled,
        Verdict::Pending => Exit::Pending,
        Verdict::Failed | Verdict::Running => Exit::RunFailed,
    };
    match args.output.output {
        Some(OutputFormat::Name) => {
            context.ui.answer(&format!("{name}\n"))?;
        }
        Some(OutputFormat::Wide) | None => {
            let condition = &outcome.condition;
            let line = format!("{name}: {}: {}\n", condition.reason, condition.message);
            context.ui.answer(&line)?;
        }
        Some(format) => context.ui.list(format, &outcome.objects)?,
    }
    if exit == Exit::RunFailed && args.output.output.is_none() {
        show_failed_steps(context.ui, outcome, logs);
        context
            .ui
            .hint(format!("the run's folder is kept: {}", scratch.display()));
    }
    Ok(exit)
}

/// The end of the log of each step that failed.
fn show_failed_steps(ui: &Ui, outcome: &RunOutcome, logs: &Path) {
    let task_runs = outcome
        .objects
        .iter()
        .filter(|object| object["kind"] == "TaskRun");
    for task_run in task_runs {
        let task = task_run["metadata"]["labels"]["tekton.dev/pipelineTask"].as_str();
        let task = task
            .or_else(|| task_run["metadata"]["name"].as_str())
            .unwrap_or_default();
        let steps = task_run["status"]["steps"].as_array().into_iter().flatten();
        let failed = |step: &&Value| {
            step["terminationReason"] != "Skipped"
                && step["terminated"]["exitCode"]
                    .as_i64()
                    .is_some_and(|code| code != 0)
        };
        for step in steps.filter(failed) {
            let step = step["name"].as_str().unwrap_or_default();
            let path = logs.join(format!("{task}-{step}.txt"));
            ui.say(format!("the end of {}:", path.display()));
            for line in last_lines(&path) {
                ui.say(format!("[{task} : {step}] {line}"));
            }
        }
    }
}

fn last_lines(path: &Path) -> Vec<String> {
    let size = files::size_if_there(path)
        .ok()
        .flatten()
        .unwrap_or_default();
    let from = size.saturating_sub(SHOWN_BYTES);
    let bytes = files::read_part(path, from, SHOWN_BYTES as usize)
        .ok()
        .flatten()
        .unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(SHOWN_LINES)..]
        .iter()
        .map(|line| (*line).to_owned())
        .collect()
}

/// Says what begins and ends.
struct Progress<'a> {
    ui: &'a Ui,
    known: Mutex<BTreeMap<String, String>>,
}

impl RunEvents for Progress<'_> {
    fn changed(&self, objects: &[Value]) {
        for object in objects.iter().filter(|object| object["kind"] == "TaskRun") {
            let name = object["metadata"]["name"].as_str().unwrap_or_default();
            let condition = &object["status"]["conditions"][0];
            let reason = condition["reason"].as_str().unwrap_or_default().to_owned();
            let mut known = self
                .known
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            if known.get(name) != Some(&reason) {
                if condition["status"] != "Unknown" {
                    self.ui.say(format!("{name}: {reason}"));
                }
                known.insert(name.to_owned(), reason);
            }
        }
    }

    fn begins(&self, notes: &RunNotes) {
        let because = notes
            .fallback
            .as_ref()
            .map(|why| format!(" ({why})"))
            .unwrap_or_default();
        self.ui.say(format!("runner: {}{because}", notes.backend));
        if !notes.not_simulated.is_empty() {
            self.ui
                .say(format!("not simulated: {}", notes.not_simulated.join("; ")));
        }
    }

    fn log_begins(&self, task: &str, step: &str, _file: &Path) {
        self.ui.verbose(format!("[{task} : {step}] starts"));
    }
}
