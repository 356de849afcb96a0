//! `DATE_FORMAT`, `TO_DATE` and `TO_TIMESTAMP`.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringArray};
use chrono::NaiveDate;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::TypeKind;

use super::date_time_formatter::DateTimeFormatter;
use super::point::{NANOS_PER_SECOND, Point, PointReader};
use super::simple_date_format::SimpleDateFormat;
use crate::call::Call;
use crate::cast::{parse_date, parse_timestamp};
use crate::error::Result;
use crate::number::{day_of_date, integers_to_temporal, temporal_to_integers};
use crate::time_zone::SessionTimeZone;

/// The pattern that strings are read by where none is given.
pub(super) const DEFAULT_PATTERN: &str = "yyyy-MM-dd HH:mm:ss";

/// A pattern that was compiled for the row before.
pub(super) struct Compiled<T> {
    compile: fn(&str) -> Result<T>,
    last: Option<(String, T)>,
}

impl<T> Compiled<T> {
    /// Nothing is compiled yet.
    pub(super) fn new(compile: fn(&str) -> Result<T>) -> Self {
        Self { compile, last: None }
    }

    /// The compiled pattern.
    pub(super) fn get(&mut self, pattern: &str) -> Result<&T> {
        let compiled = match self.last.take() {
            Some((known, compiled)) if known == pattern => compiled,
            _ => (self.compile)(pattern)?,
        };
        Ok(&self.last.insert((pattern.to_owned(), compiled)).1)
    }
}

/// The values of two columns of strings in rows where both have one.
pub(super) fn pair<'a>(
    left: &'a StringArray,
    right: &'a StringArray,
    row: usize,
) -> Option<(&'a str, &'a str)> {
    (left.is_valid(row) && right.is_valid(row)).then(|| (left.value(row), right.value(row)))
}

/// `dateFormat(timestamp or string, pattern)`.
pub(super) fn date_format(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    if let Some(reader) = PointReader::of(&call.types[0].kind, call.context.time_zone) {
        return Ok(call.with(Arc::new(move |values| {
            let points = temporal_to_integers(&values.array(0)?)?;
            let patterns = values.array(1)?;
            let mut compiled = Compiled::new(DateTimeFormatter::of_pattern);
            let texts: StringArray = points
                .iter()
                .zip(patterns.as_string::<i32>())
                .map(|(point, pattern)| {
                    let (Some(point), Some(pattern)) = (point, pattern) else {
                        return Ok(None);
                    };
                    compiled.get(pattern)?.format(reader.point(point)).map(Some)
                })
                .collect::<Result<_>>()?;
            Ok(Arc::new(texts) as ArrayRef)
        })));
    }
    Ok(call.with(Arc::new(|values| {
        let (texts, patterns) = (values.array(0)?, values.array(1)?);
        let (texts, patterns) = (texts.as_string::<i32>(), patterns.as_string::<i32>());
        let from = SimpleDateFormat::of_pattern(DEFAULT_PATTERN)?;
        let mut compiled = Compiled::new(SimpleDateFormat::of_pattern);
        let formatted: StringArray = (0..values.rows())
            .map(|row| {
                let Some((text, pattern)) = pair(texts, patterns, row) else {
                    return Ok(None);
                };
                let to = compiled.get(pattern)?;
                let millis = from.parse(text, &SessionTimeZone::UTC);
                Ok(millis.map(|millis| to.format(millis, &SessionTimeZone::UTC)))
            })
            .collect::<Result<_>>()?;
        Ok(Arc::new(formatted) as ArrayRef)
    })))
}

/// What Flink's integer arithmetic makes of a text that it could not read: it takes
/// `Long.MIN_VALUE` milliseconds for the date.
const UNREADABLE_DAY: i64 = 1_278_983;

/// `toDate(string)` and `toDate(string, pattern)`.
pub(super) fn to_date(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    let has_pattern = call.arguments.len() > 1;
    Ok(call.with(Arc::new(move |values| {
        let texts = values.array(0)?;
        let texts = texts.as_string::<i32>();
        if !has_pattern {
            let days: Int64Array = texts.iter().map(|text| parse_date(text?)).collect();
            return integers_to_temporal(&days, &target);
        }
        let patterns = values.array(1)?;
        let patterns = patterns.as_string::<i32>();
        let mut compiled = Compiled::new(SimpleDateFormat::of_pattern);
        let days: Int64Array = (0..values.rows())
            .map(|row| {
                let Some((text, pattern)) = pair(texts, patterns, row) else {
                    return Ok(None);
                };
                let millis = compiled.get(pattern)?.parse(text, &SessionTimeZone::UTC);
                Ok(Some(
                    millis.map_or(UNREADABLE_DAY, |millis| millis.div_euclid(86_400_000)),
                ))
            })
            .collect::<Result<_>>()?;
        integers_to_temporal(&days, &target)
    })))
}

/// `toTimestamp(string)` and `toTimestamp(string, pattern)`.
pub(super) fn to_timestamp(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    let has_pattern = call.arguments.len() > 1;
    let TypeKind::Timestamp(precision) = call.result.kind else {
        return Err(call.unsupported());
    };
    Ok(call.with(Arc::new(move |values| {
        let texts = values.array(0)?;
        let texts = texts.as_string::<i32>();
        let numbers: Int64Array = if has_pattern {
            let patterns = values.array(1)?;
            let patterns = patterns.as_string::<i32>();
            let mut compiled = Compiled::new(DateTimeFormatter::of_pattern);
            (0..values.rows())
                .map(|row| {
                    let Some((text, pattern)) = pair(texts, patterns, row) else {
                        return Ok(None);
                    };
                    Ok(by_pattern(compiled.get(pattern)?, text).map(Point::millis))
                })
                .collect::<Result<_>>()?
        } else {
            texts
                .iter()
                .map(|text| parse_timestamp(text?, precision))
                .collect()
        };
        integers_to_temporal(&numbers, &target)
    })))
}

/// Reads a text by a pattern, or else as `java.sql.Timestamp` or `java.sql.Date` would.
pub(super) fn by_pattern(formatter: &DateTimeFormatter, text: &str) -> Option<Point> {
    formatter.parse(text).or_else(|| java_sql(text.trim()))
}

/// `java.sql.Timestamp.valueOf` and `java.sql.Date.valueOf`, which carry fields over.
fn java_sql(text: &str) -> Option<Point> {
    let (date, time) = match text.split_once(' ') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let number = |text: &str| -> Option<i64> {
        (!text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse().ok())?
    };
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let day = number(day).filter(|day| (1..=31).contains(day))?;
    let first = NaiveDate::from_ymd_opt(
        i32::try_from(number(year)?).ok()?,
        u32::try_from(number(month)?).ok()?,
        1,
    )?;
    let start = Point {
        day: day_of_date(first) + day - 1,
        nanos: 0,
    };
    let Some(time) = time else { return Some(start) };
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = clock.split(':');
    let (hour, minute, second) = (
        number(parts.next()?)?,
        number(parts.next()?)?,
        number(parts.next()?)?,
    );
    if parts.next().is_some() || fraction.len() > 9 {
        return None;
    }
    let nanos = number(&format!("{fraction:0<9}"))?;
    let seconds = i128::from(hour * 3600 + minute * 60 + second);
    start.plus_nanos(seconds * i128::from(NANOS_PER_SECOND) + i128::from(nanos))
}
