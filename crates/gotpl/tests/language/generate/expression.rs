//! Pipelines, calls and operands.

use super::{Generator, KEYS, TEXTS, VARIABLES};

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "-1",
    "-0",
    "7",
    "10",
    "0x1F",
    "0b11",
    "0o17",
    "017",
    "1_0",
    "1.5",
    "-2.5",
    "1e3",
    "1e6",
    "1.0",
    "100000.0",
    "0.00001",
    "1e21",
    "123456789.0",
    "'b'",
    "'\\n'",
    "'é'",
    "1i",
    "2+3i",
    "0x1p-2",
];
/// Numbers that are refused.
const BROKEN: &[&str] = &["9223372036854775808", "08", "1e400", "1__0"];
const FUNCTIONS: &[&str] = &[
    "print", "println", "printf", "len", "index", "slice", "eq", "ne", "lt", "le", "gt", "ge",
    "and", "or", "not", "html", "js", "urlquery", "call", "dict", "list", "join", "add", "add64",
    "sum", "half", "negate", "upper", "octet", "natural", "count", "size", "words", "labels",
    "octets", "same", "nothing", "thing", "fail",
];
const FIELDS: &[&str] = &[
    ".Name", ".Count", ".Items", ".Get", ".Add", ".Join", ".Self", ".Nope", ".a", ".b", ".map",
    ".no",
];

/// What an expression of a tame template is to give.
#[derive(Clone, Copy)]
pub(super) enum Want {
    Any,
    Text,
    Int,
    Truth,
    List,
    Map,
}

impl Generator {
    /// An expression of a tame template.
    pub(super) fn fitting(&mut self, want: Want, depth: usize) -> String {
        if self.chance(2) {
            return self.operand(depth);
        }
        let deeper = depth.saturating_sub(1);
        let simple = depth == 0 || self.chance(45);
        let kind = match want {
            Want::Any => self.pick(&[
                Want::Text,
                Want::Text,
                Want::Int,
                Want::Truth,
                Want::List,
                Want::Map,
            ]),
            want => want,
        };
        if matches!(want, Want::Any) && self.chance(40) {
            let known = self.scope.clone();
            let name = self.pick(&known);
            return match self.below(6) {
                0 => ".".to_owned(),
                1 => name.to_owned(),
                2 => "$.nil".to_owned(),
                3 => format!("$.{}", self.pick(KEYS)),
                4 => format!("$.map.{}", self.pick(&["a", "a.b", "b", "c", "no"])),
                _ => self.pick(NUMBERS).to_owned(),
            };
        }
        let call = match (kind, simple) {
            (Want::Any | Want::Text, true) => {
                let text = self.pick(TEXTS).replace('\n', "\\n").replace('\t', "\\t");
                return format!("\"{text}\"");
            }
            (Want::Int, true) => {
                return self
                    .pick(&["0", "1", "2", "3", "-1", "'a'", "0x10"])
                    .to_owned();
            }
            (Want::Truth, true) => return self.pick(&["true", "false"]).to_owned(),
            (Want::List, true) => {
                return self
                    .pick(&["$.list", "(words \"x y\")", "thing.Items"])
                    .to_owned();
            }
            (Want::Map, true) => return self.pick(&["$.map", "$.map.a", "labels"]).to_owned(),
            (Want::Any | Want::Text, false) => match self.below(7) {
                0 => format!(
                    "print {} {}",
                    self.fitting(Want::Any, deeper),
                    self.fitting(Want::Any, deeper)
                ),
                1 => format!("upper {}", self.fitting(Want::Text, deeper)),
                2 => format!(
                    "join \"-\" {} {}",
                    self.fitting(Want::Text, deeper),
                    self.fitting(Want::Text, deeper)
                ),
                3 => self.printf(deeper),
                4 => format!(
                    "{} {}",
                    self.pick(&["html", "js", "urlquery", "println"]),
                    self.fitting(Want::Any, deeper)
                ),
                5 => format!("thing.Join \",\" {}", self.fitting(Want::Any, deeper)),
                _ => format!("index labels {}", self.pick(&["\"app\"", "\"no\""])),
            },
            (Want::Int, false) => match self.below(4) {
                0 => format!("len {}", self.fitting(Want::List, deeper)),
                1 => format!("len {}", self.fitting(Want::Text, deeper)),
                2 => format!(
                    "sum {} {}",
                    self.fitting(Want::Int, deeper),
                    self.fitting(Want::Int, deeper)
                ),
                _ => format!(
                    "add {} {}",
                    self.fitting(Want::Int, deeper),
                    self.fitting(Want::Int, deeper)
                ),
            },
            (Want::Truth, false) => {
                let kind = self.pick(&[Want::Text, Want::Int]);
                let function = self.pick(&["eq", "ne", "lt", "le", "gt", "ge"]);
                match self.below(3) {
                    0 => format!("not {}", self.fitting(Want::Any, deeper)),
                    1 => format!("negate {}", self.fitting(Want::Truth, deeper)),
                    _ => format!(
                        "{function} {} {}",
                        self.fitting(kind, deeper),
                        self.fitting(kind, deeper)
                    ),
                }
            }
            (Want::List, false) => match self.below(3) {
                0 => format!("words {}", self.fitting(Want::Text, deeper)),
                _ => format!(
                    "list {} {}",
                    self.fitting(Want::Any, deeper),
                    self.fitting(Want::Any, deeper)
                ),
            },
            (Want::Map, false) => {
                let key = self.pick(KEYS);
                format!(
                    "dict \"{key}\" {} \"b\" {}",
                    self.fitting(Want::Any, deeper),
                    self.fitting(Want::Any, deeper)
                )
            }
        };
        match self.below(12) {
            0 => format!("(and true ({call}))"),
            1 => format!("(or nil ({call}))"),
            2 => format!("({call} | same)"),
            _ => format!("({call})"),
        }
    }

