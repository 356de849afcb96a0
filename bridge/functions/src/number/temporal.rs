//! Intervals, and dates and times moved by them.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Date32Array, Int64Array, PrimitiveArray};
use arrow::compute::{binary, cast};
use arrow::datatypes::{DataType, DurationMillisecondType, Int64Type, IntervalYearMonthType, TimeUnit};
use chrono::{DateTime, Days, Months, NaiveDate};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::arithmetic::Operation;
use crate::call::Call;
use crate::error::{FunctionError, Result};
use crate::function_expression::Kernel;

const MILLIS_PER_DAY: i64 = 86_400_000;

/// An interval and an interval, or an interval and an integer.
pub(super) fn intervals(mut call: Call<'_>, operation: Operation) -> Result<Arc<dyn PhysicalExpr>> {
    let interval = |kind: &TypeKind| matches!(kind, TypeKind::IntervalYearMonth | TypeKind::IntervalDayTime);
    let integer = |kind: &TypeKind| {
        matches!(
            kind,
            TypeKind::TinyInt | TypeKind::SmallInt | TypeKind::Int | TypeKind::BigInt
        )
    };
    let both_intervals = call.types[0].kind == call.types[1].kind && interval(&call.types[0].kind);
    let scaled = match operation {
        Operation::Times => {
            interval(&call.types[0].kind) && integer(&call.types[1].kind)
                || integer(&call.types[0].kind) && interval(&call.types[1].kind)
        }
        Operation::Divide => interval(&call.types[0].kind) && integer(&call.types[1].kind),
        _ => false,
    };
    let sum = both_intervals && matches!(operation, Operation::Plus | Operation::Minus);
    if !sum && !scaled {
        return Err(call.unsupported());
    }
    let bigint = LogicalType::nullable(TypeKind::BigInt);
    for index in 0..2 {
        if integer(&call.types[index].kind) {
            call.cast_argument(index, &bigint)?;
        }
    }
    let months = call.result.kind == TypeKind::IntervalYearMonth;
    Ok(call.with(Arc::new(move |values| {
        let left = as_integers(&values.array(0)?)?;
        let right = as_integers(&values.array(1)?)?;
        let result: Int64Array = match operation {
            Operation::Plus => binary(&left, &right, i64::wrapping_add)?,
            Operation::Minus => binary(&left, &right, i64::wrapping_sub)?,
            Operation::Times => binary(&left, &right, i64::wrapping_mul)?,
            _ => {
                if right.iter().flatten().any(|divisor| divisor == 0) {
                    return Err(FunctionError::division_by_zero());
                }
                arrow::compute::try_binary(&left, &right, |left, right| Ok(left.wrapping_div(right)))?
            }
        };
        Ok(if months {
            let narrow: PrimitiveArray<IntervalYearMonthType> =
                arrow::compute::unary(&result, |months| months as i32);
            Arc::new(narrow) as ArrayRef
        } else {
            let millis: PrimitiveArray<DurationMillisecondType> =
                arrow::compute::unary(&result, |millis| millis);
            Arc::new(millis)
        })
    })))
}

/// Months, milliseconds or numbers as 64-bit integers.
pub(crate) fn as_integers(array: &ArrayRef) -> Result<Int64Array> {
    Ok(match array.data_type() {
        DataType::Interval(_) => {
            arrow::compute::unary(array.as_primitive::<IntervalYearMonthType>(), i64::from)
        }
        _ => cast(array, &DataType::Int64)?.as_primitive::<Int64Type>().clone(),
    })
}

