//! Conversions of github.com/spf13/cast 1.7, which sprig's numbers go through.

use gotpl::Value;
use gotpl::number::{parse_float, parse_int};

/// `cast.ToInt64` and `cast.ToInt`: 0 for what is no number.
pub(super) fn to_int64(value: &Value) -> i64 {
    match value {
        Value::Int(number, _) => *number,
        Value::Float(number) => float_to_int(*number),
        Value::Bool(value) => i64::from(*value),
        Value::Str(text) => parse_int(trim_zero_decimal(&text.to_str())).unwrap_or(0),
        _ => 0,
    }
}

/// `cast.ToFloat64`: 0 for what is no number.
pub(super) fn to_float64(value: &Value) -> f64 {
    match value {
        Value::Int(number, kind) if kind.is_unsigned() => *number as u64 as f64,
        Value::Int(number, _) => *number as f64,
        Value::Float(number) => *number,
        Value::Bool(value) => f64::from(u8::from(*value)),
        Value::Str(text) => parse_float(&text.to_str()).unwrap_or(0.0),
        _ => 0.0,
    }
}

/// Go's conversion on amd64: everything out of range, NaN included, becomes the smallest number.
pub(super) fn float_to_int(number: f64) -> i64 {
    const BOUND: f64 = 9_223_372_036_854_775_808.0;
    if (-BOUND..BOUND).contains(&number) {
        number as i64
    } else {
        i64::MIN
    }
}

/// Cuts `.0` and `.000` off; anything else after the point stays and makes the text unreadable as an integer.
fn trim_zero_decimal(text: &str) -> &str {
    match text.rsplit_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => {
            whole
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_as_cast_reads_them() {
        for (value, number) in [
            (Value::from("08"), 0),
            (Value::from("0x10"), 16),
            (Value::from("010"), 8),
            (Value::from("1.9"), 0),
            (Value::from("12.00"), 12),
            (Value::Float(1.9), 1),
            (Value::Float(-1.9), -1),
            (Value::Float(1e19), i64::MIN),
            (Value::Bool(true), 1),
            (Value::Nil, 0),
            (Value::from("x"), 0),
        ] {
            assert_eq!(to_int64(&value), number, "{value:?}");
        }
    }
}
