//! Random templates and the data they run on, from a grammar.

mod expression;

use gotpl::MissingKey;
use serde_json::{Value as Json, json};

use crate::cases::Question;
use expression::Want;

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
        text += &if self.chance(10) {
            self.words()
        } else {
            self.nodes(depth)
        };
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
        for _ in 0..=self.below(4) {
            text += &self.node(depth);
        }
        self.scope.truncate(known);
        text
    }

    /// Words in no order.
    fn words(&mut self) -> String {
        const WORDS: &[&str] = &[
            "{{",
            "{{",
            "{{",
            "}}",
            "}}",
            "}}",
            "{{- ",
            " -}}",
            "{{/* c */}}",
            "if",
            "else",
            "end",
            "range",
            "with",
            "define",
            "template",
            "block",
            "break",
            "continue",
            "nil",
            "true",
            "$",
            "$x",
            ".",
            ".a",
            ".a.b",
            "1",
            "1.5",
            "'c'",
            "\"s\"",
            "`r`",
            "\"u\"",
            "print",
            "printf",
            "len",
            "nope",
            "(",
            ")",
            "|",
            ":=",
            "=",
            ",",
            "text",
            "\n",
            "-",
            "{{end}}",
            "{{end}}",
            "{{else}}",
            "{{if .a}}",
            "{{range .list}}",
            "{{$x := 1}}",
        ];
        let mut text = String::new();
        for _ in 0..=self.below(20) {
            text += self.pick(WORDS);
            text += self.pick(&["", " ", " ", " ", "\n"]);
        }
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
                let names = if self.tame { &defined } else { TEMPLATES };
                let name = self.pick(names);
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
            head.extend([first, comma, second, " := "]);
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
            let (pipeline, body) = (self.pipeline(2), self.nodes(depth - 1));
            text.extend([left, "else ", keyword, " ", &pipeline, right, &body]);
        }
        if keyword != "block" && self.chance(40) {
            let (left, right) = (self.left(), self.right());
            let body = self.nodes(depth - 1);
            text.extend([left, "else", right, &body]);
        }
        self.scope.truncate(known);
        let (left, right) = (self.left(), self.right());
        format!("{text}{left}end{right}")
    }

    /// A text with one or two characters lost, doubled or put in.
    fn mutated(&mut self, text: &str) -> String {
        let mut characters: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(2) {
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
