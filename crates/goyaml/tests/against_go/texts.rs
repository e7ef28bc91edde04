//! Random texts: pieces of real values files with damage, and texts made of YAML's parts.

use std::fs;
use std::path::Path;

use crate::random::Random;

/// What a mutation writes.
const MARKS: &[&str] = &[
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    ":",
    ": ",
    "-",
    "- ",
    "?",
    "? ",
    "#",
    " #",
    "'",
    "\"",
    "\\",
    ",",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "!",
    "!!str ",
    "!!int ",
    "!!binary ",
    "!!float ",
    "!!null ",
    "!x ",
    "|",
    "|-\n",
    ">+\n",
    "|2\n",
    "%",
    "@",
    "`",
    "<<: ",
    "<<",
    "---",
    "\n---\n",
    "\n...\n",
    "~",
    "null",
    "y",
    "0x1f",
    "012",
    "1e3",
    ".inf",
    "é",
    "\u{85}",
    "\u{2028}",
    "\u{FEFF}",
    "\u{1F600}",
    "\r\n",
    "\r",
    "\u{7F}",
    "\\x41",
    "\\u00e9",
    "\\/",
    "=",
    "0",
    "%YAML 1.1\n---\n",
    "%TAG ! x\n---\n",
];

/// Lines of real files.
pub(crate) struct Corpus {
    lines: Vec<String>,
}

impl Corpus {
    /// All `*.yaml` below `GOYAML_CORPUS`.
    pub(crate) fn load() -> Self {
        let folder = std::env::var("GOYAML_CORPUS").expect("tests/oracle/check sets GOYAML_CORPUS");
        let mut files = Vec::new();
        find(Path::new(&folder), &mut files);
        files.sort();
        let lines: Vec<String> = files
            .iter()
            .filter_map(|file| fs::read_to_string(file).ok())
            .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        assert!(!lines.is_empty(), "no values files below {folder}");
        Self { lines }
    }

    pub(crate) fn mutant(&self, random: &mut Random) -> Vec<u8> {
        // Some are longer than the blocks that go-yaml reads.
        let most = if random.once_in(8) { 60 } else { 14 };
        let length = (1 + random.below(most)).min(self.lines.len());
        let start = random.below(self.lines.len() - length + 1);
        let mut lines: Vec<&str> = self.lines[start..start + length]
            .iter()
            .map(String::as_str)
            .collect();
        if random.once_in(2) {
            // Without the common indentation more of them are whole documents.
            let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
            let common = lines
                .iter()
                .filter(|line| !line.trim().is_empty())
                .map(indent)
                .min()
                .unwrap_or(0);
            lines = lines
                .iter()
                .map(|line| line.get(common..).unwrap_or(""))
                .collect();
        }
        let mut text = lines.join("\n").into_bytes();
        text.push(b'\n');
        for _ in 0..random.below(5) {
            mutate(random, &mut text);
        }
        if random.once_in(40) {
            text = utf16(random, &String::from_utf8_lossy(&text));
        }
        text
    }
}

/// The text in either UTF-16, now and then with a wrong byte.
fn utf16(random: &mut Random, text: &str) -> Vec<u8> {
    let big = random.once_in(2);
    let mut bytes: Vec<u8> = "\u{FEFF}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect();
    if random.once_in(2) {
        let at = random.below(bytes.len());
        bytes[at] = random.bits() as u8;
    }
    if random.once_in(4) {
        bytes.pop();
    }
    bytes
}

fn find(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            find(&path, files);
        } else if path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().ends_with("values.yaml"))
        {
            files.push(path);
        }
    }
}

fn mutate(random: &mut Random, text: &mut Vec<u8>) {
    if text.is_empty() {
        return;
    }
    let at = random.below(text.len());
    let end = (at + random.below(6)).min(text.len());
    match random.below(8) {
        0..4 => drop(text.splice(at..at, random.pick(MARKS).bytes())),
        4 => drop(text.drain(at..end)),
        5 => drop(text.splice(at..end, random.pick(MARKS).bytes())),
        6 => text.truncate(at),
        _ if random.once_in(20) => text[at] = random.bits() as u8,
        _ => {
            let piece = text[at..end].to_vec();
            let to = random.below(text.len());
            text.splice(to..to, piece);
        }
    }
}

/// Scalars that stand well everywhere.
const GOOD: &[&str] = &[
    "a",
    "b",
    "x y",
    "1",
    "012",
    "0x1f",
    "1e3",
    "-0",
    ".5",
    "y",
    "No",
    "~",
    "null",
    "''",
    "\"\"",
    "'it''s'",
    "\"a\\tb\"",
    "\"\\x41\\u00e9\\U0001F600\"",
    "2001-01-01",
    "1:30",
    "1_0",
    ".5_5",
    ".5_e1",
    "-.5_5",
    "!!str 1",
    "!!int 1",
    "!!float 1",
    "!!binary aGk=",
    "! 1",
    "!x 1",
    "<<",
    "=",
    "é",
    "😀",
    "a:b",
    "a#c",
    "-a",
    "0.1",
    "0b-1",
    "+1",
    "1.",
    "0o17",
    "a",
];

