//! `landfall template` against what Helm 4.3.1 printed: own charts in `tests/cli/charts`, and a corpus of real ones where it is.
//!
//! A case is a folder with `args.json` (how Helm was called), input files, and `expected.yaml` or `expected-error.txt`.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use chart::values::Layers;
use landfall::backend::memory::charts::MemoryCharts;
use landfall::render::helm::{HelmTemplate, Printed};
use regex::Regex;
use serde_json::Value;

use crate::session::Session;

#[test]
fn our_charts_render_as_helm_does() {
    let cases = cases(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/charts"));
    assert!(cases.len() >= 19, "only {} cases found", cases.len());
    check(&cases);
}

#[test]
fn real_charts_render_as_helm_does() {
    let Some(corpus) = corpus() else {
        eprintln!("left out: no corpus of charts (set LANDFALL_CORPUS)");
        return;
    };
    let cases = cases(&corpus.join("charts"));
    assert!(cases.len() >= 520, "only {} cases found", cases.len());
    check(&cases);
}

#[test]
fn the_program_passes_text_and_status_on() {
    let session = Session::new();
    session.write(
        "work/c/Chart.yaml",
        "apiVersion: v2\nname: c\nversion: 1.0.0\n",
    );
    session.write("work/c/templates/a.yaml", "kind: {{ .Values.kind }}\n");
    let done = session.run(&["template", "demo", "c", "--set", "kind=A"]);
    assert_eq!(
        (done.status, done.stdout.as_str()),
        (0, "---\n# Source: c/templates/a.yaml\nkind: A\n")
    );
    let failed = session.run(&["template", "demo", "./nope"]);
    assert_eq!(
        (failed.status, failed.stderr.as_str()),
        (1, "Error: path \"./nope\" not found\n")
    );
    let usage = session.run(&["template", "c", "--include-crds=maybe"]);
    assert_eq!(
        (usage.status, usage.stderr.as_str()),
        (
            1,
            "Error: invalid argument \"maybe\" for \"--include-crds\" flag: strconv.ParseBool: parsing \"maybe\": invalid syntax\n"
        )
    );
    let help = session.run(&["-q", "template", "--help"]);
    assert!(
        help.stdout.contains("--show-only <PATH>"),
        "{}",
        help.stdout
    );
}

#[test]
fn files_are_written_for_output_dir() {
    let session = Session::new();
    session.write(
        "work/c/Chart.yaml",
        "apiVersion: v2\nname: c\nversion: 1.0.0\n",
    );
    session.write("work/c/templates/a.yaml", "kind: B\n---\nkind: A\n");
    let done = session.run(&["template", "demo", "c", "--output-dir", "out"]);
    assert_eq!(
        done.stdout,
        "wrote out/c/templates/a.yaml\nwrote out/c/templates/a.yaml\n\n"
    );
    let text = fs::read_to_string(session.work().join("out/c/templates/a.yaml")).unwrap();
    assert_eq!(
        text,
        "---\n# Source: c/templates/a.yaml\nkind: A\n\n---\n# Source: c/templates/a.yaml\nkind: B\n\n"
    );
}

/// The corpus: `LANDFALL_CORPUS`, or `shared/corpus` beside the workspace or one of its parents.
fn corpus() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("LANDFALL_CORPUS") {
        return Some(folder.into());
    }
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|parent| parent.join("shared/corpus"))
        .find(|folder| folder.is_dir())
}

/// Every folder with an args.json.
fn cases(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        if folder.join("args.json").is_file() {
            found.push(folder);
            continue;
        }
        let entries = fs::read_dir(&folder)
            .expect("a readable case")
            .map(|entry| entry.expect("a readable case").path());
        folders.extend(
            entries.filter(|path| {
                path.is_dir() && path.file_name().is_some_and(|name| name != "chart")
            }),
        );
    }
    found.sort();
    found
}

fn check(cases: &[PathBuf]) {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let failed: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|worker| {
                let mine = cases.iter().skip(worker).step_by(threads);
                scope.spawn(|| mine.filter_map(|case| difference(case)).collect::<Vec<_>>())
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("a readable case"))
            .collect()
    });
    assert!(
        failed.is_empty(),
        "{} of {} cases differ:\n{}",
        failed.len(),
        cases.len(),
        failed.join("\n")
    );
}

