//! `(a, b) OVERLAPS (c, d)`.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::TypeKind;

use super::point::{Point, PointReader};
use crate::call::Call;
use crate::error::Result;
use crate::number::{as_integers, temporal_to_integers};

#[derive(Debug, Clone, Copy)]
enum End {
    Point(PointReader),
    Months,
    Millis,
}

/// `temporalOverlaps(start, end or interval, start, end or interval)`.
pub(super) fn overlaps(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let zone = call.context.time_zone;
    let reader = |index: usize| PointReader::of(&call.types[index].kind, zone);
    let end = |index: usize| match call.types[index].kind {
        TypeKind::IntervalYearMonth => Some(End::Months),
        TypeKind::IntervalDayTime => Some(End::Millis),
        _ => reader(index).map(End::Point),
    };
    let (Some(left), Some(left_end), Some(right), Some(right_end)) = (reader(0), end(1), reader(2), end(3))
    else {
        return Err(call.unsupported());
    };
    Ok(call.with(Arc::new(move |values| {
        let mut columns = Vec::with_capacity(4);
        for (index, end) in [None, Some(left_end), None, Some(right_end)]
            .into_iter()
            .enumerate()
        {
            let column = values.array(index)?;
            columns.push(match end {
                Some(End::Months | End::Millis) => as_integers(&column)?,
                _ => temporal_to_integers(&column)?,
            });
        }
        let value = |column: usize, row: usize| {
            use arrow::array::Array;
            columns[column].is_valid(row).then(|| columns[column].value(row))
        };
        let result: BooleanArray = (0..values.rows())
            .map(|row| {
                let (start, end) = period(left, left_end, value(0, row)?, value(1, row)?)?;
                let (other_start, other_end) = period(right, right_end, value(2, row)?, value(3, row)?)?;
                Some(end >= other_start && other_end >= start)
            })
            .collect();
        Ok(Arc::new(result) as ArrayRef)
    })))
}

/// Start and end in order.
fn period(reader: PointReader, end: End, start: i64, other: i64) -> Option<(Point, Point)> {
    let start = reader.point(start);
    let end = match end {
        End::Point(reader) => reader.point(other),
        End::Months => start.plus_months(other)?,
        End::Millis => start.plus_nanos(i128::from(other) * 1_000_000)?,
    };
    Some(if start <= end { (start, end) } else { (end, start) })
}