const SCALARS: &[&str] = &[
    "a",
    "b",
    "c",
    "x y",
    "x: y",
    "1",
    "012",
    "0x1f",
    "0b-1",
    "1e3",
    "-0",
    "-0.0",
    ".5",
    ".inf",
    ".nan",
    "1:30",
    "y",
    "No",
    "~",
    "null",
    "",
    "''",
    "\"\"",
    "'it''s'",
    "\"a\\tb\"",
    "\"\\x41\\u00e9\\U0001F600\"",
    "\"\\q\"",
    "\"a\\\n  b\"",
    "'a\n\n b'",
    "a\n b",
    "2001-01-01",
    "2001-01-01 1:2:3",
    "18446744073709551615",
    "9223372036854775808",
    "1_0",
    "<<",
    "=",
    "&x",
    "*x",
    "&x a",
    "&y",
    "*y",
    "!!str 1",
    "!!int 1",
    "!!int x",
    "!!float 1",
    "!!float 18446744073709551615",
    "!!null x",
    "!!null ''",
    "!!bool y",
    "!!binary aGk=",
    "!!binary aGk",
    "!!binary /w==",
    "!!timestamp 2001-01-01",
    "!!timestamp x",
    "!!seq a",
    "!!map a",
    "! a",
    "! 1",
    "!x 1",
    "!x%41 1",
    "!<tag:yaml.org,2002:int> 1",
    "!!str",
    "!e!x 1",
    "!!merge <<",
    "\u{FEFF}",
    "é",
    "😀",
    "a\u{85}b",
    "a\u{2028}b",
    "a\tb",
    "\ta",
    "a #c",
    "a#c",
    "# c",
    "@",
    "`",
    "%a",
    "|",
    ">",
    "|x",
    "1.",
    "1e999",
    "0o17",
    "0o8",
    "+1",
    "+.inf",
    "123456789.0",
    "1e300",
    "16777217.0",
    "0.1",
    "a]",
    "[",
    "]",
    "{",
    "}",
    ",",
    "a:b",
    "a:",
    ":a",
    "?a",
    "-a",
    "--- a",
    "... a",
    "'a",
    "\"a",
    "\"\\ud800\"",
    "\"\\N\\_\\L\\P\\e\"",
    "'\u{2028}'",
];

/// A text out of YAML's parts, now and then damaged.
pub(crate) fn made(random: &mut Random) -> Vec<u8> {
    let mut text = String::new();
    if random.once_in(12) {
        text.push_str(random.pick(&[
            "%YAML 1.1\n---\n",
            "%YAML 1.2\n---\n",
            "%TAG !e! tag:yaml.org,2002:\n---\n",
            "%TAG ! tag:a,\n--- ",
            "%FOO x\n---\n",
            "---\n",
            "--- ",
            "...\n",
            "%YAML 1.1\n%YAML 1.1\n---\n",
            "\u{FEFF}",
            "\u{FEFF}---\n",
            "# c\n",
            "\n\n",
            "--- |\n",
            "--- # c\n",
            "%YAML 1.1",
            "%YAML 1.123\n---\n",
            "%YAML\n",
            "%TAG !e tag:x\n---\n",
            "%TAG !e!\n---\n",
            "%TAG !e! %41\n---\n",
        ]));
    }
    let depth = random.below(4);
    let map = random.below(3) > 0;
    if !random.once_in(8) {
        // Anchors for the aliases that follow.
        text.push_str(if map {
            random.pick(&[
                "p: &x {a: 1, b: {c: 2}}\nq: &y {a: 3, d: ~}\nr: &z [*x, *y]\n",
                "p: &x {a: 1, <<: {b: 2}}\nq: &y {<<: *x, a: 3}\n",
                "p: &x a\nq: &y [b]\n",
            ])
        } else {
            "- &x {a: 1}\n- &y {a: 2, b: 3}\n- &z [*x, *y]\n"
        });
    }
    lines(random, &mut text, 0, depth, map);
    if random.once_in(8) {
        text.push_str(random.pick(&[
            "---\nb: 1\n",
            "...\n",
            "...\nx",
            "--- : [",
            "---",
            "...a",
            "%YAML 1.1\n",
            "... # c\n",
            "%",
            "---\n---\n",
            "]\n",
            "\u{FEFF}",
        ]));
    }
    let mut text = text.into_bytes();
    if random.once_in(4) {
        for _ in 0..=random.below(2) {
            mutate(random, &mut text);
        }
    }
    text
}

