//! Random templates, in Go and here. `tests/oracle/fuzz` runs it; `GOTPL_SEED` and `GOTPL_CASES` choose which and how many.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use gotpl::MissingKey;

use crate::cases::Question;
use crate::generate::Generator;

/// Differences beyond these are only counted.
const SHOWN: usize = 20;

type Answer = Result<Vec<u8>, Vec<u8>>;

#[test]
#[ignore = "needs Go: see tests/oracle/fuzz"]
fn random_templates_give_what_go_gives() {
    let number = |name: &str, default: u64| {
        std::env::var(name).map_or(default, |text| text.parse().expect(name))
    };
    let (seed, count) = (number("GOTPL_SEED", 1), number("GOTPL_CASES", 20_000));
    let mut oracle = Oracle::start();
    let (mut differing, mut failures) = (0, 0);
    gotpl::run_with_stack(|| {
        for case in 0..count {
            let question = Generator::new(seed.wrapping_mul(1 << 32).wrapping_add(case)).question();
            let (theirs, ours) = (oracle.ask(&question), question.run());
            failures += u64::from(theirs.is_err());
            if agree(&question, &theirs, &ours) {
                continue;
            }
            differing += 1;
            if differing <= SHOWN {
                let small = oracle.minimise(question);
                println!("case {case}: {}", small.data);
                for (name, text) in &small.texts {
                    println!("  {name:4} {text:?}");
                }
                println!("  Go   {}", crate::show(&oracle.ask(&small)));
                println!("  ours {}", crate::show(&small.run()));
            }
        }
    })
    .unwrap();
    println!("seed {seed}: {count} cases, {failures} of them errors in Go, {differing} differ");
    assert_eq!(differing, 0);
}

/// The same answer, or one that is known to differ. README.md of the oracle lists why.
fn agree(question: &Question, theirs: &Answer, ours: &Answer) -> bool {
    if theirs == ours {
        return true;
    }
    let (Ok(shown) | Err(shown)) = theirs;
    let shown = gotpl::decode_lossy(shown);
    let twice = |word: &str| {
        let mut texts = question.texts.iter();
        texts.any(|(_, text)| text.matches(word).count() > 1)
    };
    let same_text = match ours {
        Err(message) => {
            theirs.is_err()
                && (shown == gotpl::decode_lossy(message)
                    || shown.contains("exceeded maximum template depth"))
        }
        Ok(_) => false,
    };
    same_text || shown.contains("0xc00") || twice("slice")
}

/// The Go program, which answers one question a line.
struct Oracle {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Oracle {
    fn start() -> Self {
        let program = std::env::var_os("GOTPL_ORACLE").expect("GOTPL_ORACLE names the program");
        let mut child = Command::new(program)
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            input,
            output,
        }
    }

    fn ask(&mut self, question: &Question) -> Answer {
        let texts: Vec<_> = question
            .texts
            .iter()
            .map(|(name, text)| serde_json::json!({"name": name, "text": text}))
            .collect();
        let missing = match question.missing_key {
            MissingKey::Zero => "zero",
            MissingKey::Error => "error",
            MissingKey::Invalid => "default",
        };
        let line = serde_json::json!({"texts": texts, "data": question.data, "missing": missing});
        writeln!(self.input, "{line}").unwrap();
        let mut answer = String::new();
        self.output.read_line(&mut answer).unwrap();
        let (marker, quoted) = answer.trim_end_matches('\n').split_at(1);
        let bytes = gotpl::quote::unquote(quoted).expect(quoted);
        if marker == "=" { Ok(bytes) } else { Err(bytes) }
    }

    /// The question with as much cut out of its texts as the difference allows.
    fn minimise(&mut self, mut question: Question) -> Question {
        for index in 0..question.texts.len() {
            let mut length = question.texts[index].1.chars().count() / 2;
            while length > 0 {
                let mut at = 0;
                loop {
                    let characters: Vec<char> = question.texts[index].1.chars().collect();
                    if at + length > characters.len() {
                        break;
                    }
                    let mut smaller = question.clone();
                    smaller.texts[index].1 = [&characters[..at], &characters[at + length..]]
                        .concat()
                        .iter()
                        .collect();
                    let (theirs, ours) = (self.ask(&smaller), smaller.run());
                    if agree(&smaller, &theirs, &ours) {
                        at += length;
                    } else {
                        question = smaller;
                    }
                }
                length /= 2;
            }
        }
        question
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
