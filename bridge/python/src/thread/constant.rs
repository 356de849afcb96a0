//! Constants of a plan as one-row Arrow arrays, from which they become Python objects like any value.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DurationMillisecondArray,
    Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Int64Array, IntervalYearMonthArray,
    StringArray, Time32MillisecondArray, Time32SecondArray, Time64MicrosecondArray, Time64NanosecondArray,
    TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray, TimestampSecondArray,
    new_null_array,
};
use arrow::datatypes::{DataType, TimeUnit};
use nutkin_engine::EngineError;
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::failure::plain_error;

/// The array that holds this constant alone.
///
/// # Errors
/// When the value is not one of its type.
pub(crate) fn constant_array(
    value: &LiteralValue,
    literal_type: &LogicalType,
) -> Result<ArrayRef, EngineError> {
    let misfit = || plain_error(format!("The constant {value:?} is no {literal_type}"), None);
    let data_type = literal_type.to_arrow();
    Ok(match (value, &literal_type.kind) {
        (LiteralValue::Null, _) => new_null_array(&data_type, 1),
        (LiteralValue::Boolean(value), TypeKind::Boolean) => Arc::new(BooleanArray::from(vec![*value])),
        (LiteralValue::Integer(value), kind) => integer_array(*value, kind, &data_type).ok_or_else(misfit)?,
        (LiteralValue::Floating(value), TypeKind::Double) => Arc::new(Float64Array::from(vec![*value])),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a FLOAT literal is held as a wider number"
        )]
        (LiteralValue::Floating(value), TypeKind::Float) => Arc::new(Float32Array::from(vec![*value as f32])),
        (LiteralValue::Decimal(value), TypeKind::Decimal { precision, scale }) => Arc::new(
            Decimal128Array::from(vec![*value]).with_precision_and_scale(*precision, scale.cast_signed())?,
        ),
        (LiteralValue::String(value), TypeKind::Char(_) | TypeKind::VarChar(_)) => {
            Arc::new(StringArray::from(vec![value.as_str()]))
        }
        (LiteralValue::Bytes(value), TypeKind::Binary(_) | TypeKind::VarBinary(_)) => {
            Arc::new(BinaryArray::from(vec![value.as_slice()]))
        }
        (LiteralValue::Date(value), TypeKind::Date) => Arc::new(Date32Array::from(vec![*value])),
        (LiteralValue::Time(nanos), TypeKind::Time(_)) => {
            time_array(*nanos, &data_type).ok_or_else(misfit)?
        }
        (LiteralValue::Timestamp(nanos), TypeKind::Timestamp(_) | TypeKind::TimestampLtz(_)) => {
            timestamp_array(*nanos, &data_type).ok_or_else(misfit)?
        }
        (LiteralValue::IntervalMonths(months), TypeKind::IntervalYearMonth) => {
            let months = i32::try_from(*months).map_err(|_| misfit())?;
            Arc::new(IntervalYearMonthArray::from(vec![months]))
        }
        (LiteralValue::IntervalMillis(millis), TypeKind::IntervalDayTime) => {
            Arc::new(DurationMillisecondArray::from(vec![*millis]))
        }
        _ => return Err(misfit()),
    })
}

fn integer_array(value: i64, kind: &TypeKind, data_type: &DataType) -> Option<ArrayRef> {
    Some(match (kind, data_type) {
        (TypeKind::TinyInt, _) => Arc::new(Int8Array::from(vec![i8::try_from(value).ok()?])),
        (TypeKind::SmallInt, _) => Arc::new(Int16Array::from(vec![i16::try_from(value).ok()?])),
        (TypeKind::Int, _) => Arc::new(Int32Array::from(vec![i32::try_from(value).ok()?])),
        (TypeKind::BigInt, _) => Arc::new(Int64Array::from(vec![value])),
        _ => return None,
    })
}

fn time_array(nanos: i64, data_type: &DataType) -> Option<ArrayRef> {
    Some(match data_type {
        DataType::Time32(TimeUnit::Second) => Arc::new(Time32SecondArray::from(vec![
            i32::try_from(nanos / 1_000_000_000).ok()?,
        ])),
        DataType::Time32(_) => Arc::new(Time32MillisecondArray::from(vec![
            i32::try_from(nanos / 1_000_000).ok()?,
        ])),
        DataType::Time64(TimeUnit::Microsecond) => {
            Arc::new(Time64MicrosecondArray::from(vec![nanos / 1_000]))
        }
        DataType::Time64(_) => Arc::new(Time64NanosecondArray::from(vec![nanos])),
        _ => return None,
    })
}

fn timestamp_array(nanos: i128, data_type: &DataType) -> Option<ArrayRef> {
    let DataType::Timestamp(unit, zone) = data_type else {
        return None;
    };
    let ticks = |nanos_per_tick: i128| i64::try_from(nanos.div_euclid(nanos_per_tick)).ok();
    let zone = zone.clone();
    Some(match unit {
        TimeUnit::Second => {
            Arc::new(TimestampSecondArray::from(vec![ticks(1_000_000_000)?]).with_timezone_opt(zone))
        }
        TimeUnit::Millisecond => {
            Arc::new(TimestampMillisecondArray::from(vec![ticks(1_000_000)?]).with_timezone_opt(zone))
        }
        TimeUnit::Microsecond => {
            Arc::new(TimestampMicrosecondArray::from(vec![ticks(1_000)?]).with_timezone_opt(zone))
        }
        TimeUnit::Nanosecond => {
            Arc::new(TimestampNanosecondArray::from(vec![ticks(1)?]).with_timezone_opt(zone))
        }
    })
}
