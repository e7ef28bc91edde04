//! How a failed command looks.

use std::io::Write as _;

use serde_json::json;

use super::{Style, Ui};
use crate::failure::{Failure, Kind};

impl Ui {
    /// Prints a failure on stderr: what failed, why, what next; the same as one JSON object when the answer is JSON.
    pub fn failure(&self, failure: &Failure) {
        let mut stderr = self.stderr();
        let text = if self.options.json_errors {
            as_json(failure)
        } else {
            self.as_text(failure)
        };
        let _ = stderr.write_all(text.as_bytes());
        let _ = stderr.flush();
    }

    fn as_text(&self, failure: &Failure) -> String {
        let chain = failure.chain();
        let mut text = format!(
            "{} {}\n",
            self.paint_talk(Style::Bad, "error:"),
            chain.first().map_or("failed", String::as_str)
        );
        for cause in chain.iter().skip(1) {
            text.extend(["  caused by: ", &cause.replace('\n', "\n    "), "\n"]);
        }
        let mut hints = failure.hints().to_vec();
        if failure.blame() == Kind::Internal {
            hints.push("this is a fault in landfall: please report it with the output of the same command and -vv".to_owned());
        }
        if let Some(code) = failure.stable_code() {
            hints.push(format!("`landfall explain {code}` says more"));
        }
        if !hints.is_empty() {
            text.push('\n');
        }
        for hint in hints {
            text.extend([&self.paint_talk(Style::Hint, "hint:"), " ", &hint, "\n"]);
        }
        text
    }
}

fn as_json(failure: &Failure) -> String {
    let chain = failure.chain();
    let object = json!({
        "error": chain.first(),
        "causes": chain.get(1..).unwrap_or_default(),
        "code": failure.stable_code().map(|code| code.to_string()),
        "exit": failure.exit_code().code(),
        "hints": failure.hints(),
    });
    format!("{object}\n")
}
