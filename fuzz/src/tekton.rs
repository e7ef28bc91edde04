//! Tekton documents: read, admitted, and what is admitted is run to its end by a driver that does nothing.
//!
//! Laws: lines of fields lie in the text; what is admitted and supported ends, whatever its steps answer, within a number of events
//! that its size allows; every object of the end prints.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use tekton::admission::{Gates, admit};
use tekton::run::{Action, Event, Exit, RunOptions, RunState, Verdict};
use tekton::{Documents, Objects, read_documents, unsupported};

/// More than any run whose documents fit into an input can need: a matrix has at most 256 combinations.
const MOST_EVENTS: usize = 100_000;

/// Runs the target. The first byte decides how steps end.
pub fn check(bytes: &[u8]) {
    let Some((answers, bytes)) = bytes.split_first() else {
        return;
    };
    let text = crate::text(bytes);
    let Ok(documents) = read_documents(&text) else {
        return;
    };
    let lines = text.lines().count().max(1);
    for document in &documents {
        for path in ["kind", "spec.tasks[0].name", "spec.steps[1]", "metadata"] {
            let line = document.line_of(path);
            assert!(
                (1..=lines + 1).contains(&line),
                "{path} is in line {line} of {lines}"
            );
        }
    }
    let values: Vec<_> = documents
        .into_iter()
        .map(|document| document.value)
        .collect();
    let Ok(Documents::Read(objects)) = Objects::read(&values) else {
        return;
    };
    let gates = Gates {
        alpha: answers & 1 != 0,
    };
    if admit(&objects, gates).is_empty() && unsupported(&objects).is_empty() {
        run(*objects, gates, *answers);
    }
}

fn run(objects: Objects, gates: Gates, answers: u8) {
    let options = RunOptions {
        gates,
        run_uid: "00000000-0000-0000-0000-000000000001".to_owned(),
        paths_root: "/run".to_owned(),
    };
    let mut now = Timestamp::UNIX_EPOCH;
    let mut state = RunState::new(objects, options);
    let mut waiting: VecDeque<Event> = VecDeque::new();
    let mut actions = state.start(now);
    let mut sent = 0;
    loop {
        for action in actions {
            waiting.extend(answer(action, answers, sent));
        }
        // With nothing left to do only a limit can end the run.
        let event = match (waiting.pop_front(), state.next_deadline(now)) {
            (Some(event), _) => event,
            (None, Some(deadline)) if state.verdict() == Verdict::Running => {
                now = deadline;
                Event::Tick
            }
            (None, _) => break,
        };
        sent += 1;
        assert!(sent < MOST_EVENTS, "the run does not end");
        if answers & 2 != 0 {
            now += SignedDuration::from_millis(500);
        }
        actions = state.handle(&event, now);
    }
    assert_ne!(state.verdict(), Verdict::Running, "nothing is left to do");
    for object in state.objects() {
        assert!(object.is_object());
    }
}

fn answer(action: Action, answers: u8, sent: usize) -> Vec<Event> {
    match action {
        Action::Prepare(pod) if answers & 4 != 0 && sent % 3 == 2 => vec![Event::NotPrepared {
            task_run: pod.task_run,
            problem: "no room".to_owned(),
        }],
        Action::Prepare(pod) => vec![Event::Prepared {
            task_run: pod.task_run,
        }],
        Action::RunStep(step) => {
            let exit = match (answers >> 3, sent % 4) {
                (1, 3) => Exit::Code(1),
                (2, 2) => Exit::Signal(9),
                (3, 1) => Exit::TimedOut,
                (4, 0) => Exit::NotStarted("no such program".to_owned()),
                _ => Exit::Code(0),
            };
            let files = |names: &[String]| {
                let text: &[u8] = match answers >> 6 {
                    0 => b"x",
                    1 => b"[\"a\", \"b\"]",
                    2 => b"{\"k\": \"v\"}",
                    _ => return std::collections::BTreeMap::new(),
                };
                names
                    .iter()
                    .map(|name| (name.clone(), text.to_vec()))
                    .collect()
            };
            vec![
                Event::StepStarted {
                    task_run: step.task_run.clone(),
                    step: step.step,
                },
                Event::StepEnded {
                    task_run: step.task_run,
                    step: step.step,
                    exit,
                    results: files(&step.results),
                    step_results: files(&step.step_results),
                },
            ]
        }
        Action::Stop { task_run } => vec![Event::Stopped { task_run }],
        Action::Retire { .. } => Vec::new(),
    }
}