fn scalar(random: &mut Random) -> &'static str {
    let from = if random.once_in(7) { SCALARS } else { GOOD };
    from[random.below(from.len())]
}

fn indented(text: &mut String, indent: usize) {
    text.extend(std::iter::repeat_n(' ', indent));
}

/// A block node whose lines start at `indent`; ends in a line break.
fn block(random: &mut Random, text: &mut String, indent: usize, depth: usize) {
    let map = random.below(3) > 0;
    lines(random, text, indent, depth, map);
}

fn lines(random: &mut Random, text: &mut String, indent: usize, depth: usize, map: bool) {
    let entries = 1 + random.below(4);
    for _ in 0..entries {
        let slip = usize::from(random.once_in(200));
        indented(
            text,
            (indent + slip).saturating_sub(usize::from(random.once_in(200))),
        );
        if random.once_in(30) {
            text.push_str(random.pick(&["# comment\n", "\n", "\n", "  \n", "#\n", " #x\n"]));
            indented(text, indent);
        }
        if map {
            if random.once_in(10) {
                text.push_str("? ");
                entry(random, text, indent, depth);
                indented(text, indent);
                text.push(':');
            } else {
                match random.below(10) {
                    0..6 => text.push_str(random.pick(&[
                        "a",
                        "b",
                        "c",
                        "d",
                        "e",
                        "f",
                        "on",
                        "1",
                        "1.0",
                        "1.5",
                        "0x1",
                        "null",
                        "\"q\"",
                        "'q'",
                        "16777217.0",
                        "1e300",
                    ])),
                    6 => text.push_str("<<"),
                    7 if random.once_in(4) => {
                        // Single and double precision round differently.
                        let digits = random.bits() >> random.below(40);
                        let dot = random.below(20).to_string();
                        text.extend([&digits.to_string(), ".25e-", &dot]);
                    }
                    7 => text.push_str(scalar(random)),
                    8 => flow(random, text, 1),
                    _ => text.push_str(random.pick(&[
                        "&x a",
                        "&y b",
                        "*x ",
                        "*y ",
                        "!!str a",
                        "!!int 1",
                        "\"<<\"",
                        "!!merge <<",
                        "! <<",
                        "!!str <<",
                    ])),
                }
                text.push(':');
            }
        } else {
            text.push('-');
        }
        text.push_str(if random.once_in(60) {
            random.pick(&["\t", ""])
        } else {
            " "
        });
        entry(random, text, indent, depth);
    }
}

