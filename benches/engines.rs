//! The engines in one process: what a command costs apart from starting it. `cargo bench --bench engines -- FILTER`.
//!
//! Inputs are generated here or are files of this repository, so that two machines measure the same.

#![allow(
    missing_docs,
    reason = "criterion's macros make public items without documents"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chart::RenderOptions;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use landfall::activity;
use landfall::pack::detect::detect;
use landfall::ports::activities::RunRecord;
use landfall::project::Project;
use serde_json::Value;
use serving::decider::{Config, Decider};
use tekton::admission::{Gates, admit};
use tekton::run::{Action, Event, Exit, RunOptions, RunState, Verdict};
use tekton::{Documents, Objects, read_documents};

/// (1) Charts: that of our packs, and a chart of two hundred documents.
fn render(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut group = criterion.benchmark_group("render");
    for (name, chart, documents) in [
        ("pack chart", pack_chart(&folder.path().join("pack")), 1),
        (
            "large chart",
            large_chart(&folder.path().join("large")),
            200,
        ),
    ] {
        let options = RenderOptions {
            release: "app".to_owned(),
            namespace: "default".to_owned(),
            ..RenderOptions::default()
        };
        let work = || {
            let chart = chart::load(&chart).expect("a chart");
            let rendered = chart::render(&chart, &options, &mut Vec::new()).expect("it renders");
            assert!(rendered.manifests.len() >= documents);
            rendered
        };
        group.bench_function(name, |bencher| bencher.iter(work));
    }
    group.finish();
}

/// The chart of the packs with the variables of an app, as an import writes it.
fn pack_chart(to: &Path) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/base/files/charts/__app__");
    let variables = [
        ("{{app}}", "app"),
        ("{{port}}", "8080"),
        ("{{quote health}}", "\"/\""),
        ("{{quote scalingWindow}}", "\"60s\""),
    ];
    for file in ["Chart.yaml.hbs", "values.yaml.hbs", "values.schema.json"] {
        let mut text = fs::read_to_string(from.join(file)).expect("a file of the pack");
        for (variable, value) in variables {
            text = text.replace(variable, value);
        }
        assert!(
            !text.contains("{{"),
            "{file} has a variable that is not known here"
        );
        write(to, file.trim_end_matches(".hbs"), &text);
    }
    for entry in fs::read_dir(from.join("templates")).expect("templates") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = fs::read_to_string(&path).expect("a template");
        write(to, &format!("templates/{name}"), &text);
    }
    to.to_owned()
}

/// Forty templates of five documents each, with helpers, ranges, `toYaml`, `tpl` and a values file of a thousand lines.
fn large_chart(to: &Path) -> PathBuf {
    write(
        to,
        "Chart.yaml",
        "apiVersion: v2\nname: large\nversion: 1.0.0\n",
    );
    let mut values = String::from("common: {labels: {team: a, tier: web}}\nparts:\n");
    for part in 0..200 {
        // Writing to a String cannot fail.
        let _ = write!(
            values,
            "  part{part}:\n    port: {}\n    env: [{{name: A, value: \"{part}\"}}, {{name: B, value: x}}]\n    note: \"{{{{ .Release.Name }}}}-{part}\"\n    limits: {{cpu: 100m, memory: 64Mi}}\n",
            8000 + part
        );
    }
    write(to, "values.yaml", &values);
    write(
        to,
        "templates/_helpers.tpl",
        "{{- define \"labels\" -}}\napp.kubernetes.io/name: {{ .name | trunc 63 | trimSuffix \"-\" }}\napp.kubernetes.io/instance: {{ .root.Release.Name | quote }}\n{{ toYaml .root.Values.common.labels }}\n{{- end -}}\n",
    );
    for file in 0..40 {
        let mut text = String::new();
        for part in file * 5..file * 5 + 5 {
            let _ = write!(
                text,
                "---\n{{{{- $name := \"part{part}\" }}}}\n{{{{- with index .Values.parts $name }}}}\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{{{ printf \"%s-%s\" $.Release.Name $name }}}}\n  labels:\n    {{{{- include \"labels\" (dict \"name\" $name \"root\" $) | nindent 4 }}}}\ndata:\n  port: {{{{ .port | quote }}}}\n  note: {{{{ tpl .note $ | b64enc }}}}\n  {{{{- range .env }}}}\n  {{{{ .name | lower }}}}: {{{{ .value | default \"none\" | quote }}}}\n  {{{{- end }}}}\n  limits: |\n    {{{{- toYaml .limits | nindent 4 }}}}\n{{{{- end }}}}\n"
            );
        }
        write(to, &format!("templates/part{file}.yaml"), &text);
    }
    to.to_owned()
}

