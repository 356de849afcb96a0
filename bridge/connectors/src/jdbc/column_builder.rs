//! Arrow columns built value by value, from what a database returns.
//!
//! Conversions are those of Flink's JDBC row converters: a number goes into any numeric column that can
//! hold it, decimals are rounded half up to the scale, and what does not fit is an error, not NULL.

use std::str::FromStr;
use std::sync::Arc;

use arrow::array::{
    ArrayBuilder, ArrayRef, BinaryBuilder, BooleanBuilder, Decimal128Builder, PrimitiveBuilder, StringBuilder,
};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType,
    TimeUnit, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use nutkin_engine::{EngineError, Result};
use sqlx::types::BigDecimal;

use super::value::Value;

/// A column under construction.
pub(super) enum ColumnBuilder {
    Boolean(BooleanBuilder),
    TinyInt(PrimitiveBuilder<Int8Type>),
    SmallInt(PrimitiveBuilder<Int16Type>),
    Int(PrimitiveBuilder<Int32Type>),
    BigInt(PrimitiveBuilder<Int64Type>),
    Float(PrimitiveBuilder<Float32Type>),
    Double(PrimitiveBuilder<Float64Type>),
    Decimal(Decimal128Builder, u8, i64),
    Text(StringBuilder),
    Bytes(BinaryBuilder),
    Date(PrimitiveBuilder<Date32Type>),
    TimeSecond(PrimitiveBuilder<Time32SecondType>),
    TimeMillisecond(PrimitiveBuilder<Time32MillisecondType>),
    TimeMicrosecond(PrimitiveBuilder<Time64MicrosecondType>),
    TimeNanosecond(PrimitiveBuilder<Time64NanosecondType>),
    TimestampSecond(PrimitiveBuilder<TimestampSecondType>),
    TimestampMillisecond(PrimitiveBuilder<TimestampMillisecondType>),
    TimestampMicrosecond(PrimitiveBuilder<TimestampMicrosecondType>),
    TimestampNanosecond(PrimitiveBuilder<TimestampNanosecondType>),
}

/// The value cannot be held by the column; what is wrong is told by the caller, who knows the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DoesNotFit;

impl ColumnBuilder {
    /// A builder for a column of this type.
    pub(super) fn new(arrow_type: &DataType) -> Result<Self> {
        Ok(match arrow_type {
            DataType::Boolean => Self::Boolean(BooleanBuilder::new()),
            DataType::Int8 => Self::TinyInt(PrimitiveBuilder::new()),
            DataType::Int16 => Self::SmallInt(PrimitiveBuilder::new()),
            DataType::Int32 => Self::Int(PrimitiveBuilder::new()),
            DataType::Int64 => Self::BigInt(PrimitiveBuilder::new()),
            DataType::Float32 => Self::Float(PrimitiveBuilder::new()),
            DataType::Float64 => Self::Double(PrimitiveBuilder::new()),
            DataType::Decimal128(precision, scale) => Self::Decimal(
                Decimal128Builder::new().with_data_type(arrow_type.clone()),
                *precision,
                i64::from(*scale),
            ),
            DataType::Utf8 => Self::Text(StringBuilder::new()),
            DataType::Binary => Self::Bytes(BinaryBuilder::new()),
            DataType::Date32 => Self::Date(PrimitiveBuilder::new()),
            DataType::Time32(TimeUnit::Second) => Self::TimeSecond(PrimitiveBuilder::new()),
            DataType::Time32(TimeUnit::Millisecond) => Self::TimeMillisecond(PrimitiveBuilder::new()),
            DataType::Time64(TimeUnit::Microsecond) => Self::TimeMicrosecond(PrimitiveBuilder::new()),
            DataType::Time64(TimeUnit::Nanosecond) => Self::TimeNanosecond(PrimitiveBuilder::new()),
            DataType::Timestamp(TimeUnit::Second, None) => Self::TimestampSecond(PrimitiveBuilder::new()),
            DataType::Timestamp(TimeUnit::Millisecond, None) => {
                Self::TimestampMillisecond(PrimitiveBuilder::new())
            }
            DataType::Timestamp(TimeUnit::Microsecond, None) => {
                Self::TimestampMicrosecond(PrimitiveBuilder::new())
            }
            DataType::Timestamp(TimeUnit::Nanosecond, None) => {
                Self::TimestampNanosecond(PrimitiveBuilder::new())
            }
            other => {
                return Err(EngineError::Connector {
                    connector: "jdbc".to_owned(),
                    message: format!("a column of Arrow type {other} cannot be read"),
                    hint: None,
                });
            }
        })
    }

