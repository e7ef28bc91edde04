//! Floats as Go's `strconv.FormatFloat` writes them.

use std::fmt::Write as _;

/// The shortest digits that read back as the same float, and the place of the decimal point before them.
///
/// 123.45 has the digits `12345` and the point 3; zero has no digits.
struct Decimal {
    digits: String,
    point: i32,
}

/// From this many digits on two shortest candidates can be equally close.
const TIE_DIGITS: usize = 16;

fn shortest(magnitude: f64) -> Decimal {
    let mut text = format!("{magnitude:e}");
    let digits = text
        .bytes()
        .take_while(|byte| *byte != b'e')
        .filter(u8::is_ascii_digit)
        .count();
    if digits >= TIE_DIGITS {
        // Go takes the even one of two equally close candidates, Rust the upper one.
        let nearest = format!("{magnitude:.*e}", digits - 1);
        if nearest.parse() == Ok(magnitude) {
            text = nearest;
        }
    }
    decimal(&text)
}

fn rounded(magnitude: f64, digits: usize) -> Decimal {
    decimal(&format!(
        "{magnitude:.*e}",
        digits.saturating_sub(1).min(MAX_DIGITS)
    ))
}

fn push_zeros(text: &mut String, count: usize) {
    text.extend(std::iter::repeat_n('0', count));
}

/// Takes `d.ddde±x` apart.
fn decimal(text: &str) -> Decimal {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let digits: String = mantissa
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(char::from)
        .collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Decimal {
            digits: String::new(),
            point: 0,
        };
    }
    Decimal {
        digits: digits.to_owned(),
        point: exponent.parse::<i32>().unwrap_or(0) + 1,
    }
}

fn special(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("NaN")
    } else if value.is_infinite() {
        Some(if value > 0.0 { "+Inf" } else { "-Inf" })
    } else {
        None
    }
}

/// The exponent from which the shortest form is written with an exponent.
const SHORTEST_EXPONENT: i32 = 6;

/// No float64 has more digits than this; further ones are zeros. Rust's formatter has a limit of its own.
const MAX_DIGITS: usize = 1100;

/// The integer that a float is, if `%v` writes it as one: below a million, and not minus zero.
pub(super) fn small_whole(value: f64) -> Option<i64> {
    let whole = value as i64;
    let is_same = value.fract() == 0.0 && value.abs() < 1e6;
    (is_same && !(whole == 0 && value.is_sign_negative())).then_some(whole)
}

/// `FormatFloat(value, 'g', -1, 64)` as `fmt` uses it for `%v`.
pub fn format_shortest(value: f64) -> String {
    format_float(value, 'g', None)
}

/// `FormatFloat(value, 'f', -1, 64)`: the shortest digits without an exponent.
pub fn format_plain(value: f64) -> String {
    format_float(value, 'f', None)
}

