//! Go's `time.Duration` and Helm's functions on it.

use std::any::Any;

use gotpl::format::float::format_shortest;
use gotpl::quote::quote;
use gotpl::{Context, Error, Function, IntKind, Kind, Object, Signature, Type, Value, number};

use super::Result;
use super::args::any;
use super::cast::float_to_int;
use super::layout;

pub(super) const DURATION: Type = Type::Named("time.Duration", Kind::Int(IntKind::Int64));

const A: &[Type] = &[Type::Any];
const AA: &[Type] = &[Type::Any, Type::Any];

const MICROSECOND: i64 = 1_000;
const MILLISECOND: i64 = 1_000 * MICROSECOND;
pub(super) const SECOND: i64 = 1_000 * MILLISECOND;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("mustToDuration", A, |_, args| {
        Ok(duration(to_duration(any(args, 0))?))
    }),
    Function::fixed("durationNanoseconds", A, |_, args| {
        Ok(Value::int64(nanoseconds(args)))
    }),
    Function::fixed("durationMicroseconds", A, |_, args| {
        Ok(Value::int64(nanoseconds(args) / MICROSECOND))
    }),
    Function::fixed("durationMilliseconds", A, |_, args| {
        Ok(Value::int64(nanoseconds(args) / MILLISECOND))
    }),
    Function::fixed("durationSeconds", A, |_, args| {
        Ok(in_units(nanoseconds(args), SECOND).into())
    }),
    Function::fixed("durationMinutes", A, |_, args| {
        Ok(in_units(nanoseconds(args), MINUTE).into())
    }),
    Function::fixed("durationHours", A, |_, args| {
        Ok(in_units(nanoseconds(args), HOUR).into())
    }),
    Function::fixed("durationDays", A, |_, args| {
        Ok((in_units(nanoseconds(args), HOUR) / 24.0).into())
    }),
    Function::fixed("durationWeeks", A, |_, args| {
        Ok((in_units(nanoseconds(args), HOUR) / 24.0 / 7.0).into())
    }),
    Function::fixed("durationRoundTo", AA, |_, args| {
        Ok(to_multiple(args, round))
    }),
    Function::fixed("durationTruncateTo", AA, |_, args| {
        Ok(to_multiple(args, truncate))
    }),
];

/// A `time.Duration`.
pub(super) fn duration(nanoseconds: i64) -> Value {
    Value::object(Duration(nanoseconds))
}

fn nanoseconds(args: &[Value]) -> i64 {
    to_duration(any(args, 0)).unwrap_or(0)
}

/// Go's `Duration.Seconds` and its kin: whole units and the fraction apart, so that little is lost.
fn in_units(nanoseconds: i64, unit: i64) -> f64 {
    (nanoseconds / unit) as f64 + (nanoseconds % unit) as f64 / unit as f64
}

fn to_multiple(args: &[Value], apply: fn(i64, i64) -> i64) -> Value {
    let Ok(value) = to_duration(any(args, 0)) else {
        return duration(0);
    };
    duration(to_duration(any(args, 1)).map_or(value, |multiple| apply(value, multiple)))
}

fn truncate(value: i64, multiple: i64) -> i64 {
    if multiple <= 0 {
        value
    } else {
        value - value % multiple
    }
}

/// `Duration.Round`: halves away from zero, the ends of the range where the result does not fit.
fn round(value: i64, multiple: i64) -> i64 {
    if multiple <= 0 {
        return value;
    }
    let rest = (value % multiple).abs();
    let down = value - value % multiple;
    if rest < multiple - rest {
        return down;
    }
    if value < 0 {
        down.saturating_sub(multiple)
    } else {
        down.saturating_add(multiple)
    }
}

