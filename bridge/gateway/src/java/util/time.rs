//! `java.time`: durations, instants, dates, times and zones.

use std::str::FromStr as _;

use chrono::{
    DateTime, Datelike as _, Days, Duration as Span, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _, Utc,
};
use nutkin_protocol::{Elapsed, Value};

use super::super::call::Call;
use super::super::class::Class;
use super::super::failure::{Failure, Outcome};
use super::super::value::{JavaValue, string_hash};
use crate::model::JavaObject;

/// A value of `java.time`.
#[derive(Clone, PartialEq)]
pub(crate) enum Time {
    /// `Duration`.
    Duration(Span),
    /// `Instant`.
    Instant(DateTime<Utc>),
    /// `LocalDate`.
    Date(NaiveDate),
    /// `LocalTime`.
    Clock(NaiveTime),
    /// `LocalDateTime`.
    Local(NaiveDateTime),
    /// `ZoneId`, by name.
    Zone(String),
}

impl JavaObject for Time {
    fn class_name(&self) -> &'static str {
        match self {
            Self::Duration(_) => "java.time.Duration",
            Self::Instant(_) => "java.time.Instant",
            Self::Date(_) => "java.time.LocalDate",
            Self::Clock(_) => "java.time.LocalTime",
            Self::Local(_) => "java.time.LocalDateTime",
            Self::Zone(_) => "java.time.ZoneId",
        }
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>().is_some_and(|other| other == self)
    }

    fn java_hash(&self) -> i32 {
        string_hash(&self.java_string())
    }

    fn java_string(&self) -> String {
        match self {
            Self::Duration(span) => duration_text(*span),
            Self::Instant(instant) => format!("{}Z", date_time_text(instant.naive_utc(), true)),
            Self::Date(date) => date.to_string(),
            Self::Clock(time) => time_text(*time, false),
            Self::Local(value) => date_time_text(*value, false),
            Self::Zone(name) => name.clone(),
        }
    }
}

/// A time as the native object model has it.
pub(crate) fn to_value(value: &JavaValue) -> Option<Value> {
    Some(match value.peek::<Time>()? {
        Time::Duration(span) => Value::Duration(elapsed(*span)),
        Time::Instant(instant) => Value::Instant(since_epoch(*instant)),
        Time::Date(date) => Value::Date(date.num_days_from_ce() - EPOCH_DAYS),
        Time::Clock(time) => Value::Time(nanos(*time)),
        Time::Local(value) => Value::Timestamp(since_epoch(value.and_utc())),
        Time::Zone(name) => Value::String(name.clone()),
    })
}

/// A time as a text, such as the name of a zone.
pub(crate) fn text(value: &JavaValue) -> Option<String> {
    value.peek::<Time>().map(JavaObject::java_string)
}

/// A time of the native object model; null if it is none.
pub(crate) fn from_value(value: &Value) -> JavaValue {
    let time = match value {
        Value::Date(days) => {
            NaiveDate::from_num_days_from_ce_opt(days.saturating_add(EPOCH_DAYS)).map(Time::Date)
        }
        Value::Time(nanos) => time_of(*nanos).map(Time::Clock),
        Value::Timestamp(since) => moment_of(*since).map(|at| Time::Local(at.naive_utc())),
        Value::Instant(since) => moment_of(*since).map(Time::Instant),
        Value::Duration(length) => Span::new(length.seconds, length.nanoseconds).map(Time::Duration),
        _ => None,
    };
    time.map_or(JavaValue::Null, JavaValue::object)
}

fn since_epoch(instant: DateTime<Utc>) -> Elapsed {
    Elapsed {
        seconds: instant.timestamp(),
        nanoseconds: instant.timestamp_subsec_nanos(),
    }
}

fn elapsed(span: Span) -> Elapsed {
    // The fraction has the sign of the whole; the protocol's is never negative.
    let nanos = i64::from(span.subsec_nanos());
    Elapsed {
        seconds: span.num_seconds() + nanos.div_euclid(1_000_000_000),
        nanoseconds: u32::try_from(nanos.rem_euclid(1_000_000_000)).unwrap_or(0),
    }
}

