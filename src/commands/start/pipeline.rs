//! `landfall start pipeline`

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tekton::admission::Gates;
use tekton::run::{CancelMode, Verdict};

use super::failed_steps::show_failed_steps;
use super::progress::Progress;
use super::working_tree::WorkingTree;
use crate::activity::Recorder;
use crate::context::Context;
use crate::failure::{Code, Exit, Failure};
use crate::files;
use crate::pipeline::{Reading, Refusal, new_uid, read_documents, read_file};
use crate::ports::runner::{CancelSender, Isolation, RunOutcome, RunRequest};
use crate::runner::control::RunControl;
use crate::ui::Ui;
use crate::ui::output::{OutputArgs, OutputFormat};

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
/// Without FILE: a PipelineRun of the repository's .tekton/ folder, with the working tree as it is, changes that are not committed
/// included. It is an activity like those that a push starts.
///
/// FILE holds one PipelineRun or TaskRun and, if it likes, the Pipelines, Tasks, `StepActions`, Secrets, `ConfigMaps` and
/// claims that it names. It runs to its end in a scratch workspace.
///
/// Exit status: 0 succeeded, 10 failed, 11 cancelled, 1 refused by Tekton's admission (nothing ran).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  landfall start pipeline
  landfall start pipeline pull-request
  landfall start pipeline --file run.yaml -o json")]
pub struct StartPipelineArgs {
    /// The PipelineRun: its name, or that of its file in .tekton/ without .yaml
    #[arg(
        value_name = "NAME",
        default_value = "release",
        conflicts_with = "file"
    )]
    name: String,
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
    let isolation = args.isolation()?;
    let gates = Gates { alpha: args.alpha };
    let tree = match &args.file {
        Some(_) => None,
        None => Some(WorkingTree::look(context, &args.name)?),
    };
    let reading = match (&args.file, &tree) {
        (Some(file), _) => read_file(&context.current_dir().join(file), gates)?,
        (None, Some(tree)) => read_documents(&tree.documents, &tree.path, gates)?,
        (None, None) => return Err(Failure::usage("name a file with --file")),
    };
    let objects = match reading {
        Reading::Ready(objects) => *objects,
        Reading::Denied(refusals) => return refuse(context, args, &refusals),
    };
    let name = objects.run.metadata().name.clone();
    let control = RunControl::register(&context.home().run().join("pipelines"), &name)?;
    let scratch = scratch_folder(context, &name)?;
    let logs = match (&args.logs, &tree) {
        (Some(logs), _) => context.current_dir().join(logs),
        (None, Some(_)) => context.home().logs().join(&name),
        (None, None) => scratch.join("logs"),
    };
    let (sender, cancel) = CancelSender::new();
    let request = RunRequest {
        objects,
        uid: new_uid(),
        gates,
        isolation,
        folder: scratch.clone(),
        logs: logs.clone(),
        claims: tree.as_ref().map(WorkingTree::claims).unwrap_or_default(),
        claims_root: None,
        environment: tree
            .as_ref()
            .map(|tree| tree.environment(context))
            .unwrap_or_default(),
        visible: Vec::new(),
        masked: Vec::new(),
        cancel,
    };
    let recorder = tree
        .as_ref()
        .map(|tree| Recorder::new(&tree.documents[0], &*context.ports.activities));
    let progress = Progress::new(context.ui, recorder);
    let runner = context.ports.runner.clone();
    let work = runner.run(request, &progress);
    let outcome = tokio::select! {
        outcome = work => outcome?,
        () = interrupted(context.ui, &sender) => return Ok(Exit::Interrupted),
        () = control.listen(&sender) => return Ok(Exit::Failed),
    };
    progress.finish(&outcome.objects)?;
    if args.strict && !outcome.notes.not_simulated.is_empty() {
        return Err(Failure::new(format!(
            "not simulated: {}",
            outcome.notes.not_simulated.join("; ")
        )));
    }
    show(context, args, &name, &outcome, &logs, &scratch)
}

impl StartPipelineArgs {
    /// How steps see the machine. In a working tree they run on it as it is, like those of a push: the build's tools are there.
    fn isolation(&self) -> Result<Isolation, Failure> {
        match self.runner {
            None if self.file.is_none() => Ok(Isolation::Host),
            None => Ok(Isolation::Auto),
            Some(RunnerName::Host) => Ok(Isolation::Host),
            Some(RunnerName::Isolated) => Ok(Isolation::Isolated),
            Some(RunnerName::Podman | RunnerName::Docker) => Err(Failure::not_there_yet(
                "running steps in a container engine",
            )
            .hint("use --runner isolated or --runner host")),
        }
    }
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
