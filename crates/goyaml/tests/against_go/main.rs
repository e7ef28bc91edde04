//! Random values and texts, printed and read by this crate and by Go's own libraries.
//!
//! `tests/oracle/check` builds the Go program and runs these tests; an ordinary test run leaves them out. What they find is
//! kept as cases in `tests/golden`.

#![expect(
    clippy::print_stdout,
    reason = "the figures are what a person who runs this wants to see"
)]

mod oracle;
mod random;
mod tally;
mod texts;
mod values;

use goyaml::{
    Value, from_json, from_yaml, to_json, to_json_pretty, to_json_raw, to_yaml, to_yaml_pretty,
};

use oracle::{Answer, Oracle};
use random::Random;
use tally::{Tally, caught, setting};

const NEEDS_GO: &str = "tests/oracle/check sets GOYAML_ORACLE";

#[test]
#[ignore = "needs Go: tests/oracle/check"]
fn values_are_printed_as_go_prints_them_and_read_back() {
    let seed = setting("GOYAML_SEED", 1);
    let count = setting("GOYAML_COUNT", 20_000);
    let mut random = Random::new(seed);
    let values: Vec<Value> = (0..count).map(|_| values::value(&mut random)).collect();
    let inputs: Vec<Vec<u8>> = values.iter().map(values::for_oracle).collect();
    let printers: [(&str, Ours); 5] = [
        ("v2", |value| to_yaml(value).map(String::into_bytes)),
        ("v3", |value| to_yaml_pretty(value).map(String::into_bytes)),
        ("json", |value| to_json(value).map(String::into_bytes)),
        ("json-raw", |value| {
            to_json_raw(value).map(String::into_bytes)
        }),
        ("json-indent", |value| {
            to_json_pretty(value, "  ").map(String::into_bytes)
        }),
    ];
    let mut failed = false;
    for (op, ours) in printers {
        let answers = Oracle::start(NEEDS_GO).ask(op, 1, &inputs);
        let mut tally = Tally::new(op, seed);
        let mut printed = Vec::new();
        for ((value, input), answer) in values.iter().zip(&inputs).zip(&answers) {
            let got = caught(|| ours(value));
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

type Ours = fn(&Value) -> Result<Vec<u8>, goyaml::Error>;

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
    let answers = Oracle::start(NEEDS_GO).ask("read-json", 1, &texts);
    let mut tally = Tally::new("read-json", seed);
    for (text, answer) in texts.iter().zip(&answers) {
        let got = caught(|| {
            let text = std::str::from_utf8(text).expect("texts of JSON are UTF-8");
            from_json(text)
                .and_then(|value| to_json(&floats(value)))
                .map(String::into_bytes)
        });
        tally.compare(text, &got, &answer[0]);
    }
    assert!(!tally.report(), "see above");
}

/// All numbers as floats, which is what `encoding/json` makes of them.
fn floats(value: Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.into_iter().map(floats).collect()),
        Value::Map(map) => Value::Map(map.into_iter().map(|(k, v)| (k, floats(v))).collect()),
        other => other.as_f64().map_or(other, Value::Float),
    }
}

/// Whether a text was read otherwise than by Go.
fn read_all(name: &str, seed: u64, texts: &[Vec<u8>]) -> bool {
    let answers: Vec<Vec<Answer>> = Oracle::start(NEEDS_GO).ask("read", 1, texts);
    let mut tally = Tally::new("read", seed).named(name);
    for (text, answer) in texts.iter().zip(&answers) {
        let got = caught(|| {
            from_yaml(text)
                .and_then(|value| to_json(&value))
                .map(String::into_bytes)
        });
        tally.compare(text, &got, &answer[0]);
    }
    tally.report()
}
