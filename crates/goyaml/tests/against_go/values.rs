//! Random values: strings that need quotes, numbers near the limits of their types, long texts, odd keys.

use std::fmt::Write as _;

use goyaml::{Map, Value, escape_json};

use crate::random::Random;

const TRAPS: &[&str] = &[
    "",
    "~",
    "null",
    "Null",
    "nULL",
    "yes",
    "Yes",
    "y",
    "N",
    "no",
    "on",
    "OFF",
    "true",
    "True",
    "tRUE",
    "<<",
    "=",
    "-",
    "--",
    "---",
    "--- a",
    "...",
    "... b",
    "?",
    "? a",
    ":",
    ": a",
    "a:",
    "a: b",
    "a:b",
    "#",
    "#a",
    "a #b",
    "a#b",
    "&a",
    "*a",
    "!a",
    "!!str",
    "|",
    ">",
    "|-",
    "%",
    "%a",
    "@",
    "`",
    "'",
    "''",
    "'a'",
    "\"",
    "\"a\"",
    "[",
    "]",
    "[]",
    "{",
    "}",
    "{}",
    ",",
    "a,b",
    "a, b",
    "0",
    "-0",
    "+1",
    "1_000",
    "0x1f",
    "0X1F",
    "0o17",
    "0O7",
    "017",
    "08",
    "0b11",
    "-0b11",
    "0b-1",
    "1e3",
    "1E+3",
    "1.",
    ".5",
    ".5_5",
    "._5",
    ".5_",
    ".5e1_0",
    "-.5",
    ".e1",
    "1e",
    "1:30",
    "1:2:3",
    "-1:30.5",
    "190:20:30",
    "2001-01-01",
    "2001-1-1T1:2:3Z",
    "2001-01-01 1:2:3",
    "2001-02-30",
    "2001-12-14t21:59:43.10-05:00",
    ".inf",
    "-.inf",
    "+.Inf",
    ".nan",
    ".NaN",
    "+.5",
    "0.0",
    "1e999",
    "12345678901234567890",
    "18446744073709551615",
    "99999999999999999999",
    "-9223372036854775808",
    "-9223372036854775809",
    "0x",
    "0b",
    "0o",
    "_",
    "1_",
    "_1",
    "0_1",
    "-_1",
    "{{ .Values.x }}",
    "a\tb",
    "\ta",
    "a\t",
    " ",
    "  ",
    " a",
    "a ",
    "\n",
    "\n\n",
    "\na",
    "a\n",
    "a\nb",
    "a\n\n",
    "a \nb",
    "a\n b",
    " a\nb",
    "a\n\tb",
    "a\r\nb",
    "a\rb",
    "\r",
    "a\n ",
    "\n a",
    "\u{85}",
    "a\u{85}b",
    "a\u{85}  b",
    "\u{2028}",
    "a\u{2028}b",
    "a\u{2029}",
    "\u{FEFF}",
    "\u{FEFF}a",
    "a\u{FEFF}",
    "\u{A0}",
    "\u{7F}",
    "\u{80}",
    "\u{FFFD}",
    "\u{FFFE}",
    "\u{FFFF}",
    "\u{E000}",
    "\u{1F600}",
    "a\u{1F600}b",
    "é",
    "ß",
    "日本",
    "\0",
    "\u{7}",
    "\u{8}",
    "\u{b}",
    "\u{c}",
    "\u{1b}",
    "\u{1f}",
    "<a>&b",
    "\\",
    "\\n",
    "a\\",
    "/",
    "\u{D7FF}",
];

const PIECES: &[&str] = &[
    "a",
    "b",
    "z",
    "B",
    "1",
    "2",
    "10",
    "0",
    "9",
    " ",
    " ",
    "  ",
    "\n",
    "\t",
    ":",
    ": ",
    " #",
    "#",
    "-",
    "- ",
    "'",
    "\"",
    "\\",
    ",",
    "[",
    "]",
    "{",
    "}",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "?",
    "=",
    ".",
    "_",
    "x",
    "e",
    "+",
    "é",
    "日",
    "\u{85}",
    "\u{2028}",
    "\u{FEFF}",
    "\u{1F600}",
    "\r",
    "word",
    "yes",
    "\u{A0}",
    "\u{1}",
    "<",
    "$",
];

const KEYS: &[&str] = &[
    "a",
    "b",
    "A",
    "B",
    "a1",
    "a2",
    "a10",
    "a01",
    "a1b",
    "a1-x",
    "a-b",
    "a.b",
    "ab",
    "1",
    "2",
    "10",
    "08",
    "01",
    "0x1f",
    "1e3",
    "é",
    "é1",
    "ä",
    "٣",
    "٢",
    "x٣",
    "_",
    "-",
    ".",
    "/",
    "app.kubernetes.io/name",
    "true",
    "y",
    "null",
    "",
    "~",
    "\n",
    "日本",
    "٣a",
    "Ⅷ",
    "ª",
    "a²",
];

