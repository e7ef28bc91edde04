//! Format strings.

use crate::error::Error;
use crate::limits::MAX_TEXT_BYTES;
use crate::value::{Text, Value};

use super::printer::{Flags, Printer};

/// Widths and precisions beyond this are ignored, as in Go.
const MAX_NUMBER: i64 = 1_000_000;

/// `fmt.Sprintf`. Mistakes are written into the result, as `%!d(string=hi)`.
///
/// # Errors
/// Only if the result becomes larger than [`MAX_TEXT_BYTES`].
pub fn sprintf(format: &Text, values: &[Value]) -> Result<Text, Error> {
    let mut output = Vec::with_capacity(format.len() + 16);
    let mut run = Run {
        format: format.as_bytes(),
        at: 0,
        values,
        next: 0,
        reordered: false,
        good_index: true,
        after_index: false,
    };
    let mut printer = Printer::new(&mut output);
    while run.step(&mut printer) {
        if printer.written() > MAX_TEXT_BYTES {
            return Err(Error::message(format!(
                "printf makes more than {MAX_TEXT_BYTES} bytes"
            )));
        }
    }
    run.extra(&mut printer);
    Ok(Text::from_bytes(output))
}

/// A walk over a format string.
struct Run<'f> {
    format: &'f [u8],
    at: usize,
    values: &'f [Value],
    /// The value that the next verb takes.
    next: usize,
    reordered: bool,
    good_index: bool,
    /// The previous item was an index like `[3]`.
    after_index: bool,
}

