//! Casts between dates and times, reading them from text, and intervals as numbers.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Int64Array, PrimitiveArray};
use arrow::compute::unary;
use arrow::datatypes::{DurationMillisecondType, Int64Type, IntervalYearMonthType};
use chrono::{Datelike, NaiveDate};
use nutkin_plan::types::{LogicalType, TypeKind};

use super::numeric::{narrowing, to_int64};
use crate::function_expression::Kernel;
use crate::number::{as_integers, day_of_date, integers_to_temporal, temporal_to_integers};
use crate::time_zone::SessionTimeZone;

const NANOS_PER_SECOND: i128 = 1_000_000_000;
const NANOS_PER_DAY: i128 = 86_400 * NANOS_PER_SECOND;

/// The cast between two kinds of dates and times; instants have the fields of the session's time zone.
pub(super) fn kernel(from: &TypeKind, to: &TypeKind, zone: SessionTimeZone) -> Option<Kernel> {
    use TypeKind::{Date, Time, Timestamp, TimestampLtz};
    // Local times pass unchanged; an instant is made local first or a local time an instant last.
    let convert: fn(i128, SessionTimeZone) -> i128 = match (from, to) {
        (Timestamp(_) | Date | Time(_), Timestamp(_))
        | (TimestampLtz(_), TimestampLtz(_))
        | (Time(_), Time(_))
        | (Timestamp(_), Date) => |nanos, _| nanos,
        (Timestamp(_), Time(_)) => |nanos, _| nanos.rem_euclid(NANOS_PER_DAY),
        (TimestampLtz(_), Timestamp(_) | Date) => local_nanos,
        (TimestampLtz(_), Time(_)) => |nanos, zone| local_nanos(nanos, zone).rem_euclid(NANOS_PER_DAY),
        (Timestamp(_) | Date | Time(_), TimestampLtz(_)) => instant_nanos,
        _ => return None,
    };
    let (from_unit, to_unit) = (nanos_per_unit(from)?, nanos_per_unit(to)?);
    // Fraction digits beyond the precision are cut off.
    let kept = precision(to).map_or(1, |precision| 10_i128.pow(9 - u32::from(precision)));
    let target = LogicalType::nullable(to.clone()).to_arrow();
    Some(Arc::new(move |values| {
        let numbers = temporal_to_integers(&values.array(0)?)?;
        let converted: Int64Array = numbers.unary_opt(|number| {
            let nanos = convert(i128::from(number) * from_unit, zone);
            let cut = nanos.div_euclid(kept) * kept;
            i64::try_from(cut.div_euclid(to_unit)).ok()
        });
        integers_to_temporal(&converted, &target)
    }))
}

fn local_nanos(nanos: i128, zone: SessionTimeZone) -> i128 {
    moved(nanos, |seconds| zone.offset_seconds_at(seconds))
}

fn instant_nanos(nanos: i128, zone: SessionTimeZone) -> i128 {
    moved(nanos, |seconds| zone.instant_of_local(seconds) - seconds)
}

/// A time moved by some seconds that depend on it.
fn moved(nanos: i128, distance_seconds: impl Fn(i64) -> i64) -> i128 {
    // Instants and local times of all precisions fit 64 bits as seconds.
    i64::try_from(nanos.div_euclid(NANOS_PER_SECOND)).map_or(nanos, |seconds| {
        nanos + i128::from(distance_seconds(seconds)) * NANOS_PER_SECOND
    })
}

fn precision(kind: &TypeKind) -> Option<u8> {
    match kind {
        TypeKind::Time(precision) | TypeKind::Timestamp(precision) | TypeKind::TimestampLtz(precision) => {
            Some(*precision)
        }
        _ => None,
    }
}

fn nanos_per_unit(kind: &TypeKind) -> Option<i128> {
    match kind {
        TypeKind::Date => Some(NANOS_PER_DAY),
        other => precision(other).map(unit_of),
    }
}

/// Nanoseconds of the unit in which a precision is carried.
fn unit_of(precision: u8) -> i128 {
    match precision {
        0 => NANOS_PER_SECOND,
        1..=3 => 1_000_000,
        4..=6 => 1_000,
        _ => 1,
    }
}

