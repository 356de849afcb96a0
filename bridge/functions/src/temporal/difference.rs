//! `TIMESTAMPDIFF(unit, from, to)`: whole units between two points.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int32Array};
use chrono::Datelike;
use datafusion_physical_expr::PhysicalExpr;

use super::point::{NANOS_PER_DAY, Point, PointReader};
use super::shifting::Step;
use crate::call::Call;
use crate::error::Result;
use crate::number::temporal_to_integers;

/// `timestampDiff(unit, from, to)`.
pub(super) fn timestamp_diff(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let unit = call.symbol(0)?;
    let zone = call.context.time_zone;
    let (Some(step), Some(from), Some(to)) = (
        Step::of(&unit),
        PointReader::of(&call.types[1].kind, zone),
        PointReader::of(&call.types[2].kind, zone),
    ) else {
        return Err(call.unsupported());
    };
    Ok(call.with(Arc::new(move |values| {
        let (starts, ends) = (
            temporal_to_integers(&values.array(1)?)?,
            temporal_to_integers(&values.array(2)?)?,
        );
        let result: Int32Array = starts
            .iter()
            .zip(&ends)
            .map(|(start, end)| {
                let (start, end) = (from.point(start?), to.point(end?));
                let units = match step {
                    Step::Months(months) => months_between(start, end)? / months,
                    Step::Nanos(nanos) => {
                        i64::try_from(nanos_between(start, end) / i128::from(nanos)).ok()?
                    }
                };
                // Java narrows a long to an int.
                Some(units as i32)
            })
            .collect();
        Ok(Arc::new(result) as ArrayRef)
    })))
}

fn nanos_between(start: Point, end: Point) -> i128 {
    i128::from(end.day - start.day) * i128::from(NANOS_PER_DAY) + i128::from(end.nanos - start.nanos)
}

/// Whole months from one point to another; towards zero.
fn months_between(start: Point, end: Point) -> Option<i64> {
    if end < start {
        return months_between(end, start).map(|months| -months);
    }
    let (first, last) = (start.date()?, end.date()?);
    let mut months =
        i64::from(last.year() - first.year()) * 12 + i64::from(last.month()) - i64::from(first.month());
    if start.plus_months(months)? > end {
        months -= 1;
    }
    Some(months)
}