fn text(random: &mut Random) -> String {
    match random.below(10) {
        0..4 => random.pick(TRAPS).to_owned(),
        4..8 => {
            let pieces = random.below(8);
            (0..pieces).map(|_| random.pick(PIECES)).collect()
        }
        8 => {
            // Long enough to be folded.
            let mut long = String::new();
            let size = 60 + random.below(200);
            while long.len() < size {
                let word = 1 + random.below(14);
                long.extend(std::iter::repeat_n(
                    random.pick(&["w", "é", "x", "'", "\u{1F600}", "-"]),
                    word,
                ));
                long.push_str(
                    random.pick(&[" ", " ", " ", " ", "  ", "\n", ": ", " #", "\t", "   "]),
                );
            }
            long
        }
        _ => (0..random.below(6))
            .filter_map(|_| char::from_u32((random.bits() % 0x3000) as u32))
            .collect(),
    }
}

fn key(random: &mut Random) -> String {
    match random.below(8) {
        0..5 => random.pick(KEYS).to_owned(),
        5 => (0..random.below(4)).map(|_| random.pick(KEYS)).collect(),
        6 => text(random),
        _ => {
            let size = [
                120 + random.below(16),
                120 + random.below(16),
                165 + random.below(10),
                1015 + random.below(10),
            ][random.below(4)];
            std::iter::repeat_n(random.pick(&["k", "k", "é", "k ", "<"]), size).collect()
        }
    }
}

fn number(random: &mut Random) -> Value {
    const EDGES: &[f64] = &[
        0.0,
        -0.0,
        1.0,
        0.1,
        1e5,
        1e6,
        999_999.0,
        1e15,
        1e20,
        1e21,
        1e22,
        1e-4,
        1e-5,
        1e-6,
        1e-7,
        5e-324,
        f64::MAX,
        f64::MIN_POSITIVE,
        9_007_199_254_740_992.0,
        9_223_372_036_854_775_807.0,
        18_446_744_073_709_551_615.0,
        -9_223_372_036_854_775_808.0,
        123_456_789_012_345_678.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        5e-5,
        2.5e-5,
        4_294_967_296.0,
        1e16,
        1.5e300,
    ];
    match random.below(6) {
        0 => Value::Int((random.bits() as i64) >> random.below(64)),
        1 => {
            let edge = 1_i64.wrapping_shl(random.below(64) as u32);
            Value::Int(edge.wrapping_add(random.below(3) as i64 - 1))
        }
        2 => Value::Uint((1 << 63) + (random.bits() >> 1)),
        3 => Value::Float(EDGES[random.below(EDGES.len())]),
        4 => Value::Float(f64::from_bits(random.bits())),
        _ => Value::Float(
            (random.below(2_000_000) as f64 - 1e6) / [1.0, 8.0, 10.0, 1000.0, 1e9][random.below(5)],
        ),
    }
}

pub(crate) fn value(random: &mut Random) -> Value {
    let depth = random.below(5);
    nested(random, depth)
}

fn nested(random: &mut Random, depth: usize) -> Value {
    let kind = random.below(if depth == 0 { 7 } else { 14 });
    match kind {
        0 => Value::Null,
        1 => Value::Bool(random.once_in(2)),
        2 => number(random),
        3..7 => Value::String(text(random)),
        7..9 => Value::List(
            (0..random.below(5))
                .map(|_| nested(random, depth - 1))
                .collect(),
        ),
        _ => {
            let pairs = (0..random.below(7)).map(|_| (key(random), nested(random, depth - 1)));
            Value::Map(pairs.collect::<Map>())
        }
    }
}

/// The value in the oracle's notation.
pub(crate) fn for_oracle(value: &Value) -> Vec<u8> {
    let mut out = String::new();
    write_value(&mut out, value);
    out.into_bytes()
}

fn write_value(out: &mut String, value: &Value) {
    // Writing to a String cannot fail.
    _ = match value {
        Value::Null => write!(out, "null"),
        Value::Bool(value) => write!(out, "{value}"),
        Value::Int(value) => write!(out, r#"{{"i":"{value}"}}"#),
        Value::Uint(value) => write!(out, r#"{{"u":"{value}"}}"#),
        Value::Float(value) => write!(out, r#"{{"f":"{}"}}"#, value.to_bits()),
        Value::String(text) => {
            escape_json(out, text, false);
            Ok(())
        }
        Value::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                write_value(out, item);
            }
            write!(out, "]")
        }
        Value::Map(map) => {
            out.push_str(r#"{"m":{"#);
            for (i, (key, value)) in map.iter().enumerate() {
                out.push_str(if i > 0 { "," } else { "" });
                escape_json(out, key, false);
                out.push(':');
                write_value(out, value);
            }
            write!(out, "}}}}")
        }
    };
}
