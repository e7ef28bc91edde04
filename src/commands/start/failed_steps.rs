//! What a person looks at first after a failure: the end of the logs of the steps that failed.

use std::path::Path;

use serde_json::Value;

use crate::files;
use crate::ports::runner::RunOutcome;
use crate::ui::Ui;

/// The lines of a failed step's log that are shown.
const SHOWN_LINES: usize = 20;
/// No more than this is read of a log's end.
const SHOWN_BYTES: u64 = 64 << 10;

/// The end of the log of each step that failed.
pub(super) fn show_failed_steps(ui: &Ui, outcome: &RunOutcome, logs: &Path) {
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