fn moment_of(since: Elapsed) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(since.seconds, since.nanoseconds)
}

/// Days of chrono's calendar before 1970.
const EPOCH_DAYS: i32 = 719_163;

fn nanos(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight()) * 1_000_000_000 + i64::from(time.nanosecond())
}

fn time_of(nanos: i64) -> Option<NaiveTime> {
    let seconds = u32::try_from(nanos / 1_000_000_000).ok()?;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, u32::try_from(nanos % 1_000_000_000).ok()?)
}

pub(super) fn classes() -> Vec<Class> {
    vec![duration(), instant(), date(), time(), date_time(), zone()]
}

fn this(call: &Call<'_>) -> Outcome<Time> {
    Ok(call.this::<Time>()?.as_ref().clone())
}

fn made(time: Option<Time>) -> Outcome {
    time.map(JavaValue::object)
        .ok_or_else(|| Failure::thrown("java.time.DateTimeException", "The value is out of range"))
}

fn span(call: &Call<'_>) -> Outcome<Span> {
    match this(call)? {
        Time::Duration(span) => Ok(span),
        _ => Err(Failure::bare("java.lang.ClassCastException")),
    }
}

fn other_span(call: &Call<'_>) -> Outcome<Span> {
    match call.object::<Time>(0)?.as_ref() {
        Time::Duration(span) => Ok(*span),
        _ => Err(Failure::bare("java.lang.ClassCastException")),
    }
}

fn duration() -> Class {
    fn of(call: &Call<'_>, unit: fn(i64) -> Option<Span>) -> Outcome {
        made(unit(call.long(0)?).map(Time::Duration))
    }
    Class::new("java.time.Duration")
        .implements(&["java.lang.Comparable"])
        .field("Duration ZERO", || {
            JavaValue::object(Time::Duration(Span::zero()))
        })
        .function("Duration ofDays(long)", |call| of(call, Span::try_days))
        .function("Duration ofHours(long)", |call| of(call, Span::try_hours))
        .function("Duration ofMinutes(long)", |call| of(call, Span::try_minutes))
        .function("Duration ofSeconds(long)", |call| of(call, Span::try_seconds))
        .function("Duration ofMillis(long)", |call| of(call, Span::try_milliseconds))
        .function("Duration ofNanos(long)", |call| {
            of(call, |nanos| Some(Span::nanoseconds(nanos)))
        })
        .method("long toDays()", |call| Ok(span(call)?.num_days().into()))
        .method("long toHours()", |call| Ok(span(call)?.num_hours().into()))
        .method("long toMinutes()", |call| Ok(span(call)?.num_minutes().into()))
        .method("long toSeconds()", |call| Ok(span(call)?.num_seconds().into()))
        .method("long getSeconds()", |call| Ok(span(call)?.num_seconds().into()))
        .method("int getNano()", |call| {
            Ok(JavaValue::Int(span(call)?.subsec_nanos()))
        })
        .method("long toMillis()", |call| {
            Ok(span(call)?.num_milliseconds().into())
        })
        .method("long toNanos()", |call| match span(call)?.num_nanoseconds() {
            Some(nanos) => Ok(nanos.into()),
            None => Err(Failure::thrown("java.lang.ArithmeticException", "long overflow")),
        })
        .method("Duration plus(Duration)", |call| {
            made(span(call)?.checked_add(&other_span(call)?).map(Time::Duration))
        })
        .method("Duration minus(Duration)", |call| {
            made(span(call)?.checked_sub(&other_span(call)?).map(Time::Duration))
        })
        .method("boolean isZero()", |call| Ok(span(call)?.is_zero().into()))
        .method("boolean isNegative()", |call| {
            Ok((span(call)? < Span::zero()).into())
        })
}

