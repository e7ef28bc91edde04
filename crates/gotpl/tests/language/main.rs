//! The language against Go: what every template gives, its output or the text of its error, was written by Go's own
//! `text/template`. `tests/oracle` says how.

#![expect(
    clippy::unwrap_used,
    reason = "a test ends where something is not as it has to be"
)]

mod cases;
mod fuzz;
mod generate;
mod world;

use std::fmt::Write as _;
use std::path::Path;

use cases::Case;

/// Of all messages of errors, as many per hundred have to be Go's, letter by letter.
const MESSAGES: usize = 95;

#[test]
fn every_case_gives_what_go_gives() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language/cases");
    let cases = cases::read(&folder);
    let answers = gotpl::run_with_stack(|| answers(&cases)).unwrap();
    let (mut report, mut differing, mut excused, mut failures) = (String::new(), 0, 0, 0);
    for (case, ours) in cases.iter().zip(answers) {
        failures += usize::from(case.expected.is_err());
        let same_kind = ours.is_ok() == case.expected.is_ok();
        match (&case.exception, ours == case.expected) {
            (None, true) => {}
            (Some(_), false) if same_kind && ours.is_err() => excused += 1,
            (Some(reason), true) => {
                differing += 1;
                let _ = writeln!(report, "{}: is no exception any more: {reason}", case.place);
            }
            (_, false) => {
                differing += 1;
                describe(&mut report, case, &ours);
            }
        }
    }
    assert!(cases.len() >= 1500, "only {} cases were found", cases.len());
    assert!(
        differing == 0,
        "{differing} of {} cases differ:\n{report}",
        cases.len()
    );
    assert!(
        excused * 100 <= failures * (100 - MESSAGES),
        "{excused} of {failures} messages are not Go's"
    );
}

fn answers(cases: &[Case]) -> Vec<Result<Vec<u8>, Vec<u8>>> {
    cases.iter().map(|case| case.question.run()).collect()
}

fn describe(report: &mut String, case: &Case, ours: &Result<Vec<u8>, Vec<u8>>) {
    let _ = writeln!(report, "{}", case.place);
    for (name, text) in &case.question.texts {
        let _ = writeln!(report, "  {name:4} {}", text.escape_debug());
    }
    let _ = writeln!(report, "  Go   {}", show(&case.expected));
    let _ = writeln!(report, "  ours {}", show(ours));
}

/// A result in one line that is not too long.
fn show(result: &Result<Vec<u8>, Vec<u8>>) -> String {
    let (kind, bytes) = match result {
        Ok(bytes) => ("=", bytes),
        Err(bytes) => ("!", bytes),
    };
    let shown: String = bytes.escape_ascii().to_string().chars().take(400).collect();
    format!("{kind} {shown}")
}
