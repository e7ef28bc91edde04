//! Go's texts of floating point numbers (`strconv.FormatFloat`).

use std::fmt::Write as _;

/// The shortest digits that read back as the number, and where the decimal point stands in them.
struct Decimal {
    negative: bool,
    digits: String,
    /// Digits in front of the decimal point; may be negative or beyond the digits.
    point: i32,
}

fn shortest(value: f64) -> Decimal {
    // "d.ddde-7": Rust prints the shortest digits too.
    decimal(&format!("{:e}", value.abs()), value)
}

/// The shortest digits as Rust has them, `text`, for the number that is exactly `value`.
fn decimal(text: &str, value: f64) -> Decimal {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let mut digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let point = if value == 0.0 {
        1
    } else {
        exponent.parse::<i32>().unwrap_or(0) + 1
    };
    if let Some(even) = even_neighbour(&digits, value) {
        digits.pop();
        digits.push(even);
    }
    Decimal {
        negative: value.is_sign_negative(),
        digits,
        point,
    }
}

/// The last digit that Go takes where a number lies exactly between two shortest texts: the even one. Rust takes the larger.
fn even_neighbour(digits: &str, value: f64) -> Option<char> {
    let last = digits.bytes().last()?;
    // Between two texts of few digits are no numbers, and odd digits are all that is to be changed.
    if digits.len() < 8 || last.is_multiple_of(2) {
        return None;
    }
    // All digits that a number can have, in case those behind the next one are zeros.
    let exact = |digits: usize| format!("{:.digits$e}", value.abs());
    let tie = |text: &str| {
        let all: String = text
            .chars()
            .take_while(|c| *c != 'e')
            .filter(char::is_ascii_digit)
            .collect();
        let rest = &all[digits.len()..];
        let half = rest.starts_with('5') && rest[1..].bytes().all(|digit| digit == b'0');
        half.then(|| all.as_bytes()[digits.len() - 1])
    };
    tie(&exact(digits.len() + 8))?;
    let below = tie(&exact(800))?;
    // The number begins with the smaller of the two.
    let even = if below.is_multiple_of(2) {
        below
    } else {
        below + 1
    };
    (even != last).then_some(char::from(even))
}

impl Decimal {
    fn fixed(&self) -> String {
        let mut text = String::new();
        if self.negative {
            text.push('-');
        }
        let len = self.digits.len() as i32;
        if self.point <= 0 {
            text.push_str("0.");
            text.extend(std::iter::repeat_n('0', -self.point as usize));
            text.push_str(&self.digits);
        } else if self.point >= len {
            text.push_str(&self.digits);
            text.extend(std::iter::repeat_n('0', (self.point - len) as usize));
        } else {
            let (whole, fraction) = self.digits.split_at(self.point as usize);
            text.push_str(whole);
            text.push('.');
            text.push_str(fraction);
        }
        text
    }

    fn go(&self) -> String {
        // Go decides at 6 when it prints the shortest digits, however many there are.
        if (-4..6).contains(&(self.point - 1)) {
            self.fixed()
        } else {
            self.exponent(2)
        }
    }

    fn exponent(&self, least_digits: usize) -> String {
        let mut text = String::new();
        if self.negative {
            text.push('-');
        }
        let (first, rest) = self.digits.split_at(1);
        text.push_str(first);
        if !rest.is_empty() {
            text.push('.');
            text.push_str(rest);
        }
        let exponent = self.point - 1;
        let sign = if exponent < 0 { '-' } else { '+' };
        // Writing to a String cannot fail.
        let _ = write!(text, "e{sign}{:0least_digits$}", exponent.unsigned_abs());
        text
    }
}

/// `strconv.FormatFloat(value, 'g', -1, 64)`: with an exponent below 1e-4 and from 1e+06 on.
pub fn format_go(value: f64) -> String {
    not_finite(value).map_or_else(|| shortest(value).go(), str::to_owned)
}

/// `strconv.FormatFloat(value, 'g', -1, 32)`: the digits that single precision needs.
pub fn format_go_single(value: f32) -> String {
    let double = f64::from(value);
    not_finite(double).map_or_else(
        || decimal(&format!("{:e}", value.abs()), double).go(),
        str::to_owned,
    )
}

fn not_finite(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("NaN")
    } else if value.is_infinite() {
        Some(if value > 0.0 { "+Inf" } else { "-Inf" })
    } else {
        None
    }
}

/// A finite number as Go's `encoding/json` prints it.
pub fn format_json(value: f64) -> String {
    let digits = shortest(value);
    let size = value.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        digits.exponent(1)
    } else {
        digits.fixed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_floats() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.5, "1.5"),
            (100_000.0, "100000"),
            (1_000_000.0, "1e+06"),
            (1_234_567.5, "1.2345675e+06"),
            // Exactly between two shortest texts: the even one.
            (4_148_533_213_435_625.0 / 4.0, "1.0371333033589062e+15"),
            (4_148_533_213_435_627.0 / 4.0, "1.0371333033589068e+15"),
            (0.000_1, "0.0001"),
            (0.000_01, "1e-05"),
            (1e20, "1e+20"),
            (-1e100, "-1e+100"),
            (f64::INFINITY, "+Inf"),
        ] {
            assert_eq!(format_go(value), text);
        }
    }

    #[test]
    fn single_floats() {
        for (value, text) in [
            (0.1, "0.1"),
            (16_777_216.0, "1.6777216e+07"),
            // Exactly between two shortest texts: the even one.
            (16_712_089.0 / 4.0, "4.1780222e+06"),
            (16_712_091.0 / 4.0, "4.1780228e+06"),
            (f32::NEG_INFINITY, "-Inf"),
        ] {
            assert_eq!(format_go_single(value), text);
        }
    }

    #[test]
    fn json_floats() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1e6, "1000000"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (0.1, "0.1"),
            (123_456_789_012_345_680.0, "123456789012345680"),
        ] {
            assert_eq!(format_json(value), text);
        }
    }
}
