//! Go's `time.Time`.

use std::any::Any;

use gotpl::{Context, Error, INT, Kind, Object, Signature, Type, Value};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::args::{int, str};
use super::duration::{DURATION, SECOND, duration};
use super::layout::{Parts, Read, day_name, format, month_name};
use super::{Environment, Result};

pub(super) const TIME: Type = Type::Named("time.Time", Kind::Struct);
const MONTH: Type = Type::Named("time.Month", Kind::Int(gotpl::IntKind::Int));
const WEEKDAY: Type = Type::Named("time.Weekday", Kind::Int(gotpl::IntKind::Int));

/// Go's layout of RFC 3339 with as many digits as needed.
const RFC3339_NANO: &str = "2006-01-02T15:04:05.999999999Z07:00";
const STRING: &str = "2006-01-02 15:04:05.999999999 -0700 MST";

/// A point in time and the zone it is shown in.
#[derive(Clone, Debug)]
pub(super) struct Time {
    pub(super) timestamp: Timestamp,
    zone: TimeZone,
}

impl Time {
    pub(super) fn new(timestamp: Timestamp, zone: TimeZone) -> Self {
        Self { timestamp, zone }
    }

    /// The first of January of the year 1, Go's zero time.
    pub(super) fn zero() -> Self {
        const SECONDS: i64 = -62_135_596_800;
        let timestamp = Timestamp::from_second(SECONDS).unwrap_or(Timestamp::MIN);
        Self::new(timestamp, TimeZone::UTC)
    }

    /// A time that was read, in `local` where the text names no zone.
    pub(super) fn from_read(read: &Read, local: &TimeZone) -> Option<Self> {
        let zone = match (read.offset, read.zone.as_deref()) {
            (Some(0), Some("UTC")) | (None, Some(_)) => TimeZone::UTC,
            (Some(seconds), _) => {
                let offset = Offset::from_seconds(seconds).ok()?;
                let timestamp = offset.to_timestamp(read.civil).ok()?;
                if local.to_offset(timestamp) == offset {
                    local.clone()
                } else {
                    TimeZone::fixed(offset)
                }
            }
            (None, None) => local.clone(),
        };
        let timestamp = zone.to_timestamp(read.civil).ok()?;
        Some(Self::new(timestamp, zone))
    }

    pub(super) fn value(self) -> Value {
        Value::object(self)
    }

    /// The same time in another zone.
    pub(super) fn in_zone(&self, zone: TimeZone) -> Self {
        Self::new(self.timestamp, zone)
    }

    fn parts(&self) -> Parts {
        let info = self.zone.to_offset_info(self.timestamp);
        let abbreviation = info.abbreviation();
        // A zone that is only an offset has no name in Go.
        let named = abbreviation.starts_with(|first: char| first.is_ascii_alphabetic());
        Parts {
            civil: info.offset().to_datetime(self.timestamp),
            offset: info.offset().seconds(),
            zone: if named {
                abbreviation.to_owned()
            } else {
                String::new()
            },
        }
    }

    /// `Time.Format`
    pub(super) fn format(&self, layout: &str) -> String {
        format(&self.parts(), layout)
    }

    /// `Time.Add`; the ends of the calendar where the result lies beyond.
    pub(super) fn add(&self, nanoseconds: i64) -> Self {
        let moved = self
            .timestamp
            .saturating_add(SignedDuration::from_nanos(nanoseconds));
        self.in_zone(self.zone.clone())
            .at(moved.unwrap_or(self.timestamp))
    }

    fn at(mut self, timestamp: Timestamp) -> Self {
        self.timestamp = timestamp;
        self
    }

    /// `Time.Sub`
    pub(super) fn since(&self, earlier: Timestamp) -> i64 {
        let nanoseconds = self.timestamp.as_nanosecond() - earlier.as_nanosecond();
        i64::try_from(nanoseconds).unwrap_or(if nanoseconds < 0 { i64::MIN } else { i64::MAX })
    }

    /// `Time.AddDate`: months and days beyond the calendar run over into the next ones.
    fn add_date(&self, years: i64, months: i64, days: i64) -> Result<Self> {
        let beyond = || Error::message("the date lies outside the calendar");
        let civil = self.parts().civil;
        let month_index = i64::from(civil.year()) * 12 + i64::from(civil.month()) - 1;
        let month_index = years
            .checked_mul(12)
            .and_then(|months| month_index.checked_add(months))
            .and_then(|index| index.checked_add(months))
            .ok_or_else(beyond)?;
        let year = i16::try_from(month_index.div_euclid(12)).map_err(|_| beyond())?;
        let month = i8::try_from(month_index.rem_euclid(12) + 1).map_err(|_| beyond())?;
        let first = jiff::civil::Date::new(year, month, 1).map_err(|_| beyond())?;
        let days = days
            .checked_add(i64::from(civil.day()) - 1)
            .ok_or_else(beyond)?;
        let span = jiff::Span::new().try_days(days).map_err(|_| beyond())?;
        let date = first.checked_add(span).map_err(|_| beyond())?;
        let timestamp = self
            .zone
            .to_timestamp(date.to_datetime(civil.time()))
            .map_err(|_| beyond())?;
        Ok(self.clone().at(timestamp))
    }
}

