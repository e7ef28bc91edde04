//! The files of cases, which people read and write, all but the results.
//!
//! ```text
//! # A comment.
//!
//! === a case, by the sentence that it shows
//! a: 1
//! a: 2
//! ==> {"a":2}
//!
//! === in `print`, each printer has its result
//! {"a": [1]}
//! ==> v2
//! a:
//! - 1
//! ==> v3
//! a:
//!   - 1
//!
//! =| a table, of one case a line
//! 012 ==> 10
//! ```
//!
//! What cannot be seen is written so: `⏎` is a line break, `⇥` a tab, `␣` a space at the end of a line, `⟨85⟩` the character
//! U+0085, `⟨xFF⟩` the byte FF. Every line of a case ends in a line break, those of a table do not. An empty line, which
//! would end the case, is `⏎`. Results leave their last line break out.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) struct Golden {
    /// Folder and file.
    pub(crate) name: String,
    path: PathBuf,
    items: Vec<Item>,
}

enum Item {
    /// A comment, a blank line or the head of a table.
    Line(String),
    Case(Case),
}

pub(crate) struct Case {
    /// The sentence, in a table the line's input.
    pub(crate) title: String,
    pub(crate) table: bool,
    /// As written in the file.
    written: String,
    pub(crate) input: Vec<u8>,
    /// As written in the file, in the order of [`Golden::ops`].
    pub(crate) results: Vec<String>,
}

impl Golden {
    pub(crate) fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        let mut found = Vec::new();
        for folder in ["read", "print", "read_json", "read_json_map", "print_json"] {
            let entries = fs::read_dir(root.join(folder)).expect("the folders of cases are there");
            for entry in entries {
                let path = entry.expect("the folder can be read").path();
                let file = path.file_name().expect("a file").to_string_lossy();
                let name = format!("{folder}/{file}");
                let text = fs::read_to_string(&path).expect("cases are text");
                let items = parse(&text);
                found.push(Self { name, path, items });
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }

    /// The oracle's operations that every case of the file goes through.
    pub(crate) fn ops(&self) -> &'static [&'static str] {
        match self.name.split('/').next() {
            Some("print") => &["v2", "v3"],
            Some("read_json") => &["read-json"],
            Some("read_json_map") => &["read-json-map"],
            Some("print_json") => &["json", "json-raw", "json-indent"],
            _ => &["read"],
        }
    }

    /// Puts other results into the file: for every case those of `answers`.
    #[allow(dead_code, reason = "only the tests against Go write results")]
    pub(crate) fn rewrite(&self, answers: &[Vec<String>]) {
        let mut text = String::new();
        let mut answers = answers.iter();
        for item in &self.items {
            match item {
                Item::Line(line) => text.extend([line, "\n"]),
                Item::Case(case) => {
                    let results = answers.next().expect("an answer for every case");
                    case.write(&mut text, results);
                }
            }
        }
        fs::write(&self.path, text).expect("the file can be written");
    }

    pub(crate) fn cases(&self) -> impl Iterator<Item = &Case> {
        self.items.iter().filter_map(|item| match item {
            Item::Case(case) => Some(case),
            Item::Line(_) => None,
        })
    }
}

fn parse(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut lines = text.lines().peekable();
    let mut table = false;
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("=== ") {
            table = false;
            let mut written = String::new();
            let mut results: Vec<String> = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.is_empty()) {
                match (line.strip_prefix("==> "), results.last_mut()) {
                    (Some(result), _) => results.push(result.to_owned()),
                    (None, Some(result)) => result.extend(["\n", line]),
                    (None, None) if line == "⏎" => written.push('\n'),
                    (None, None) => written.extend([line, "\n"]),
                }
            }
            items.push(Item::Case(Case::new(title, table, written, results)));
        } else if table && !(line.is_empty() || line.starts_with("# ") || line.starts_with("=| ")) {
            let mut parts = line.split(" ==> ");
            let written = parts.next().unwrap_or_default().trim_end();
            let results = parts.map(str::to_owned).collect();
            items.push(Item::Case(Case::new(
                written,
                table,
                written.into(),
                results,
            )));
        } else {
            table |= line.starts_with("=| ");
            items.push(Item::Line(line.to_owned()));
        }
    }
    items
}

impl Case {
    fn new(title: &str, table: bool, written: String, results: Vec<String>) -> Self {
        let input = bytes(&written);
        Self {
            title: title.to_owned(),
            table,
            written,
            input,
            results,
        }
    }

    fn write(&self, text: &mut String, results: &[String]) {
        if self.table {
            let results = results.join(" ==> ");
            text.extend([&self.written, " ==> ", &results, "\n"]);
            return;
        }
        text.extend(["=== ", &self.title, "\n"]);
        for line in self.written.lines() {
            text.extend([if line.is_empty() { "⏎" } else { line }, "\n"]);
        }
        for result in results {
            text.extend(["==> ", result, "\n"]);
        }
    }

    /// A result as the file has it.
    pub(crate) fn shown(&self, op: &str, answer: &Result<Vec<u8>, String>) -> String {
        let many = matches!(op, "v2" | "v3" | "json" | "json-raw" | "json-indent");
        let (text, error) = match answer {
            Ok(bytes) => (visible(bytes, self.table || !many), ""),
            Err(text) => (visible(text.as_bytes(), true), "error: "),
        };
        match (self.table || !many, error) {
            (true, _) => format!("{error}{text}"),
            (false, "") => format!("{op}\n{text}"),
            (false, _) => format!("{op} {error}{text}"),
        }
    }
}

/// The text with signs for what cannot be seen; a line break at the end is left out.
fn visible(text: &[u8], one_line: bool) -> String {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    let mut out = String::new();
    for chunk in text.utf8_chunks() {
        let mut chars = chunk.valid().chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\n' if one_line => out.push('⏎'),
                '\n' if chars.peek() == Some(&'\n') => out.push_str("\n⏎"),
                '\n' => out.push('\n'),
                '\t' => out.push('⇥'),
                ' ' if matches!(chars.peek(), None | Some('\n')) => out.push('␣'),
                '\0'..='\x1F'
                | '\x7F'..='\u{9F}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{FEFF}'
                | '\u{FFFE}'..='\u{FFFF}' => {
                    // Writing to a String cannot fail.
                    _ = write!(out, "⟨{:02X}⟩", u32::from(c));
                }
                c => out.push(c),
            }
        }
        for byte in chunk.invalid() {
            _ = write!(out, "⟨x{byte:02X}⟩");
        }
    }
    out
}

/// What a text with signs stands for.
fn bytes(written: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '⏎' => out.push(b'\n'),
            '⇥' => out.push(b'\t'),
            '␣' => out.push(b' '),
            '⟨' => {
                let (code, after) = rest.split_once('⟩').expect("⟨ is closed");
                rest = after;
                let number = |digits| u32::from_str_radix(digits, 16).expect("hexadecimal digits");
                if let Some(byte) = code.strip_prefix('x') {
                    out.push(number(byte) as u8);
                } else {
                    let c = char::from_u32(number(code)).expect("a character");
                    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
            c => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    out
}
