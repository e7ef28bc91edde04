//! Go's time layouts: `2006-01-02T15:04:05Z07:00` instead of letters after percent signs (time/format.go).

mod read;

use std::fmt::Write as _;

use jiff::civil::DateTime;

pub(super) use read::{Read, parse};

/// A time taken apart, which is all that formatting needs.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub(super) civil: DateTime,
    /// Seconds east of UTC.
    pub(super) offset: i32,
    /// The zone's abbreviation; empty where there is none.
    pub(super) zone: String,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// The English name of a month, counted from 1.
pub(super) fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1)
        .ok()
        .and_then(|index| MONTHS.get(index))
        .copied()
        .unwrap_or("")
}

/// The English name of a day of the week, Sunday is 0.
pub(super) fn day_name(day: i8) -> &'static str {
    usize::try_from(day)
        .ok()
        .and_then(|index| DAYS.get(index))
        .copied()
        .unwrap_or("")
}

/// How package time quotes: control characters and everything beyond ASCII as bytes.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => {
                quoted.push('\\');
                quoted.push(char::from(byte));
            }
            b' '..=0x7f => quoted.push(char::from(byte)),
            // Writing to a String cannot fail.
            _ => {
                let _ = write!(quoted, "\\x{byte:02x}");
            }
        }
    }
    quoted.push('"');
    quoted
}

/// What a piece of a layout stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chunk {
    LongMonth,
    Month,
    NumMonth,
    ZeroMonth,
    LongWeekday,
    Weekday,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    Pm,
    LowerPm,
    ZoneName,
    /// A numeric zone; with `z`, UTC is written `Z`.
    Offset {
        z: bool,
        colon: bool,
        parts: u8,
    },
    /// Digits of a second after a separator; `trim` drops zeros at the end.
    Fraction {
        digits: usize,
        trim: bool,
        comma: bool,
    },
}

const OFFSETS: [(&str, bool, u8); 5] = [
    ("070000", false, 3),
    ("07:00:00", true, 3),
    ("0700", false, 2),
    ("07:00", true, 2),
    ("07", false, 1),
];

/// The piece that begins at the start of a layout, and its length.
fn chunk_at(layout: &str) -> Option<(Chunk, usize)> {
    let lower_after = |length: usize| {
        layout
            .as_bytes()
            .get(length)
            .is_some_and(u8::is_ascii_lowercase)
    };
    let found = match layout.as_bytes().first()? {
        b'J' if layout.starts_with("January") => (Chunk::LongMonth, 7),
        b'J' if layout.starts_with("Jan") && !lower_after(3) => (Chunk::Month, 3),
        b'M' if layout.starts_with("Monday") => (Chunk::LongWeekday, 6),
        b'M' if layout.starts_with("Mon") && !lower_after(3) => (Chunk::Weekday, 3),
        b'M' if layout.starts_with("MST") => (Chunk::ZoneName, 3),
        b'0' if layout.starts_with("01") => (Chunk::ZeroMonth, 2),
        b'0' if layout.starts_with("02") => (Chunk::ZeroDay, 2),
        b'0' if layout.starts_with("03") => (Chunk::ZeroHour12, 2),
        b'0' if layout.starts_with("04") => (Chunk::ZeroMinute, 2),
        b'0' if layout.starts_with("05") => (Chunk::ZeroSecond, 2),
        b'0' if layout.starts_with("06") => (Chunk::Year, 2),
        b'0' if layout.starts_with("002") => (Chunk::ZeroYearDay, 3),
        b'1' if layout.starts_with("15") => (Chunk::Hour, 2),
        b'1' => (Chunk::NumMonth, 1),
        b'2' if layout.starts_with("2006") => (Chunk::LongYear, 4),
        b'2' => (Chunk::Day, 1),
        b'_' if layout.starts_with("_2") && !layout.starts_with("_2006") => (Chunk::UnderDay, 2),
        b'_' if layout.starts_with("__2") => (Chunk::UnderYearDay, 3),
        b'3' => (Chunk::Hour12, 1),
        b'4' => (Chunk::Minute, 1),
        b'5' => (Chunk::Second, 1),
        b'P' if layout.starts_with("PM") => (Chunk::Pm, 2),
        b'p' if layout.starts_with("pm") => (Chunk::LowerPm, 2),
        first @ (b'-' | b'Z') => {
            let (text, colon, parts) = OFFSETS
                .iter()
                .find(|(text, ..)| layout[1..].starts_with(text))?;
            let offset = Chunk::Offset {
                z: *first == b'Z',
                colon: *colon,
                parts: *parts,
            };
            (offset, text.len() + 1)
        }
        first @ (b'.' | b',') => {
            let digit = *layout
                .as_bytes()
                .get(1)
                .filter(|digit| matches!(digit, b'0' | b'9'))?;
            let digits = layout
                .bytes()
                .skip(1)
                .take_while(|byte| *byte == digit)
                .count();
            if layout
                .as_bytes()
                .get(1 + digits)
                .is_some_and(u8::is_ascii_digit)
            {
                return None;
            }
            let comma = *first == b',';
            (
                Chunk::Fraction {
                    digits,
                    trim: digit == b'9',
                    comma,
                },
                digits + 1,
            )
        }
        _ => return None,
    };
    Some(found)
}

