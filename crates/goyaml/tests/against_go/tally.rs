//! Counts what agrees and shows what does not.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::NEEDS_GO;
use crate::oracle::{Answer, Oracle};

/// A number from the environment.
pub(crate) fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

/// Runs our side; a panic becomes an error that no Go text equals.
pub(crate) fn caught(run: impl FnOnce() -> Answer) -> Answer {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err("we panicked".into()))
}

struct Difference {
    input: Vec<u8>,
    ours: Answer,
    go: Answer,
}

pub(crate) struct Tally {
    op: &'static str,
    name: String,
    seed: u64,
    cases: usize,
    /// Go's refusals by their text without digits.
    refused: BTreeMap<String, usize>,
    differences: Vec<Difference>,
}

impl Tally {
    pub(crate) fn new(op: &'static str, seed: u64) -> Self {
        let name = op.to_owned();
        Self {
            op,
            name,
            seed,
            cases: 0,
            refused: BTreeMap::new(),
            differences: Vec::new(),
        }
    }

    pub(crate) fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    pub(crate) fn compare(&mut self, input: &[u8], ours: &Answer, go: &Answer) {
        self.cases += 1;
        if let Err(text) = go {
            let text = text.split('`').next().unwrap_or_default();
            let text = text.split(", key: ").next().unwrap_or_default();
            let text = text.replace(|c: char| c.is_ascii_digit(), "");
            *self.refused.entry(text).or_default() += 1;
        }
        if ours != go {
            let (input, ours, go) = (input.to_vec(), ours.clone(), go.clone());
            self.differences.push(Difference { input, ours, go });
        }
    }

    /// Prints the figures; true when something differs that Go itself does not answer in several ways.
    pub(crate) fn report(self) -> bool {
        let inputs: Vec<_> = self
            .differences
            .iter()
            .map(|found| found.input.clone())
            .collect();
        let answers = if inputs.is_empty() {
            Vec::new()
        } else {
            Oracle::start(NEEDS_GO).ask(self.op, 300, &inputs)
        };
        let (random, real): (Vec<_>, Vec<_>) = self
            .differences
            .into_iter()
            .zip(answers)
            .partition(|(found, answers)| answers.contains(&found.ours));
        println!(
            "{}: seed {}, {} cases ({} refused by Go), {} differ, and {} where Go itself gives several answers",
            self.name,
            self.seed,
            self.cases,
            self.refused.values().sum::<usize>(),
            real.len(),
            random.len()
        );
        if std::env::var_os("GOYAML_REFUSALS").is_some() {
            for (text, count) in &self.refused {
                println!("  Go refused {count} x {text}");
            }
        }
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for (found, _) in &real {
            let kind = format!("go {} / ours {}", kind(&found.go), kind(&found.ours));
            *kinds.entry(kind).or_default() += 1;
        }
        for (kind, count) in kinds.iter().take(40) {
            println!("  {count} x {kind}");
        }
        let mut shortest: Vec<&Difference> = real.iter().map(|(found, _)| found).collect();
        shortest.sort_by_key(|found| found.input.len());
        for found in shortest
            .into_iter()
            .take(setting("GOYAML_SHOW", 10) as usize)
        {
            found.show();
        }
        !real.is_empty()
    }
}

fn kind(answer: &Answer) -> &str {
    answer.as_ref().map_or_else(String::as_str, |_| "a value")
}

impl Difference {
    /// The input and both answers, these from a little in front of where they part.
    fn show(&self) {
        let same = match (&self.ours, &self.go) {
            (Ok(ours), Ok(go)) => ours.iter().zip(go).take_while(|(a, b)| a == b).count(),
            _ => 0,
        };
        let shown = |answer: &Answer| match answer {
            Ok(bytes) => excerpt(&bytes[same.saturating_sub(20)..]),
            Err(text) => format!("error: {text}"),
        };
        println!("  input {}", excerpt(&self.input));
        println!("    go   {}", shown(&self.go));
        println!("    ours {}", shown(&self.ours));
    }
}

fn excerpt(bytes: &[u8]) -> String {
    let end = bytes.len().min(300);
    format!("{:?}", String::from_utf8_lossy(&bytes[..end]))
}
