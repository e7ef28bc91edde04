//! Go's time layouts: `2006-01-02T15:04:05Z07:00` instead of letters after percent signs (time/format.go).

use std::fmt::Write as _;

use jiff::civil::{Date, DateTime, Time};

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
        Chunk::ZoneName if parts.zone.is_empty() => {
            let whole_hours = parts.offset % 3600 == 0;
            format_offset(parts.offset, false, if whole_hours { 1 } else { 2 })
        }
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

/// A time as it was read: the zone only if the text has one.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) civil: DateTime,
    pub(super) offset: Option<i32>,
    pub(super) zone: Option<String>,
}

/// Reads a time in a layout (`time.Parse`).
///
/// # Errors
/// Go's text.
pub(super) fn parse(layout: &str, text: &str) -> Result<Read, String> {
    let shown = quote;
    let wrong = |rest: &str, piece: &str| {
        format!(
            "parsing time {} as {}: cannot parse {} as {}",
            shown(text),
            shown(layout),
            shown(rest),
            shown(piece)
        )
    };
    let mut reader = Reader {
        rest: text,
        fields: Fields::default(),
    };
    let mut pattern = layout;
    loop {
        let (before, chunk, after) = next_chunk(pattern);
        let at_literal = reader.rest;
        if !reader.literal(before) {
            return Err(wrong(at_literal, before));
        }
        let Some((chunk, piece)) = chunk else {
            if reader.rest.is_empty() {
                break;
            }
            return Err(format!(
                "parsing time {}: extra text: {}",
                shown(text),
                shown(reader.rest)
            ));
        };
        let at_chunk = reader.rest;
        let next_is_fraction = matches!(
            next_chunk(after),
            ("", Some((Chunk::Fraction { .. }, _)), _)
        );
        match reader.chunk(chunk, next_is_fraction) {
            Ok(()) => {}
            Err(Problem::Syntax) => return Err(wrong(at_chunk, piece)),
            Err(Problem::Range(what)) => {
                return Err(format!("parsing time {}: {what} out of range", shown(text)));
            }
        }
        pattern = after;
    }
    reader
        .fields
        .finish()
        .map_err(|what| format!("parsing time {}: {what} out of range", shown(text)))
}

enum Problem {
    Syntax,
    Range(&'static str),
}

#[derive(Debug, Default)]
struct Fields {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    year_day: Option<i16>,
    hour: i8,
    minute: i8,
    second: i8,
    nanosecond: i32,
    pm: Option<bool>,
    offset: Option<i32>,
    zone: Option<String>,
}

impl Fields {
    fn finish(self) -> Result<Read, &'static str> {
        let hour = match self.pm {
            Some(true) if self.hour < 12 => self.hour + 12,
            Some(false) if self.hour == 12 => 0,
            _ => self.hour,
        };
        let date = match (self.year_day, self.month, self.day) {
            (Some(day), None, _) => Date::new(self.year, 1, 1)
                .and_then(|first| first.with().day_of_year(day).build())
                .map_err(|_| "day-of-year")?,
            (_, month, day) => {
                Date::new(self.year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| "day")?
            }
        };
        let time =
            Time::new(hour, self.minute, self.second, self.nanosecond).map_err(|_| "hour")?;
        Ok(Read {
            civil: DateTime::from_parts(date, time),
            offset: self.offset,
            zone: self.zone,
        })
    }
}

struct Reader<'t> {
    rest: &'t str,
    fields: Fields,
}

