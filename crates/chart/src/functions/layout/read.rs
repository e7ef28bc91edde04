//! Texts to times (`time.Parse`).

use jiff::civil::{Date, DateTime, Time};

use super::{Chunk, DAYS, MONTHS, next_chunk, quote};

/// A time as it was read: the zone only if the text has one.
#[derive(Debug)]
pub(in crate::functions) struct Read {
    pub(in crate::functions) civil: DateTime,
    pub(in crate::functions) offset: Option<i32>,
    pub(in crate::functions) zone: Option<String>,
}

/// Reads a time in a layout (`time.Parse`).
///
/// # Errors
/// Go's text.
pub(in crate::functions) fn parse(layout: &str, text: &str) -> Result<Read, String> {
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

/// The parts of an offset: their seconds, the most Go takes, and their names in errors.
const OFFSET_PARTS: [(i32, i32, &str); 3] = [
    (3600, 24, "time zone offset hour"),
    (60, 60, "time zone offset minute"),
    (1, 60, "time zone offset second"),
];

/// How long the name of a zone is, by the rules of `parseTimeZone`.
fn zone_name_length(text: &str) -> Option<usize> {
    if text.starts_with("ChST") || text.starts_with("MeST") {
        return Some(4);
    }
    // A sign and up to two digits, less than a day.
    let signed = |text: &str| {
        let digits = text.strip_prefix(['+', '-'])?;
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        let hours: u32 = digits[..count].parse().ok()?;
        (hours < 24).then_some(count + 1)
    };
    if let Some(after) = text.strip_prefix("GMT") {
        return Some(3 + signed(after).unwrap_or(0));
    }
    if text.starts_with(['+', '-']) {
        return signed(text);
    }
    match text
        .bytes()
        .take(6)
        .take_while(u8::is_ascii_uppercase)
        .count()
    {
        5 if text.as_bytes()[4] == b'T' => Some(5),
        4 if text.as_bytes()[3] == b'T' || text.starts_with("WITA") => Some(4),
        3 => Some(3),
        _ => None,
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
        let length = zone_name_length(self.rest).ok_or(Problem::Syntax)?;
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
        let mut problem = None;
        for (index, (unit, most, what)) in OFFSET_PARTS
            .into_iter()
            .take(usize::from(parts))
            .enumerate()
        {
            if index > 0 && colon {
                self.rest = self.rest.strip_prefix(':').ok_or(Problem::Syntax)?;
            }
            let number = self.digits(2, 2)? as i32;
            if number > most {
                problem = problem.or(Some(Problem::Range(what)));
            }
            seconds += number * unit;
        }
        if let Some(problem) = problem {
            return Err(problem);
        }
        self.fields.offset = Some(sign * seconds);
        Ok(())
    }
}
