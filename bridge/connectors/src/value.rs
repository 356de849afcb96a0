//! Values of any column, one by one: what encoders and the row printer read.
//!
//! A [`ColumnReader`] is bound to a column once a batch, so that reading a value costs a match and
//! no downcast.

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, BooleanArray, Decimal128Array, Float32Array, Float64Array,
    PrimitiveArray, StringArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, Decimal128Type, DurationMillisecondType, Float32Type,
    Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, IntervalUnit, IntervalYearMonthType,
    Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType, TimeUnit,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use nutkin_engine::{EngineError, Result};
use nutkin_plan::types::{LogicalType, TypeKind};

/// One value. Times and timestamps count the unit of their precision.
pub(crate) enum Value<'a> {
    Null,
    Boolean(bool),
    /// TINYINT to BIGINT.
    Integer(i64),
    Float(f32),
    Double(f64),
    Decimal {
        unscaled: i128,
        scale: i32,
    },
    String(&'a str),
    Bytes(&'a [u8]),
    Date(i64),
    Time {
        value: i64,
        precision: u8,
    },
    Timestamp {
        value: i64,
        precision: u8,
        zoned: bool,
    },
    Months(i64),
    Millis(i64),
    Array(Elements<'a>),
    Map {
        keys: Elements<'a>,
        values: Elements<'a>,
    },
    Row {
        fields: &'a [ColumnReader],
        row: usize,
    },
}

/// A run of values of one column.
#[derive(Clone, Copy)]
pub(crate) struct Elements<'a> {
    column: &'a ColumnReader,
    start: usize,
    end: usize,
}

impl<'a> Elements<'a> {
    pub(crate) fn iter(self) -> impl Iterator<Item = Value<'a>> {
        (self.start..self.end).map(move |row| self.column.value(row))
    }
}

/// Reads the values of one column.
pub(crate) struct ColumnReader {
    nulls: Option<NullBuffer>,
    values: Values,
}

enum Values {
    Null,
    Boolean(BooleanArray),
    TinyInt(ScalarBuffer<i8>),
    SmallInt(ScalarBuffer<i16>),
    Int(ScalarBuffer<i32>),
    BigInt(ScalarBuffer<i64>),
    Float(Float32Array),
    Double(Float64Array),
    Decimal(Decimal128Array, i32),
    String(StringArray),
    Bytes(BinaryArray),
    Date(ScalarBuffer<i32>),
    ShortTime(ScalarBuffer<i32>, u8),
    LongTime(ScalarBuffer<i64>, u8),
    Timestamp(ScalarBuffer<i64>, u8, bool),
    Months(ScalarBuffer<i32>),
    Millis(ScalarBuffer<i64>),
    List(OffsetBuffer<i32>, Box<ColumnReader>),
    Map(OffsetBuffer<i32>, Box<ColumnReader>, Box<ColumnReader>),
    Row(Vec<ColumnReader>),
}

impl ColumnReader {
    /// Binds to a column whose Arrow type is the image of `logical_type`.
    pub(crate) fn new(array: &ArrayRef, logical_type: &LogicalType) -> Result<Self> {
        let values = Self::bind(array, logical_type)?.ok_or_else(|| EngineError::Compute {
            class: "org.apache.flink.table.api.TableException",
            message: format!(
                "A column of type {} arrived as Arrow type {}",
                logical_type.as_summary_string(),
                array.data_type()
            ),
        })?;
        Ok(Self {
            nulls: array.logical_nulls(),
            values,
        })
    }

