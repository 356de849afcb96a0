//! `EXTRACT`: one field of a date, time or interval.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array};
use chrono::{Datelike, NaiveDate};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::TypeKind;

use super::point::{NANOS_PER_SECOND, Point, PointReader};
use crate::call::Call;
use crate::error::Result;
use crate::number::{as_integers, temporal_to_integers};

/// `extract(unit, value)`.
pub(super) fn extract(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let unit = call.symbol(0)?;
    let kind = call.types[1].kind.clone();
    match kind {
        TypeKind::IntervalYearMonth | TypeKind::IntervalDayTime => {
            let field = interval_field(&kind, &unit).ok_or_else(|| call.unsupported())?;
            Ok(call.with(Arc::new(move |values| {
                let numbers = as_integers(&values.array(1)?)?;
                let fields: Int64Array = arrow::compute::unary(&numbers, field);
                Ok(Arc::new(fields) as ArrayRef)
            })))
        }
        _ => {
            let reader = PointReader::of(&kind, call.context.time_zone).ok_or_else(|| call.unsupported())?;
            let field = point_field(&unit, &kind).ok_or_else(|| call.unsupported())?;
            Ok(call.with(Arc::new(move |values| {
                let numbers = temporal_to_integers(&values.array(1)?)?;
                let fields: Int64Array = numbers
                    .iter()
                    .map(|number| field(reader.point(number?)))
                    .collect();
                Ok(Arc::new(fields) as ArrayRef)
            })))
        }
    }
}

type PointField = fn(Point) -> Option<i64>;

fn point_field(unit: &str, kind: &TypeKind) -> Option<PointField> {
    let has_date = !matches!(kind, TypeKind::Time(_));
    let has_time = *kind != TypeKind::Date;
    let of_date: Option<PointField> = match unit {
        "MILLENNIUM" => Some(|point| year(point, |year| (year + 999).div_euclid(1000))),
        "CENTURY" => Some(|point| year(point, |year| (year + 99).div_euclid(100))),
        "DECADE" => Some(|point| year(point, |year| year.div_euclid(10))),
        "YEAR" => Some(|point| year(point, |year| year)),
        "QUARTER" => Some(|point| date(point, |date| (date.month0() / 3 + 1).into())),
        "MONTH" => Some(|point| date(point, |date| date.month().into())),
        "WEEK" => Some(|point| date(point, |date| date.iso_week().week().into())),
        "DAY" => Some(|point| date(point, |date| date.day().into())),
        "DOW" => Some(|point| date(point, |date| date.weekday().number_from_sunday().into())),
        "ISODOW" => Some(|point| date(point, |date| date.weekday().number_from_monday().into())),
        "DOY" => Some(|point| date(point, |date| date.ordinal().into())),
        "ISOYEAR" => Some(|point| date(point, |date| date.iso_week().year().into())),
        "EPOCH" => Some(|point| Some(point.seconds())),
        _ => None,
    };
    let of_time: Option<PointField> = match unit {
        "HOUR" => Some(|point| Some(point.nanos / NANOS_PER_SECOND / 3600)),
        "MINUTE" => Some(|point| Some(point.nanos / NANOS_PER_SECOND / 60 % 60)),
        "SECOND" => Some(|point| Some(point.nanos / NANOS_PER_SECOND % 60)),
        "MILLISECOND" => Some(|point| Some(point.nanos / 1_000_000 % 1_000)),
        "MICROSECOND" => Some(|point| Some(point.nanos / 1_000 % 1_000_000)),
        "NANOSECOND" => Some(|point| Some(point.nanos % NANOS_PER_SECOND)),
        _ => None,
    };
    match (of_date, of_time) {
        (Some(field), _) if has_date => Some(field),
        (_, Some(field)) if has_time => Some(field),
        // The start of the day.
        (_, Some(_)) if !matches!(unit, "MICROSECOND" | "NANOSECOND") => Some(|_| Some(0)),
        _ => None,
    }
}

fn date(point: Point, field: impl Fn(NaiveDate) -> i64) -> Option<i64> {
    Some(field(point.date()?))
}

fn year(point: Point, field: impl Fn(i64) -> i64) -> Option<i64> {
    Some(field(point.date()?.year().into()))
}

type IntervalField = fn(i64) -> i64;

/// The field of months or milliseconds.
fn interval_field(kind: &TypeKind, unit: &str) -> Option<IntervalField> {
    Some(match (kind, unit) {
        (TypeKind::IntervalYearMonth, "YEAR") => |months| months / 12,
        (TypeKind::IntervalYearMonth, "QUARTER") => |months| months % 12 / 3 + 1,
        (TypeKind::IntervalYearMonth, "MONTH") => |months| months % 12,
        (TypeKind::IntervalYearMonth, "DECADE") => |months| months / 120,
        (TypeKind::IntervalYearMonth, "CENTURY") => |months| months / 1200,
        (TypeKind::IntervalYearMonth, "MILLENNIUM") => |months| months / 12_000,
        (TypeKind::IntervalDayTime, "DAY") => |millis| millis / 86_400_000,
        (TypeKind::IntervalDayTime, "HOUR") => |millis| millis / 3_600_000 % 24,
        (TypeKind::IntervalDayTime, "MINUTE") => |millis| millis / 60_000 % 60,
        (TypeKind::IntervalDayTime, "SECOND") => |millis| millis / 1000 % 60,
        (TypeKind::IntervalDayTime, "MILLISECOND") => |millis| millis % 1000,
        _ => return None,
    })
}
