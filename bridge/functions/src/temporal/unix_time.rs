//! Seconds since 1970, and texts of other zones: `FROM_UNIXTIME`, `UNIX_TIMESTAMP`, `CONVERT_TZ`,
//! `TO_TIMESTAMP_LTZ`.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringArray};
use arrow::datatypes::{Float64Type, Int64Type};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::date_time_formatter::DateTimeFormatter;
use super::parsing::{Compiled, DEFAULT_PATTERN, by_pattern, pair};
use super::point::Point;
use super::simple_date_format::SimpleDateFormat;
use crate::call::Call;
use crate::cast::parse_timestamp;
use crate::context::now_millis;
use crate::error::Result;
use crate::number::integers_to_temporal;
use crate::time_zone::SessionTimeZone;

const BIGINT: LogicalType = LogicalType::nullable(TypeKind::BigInt);

/// A column of patterns, or the default one for every row.
fn patterns(column: Option<ArrayRef>, rows: usize) -> StringArray {
    match column {
        Some(column) => column.as_string::<i32>().clone(),
        None => StringArray::from(vec![DEFAULT_PATTERN; rows]),
    }
}

/// `fromUnixtime(seconds[, pattern])`.
pub(super) fn from_unixtime(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    call.cast_argument(0, &BIGINT)?;
    let zone = call.context.time_zone;
    Ok(call.with(Arc::new(move |values| {
        let seconds = values.array(0)?;
        let column = if values.count() > 1 {
            Some(values.array(1)?)
        } else {
            None
        };
        let patterns = patterns(column, values.rows());
        let mut compiled = Compiled::new(SimpleDateFormat::of_pattern);
        let texts: StringArray = seconds
            .as_primitive::<Int64Type>()
            .iter()
            .zip(&patterns)
            .map(|(seconds, pattern)| {
                let (Some(seconds), Some(pattern)) = (seconds, pattern) else {
                    return Ok(None);
                };
                Ok(Some(
                    compiled.get(pattern)?.format(seconds.wrapping_mul(1000), &zone),
                ))
            })
            .collect::<Result<_>>()?;
        Ok(Arc::new(texts) as ArrayRef)
    })))
}

/// `unixTimestamp()` and `unixTimestamp(text[, pattern])`; a text that cannot be read is the smallest
/// number.
pub(super) fn unix_timestamp(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let context = call.context;
    if call.arguments.is_empty() {
        return Ok(call.with_volatile(Arc::new(move |values| {
            let now = match context.mode {
                crate::ExecutionMode::Batch => context.query_start_millis,
                crate::ExecutionMode::Streaming => now_millis(),
            };
            Ok(Arc::new(Int64Array::from(vec![now.div_euclid(1000); values.rows()])) as ArrayRef)
        })));
    }
    let zone = context.time_zone;
    Ok(call.with(Arc::new(move |values| {
        let texts = values.array(0)?;
        let column = if values.count() > 1 {
            Some(values.array(1)?)
        } else {
            None
        };
        let patterns = patterns(column, values.rows());
        let mut compiled = Compiled::new(SimpleDateFormat::of_pattern);
        let seconds: Int64Array = (0..values.rows())
            .map(|row| {
                let Some((text, pattern)) = pair(texts.as_string::<i32>(), &patterns, row) else {
                    return Ok(None);
                };
                let millis = compiled.get(pattern)?.parse(text, &zone);
                Ok(Some(millis.map_or(i64::MIN, |millis| millis / 1000)))
            })
            .collect::<Result<_>>()?;
        Ok(Arc::new(seconds) as ArrayRef)
    })))
}

/// `convertTz(text, from, to)`. An unknown zone is GMT, as for `java.util.TimeZone`.
pub(super) fn convert_tz(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let (texts, from, to) = (values.array(0)?, values.array(1)?, values.array(2)?);
        let format = SimpleDateFormat::of_pattern(DEFAULT_PATTERN)?;
        let zone = |name: &str| SessionTimeZone::find(name).unwrap_or(SessionTimeZone::UTC);
        let converted: StringArray = (0..values.rows())
            .map(|row| {
                let (text, from) = pair(texts.as_string::<i32>(), from.as_string::<i32>(), row)?;
                let to = to.as_string::<i32>();
                if to.is_null(row) {
                    return None;
                }
                let millis = format.parse(text, &zone(from))?;
                Some(format.format(millis, &zone(to.value(row))))
            })
            .collect();
        Ok(Arc::new(converted) as ArrayRef)
    })))
}

