//! `landfall logs`

use std::fmt::Write as _;
use std::time::Duration;

use crate::activity::PipelineActivity;
use crate::activity::model::TaskState;
use crate::commands::runs::{activity_of, find_run, verdict};
use crate::context::Context;
use crate::failure::{Exit, Failure, near_names};
use crate::ports::activities::RunRecord;
use crate::ports::logs::LogKey;
use crate::ui::{LogLines, log_prefix};

/// Bytes of a log that are read and printed at once.
const PART: usize = 64 << 10;

/// How often a log that is followed is looked at again.
const POLL: Duration = Duration::from_millis(100);

/// Print the logs of a run's steps, each line after its [task : step]
///
/// Without a name: those of the newest run. Lines beyond 64 KiB are cut, and only colours pass of escape
/// sequences; --raw prints the bytes as they are.
///
/// Examples:
///   landfall logs acme/shop/main --build 7
///   landfall logs --follow
///   landfall logs shop --step test
///
/// Exit status with --exit-status: 0 when the run succeeded, 10 when it failed, 11 when it was cancelled,
/// 8 when it has not ended (without --follow).
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct LogsArgs {
    /// The activity, its run, its pipeline, or a part of the name of one
    activity: Option<String>,
    /// The build number, where the name is that of a pipeline
    #[arg(long, value_name = "N")]
    build: Option<String>,
    /// Only this step or task: STEP, TASK or TASK/STEP
    #[arg(long, value_name = "NAME")]
    step: Option<String>,
    /// Go on until the run ends
    #[arg(long)]
    follow: bool,
    /// Print the bytes as they are, without prefixes
    #[arg(long)]
    raw: bool,
    /// End with the run's outcome as the status
    #[arg(long)]
    exit_status: bool,
}

pub(super) async fn run(context: &Context<'_>, args: &LogsArgs) -> Result<Exit, Failure> {
    let record = find_run(context, args.activity.as_deref(), args.build.as_deref())?;
    let mut printer = Printer {
        context,
        args,
        run: record.name.clone(),
        logs: Vec::new(),
    };
    if args.follow {
        return tokio::select! {
            biased;
            _ = tokio::signal::ctrl_c() => Ok(Exit::Interrupted),
            result = printer.follow() => result,
        };
    }
    let activity = activity_of(context, &record);
    printer.know(&activity.status.tasks);
    if printer.logs.is_empty() {
        return nothing_to_print(context, args, &activity);
    }
    let mut is_silent = true;
    for index in 0..printer.logs.len() {
        while printer.print_part(index).await? {
            is_silent = false;
        }
        printer.finish(index).await?;
    }
    if is_silent {
        context
            .ui
            .say(format!("{} wrote nothing", activity.metadata.name));
    }
    Ok(printer.exit(&activity))
}

/// Says why no step of the run was chosen.
fn nothing_to_print(
    context: &Context<'_>,
    args: &LogsArgs,
    activity: &PipelineActivity,
) -> Result<Exit, Failure> {
    let name = &activity.metadata.name;
    let mut known: Vec<String> = Vec::new();
    for task in &activity.status.tasks {
        known.extend(
            task.steps
                .iter()
                .map(|step| format!("{}/{}", task.name, step.name)),
        );
    }
    let Some(step) = args.step.as_ref().filter(|_| !known.is_empty()) else {
        let why = match activity.spec.message.as_str() {
            "" => String::new(),
            message => format!(": {message}"),
        };
        context.ui.say(format!("{name} has no steps{why}"));
        return Ok(Exit::Done);
    };
    let mut names: Vec<String> = known
        .iter()
        .filter_map(|name| name.rsplit('/').next())
        .map(str::to_owned)
        .collect();
    names.extend(known.iter().cloned());
    let near = near_names(step, &names);
    let candidates = if near.is_empty() { &known } else { &near };
    Err(Failure::not_found("step", step, candidates))
}

/// One log and how far it was printed.
struct Log {
    key: LogKey,
    prefix: String,
    from: u64,
    lines: LogLines,
}