impl Reader<'_> {
    /// The text between pieces; a space in the layout stands for any number of them.
    fn literal(&mut self, literal: &str) -> bool {
        let mut literal = literal;
        while let Some(expected) = literal.chars().next() {
            if expected == ' ' {
                if !self.rest.is_empty() && !self.rest.starts_with(' ') {
                    return false;
                }
                literal = literal.trim_start_matches(' ');
                self.rest = self.rest.trim_start_matches(' ');
                continue;
            }
            let Some(rest) = self.rest.strip_prefix(expected) else {
                return false;
            };
            self.rest = rest;
            literal = &literal[expected.len_utf8()..];
        }
        true
    }

    fn chunk(&mut self, chunk: Chunk, next_is_fraction: bool) -> Result<(), Problem> {
        match chunk {
            Chunk::LongYear => self.fields.year = self.digits(4, 4)? as i16,
            Chunk::Year => {
                let year = self.digits(2, 2)? as i16;
                self.fields.year = year + if year >= 69 { 1900 } else { 2000 };
            }
            Chunk::LongMonth => self.fields.month = Some(self.name(&MONTHS, None)? + 1),
            Chunk::Month => self.fields.month = Some(self.name(&MONTHS, Some(3))? + 1),
            Chunk::LongWeekday => {
                self.name(&DAYS, None)?;
            }
            Chunk::Weekday => {
                self.name(&DAYS, Some(3))?;
            }
            Chunk::NumMonth | Chunk::ZeroMonth => {
                let least = if chunk == Chunk::ZeroMonth { 2 } else { 1 };
                self.fields.month = Some(self.ranged(least, 1..=12, "month")?);
            }
            Chunk::Day | Chunk::UnderDay | Chunk::ZeroDay => {
                if chunk == Chunk::UnderDay {
                    self.rest = self.rest.strip_prefix(' ').unwrap_or(self.rest);
                }
                let least = if chunk == Chunk::ZeroDay { 2 } else { 1 };
                self.fields.day = Some(self.ranged(least, 1..=31, "day")?);
            }
            Chunk::UnderYearDay | Chunk::ZeroYearDay => {
                self.rest = self.rest.trim_start_matches(' ');
                self.fields.year_day = Some(self.digits(1, 3)? as i16);
            }
            Chunk::Hour => self.fields.hour = self.ranged(1, 0..=23, "hour")?,
            Chunk::Hour12 => self.fields.hour = self.ranged(1, 0..=12, "hour")?,
            Chunk::ZeroHour12 => self.fields.hour = self.ranged(2, 0..=12, "hour")?,
            Chunk::Minute => self.fields.minute = self.ranged(1, 0..=59, "minute")?,
            Chunk::ZeroMinute => self.fields.minute = self.ranged(2, 0..=59, "minute")?,
            Chunk::Second | Chunk::ZeroSecond => {
                let least = if chunk == Chunk::ZeroSecond { 2 } else { 1 };
                self.fields.second = self.ranged(least, 0..=59, "second")?;
                // A fraction may follow although the layout has none.
                if !next_is_fraction {
                    self.any_fraction();
                }
            }
            Chunk::Pm | Chunk::LowerPm => {
                let (am, pm) = if chunk == Chunk::Pm {
                    ("AM", "PM")
                } else {
                    ("am", "pm")
                };
                let is_pm = self.rest.starts_with(pm);
                if !is_pm && !self.rest.starts_with(am) {
                    return Err(Problem::Syntax);
                }
                self.rest = &self.rest[2..];
                self.fields.pm = Some(is_pm);
            }
            Chunk::ZoneName => self.zone_name()?,
            Chunk::Offset { z, colon, parts } => self.offset(z, colon, parts)?,
            Chunk::Fraction {
                digits,
                trim: false,
                ..
            } => self.fraction(digits)?,
            Chunk::Fraction { .. } => self.any_fraction(),
        }
        Ok(())
    }

    fn digits(&mut self, least: usize, most: usize) -> Result<u32, Problem> {
        let count = self
            .rest
            .bytes()
            .take(most)
            .take_while(u8::is_ascii_digit)
            .count();
        if count < least {
            return Err(Problem::Syntax);
        }
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        digits.parse().map_err(|_| Problem::Syntax)
    }

    fn ranged(
        &mut self,
        least: usize,
        range: std::ops::RangeInclusive<u32>,
        what: &'static str,
    ) -> Result<i8, Problem> {
        let number = self.digits(least, 2)?;
        if range.contains(&number) {
            Ok(number as i8)
        } else {
            Err(Problem::Range(what))
        }
    }

    fn name(&mut self, names: &[&str], cut: Option<usize>) -> Result<i8, Problem> {
        let found = names.iter().enumerate().find_map(|(index, name)| {
            let name = cut.and_then(|cut| name.get(..cut)).unwrap_or(name);
            let start = self.rest.get(..name.len())?;
            start
                .eq_ignore_ascii_case(name)
                .then_some((index, name.len()))
        });
        let (index, length) = found.ok_or(Problem::Syntax)?;
        self.rest = &self.rest[length..];
        i8::try_from(index).map_err(|_| Problem::Syntax)
    }

    fn any_fraction(&mut self) {
        if !self.rest.starts_with(['.', ',']) {
            return;
        }
        let digits = self.rest[1..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        if digits > 0 {
            // The digits are there, so this cannot fail.
            let _ = self.fraction(digits);
        }
    }

    fn fraction(&mut self, digits: usize) -> Result<(), Problem> {
        let text = self.rest.get(..=digits).ok_or(Problem::Syntax)?;
        if !text.starts_with(['.', ',']) || !text[1..].bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Problem::Syntax);
        }
        let padded = format!("{:0<9}", &text[1..]);
        self.fields.nanosecond = padded[..9].parse().map_err(|_| Problem::Syntax)?;
        self.rest = &self.rest[digits + 1..];
        Ok(())
    }

    fn zone_name(&mut self) -> Result<(), Problem> {
        if let Some(rest) = self.rest.strip_prefix("UTC") {
            self.rest = rest;
            self.fields.offset = Some(0);
            self.fields.zone = Some("UTC".to_owned());
            return Ok(());
        }
        let length = self.rest.bytes().take_while(u8::is_ascii_uppercase).count();
        if !(3..=5).contains(&length) {
            return Err(Problem::Syntax);
        }
        let (name, rest) = self.rest.split_at(length);
        self.fields.zone = Some(name.to_owned());
        self.rest = rest;
        Ok(())
    }

    fn offset(&mut self, z: bool, colon: bool, parts: u8) -> Result<(), Problem> {
        if z && let Some(rest) = self.rest.strip_prefix('Z') {
            self.rest = rest;
            self.fields.offset = Some(0);
            self.fields.zone = Some("UTC".to_owned());
            return Ok(());
        }
        let sign = match self.rest.as_bytes().first() {
            Some(b'+') => 1,
            Some(b'-') => -1,
            _ => return Err(Problem::Syntax),
        };
        self.rest = &self.rest[1..];
        let mut seconds = 0;
        for (index, unit) in [3600, 60, 1]
            .into_iter()
            .take(usize::from(parts))
            .enumerate()
        {
            if index > 0 && colon {
                self.rest = self.rest.strip_prefix(':').ok_or(Problem::Syntax)?;
            }
            seconds += self.digits(2, 2)? as i32 * unit;
        }
        self.fields.offset = Some(sign * seconds);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts() -> Parts {
        Parts {
            civil: DateTime::constant(2024, 2, 9, 15, 4, 5, 120_000_000),
            offset: 3600,
            zone: "CET".to_owned(),
        }
    }

    #[test]
    fn layouts_are_those_of_go() {
        for (layout, shown) in [
            ("2006-01-02T15:04:05Z07:00", "2024-02-09T15:04:05+01:00"),
            (
                "Mon Jan _2 3:04:05 PM MST 2006",
                "Fri Feb  9 3:04:05 PM CET 2024",
            ),
            (
                "Monday, 02-January-06 .000 .999",
                "Friday, 09-February-24 .120 .12",
            ),
            ("002 __2 1/2 -0700", "040  40 2/9 +0100"),
            ("_2006 Janet", "_2024 Janet"),
        ] {
            assert_eq!(format(&parts(), layout), shown);
        }
    }

    #[test]
    fn what_was_written_is_read() {
        let layout = "2006-01-02T15:04:05.000Z07:00";
        let read = parse(layout, &format(&parts(), layout)).unwrap();
        assert_eq!((read.civil, read.offset), (parts().civil, Some(3600)));
        assert_eq!(
            parse("2006-01-02", "x").unwrap_err(),
            "parsing time \"x\" as \"2006-01-02\": cannot parse \"x\" as \"2006\""
        );
        assert_eq!(
            parse("2006-01-02", "2024-13-01").unwrap_err(),
            "parsing time \"2024-13-01\": month out of range"
        );
    }

    proptest! {
        #[test]
        fn any_layout_and_text_end(layout in "[0-9JMPZanpmSTo:.,_ +-]{0,12}", text in "\\PC{0,12}") {
            let _ = format(&parts(), &layout);
            let _ = parse(&layout, &text);
        }
    }
}
