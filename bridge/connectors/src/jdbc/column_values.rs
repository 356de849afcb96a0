//! Arrow columns read value by value, for binding.

use std::borrow::Cow;

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, BooleanArray, Decimal128Array, PrimitiveArray, StringArray,
};
use arrow::datatypes::{
    DataType, Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType, TimeUnit,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta};
use nutkin_engine::{EngineError, Result};
use sqlx::types::BigDecimal;

use super::value::Value;

/// A column of a batch with its type found out once.
pub(super) enum ColumnValues<'a> {
    Boolean(&'a BooleanArray),
    TinyInt(&'a PrimitiveArray<Int8Type>),
    SmallInt(&'a PrimitiveArray<Int16Type>),
    Int(&'a PrimitiveArray<Int32Type>),
    BigInt(&'a PrimitiveArray<Int64Type>),
    Float(&'a PrimitiveArray<Float32Type>),
    Double(&'a PrimitiveArray<Float64Type>),
    Decimal(&'a Decimal128Array, i64),
    Text(&'a StringArray),
    Bytes(&'a BinaryArray),
    Date(&'a PrimitiveArray<Date32Type>),
    TimeSecond(&'a PrimitiveArray<Time32SecondType>),
    TimeMillisecond(&'a PrimitiveArray<Time32MillisecondType>),
    TimeMicrosecond(&'a PrimitiveArray<Time64MicrosecondType>),
    TimeNanosecond(&'a PrimitiveArray<Time64NanosecondType>),
    TimestampSecond(&'a PrimitiveArray<TimestampSecondType>),
    TimestampMillisecond(&'a PrimitiveArray<TimestampMillisecondType>),
    TimestampMicrosecond(&'a PrimitiveArray<TimestampMicrosecondType>),
    TimestampNanosecond(&'a PrimitiveArray<TimestampNanosecondType>),
}

impl<'a> ColumnValues<'a> {
    /// Finds out the type of a column.
    pub(super) fn new(array: &'a ArrayRef) -> Result<Self> {
        Ok(match array.data_type() {
            DataType::Boolean => Self::Boolean(array.as_boolean()),
            DataType::Int8 => Self::TinyInt(array.as_primitive()),
            DataType::Int16 => Self::SmallInt(array.as_primitive()),
            DataType::Int32 => Self::Int(array.as_primitive()),
            DataType::Int64 => Self::BigInt(array.as_primitive()),
            DataType::Float32 => Self::Float(array.as_primitive()),
            DataType::Float64 => Self::Double(array.as_primitive()),
            DataType::Decimal128(_, scale) => Self::Decimal(array.as_primitive(), i64::from(*scale)),
            DataType::Utf8 => Self::Text(array.as_string()),
            DataType::Binary => Self::Bytes(array.as_binary()),
            DataType::Date32 => Self::Date(array.as_primitive()),
            DataType::Time32(TimeUnit::Second) => Self::TimeSecond(array.as_primitive()),
            DataType::Time32(TimeUnit::Millisecond) => Self::TimeMillisecond(array.as_primitive()),
            DataType::Time64(TimeUnit::Microsecond) => Self::TimeMicrosecond(array.as_primitive()),
            DataType::Time64(TimeUnit::Nanosecond) => Self::TimeNanosecond(array.as_primitive()),
            DataType::Timestamp(TimeUnit::Second, None) => Self::TimestampSecond(array.as_primitive()),
            DataType::Timestamp(TimeUnit::Millisecond, None) => {
                Self::TimestampMillisecond(array.as_primitive())
            }
            DataType::Timestamp(TimeUnit::Microsecond, None) => {
                Self::TimestampMicrosecond(array.as_primitive())
            }
            DataType::Timestamp(TimeUnit::Nanosecond, None) => {
                Self::TimestampNanosecond(array.as_primitive())
            }
            other => {
                return Err(EngineError::Connector {
                    connector: "jdbc".to_owned(),
                    message: format!("a column of Arrow type {other} cannot be written"),
                    hint: None,
                });
            }
        })
    }

    /// The value in a row.
    pub(super) fn value(&self, row: usize) -> Value<'a> {
        if self.array().is_null(row) {
            return Value::Null;
        }
        match self {
            Self::Boolean(array) => Value::Boolean(array.value(row)),
            Self::TinyInt(array) => Value::Integer(array.value(row).into()),
            Self::SmallInt(array) => Value::Integer(array.value(row).into()),
            Self::Int(array) => Value::Integer(array.value(row).into()),
            Self::BigInt(array) => Value::Integer(array.value(row)),
            Self::Float(array) => Value::Float(array.value(row)),
            Self::Double(array) => Value::Double(array.value(row)),
            Self::Decimal(array, scale) => Value::Decimal(BigDecimal::from((array.value(row), *scale))),
            Self::Text(array) => Value::Text(Cow::Borrowed(array.value(row))),
            Self::Bytes(array) => Value::Bytes(Cow::Borrowed(array.value(row))),
            Self::Date(array) => date(array.value(row)),
            Self::TimeSecond(array) => time(i64::from(array.value(row)), 1_000_000_000),
            Self::TimeMillisecond(array) => time(i64::from(array.value(row)), 1_000_000),
            Self::TimeMicrosecond(array) => time(array.value(row), 1_000),
            Self::TimeNanosecond(array) => time(array.value(row), 1),
            Self::TimestampSecond(array) => timestamp(DateTime::from_timestamp(array.value(row), 0)),
            Self::TimestampMillisecond(array) => timestamp(DateTime::from_timestamp_millis(array.value(row))),
            Self::TimestampMicrosecond(array) => timestamp(DateTime::from_timestamp_micros(array.value(row))),
            Self::TimestampNanosecond(array) => {
                timestamp(Some(DateTime::from_timestamp_nanos(array.value(row))))
            }
        }
    }

    fn array(&self) -> &'a dyn Array {
        match *self {
            Self::Boolean(array) => array,
            Self::TinyInt(array) => array,
            Self::SmallInt(array) => array,
            Self::Int(array) => array,
            Self::BigInt(array) => array,
            Self::Float(array) => array,
            Self::Double(array) => array,
            Self::Decimal(array, _) => array,
            Self::Text(array) => array,
            Self::Bytes(array) => array,
            Self::Date(array) => array,
            Self::TimeSecond(array) => array,
            Self::TimeMillisecond(array) => array,
            Self::TimeMicrosecond(array) => array,
            Self::TimeNanosecond(array) => array,
            Self::TimestampSecond(array) => array,
            Self::TimestampMillisecond(array) => array,
            Self::TimestampMicrosecond(array) => array,
            Self::TimestampNanosecond(array) => array,
        }
    }
}

/// Dates and times outside of what the calendar of the driver knows (year 262142) become NULL: no
/// database holds them either.
fn date(days: i32) -> Value<'static> {
    NaiveDate::from_epoch_days(days).map_or(Value::Null, Value::Date)
}

fn time(units: i64, nanos_per_unit: i64) -> Value<'static> {
    let nanos = units.saturating_mul(nanos_per_unit);
    Value::Time(
        NaiveTime::MIN
            .overflowing_add_signed(TimeDelta::nanoseconds(nanos))
            .0,
    )
}

fn timestamp(instant: Option<DateTime<chrono::Utc>>) -> Value<'static> {
    instant.map_or(Value::Null, |instant| Value::Timestamp(instant.naive_utc()))
}
