//! Talks to the Go program in `tests/oracle`.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::{Child, Command, Stdio};

/// What Go printed, or the text of its error.
pub(crate) type Answer = Result<Vec<u8>, String>;

pub(crate) struct Oracle {
    child: Child,
}

impl Oracle {
    pub(crate) fn start(hint: &str) -> Self {
        let program = std::env::var("GOYAML_ORACLE").expect(hint);
        let child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the oracle starts");
        Self { child }
    }

    /// Gives, for every input, the different answers that Go gave in so many tries.
    pub(crate) fn ask(mut self, op: &str, times: usize, inputs: &[Vec<u8>]) -> Vec<Vec<Answer>> {
        let mut requests = BufWriter::new(self.child.stdin.take().expect("piped"));
        let answers = BufReader::new(self.child.stdout.take().expect("piped"));
        let answers: Vec<Vec<Answer>> = std::thread::scope(|scope| {
            scope.spawn(move || {
                for input in inputs {
                    writeln!(requests, "{op} {times} {}", hex(input)).expect("the oracle listens");
                }
            });
            answers
                .lines()
                .map(|line| {
                    line.expect("the oracle answers")
                        .split(' ')
                        .map(parse)
                        .collect()
                })
                .collect()
        });
        self.child.wait().expect("the oracle ends");
        assert_eq!(answers.len(), inputs.len(), "one answer for each request");
        answers
    }
}

fn parse(field: &str) -> Answer {
    let bytes = unhex(&field[1..]);
    if field.starts_with('=') {
        Ok(bytes)
    } else {
        Err(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from_digit(digit.into(), 16).expect("four bits"))
        .collect()
}

fn unhex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| {
            let pair = std::str::from_utf8(pair).expect("hexadecimal digits");
            u8::from_str_radix(pair, 16).expect("hexadecimal digits")
        })
        .collect()
}
