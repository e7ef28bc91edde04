//! Charts of our own, one file for each feature, with what Helm 4.3.1 prints for them.
//!
//! A file in this folder holds a line about it, the files of its charts (see `world.rs`), and command lines behind `== `. Below
//! a command line stands what it has to print: `|` in front of standard output, `!` of standard error, `+` of a file written
//! below `out`, and `[1]` for a status that is not 0. `== ours` marks a command line that Helm does not have or answers
//! differently, on purpose.
//!
//! With `LANDFALL_HELM` (the path of Helm 4.3.1 as published: error texts follow the Go it was built with) the expectations
//! are compared with Helm as well; with `LANDFALL_UPDATE=1` besides they are written anew.

mod world;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use world::World;

#[test]
fn features_of_charts_come_out_as_helm_prints_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/features");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    files.sort();
    assert!(files.len() >= 18, "only {} files found", files.len());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let wrong: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let mine = files.iter().skip(worker).step_by(threads);
                scope.spawn(|| mine.flat_map(|file| check(file)).collect::<Vec<_>>())
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    assert!(
        wrong.is_empty(),
        "{} command lines differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A command line and what it has to print.
struct Case {
    line: String,
    is_ours: bool,
    expected: String,
}

fn check(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let (files, cases) = parse(&text);
    let world = World::new(files);
    let helm = std::env::var_os("LANDFALL_HELM").map(PathBuf::from);
    let update = helm.is_some() && std::env::var_os("LANDFALL_UPDATE").is_some();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let mut wrong = Vec::new();
    let mut anew = text[..=text.find("\n== ").unwrap()].to_owned();
    for case in cases {
        let ours = run(
            &world,
            Path::new(env!("CARGO_BIN_EXE_landfall")),
            &case.line,
        );
        let mut expected = case.expected.clone();
        if let Some(helm) = helm.as_deref().filter(|_| !case.is_ours) {
            let theirs = run(&world, helm, &case.line.replace("--helm-only ", ""));
            if update {
                expected = if ordered(&theirs) == ordered(&ours) {
                    ours.clone()
                } else {
                    theirs.clone()
                };
            }
            if ordered(&theirs) != ordered(&expected) {
                wrong.push(format!(
                    "{name}: helm no longer prints this for: {}",
                    case.line
                ));
            }
        } else if update {
            expected.clone_from(&ours);
        }
        let mark = if case.is_ours { "ours " } else { "" };
        let _ = write!(anew, "== {mark}{}\n{expected}", case.line);
        if ours != expected {
            let differs = |(a, b): (&str, &str)| (a != b).then(|| format!("  -{a}\n  +{b}"));
            let line = expected.lines().zip(ours.lines()).find_map(differs);
            let line = line.unwrap_or_else(|| "  one of the two is longer".to_owned());
            wrong.push(format!("{name}: {}\n{line}", case.line));
        }
    }
    if update {
        fs::write(file, anew).unwrap();
    }
    wrong
}

/// Reports of schemas come in the order of a Go map: any order is right.
fn ordered(shown: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = shown.lines().collect();
    if shown.contains("specifications of the schema") {
        lines.sort_unstable();
    }
    lines
}

fn parse(text: &str) -> (&str, Vec<Case>) {
    let start = text.find("\n== ").unwrap() + 1;
    let mut cases: Vec<Case> = Vec::new();
    for line in text[start..].lines() {
        if let Some(line) = line.strip_prefix("== ") {
            let ours = line.strip_prefix("ours ");
            cases.push(Case {
                line: ours.unwrap_or(line).to_owned(),
                is_ours: ours.is_some(),
                expected: String::new(),
            });
        } else if let Some(case) = cases.last_mut() {
            case.expected.push_str(line);
            case.expected.push('\n');
        }
    }
    (&text[..start], cases)
}

/// Runs a command line in the world and shows what came of it.
fn run(world: &World, program: &Path, line: &str) -> String {
    let (line, stdin) = line.split_once(" <<< ").unwrap_or((line, ""));
    // Variables of the environment stand in front of the command.
    let command = line
        .split_inclusive(' ')
        .take_while(|word| word.contains('=') && !word.starts_with('-'))
        .map(str::len)
        .sum();
    let (variables, line) = line.split_at(command);
    let output = Command::new("sh")
        .args(["-c", &format!("exec env {variables} \"$0\" {line}")])
        .arg(program)
        .current_dir(world.work())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", world.home())
        .stdin(world.stdin(stdin))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let work = world.work().to_string_lossy().into_owned();
    let mut shown = String::new();
    let mut add = |mark: char, text: &[u8]| {
        let text = String::from_utf8_lossy(text).replace(&work, "$WORK");
        for line in text.split_inclusive('\n') {
            let _ = writeln!(shown, "{mark}{}", line.strip_suffix('\n').unwrap_or(line));
        }
        if !text.is_empty() && !text.ends_with('\n') {
            shown.push_str("(no line end)\n");
        }
    };
    add('|', &output.stdout);
    add('!', &output.stderr);
    for (path, text) in world.take_written() {
        add('+', format!("{path}\n").as_bytes());
        add('|', &text);
    }
    match output.status.code() {
        Some(0) => {}
        code => _ = writeln!(shown, "[{}]", code.unwrap_or(-1)),
    }
    shown
}
