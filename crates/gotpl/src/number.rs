//! Number literals and Go's `strconv` readers.

use std::any::Any;

use crate::format::float::format_shortest;
use crate::quote::{quote, unquote_char};
use crate::tree::Number;
use crate::value::{Kind, Object, Type, Value};

/// Reads a number literal the way `NumberNode` of text/template does: under every type that can hold it.
///
/// Complex numbers can be printed, but no function takes one.
pub(crate) fn parse_literal(text: &str) -> Result<Number, String> {
    let illegal = || format!("illegal number syntax: {}", quote(text.as_bytes()));
    if let Some(complex) = text.strip_suffix('i') {
        let complex = Complex::parse(complex).ok_or_else(illegal)?;
        let value = Some(Value::object(complex));
        return Ok(Number {
            text: text.into(),
            int: None,
            uint: None,
            float: None,
            value,
        });
    }
    let uint = parse_uint(text);
    let int = parse_int(text);
    let mut number = Number {
        text: text.into(),
        int,
        uint,
        float: None,
        value: None,
    };
    if int == Some(0) {
        // In case of -0.
        number.uint = Some(0);
    }
    if let Some(int) = int {
        number.float = Some(int as f64);
    } else if let Some(uint) = uint {
        number.float = Some(uint as f64);
    } else {
        let float = parse_float(text).ok_or_else(illegal)?;
        if !text.contains(['.', 'e', 'E', 'p', 'P']) {
            return Err(format!("integer overflow: {}", quote(text.as_bytes())));
        }
        number.float = Some(float);
        if float.fract() == 0.0 {
            number.int = (-I64_BOUND..I64_BOUND)
                .contains(&float)
                .then_some(float as i64);
            number.uint = (0.0..2.0 * I64_BOUND)
                .contains(&float)
                .then_some(float as u64);
        }
    }
    let looks_float = text.contains(['.', 'e', 'E', 'p', 'P']) && !is_hex_int(text);
    number.value = match (number.float, number.int) {
        (Some(float), _) if looks_float => Some(Value::Float(float)),
        (_, Some(int)) => Some(Value::int(int)),
        _ => None,
    };
    Ok(number)
}

/// `complex128`
#[derive(Debug)]
struct Complex {
    real: f64,
    imaginary: f64,
}

impl Complex {
    /// Reads `1+2` of `1+2i`, or `2` of `2i`.
    fn parse(text: &str) -> Option<Self> {
        let sign_at = text
            .rfind(['+', '-'])
            .filter(|at| *at > 0 && !matches!(text.as_bytes()[at - 1], b'e' | b'E' | b'p' | b'P'));
        let (real, imaginary) = text.split_at(sign_at.unwrap_or(0));
        let real = if real.is_empty() {
            0.0
        } else {
            parse_float(real)?
        };
        Some(Self {
            real,
            imaginary: parse_float(imaginary)?,
        })
    }
}

impl Object for Complex {
    fn type_of(&self) -> Type {
        Type::Named("complex128", Kind::Complex128)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn display(&self) -> Option<String> {
        let sign = if self.imaginary.is_sign_negative() {
            ""
        } else {
            "+"
        };
        let (real, imaginary) = (format_shortest(self.real), format_shortest(self.imaginary));
        Some(format!("({real}{sign}{imaginary}i)"))
    }
}

/// 2^63, the first float that is no int64.
const I64_BOUND: f64 = 9_223_372_036_854_775_808.0;

/// Reads a character constant such as `'a'`: a number.
pub(crate) fn parse_char(text: &str) -> Result<Number, String> {
    let inner = text.get(1..).unwrap_or_default();
    let Some((code, tail)) = unquote_char(inner) else {
        return Err("invalid syntax".to_owned());
    };
    if tail != "'" {
        return Err(format!("malformed character constant: {text}"));
    }
    let int = i64::from(code);
    Ok(Number {
        text: text.into(),
        int: Some(int),
        uint: Some(u64::from(code)),
        float: Some(f64::from(code)),
        value: Some(Value::int(int)),
    })
}

fn is_hex_int(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['+', '-']);
    (unsigned.starts_with("0x") || unsigned.starts_with("0X")) && !text.contains(['p', 'P'])
}

/// `strconv.ParseInt(text, 0, 64)`: base prefixes, octal with a leading zero, underscores after a prefix.
pub fn parse_int(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let magnitude = parse_uint(digits)?;
    if negative {
        0_i64.checked_sub_unsigned(magnitude)
    } else {
        i64::try_from(magnitude).ok()
    }
}

/// `strconv.ParseUint(text, 0, 64)`.
pub fn parse_uint(text: &str) -> Option<u64> {
    let bytes = text.as_bytes();
    let (radix, digits) = match bytes {
        [b'0', b'x' | b'X', _, ..] => (16, &text[2..]),
        [b'0', b'b' | b'B', _, ..] => (2, &text[2..]),
        [b'0', b'o' | b'O', _, ..] => (8, &text[2..]),
        [b'0', ..] if text.len() > 1 => (8, &text[1..]),
        _ => (10, text),
    };
    if digits.is_empty() || !underscores_are_fine(text) {
        return None;
    }
    let digits: String = digits
        .chars()
        .filter(|character| *character != '_')
        .collect();
    if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    u64::from_str_radix(&digits, radix).ok()
}

