//! Random values and texts, printed and read by this crate and by Go's own libraries.
//!
//! `tests/oracle/check` builds the Go program and runs these tests; an ordinary test run leaves them out. What they find is
//! kept as cases in `tests/golden`.

#![expect(
    clippy::print_stdout,
    reason = "the figures are what a person who runs this wants to see"
)]

#[path = "../golden/cases.rs"]
mod cases;
mod oracle;
#[path = "../golden/ours.rs"]
mod ours;
mod random;
mod tally;
mod texts;
mod values;

use goyaml::{Value, from_json};

use cases::Golden;
use oracle::{Answer, Oracle};
use random::Random;
use tally::{Tally, caught, setting};

const NEEDS_GO: &str = "tests/oracle/check sets GOYAML_ORACLE";

#[test]
#[ignore = "needs Go: tests/oracle/check"]
fn the_cases_have_gos_results() {
    let update = std::env::var_os("GOYAML_UPDATE").is_some();
    for golden in Golden::all() {
        let inputs: Vec<Vec<u8>> = golden.cases().map(|case| case.input.clone()).collect();
        let mut results: Vec<Vec<String>> = vec![Vec::new(); inputs.len()];
        for (place, op) in golden.ops().iter().enumerate() {
            // Values are JSON in the files; the oracle wants to know what each number is.
            let inputs: Vec<Vec<u8>> = match *op {
                "read" | "read-json" | "read-json-map" => inputs.clone(),
                _ => inputs.iter().map(|input| typed(input)).collect(),
            };
            let answers = Oracle::start(NEEDS_GO).ask(op, 20, &inputs);
            for ((case, answers), results) in golden.cases().zip(&answers).zip(&mut results) {
                // Where Go has several, the one of the file is as good as any.
                let written = case.results.get(place);
                let mut shown = answers.iter().map(|answer| case.shown(op, answer));
                let same = shown.find(|shown| Some(shown) == written);
                results.push(same.unwrap_or_else(|| case.shown(op, &answers[0])));
            }
        }
        if update {
            golden.rewrite(&results);
            continue;
        }
        for (case, results) in golden.cases().zip(&results) {
            assert_eq!(&case.results, results, "{}: {}", golden.name, case.title);
        }
    }
}

fn typed(json: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(json).expect("values are UTF-8");
    values::for_oracle(&from_json(text).expect("values are JSON"))
}

#[test]
#[ignore = "needs Go: tests/oracle/check"]
fn values_are_printed_as_go_prints_them_and_read_back() {
    let seed = setting("GOYAML_SEED", 1);
    let count = setting("GOYAML_COUNT", 20_000);
    let mut random = Random::new(seed);
    let values: Vec<Value> = (0..count).map(|_| values::value(&mut random)).collect();
    let inputs: Vec<Vec<u8>> = values.iter().map(values::for_oracle).collect();
    let mut failed = false;
    for op in ["v2", "v3", "json", "json-raw", "json-indent"] {
        let answers = Oracle::start(NEEDS_GO).ask(op, 1, &inputs);
        let mut tally = Tally::new(op, seed);
        let mut printed = Vec::new();
        for ((value, input), answer) in values.iter().zip(&inputs).zip(&answers) {
            let got = caught(|| ours::print(op, value));
            tally.compare(input, &got, &answer[0]);
            if let Ok(text) = got {
                printed.push(text);
            }
        }
        failed |= tally.report();
        if op.starts_with('v') {
            failed |= read_all(&format!("{op} read back"), seed, &printed);
        }
    }
    assert!(!failed, "see above");
}

#[test]
#[ignore = "needs Go: tests/oracle/check"]
fn texts_are_read_as_go_reads_them() {
    let seed = setting("GOYAML_SEED", 1);
    let count = setting("GOYAML_COUNT", 20_000);
    let mut random = Random::new(seed);
    let corpus = texts::Corpus::load();
    let mutants: Vec<Vec<u8>> = (0..count / 2).map(|_| corpus.mutant(&mut random)).collect();
    let made: Vec<Vec<u8>> = (0..count / 2).map(|_| texts::made(&mut random)).collect();
    let failed = [
        read_all("mutants of real files", seed, &mutants),
        read_all("made by a grammar", seed, &made),
    ];
    assert_eq!(failed, [false, false], "see above");
}

#[test]
#[ignore = "needs Go: tests/oracle/check"]
fn json_is_read_as_go_reads_it() {
    let seed = setting("GOYAML_SEED", 1);
    let count = setting("GOYAML_COUNT", 20_000);
    let mut random = Random::new(seed);
    let texts: Vec<Vec<u8>> = (0..count).map(|_| texts::json(&mut random)).collect();
    let failed = ["read-json", "read-json-map"].map(|op| {
        let answers = Oracle::start(NEEDS_GO).ask(op, 1, &texts);
        let mut tally = Tally::new(op, seed);
        for (text, answer) in texts.iter().zip(&answers) {
            let got = caught(|| ours::answer(op, text));
            tally.compare(text, &got, &answer[0]);
        }
        tally.report()
    });
    assert_eq!(failed, [false, false], "see above");
}

/// Whether a text was read otherwise than by Go.
fn read_all(name: &str, seed: u64, texts: &[Vec<u8>]) -> bool {
    let answers: Vec<Vec<Answer>> = Oracle::start(NEEDS_GO).ask("read", 1, texts);
    let mut tally = Tally::new("read", seed).named(name);
    for (text, answer) in texts.iter().zip(&answers) {
        let got = caught(|| ours::answer("read", text));
        tally.compare(text, &got, &answer[0]);
    }
    tally.report()
}