/// A date or time plus or minus an interval.
pub(super) fn shift(mut call: Call<'_>, operation: Operation) -> Result<Arc<dyn PhysicalExpr>> {
    let interval = |kind: &TypeKind| matches!(kind, TypeKind::IntervalYearMonth | TypeKind::IntervalDayTime);
    let sign: i64 = match operation {
        Operation::Plus => 1,
        Operation::Minus => -1,
        _ => return Err(call.unsupported()),
    };
    if interval(&call.types[0].kind) && operation == Operation::Plus {
        call.types.swap(0, 1);
        call.arguments.swap(0, 1);
    }
    if call.types[0].kind != call.result.kind || !interval(&call.types[1].kind) {
        return Err(call.unsupported());
    }
    let months = call.types[1].kind == TypeKind::IntervalYearMonth;
    let kernel = match (&call.result.kind, months) {
        (TypeKind::Date, false) => {
            move_column(move |days, millis| days.checked_add(sign.checked_mul(millis / MILLIS_PER_DAY)?))
        }
        (TypeKind::Date, true) => move_column(move |days, months| {
            let date = add_months(date_of_day(days)?, sign.checked_mul(months)?)?;
            Some(day_of_date(date))
        }),
        (TypeKind::Time(precision), false) => {
            let unit = units_per_second(*precision);
            let day = 86_400 * unit;
            move_column(move |time, millis| {
                // Times stay within the day.
                Some((time + sign * (millis % MILLIS_PER_DAY) * unit / 1000).rem_euclid(day))
            })
        }
        (TypeKind::Timestamp(precision) | TypeKind::TimestampLtz(precision), false) => {
            let unit = units_per_second(*precision);
            move_column(move |time, millis| {
                let moved = i128::from(millis) * i128::from(unit) / 1000 * i128::from(sign);
                i64::try_from(i128::from(time) + moved).ok()
            })
        }
        (TypeKind::Timestamp(precision) | TypeKind::TimestampLtz(precision), true) => {
            let unit = units_per_second(*precision);
            let day = 86_400 * unit;
            move_column(move |time, months| {
                let date = date_of_day(time.div_euclid(day))?;
                let date = add_months(date, sign.checked_mul(months)?)?;
                day_of_date(date)
                    .checked_mul(day)?
                    .checked_add(time.rem_euclid(day))
            })
        }
        _ => return Err(call.unsupported()),
    };
    Ok(call.with(kernel))
}

/// Units in a second of the Arrow type that carries this precision.
fn units_per_second(precision: u8) -> i64 {
    match precision {
        0 => 1,
        1..=3 => 1_000,
        4..=6 => 1_000_000,
        _ => 1_000_000_000,
    }
}

/// Applies a move to the numbers behind a column of dates or times; a result out of range is NULL.
fn move_column(function: impl Fn(i64, i64) -> Option<i64> + Send + Sync + 'static) -> Kernel {
    Arc::new(move |values| {
        let point = values.array(0)?;
        let numbers = temporal_to_integers(&point)?;
        let interval = as_integers(&values.array(1)?)?;
        let moved: Int64Array = numbers
            .iter()
            .zip(&interval)
            .map(|(number, interval)| function(number?, interval?))
            .collect();
        integers_to_temporal(&moved, point.data_type())
    })
}

/// The numbers behind a column of dates or times.
pub(crate) fn temporal_to_integers(array: &ArrayRef) -> Result<Int64Array> {
    let narrow = matches!(array.data_type(), DataType::Date32 | DataType::Time32(_));
    let array = if narrow {
        cast(array, &DataType::Int32)?
    } else {
        Arc::clone(array)
    };
    Ok(cast(&array, &DataType::Int64)?
        .as_primitive::<Int64Type>()
        .clone())
}

/// A column of dates or times from the numbers behind it.
pub(crate) fn integers_to_temporal(numbers: &Int64Array, data_type: &DataType) -> Result<ArrayRef> {
    Ok(match data_type {
        DataType::Date32 => {
            let days: Date32Array = numbers.unary_opt(|days| i32::try_from(days).ok());
            Arc::new(days)
        }
        DataType::Time32(TimeUnit::Second | TimeUnit::Millisecond) => {
            cast(&cast(numbers, &DataType::Int32)?, data_type)?
        }
        _ => cast(numbers, data_type)?,
    })
}

/// The date of a day counted from 1970-01-01.
pub(crate) fn date_of_day(day: i64) -> Option<NaiveDate> {
    let epoch = DateTime::UNIX_EPOCH.date_naive();
    let distance = Days::new(day.unsigned_abs());
    if day >= 0 {
        epoch.checked_add_days(distance)
    } else {
        epoch.checked_sub_days(distance)
    }
}

/// The day of a date, counted from 1970-01-01.
pub(crate) fn day_of_date(date: NaiveDate) -> i64 {
    date.signed_duration_since(DateTime::UNIX_EPOCH.date_naive())
        .num_days()
}

/// The same day of another month, or the last one that month has.
fn add_months(date: NaiveDate, months: i64) -> Option<NaiveDate> {
    let distance = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months >= 0 {
        date.checked_add_months(distance)
    } else {
        date.checked_sub_months(distance)
    }
}