struct Printer<'a> {
    context: &'a Context<'a>,
    args: &'a LogsArgs,
    run: String,
    logs: Vec<Log>,
}

impl Printer<'_> {
    /// Takes up the logs of steps that were not known yet.
    fn know(&mut self, tasks: &[TaskState]) {
        for task in tasks {
            let earlier = (1..=task.retries).map(Some);
            for step in &task.steps {
                for try_number in earlier.clone().chain([None]) {
                    let key = LogKey {
                        earlier_try: try_number,
                        ..LogKey::new(&self.run, &task.name, &step.name)
                    };
                    let is_known = self.logs.iter().any(|log| log.key == key);
                    if is_known || !self.is_chosen(&task.name, &step.name) {
                        continue;
                    }
                    self.logs.push(Log {
                        prefix: log_prefix(self.context.ui, &task.name, &step.name),
                        key,
                        from: 0,
                        lines: LogLines::new(self.context.ui.is_colored()),
                    });
                }
            }
        }
    }

    fn is_chosen(&self, task: &str, step: &str) -> bool {
        self.args
            .step
            .as_deref()
            .is_none_or(|wanted| match wanted.split_once('/') {
                Some((of_task, of_step)) => of_task == task && of_step == step,
                None => wanted == step || wanted == task,
            })
    }

    /// Prints what the run writes until it has ended and everything is printed.
    async fn follow(&mut self) -> Result<Exit, Failure> {
        loop {
            // The record before the logs: once it says that the run has ended, the logs are complete.
            let record: Option<RunRecord> = self.context.ports.activities.get(&self.run)?;
            let Some(record) = record else {
                return Err(Failure::new(format!("{} was deleted", self.run)));
            };
            let activity = activity_of(self.context, &record);
            self.know(&activity.status.tasks);
            let mut printed = false;
            for index in 0..self.logs.len() {
                // A part of each in turn, so that one that writes without end does not hide the others.
                printed |= self.print_part(index).await?;
            }
            if printed {
                continue;
            }
            if activity.spec.status.is_terminal() {
                for index in 0..self.logs.len() {
                    self.finish(index).await?;
                }
                return Ok(self.exit(&activity));
            }
            if self.context.ui.reader_is_gone() {
                return Ok(Exit::BrokenPipe);
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Prints the next part of a log; false if there is none yet.
    async fn print_part(&mut self, index: usize) -> Result<bool, Failure> {
        let Some(log) = self.logs.get_mut(index) else {
            return Ok(false);
        };
        let bytes = self.context.ports.logs.read(&log.key, log.from, PART)?;
        let bytes = bytes.unwrap_or_default();
        if bytes.is_empty() {
            return Ok(false);
        }
        log.from += bytes.len() as u64;
        if self.args.raw {
            let written = self.context.ui.bytes_patiently(&bytes).await;
            written.map_err(anyhow::Error::new)?;
            return Ok(true);
        }
        let mut text = String::new();
        let prefix = &log.prefix;
        log.lines
            .push(&bytes, |line| add_line(&mut text, prefix, line));
        self.write(&text).await?;
        Ok(true)
    }

    /// Prints the last line of a log if it has no end.
    async fn finish(&mut self, index: usize) -> Result<(), Failure> {
        let Some(log) = self.logs.get_mut(index) else {
            return Ok(());
        };
        let mut text = String::new();
        let prefix = &log.prefix;
        log.lines.finish(|line| add_line(&mut text, prefix, line));
        self.write(&text).await
    }

    async fn write(&self, text: &str) -> Result<(), Failure> {
        let written = self.context.ui.answer_patiently(text).await;
        written.map_err(|error| anyhow::Error::new(error).into())
    }

    fn exit(&self, activity: &PipelineActivity) -> Exit {
        if !self.args.exit_status {
            return Exit::Done;
        }
        verdict([activity]).unwrap_or(Exit::Pending)
    }
}

fn add_line(text: &mut String, prefix: &str, line: &str) {
    let space = if line.is_empty() { "" } else { " " };
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{prefix}{space}{line}");
}