/// (2) A repository of two thousand files: listed and looked at.
fn detection(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    repository(folder.path());
    let mut group = criterion.benchmark_group("detect");
    let work = || {
        let project = Project::load(folder.path()).expect("a repository");
        assert!(project.files().len() >= 2000);
        let found = detect(&project, &[]);
        assert_eq!(found.pack.as_deref(), Some("go"));
        found
    };
    group.bench_function("2,000 files", |bencher| bencher.iter(work));
    group.finish();
}

fn repository(root: &Path) {
    write(root, "go.mod", "module example.com/shop\n\ngo 1.24\n");
    write(
        root,
        "main.go",
        "package main\n\nimport \"net/http\"\n\nfunc main() {\n\thttp.ListenAndServe(\":8080\", nil)\n}\n",
    );
    write(root, ".gitignore", "/dist\n*.log\n");
    write(
        root,
        "web/package.json",
        "{\"name\": \"web\", \"private\": true}\n",
    );
    for file in 0..2000 {
        let (folder, ending) = (file % 50, ["go", "ts", "md", "yaml"][file % 4]);
        let path = format!("internal/area{folder}/part{}/file{file}.{ending}", file % 7);
        write(
            root,
            &path,
            &format!("// file {file}\n{}", "line\n".repeat(40)),
        );
    }
}

/// (3) A PipelineRun of twenty tasks: read and admitted, run to its end without processes, folded to an activity.
fn pipeline(criterion: &mut Criterion) {
    let text = twenty_tasks();
    let mut group = criterion.benchmark_group("pipeline of 20 tasks");
    group.bench_function("read and admit", |bencher| bencher.iter(|| admitted(&text)));
    let objects = admitted(&text);
    group.bench_function("graph and run", |bencher| {
        bencher.iter_batched(|| objects.clone(), run_to_the_end, BatchSize::SmallInput);
    });
    let mut ended = run_to_the_end(objects);
    let record = RunRecord {
        name: "wide".to_owned(),
        activity: "acme-shop-main-1".to_owned(),
        pipeline: "acme/shop/main".to_owned(),
        build: "1".to_owned(),
        object: ended.remove(0),
        task_runs: ended,
        ..RunRecord::default()
    };
    assert_eq!(record.task_runs.len(), 20);
    group.bench_function("fold", |bencher| {
        bencher.iter(|| activity::derive(black_box(&record), None));
    });
    group.finish();
}

fn twenty_tasks() -> String {
    let mut text = String::from(
        "apiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata: {name: wide}\nspec:\n  pipelineSpec:\n    tasks:\n",
    );
    for task in 0..20 {
        let _ = writeln!(text, "      - name: t{task}");
        // A grid: five tasks a row, each waits for two of the row above and takes a result of one.
        if task >= 5 {
            let (above, beside) = (task - 5, (task - 5) / 5 * 5 + (task + 1) % 5);
            let _ = writeln!(text, "        runAfter: [t{beside}]");
            let _ = writeln!(
                text,
                "        params: [{{name: in, value: $(tasks.t{above}.results.out)}}]"
            );
        }
        let _ = write!(
            text,
            "        taskSpec:\n          params: [{{name: in, default: none}}]\n          results: [{{name: out}}]\n          steps:\n            - {{name: one, image: i, script: \"echo $(params.in) > $(results.out.path)\"}}\n            - {{name: two, image: i, script: \"true\"}}\n"
        );
    }
    text
}