/// Units in a second of the Arrow type that carries this precision.
pub(super) fn units_per_second(precision: u8) -> i64 {
    match precision {
        0 => 1,
        1..=3 => 1_000,
        4..=6 => 1_000_000,
        _ => 1_000_000_000,
    }
}

/// Months or milliseconds as a number.
pub(super) fn interval_to_number(to: &TypeKind) -> Option<Kernel> {
    let narrow = narrowing(to)?;
    Some(Arc::new(move |values| {
        narrow(&(Arc::new(as_integers(&values.array(0)?)?) as ArrayRef))
    }))
}

/// A number as months or milliseconds.
pub(super) fn number_to_interval(to: &TypeKind) -> Option<Kernel> {
    let months = *to == TypeKind::IntervalYearMonth;
    Some(Arc::new(move |values| {
        let numbers = to_int64(&values.array(0)?)?;
        let numbers = numbers.as_primitive::<Int64Type>();
        Ok(if months {
            let interval: PrimitiveArray<IntervalYearMonthType> = unary(numbers, |months| months as i32);
            Arc::new(interval) as ArrayRef
        } else {
            let interval: PrimitiveArray<DurationMillisecondType> = unary(numbers, |millis| millis);
            Arc::new(interval)
        })
    }))
}

/// `yyyy[-M[-d]]`, with a time behind it ignored, as a day counted from 1970-01-01.
pub(crate) fn parse_date(text: &str) -> Option<i64> {
    let text = text.trim();
    let date = text.split(' ').next()?;
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map_or(Some(1), |part| number(part, 2))?;
    let day = parts.next().map_or(Some(1), |part| number(part, 2))?;
    if parts.next().is_some() {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(year).ok()?,
        u32::try_from(month).ok()?,
        u32::try_from(day).ok()?,
    )?;
    Some(day_of_date(date))
}

/// `H[:m[:s[.fraction]]]`, in units of the precision.
pub(super) fn parse_time(text: &str, precision: u8) -> Option<i64> {
    let nanos = nanos_of_day(text.trim())?;
    Some(in_units(nanos, precision))
}

/// `yyyy-MM-dd[ HH:mm:ss[.fraction]]`, with a space or `T` between, in units of the precision.
pub(crate) fn parse_timestamp(text: &str, precision: u8) -> Option<i64> {
    let (date, time) = match text.split_once(' ') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let first = NaiveDate::from_ymd_opt(
        i32::try_from(number(year, 4)?).ok()?,
        u32::try_from(number(month, 2)?).ok()?,
        1,
    )?;
    let day = u32::try_from(number(day, 2)?)
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    // A day that the month does not have is its last one.
    let date = first.with_day(day.min(u32::from(first.num_days_in_month())))?;
    let day = i128::from(day_of_date(date));
    let nanos = match time {
        None => 0,
        // The end of a day is the start of the next one.
        Some(time) if time.trim_end_matches('0').trim_end_matches('.') == "24:00:" => NANOS_PER_DAY,
        Some(time) if time.matches(':').count() == 2 && fraction_of(time).len() <= 9 => nanos_of_day(time)?,
        Some(_) => return None,
    };
    let total = day * NANOS_PER_DAY + nanos;
    let kept = 10_i128.pow(9 - u32::from(precision));
    i64::try_from((total.div_euclid(kept) * kept).div_euclid(unit_of(precision))).ok()
}

fn in_units(nanos: i128, precision: u8) -> i64 {
    let kept = 10_i128.pow(9 - u32::from(precision));
    (nanos.div_euclid(kept) * kept).div_euclid(unit_of(precision)) as i64
}

fn nanos_of_day(text: &str) -> Option<i128> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = clock.split(':');
    let hour = number(parts.next()?, 2)?;
    let minute = parts.next().map_or(Some(0), |part| number(part, 2))?;
    let second = parts.next().map_or(Some(0), |part| number(part, 2))?;
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: i128 = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    Some(i128::from(hour * 3600 + minute * 60 + second) * NANOS_PER_SECOND + fraction)
}

fn fraction_of(time: &str) -> &str {
    time.split_once('.').map_or("", |(_, fraction)| fraction)
}

/// One to `most` digits.
fn number(text: &str, most: usize) -> Option<i64> {
    let digits = !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}
