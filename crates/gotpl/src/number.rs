//! Go's `strconv` readers of numbers.

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

/// Why a text is no float64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FloatError {
    /// It is no number.
    Syntax,
    /// It is too large.
    Range,
}

/// `strconv.ParseFloat(text, 64)`; what is too large is `None` as well.
pub fn parse_float(text: &str) -> Option<f64> {
    read_float(text).ok()
}

/// `strconv.ParseFloat(text, 64)`.
pub(crate) fn read_float(text: &str) -> Result<f64, FloatError> {
    let (sign, unsigned) = match text.as_bytes().first() {
        Some(b'-') => (-1.0, &text[1..]),
        Some(b'+') => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    let lower = unsigned.to_ascii_lowercase();
    match lower.as_str() {
        "inf" | "infinity" => return Ok(sign * f64::INFINITY),
        // Go accepts a sign before NaN only in no case.
        "nan" if unsigned.len() == text.len() => return Ok(f64::NAN),
        _ => {}
    }
    if !underscores_are_fine(text) {
        return Err(FloatError::Syntax);
    }
    let lower = lower.replace('_', "");
    let value = if let Some(hex) = lower.strip_prefix("0x") {
        parse_hex_float(hex).ok_or(FloatError::Syntax)?
    } else {
        let digits = |byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'+' | b'-');
        if !lower.bytes().all(digits) || lower.starts_with(['+', '-']) {
            return Err(FloatError::Syntax);
        }
        lower.parse().map_err(|_| FloatError::Syntax)?
    };
    if value.is_finite() {
        Ok(sign * value)
    } else {
        Err(FloatError::Range)
    }
}

/// Exponents are not read further than this: the value is infinite or zero long before.
const MAX_EXPONENT: i64 = 100_000;

/// The digits of a hexadecimal float after `0x`, rounded to even; the exponent is required.
fn parse_hex_float(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once('p')?;
    let mut exponent = small_exponent(exponent)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value: u64 = 0;
    // Whether digits beyond the 64 bits that are kept are not zero.
    let mut inexact = false;
    for (index, digit) in whole.bytes().chain(fraction.bytes()).enumerate() {
        let digit = u64::from(char::from(digit).to_digit(16)?);
        exponent -= if index < whole.len() { 0 } else { 4 };
        if value >> 60 == 0 {
            value = value << 4 | digit;
        } else {
            inexact |= digit != 0;
            exponent += 4;
        }
    }
    Some(round_to_float(value, exponent, inexact))
}

fn small_exponent(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut exponent = 0;
    for byte in digits.bytes() {
        let digit = char::from(byte).to_digit(10)?;
        exponent = (exponent * 10 + i64::from(digit)).min(MAX_EXPONENT);
    }
    Some(if negative { -exponent } else { exponent })
}

/// The bits of a float64's mantissa, and the exponent of its smallest value.
const MANTISSA_BITS: i64 = 53;
const MIN_EXPONENT: i64 = -1074;

/// `value * 2^exponent` as the nearest float64; of two equally near ones the even.
fn round_to_float(value: u64, exponent: i64, inexact: bool) -> f64 {
    if value == 0 {
        return 0.0;
    }
    let top = 64 - i64::from(value.leading_zeros());
    // How many of the low bits have no room.
    let drop = (top - MANTISSA_BITS).max(MIN_EXPONENT - exponent).max(0);
    let (kept, half, rest) = match u32::try_from(drop) {
        Ok(0) => (value, 0, 0),
        Ok(drop @ 1..=63) => (value >> drop, 1 << (drop - 1), value & ((1 << drop) - 1)),
        Ok(64) => (0, 1 << 63, value),
        _ => return 0.0,
    };
    let up = rest > half || rest == half && half != 0 && (inexact || kept & 1 == 1);
    let kept = kept + u64::from(up);
    let scale = exponent + drop;
    // Twice, because the scale itself may be beyond the floats.
    let half_scale = scale.clamp(-2200, 2200) / 2;
    let factor = |exponent: i64| 2_f64.powi(exponent as i32);
    kept as f64 * factor(half_scale) * factor(scale.clamp(-2200, 2200) - half_scale)
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
            ("0x123456789abcdef01p0", Some(20_988_295_479_420_645_000.0)),
            ("0x1.00000000000008p0", Some(1.0)),
            ("0x1.000000000000080001p0", Some(1.0 + f64::EPSILON)),
            ("0x1p-1074", Some(5e-324)),
            ("0x1p-1075", Some(0.0)),
            ("0x1.8p-1075", Some(5e-324)),
            ("0x1p99999999999", None),
            ("0x0p99999999999", Some(0.0)),
            ("+-1", None),
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
}