fn admitted(text: &str) -> Objects {
    let documents = read_documents(text).expect("YAML");
    let values: Vec<Value> = documents
        .into_iter()
        .map(|document| document.value)
        .collect();
    let Ok(Documents::Read(objects)) = Objects::read(&values) else {
        panic!("the run is not read");
    };
    assert_eq!(admit(&objects, Gates::default()), []);
    *objects
}

/// The PipelineRun and its TaskRuns at their end.
fn run_to_the_end(objects: Objects) -> Vec<Value> {
    let options = RunOptions {
        gates: Gates::default(),
        run_uid: "00000000-0000-0000-0000-000000000001".to_owned(),
        paths_root: "/run".to_owned(),
    };
    let now = jiff::Timestamp::UNIX_EPOCH;
    let mut state = RunState::new(objects, options);
    let mut actions = state.start(now);
    while !actions.is_empty() {
        let events: Vec<Event> = actions.into_iter().flat_map(answer).collect();
        actions = events
            .iter()
            .flat_map(|event| state.handle(event, now))
            .collect();
    }
    assert_eq!(state.verdict(), Verdict::Succeeded);
    state.objects()
}

fn answer(action: Action) -> Vec<Event> {
    match action {
        Action::Prepare(pod) => vec![Event::Prepared {
            task_run: pod.task_run,
        }],
        Action::RunStep(step) => vec![
            Event::StepStarted {
                task_run: step.task_run.clone(),
                step: step.step,
            },
            Event::StepEnded {
                task_run: step.task_run,
                step: step.step,
                exit: Exit::Code(0),
                results: step
                    .results
                    .iter()
                    .map(|name| (name.clone(), b"value".to_vec()))
                    .collect(),
                step_results: BTreeMap::new(),
            },
        ],
        Action::Stop { task_run } => vec![Event::Stopped { task_run }],
        Action::Retire { .. } => Vec::new(),
    }
}

/// (4) Ten minutes of the autoscaler: a report a second, a decision every two, load that rises, bursts and falls silent.
fn autoscaler(criterion: &mut Criterion) {
    let load = |second: u32| match second {
        0..200 => f64::from(second),
        200..230 => 2000.0,
        230..400 => 150.0 + 50.0 * (f64::from(second) / 10.0).sin(),
        _ => 0.0,
    };
    let work = || {
        let at = |second: u32| Duration::from_secs(6000 + u64::from(second));
        let mut decider = Decider::new(Config::default(), 0, at(0));
        let mut ready = 0;
        for second in 0..600 {
            decider.record(at(second), load(second));
            if second % 2 == 0
                && let Some(decision) = decider.decide(ready, at(second))
            {
                ready = u32::try_from(decision.wanted).unwrap_or(0);
            }
        }
        ready
    };
    let mut group = criterion.benchmark_group("autoscaler");
    group.throughput(Throughput::Elements(300));
    group.bench_function("trace of 600 s", |bencher| bencher.iter(work));
    group.finish();
}

/// (5) A document of a megabyte: read, printed, and one string of it edited.
fn yaml(criterion: &mut Criterion) {
    let mut text = String::from("apiVersion: v1\nitems:\n");
    let mut item = 0;
    while text.len() < 1 << 20 {
        let _ = write!(
            text,
            "  - name: item-{item} # a comment\n    labels: {{app: shop, number: \"{item}\"}}\n    weight: {item}\n    text: |\n      two lines\n      of text\n    quoted: 'it''s \"so\"'\n"
        );
        item += 1;
    }
    let value = goyaml::from_yaml(text.as_bytes()).expect("YAML");
    let mut group = criterion.benchmark_group("yaml of 1 MB");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.sample_size(20);
    group.bench_function("parse", |bencher| {
        bencher.iter(|| goyaml::from_yaml(black_box(text.as_bytes())));
    });
    group.bench_function("print", |bencher| {
        bencher.iter(|| goyaml::to_yaml(black_box(&value)));
    });
    group.bench_function("edit", |bencher| {
        bencher.iter(|| goyaml::edit::set_string(black_box(&text), &["apiVersion"], "v2"));
    });
    group.finish();
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

criterion_group!(benches, render, detection, pipeline, autoscaler, yaml);
criterion_main!(benches);
