//! `FLOOR(x TO unit)` and `CEIL(x TO unit)`.

use std::sync::Arc;

use arrow::array::Int64Array;
use chrono::{Datelike, NaiveDate};
use datafusion_physical_expr::PhysicalExpr;

use nutkin_plan::types::TypeKind;

use super::point::{NANOS_PER_DAY, NANOS_PER_SECOND, Point, PointReader};
use crate::call::Call;
use crate::error::Result;
use crate::number::{integers_to_temporal, temporal_to_integers};

/// `floor(value, unit)`.
pub(crate) fn floor(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    round(call, start_of)
}

/// `ceil(value, unit)`.
pub(crate) fn ceil(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    round(call, |point, unit| {
        // As in Flink, the time of day does not count for units of more than a day.
        let point = match unit {
            Unit::Nanos(_) => point,
            _ => Point { nanos: 0, ..point },
        };
        let start = start_of(point, unit)?;
        if start == point {
            Some(start)
        } else {
            next(start, unit)
        }
    })
}

fn round(call: Call<'_>, rounded: fn(Point, Unit) -> Option<Point>) -> Result<Arc<dyn PhysicalExpr>> {
    let unit = call.symbol(1)?;
    let is_part_of_day = matches!(Unit::of(&unit), Some(Unit::Nanos(length)) if length < NANOS_PER_DAY);
    if matches!(call.types[0].kind, TypeKind::Time(_)) && !is_part_of_day {
        return Err(call.unsupported());
    }
    let (Some(unit), Some(reader)) = (
        Unit::of(&unit),
        PointReader::of(&call.types[0].kind, call.context.time_zone),
    ) else {
        return Err(call.unsupported());
    };
    Ok(call.with(Arc::new(move |values| {
        let column = values.array(0)?;
        let numbers: Int64Array = temporal_to_integers(&column)?
            .iter()
            .map(|number| reader.number(rounded(reader.point(number?), unit)?))
            .collect();
        integers_to_temporal(&numbers, column.data_type())
    })))
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    /// Years in the unit, and the year that one of them starts with.
    Years(i32, i32),
    Months(u32),
    Week,
    Nanos(i64),
}

impl Unit {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "MILLENNIUM" => Self::Years(1000, 1),
            "CENTURY" => Self::Years(100, 1),
            "DECADE" => Self::Years(10, 0),
            "YEAR" => Self::Years(1, 0),
            "QUARTER" => Self::Months(3),
            "MONTH" => Self::Months(1),
            "WEEK" => Self::Week,
            "DAY" => Self::Nanos(NANOS_PER_DAY),
            "HOUR" => Self::Nanos(3600 * NANOS_PER_SECOND),
            "MINUTE" => Self::Nanos(60 * NANOS_PER_SECOND),
            "SECOND" => Self::Nanos(NANOS_PER_SECOND),
            "MILLISECOND" => Self::Nanos(1_000_000),
            "MICROSECOND" => Self::Nanos(1_000),
            "NANOSECOND" => Self::Nanos(1),
            _ => return None,
        })
    }
}

fn start_of(point: Point, unit: Unit) -> Option<Point> {
    Some(match unit {
        Unit::Years(length, first) => {
            let year = point.date()?.year();
            let start = (year - first).div_euclid(length) * length + first;
            Point::of_date(NaiveDate::from_ymd_opt(start, 1, 1)?)
        }
        Unit::Months(length) => {
            let date = point.date()?;
            let month = date.month0() / length * length + 1;
            Point::of_date(NaiveDate::from_ymd_opt(date.year(), month, 1)?)
        }
        Unit::Week => Point {
            // Weeks begin on Sunday; 1970-01-01 was a Thursday.
            day: point.day - (point.day + 4).rem_euclid(7),
            nanos: 0,
        },
        Unit::Nanos(length) => Point {
            day: point.day,
            nanos: point.nanos / length * length,
        },
    })
}

fn next(start: Point, unit: Unit) -> Option<Point> {
    match unit {
        Unit::Years(length, _) => start.plus_months(i64::from(length) * 12),
        Unit::Months(length) => start.plus_months(i64::from(length)),
        Unit::Week => start.plus_nanos(7 * i128::from(NANOS_PER_DAY)),
        Unit::Nanos(length) => start.plus_nanos(i128::from(length)),
    }
}
