//! The type of a plain scalar, as go-yaml v2 decides it (`resolve.go`).

use std::borrow::Cow;

use crate::Error;

/// Prefix of the tags that `!!` stands for.
pub(crate) const LONG_TAG_PREFIX: &str = "tag:yaml.org,2002:";

/// What a plain scalar is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Resolved {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    /// A date: the text stays, but a printer has to quote it.
    Timestamp,
    String,
}

impl Resolved {
    fn tag(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "bool",
            Self::Int(_) | Self::Uint(_) => "int",
            Self::Float(_) => "float",
            Self::Timestamp => "timestamp",
            Self::String => "str",
        }
    }
}

/// Resolves a scalar that carries a tag (`tag:yaml.org,2002:int`); foreign tags make strings.
pub(crate) fn resolve_tagged(tag: &str, text: &str) -> Result<Resolved, Error> {
    let Some(wanted) = tag.strip_prefix(LONG_TAG_PREFIX) else {
        return Ok(if tag.is_empty() {
            resolve(text)
        } else {
            Resolved::String
        });
    };
    match wanted {
        "bool" | "int" | "float" | "null" | "timestamp" => {}
        _ => return Ok(Resolved::String),
    }
    let found = match resolve(text) {
        // A date is looked for only where one is asked for.
        Resolved::Timestamp if wanted != "timestamp" => Resolved::String,
        found => found,
    };
    match (wanted, found) {
        ("float", Resolved::Int(value)) => Ok(Resolved::Float(value as f64)),
        (wanted, found) if found.tag() == wanted => Ok(found),
        (wanted, found) => Err(Error::yaml(format_args!(
            "cannot decode !!{} `{text}` as a !!{wanted}",
            found.tag()
        ))),
    }
}

/// Resolves a plain scalar without a tag.
pub(crate) fn resolve(text: &str) -> Resolved {
    let Some(&first) = text.as_bytes().first() else {
        return Resolved::Null;
    };
    match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => word(text),
        b'.' => dotted(text),
        b'+' | b'-' | b'0'..=b'9' => number(text),
        _ => Resolved::String,
    }
}

fn word(text: &str) -> Resolved {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Resolved::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Resolved::Bool(false)
        }
        "~" | "null" | "Null" | "NULL" => Resolved::Null,
        _ => Resolved::String,
    }
}

fn dotted(text: &str) -> Resolved {
    match text {
        ".nan" | ".NaN" | ".NAN" => Resolved::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" => Resolved::Float(f64::INFINITY),
        _ => {
            let plain = without_underscores(text);
            match plain {
                Some(plain) if is_yaml_float(&plain) => float(&plain),
                _ => Resolved::String,
            }
        }
    }
}

/// Go's floats may have underscores, each between two digits.
fn without_underscores(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('_') {
        return Some(Cow::Borrowed(text));
    }
    let parts: Vec<&str> = text.split('_').collect();
    let between_digits = parts.windows(2).all(|pair| {
        pair[0].ends_with(|c: char| c.is_ascii_digit())
            && pair[1].starts_with(|c: char| c.is_ascii_digit())
    });
    between_digits.then(|| Cow::Owned(parts.concat()))
}

fn number(text: &str) -> Resolved {
    match text {
        "+.inf" | "+.Inf" | "+.INF" => return Resolved::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Resolved::Float(f64::NEG_INFINITY),
        _ if is_timestamp(text) => return Resolved::Timestamp,
        _ => {}
    }
    let plain = if text.contains('_') {
        Cow::Owned(text.replace('_', ""))
    } else {
        Cow::Borrowed(text)
    };
    if let Some(found) = parse_int(&plain) {
        return found;
    }
    if is_yaml_float(&plain)
        && let found @ Resolved::Float(_) = float(&plain)
    {
        return found;
    }
    signed_binary(&plain)
}

/// What only go-yaml reads: a sign behind the prefix of a binary number (`0b-1`).
fn signed_binary(text: &str) -> Resolved {
    let Some(digits) = text
        .strip_prefix("0b-")
        .map(|digits| (digits, true))
        .or_else(|| text.strip_prefix("0b+").map(|digits| (digits, false)))
    else {
        return Resolved::String;
    };
    let (digits, negative) = digits;
    let sign = if negative { "-" } else { "" };
    let wanted = digits.bytes().all(|byte| matches!(byte, b'0' | b'1'));
    match i64::from_str_radix(&format!("{sign}{digits}"), 2) {
        Ok(value) if wanted => Resolved::Int(value),
        _ => Resolved::String,
    }
}