impl Object for Time {
    fn type_of(&self) -> Type {
        TIME
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn method(&self, name: &str) -> Option<Signature> {
        Some(match name {
            "Year" | "Month" | "Day" | "Hour" | "Minute" | "Second" | "Nanosecond" | "YearDay"
            | "Weekday" | "Unix" | "UnixMilli" | "UnixMicro" | "UnixNano" | "UTC" | "Local"
            | "IsZero" | "String" => Signature::fixed(&[]),
            "Format" => Signature::fixed(&[Type::String]),
            "Add" => Signature::fixed(&[DURATION]),
            "AddDate" => Signature::fixed(&[INT, INT, INT]),
            "Sub" | "Before" | "After" | "Equal" => Signature::fixed(&[TIME]),
            _ => return None,
        })
    }

    fn call(&self, name: &str, context: &Context<'_>, args: &[Value]) -> Result {
        let civil = self.parts().civil;
        let other = args.first().and_then(|other| other.downcast::<Self>());
        let other = other.map_or(self.timestamp, |other| other.timestamp);
        let number = |number: i64| Value::int(number);
        Ok(match name {
            "Year" => number(i64::from(civil.year())),
            "Month" => Value::object(Named::month(civil.month())),
            "Day" => number(i64::from(civil.day())),
            "Hour" => number(i64::from(civil.hour())),
            "Minute" => number(i64::from(civil.minute())),
            "Second" => number(i64::from(civil.second())),
            "Nanosecond" => number(i64::from(civil.subsec_nanosecond())),
            "YearDay" => number(i64::from(civil.day_of_year())),
            "Weekday" => Value::object(Named::weekday(civil.weekday().to_sunday_zero_offset())),
            "Unix" => Value::int64(
                self.timestamp
                    .as_nanosecond()
                    .div_euclid(i128::from(SECOND)) as i64,
            ),
            "UnixMilli" => Value::int64(self.timestamp.as_millisecond()),
            "UnixMicro" => Value::int64(self.timestamp.as_microsecond()),
            "UnixNano" => Value::int64(self.timestamp.as_nanosecond() as i64),
            "UTC" => self.in_zone(TimeZone::UTC).value(),
            "Local" => self
                .in_zone(Environment::of(context)?.local.clone())
                .value(),
            "IsZero" => (self.timestamp == Self::zero().timestamp).into(),
            "Format" => self.format(&str(args, 0)).into(),
            "Add" => {
                let nanoseconds = match args.first().map(Value::plain) {
                    Some(Value::Int(nanoseconds, _)) => nanoseconds,
                    _ => 0,
                };
                self.add(nanoseconds).value()
            }
            "AddDate" => self
                .add_date(int(args, 0), int(args, 1), int(args, 2))?
                .value(),
            "Sub" => duration(self.since(other)),
            "Before" => (self.timestamp < other).into(),
            "After" => (self.timestamp > other).into(),
            "Equal" => (self.timestamp == other).into(),
            _ => self.format(STRING).into(),
        })
    }

    fn display(&self) -> Option<String> {
        Some(self.format(STRING))
    }

    fn json(&self) -> Option<Value> {
        Some(self.format(RFC3339_NANO).into())
    }

    fn equals(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<Self>();
        other.is_some_and(|other| other.timestamp == self.timestamp && other.zone == self.zone)
    }
}

/// `time.Month` and `time.Weekday`: numbers that print as names.
#[derive(Debug)]
struct Named {
    type_of: Type,
    number: i8,
    name: &'static str,
}

impl Named {
    fn month(number: i8) -> Self {
        Self {
            type_of: MONTH,
            number,
            name: month_name(number),
        }
    }

    fn weekday(number: i8) -> Self {
        Self {
            type_of: WEEKDAY,
            number,
            name: day_name(number),
        }
    }
}

impl Object for Named {
    fn type_of(&self) -> Type {
        self.type_of
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn display(&self) -> Option<String> {
        Some(self.name.to_owned())
    }

    fn plain(&self) -> Option<Value> {
        Some(Value::int(i64::from(self.number)))
    }
}