/// Helm's `asDuration`: numbers are seconds.
fn to_duration(value: &Value) -> Result<i64> {
    match value {
        Value::Object(object) => match object.as_any().downcast_ref::<Duration>() {
            Some(duration) => Ok(duration.0),
            None => Err(unsupported(value)),
        },
        Value::Str(text) => {
            let given = text.to_str();
            let trimmed = given.trim();
            if trimmed.is_empty() {
                return Err(Error::message("empty duration"));
            }
            if let Ok(duration) = parse(trimmed) {
                return Ok(duration);
            }
            if let Some(seconds) = number::parse_float(trimmed) {
                from_seconds(seconds)
            } else {
                let shown = quote(given.as_bytes());
                Err(Error::message(format!("could not parse duration {shown}")))
            }
        }
        Value::Nil | Value::Absent => Err(Error::message("invalid duration")),
        Value::Int(seconds, _) => seconds
            .checked_mul(SECOND)
            .ok_or_else(|| Error::message(format!("duration seconds overflow: {seconds}"))),
        Value::Float(seconds) => from_seconds(*seconds),
        _ => Err(unsupported(value)),
    }
}

fn unsupported(value: &Value) -> Error {
    Error::message(format!("unsupported duration type {}", value.type_name()))
}

fn from_seconds(seconds: f64) -> Result<i64> {
    let shown = format_shortest(seconds);
    if !seconds.is_finite() {
        return Err(Error::message(format!("invalid duration seconds: {shown}")));
    }
    if seconds.abs() > i64::MAX as f64 / SECOND as f64 {
        return Err(Error::message(format!(
            "duration seconds overflow: {shown}"
        )));
    }
    Ok(float_to_int(seconds * SECOND as f64))
}

/// `time.ParseDuration`
///
/// # Errors
/// Go's text.
pub(super) fn parse(text: &str) -> Result<i64> {
    let invalid = || Error::message(format!("time: invalid duration {}", layout::quote(text)));
    let (negative, mut rest) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let whole_len = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (whole, after) = rest.split_at(whole_len);
        let (fraction, after) = match after.strip_prefix('.') {
            Some(after) => after.split_at(after.bytes().take_while(u8::is_ascii_digit).count()),
            None => ("", after),
        };
        if whole.is_empty() && fraction.is_empty() {
            return Err(invalid());
        }
        let unit_len = after
            .bytes()
            .take_while(|byte| *byte != b'.' && !byte.is_ascii_digit());
        let (name, after) = after.split_at(unit_len.count());
        rest = after;
        if name.is_empty() {
            let shown = layout::quote(text);
            return Err(Error::message(format!(
                "time: missing unit in duration {shown}"
            )));
        }
        let unit = match name {
            "ns" => 1,
            "us" | "µs" | "μs" => MICROSECOND,
            "ms" => MILLISECOND,
            "s" => SECOND,
            "m" => MINUTE,
            "h" => HOUR,
            _ => {
                let (unit, shown) = (layout::quote(name), layout::quote(text));
                return Err(Error::message(format!(
                    "time: unknown unit {unit} in duration {shown}"
                )));
            }
        };
        let whole: i128 = if whole.is_empty() {
            0
        } else {
            whole.parse().map_err(|_| invalid())?
        };
        total += whole.checked_mul(i128::from(unit)).ok_or_else(invalid)?;
        // Digits behind the ninth or so change nothing.
        let digits = &fraction[..fraction.len().min(18)];
        if !digits.is_empty() {
            let parts: i128 = digits.parse().map_err(|_| invalid())?;
            total += parts * i128::from(unit) / 10_i128.pow(digits.len() as u32);
        }
        if total > i128::from(i64::MAX) + i128::from(negative) {
            return Err(invalid());
        }
    }
    i64::try_from(if negative { -total } else { total }).map_err(|_| invalid())
}