/// The text before the next piece, the piece, and the layout after it.
fn next_chunk(layout: &str) -> (&str, Option<(Chunk, &str)>, &str) {
    for (at, _) in layout.char_indices() {
        if let Some((chunk, length)) = chunk_at(&layout[at..]) {
            let (before, rest) = layout.split_at(at);
            let (text, rest) = rest.split_at(length);
            return (before, Some((chunk, text)), rest);
        }
    }
    (layout, None, "")
}

/// Writes a time in a layout.
pub(super) fn format(parts: &Parts, layout: &str) -> String {
    let mut output = String::with_capacity(layout.len() + 8);
    let mut rest = layout;
    loop {
        let (before, chunk, after) = next_chunk(rest);
        output.push_str(before);
        let Some((chunk, _)) = chunk else {
            return output;
        };
        output.push_str(&format_chunk(parts, chunk));
        rest = after;
    }
}

fn format_chunk(parts: &Parts, chunk: Chunk) -> String {
    let civil = parts.civil;
    let hour12 = (civil.hour() + 11) % 12 + 1;
    let weekday = civil.weekday().to_sunday_zero_offset();
    match chunk {
        Chunk::LongMonth => month_name(civil.month()).to_owned(),
        Chunk::Month => month_name(civil.month())[..3].to_owned(),
        Chunk::NumMonth => civil.month().to_string(),
        Chunk::ZeroMonth => format!("{:02}", civil.month()),
        Chunk::LongWeekday => day_name(weekday).to_owned(),
        Chunk::Weekday => day_name(weekday)[..3].to_owned(),
        Chunk::Day => civil.day().to_string(),
        Chunk::UnderDay => format!("{:2}", civil.day()),
        Chunk::ZeroDay => format!("{:02}", civil.day()),
        Chunk::UnderYearDay => format!("{:3}", civil.day_of_year()),
        Chunk::ZeroYearDay => format!("{:03}", civil.day_of_year()),
        Chunk::Hour => format!("{:02}", civil.hour()),
        Chunk::Hour12 => hour12.to_string(),
        Chunk::ZeroHour12 => format!("{hour12:02}"),
        Chunk::Minute => civil.minute().to_string(),
        Chunk::ZeroMinute => format!("{:02}", civil.minute()),
        Chunk::Second => civil.second().to_string(),
        Chunk::ZeroSecond => format!("{:02}", civil.second()),
        Chunk::LongYear => format!("{:04}", civil.year()),
        Chunk::Year => format!("{:02}", civil.year().rem_euclid(100)),
        Chunk::Pm => (if civil.hour() >= 12 { "PM" } else { "AM" }).to_owned(),
        Chunk::LowerPm => (if civil.hour() >= 12 { "pm" } else { "am" }).to_owned(),
        Chunk::ZoneName if parts.zone.is_empty() => format_offset(parts.offset, false, 2),
        Chunk::ZoneName => parts.zone.clone(),
        Chunk::Offset { z: true, .. } if parts.offset == 0 => "Z".to_owned(),
        Chunk::Offset {
            colon,
            parts: count,
            ..
        } => format_offset(parts.offset, colon, count),
        Chunk::Fraction {
            digits,
            trim,
            comma,
        } => {
            let nanoseconds = format!("{:09}", civil.subsec_nanosecond());
            let mut text = nanoseconds[..digits.min(9)].to_owned();
            text.extend(std::iter::repeat_n('0', digits.saturating_sub(9)));
            let text = if trim {
                text.trim_end_matches('0')
            } else {
                &text
            };
            let separator = if comma { "," } else { "." };
            if text.is_empty() {
                String::new()
            } else {
                format!("{separator}{text}")
            }
        }
    }
}

fn format_offset(offset: i32, colon: bool, parts: u8) -> String {
    let (sign, magnitude) = if offset < 0 {
        ('-', -offset)
    } else {
        ('+', offset)
    };
    let colon = if colon { ":" } else { "" };
    let mut text = format!("{sign}{:02}", magnitude / 3600);
    if parts > 1 {
        let _ = write!(text, "{colon}{:02}", magnitude / 60 % 60);
    }
    if parts > 2 {
        let _ = write!(text, "{colon}{:02}", magnitude % 60);
    }
    text
}

#[cfg(test)]
mod tests;
