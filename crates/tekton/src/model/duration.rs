//! Go's `time.Duration` as text.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A length of time in nanoseconds; negative values can be written down and are refused at admission.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(pub i64);

const MICROSECOND: i64 = 1_000;
const MILLISECOND: i64 = 1_000 * MICROSECOND;
const SECOND: i64 = 1_000 * MILLISECOND;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

impl Duration {
    /// No limit, where a timeout is asked for.
    pub const ZERO: Self = Self(0);

    /// So many minutes.
    pub const fn from_minutes(minutes: i64) -> Self {
        Self(minutes * MINUTE)
    }

    /// So many seconds.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds * SECOND)
    }

    /// Reads Go's notation, such as `1h30m` or `1.5s`.
    ///
    /// # Errors
    /// The text of `time.ParseDuration`'s error.
    pub fn parse(text: &str) -> Result<Self, String> {
        let invalid = || format!("time: invalid duration {text:?}");
        let (negative, mut rest) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        if rest == "0" {
            return Ok(Self::ZERO);
        }
        if rest.is_empty() {
            return Err(invalid());
        }
        let mut total: f64 = 0.0;
        while !rest.is_empty() {
            let digits = rest
                .find(|c: char| c != '.' && !c.is_ascii_digit())
                .ok_or_else(|| format!("time: missing unit in duration {text:?}"))?;
            let number: f64 = rest[..digits].parse().map_err(|_| invalid())?;
            rest = &rest[digits..];
            let end = rest
                .find(|c: char| c == '.' || c.is_ascii_digit())
                .unwrap_or(rest.len());
            let unit = match &rest[..end] {
                "ns" => 1,
                "us" | "µs" | "μs" => MICROSECOND,
                "ms" => MILLISECOND,
                "s" => SECOND,
                "m" => MINUTE,
                "h" => HOUR,
                other => {
                    return Err(format!("time: unknown unit {other:?} in duration {text:?}"));
                }
            };
            total += number * unit as f64;
            rest = &rest[end..];
        }
        if total > i64::MAX as f64 {
            return Err(invalid());
        }
        let nanoseconds = total.round() as i64;
        Ok(Self(if negative { -nanoseconds } else { nanoseconds }))
    }

    /// The same length for the standard library; negative lengths are empty.
    pub fn to_std(self) -> std::time::Duration {
        std::time::Duration::from_nanos(self.0.max(0).unsigned_abs())
    }
}

impl fmt::Display for Duration {
    /// Go's `Duration.String`: `1h0m0s`, `5s`, `1.5s`, `250ms`, `0s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanoseconds = self.0.unsigned_abs();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let fraction = |value: u64, unit: i64| {
            let unit = unit.unsigned_abs();
            let mut text = (value / unit).to_string();
            if !value.is_multiple_of(unit) {
                let digits = format!("{:0width$}", value % unit, width = unit.ilog10() as usize);
                text.push('.');
                text.push_str(digits.trim_end_matches('0'));
            }
            text
        };
        match nanoseconds {
            0 => f.write_str("0s"),
            n if n < MICROSECOND.unsigned_abs() => write!(f, "{n}ns"),
            n if n < MILLISECOND.unsigned_abs() => write!(f, "{}µs", fraction(n, MICROSECOND)),
            n if n < SECOND.unsigned_abs() => write!(f, "{}ms", fraction(n, MILLISECOND)),
            n => {
                let minutes = n / MINUTE.unsigned_abs();
                let seconds = fraction(n % MINUTE.unsigned_abs(), SECOND);
                match (minutes / 60, minutes % 60) {
                    (0, 0) => write!(f, "{seconds}s"),
                    (0, minutes) => write!(f, "{minutes}m{seconds}s"),
                    (hours, minutes) => write!(f, "{hours}h{minutes}m{seconds}s"),
                }
            }
        }
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_and_written_as_go_does() {
        for (text, written) in [
            ("5s", "5s"),
            ("1h", "1h0m0s"),
            ("90m", "1h30m0s"),
            ("1m30s", "1m30s"),
            ("1.5s", "1.5s"),
            ("250ms", "250ms"),
            ("0", "0s"),
            ("0s", "0s"),
            ("-5s", "-5s"),
            ("1h0m0.25s", "1h0m0.25s"),
            ("12h", "12h0m0s"),
        ] {
            assert_eq!(
                Duration::parse(text).unwrap().to_string(),
                written,
                "{text}"
            );
        }
    }

    #[test]
    fn broken_durations_say_what_is_wrong() {
        for (text, message) in [
            ("5", "time: missing unit in duration \"5\""),
            ("", "time: invalid duration \"\""),
            ("5 s", "time: unknown unit \" s\" in duration \"5 s\""),
            ("1d", "time: unknown unit \"d\" in duration \"1d\""),
        ] {
            assert_eq!(Duration::parse(text).unwrap_err(), message);
        }
    }
}