/// Go's `ParseInt(text, 0, 64)`, then `ParseUint`: signs, `0x`, `0o`, `0b`, and a leading `0` for octal.
fn parse_int(text: &str) -> Option<Resolved> {
    let (negative, signed, body) = match text.as_bytes().first()? {
        b'-' => (true, true, &text[1..]),
        b'+' => (false, true, &text[1..]),
        _ => (false, false, text),
    };
    let lower = |prefix: &str| {
        body.get(..2)
            .filter(|head| head.eq_ignore_ascii_case(prefix))
            .map(|_| &body[2..])
    };
    let (radix, digits) = if let Some(rest) = lower("0x") {
        (16, rest)
    } else if let Some(rest) = lower("0o") {
        (8, rest)
    } else if let Some(rest) = lower("0b") {
        (2, rest)
    } else if body.len() > 1 && body.starts_with('0') {
        (8, &body[1..])
    } else {
        (10, body)
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let size = u64::from_str_radix(digits, radix).ok()?;
    if negative {
        return 0_i64.checked_sub_unsigned(size).map(Resolved::Int);
    }
    match i64::try_from(size) {
        Ok(value) => Some(Resolved::Int(value)),
        // ParseUint takes no sign.
        Err(_) if signed => None,
        Err(_) => Some(Resolved::Uint(size)),
    }
}

/// `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`
fn is_yaml_float(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let has_digits = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    has_digits && digits(whole) && fraction.is_none_or(digits) && exponent_fits
}

fn float(text: &str) -> Resolved {
    match text.parse::<f64>() {
        // Go reports numbers out of range as errors, and the text stays a string.
        Ok(value) if value.is_finite() => Resolved::Float(value),
        _ => Resolved::String,
    }
}

/// Whether go-yaml takes the text for a date: `2006-1-2`, optionally with a time and a zone.
pub(crate) fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || !bytes[..4].iter().all(u8::is_ascii_digit) || bytes[4] != b'-' {
        return false;
    }
    let mut rest = &text[5..];
    let (Some(month), Some(())) = (short_number(&mut rest), expect(&mut rest, "-")) else {
        return false;
    };
    let Some(day) = short_number(&mut rest) else {
        return false;
    };
    let year = text[..4].parse().unwrap_or(0);
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return false;
    }
    if rest.is_empty() {
        return true;
    }
    let zoned = !rest.starts_with(' ');
    if !rest.starts_with(['T', 't', ' ']) {
        return false;
    }
    rest = &rest[1..];
    let Some(()) = clock_time(&mut rest) else {
        return false;
    };
    if zoned {
        is_zone(rest)
    } else {
        rest.is_empty()
    }
}

/// Hours, minutes and seconds with an optional fraction.
fn clock_time(rest: &mut &str) -> Option<()> {
    let hour = short_number(rest)?;
    expect(rest, ":")?;
    let minute = short_number(rest)?;
    expect(rest, ":")?;
    let second = short_number(rest)?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            *rest = &fraction[digits..];
        }
    }
    Some(())
}

fn is_zone(text: &str) -> bool {
    if text == "Z" {
        return true;
    }
    let bytes = text.as_bytes();
    bytes.len() == 6
        && matches!(bytes[0], b'+' | b'-')
        && bytes[3] == b':'
        && [1, 2, 4, 5].iter().all(|&i| bytes[i].is_ascii_digit())
        && &text[1..3] <= "24"
        && &text[4..] <= "60"
}

/// One or two digits.
fn short_number(rest: &mut &str) -> Option<u32> {
    let digits = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let value = rest[..digits].parse().ok()?;
    *rest = &rest[digits..];
    Some(value)
}

fn expect(rest: &mut &str, text: &str) -> Option<()> {
    *rest = rest.strip_prefix(text)?;
    Some(())
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// `^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$`: YAML 1.1's base 60, which printers quote.
pub(crate) fn is_base60_float(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let Some((first, rest)) = text.split_once(':') else {
        return false;
    };
    let (rest, fraction) = match rest.split_once('.') {
        Some((rest, fraction)) => (rest, fraction),
        None => (rest, ""),
    };
    let digit_or_line = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_')
    };
    first.starts_with(|c: char| c.is_ascii_digit())
        && digit_or_line(first)
        && digit_or_line(fraction)
        && rest.split(':').all(|part| match part.as_bytes() {
            [one] => one.is_ascii_digit(),
            [ten, one] => matches!(ten, b'0'..=b'5') && one.is_ascii_digit(),
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_have_the_types_of_yaml_1_1() {
        use Resolved::{Bool, Float, Int, Null, String, Timestamp, Uint};
        for (text, expected) in [
            ("", Null),
            ("~", Null),
            ("nULL", String),
            ("y", Bool(true)),
            ("off", Bool(false)),
            ("012", Int(10)),
            ("0o12", Int(10)),
            ("08", Float(8.0)),
            ("0x1f", Int(31)),
            ("0b11", Int(3)),
            ("1_000", Int(1000)),
            ("-7", Int(-7)),
            ("+7", Int(7)),
            ("18446744073709551615", Uint(u64::MAX)),
            ("9223372036854775808", Uint(9_223_372_036_854_775_808)),
            ("-9223372036854775808", Int(i64::MIN)),
            (".5", Float(0.5)),
            (".5_5", Float(0.55)),
            (".5__5", String),
            ("._5", String),
            (".5_e3", String),
            ("0b-11", Int(-3)),
            ("1e3", Float(1000.0)),
            ("1.", Float(1.0)),
            ("1e999", String),
            ("-", String),
            ("1:30", String),
            ("2001-01-01", Timestamp),
            ("2001-02-30", String),
            ("2001-1-1T1:2:3Z", Timestamp),
            ("2001-01-01 10:00:00", Timestamp),
            ("2001-01-01 10:00:00 Z", String),
            ("<<", String),
            ("v1", String),
        ] {
            assert_eq!(resolve(text), expected, "{text}");
        }
    }

    #[test]
    fn base_sixty() {
        for (text, expected) in [
            ("1:30", true),
            ("-12:05:59.5", true),
            ("1:60", false),
            ("a:30", false),
            ("1:30:", false),
        ] {
            assert_eq!(is_base60_float(text), expected, "{text}");
        }
    }

    #[test]
    fn a_tag_that_does_not_fit_is_an_error() {
        let error = resolve_tagged("tag:yaml.org,2002:int", "x").unwrap_err();
        assert_eq!(
            error.to_string(),
            "yaml: cannot decode !!str `x` as a !!int"
        );
        assert_eq!(
            resolve_tagged("tag:yaml.org,2002:float", "1"),
            Ok(Resolved::Float(1.0))
        );
    }
}
