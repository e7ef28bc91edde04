//! Number literals, read the way `NumberNode` of text/template does: under every type that can hold them.

use crate::number::{FloatError, parse_float, parse_int, parse_uint, read_float};
use crate::quote::{quote, unquote_char};
use crate::tree::Number;
use crate::value::Value;
use crate::value::complex::Complex;

/// 2^63, the first float that is no int64.
const I64_BOUND: f64 = 9_223_372_036_854_775_808.0;

/// The marks of a float in decimal or hexadecimal.
const FLOAT_MARKS: [char; 5] = ['.', 'e', 'E', 'p', 'P'];

impl Number {
    /// A number that is not yet of any type.
    fn new(text: &str) -> Self {
        Self {
            text: text.into(),
            int: None,
            uint: None,
            float: None,
            value: None,
        }
    }

    /// A float, and the integers that equal it.
    fn set_float(&mut self, float: f64) {
        self.float = Some(float);
        if float.fract() == 0.0 {
            let (int, uint) = (float as i64, float as u64);
            self.int = (-I64_BOUND..I64_BOUND).contains(&float).then_some(int);
            self.uint = (0.0..2.0 * I64_BOUND).contains(&float).then_some(uint);
        }
    }

    fn complex(text: &str, value: Complex) -> Self {
        let mut number = Self::new(text);
        if value.imaginary == 0.0 {
            number.set_float(value.real);
        }
        number.value = Some(Value::object(value));
        number
    }
}

/// Reads an integer, a float or an imaginary number.
pub(crate) fn parse_number(text: &str) -> Result<Number, String> {
    let imaginary = text.strip_suffix('i').and_then(parse_float);
    if let Some(imaginary) = imaginary {
        let real = 0.0;
        return Ok(Number::complex(text, Complex { real, imaginary }));
    }
    let mut number = Number::new(text);
    number.int = parse_int(text);
    number.uint = parse_uint(text);
    if number.int == Some(0) {
        // In case of -0.
        number.uint = Some(0);
    }
    if let Some(int) = number.int {
        number.float = Some(int as f64);
    } else if let Some(uint) = number.uint {
        number.float = Some(uint as f64);
    } else {
        let illegal = || format!("illegal number syntax: {}", quote(text.as_bytes()));
        let float = parse_float(text).ok_or_else(illegal)?;
        if !text.contains(FLOAT_MARKS) {
            return Err(format!("integer overflow: {}", quote(text.as_bytes())));
        }
        number.set_float(float);
    }
    let looks_float = text.contains(FLOAT_MARKS) && !is_hex_int(text);
    number.value = match (number.float, number.int) {
        (Some(float), _) if looks_float => Some(Value::Float(float)),
        (_, Some(int)) => Some(Value::int(int)),
        _ => None,
    };
    Ok(number)
}

/// Go looks for the prefix at the very start: with a sign, `0x1e` counts as a float.
fn is_hex_int(text: &str) -> bool {
    text.starts_with(['0'])
        && text.get(1..2).is_some_and(|x| x == "x" || x == "X")
        && !text.contains(['p', 'P'])
}

/// Reads a pair such as `1+2i`. Go leaves it to `fmt.Sscan`, and the messages are those of that.
pub(crate) fn parse_complex(text: &str) -> Result<Number, String> {
    let broken = || "syntax error scanning complex number".to_owned();
    let (real, rest) = float_token(text);
    let (imaginary, rest) = match rest.as_bytes().first() {
        Some(b'+' | b'-') => {
            let (digits, tail) = float_token(&rest[1..]);
            (&rest[..=digits.len()], tail)
        }
        _ => return Err(broken()),
    };
    if !rest.starts_with('i') {
        return Err(broken());
    }
    let part = |text: &str| {
        read_float(text).map_err(|error| {
            let why = match error {
                FloatError::Syntax => "invalid syntax",
                FloatError::Range => "value out of range",
            };
            format!(
                "strconv.ParseFloat: parsing {}: {why}",
                quote(text.as_bytes())
            )
        })
    };
    let (real, imaginary) = (part(real)?, part(imaginary)?);
    Ok(Number::complex(text, Complex { real, imaginary }))
}

/// What the scanner takes for a float, and what follows it.
fn float_token(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut accept = |valid: &str| {
        let accepted = bytes
            .get(at)
            .is_some_and(|byte| valid.as_bytes().contains(byte));
        at += usize::from(accepted);
        accepted
    };
    accept("+-");
    if accept("iI") {
        // The start of "Inf", which no number literal can have.
        return text.split_at(at);
    }
    let (mut digits, mut exponent) = ("0123456789_", "eEpP");
    if accept("0") && accept("xX") {
        (digits, exponent) = ("0123456789aAbBcCdDeEfF_", "pP");
    }
    while accept(digits) {}
    if accept(".") {
        while accept(digits) {}
    }
    if accept(exponent) {
        accept("+-");
        while accept("0123456789_") {}
    }
    text.split_at(at)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_choose_their_type() {
        let value = |text: &str| parse_number(text).unwrap().value;
        assert_eq!(value("12"), Some(Value::int(12)));
        assert_eq!(value("1.0"), Some(Value::Float(1.0)));
        assert_eq!(value("1e3"), Some(Value::Float(1000.0)));
        assert_eq!(parse_number("1e3").unwrap().int, Some(1000));
        assert_eq!(value("0x1e"), Some(Value::int(30)));
        assert_eq!(parse_char("'a'").unwrap().value, Some(Value::int(97)));
        assert_eq!(value("18446744073709551615"), None);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for (text, message) in [
            ("99999999999999999999", "integer overflow"),
            ("1__2", "illegal number syntax"),
        ] {
            assert!(parse_number(text).unwrap_err().contains(message), "{text}");
        }
        for text in ["1+i", "1+", "1+2", "0b1+1i", ""] {
            assert!(parse_complex(text).is_err(), "{text}");
        }
    }
}