fn moment(call: &Call<'_>) -> Outcome<DateTime<Utc>> {
    match this(call)? {
        Time::Instant(instant) => Ok(instant),
        _ => Err(Failure::bare("java.lang.ClassCastException")),
    }
}

fn instant() -> Class {
    Class::new("java.time.Instant")
        .implements(&["java.lang.Comparable"])
        .field("Instant EPOCH", || {
            JavaValue::object(Time::Instant(DateTime::UNIX_EPOCH))
        })
        .function("Instant now()", |_| {
            Ok(JavaValue::object(Time::Instant(Utc::now())))
        })
        .function("Instant ofEpochMilli(long)", |call| {
            made(DateTime::from_timestamp_millis(call.long(0)?).map(Time::Instant))
        })
        .function("Instant ofEpochSecond(long)", |call| {
            made(DateTime::from_timestamp(call.long(0)?, 0).map(Time::Instant))
        })
        .function("Instant parse(CharSequence)", |call| {
            let text = call.text(0)?;
            DateTime::parse_from_rfc3339(text)
                .map(|found| JavaValue::object(Time::Instant(found.with_timezone(&Utc))))
                .map_err(|_| unparsed(text))
        })
        .method("long toEpochMilli()", |call| {
            Ok(moment(call)?.timestamp_millis().into())
        })
        .method("long getEpochSecond()", |call| {
            Ok(moment(call)?.timestamp().into())
        })
        .method("Instant plusSeconds(long)", |call| {
            let span = Span::try_seconds(call.long(0)?);
            let instant = moment(call)?;
            made(
                span.and_then(|span| instant.checked_add_signed(span))
                    .map(Time::Instant),
            )
        })
        .method("Instant plusMillis(long)", |call| {
            let span = Span::try_milliseconds(call.long(0)?);
            let instant = moment(call)?;
            made(
                span.and_then(|span| instant.checked_add_signed(span))
                    .map(Time::Instant),
            )
        })
}

fn day(call: &Call<'_>) -> Outcome<NaiveDate> {
    match this(call)? {
        Time::Date(date) => Ok(date),
        Time::Local(value) => Ok(value.date()),
        _ => Err(Failure::bare("java.lang.ClassCastException")),
    }
}

/// What a date has, for dates with and without a time.
fn parts_of_date(class: Class) -> Class {
    fn part(value: u32) -> JavaValue {
        JavaValue::Int(value.cast_signed())
    }
    class
        .implements(&["java.lang.Comparable"])
        .method("int getYear()", |call| Ok(JavaValue::Int(day(call)?.year())))
        .method("int getMonthValue()", |call| Ok(part(day(call)?.month())))
        .method("int getDayOfMonth()", |call| Ok(part(day(call)?.day())))
        .method("int getDayOfYear()", |call| Ok(part(day(call)?.ordinal())))
}

fn date() -> Class {
    fn shifted(call: &Call<'_>, days: i64) -> Outcome {
        let date = day(call)?;
        let distance = Days::new(days.unsigned_abs());
        let moved = if days < 0 {
            date.checked_sub_days(distance)
        } else {
            date.checked_add_days(distance)
        };
        made(moved.map(Time::Date))
    }
    parts_of_date(Class::new("java.time.LocalDate"))
        .function("LocalDate now()", |_| {
            Ok(JavaValue::object(Time::Date(chrono::Local::now().date_naive())))
        })
        .function("LocalDate of(int, int, int)", |call| {
            let (month, day) = (call.index(1)?, call.index(2)?);
            let found = u32::try_from(month)
                .ok()
                .zip(u32::try_from(day).ok())
                .and_then(|(month, day)| NaiveDate::from_ymd_opt(call.int(0).ok()?, month, day));
            made(found.map(Time::Date))
        })
        .function("LocalDate ofEpochDay(long)", |call| {
            let days = i32::try_from(call.long(0)?)
                .ok()
                .and_then(|days| days.checked_add(EPOCH_DAYS));
            made(
                days.and_then(NaiveDate::from_num_days_from_ce_opt)
                    .map(Time::Date),
            )
        })
        .function("LocalDate parse(CharSequence)", |call| {
            let text = call.text(0)?;
            NaiveDate::from_str(text)
                .map(|date| JavaValue::object(Time::Date(date)))
                .map_err(|_| unparsed(text))
        })
        .method("long toEpochDay()", |call| {
            Ok(i64::from(day(call)?.num_days_from_ce() - EPOCH_DAYS).into())
        })
        .method("boolean isLeapYear()", |call| Ok(day(call)?.leap_year().into()))
        .method("LocalDate plusDays(long)", |call| shifted(call, call.long(0)?))
        .method("LocalDate minusDays(long)", |call| shifted(call, -call.long(0)?))
        .method("LocalDateTime atStartOfDay()", |call| {
            made(day(call)?.and_hms_opt(0, 0, 0).map(Time::Local))
        })
}