/// What is wrong with a case; `None` when it is byte-equal or its link was lost in copying.
fn difference(case: &Path) -> Option<String> {
    let args: Value =
        serde_json::from_str(&fs::read_to_string(case.join("args.json")).expect("a readable case"))
            .expect("a readable case");
    if let Some(link) = args["requires_link"].as_str()
        && !case.join("../..").join(link).is_symlink()
    {
        return None;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime");
    let printed = runtime.block_on(call(case, &args).run(&MemoryCharts::default()));
    let (expected, got) = match fs::read_to_string(case.join("expected-error.txt")) {
        Ok(expected) if printed.ok => {
            return Some(format!(
                "{}: succeeded, expected {expected}",
                case.display()
            ));
        }
        Ok(expected) => (expected, printed.stderr),
        Err(_) if !printed.ok => return Some(format!("{}: {}", case.display(), printed.stderr)),
        Err(_) => (
            fs::read_to_string(case.join("expected.yaml")).expect("a readable case"),
            masked(printed, &args),
        ),
    };
    let line = expected.lines().zip(got.lines()).position(|(a, b)| a != b);
    let line = line.unwrap_or_else(|| expected.lines().count().min(got.lines().count()));
    let show = |text: &str| text.lines().nth(line).unwrap_or("the end").to_owned();
    (expected != got).then(|| {
        format!(
            "{}: line {}\n  -{}\n  +{}",
            case.display(),
            line + 1,
            show(&expected),
            show(&got)
        )
    })
}

/// Random places of the output, as the case masks them.
fn masked(printed: Printed, args: &Value) -> String {
    let masks = args["mask"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let rules: Vec<Regex> = masks
        .iter()
        .map(|mask| {
            Regex::new(mask["line"].as_str().expect("a readable case")).expect("a readable case")
        })
        .collect();
    if rules.is_empty() {
        return printed.stdout;
    }
    let mask = |line: &str| {
        rules.iter().fold(line.to_owned(), |line, rule| {
            match rule.captures(&line).and_then(|found| found.get(1)) {
                Some(secret) => format!(
                    "{}<MASKED>{}",
                    &line[..secret.start()],
                    &line[secret.end()..]
                ),
                None => line,
            }
        })
    };
    printed
        .stdout
        .split('\n')
        .map(mask)
        .collect::<Vec<_>>()
        .join("\n")
}

fn call(case: &Path, args: &Value) -> HelmTemplate {
    let text = |key: &str| args[key].as_str().map(str::to_owned);
    let flag = |key: &str| args[key].as_bool().unwrap_or_default();
    let list = |key: &str| -> Vec<String> {
        let items = args[key].as_array().map(Vec::as_slice).unwrap_or_default();
        items
            .iter()
            .map(|item| item.as_str().expect("a readable case").to_owned())
            .collect()
    };
    // These two flags also take several values with commas between them.
    let separated = |key: &str| -> Vec<String> {
        list(key)
            .iter()
            .flat_map(|item| item.split(','))
            .map(str::to_owned)
            .collect()
    };
    let chart = text("chart").unwrap_or_else(|| "../../chart".to_owned());
    let mut call = HelmTemplate {
        words: text("release").into_iter().chain([chart]).collect(),
        namespace: text("namespace").expect("a readable case"),
        kube_version: text("kube_version"),
        layers: Layers {
            files: separated("values_files"),
            json: list("set_json"),
            set: list("set"),
            strings: list("set_string"),
            contents: list("set_file"),
            literals: list("set_literal"),
        },
        api_versions: separated("api_versions"),
        show_only: list("show_only"),
        include_crds: flag("include_crds"),
        no_hooks: flag("no_hooks"),
        skip_tests: flag("skip_tests"),
        is_upgrade: flag("is_upgrade"),
        skip_schema: flag("skip_schema_validation"),
        name_template: text("name_template"),
        folder: case.to_owned(),
        ..HelmTemplate::default()
    };
    // As on a command line, a word that looks like a flag with a value takes the next word: no words are left.
    if call.words.first().is_some_and(|word| word.starts_with('-')) {
        call.words.clear();
    }
    call
}