    fn bind(array: &ArrayRef, logical_type: &LogicalType) -> Result<Option<Values>> {
        let values = match (&logical_type.kind, array.data_type()) {
            (_, DataType::Null) => Values::Null,
            (TypeKind::Char(_) | TypeKind::VarChar(_), DataType::Utf8) => {
                Values::String(array.as_string::<i32>().clone())
            }
            (TypeKind::Boolean, DataType::Boolean) => Values::Boolean(array.as_boolean().clone()),
            (TypeKind::Binary(_) | TypeKind::VarBinary(_), DataType::Binary) => {
                Values::Bytes(array.as_binary::<i32>().clone())
            }
            (TypeKind::Decimal { .. }, DataType::Decimal128(_, scale)) => {
                Values::Decimal(array.as_primitive::<Decimal128Type>().clone(), i32::from(*scale))
            }
            (TypeKind::TinyInt, DataType::Int8) => Values::TinyInt(numbers::<Int8Type>(array)),
            (TypeKind::SmallInt, DataType::Int16) => Values::SmallInt(numbers::<Int16Type>(array)),
            (TypeKind::Int, DataType::Int32) => Values::Int(numbers::<Int32Type>(array)),
            (TypeKind::BigInt, DataType::Int64) => Values::BigInt(numbers::<Int64Type>(array)),
            (TypeKind::Float, DataType::Float32) => {
                Values::Float(array.as_primitive::<Float32Type>().clone())
            }
            (TypeKind::Double, DataType::Float64) => {
                Values::Double(array.as_primitive::<Float64Type>().clone())
            }
            (TypeKind::Date, DataType::Date32) => Values::Date(numbers::<Date32Type>(array)),
            (TypeKind::Time(precision), DataType::Time32(TimeUnit::Second)) => {
                Values::ShortTime(numbers::<Time32SecondType>(array), *precision)
            }
            (TypeKind::Time(precision), DataType::Time32(_)) => {
                Values::ShortTime(numbers::<Time32MillisecondType>(array), *precision)
            }
            (TypeKind::Time(precision), DataType::Time64(TimeUnit::Microsecond)) => {
                Values::LongTime(numbers::<Time64MicrosecondType>(array), *precision)
            }
            (TypeKind::Time(precision), DataType::Time64(_)) => {
                Values::LongTime(numbers::<Time64NanosecondType>(array), *precision)
            }
            (
                TypeKind::Timestamp(precision) | TypeKind::TimestampLtz(precision),
                DataType::Timestamp(unit, _),
            ) => {
                let values = match unit {
                    TimeUnit::Second => numbers::<TimestampSecondType>(array),
                    TimeUnit::Millisecond => numbers::<TimestampMillisecondType>(array),
                    TimeUnit::Microsecond => numbers::<TimestampMicrosecondType>(array),
                    TimeUnit::Nanosecond => numbers::<TimestampNanosecondType>(array),
                };
                let zoned = matches!(logical_type.kind, TypeKind::TimestampLtz(_));
                Values::Timestamp(values, *precision, zoned)
            }
            (TypeKind::IntervalYearMonth, DataType::Interval(IntervalUnit::YearMonth)) => {
                Values::Months(numbers::<IntervalYearMonthType>(array))
            }
            (TypeKind::IntervalDayTime, DataType::Duration(TimeUnit::Millisecond)) => {
                Values::Millis(numbers::<DurationMillisecondType>(array))
            }
            (TypeKind::Array(element), DataType::List(_)) => {
                let list = array.as_list::<i32>();
                Values::List(
                    list.offsets().clone(),
                    Box::new(Self::new(list.values(), element)?),
                )
            }
            (TypeKind::Map(key, value), DataType::Map(_, _)) => map(array, key, value)?,
            (TypeKind::Multiset(element), DataType::Map(_, _)) => {
                map(array, element, &LogicalType::not_null(TypeKind::Int))?
            }
            (TypeKind::Row(fields), DataType::Struct(_)) => {
                let columns = array.as_struct().columns();
                if columns.len() != fields.len() {
                    return Ok(None);
                }
                Values::Row(
                    columns
                        .iter()
                        .zip(fields)
                        .map(|(column, field)| Self::new(column, &field.field_type))
                        .collect::<Result<_>>()?,
                )
            }
            _ => return Ok(None),
        };
        Ok(Some(values))
    }

    /// The value at `row`, which must be in the column.
    pub(crate) fn value(&self, row: usize) -> Value<'_> {
        if self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
            return Value::Null;
        }
        match &self.values {
            Values::Null => Value::Null,
            Values::Boolean(array) => Value::Boolean(array.value(row)),
            Values::TinyInt(values) => Value::Integer(i64::from(values[row])),
            Values::SmallInt(values) => Value::Integer(i64::from(values[row])),
            Values::Int(values) => Value::Integer(i64::from(values[row])),
            Values::BigInt(values) => Value::Integer(values[row]),
            Values::Float(array) => Value::Float(array.value(row)),
            Values::Double(array) => Value::Double(array.value(row)),
            Values::Decimal(array, scale) => Value::Decimal {
                unscaled: array.value(row),
                scale: *scale,
            },
            Values::String(array) => Value::String(array.value(row)),
            Values::Bytes(array) => Value::Bytes(array.value(row)),
            Values::Date(values) => Value::Date(i64::from(values[row])),
            Values::ShortTime(values, precision) => Value::Time {
                value: i64::from(values[row]),
                precision: *precision,
            },
            Values::LongTime(values, precision) => Value::Time {
                value: values[row],
                precision: *precision,
            },
            Values::Timestamp(values, precision, zoned) => Value::Timestamp {
                value: values[row],
                precision: *precision,
                zoned: *zoned,
            },
            Values::Months(values) => Value::Months(i64::from(values[row])),
            Values::Millis(values) => Value::Millis(values[row]),
            Values::List(offsets, element) => Value::Array(run(offsets, element, row)),
            Values::Map(offsets, keys, values) => Value::Map {
                keys: run(offsets, keys, row),
                values: run(offsets, values, row),
            },
            Values::Row(fields) => Value::Row { fields, row },
        }
    }
}

fn numbers<T: ArrowPrimitiveType>(array: &ArrayRef) -> ScalarBuffer<T::Native> {
    let array: &PrimitiveArray<T> = array.as_primitive();
    array.values().clone()
}

fn map(array: &ArrayRef, key: &LogicalType, value: &LogicalType) -> Result<Values> {
    let map = array.as_map();
    Ok(Values::Map(
        map.offsets().clone(),
        Box::new(ColumnReader::new(map.keys(), key)?),
        Box::new(ColumnReader::new(map.values(), value)?),
    ))
}

fn run<'a>(offsets: &OffsetBuffer<i32>, column: &'a ColumnReader, row: usize) -> Elements<'a> {
    // Offsets of a valid list are ordered and not negative.
    Elements {
        column,
        start: offsets[row] as usize,
        end: offsets[row + 1] as usize,
    }
}