    /// Appends a value.
    pub(super) fn append(&mut self, value: &Value<'_>) -> Result<(), DoesNotFit> {
        match self {
            Self::Boolean(builder) => builder.append_option(boolean(value)?),
            Self::TinyInt(builder) => builder.append_option(integer(value)?),
            Self::SmallInt(builder) => builder.append_option(integer(value)?),
            Self::Int(builder) => builder.append_option(integer(value)?),
            Self::BigInt(builder) => builder.append_option(integer(value)?),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "FLOAT holds the nearest value, as in Java"
            )]
            Self::Float(builder) => builder.append_option(double(value)?.map(|number| number as f32)),
            Self::Double(builder) => builder.append_option(double(value)?),
            Self::Decimal(builder, precision, scale) => {
                builder.append_option(decimal(value, *precision, *scale)?);
            }
            Self::Text(builder) => match value {
                Value::Null => builder.append_null(),
                Value::Text(text) => builder.append_value(text),
                other => builder.append_value(plain_text(other).ok_or(DoesNotFit)?),
            },
            Self::Bytes(builder) => match value {
                Value::Null => builder.append_null(),
                Value::Bytes(bytes) => builder.append_value(bytes),
                Value::Text(text) => builder.append_value(text.as_bytes()),
                _ => return Err(DoesNotFit),
            },
            Self::Date(builder) => builder.append_option(date(value)?.map(|date| date.to_epoch_days())),
            Self::TimeSecond(builder) => time(builder, value, 1_000_000_000)?,
            Self::TimeMillisecond(builder) => time(builder, value, 1_000_000)?,
            Self::TimeMicrosecond(builder) => time(builder, value, 1_000)?,
            Self::TimeNanosecond(builder) => time(builder, value, 1)?,
            Self::TimestampSecond(builder) => {
                builder.append_option(timestamp(value)?.map(|instant| instant.and_utc().timestamp()));
            }
            Self::TimestampMillisecond(builder) => {
                builder.append_option(timestamp(value)?.map(|instant| instant.and_utc().timestamp_millis()));
            }
            Self::TimestampMicrosecond(builder) => {
                builder.append_option(timestamp(value)?.map(|instant| instant.and_utc().timestamp_micros()));
            }
            Self::TimestampNanosecond(builder) => match timestamp(value)? {
                Some(instant) => {
                    builder.append_value(instant.and_utc().timestamp_nanos_opt().ok_or(DoesNotFit)?);
                }
                None => builder.append_null(),
            },
        }
        Ok(())
    }

    /// Takes the column out; the builder is empty afterwards.
    pub(super) fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Boolean(builder) => Arc::new(builder.finish()),
            Self::TinyInt(builder) => Arc::new(builder.finish()),
            Self::SmallInt(builder) => Arc::new(builder.finish()),
            Self::Int(builder) => Arc::new(builder.finish()),
            Self::BigInt(builder) => Arc::new(builder.finish()),
            Self::Float(builder) => Arc::new(builder.finish()),
            Self::Double(builder) => Arc::new(builder.finish()),
            Self::Decimal(builder, _, _) => Arc::new(builder.finish()),
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Bytes(builder) => Arc::new(builder.finish()),
            Self::Date(builder) => Arc::new(builder.finish()),
            Self::TimeSecond(builder) => ArrayBuilder::finish(builder),
            Self::TimeMillisecond(builder) => ArrayBuilder::finish(builder),
            Self::TimeMicrosecond(builder) => ArrayBuilder::finish(builder),
            Self::TimeNanosecond(builder) => ArrayBuilder::finish(builder),
            Self::TimestampSecond(builder) => ArrayBuilder::finish(builder),
            Self::TimestampMillisecond(builder) => ArrayBuilder::finish(builder),
            Self::TimestampMicrosecond(builder) => ArrayBuilder::finish(builder),
            Self::TimestampNanosecond(builder) => ArrayBuilder::finish(builder),
        }
    }
}

fn boolean(value: &Value<'_>) -> Result<Option<bool>, DoesNotFit> {
    Ok(Some(match value {
        Value::Null => return Ok(None),
        Value::Boolean(value) => *value,
        Value::Integer(value) => *value != 0,
        Value::Unsigned(value) => *value != 0,
        Value::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "t" | "1" => true,
            "false" | "f" | "0" => false,
            _ => return Err(DoesNotFit),
        },
        _ => return Err(DoesNotFit),
    }))
}

