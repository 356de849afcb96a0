//! `TIMESTAMPADD(unit, n, x)`.

use std::sync::Arc;

use arrow::array::{AsArray, Int64Array};
use arrow::datatypes::Int64Type;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::point::{NANOS_PER_DAY, NANOS_PER_SECOND, PointReader};
use crate::call::Call;
use crate::error::Result;
use crate::number::{integers_to_temporal, temporal_to_integers};

/// What a unit counts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// Months.
    Months(i64),
    /// Nanoseconds.
    Nanos(i64),
}

impl Step {
    /// The step of a unit.
    pub(super) fn of(unit: &str) -> Option<Self> {
        Some(match unit {
            "YEAR" => Self::Months(12),
            "QUARTER" => Self::Months(3),
            "MONTH" => Self::Months(1),
            "WEEK" => Self::Nanos(7 * NANOS_PER_DAY),
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

/// `timestampAdd(unit, count, point)`.
pub(super) fn timestamp_add(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let unit = call.symbol(0)?;
    call.cast_argument(1, &LogicalType::nullable(TypeKind::BigInt))?;
    let result = call.result.clone();
    call.cast_argument(2, &result)?;
    let zone = call.context.time_zone;
    let (Some(step), Some(reader)) = (Step::of(&unit), PointReader::of(&result.kind, zone)) else {
        return Err(call.unsupported());
    };
    // Instants move on the time line, not on the clock, except by months.
    let on_time_line =
        PointReader::of(&result.kind, crate::time_zone::SessionTimeZone::UTC).unwrap_or(reader);
    let is_time = matches!(result.kind, TypeKind::Time(_));
    Ok(call.with(Arc::new(move |values| {
        let counts = values.array(1)?;
        let column = values.array(2)?;
        let numbers: Int64Array = temporal_to_integers(&column)?
            .iter()
            .zip(counts.as_primitive::<Int64Type>())
            .map(|(number, count)| {
                let (number, count) = (number?, count?);
                match step {
                    Step::Months(months) => {
                        let moved = reader.point(number).plus_months(count.checked_mul(months)?)?;
                        reader.number(moved)
                    }
                    Step::Nanos(nanos) => {
                        let distance = i128::from(count) * i128::from(nanos);
                        let mut moved = on_time_line.point(number).plus_nanos(distance)?;
                        if is_time {
                            moved.day = 0;
                        }
                        on_time_line.number(moved)
                    }
                }
            })
            .collect();
        integers_to_temporal(&numbers, column.data_type())
    })))
}