/// What follows `- `, `? ` or `: `; ends in a line break.
fn entry(random: &mut Random, text: &mut String, indent: usize, depth: usize) {
    if random.once_in(6) {
        text.push_str(random.pick(&[
            "&x ",
            "&y ",
            "&z ",
            "!!map ",
            "!!seq ",
            "!!str ",
            "!x ",
            "! ",
            "&x !!str ",
            "!!str &y ",
            "&x &y ",
            "!!omap ",
        ]));
    }
    match random.below(10) {
        0..4 if depth > 0 => {
            if random.once_in(4) && !text.ends_with(": ") {
                // On the same line: `- a: 1`.
                let mut inner = String::new();
                block(random, &mut inner, indent + 2, depth - 1);
                text.push_str(inner.trim_start_matches(' '));
            } else {
                text.push_str(random.pick(&["\n", "\n", "\n", " # c\n", "\n\n"]));
                let deeper = random.pick(&[&2_usize, &2, &2, &2, &2, &1, &4, &0]);
                block(random, text, indent + *deeper, depth - 1);
            }
        }
        4 => {
            text.push_str(random.pick(&[
                "|", ">", "|-", "|+", ">-", ">+", "|2", ">1-", "|+3", "|0", "|-x", "| # c", "|\t",
                ">4",
            ]));
            text.push('\n');
            for _ in 0..random.below(5) {
                let deeper = random.pick(&[&2_usize, &2, &2, &2, &2, &2, &3, &1, &0, &4]);
                indented(text, indent + *deeper);
                text.push_str(random.pick(&[
                    "x",
                    "x y",
                    "",
                    "",
                    " z",
                    "\tt",
                    "- a",
                    "a: b",
                    "# no comment",
                    "é",
                    "x ",
                    "\u{85}",
                    "a\u{2028}b",
                    "---",
                ]));
                text.push_str(random.pick(&["\n", "\n", "\n", "\n", "\r\n", "\n\n"]));
            }
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
        5 | 6 => {
            let deep = random.below(4);
            flow(random, text, deep);
            text.push_str(
                random.pick(&["\n", "\n", "\n", "\n", "\n", "\n", "\n", " # c\n", " x\n"]),
            );
        }
        _ => {
            text.push_str(scalar(random));
            text.push_str(
                random.pick(&["\n", "\n", "\n", "\n", " # c\n", " \n", "\t# c\n", "\r\n"]),
            );
        }
    }
}

fn flow(random: &mut Random, text: &mut String, depth: usize) {
    let map = random.once_in(2);
    text.push_str(if map { "{" } else { "[" });
    for i in 0..random.below(4) {
        if i > 0 {
            text.push_str(random.pick(&[", ", ",", ",\n ", " ,", ", # c\n "]));
        }
        if random.once_in(50) {
            text.push_str(random.pick(&["? ", "?", "&x ", "!!str ", "*x", ",", ": "]));
        }
        if map || random.once_in(5) {
            text.push_str(random.pick(&[
                "a",
                "b",
                "<<",
                "\"q\"",
                "1",
                "*x ",
                "~",
                "null",
                "c",
                "18446744073709551615",
            ]));
            text.push_str(random.pick(&[": ", ": ", ": ", ":", "", " : "]));
        }
        if depth > 0 && random.once_in(3) {
            flow(random, text, depth - 1);
        } else {
            text.push_str(scalar(random));
        }
    }
    if !random.once_in(30) {
        text.push_str(if map { "}" } else { "]" });
    }
}

/// JSON, often damaged.
pub(crate) fn json(random: &mut Random) -> Vec<u8> {
    let mut text = String::new();
    let depth = random.below(4);
    json_value(random, &mut text, depth);
    while random.once_in(3) && !text.is_empty() {
        let mut at = random.below(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        match random.below(3) {
            0 => text.insert_str(
                at,
                random.pick(&[
                    " ", "\n", "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "t",
                    "x", "'", "`", "é", "\u{1}", "\0", "\u{7F}", "\u{85}", "\u{A0}", "\u{FFFD}",
                    "\u{200B}", "\u{2028}", "\u{E000}", "😀", "\\u", "\\u00", "\\`",
                ]),
            ),
            1 => text.truncate(at),
            _ => drop(text.remove(at)),
        }
    }
    let mut text = text.into_bytes();
    // Not all of it is text.
    while random.once_in(8) && !text.is_empty() {
        let at = random.below(text.len());
        match random.below(3) {
            0 => text[at] = random.bits() as u8,
            1 => text.insert(at, 0x80 | random.bits() as u8),
            _ => drop(text.remove(at)),
        }
    }
    text
}

fn json_value(random: &mut Random, text: &mut String, depth: usize) {
    match random.below(if depth == 0 { 4 } else { 8 }) {
        0 => text.push_str(random.pick(&["null", "true", "false"])),
        1 => text.push_str(random.pick(&[
            "0",
            "-0",
            "1",
            "-1",
            "1.5",
            "1e3",
            "1E-7",
            "1e21",
            "1e400",
            "-1e400",
            "1e-400",
            "123456789012345678901",
            "9223372036854775808",
            "0.1",
            "1.0",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "100000000000000000000000",
            "18446744073709551615",
            "9007199254740993",
            "-0.0",
            "2.2250738585072011e-308",
        ])),
        2 | 3 => json_text(random, text),
        4 | 5 => {
            text.push('[');
            for i in 0..random.below(4) {
                text.push_str(if i > 0 { ", " } else { "" });
                json_value(random, text, depth - 1);
            }
            text.push(']');
        }
        _ => {
            text.push('{');
            for i in 0..random.below(4) {
                text.push_str(if i > 0 { "," } else { "" });
                if random.once_in(3) {
                    text.push_str(random.pick(&[
                        "\"a\"",
                        "\"0\"",
                        "\"a.1\"",
                        "\"\"",
                        "\"~/\"",
                        "\"\\/\"",
                        "\"Error\"",
                    ]));
                } else {
                    json_text(random, text);
                }
                text.push_str(random.pick(&[":", ": ", " : "]));
                json_value(random, text, depth - 1);
            }
            text.push('}');
        }
    }
}

fn json_text(random: &mut Random, text: &mut String) {
    text.push('"');
    for _ in 0..random.below(5) {
        text.push_str(random.pick(&[
            "a",
            "b",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\u00e9",
            "\\ud83d\\ude00",
            "\\ud800",
            "\\udc00",
            "\\ud800x",
            "\\ud800\\u0041",
            "\\ud800\\ud83d\\ude00",
            "\\u2028",
            "\\q",
            "\\u12",
            "<",
            ">",
            "&",
            "é",
            "😀",
            "\u{2028}",
            "\u{7F}",
            "\t",
            "\\b\\f\\r\\t",
            "\\u0000",
            "\u{FEFF}",
        ]));
    }
    text.push('"');
}
