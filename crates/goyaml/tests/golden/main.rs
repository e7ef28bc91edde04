//! Replays the cases in `read`, `print`, `read_json`, `read_json_map` and `print_json`, whose results were written by Go's own
//! libraries.
//!
//! The notation is described in [`cases`]. `tests/oracle/check` asks Go again, and `tests/oracle/check --update` writes what
//! it says.

mod cases;
mod ours;

use std::fmt::Write as _;

use cases::Golden;

#[test]
fn every_case_gives_what_go_gives() {
    let mut wrong = String::new();
    let mut count = 0;
    for golden in Golden::all() {
        let ops = golden.ops();
        for case in golden.cases() {
            count += 1;
            for (op, expected) in ops.iter().zip(&case.results) {
                let got = case.shown(op, &ours::answer(op, &case.input));
                if got != *expected {
                    // Writing to a String cannot fail.
                    _ = writeln!(
                        wrong,
                        "{}: {op}: {}\n  go   {expected}\n  ours {got}",
                        golden.name, case.title
                    );
                }
            }
            if case.results.len() != ops.len() {
                _ = writeln!(wrong, "{}: {}: no result", golden.name, case.title);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count > 500, "only {count} cases were found");
}
