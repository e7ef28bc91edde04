//! Random templates and the data they run on, from a grammar.

use gotpl::MissingKey;
use serde_json::{Value as Json, json};

use crate::cases::Question;

const KEYS: &[&str] = &["a", "b", "c", "d", "list", "map", "no"];
const VARIABLES: &[&str] = &["$", "$x", "$y", "$z", "$i"];
const TEMPLATES: &[&str] = &["u", "v", "w"];
const TEXTS: &[&str] = &[
    "",
    "a",
    "0",
    "text",
    "two words",
    "é☺",
    "<a b='c'>&",
    "x\ny",
    "%d",
    "\t",
    "\u{a0}",
    "12",
    "true",
    "lamp",
];
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
enum Want {
    Any,
    Text,
    Int,
    Truth,
    List,
    Map,
}

pub(crate) struct Generator {
    state: u64,
    /// Whether expressions fit where they stand, so that most templates come to their end.
    tame: bool,
    /// Names that can be used where the generator stands; now and then one that cannot is.
    scope: Vec<&'static str>,
    loops: usize,
    /// The templates there are.
    defined: Vec<&'static str>,
}

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        let mut generator = Self {
            state: seed,
            tame: false,
            scope: vec!["$"],
            loops: 0,
            defined: Vec::new(),
        };
        generator.tame = generator.chance(70);
        generator
    }

    pub(crate) fn question(&mut self) -> Question {
        let mut texts = Vec::new();
        if self.chance(10) {
            texts.push(("lib".to_owned(), self.definition()));
        }
        let mut text = String::new();
        for _ in 0..self.below(3) {
            if self.chance(30) {
                text += &self.definition();
            }
        }
        let depth = 1 + self.below(3);
        text += &self.nodes(depth);
        if self.chance(if self.tame { 5 } else { 20 }) {
            text = self.mutated(&text);
        }
        texts.push(("t".to_owned(), text));
        Question {
            texts,
            data: self.data(),
            missing_key: match self.below(20) {
                0 => MissingKey::Error,
                1 => MissingKey::Invalid,
                _ => MissingKey::Zero,
            },
        }
    }

    /// A number below `limit` (splitmix64).
    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    fn data(&mut self) -> Json {
        if self.chance(5) {
            return self.value(2);
        }
        let mut data = json!({
            "list": ["x", 2, null, {"a": "in list"}],
            "map": {"a": {"b": "deep"}, "b": 3, "c": null},
        });
        for key in ["a", "b", "c", "d"] {
            data[key] = self.value(2);
        }
        data
    }

    fn value(&mut self, depth: usize) -> Json {
        match self.below(if depth == 0 { 5 } else { 8 }) {
            0 => Json::Null,
            1 => json!(self.chance(50)),
            2 => json!(self.pick(&[
                0.0,
                1.0,
                2.0,
                3.0,
                -1.0,
                1.5,
                1e6,
                123_456_789.0,
                1e21,
                0.1,
                -0.25,
                1e-7,
                100_000.0
            ])),
            3 | 4 => json!(self.pick(TEXTS)),
            5 | 6 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            _ => {
                let mut map = serde_json::Map::new();
                for _ in 0..self.below(4) {
                    let key = self.pick(&["a", "b", "c", "10", "9", "é", "B"]);
                    map.insert(key.to_owned(), self.value(depth - 1));
                }
                Json::Object(map)
            }
        }
    }

    fn definition(&mut self) -> String {
        let outer = std::mem::replace(&mut self.scope, vec!["$"]);
        let loops = std::mem::take(&mut self.loops);
        let name = self.pick(TEMPLATES);
        if self.tame && self.defined.contains(&name) {
            return String::new();
        }
        // No calls inside: what calls itself takes long to fail.
        let body = self.nodes(1).replace("template \"", "print \"");
        (self.scope, self.loops) = (outer, loops);
        self.defined.push(name);
        let (left, right) = (self.left(), self.right());
        format!("{left}define \"{name}\"{right}{body}{{{{end}}}}")
    }

    fn nodes(&mut self, depth: usize) -> String {
        let known = self.scope.len();
        let mut text = String::new();
        for _ in 0..1 + self.below(4) {
            text += &self.node(depth);
        }
        self.scope.truncate(known);
        text
    }

    fn left(&mut self) -> &'static str {
        self.pick(&["{{", "{{", "{{", "{{", "{{- ", "{{ "])
    }

    fn right(&mut self) -> &'static str {
        self.pick(&["}}", "}}", "}}", "}}", " -}}", " }}"])
    }

    fn node(&mut self, depth: usize) -> String {
        let kind = self.below(if depth == 0 { 10 } else { 20 });
        if kind < 3 {
            let text = self.pick(&[
                "x", " ", "\n", "text ", "  \n  ", "é", "}}", "{ ", "a: b\n", "-", "%v", "\r\n",
            ]);
            return text.to_owned();
        }
        let (left, right) = (self.left(), self.right());
        let body = match kind {
            3 if self.loops > 0 || self.chance(2) => self.pick(&["break", "continue"]).to_owned(),
            4 => {
                let name = self.pick(&["$x", "$y", "$z"]);
                let declares = self.chance(70);
                let sign = if declares { ":=" } else { "=" };
                let text = format!("{name} {sign} {}", self.pipeline(2));
                if declares {
                    self.scope.push(name);
                }
                text
            }
            5 if !self.tame || !self.defined.is_empty() => {
                let defined = self.defined.clone();
                let name = match self.tame {
                    true => self.pick(&defined),
                    false => self.pick(TEMPLATES),
                };
                let argument = if self.chance(70) {
                    self.pipeline(1)
                } else {
                    String::new()
                };
                format!("template \"{name}\" {argument}")
            }
            6 if self.chance(30) => {
                let left = if left == "{{- " { left } else { "{{" };
                let right = if right == " -}}" { right } else { "}}" };
                return format!("{left}/* a comment */{right}");
            }
            _ if kind < 12 => self.pipeline(3),
            _ => return self.branch(depth),
        };
        format!("{left}{body}{right}")
    }

    fn branch(&mut self, depth: usize) -> String {
        let known = self.scope.len();
        let keyword = self.pick(&["if", "if", "with", "range", "range", "block"]);
        let (left, right) = (self.left(), self.right());
        let mut head = match keyword {
            "block" if self.tame => format!("block \"b{}\" ", self.below(1000)),
            "block" => format!("block \"{}\" ", self.pick(TEMPLATES)),
            keyword => format!("{keyword} "),
        };
        if keyword != "block" && self.chance(25) {
            let two = keyword == "range" && self.chance(60);
            let (first, second) = if two { ("$i", "$x") } else { ("$x", "") };
            let comma = if two { ", " } else { "" };
            head += &format!("{first}{comma}{second} := ");
            self.scope.push(first);
            if two {
                self.scope.push(second);
            }
        }
        head += &match keyword {
            "range" if self.tame => {
                let want = self.pick(&[Want::List, Want::Map]);
                self.fitting(want, 2)
            }
            "if" if self.tame => self.fitting(Want::Truth, 2),
            _ => self.pipeline(2),
        };
        let (outer_scope, outer_loops) = (self.scope.clone(), self.loops);
        match keyword {
            "range" => self.loops += 1,
            "block" => {
                self.scope = vec!["$"];
                self.loops = 0;
            }
            _ => {}
        }
        let mut body = self.nodes(depth - 1);
        if keyword == "block" {
            // No calls inside, as in definitions.
            body = body.replace("template \"", "print \"");
        }
        let mut text = format!("{left}{head}{right}{body}");
        (self.scope, self.loops) = (outer_scope, outer_loops);
        while keyword != "range" && keyword != "block" && self.chance(20) {
            let (left, right) = (self.left(), self.right());
            text += &format!(
                "{left}else {keyword} {}{right}{}",
                self.pipeline(2),
                self.nodes(depth - 1)
            );
        }
        if keyword != "block" && self.chance(40) {
            let (left, right) = (self.left(), self.right());
            text += &format!("{left}else{right}{}", self.nodes(depth - 1));
        }
        self.scope.truncate(known);
        let (left, right) = (self.left(), self.right());
        format!("{text}{left}end{right}")
    }

    /// An expression of a tame template.
    fn fitting(&mut self, want: Want, depth: usize) -> String {
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

    fn pipeline(&mut self, depth: usize) -> String {
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
        for _ in 0..1 + self.below(3) {
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

    fn operand(&mut self, depth: usize) -> String {
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
        for _ in 0..1 + self.below(10) / 6 + self.below(10) / 8 {
            text.push('.');
            text += self.pick(KEYS);
        }
        text
    }

    /// A text with one or two characters lost, doubled or put in.
    fn mutated(&mut self, text: &str) -> String {
        let mut characters: Vec<char> = text.chars().collect();
        for _ in 0..1 + self.below(2) {
            if characters.is_empty() {
                break;
            }
            let at = self.below(characters.len());
            match self.below(3) {
                0 => {
                    characters.remove(at);
                }
                1 => characters.insert(at, characters[at]),
                _ => {
                    let extra: Vec<char> = "{}()|.,$\"`'-=:/* \n1ae☺%".chars().collect();
                    characters.insert(at, extra[self.below(extra.len())]);
                }
            }
        }
        characters.into_iter().collect()
    }
}
