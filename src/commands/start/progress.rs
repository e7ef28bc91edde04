//! What a run tells a person while it runs.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::activity::Recorder;
use crate::ports::activities::StoreError;
use crate::ports::runner::{RunEvents, RunNotes};
use crate::ui::Ui;

/// Says what begins and ends.
pub(super) struct Progress<'a> {
    ui: &'a Ui,
    recorder: Option<Recorder<'a>>,
    known: Mutex<BTreeMap<String, String>>,
}

impl<'a> Progress<'a> {
    /// Talks to a person, and tells the store where there is a recorder.
    pub(super) fn new(ui: &'a Ui, recorder: Option<Recorder<'a>>) -> Self {
        Self {
            ui,
            recorder,
            known: Mutex::default(),
        }
    }

    /// Records the last state, and whether everything was recorded.
    pub(super) fn finish(self, objects: &[Value]) -> Result<(), StoreError> {
        match self.recorder {
            Some(recorder) => {
                recorder.record(objects);
                recorder.check()
            }
            None => Ok(()),
        }
    }
}

impl RunEvents for Progress<'_> {
    fn changed(&self, objects: &[Value]) {
        if let Some(recorder) = &self.recorder {
            recorder.record(objects);
        }
        for object in objects.iter().filter(|object| object["kind"] == "TaskRun") {
            let name = object["metadata"]["name"].as_str().unwrap_or_default();
            let condition = &object["status"]["conditions"][0];
            let reason = condition["reason"].as_str().unwrap_or_default().to_owned();
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
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
