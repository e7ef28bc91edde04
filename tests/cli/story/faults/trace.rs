//! landfall under strace: the calls that change files, and one of them made to fail or to be the last. Only the thread that `main`
//! runs on is traced, which does all work with files; so git's own calls are neither seen nor disturbed.

use std::process::Command;

use regex::Regex;

use super::checkout::Checkout;
use crate::session::Outcome;

/// The calls that change files; `?` because not every machine has the older half of them.
const CHANGES: &str = "?rename,?renameat,renameat2,fsync,fdatasync,?mkdir,mkdirat,?unlink,unlinkat,?link,linkat,?rmdir,write";

/// One call of the operating system.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// Its name.
    pub(super) name: String,
    /// How many of that name there were before it, and this one.
    pub(super) number: usize,
    /// The paths it names, the one of its descriptor first.
    pub(super) paths: Vec<String>,
    /// Whether it did what it is for.
    pub(super) is_done: bool,
}

impl Call {
    /// The call as strace and people name it.
    pub(super) fn shown(&self) -> String {
        format!(
            "{} {} of {}",
            self.name,
            self.number,
            self.paths.join(" to ")
        )
    }
}

/// Runs landfall in the checkout under strace, with one call disturbed as strace's `inject` says it.
pub(super) fn traced(
    checkout: &Checkout,
    args: &[&str],
    inject: Option<&str>,
) -> (Outcome, Vec<Call>) {
    let session = &checkout.session;
    let file = session.root().join("trace");
    let mut command = Command::new("strace");
    session.isolate(&mut command);
    command
        .current_dir(session.root().join(&checkout.folder))
        .args(["-qq", "-y", "-e", &format!("trace={CHANGES}"), "-o"])
        .arg(&file);
    if let Some(inject) = inject {
        command.args(["-e", &format!("inject={inject}")]);
    }
    command
        .args(["--", env!("CARGO_BIN_EXE_landfall")])
        .args(args);
    let output = command
        .output()
        .expect("strace is installed and may trace here");
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    (session.outcome(output), calls(&text))
}

/// Reads what strace wrote.
pub(super) fn calls(text: &str) -> Vec<Call> {
    let line = Regex::new(r"^(\w+)\((.*)\) += (-?\d+)").unwrap();
    // `11</a/b>` and `"/a/b"`; what stands after AT_FDCWD is the folder that landfall runs in.
    let path = Regex::new(r#"(?:^\d+<([^>]*)>)|(?:"(/[^"]*)")"#).unwrap();
    let mut calls: Vec<Call> = Vec::new();
    for found in text.lines().filter_map(|text| line.captures(text)) {
        let name = &found[1];
        let paths = path.captures_iter(&found[2]);
        calls.push(Call {
            number: 1 + calls.iter().filter(|call| call.name == name).count(),
            name: name.to_owned(),
            paths: paths
                .filter_map(|path| path.get(1).or(path.get(2)))
                .map(|path| path.as_str().to_owned())
                .collect(),
            is_done: !found[3].starts_with('-'),
        });
    }
    calls
}