fn clock(call: &Call<'_>) -> Outcome<NaiveTime> {
    match this(call)? {
        Time::Clock(time) => Ok(time),
        Time::Local(value) => Ok(value.time()),
        _ => Err(Failure::bare("java.lang.ClassCastException")),
    }
}

fn parts_of_time(class: Class) -> Class {
    fn part(value: u32) -> JavaValue {
        JavaValue::Int(value.cast_signed())
    }
    class
        .method("int getHour()", |call| Ok(part(clock(call)?.hour())))
        .method("int getMinute()", |call| Ok(part(clock(call)?.minute())))
        .method("int getSecond()", |call| Ok(part(clock(call)?.second())))
        .method("int getNano()", |call| Ok(part(clock(call)?.nanosecond())))
}

fn time() -> Class {
    parts_of_time(Class::new("java.time.LocalTime"))
        .implements(&["java.lang.Comparable"])
        .function("LocalTime of(int, int)", |call| {
            made(hms(call, 0, 2).map(Time::Clock))
        })
        .function("LocalTime of(int, int, int)", |call| {
            made(hms(call, 0, 3).map(Time::Clock))
        })
        .function("LocalTime parse(CharSequence)", |call| {
            let text = call.text(0)?;
            let whole = if text.len() == 5 {
                format!("{text}:00")
            } else {
                text.to_owned()
            };
            NaiveTime::from_str(&whole)
                .map(|time| JavaValue::object(Time::Clock(time)))
                .map_err(|_| unparsed(text))
        })
        .method("int toSecondOfDay()", |call| {
            Ok(JavaValue::Int(
                clock(call)?.num_seconds_from_midnight().cast_signed(),
            ))
        })
        .method("long toNanoOfDay()", |call| Ok(nanos(clock(call)?).into()))
}

/// Hour, minute and maybe second of the arguments from a position on.
fn hms(call: &Call<'_>, from: usize, count: usize) -> Option<NaiveTime> {
    let part = |position| u32::try_from(call.int(from + position).ok()?).ok();
    let second = if count > 2 { part(2)? } else { 0 };
    NaiveTime::from_hms_opt(part(0)?, part(1)?, second)
}

fn date_time() -> Class {
    fn of(call: &Call<'_>, count: usize) -> Outcome {
        let part = |position| u32::try_from(call.int(position).ok()?).ok();
        let date = part(1)
            .zip(part(2))
            .and_then(|(month, day)| NaiveDate::from_ymd_opt(call.int(0).ok()?, month, day));
        made(
            date.zip(hms(call, 3, count))
                .map(|(date, time)| Time::Local(date.and_time(time))),
        )
    }
    parts_of_time(parts_of_date(Class::new("java.time.LocalDateTime")))
        .function("LocalDateTime now()", |_| {
            Ok(JavaValue::object(Time::Local(chrono::Local::now().naive_local())))
        })
        .function("LocalDateTime of(int, int, int, int, int)", |call| of(call, 2))
        .function("LocalDateTime of(int, int, int, int, int, int)", |call| {
            of(call, 3)
        })
        .function("LocalDateTime parse(CharSequence)", |call| {
            let text = call.text(0)?;
            let whole = if text.len() == 16 {
                format!("{text}:00")
            } else {
                text.to_owned()
            };
            NaiveDateTime::from_str(&whole)
                .map(|value| JavaValue::object(Time::Local(value)))
                .map_err(|_| unparsed(text))
        })
        .method("LocalDate toLocalDate()", |call| {
            Ok(JavaValue::object(Time::Date(day(call)?)))
        })
        .method("LocalTime toLocalTime()", |call| {
            Ok(JavaValue::object(Time::Clock(clock(call)?)))
        })
}