impl Run<'_> {
    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    /// Writes the text up to the next verb and the verb's value. `false` at the end.
    fn step(&mut self, printer: &mut Printer<'_>) -> bool {
        let rest = &self.format[self.at..];
        let text = rest
            .iter()
            .position(|byte| *byte == b'%')
            .unwrap_or(rest.len());
        printer.bytes(&rest[..text]);
        self.at += text;
        if self.peek().is_none() {
            return false;
        }
        self.at += 1;
        self.good_index = true;
        self.after_index = false;
        printer.flags = Flags::default();
        self.flags(&mut printer.flags);
        self.index();
        self.width(printer);
        self.precision(printer);
        if !self.after_index {
            self.index();
        }
        let Some((verb, length)) = first_rune(&self.format[self.at..]) else {
            printer.text("%!(NOVERB)");
            return false;
        };
        self.at += length;
        self.verb(printer, verb);
        true
    }

    fn flags(&mut self, flags: &mut Flags) {
        while let Some(byte) = self.peek() {
            match byte {
                b'#' => flags.sharp = true,
                b'0' => flags.zero = true,
                b'+' => flags.plus = true,
                b'-' => flags.minus = true,
                b' ' => flags.space = true,
                _ => return,
            }
            self.at += 1;
        }
    }

    /// `[n]`: the value that is taken next.
    fn index(&mut self) {
        if self.peek() != Some(b'[') {
            self.after_index = false;
            return;
        }
        self.reordered = true;
        let rest = &self.format[self.at..];
        let close = rest
            .iter()
            .position(|byte| *byte == b']')
            .filter(|_| rest.len() >= 3);
        let Some(close) = close else {
            self.at += 1;
            self.good_index = false;
            self.after_index = false;
            return;
        };
        let digits = &rest[1..close];
        let (number, end) = parse_number(digits);
        self.at += close + 1;
        let index = number.filter(|_| end == digits.len());
        self.after_index = index.is_some();
        match index.and_then(|index| index.checked_sub(1)) {
            Some(index) if index < self.values.len() => self.next = index,
            _ => self.good_index = false,
        }
    }

    fn width(&mut self, printer: &mut Printer<'_>) {
        if self.peek() == Some(b'*') {
            self.at += 1;
            match self.number_argument() {
                Some(width) => {
                    printer.flags.width = usize::try_from(width.unsigned_abs()).ok();
                    if width < 0 {
                        printer.flags.minus = true;
                        printer.flags.zero = false;
                    }
                }
                None => printer.text("%!(BADWIDTH)"),
            }
            self.after_index = false;
            return;
        }
        printer.flags.width = self.number();
        if self.after_index && printer.flags.width.is_some() {
            self.good_index = false;
        }
    }

    fn precision(&mut self, printer: &mut Printer<'_>) {
        if self.peek() != Some(b'.') || self.at + 1 >= self.format.len() {
            return;
        }
        self.at += 1;
        if self.after_index {
            self.good_index = false;
        }
        self.index();
        if self.peek() == Some(b'*') {
            self.at += 1;
            let number = self.number_argument();
            printer.flags.precision = number.and_then(|number| usize::try_from(number).ok());
            if printer.flags.precision.is_none() {
                printer.text("%!(BADPREC)");
            }
            self.after_index = false;
        } else {
            printer.flags.precision = Some(self.number().unwrap_or(0));
        }
    }

    fn number(&mut self) -> Option<usize> {
        let (number, length) = parse_number(&self.format[self.at..]);
        self.at += length;
        number
    }

    /// The next value as a width or precision.
    fn number_argument(&mut self) -> Option<i64> {
        let value = self.values.get(self.next)?;
        self.next += 1;
        match value {
            Value::Int(number, _) if (-MAX_NUMBER..=MAX_NUMBER).contains(number) => Some(*number),
            _ => None,
        }
    }

    fn verb(&mut self, printer: &mut Printer<'_>, verb: char) {
        let mistake = |printer: &mut Printer<'_>, text: &str| {
            printer.text("%!");
            printer.text(verb.encode_utf8(&mut [0; 4]));
            printer.text(text);
        };
        if verb == '%' {
            printer.text("%");
            return;
        }
        if !self.good_index {
            return mistake(printer, "(BADINDEX)");
        }
        let Some(value) = self.values.get(self.next) else {
            return mistake(printer, "(MISSING)");
        };
        self.next += 1;
        if verb == 'v' || verb == 'w' {
            let flags = &mut printer.flags;
            flags.sharp_v = std::mem::take(&mut flags.sharp);
            flags.plus_v = std::mem::take(&mut flags.plus);
        }
        printer.argument(value, verb);
    }

    /// Names the values that no verb took.
    fn extra(&self, printer: &mut Printer<'_>) {
        let extra = self.values.get(self.next..).unwrap_or_default();
        if self.reordered || extra.is_empty() {
            return;
        }
        printer.flags = Flags::default();
        printer.text("%!(EXTRA ");
        for (index, value) in extra.iter().enumerate() {
            if index > 0 {
                printer.text(", ");
            }
            if value.is_nil() {
                printer.text("<nil>");
            } else {
                printer.text(&value.type_name());
                printer.text("=");
                printer.argument(value, 'v');
            }
        }
        printer.text(")");
    }
}

/// The number at the start and how many bytes to skip; one that is too large swallows the whole rest, as in Go.
fn parse_number(bytes: &[u8]) -> (Option<usize>, usize) {
    let mut number: i64 = 0;
    let mut length = 0;
    for byte in bytes.iter().take_while(|byte| byte.is_ascii_digit()) {
        if number > MAX_NUMBER {
            return (None, bytes.len());
        }
        number = number * 10 + i64::from(byte - b'0');
        length += 1;
    }
    let number = usize::try_from(number).ok().filter(|_| length > 0);
    (number, length)
}

fn first_rune(bytes: &[u8]) -> Option<(char, usize)> {
    if bytes.is_empty() {
        return None;
    }
    let chunk = bytes.utf8_chunks().next()?;
    match chunk.valid().chars().next() {
        Some(character) => Some((character, character.len_utf8())),
        None => Some((char::REPLACEMENT_CHARACTER, 1)),
    }
}
