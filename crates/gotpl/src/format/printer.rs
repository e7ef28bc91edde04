//! One value under one verb, a port of fmt/print.go and fmt/format.go.

use std::io::Write as _;

use crate::limits::{MAX_TEXT_BYTES, MAX_VALUE_DEPTH};
use crate::quote::{quote, quote_ascii, quote_char};
use crate::value::complex::Complex;
use crate::value::{IntKind, Kind, List, Map, Object, Type, Value, types};

use super::float::{self, format_binary, format_float, format_hex};

/// What stands between `%` and the verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags {
    pub(super) plus: bool,
    pub(super) minus: bool,
    pub(super) sharp: bool,
    pub(super) space: bool,
    pub(super) zero: bool,
    /// `%+v`: names of struct fields.
    pub(super) plus_v: bool,
    /// `%#v`: Go syntax.
    pub(super) sharp_v: bool,
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
}

/// Prints values into a buffer.
pub(super) struct Printer<'o> {
    output: &'o mut Vec<u8>,
    pub(super) flags: Flags,
    /// Once the output is longer than this, nothing more is printed: the callers refuse it.
    limit: usize,
    /// Inside `%!d(...)`: there, `String()` methods are not called.
    erroring: bool,
}

impl<'o> Printer<'o> {
    pub(super) fn new(output: &'o mut Vec<u8>) -> Self {
        let limit = output.len().saturating_add(MAX_TEXT_BYTES);
        Self {
            output,
            limit,
            flags: Flags::default(),
            erroring: false,
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        self.output.extend_from_slice(text.as_bytes());
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.output.extend_from_slice(bytes);
    }

    pub(super) fn written(&self) -> usize {
        self.output.len()
    }

    pub(super) fn padding(&mut self, count: usize, byte: u8) {
        self.output.resize(self.output.len() + count, byte);
    }

    /// Writes text padded to the width, counted in runes.
    pub(super) fn pad(&mut self, bytes: &[u8]) {
        let Some(width) = self.flags.width.filter(|width| *width > 0) else {
            self.output.extend_from_slice(bytes);
            return;
        };
        let missing = width.saturating_sub(rune_count(bytes));
        if self.flags.minus {
            self.output.extend_from_slice(bytes);
            self.padding(missing, b' ');
        } else {
            self.padding(missing, if self.flags.zero { b'0' } else { b' ' });
            self.output.extend_from_slice(bytes);
        }
    }

    /// A value handed to a print function.
    pub(super) fn argument(&mut self, value: &Value, verb: char) {
        match (value, verb) {
            (Value::Nil | Value::Absent, 'T' | 'v') => self.pad(b"<nil>"),
            (Value::Nil | Value::Absent, _) => self.bad_verb(value, verb),
            (_, 'T') => self.string(value.type_name().as_bytes(), 's', value),
            // Only what is reached through a pointer has an address.
            (_, 'p') => match value.kind() {
                Kind::Slice | Kind::Map | Kind::Pointer | Kind::Func => self.address(),
                _ => self.bad_verb(value, verb),
            },
            _ if verb == 'w' && is_asked(value) => self.bad_verb(value, verb),
            (Value::List(list), 'v' | 'd') if list.type_of() == types::BYTES => {
                // A byte slice of its own is written as []byte in Go syntax, inside others as []uint8.
                self.list(list, "[]byte", verb, 0);
            }
            _ => self.value(value, verb, 0),
        }
    }

    fn value(&mut self, value: &Value, verb: char, depth: usize) {
        if self.output.len() > self.limit {
            // A list that holds another one twice, which does the same, is longer than any memory.
            return;
        }
        if depth > MAX_VALUE_DEPTH {
            // Only a map that contains itself is this deep; Go would never end.
            self.text("...");
            return;
        }
        match value {
            // An interface that holds nil; the verb does not matter.
            Value::Nil | Value::Absent if self.flags.sharp_v => self.text("interface {}(nil)"),
            Value::Nil | Value::Absent => self.text("<nil>"),
            Value::Bool(truth) => match verb {
                't' | 'v' => self.pad(if *truth { b"true" } else { b"false" }),
                _ => self.bad_verb(value, verb),
            },
            Value::Int(number, kind) => self.int(*number, *kind, verb, value),
            Value::Float(number) => self.float(*number, verb, value),
            Value::Str(text) => self.string(text.as_bytes(), verb, value),
            Value::List(list) => {
                let name = list.type_of().to_string();
                self.list(list, &name, verb, depth);
            }
            Value::Map(map) => self.map(map, verb, depth),
            Value::Object(object) => match Complex::of(value) {
                Some(number) => self.complex(number, verb, value),
                None => self.object(&**object, verb, depth, value),
            },
        }
    }

    /// `%!verb(type=value)`
    fn bad_verb(&mut self, value: &Value, verb: char) {
        let outer = std::mem::replace(&mut self.erroring, true);
        self.text("%!");
        self.text(verb.encode_utf8(&mut [0; 4]));
        self.text("(");
        if value.is_nil() {
            self.text("<nil>");
        } else {
            self.text(&value.type_name());
            self.text("=");
            self.value(value, 'v', 0);
        }
        self.text(")");
        self.erroring = outer;
    }

    fn int(&mut self, number: i64, kind: IntKind, verb: char, value: &Value) {
        let unsigned = kind.is_unsigned();
        let negative = !unsigned && number < 0;
        let magnitude = if negative {
            number.unsigned_abs()
        } else {
            number as u64
        };
        match verb {
            'v' if self.flags.sharp_v && unsigned => self.hex_literal(magnitude),
            'v' | 'd' if !unsigned && self.flags == Flags::default() => self.digits(number),
            'v' | 'd' => self.integer(negative, magnitude, 10, verb),
            'b' => self.integer(negative, magnitude, 2, verb),
            'o' | 'O' => self.integer(negative, magnitude, 8, verb),
            'x' | 'X' => self.integer(negative, magnitude, 16, verb),
            'c' => {
                let character = rune(number as u64);
                self.pad(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            'q' => {
                let quoted = quote_char(rune(number as u64), self.flags.plus);
                self.pad(quoted.as_bytes());
            }
            'U' => self.unicode(number as u64),
            _ => self.bad_verb(value, verb),
        }
    }

    fn hex_literal(&mut self, magnitude: u64) {
        let sharp = std::mem::replace(&mut self.flags.sharp, true);
        self.integer(false, magnitude, 16, 'v');
        self.flags.sharp = sharp;
    }

    /// Go prints an address that differs in every run.
    fn address(&mut self) {
        self.hex_literal(0xc000_0000_0000);
    }

    fn complex(&mut self, number: Complex, verb: char, value: &Value) {
        if !matches!(
            verb,
            'v' | 'b' | 'g' | 'G' | 'x' | 'X' | 'f' | 'F' | 'e' | 'E'
        ) {
            return self.bad_verb(value, verb);
        }
        self.text("(");
        self.float(number.real, verb, value);
        // The imaginary part always has a sign.
        let plus = std::mem::replace(&mut self.flags.plus, true);
        self.float(number.imaginary, verb, value);
        self.flags.plus = plus;
        self.text("i)");
    }

    fn float(&mut self, number: f64, verb: char, value: &Value) {
        let flags = self.flags;
        if verb == 'v'
            && flags == Flags::default()
            && let Some(whole) = float::small_whole(number)
        {
            self.digits(whole);
            return;
        }
        let (verb, default) = match verb {
            'v' => ('g', None),
            'b' | 'g' | 'G' | 'x' | 'X' => (verb, None),
            'e' | 'E' | 'f' => (verb, Some(6)),
            'F' => ('f', Some(6)),
            _ => return self.bad_verb(value, verb),
        };
        let precision = flags.precision.or(default);
        let text = match verb {
            'b' => format_binary(number),
            'x' | 'X' => format_hex(number, precision, verb == 'X'),
            _ => format_float(number, verb, precision),
        };
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => ('-', digits),
            None => (
                if flags.space && !flags.plus { ' ' } else { '+' },
                text.trim_start_matches('+'),
            ),
        };
        if digits.starts_with(['I', 'N']) {
            self.flags.zero = false;
            let shown = digits == "Inf" || flags.space || flags.plus;
            let sign = if shown {
                sign.to_string()
            } else {
                String::new()
            };
            self.pad(format!("{sign}{digits}").as_bytes());
            self.flags = flags;
            return;
        }
        let digits = if flags.sharp && verb != 'b' {
            with_point(digits, verb, precision)
        } else {
            digits.into()
        };
        if !flags.plus && sign == '+' {
            self.pad(digits.as_bytes());
            return;
        }
        let length = digits.len() + 1;
        match flags.width {
            // Zeros go between the sign and the digits.
            Some(width) if flags.zero && !flags.minus && width > length => {
                self.bytes(&[sign as u8]);
                self.padding(width - length, b'0');
                self.text(&digits);
            }
            _ => self.pad(format!("{sign}{digits}").as_bytes()),
        }
    }

    /// A whole number in decimal digits.
    fn digits(&mut self, number: i64) {
        // Writing to a vector does not fail.
        let _ = write!(self.output, "{number}");
    }

    fn string(&mut self, bytes: &[u8], verb: char, value: &Value) {
        match verb {
            'v' if self.flags.sharp_v => self.quoted(bytes),
            'v' | 's' => {
                let cut = self.truncated(bytes);
                self.pad(cut);
            }
            'x' | 'X' => self.hex_string(bytes, verb == 'X'),
            'q' => self.quoted(bytes),
            _ => self.bad_verb(value, verb),
        }
    }

    /// The first runes of a text, as many as the precision says.
    fn truncated<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let Some(precision) = self.flags.precision else {
            return bytes;
        };
        let end = rune_starts(bytes).nth(precision).unwrap_or(bytes.len());
        &bytes[..end]
    }

    fn quoted(&mut self, bytes: &[u8]) {
        let bytes = self.truncated(bytes);
        let quoted = match std::str::from_utf8(bytes) {
            Ok(text) if self.flags.sharp && can_backquote(text) => format!("`{text}`"),
            _ if self.flags.plus => quote_ascii(bytes),
            _ => quote(bytes),
        };
        self.pad(quoted.as_bytes());
    }

    fn hex_string(&mut self, bytes: &[u8], upper: bool) {
        let flags = self.flags;
        let length = flags
            .precision
            .map_or(bytes.len(), |precision| precision.min(bytes.len()));
        let prefix = match (flags.sharp, upper) {
            (false, _) => "",
            (true, false) => "0x",
            (true, true) => "0X",
        };
        let mut text = String::with_capacity(length * 2 + 2);
        for (index, byte) in bytes[..length].iter().enumerate() {
            if flags.space && index > 0 {
                text.push(' ');
            }
            if index == 0 || flags.space {
                text.push_str(prefix);
            }
            let digits = if upper {
                format!("{byte:02X}")
            } else {
                format!("{byte:02x}")
            };
            text.push_str(&digits);
        }
        self.pad(text.as_bytes());
    }

    fn list(&mut self, list: &List, type_name: &str, verb: char, depth: usize) {
        if let (Some(bytes), 's' | 'q' | 'x' | 'X') = (list.to_bytes(), verb) {
            let value = Value::from(crate::Text::from_bytes(bytes.clone()));
            return self.string(&bytes, verb, &value);
        }
        let separator = if self.flags.sharp_v {
            self.text(type_name);
            self.text("{");
            ", "
        } else {
            self.text("[");
            " "
        };
        for (index, item) in list.items().iter().enumerate() {
            if index > 0 {
                self.text(separator);
            }
            self.value(item, verb, depth + 1);
        }
        self.text(if self.flags.sharp_v { "}" } else { "]" });
    }

    fn map(&mut self, map: &Map, verb: char, depth: usize) {
        let separator = if self.flags.sharp_v {
            self.text(&map.type_of().to_string());
            self.text("{");
            ", "
        } else {
            self.text("map[");
            " "
        };
        for (index, (key, item)) in map.snapshot().into_iter().enumerate() {
            if index > 0 {
                self.text(separator);
            }
            self.value(&Value::Str(key), verb, depth + 1);
            self.text(":");
            self.value(&item, verb, depth + 1);
        }
        self.text(if self.flags.sharp_v { "}" } else { "]" });
    }

    fn object(&mut self, object: &dyn Object, verb: char, depth: usize, value: &Value) {
        let stringable = matches!(verb, 'v' | 's' | 'x' | 'X' | 'q');
        if stringable
            && !self.erroring
            && !self.flags.sharp_v
            && !object.display_needs_address()
            && let Some(text) = object.display()
        {
            return self.string(text.as_bytes(), verb, value);
        }
        if let Some(plain) = object.plain() {
            return match &plain {
                Value::List(list) => self.list(list, &object.type_of().to_string(), verb, depth),
                // A named map prints as the map below its name, with the name in Go syntax.
                Value::Map(map) => {
                    let named = Map::of(
                        Type::Named(named(object.type_of()), Kind::Map),
                        map.snapshot().into_iter().collect(),
                    );
                    self.map(&named, verb, depth);
                }
                plain => self.value(plain, verb, depth),
            };
        }
        match object.kind() {
            Kind::Pointer if depth == 0 => {
                self.text("&");
                self.fields(object, verb, depth + 1);
            }
            Kind::Pointer | Kind::Func => self.address(),
            _ => self.fields(object, verb, depth),
        }
    }

    /// What a pointer points at, as a template prints it.
    pub(super) fn pointee(&mut self, object: &dyn Object) {
        self.fields(object, 'v', 0);
    }

    fn fields(&mut self, object: &dyn Object, verb: char, depth: usize) {
        let named_fields = self.flags.plus_v || self.flags.sharp_v;
        if self.flags.sharp_v {
            let name = object.type_of().to_string();
            self.text(name.trim_start_matches('*'));
        }
        self.text("{");
        for (index, (name, item)) in object.printed_fields().into_iter().enumerate() {
            if index > 0 {
                self.text(if self.flags.sharp_v { ", " } else { " " });
            }
            if named_fields {
                self.text(name);
                self.text(":");
            }
            self.value(&item, verb, depth + 1);
        }
        self.text("}");
    }
}

/// Whether Go asks a value under `%w` whether it is an error, and refuses it then. Basic ones are not asked.
fn is_asked(value: &Value) -> bool {
    match value {
        Value::List(list) => list.type_of() != types::BYTES,
        Value::Map(_) | Value::Object(_) => true,
        _ => false,
    }
}

fn named(type_of: Type) -> &'static str {
    match type_of {
        Type::Named(name, _) => name,
        _ => "map[string]interface {}",
    }
}