fn integer<T: TryFrom<i64>>(value: &Value<'_>) -> Result<Option<T>, DoesNotFit> {
    let wide: i64 = match value {
        Value::Null => return Ok(None),
        Value::Boolean(value) => i64::from(*value),
        Value::Integer(value) => *value,
        Value::Unsigned(value) => i64::try_from(*value).map_err(|_| DoesNotFit)?,
        Value::Decimal(value) if value.is_integer() => {
            i64::try_from(value.with_scale(0).into_bigint_and_exponent().0).map_err(|_| DoesNotFit)?
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole and within the range of exact doubles"
        )]
        Value::Double(value) if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 => {
            *value as i64
        }
        Value::Text(text) => text.trim().parse().map_err(|_| DoesNotFit)?,
        _ => return Err(DoesNotFit),
    };
    T::try_from(wide).map(Some).map_err(|_| DoesNotFit)
}

fn double(value: &Value<'_>) -> Result<Option<f64>, DoesNotFit> {
    Ok(Some(match value {
        Value::Null => return Ok(None),
        #[expect(
            clippy::cast_precision_loss,
            reason = "DOUBLE holds the nearest value, as in Java"
        )]
        Value::Integer(value) => *value as f64,
        #[expect(
            clippy::cast_precision_loss,
            reason = "DOUBLE holds the nearest value, as in Java"
        )]
        Value::Unsigned(value) => *value as f64,
        Value::Float(value) => f64::from(*value),
        Value::Double(value) => *value,
        Value::Decimal(value) => value.to_string().parse().map_err(|_| DoesNotFit)?,
        Value::Text(text) => text.trim().parse().map_err(|_| DoesNotFit)?,
        _ => return Err(DoesNotFit),
    }))
}

fn decimal(value: &Value<'_>, precision: u8, scale: i64) -> Result<Option<i128>, DoesNotFit> {
    let number = match value {
        Value::Null => return Ok(None),
        Value::Integer(value) => BigDecimal::from(*value),
        Value::Unsigned(value) => BigDecimal::from(*value),
        Value::Decimal(value) => value.clone(),
        // The shortest text of a double is the decimal that its writer meant.
        Value::Float(value) => BigDecimal::from_str(&value.to_string()).map_err(|_| DoesNotFit)?,
        Value::Double(value) => BigDecimal::from_str(&value.to_string()).map_err(|_| DoesNotFit)?,
        Value::Text(text) => BigDecimal::from_str(text.trim()).map_err(|_| DoesNotFit)?,
        _ => return Err(DoesNotFit),
    };
    let unscaled = unscaled(&number, scale).ok_or(DoesNotFit)?;
    if unscaled.unsigned_abs() >= 10u128.pow(u32::from(precision)) {
        return Err(DoesNotFit);
    }
    Ok(Some(unscaled))
}

/// The digits of a number at a scale, rounded half away from zero as `RoundingMode.HALF_UP` does.
fn unscaled(number: &BigDecimal, scale: i64) -> Option<i128> {
    let own_scale = number.fractional_digit_count();
    if own_scale <= scale {
        return i128::try_from(number.with_scale(scale).into_bigint_and_exponent().0).ok();
    }
    // One digit more than wanted decides, together with the sign.
    let with_one_more = number.with_scale(scale + 1).into_bigint_and_exponent().0;
    let with_one_more = i128::try_from(with_one_more).ok()?;
    let half = if with_one_more < 0 { -5 } else { 5 };
    Some(with_one_more.checked_add(half)? / 10)
}