fn zone() -> Class {
    Class::new("java.time.ZoneId")
        .function("ZoneId of(String)", |call| {
            let name = call.text(0)?;
            check_zone(name)?;
            Ok(zone_id(name))
        })
        .function("ZoneId systemDefault()", |_| {
            Ok(zone_id(
                &std::env::var("TZ")
                    .ok()
                    .filter(|name| check_zone(name).is_ok())
                    .unwrap_or_else(|| "UTC".to_owned()),
            ))
        })
        .method("String getId()", |call| Ok(call.this.to_text().into()))
}

/// The zone of a name.
pub(crate) fn zone_id(name: &str) -> JavaValue {
    JavaValue::object(Time::Zone(name.to_owned()))
}

fn check_zone(name: &str) -> Outcome<()> {
    let rest = name
        .trim_start_matches("UTC")
        .trim_start_matches("GMT")
        .trim_start_matches("UT");
    let is_offset = matches!(rest.chars().next(), Some('+' | '-'))
        && rest.len() > 1
        && rest[1..].chars().all(|c| c.is_ascii_digit() || c == ':');
    if is_offset || name == "Z" || rest.is_empty() || chrono_tz::Tz::from_str(name).is_ok() {
        return Ok(());
    }
    Err(Failure::thrown(
        "java.time.zone.ZoneRulesException",
        format!("Unknown time-zone ID: {name}"),
    ))
}

fn unparsed(text: &str) -> Failure {
    Failure::thrown(
        "java.time.format.DateTimeParseException",
        format!("Text '{text}' could not be parsed at index 0"),
    )
}

fn date_time_text(value: NaiveDateTime, seconds: bool) -> String {
    format!("{}T{}", value.date(), time_text(value.time(), seconds))
}

/// Java leaves out seconds of zero, except in instants, and groups the digits of fractions by three.
fn time_text(time: NaiveTime, seconds: bool) -> String {
    let mut text = time.format("%H:%M").to_string();
    if seconds || time.second() > 0 || time.nanosecond() > 0 {
        text.push_str(&time.format(":%S").to_string());
    }
    let nanos = time.nanosecond();
    if nanos > 0 {
        let digits = format!("{nanos:09}");
        let length = if nanos.is_multiple_of(1_000_000) {
            3
        } else if nanos.is_multiple_of(1_000) {
            6
        } else {
            9
        };
        text.push('.');
        text.push_str(&digits[..length]);
    }
    text
}

fn duration_text(span: Span) -> String {
    if span.is_zero() {
        return "PT0S".to_owned();
    }
    let nanos = span.subsec_nanos();
    let total = span.num_seconds();
    let (hours, minutes, seconds) = (total / 3600, total % 3600 / 60, total % 60);
    let mut text = "PT".to_owned();
    if hours != 0 {
        text.push_str(&format!("{hours}H"));
    }
    if minutes != 0 {
        text.push_str(&format!("{minutes}M"));
    }
    if seconds != 0 || nanos != 0 {
        let sign = if seconds < 0 || nanos < 0 { "-" } else { "" };
        let fraction = format!("{:09}", nanos.unsigned_abs());
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        text.push_str(&format!("{sign}{}{point}{fraction}S", seconds.abs()));
    }
    text
}