/// An integer as a character; what is none becomes U+FFFD.
fn rune(code: u64) -> char {
    u32::try_from(code)
        .ok()
        .and_then(char::from_u32)
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Where each rune starts; an invalid byte is a rune of its own.
pub(crate) fn rune_starts(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let mut offset = 0;
    bytes.utf8_chunks().flat_map(move |chunk| {
        let start = offset;
        let valid = chunk.valid();
        offset += valid.len() + chunk.invalid().len();
        let invalid = start + valid.len()..offset;
        valid
            .char_indices()
            .map(move |(index, _)| start + index)
            .chain(invalid)
    })
}

fn rune_count(bytes: &[u8]) -> usize {
    rune_starts(bytes).count()
}

/// Whether a text can be written in one line between backquotes.
fn can_backquote(text: &str) -> bool {
    text.chars().all(|character| {
        character != '\u{feff}'
            && character != '`'
            && character != '\u{7f}'
            && (character == '\t' || character >= ' ')
    })
}

/// The sharp flag forces a decimal point, and for `%g` keeps trailing zeros.
fn with_point(number: &str, verb: char, precision: Option<usize>) -> String {
    let mut digits = match verb {
        'g' | 'G' | 'x' => precision.unwrap_or(6),
        _ => 0,
    };
    let hex = matches!(verb, 'x' | 'X');
    let exponent_at = number.find(if hex { ['p', 'P'] } else { ['e', 'E'] });
    let (mantissa, tail) = number.split_at(exponent_at.unwrap_or(number.len()));
    let mut seen_digit = false;
    for character in mantissa.chars().filter(|character| *character != '.') {
        seen_digit |= character != '0';
        if seen_digit {
            digits = digits.saturating_sub(1);
        }
    }
    let mut text = mantissa.to_owned();
    if !mantissa.contains('.') {
        if mantissa == "0" {
            digits = digits.saturating_sub(1);
        }
        text.push('.');
    }
    text.extend(std::iter::repeat_n('0', digits));
    text.push_str(tail);
    text
}
