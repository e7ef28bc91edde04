//! Dates (sprig's date.go).

use gotpl::{Context, Error, Function, IntKind, Type, Value};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::args::{any, str};
use super::duration::{SECOND, parse as parse_duration, show};
use super::layout;
use super::time::{TIME, Time};
use super::{Environment, Result};

const A: &[Type] = &[Type::Any];
const SA: &[Type] = &[Type::String, Type::Any];
const ST: &[Type] = &[Type::String, TIME];
const SS: &[Type] = &[Type::String, Type::String];
const SAS: &[Type] = &[Type::String, Type::Any, Type::String];

const HTML: &str = "2006-01-02";

const HOUR: u64 = 3600 * SECOND as u64;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::fixed("now", &[], |context, _| {
        let environment = Environment::of(context)?;
        Ok(Time::new(environment.now, environment.local.clone()).value())
    }),
    Function::fixed("date", SA, |context, args| {
        shown(context, &str(args, 0), any(args, 1), "Local")
    }),
    Function::fixed("dateInZone", SAS, in_zone),
    Function::fixed("date_in_zone", SAS, in_zone),
    Function::fixed("htmlDate", A, |context, args| {
        shown(context, HTML, any(args, 0), "Local")
    }),
    Function::fixed(
        "htmlDateInZone",
        &[Type::Any, Type::String],
        |context, args| shown(context, HTML, any(args, 0), &str(args, 1)),
    ),
    Function::fixed("dateModify", ST, |_, args| {
        Ok(modified(args).unwrap_or_else(|_| any(args, 1).clone()))
    }),
    Function::fixed("date_modify", ST, |_, args| {
        Ok(modified(args).unwrap_or_else(|_| any(args, 1).clone()))
    }),
    Function::fixed("mustDateModify", ST, |_, args| modified(args)),
    Function::fixed("must_date_modify", ST, |_, args| modified(args)),
    Function::fixed("toDate", SS, |context, args| {
        Ok(to_date(context, args).unwrap_or_else(|_| Time::zero().value()))
    }),
    Function::fixed("mustToDate", SS, to_date),
    Function::fixed("unixEpoch", &[TIME], |_, args| {
        let seconds = any(args, 0)
            .downcast::<Time>()
            .map_or(0, |time| time.timestamp.as_second());
        Ok(seconds.to_string().into())
    }),
    Function::fixed("ago", A, ago),
    Function::fixed("duration", A, |_, args| {
        Ok(seconds_shown(any(args, 0)).into())
    }),
    Function::fixed("durationRound", A, rounded),
];

/// A date argument: a time, or seconds since 1970; anything else is now.
fn date(context: &Context<'_>, value: &Value, int32: bool) -> Result<Time> {
    let environment = Environment::of(context)?;
    let local = environment.local.clone();
    Ok(match value {
        Value::Int(seconds, IntKind::Int | IntKind::Int64) => seconds_since(*seconds, local),
        Value::Int(seconds, IntKind::Int32) if int32 => seconds_since(*seconds, local),
        value => match value.downcast::<Time>() {
            Some(time) => time.clone(),
            None => Time::new(environment.now, local),
        },
    })
}

fn seconds_since(seconds: i64, zone: TimeZone) -> Time {
    let end = if seconds < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Time::new(Timestamp::from_second(seconds).unwrap_or(end), zone)
}

fn in_zone(context: &Context<'_>, args: &[Value]) -> Result {
    shown(context, &str(args, 0), any(args, 1), &str(args, 2))
}

fn shown(context: &Context<'_>, layout: &str, value: &Value, zone: &str) -> Result {
    let zone = match zone {
        "Local" => Environment::of(context)?.local.clone(),
        "" | "UTC" => TimeZone::UTC,
        // An unknown zone is UTC for sprig.
        name => TimeZone::get(name).unwrap_or(TimeZone::UTC),
    };
    Ok(date(context, value, true)?
        .in_zone(zone)
        .format(layout)
        .into())
}

fn modified(args: &[Value]) -> Result {
    let nanoseconds = parse_duration(&str(args, 0))?;
    Ok(any(args, 1)
        .downcast::<Time>()
        .map_or(Value::Nil, |time| time.add(nanoseconds).value()))
}

fn to_date(context: &Context<'_>, args: &[Value]) -> Result {
    let (layout, text) = (str(args, 0), str(args, 1));
    let read = layout::parse(&layout, &text).map_err(Error::message)?;
    let time = Time::from_read(&read, &Environment::of(context)?.local);
    time.map(Time::value)
        .ok_or_else(|| Error::message(format!("{text} lies outside the calendar")))
}

fn ago(context: &Context<'_>, args: &[Value]) -> Result {
    let time = date(context, any(args, 0), false)?;
    let now = Time::new(Environment::of(context)?.now, TimeZone::UTC);
    let elapsed = now.since(time.timestamp);
    let seconds = (i128::from(elapsed) + i128::from(SECOND / 2)).div_euclid(i128::from(SECOND));
    Ok(show(i64::try_from(seconds).unwrap_or(0).saturating_mul(SECOND)).into())
}

/// Only strings and int64 count, as in sprig: an int is no seconds at all.
fn seconds_shown(value: &Value) -> String {
    let seconds = match value {
        Value::Str(text) => text.to_str().parse().unwrap_or(0),
        Value::Int(seconds, IntKind::Int64) => *seconds,
        _ => 0,
    };
    show(seconds.wrapping_mul(SECOND))
}

fn rounded(context: &Context<'_>, args: &[Value]) -> Result {
    let nanoseconds = match any(args, 0) {
        Value::Str(text) => parse_duration(&text.to_str()).unwrap_or(0),
        Value::Int(nanoseconds, IntKind::Int64) => *nanoseconds,
        value => match value.downcast::<Time>() {
            Some(time) => {
                Time::new(Environment::of(context)?.now, TimeZone::UTC).since(time.timestamp)
            }
            None => 0,
        },
    };
    let magnitude = nanoseconds.unsigned_abs();
    let units = [
        (HOUR * 24 * 365, "y"),
        (HOUR * 24 * 30, "mo"),
        (HOUR * 24, "d"),
        (HOUR, "h"),
        (HOUR / 60, "m"),
        (SECOND as u64, "s"),
    ];
    let found = units.iter().find(|(unit, _)| magnitude > *unit);
    Ok(found
        .map_or_else(
            || "0s".to_owned(),
            |(unit, name)| format!("{}{name}", magnitude / unit),
        )
        .into())
}