/// `TO_TIMESTAMP_LTZ(number[, precision])` and `TO_TIMESTAMP_LTZ(text[, pattern[, zone]])`.
pub(super) fn to_timestamp_ltz(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let target = call.result.to_arrow();
    let TypeKind::TimestampLtz(precision) = call.result.kind else {
        return Err(call.unsupported());
    };
    if matches!(call.types[0].kind, TypeKind::Char(_) | TypeKind::VarChar(_)) {
        return Ok(call.with(Arc::new(move |values| {
            let texts = values.array(0)?;
            let texts = texts.as_string::<i32>();
            let patterns = if values.count() > 1 {
                Some(values.array(1)?)
            } else {
                None
            };
            let zones = if values.count() > 2 {
                Some(values.array(2)?)
            } else {
                None
            };
            let mut compiled = Compiled::new(DateTimeFormatter::of_pattern);
            let numbers: Int64Array = (0..values.rows())
                .map(|row| {
                    let Some(patterns) = &patterns else {
                        return Ok(texts
                            .is_valid(row)
                            .then(|| parse_timestamp(texts.value(row), precision))
                            .flatten());
                    };
                    let Some((text, pattern)) = pair(texts, patterns.as_string::<i32>(), row) else {
                        return Ok(None);
                    };
                    let zone = match zones.as_ref().map(|zones| zones.as_string::<i32>()) {
                        Some(zones) if zones.is_null(row) => return Ok(None),
                        Some(zones) => match SessionTimeZone::find(zones.value(row)) {
                            Some(zone) => zone,
                            None => return Ok(None),
                        },
                        None => SessionTimeZone::UTC,
                    };
                    let local = by_pattern(compiled.get(pattern)?, text).map(Point::millis);
                    Ok(local.map(|local| zone.to_instant(local, 1000)))
                })
                .collect::<Result<_>>()?;
            integers_to_temporal(&numbers, &target)
        })));
    }
    let floating = matches!(call.types[0].kind, TypeKind::Float | TypeKind::Double);
    call.cast_argument(
        0,
        &if floating {
            LogicalType::nullable(TypeKind::Double)
        } else {
            BIGINT
        },
    )?;
    if call.arguments.len() > 1 {
        call.cast_argument(1, &BIGINT)?;
    }
    // Units of the result's column in a second.
    let result_units = match precision {
        0 => 1,
        1..=3 => 1_000,
        4..=6 => 1_000_000,
        _ => 1_000_000_000_i64,
    };
    Ok(call.with(Arc::new(move |values| {
        let numbers = values.array(0)?;
        let digits = if values.count() > 1 {
            Some(values.array(1)?)
        } else {
            None
        };
        let converted: Int64Array = (0..values.rows())
            .map(|row| {
                let digits = match &digits {
                    Some(digits) if digits.is_null(row) => return None,
                    Some(digits) => digits.as_primitive::<Int64Type>().value(row),
                    None => 3,
                };
                let digits = u32::try_from(digits).ok().filter(|digits| *digits <= 9)?;
                if numbers.is_null(row) {
                    return None;
                }
                let units = 10_i64.pow(digits);
                if floating {
                    let number = numbers.as_primitive::<Float64Type>().value(row);
                    let moved = number * (result_units as f64) / (units as f64);
                    return moved.is_finite().then_some(moved.floor() as i64);
                }
                let number = i128::from(numbers.as_primitive::<Int64Type>().value(row));
                let moved = (number * i128::from(result_units)).div_euclid(i128::from(units));
                i64::try_from(moved).ok()
            })
            .collect();
        integers_to_temporal(&converted, &target)
    })))
}