fn plain_text(value: &Value<'_>) -> Option<String> {
    Some(match value {
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Unsigned(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        Value::Decimal(value) => value.to_plain_string(),
        Value::Date(value) => value.to_string(),
        Value::Time(value) => value.to_string(),
        Value::Timestamp(value) => value.to_string(),
        Value::Bytes(bytes) => std::str::from_utf8(bytes).ok()?.to_owned(),
        Value::Text(_) | Value::Null => return None,
    })
}

fn date(value: &Value<'_>) -> Result<Option<NaiveDate>, DoesNotFit> {
    match value {
        Value::Null => Ok(None),
        Value::Date(date) => Ok(Some(*date)),
        Value::Timestamp(instant) => Ok(Some(instant.date())),
        Value::Text(text) => text.trim().parse().map(Some).map_err(|_| DoesNotFit),
        _ => Err(DoesNotFit),
    }
}

fn time<T: ArrowPrimitiveType>(
    builder: &mut PrimitiveBuilder<T>,
    value: &Value<'_>,
    nanos_per_unit: i64,
) -> Result<(), DoesNotFit>
where
    T::Native: TryFrom<i64>,
{
    let time: NaiveTime = match value {
        Value::Null => {
            builder.append_null();
            return Ok(());
        }
        Value::Time(time) => *time,
        Value::Timestamp(instant) => instant.time(),
        Value::Text(text) => text.trim().parse().map_err(|_| DoesNotFit)?,
        _ => return Err(DoesNotFit),
    };
    let nanos = i64::from(time.num_seconds_from_midnight()) * 1_000_000_000 + i64::from(time.nanosecond());
    builder.append_value(T::Native::try_from(nanos / nanos_per_unit).map_err(|_| DoesNotFit)?);
    Ok(())
}

fn timestamp(value: &Value<'_>) -> Result<Option<NaiveDateTime>, DoesNotFit> {
    match value {
        Value::Null => Ok(None),
        Value::Timestamp(instant) => Ok(Some(*instant)),
        Value::Date(date) => Ok(Some(date.and_time(NaiveTime::MIN))),
        Value::Text(text) => parse_timestamp(text.trim()).map(Some).ok_or(DoesNotFit),
        _ => Err(DoesNotFit),
    }
}

/// `2020-01-02 03:04:05.678`, with a `T` in the middle, or a date alone.
fn parse_timestamp(text: &str) -> Option<NaiveDateTime> {
    for format in ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M"] {
        if let Ok(instant) = NaiveDateTime::parse_from_str(text, format) {
            return Some(instant);
        }
    }
    text.parse::<NaiveDate>()
        .ok()
        .map(|date| date.and_time(NaiveTime::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{Array, AsArray};
    use std::borrow::Cow;

    fn text(value: &str) -> Value<'_> {
        Value::Text(Cow::Borrowed(value))
    }

    fn number(value: &str) -> Value<'static> {
        Value::Decimal(BigDecimal::from_str(value).unwrap())
    }

    #[test]
    fn decimals_are_rounded_half_up_as_javas_big_decimal_does() {
        let mut builder = ColumnBuilder::new(&DataType::Decimal128(5, 2)).unwrap();
        for value in [
            number("1.005"),
            number("-1.005"),
            number("2"),
            number("1e2"),
            text("7.1"),
            Value::Double(0.1),
        ] {
            builder.append(&value).unwrap();
        }
        assert_eq!(builder.append(&number("1000")), Err(DoesNotFit));
        assert_eq!(builder.append(&number("999.995")), Err(DoesNotFit));
        builder.append(&number("999.994")).unwrap();
        let array = builder.finish();
        let values: Vec<i128> = array
            .as_primitive::<arrow::datatypes::Decimal128Type>()
            .values()
            .to_vec();
        assert_eq!(values, [101, -101, 200, 10_000, 710, 10, 99_999]);
    }

    #[test]
    fn numbers_that_do_not_fit_are_errors() {
        let mut builder = ColumnBuilder::new(&DataType::Int32).unwrap();
        builder.append(&Value::Integer(i64::from(i32::MAX))).unwrap();
        builder.append(&Value::Null).unwrap();
        assert_eq!(
            builder.append(&Value::Integer(i64::from(i32::MAX) + 1)),
            Err(DoesNotFit)
        );
        assert_eq!(builder.append(&Value::Unsigned(u64::MAX)), Err(DoesNotFit));
        assert_eq!(builder.append(&text("x")), Err(DoesNotFit));
        assert_eq!(builder.append(&number("1.5")), Err(DoesNotFit));
        let array = builder.finish();
        assert_eq!(array.len(), 2);
        assert!(array.is_null(1));
    }

    #[test]
    fn unsigned_bigint_goes_into_decimal() {
        let mut builder = ColumnBuilder::new(&DataType::Decimal128(20, 0)).unwrap();
        builder.append(&Value::Unsigned(u64::MAX)).unwrap();
        let array = builder.finish();
        assert_eq!(
            array.as_primitive::<arrow::datatypes::Decimal128Type>().value(0),
            18_446_744_073_709_551_615
        );
    }

    #[test]
    fn texts_of_dates_and_times_are_read() {
        let mut dates = ColumnBuilder::new(&DataType::Date32).unwrap();
        dates.append(&text("1970-01-02")).unwrap();
        assert_eq!(dates.finish().as_primitive::<Date32Type>().value(0), 1);
        let mut instants = ColumnBuilder::new(&DataType::Timestamp(TimeUnit::Millisecond, None)).unwrap();
        for value in ["1970-01-01 00:00:01.5", "1970-01-01T00:00:01.5", "1970-01-02"] {
            instants.append(&text(value)).unwrap();
        }
        assert_eq!(
            instants
                .finish()
                .as_primitive::<TimestampMillisecondType>()
                .values()
                .to_vec(),
            [1_500, 1_500, 86_400_000]
        );
        let mut times = ColumnBuilder::new(&DataType::Time32(TimeUnit::Second)).unwrap();
        times.append(&text("01:00:01")).unwrap();
        assert_eq!(times.finish().as_primitive::<Time32SecondType>().value(0), 3_601);
        assert_eq!(times.append(&text("25:00:00")), Err(DoesNotFit));
    }
}