/// Underscores may stand only between digits, or between a base prefix and a digit (`underscoreOK` of strconv).
fn underscores_are_fine(text: &str) -> bool {
    #[derive(PartialEq)]
    enum Saw {
        Digit,
        Underscore,
        Other,
    }
    let unsigned = text
        .strip_prefix(['+', '-'])
        .unwrap_or(text)
        .to_ascii_lowercase();
    let hex = unsigned.starts_with("0x");
    let prefixed = hex || unsigned.starts_with("0b") || unsigned.starts_with("0o");
    let mut saw = if prefixed { Saw::Digit } else { Saw::Other };
    for byte in unsigned.bytes().skip(if prefixed { 2 } else { 0 }) {
        saw = match byte {
            b'0'..=b'9' => Saw::Digit,
            b'a'..=b'f' if hex => Saw::Digit,
            b'_' if saw == Saw::Digit => Saw::Underscore,
            b'_' => return false,
            _ if saw == Saw::Underscore => return false,
            _ => Saw::Other,
        };
    }
    saw != Saw::Underscore
}

/// `strconv.ParseFloat(text, 64)`, without the range error: what is too large is `None`.
pub fn parse_float(text: &str) -> Option<f64> {
    let (sign, unsigned) = match text.as_bytes().first()? {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    let lower = unsigned.to_ascii_lowercase();
    match lower.as_str() {
        "inf" | "infinity" => return Some(sign * f64::INFINITY),
        // Go accepts a sign before NaN only in no case.
        "nan" => return (unsigned.len() == text.len()).then_some(f64::NAN),
        _ => {}
    }
    if !underscores_are_fine(text) {
        return None;
    }
    let lower = lower.replace('_', "");
    if let Some(hex) = lower.strip_prefix("0x") {
        return parse_hex_float(hex).map(|value| sign * value);
    }
    if !lower
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'+' | b'-'))
    {
        return None;
    }
    let value: f64 = lower.parse().ok()?;
    value.is_finite().then_some(sign * value)
}

/// The digits of a hexadecimal float after `0x`; the exponent is required.
fn parse_hex_float(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once('p')?;
    let mut exponent: i32 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value: u64 = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        let digit = char::from(digit).to_digit(16)?;
        // More than 64 bits of mantissa do not occur in charts.
        value = value.checked_mul(16)?.checked_add(u64::from(digit))?;
    }
    exponent = exponent.checked_sub(i32::try_from(fraction.len()).ok()?.checked_mul(4)?)?;
    let value = value as f64 * 2_f64.powi(exponent);
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_follow_strconv_with_base_0() {
        for (text, value) in [
            ("0", Some(0)),
            ("-5", Some(-5)),
            ("+7", Some(7)),
            ("017", Some(15)),
            ("08", None),
            ("0x1F", Some(31)),
            ("0b101", Some(5)),
            ("0o17", Some(15)),
            ("1_000", Some(1000)),
            ("0_17", Some(15)),
            ("0_8", None),
            ("1__0", None),
            ("_1", None),
            ("0x1_0", Some(16)),
            ("0x_1", Some(1)),
            ("0x1__0", None),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("", None),
            ("-", None),
            ("1e3", None),
        ] {
            assert_eq!(parse_int(text), value, "{text}");
        }
    }

    #[test]
    fn floats_follow_strconv() {
        for (text, value) in [
            ("1.5", Some(1.5)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("1e3", Some(1000.0)),
            ("0x1p4", Some(16.0)),
            ("0x1.8p0", Some(1.5)),
            ("inf", Some(f64::INFINITY)),
            ("-Inf", Some(f64::NEG_INFINITY)),
            ("1e999", None),
            ("1_0.5", Some(10.5)),
            ("1_.5", None),
            ("a", None),
            (".", None),
        ] {
            assert_eq!(parse_float(text), value, "{text}");
        }
    }

    #[test]
    fn constants_choose_their_type() {
        assert_eq!(parse_literal("12").unwrap().value, Some(Value::int(12)));
        assert_eq!(parse_literal("1.0").unwrap().value, Some(Value::Float(1.0)));
        assert_eq!(
            parse_literal("1e3").unwrap().value,
            Some(Value::Float(1000.0))
        );
        assert_eq!(parse_literal("1e3").unwrap().int, Some(1000));
        assert_eq!(parse_literal("0x1e").unwrap().value, Some(Value::int(30)));
        assert_eq!(parse_char("'a'").unwrap().value, Some(Value::int(97)));
        assert_eq!(parse_literal("18446744073709551615").unwrap().value, None);
        assert!(
            parse_literal("99999999999999999999")
                .unwrap_err()
                .contains("integer overflow")
        );
        assert!(
            parse_literal("1__2")
                .unwrap_err()
                .contains("illegal number syntax")
        );
    }
}