/// `strconv.FormatFloat(value, verb, precision, 64)` for the verbs `e E f g G`; `None` asks for the shortest digits.
pub fn format_float(value: f64, verb: char, precision: Option<usize>) -> String {
    if let Some(text) = special(value) {
        return text.to_owned();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let magnitude = value.abs();
    let body = match (verb, precision) {
        ('f' | 'F', Some(precision)) => {
            let mut text = format!("{magnitude:.*}", precision.min(MAX_DIGITS));
            push_zeros(&mut text, precision.saturating_sub(MAX_DIGITS));
            text
        }
        ('f' | 'F', None) => fixed(&shortest(magnitude)),
        ('e' | 'E', Some(precision)) => {
            exponent(&rounded(magnitude, precision + 1), precision, verb)
        }
        ('e' | 'E', None) => {
            let decimal = shortest(magnitude);
            exponent(&decimal, decimal.digits.len().saturating_sub(1), verb)
        }
        (_, precision) => general(magnitude, verb, precision),
    };
    format!("{sign}{body}")
}

fn general(magnitude: f64, verb: char, precision: Option<usize>) -> String {
    let decimal = match precision {
        Some(precision) => rounded(magnitude, precision.max(1)),
        None => shortest(magnitude),
    };
    let count = i32::try_from(decimal.digits.len()).unwrap_or(i32::MAX);
    let threshold = match precision {
        // %e is used if the exponent is not below the precision; the shortest form takes 6 for it.
        None => SHORTEST_EXPONENT,
        Some(precision) => {
            let precision = i32::try_from(precision.max(1)).unwrap_or(i32::MAX);
            if precision > count && count >= decimal.point {
                count
            } else {
                precision
            }
        }
    };
    let exponent_value = decimal.point - 1;
    if !decimal.digits.is_empty() && (exponent_value < -4 || exponent_value >= threshold) {
        let verb = if verb == 'G' { 'E' } else { 'e' };
        return exponent(&decimal, decimal.digits.len().saturating_sub(1), verb);
    }
    fixed(&decimal)
}

/// `d.ddde±dd`
fn exponent(decimal: &Decimal, fraction: usize, verb: char) -> String {
    let mut text = String::with_capacity(fraction + 8);
    text.push_str(decimal.digits.get(..1).unwrap_or("0"));
    if fraction > 0 {
        text.push('.');
        let rest = decimal.digits.get(1..).unwrap_or_default();
        text.push_str(rest.get(..fraction).unwrap_or(rest));
        push_zeros(&mut text, fraction.saturating_sub(rest.len()));
    }
    let value = if decimal.digits.is_empty() {
        0
    } else {
        decimal.point - 1
    };
    text.push(verb);
    text.push(if value < 0 { '-' } else { '+' });
    let _ = write!(text, "{:02}", value.abs());
    text
}

/// All digits, without an exponent.
fn fixed(decimal: &Decimal) -> String {
    let digits = decimal.digits.as_str();
    if digits.is_empty() {
        return "0".to_owned();
    }
    let mut text = String::with_capacity(digits.len() + 8);
    match usize::try_from(decimal.point) {
        Ok(point) if point > 0 => {
            let (whole, fraction) = digits.split_at(point.min(digits.len()));
            text.push_str(whole);
            push_zeros(&mut text, point.saturating_sub(digits.len()));
            if !fraction.is_empty() {
                text.push('.');
                text.push_str(fraction);
            }
        }
        _ => {
            text.push_str("0.");
            push_zeros(&mut text, usize::try_from(-decimal.point).unwrap_or(0));
            text.push_str(digits);
        }
    }
    text
}

/// The bits of a float64's mantissa after the point, and the hexadecimal digits they make.
const FRACTION_BITS: u32 = 52;
const FRACTION_DIGITS: usize = 13;

/// `%b` of a float: the mantissa as an integer, and the exponent of two that it is multiplied with.
pub fn format_binary(value: f64) -> String {
    if let Some(text) = special(value) {
        return text.to_owned();
    }
    let bits = value.to_bits();
    let mut mantissa = bits & ((1 << FRACTION_BITS) - 1);
    let mut exponent = ((bits >> FRACTION_BITS) & 0x7ff) as i32;
    if exponent == 0 {
        exponent = 1;
    } else {
        mantissa |= 1 << FRACTION_BITS;
    }
    exponent -= 1023 + FRACTION_BITS as i32;
    let sign = if value.is_sign_negative() { "-" } else { "" };
    format!("{sign}{mantissa}p{exponent:+}")
}

/// `%x` and `%X` of a float: hexadecimal mantissa, binary exponent.
pub fn format_hex(value: f64, precision: Option<usize>, upper: bool) -> String {
    if let Some(text) = special(value) {
        return text.to_owned();
    }
    let bits = value.to_bits();
    let mut mantissa = bits & ((1 << FRACTION_BITS) - 1);
    let mut exponent = ((bits >> FRACTION_BITS) & 0x7ff) as i32;
    if exponent == 0 {
        exponent = -1022;
    } else {
        mantissa |= 1 << FRACTION_BITS;
        exponent -= 1023;
    }
    if mantissa == 0 {
        exponent = 0;
    } else {
        while mantissa >> FRACTION_BITS == 0 {
            mantissa <<= 1;
            exponent -= 1;
        }
    }
    if let Some(precision) = precision.filter(|precision| *precision < FRACTION_DIGITS) {
        let drop = 4 * (FRACTION_DIGITS - precision) as u32;
        let half = 1_u64 << (drop - 1);
        let rest = mantissa & ((1 << drop) - 1);
        mantissa >>= drop;
        if rest > half || rest == half && mantissa & 1 == 1 {
            mantissa += 1;
        }
        mantissa <<= drop;
        if mantissa >> (FRACTION_BITS + 1) != 0 {
            mantissa >>= 1;
            exponent += 1;
        }
    }
    let mut fraction = format!("{:013x}", mantissa & ((1 << FRACTION_BITS) - 1));
    match precision {
        None => fraction.truncate(fraction.trim_end_matches('0').len()),
        Some(precision) if precision <= FRACTION_DIGITS => fraction.truncate(precision),
        Some(precision) => push_zeros(&mut fraction, precision - FRACTION_DIGITS),
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    let text = format!(
        "{sign}0x{}{point}{fraction}p{}{:02}",
        mantissa >> FRACTION_BITS,
        if exponent < 0 { '-' } else { '+' },
        exponent.abs()
    );
    if upper { text.to_uppercase() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortest_form_is_that_of_go() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (100_000.0, "100000"),
            (1e6, "1e+06"),
            (1_234_567.0, "1.234567e+06"),
            (1e21, "1e+21"),
            (123_456_789.0, "1.23456789e+08"),
            (0.0001, "0.0001"),
            (0.000_01, "1e-05"),
            (1_125_899_906_842_624.2, "1.1258999068426242e+15"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "+Inf"),
        ] {
            assert_eq!(format_shortest(value), text);
        }
    }
}
