//! Constants as Arrow scalars.

use std::sync::Arc;

use arrow::array::{Array, Time64NanosecondArray};
use datafusion_common::ScalarValue;
use nutkin_plan::PlanError;
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::error::Result;

type TimestampScalar = fn(Option<i64>, Option<Arc<str>>) -> ScalarValue;

/// The scalar of a literal.
///
/// # Errors
/// When the value is not one of its type.
pub fn scalar(value: &LiteralValue, literal_type: &LogicalType) -> Result<ScalarValue> {
    let wrong = || PlanError::Table {
        message: format!(
            "The literal {value:?} is not a value of type {}.",
            literal_type.as_summary_string()
        ),
        hint: None,
    };
    let arrow_type = literal_type.to_arrow();
    Ok(match (value, &literal_type.kind) {
        (LiteralValue::Null, _) => ScalarValue::try_from(&arrow_type)?,
        (LiteralValue::Boolean(value), TypeKind::Boolean) => ScalarValue::Boolean(Some(*value)),
        (LiteralValue::Integer(value), TypeKind::TinyInt) => {
            ScalarValue::Int8(Some(i8::try_from(*value).map_err(|_| wrong())?))
        }
        (LiteralValue::Integer(value), TypeKind::SmallInt) => {
            ScalarValue::Int16(Some(i16::try_from(*value).map_err(|_| wrong())?))
        }
        (LiteralValue::Integer(value), TypeKind::Int) => {
            ScalarValue::Int32(Some(i32::try_from(*value).map_err(|_| wrong())?))
        }
        (LiteralValue::Integer(value), TypeKind::BigInt) => ScalarValue::Int64(Some(*value)),
        (LiteralValue::Floating(value), TypeKind::Float) => ScalarValue::Float32(Some(*value as f32)),
        (LiteralValue::Floating(value), TypeKind::Double) => ScalarValue::Float64(Some(*value)),
        (LiteralValue::Decimal(value), TypeKind::Decimal { precision, scale }) => {
            ScalarValue::Decimal128(Some(*value), *precision, scale.cast_signed())
        }
        (LiteralValue::String(value), TypeKind::Char(_) | TypeKind::VarChar(_)) => {
            ScalarValue::Utf8(Some(value.clone()))
        }
        (LiteralValue::Bytes(value), TypeKind::Binary(_) | TypeKind::VarBinary(_)) => {
            ScalarValue::Binary(Some(value.clone()))
        }
        (LiteralValue::Date(value), TypeKind::Date) => ScalarValue::Date32(Some(*value)),
        (LiteralValue::Time(nanos), TypeKind::Time(_)) => {
            let array = Time64NanosecondArray::from(vec![*nanos]);
            ScalarValue::try_from_array(&arrow::compute::cast(&array as &dyn Array, &arrow_type)?, 0)?
        }
        (
            LiteralValue::Timestamp(nanos),
            TypeKind::Timestamp(precision) | TypeKind::TimestampLtz(precision),
        ) => {
            // The unit follows the precision, so years far from 1970 fit where nanoseconds would not.
            let (divisor, make): (i128, TimestampScalar) = match precision {
                0 => (1_000_000_000, ScalarValue::TimestampSecond),
                1..=3 => (1_000_000, ScalarValue::TimestampMillisecond),
                4..=6 => (1_000, ScalarValue::TimestampMicrosecond),
                _ => (1, ScalarValue::TimestampNanosecond),
            };
            let value = i64::try_from(nanos.div_euclid(divisor)).map_err(|_| wrong())?;
            let zone = matches!(literal_type.kind, TypeKind::TimestampLtz(_)).then(|| "UTC".into());
            make(Some(value), zone)
        }
        (LiteralValue::IntervalMonths(months), TypeKind::IntervalYearMonth) => {
            ScalarValue::IntervalYearMonth(Some(i32::try_from(*months).map_err(|_| wrong())?))
        }
        (LiteralValue::IntervalMillis(millis), TypeKind::IntervalDayTime) => {
            ScalarValue::DurationMillisecond(Some(*millis))
        }
        _ => return Err(wrong().into()),
    })
}