    pub(super) fn pipeline(&mut self, depth: usize) -> String {
        if self.tame {
            let text = self.fitting(Want::Any, depth);
            return match self.below(8) {
                0 => format!("{text} | print"),
                1 => format!("{text} | printf \"%v\""),
                _ => text,
            };
        }
        let mut text = self.command(depth);
        while self.chance(20) {
            text += self.pick(&[" | ", "|", " |\n"]);
            text += &if self.chance(95) {
                self.call(1)
            } else {
                self.command(1)
            };
        }
        text
    }

    fn command(&mut self, depth: usize) -> String {
        if self.chance(45) {
            self.call(depth)
        } else {
            self.operand(depth)
        }
    }

    fn call(&mut self, depth: usize) -> String {
        let function = self.pick(FUNCTIONS);
        if function == "printf" && self.chance(95) {
            return self.printf(depth);
        }
        let likely = match function {
            "nothing" | "thing" | "labels" => 0,
            "len" | "not" | "upper" | "half" | "negate" | "octet" | "natural" | "count"
            | "size" | "words" | "octets" | "same" | "fail" => 1,
            "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "index" | "add" | "add64" | "slice" => 2,
            _ => self.below(4),
        };
        let count = if self.chance(90) {
            likely
        } else {
            self.below(4)
        };
        let mut text = function.to_owned();
        if function == "thing" && self.chance(60) {
            text += self.pick(FIELDS);
        }
        for _ in 0..count {
            text += self.pick(&[" ", " ", " ", "  ", "\n"]);
            text += &self.operand(depth.saturating_sub(1));
        }
        text
    }

    fn printf(&mut self, depth: usize) -> String {
        let mut format = String::new();
        for _ in 0..=self.below(3) {
            format += self.pick(&["", "", " ", "x", "é", "%%"]);
            format.push('%');
            for _ in 0..self.below(3) {
                format += self.pick(&["+", "-", "#", " ", "0"]);
            }
            if self.chance(30) {
                format += self.pick(&["1", "5", "12", "*", "[1]", "[2]*", "[9]", "[x]"]);
            }
            if self.chance(30) {
                format += self.pick(&[".", ".0", ".1", ".3", ".20", ".*", ".[1]*"]);
            }
            if self.chance(5) {
                format += self.pick(&["[1]", "[2]", "[", "]"]);
            }
            format += self.pick(&[
                "v", "v", "v", "d", "s", "q", "x", "X", "T", "t", "b", "o", "O", "c", "U", "e",
                "E", "f", "F", "g", "G", "w", "z", "é", "",
            ]);
        }
        let mut text = format!("printf \"{format}\"");
        for _ in 0..self.below(4) {
            text.push(' ');
            text += &self.operand(depth.saturating_sub(1));
        }
        text
    }

    pub(super) fn operand(&mut self, depth: usize) -> String {
        if self.tame && depth > 0 {
            return self.fitting(Want::Any, depth - 1);
        }
        match self.below(if depth == 0 { 12 } else { 15 }) {
            0 => ".".to_owned(),
            1..=3 => self.path(),
            4 | 5 => {
                let known = self.scope.clone();
                let name = if self.chance(95) {
                    self.pick(&known)
                } else {
                    self.pick(VARIABLES)
                };
                let fields = if self.chance(40) {
                    self.path()
                } else {
                    String::new()
                };
                format!("{name}{fields}")
            }
            6 => self.pick(&["true", "false", "nil"]).to_owned(),
            7 | 8 if self.chance(5) => self.pick(BROKEN).to_owned(),
            7 | 8 => self.pick(NUMBERS).to_owned(),
            9 | 10 => {
                let text = self.pick(TEXTS);
                if self.chance(30) {
                    format!("`{text}`")
                } else {
                    let escaped = text.replace('\n', "\\n").replace('\t', "\\t");
                    let extra = if self.chance(10) {
                        self.pick(&[
                            "\\x41",
                            "\\u00e9",
                            "\\377",
                            "\\\"",
                            "\\q",
                            "\\U0001F600",
                            "\\xe2",
                        ])
                    } else {
                        ""
                    };
                    format!("\"{escaped}{extra}\"")
                }
            }
            11 => self.pick(FUNCTIONS).to_owned(),
            _ => {
                let inner = self.pipeline(depth - 1);
                let fields = if self.chance(25) {
                    self.path()
                } else {
                    String::new()
                };
                let method = if self.chance(5) {
                    self.pick(FIELDS)
                } else {
                    ""
                };
                format!("({inner}){fields}{method}")
            }
        }
    }

    fn path(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(10) / 6 + self.below(10) / 8 {
            text.push('.');
            text += self.pick(KEYS);
        }
        text
    }
}