/// `Duration.String`: `1h2m3.5s`.
pub(super) fn show(nanoseconds: i64) -> String {
    let magnitude = nanoseconds.unsigned_abs();
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let fraction = |unit: u64, name: &str| {
        let mut text = (magnitude / unit).to_string();
        let rest = magnitude % unit;
        if rest > 0 {
            let width = unit.ilog10() as usize;
            let digits = format!("{rest:0width$}");
            text.push('.');
            text.push_str(digits.trim_end_matches('0'));
        }
        format!("{sign}{text}{name}")
    };
    match magnitude {
        0 => "0s".to_owned(),
        1..1_000 => format!("{sign}{magnitude}ns"),
        1_000..1_000_000 => fraction(1_000, "µs"),
        1_000_000..1_000_000_000 => fraction(1_000_000, "ms"),
        _ => {
            let seconds = magnitude / 1_000_000_000;
            let whole = show_seconds(magnitude % 60_000_000_000);
            match (seconds / 3600, seconds / 60 % 60) {
                (0, 0) => format!("{sign}{whole}"),
                (0, minutes) => format!("{sign}{minutes}m{whole}"),
                (hours, minutes) => format!("{sign}{hours}h{minutes}m{whole}"),
            }
        }
    }
}

fn show_seconds(nanoseconds: u64) -> String {
    let (seconds, rest) = (nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
    if rest == 0 {
        return format!("{seconds}s");
    }
    let digits = format!("{rest:09}");
    format!("{seconds}.{}s", digits.trim_end_matches('0'))
}

/// `time.Duration`
#[derive(Debug)]
struct Duration(i64);

impl Object for Duration {
    fn type_of(&self) -> Type {
        DURATION
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn method(&self, name: &str) -> Option<Signature> {
        Some(match name {
            "Seconds" | "Minutes" | "Hours" | "Milliseconds" | "Microseconds" | "Nanoseconds"
            | "String" | "Abs" => Signature::fixed(&[]),
            "Round" | "Truncate" => Signature::fixed(&[DURATION]),
            _ => return None,
        })
    }

    fn call(&self, name: &str, _: &Context<'_>, args: &[Value]) -> Result {
        let other = args
            .first()
            .and_then(|other| other.downcast::<Self>())
            .map_or(0, |it| it.0);
        Ok(match name {
            "Seconds" => in_units(self.0, SECOND).into(),
            "Minutes" => in_units(self.0, MINUTE).into(),
            "Hours" => in_units(self.0, HOUR).into(),
            "Milliseconds" => Value::int64(self.0 / MILLISECOND),
            "Microseconds" => Value::int64(self.0 / MICROSECOND),
            "Nanoseconds" => Value::int64(self.0),
            "Abs" => duration(self.0.saturating_abs()),
            "Round" => duration(round(self.0, other)),
            "Truncate" => duration(truncate(self.0, other)),
            _ => show(self.0).into(),
        })
    }

    fn display(&self) -> Option<String> {
        Some(show(self.0))
    }

    fn plain(&self) -> Option<Value> {
        Some(Value::int64(self.0))
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other
            .as_any()
            .downcast_ref::<Self>()
            .is_some_and(|other| other.0 == self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_print_as_in_go() {
        for (text, shown) in [
            ("1h2m3s", "1h2m3s"),
            ("90m", "1h30m0s"),
            ("1.5s", "1.5s"),
            ("-1.5h", "-1h30m0s"),
            ("100ms", "100ms"),
            ("1500us", "1.5ms"),
            ("1ns", "1ns"),
            ("0", "0s"),
            ("2h0.000000001s", "2h0m0.000000001s"),
        ] {
            assert_eq!(show(parse(text).unwrap()), shown, "{text}");
        }
        for (text, error) in [
            ("", "time: invalid duration \"\""),
            ("3", "time: missing unit in duration \"3\""),
            ("3x", "time: unknown unit \"x\" in duration \"3x\""),
            ("9999999h", "time: invalid duration \"9999999h\""),
        ] {
            assert_eq!(parse(text).unwrap_err().to_string(), error);
        }
    }
}
