//! The files of cases. Their format is described in `tests/oracle/README.md`.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use gotpl::{MissingKey, TemplateSet, Value};

use crate::world;

/// What is asked: texts, of which `t` is run, and the data it runs on.
#[derive(Clone)]
pub(crate) struct Question {
    pub(crate) texts: Vec<(String, String)>,
    pub(crate) data: serde_json::Value,
    pub(crate) missing_key: MissingKey,
}

impl Question {
    /// What we make of it: the output, or the text of the error.
    pub(crate) fn run(&self) -> Result<Vec<u8>, Vec<u8>> {
        let text_of = |error: gotpl::Error| error.to_string().into_bytes();
        let mut set = TemplateSet::new("root", world::functions(), self.missing_key);
        for (name, text) in &self.texts {
            set.parse(name, text).map_err(text_of)?;
        }
        let data = Value::from_json(self.data.clone());
        let written = Arc::new(set).execute("t", &data, &()).map_err(text_of)?;
        Ok(written.as_bytes().to_vec())
    }
}

/// A question with Go's answer.
pub(crate) struct Case {
    /// File and line.
    pub(crate) place: String,
    pub(crate) question: Question,
    pub(crate) expected: Result<Vec<u8>, Vec<u8>>,
    /// Why our message may differ.
    pub(crate) exception: Option<String>,
}

/// All cases of a folder.
pub(crate) fn read(folder: &Path) -> Vec<Case> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        read_file(&name, &fs::read_to_string(&file).unwrap(), &mut cases);
    }
    cases
}

fn read_file(file: &str, text: &str, cases: &mut Vec<Case>) {
    let mut data = serde_json::Value::Null;
    let mut missing_key = MissingKey::Zero;
    let mut lines = text
        .strip_suffix('\n')
        .unwrap_or(text)
        .split('\n')
        .enumerate()
        .peekable();
    while let Some((number, line)) = lines.next() {
        let place = format!("{file}:{}", number + 1);
        let (marker, rest) = line.split_once(' ').unwrap_or((line, ""));
        match marker {
            "" | "#" => {}
            "data" => data = serde_json::from_str(rest).expect(&place),
            "missingkey" => {
                missing_key = match rest {
                    "error" => MissingKey::Error,
                    "default" => MissingKey::Invalid,
                    _ => MissingKey::Zero,
                }
            }
            ">" | ">>" | "+" => {
                let mut texts = Texts::default();
                texts.line(marker, rest, &place);
                let mut take = |begins: &str| {
                    let (_, line) = lines.next_if(|(_, line)| line.starts_with(begins))?;
                    Some(line.split_once(' ').unwrap_or((line, "")))
                };
                while let Some((marker, rest)) = take(">").or_else(|| take("+ ")) {
                    texts.line(marker, rest, &place);
                }
                let exception = take("? ").map(|(_, reason)| reason.to_owned());
                let mut result: Option<(bool, Vec<u8>)> = None;
                while let Some((marker, rest)) = take("=").or_else(|| take("!")) {
                    let part = unquoted(marker, rest, &place);
                    match &mut result {
                        Some((_, bytes)) => {
                            bytes.push(b'\n');
                            bytes.extend(part);
                        }
                        None => result = Some((marker.starts_with('='), part)),
                    }
                }
                let (success, bytes) = result.expect(&place);
                cases.push(Case {
                    place,
                    question: Question {
                        texts: texts.texts,
                        data: data.clone(),
                        missing_key,
                    },
                    expected: if success { Ok(bytes) } else { Err(bytes) },
                    exception,
                });
            }
            _ => panic!("{place}: {line}"),
        }
    }
}

/// The texts of a case as they are put together.
#[derive(Default)]
struct Texts {
    texts: Vec<(String, String)>,
    /// Whether the last text has a line already.
    begun: bool,
}

impl Texts {
    fn line(&mut self, marker: &str, rest: &str, place: &str) {
        if marker == "+" {
            self.texts.push((rest.to_owned(), String::new()));
            self.begun = false;
            return;
        }
        if self.texts.is_empty() {
            self.texts.push(("t".to_owned(), String::new()));
        }
        let part = String::from_utf8(unquoted(marker, rest, place)).expect(place);
        let (_, text) = self.texts.last_mut().expect(place);
        if self.begun {
            text.push('\n');
        }
        text.push_str(&part);
        self.begun = true;
    }
}

/// A doubled marker says that the rest of the line is a Go string.
fn unquoted(marker: &str, rest: &str, place: &str) -> Vec<u8> {
    if marker.len() == 2 {
        gotpl::quote::unquote(rest).expect(place)
    } else {
        rest.as_bytes().to_vec()
    }
}
