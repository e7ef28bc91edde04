//! `landfall start pipeline`: nothing that a step started outlives it, however the step or the run ends.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::session::Session;

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(20);
const RUNNERS: [&str; 2] = ["host", "isolated"];

/// Starts four processes that write their ids: the step's own, a child in its group, one in a session of its own without
/// parent and environment, and one that does not end when it is asked to.
const TREE: &str = r#"
              sh -c 'echo $$ > DIR/child; exec sleep 600' &
              (setsid -f env -i /bin/sh -c 'echo $$ > DIR/session; exec /bin/sleep 600') </dev/null
              setsid sh -c 'trap "" TERM INT HUP; echo $$ > DIR/stubborn; while :; do sleep 600; done' </dev/null &
              while [ "$(ls DIR | wc -l)" -lt 3 ]; do sleep 0.02; done
"#;

/// What a step does once its tree is there.
const WAIT: &str = "              echo $$ > DIR/step\n              exec sleep 600\n";
const END: &str = "              echo $$ > DIR/step\n";

/// Where the processes of a tree write their ids. A test that fails leaves none of them.
struct Ids(PathBuf);

impl Ids {
    fn read(&self) -> BTreeMap<String, i32> {
        let files = fs::read_dir(&self.0).expect("the folder").flatten();
        files
            .filter_map(|file| {
                let text = fs::read_to_string(file.path()).ok()?;
                let name = file.file_name().to_string_lossy().into_owned();
                Some((name, text.trim().parse().ok()?))
            })
            .collect()
    }
}

impl Drop for Ids {
    fn drop(&mut self) {
        for pid in self.read().values().filter(|pid| is_alive(**pid)) {
            let group = Pid::from_raw(*pid).expect("a process id");
            // Each of them leads a group but the child, which is in the step's.
            let _ = kill_process_group(group, Signal::KILL);
            let _ = kill_process(group, Signal::KILL);
        }
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A run whose one step starts [`TREE`].
fn tree(session: &Session, then: &str) -> Ids {
    // Not below `/tmp`: a view has one of its own.
    let folder = Path::new("/var/tmp").join(session.root().file_name().expect("a name"));
    fs::create_dir_all(&folder).expect("a folder");
    let script = format!("{TREE}{then}").replace("DIR", &folder.to_string_lossy());
    session.write(
        "work/run.yaml",
        &format!(
            "apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {{name: tree}}
spec:
  pipelineSpec:
    tasks:
      - name: a
        taskSpec:
          steps:
            - name: s
              image: x
              script: |{}",
            script.replace("\n              ", "\n                ")
        ),
    );
    Ids(folder)
}

/// The run in the background, once all its processes are there, with their ids.
fn start(session: &Session, runner: &str, tree: &Ids) -> (Child, BTreeMap<String, i32>) {
    let child = session
        .command(&[
            "start",
            "pipeline",
            "--file",
            "run.yaml",
            "--runner",
            runner,
            "--batch-mode",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut ids = BTreeMap::new();
    wait_for("the tree", || {
        ids = tree.read();
        ids.len() == 4
    });
    assert!(ids.values().all(|pid| is_alive(*pid)), "{ids:?}");
    (child, ids)
}

fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "waited too long for {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The parent of a process that is neither gone nor a zombie.
fn parent(pid: i32) -> Option<i32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    if fields.next()? == "Z" {
        return None;
    }
    fields.next()?.parse().ok()
}

fn is_alive(pid: i32) -> bool {
    parent(pid).is_some()
}

fn kill(pid: i32) {
    kill_process(Pid::from_raw(pid).expect("a process id"), Signal::KILL).expect("killed");
}

fn children_of(parent_id: i32) -> Vec<i32> {
    let entries = fs::read_dir("/proc").expect("/proc").flatten();
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid| parent(*pid) == Some(parent_id))
        .collect()
}

fn alive(ids: &BTreeMap<String, i32>) -> Vec<&str> {
    let alive = ids.iter().filter(|(_, pid)| is_alive(**pid));
    alive.map(|(name, _)| name.as_str()).collect()
}

/// Nothing says that the killed run still runs, and its name is free.
fn assert_over(session: &Session) {
    let stopped = session.run(&["stop", "pipeline", "tree"]);
    assert_eq!(stopped.status, 5, "{}", stopped.stderr);
    for list in ["activities", "pipelines"] {
        let listed = session.run(&["get", list]);
        assert!(!listed.stdout.contains("Running"), "{}", listed.stdout);
    }
    session.write(
        "work/next.yaml",
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: tree}
spec:
  taskSpec:
    steps: [{name: s, image: x, script: 'true'}]
",
    );
    let next = session.run(&["start", "pipeline", "--file", "next.yaml"]);
    assert_eq!(next.status, 0, "{}", next.stderr);
}

#[test]
fn a_step_that_ends_leaves_nothing_behind() {
    for runner in RUNNERS {
        let session = Session::new();
        let tree = tree(&session, END);
        let ended = session.run(&[
            "start", "pipeline", "--file", "run.yaml", "--runner", runner,
        ]);
        assert_eq!(ended.status, 0, "{}", ended.stderr);
        let ids = tree.read();
        assert_eq!(ids.len(), 4);
        assert_eq!(alive(&ids), [""; 0], "{runner}");
    }
}

#[test]
fn a_cancelled_run_has_ended_its_whole_tree_before_it_says_so() {
    for runner in RUNNERS {
        let session = Session::new();
        let tree = tree(&session, WAIT);
        let (mut run, ids) = start(&session, runner, &tree);
        // It would only cost the test its whole grace.
        let group = Pid::from_raw(ids["stubborn"]).expect("a process id");
        kill_process_group(group, Signal::KILL).expect("killed");
        let stopped = session.run(&["stop", "pipeline", "tree"]);
        assert_eq!(stopped.status, 0, "{}", stopped.stderr);
        assert_eq!(alive(&ids), [""; 0], "{runner}");
        assert_eq!(run.wait().expect("waited").code(), Some(11));
    }
}

#[test]
fn a_killed_run_takes_its_tree_along() {
    for runner in RUNNERS {
        let session = Session::new();
        let tree = tree(&session, WAIT);
        let (mut run, ids) = start(&session, runner, &tree);
        run.kill().expect("killed");
        run.wait().expect("waited");
        wait_for("the end of the tree", || alive(&ids).is_empty());
        assert_over(&session);
    }
}

#[test]
fn what_a_run_leaves_that_is_killed_with_its_launchers_is_ended_by_the_next_run() {
    for runner in RUNNERS {
        let session = Session::new();
        let tree = tree(&session, WAIT);
        let (mut run, mut ids) = start(&session, runner, &tree);
        // What has neither mark nor marked parents cannot be told from what the user started.
        kill(ids.remove("session").expect("there"));
        let launchers = children_of(run.id() as i32);
        assert_eq!(launchers.len(), 1);
        run.kill().expect("killed");
        launchers.into_iter().for_each(kill);
        run.wait().expect("waited");
        // Runs of other tests clear up too: that something is left here cannot be asserted.
        assert_over(&session);
        assert_eq!(alive(&ids), [""; 0], "{runner}");
    }
}

#[test]
fn a_step_whose_launcher_is_killed_has_failed_and_runs_no_more() {
    let session = Session::new();
    let tree = tree(&session, WAIT);
    let (mut run, mut ids) = start(&session, "host", &tree);
    kill(ids.remove("session").expect("there"));
    children_of(run.id() as i32).into_iter().for_each(kill);
    assert_eq!(run.wait().expect("waited").code(), Some(10));
    assert_eq!(alive(&ids), [""; 0]);
}
