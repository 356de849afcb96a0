//! The rows of `from_elements`: pickles, and the Arrow columns that they become.

use std::str::FromStr as _;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DurationMillisecondArray,
    Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Int64Array, IntervalYearMonthArray,
    ListArray, MapArray, NullArray, RecordBatch, StringArray, StructArray, Time64MicrosecondArray,
    TimestampMicrosecondArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::compute::cast;
use arrow::datatypes::{DataType as ArrowType, Field, Schema};
use arrow::error::ArrowError;
use arrow::ipc::writer::StreamWriter;
use chrono::{DateTime, Local};
use nutkin_plan::types::{LogicalType, RowField, TypeKind};

use super::super::failure::{Failure, Outcome};
use super::super::util::decimal::plain;
use super::pickled_row::epoch_offset_micros;
use super::unpickle::{Python, load};

/// The rows of a file of records, each a length and a pickle of many rows, as an Arrow stream.
pub(super) fn to_arrow(file: &[u8], row_type: &LogicalType) -> Outcome<Vec<u8>> {
    let TypeKind::Row(fields) = &row_type.kind else {
        return Err(Failure::illegal(format!(
            "The rows of a table are of a ROW type, not {row_type}."
        )));
    };
    let mut rows = Vec::new();
    let mut rest = file;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let (mut record, after) = after
            .split_at_checked(length)
            .ok_or_else(|| Failure::thrown("java.io.EOFException", "the file of rows ends early"))?;
        match load(&mut record)? {
            Python::List(more) => rows.extend(more),
            one => rows.push(one),
        }
        rest = after;
    }
    let rows: Vec<Option<&Python>> = rows.iter().map(Some).collect();
    let columns = columns(&rows, fields)?;
    write(fields, columns).map_err(|error| broken(&error))
}

fn broken(error: &ArrowError) -> Failure {
    Failure::thrown("java.lang.RuntimeException", error.to_string())
}

fn write(fields: &[RowField], columns: Vec<ArrayRef>) -> Result<Vec<u8>, ArrowError> {
    let arrow_fields = fields.iter().map(|field| field.field_type.to_field(&field.name));
    let schema = Arc::new(Schema::new(arrow_fields.collect::<Vec<Field>>()));
    let rows = RecordBatch::try_new(Arc::clone(&schema), columns)?;
    let mut writer = StreamWriter::try_new(Vec::new(), &schema)?;
    writer.write(&rows)?;
    writer.into_inner()
}

/// The columns of rows, whose first element is their kind.
fn columns(rows: &[Option<&Python>], fields: &[RowField]) -> Outcome<Vec<ArrayRef>> {
    for row in rows.iter().flatten() {
        match row {
            Python::List(values) if values.len() == fields.len() + 1 => {}
            Python::List(values) => {
                return Err(Failure::thrown(
                    "java.lang.IllegalStateException",
                    format!(
                        "Input row doesn't have expected number of values required by the schema. {} fields are \
                         required while {} values are provided.",
                        fields.len(),
                        values.len().saturating_sub(1)
                    ),
                ));
            }
            other => return Err(mismatch(other, "ROW")),
        }
    }
    fields
        .iter()
        .enumerate()
        .map(|(position, field)| {
            let values: Vec<Option<&Python>> = rows
                .iter()
                .map(|row| match row {
                    Some(Python::List(values)) => {
                        values.get(position + 1).filter(|value| **value != Python::None)
                    }
                    _ => None,
                })
                .collect();
            column(&values, &field.field_type)
        })
        .collect()
}

fn mismatch(value: &Python, wanted: &str) -> Failure {
    let kind = match value {
        Python::None => "None",
        Python::Boolean(_) => "bool",
        Python::Int(_) => "int",
        Python::Float(_) => "float",
        Python::Text(_) => "str",
        Python::Bytes(_) => "bytes",
        Python::Decimal(_) => "Decimal",
        Python::List(_) => "list",
        Python::Map(_) => "dict",
        Python::Global(_) | Python::Mark => "object",
    };
    Failure::illegal(format!("A value of Python's type {kind} is no {wanted}."))
}

/// Whole numbers of a type, none cut off.
fn integers<T: TryFrom<i128>>(values: &[Option<&Python>], logical: &LogicalType) -> Outcome<Vec<Option<T>>> {
    each(values, |value| match value {
        Python::Int(number) => T::try_from(*number)
            .map_err(|_| Failure::illegal(format!("{number} is out of the range of {logical}."))),
        Python::Boolean(value) => {
            T::try_from(i128::from(*value)).map_err(|_| mismatch(&Python::None, &logical.to_string()))
        }
        other => Err(mismatch(other, &logical.to_string())),
    })
}

fn each<'a, T>(
    values: &[Option<&'a Python>],
    read: impl Fn(&'a Python) -> Outcome<T>,
) -> Outcome<Vec<Option<T>>> {
    values.iter().map(|value| value.map(&read).transpose()).collect()
}

fn float(value: &Python) -> Outcome<f64> {
    match value {
        Python::Float(number) => Ok(*number),
        Python::Int(number) => Ok(*number as f64),
        other => Err(mismatch(other, "DOUBLE")),
    }
}

/// The column of values of a type.
fn column(values: &[Option<&Python>], logical: &LogicalType) -> Outcome<ArrayRef> {
    let wanted = logical.to_arrow();
    let text = logical.to_string();
    let array: ArrayRef = match &logical.kind {
        TypeKind::Null => Arc::new(NullArray::new(values.len())),
        TypeKind::Boolean => Arc::new(BooleanArray::from(each(values, |value| match value {
            Python::Boolean(value) => Ok(*value),
            other => Err(mismatch(other, &text)),
        })?)),
        TypeKind::TinyInt => Arc::new(Int8Array::from(integers::<i8>(values, logical)?)),
        TypeKind::SmallInt => Arc::new(Int16Array::from(integers::<i16>(values, logical)?)),
        TypeKind::Int => Arc::new(Int32Array::from(integers::<i32>(values, logical)?)),
        TypeKind::BigInt => Arc::new(Int64Array::from(integers::<i64>(values, logical)?)),
        TypeKind::Float => Arc::new(Float32Array::from(each(
            values,
            |value| Ok(float(value)? as f32),
        )?)),
        TypeKind::Double => Arc::new(Float64Array::from(each(values, float)?)),
        TypeKind::Char(_) | TypeKind::VarChar(_) => {
            Arc::new(StringArray::from(each(values, |value| match value {
                Python::Text(text) => Ok(text.as_str()),
                other => Err(mismatch(other, &text)),
            })?))
        }
        TypeKind::Binary(_) | TypeKind::VarBinary(_) => {
            Arc::new(BinaryArray::from(each(values, |value| match value {
                Python::Bytes(bytes) => Ok(bytes.as_slice()),
                other => Err(mismatch(other, &text)),
            })?))
        }
        TypeKind::Decimal { precision, scale } => {
            let numbers = each(values, |value| decimal(value, *precision, *scale))?;
            // A number that the precision does not hold is NULL, as in Flink.
            let numbers: Vec<Option<i128>> = numbers.into_iter().map(Option::flatten).collect();
            let array = Decimal128Array::from(numbers);
            Arc::new(array.with_data_type(wanted.clone()))
        }
        TypeKind::Date => Arc::new(Date32Array::from(integers::<i32>(values, logical)?)),
        TypeKind::Time(_) => Arc::new(Time64MicrosecondArray::from(integers::<i64>(values, logical)?)),
        TypeKind::Timestamp(_) => {
            let micros = integers::<i64>(values, logical)?;
            Arc::new(TimestampMicrosecondArray::from_iter(
                micros.into_iter().map(|micros| micros.map(local_clock)),
            ))
        }
        TypeKind::TimestampLtz(_) => {
            let offset = epoch_offset_micros();
            let micros = integers::<i64>(values, logical)?;
            Arc::new(
                TimestampMicrosecondArray::from_iter(
                    micros.into_iter().map(|micros| micros.map(|at| at - offset)),
                )
                .with_timezone("UTC"),
            )
        }
        TypeKind::IntervalDayTime => {
            let micros = integers::<i64>(values, logical)?;
            Arc::new(DurationMillisecondArray::from_iter(
                micros
                    .into_iter()
                    .map(|micros| micros.map(|micros| micros / 1_000)),
            ))
        }
        TypeKind::IntervalYearMonth => {
            Arc::new(IntervalYearMonthArray::from(integers::<i32>(values, logical)?))
        }
        TypeKind::Row(fields) => {
            let inner = columns(values, fields)?;
            let ArrowType::Struct(arrow_fields) = wanted.clone() else {
                return Err(Failure::illegal(text));
            };
            let nulls = NullBuffer::from_iter(values.iter().map(Option::is_some));
            let rows = StructArray::try_new(arrow_fields, inner, Some(nulls));
            Arc::new(rows.map_err(|error| broken(&error))?)
        }
        TypeKind::Array(element) => list(values, element, &wanted)?,
        TypeKind::Map(key, value) => map(values, key, value, &wanted)?,
        TypeKind::Multiset(_) => {
            return Err(Failure::unsupported(
                "A MULTISET in from_elements",
                "use an ARRAY or a MAP",
            ));
        }
    };
    cast(&array, &wanted).map_err(|error| broken(&error))
}

fn lengths_of(lengths: impl Iterator<Item = usize>) -> OffsetBuffer<i32> {
    OffsetBuffer::from_lengths(lengths)
}

fn list(values: &[Option<&Python>], element: &LogicalType, wanted: &ArrowType) -> Outcome<ArrayRef> {
    let lists = each(values, |value| match value {
        Python::List(elements) => Ok(elements),
        other => Err(mismatch(other, "ARRAY")),
    })?;
    let all: Vec<Option<&Python>> = lists
        .iter()
        .flatten()
        .flat_map(|elements| elements.iter())
        .map(|value| Some(value).filter(|value| **value != Python::None))
        .collect();
    let ArrowType::List(field) = wanted else {
        return Err(Failure::illegal("ARRAY"));
    };
    let lengths = lengths_of(lists.iter().map(|elements| elements.map_or(0, Vec::len)));
    let nulls = NullBuffer::from_iter(values.iter().map(Option::is_some));
    let array = ListArray::try_new(Arc::clone(field), lengths, column(&all, element)?, Some(nulls));
    Ok(Arc::new(array.map_err(|error| broken(&error))?))
}

fn map(
    values: &[Option<&Python>],
    key: &LogicalType,
    value: &LogicalType,
    wanted: &ArrowType,
) -> Outcome<ArrayRef> {
    let maps = each(values, |value| match value {
        Python::Map(entries) => Ok(entries),
        other => Err(mismatch(other, "MAP")),
    })?;
    let entries: Vec<&(Python, Python)> = maps.iter().flatten().flat_map(|entries| entries.iter()).collect();
    let present = |value| Some(value).filter(|value: &&Python| **value != Python::None);
    let keys: Vec<Option<&Python>> = entries.iter().map(|(key, _)| present(key)).collect();
    let held: Vec<Option<&Python>> = entries.iter().map(|(_, value)| present(value)).collect();
    let ArrowType::Map(field, ordered) = wanted else {
        return Err(Failure::illegal("MAP"));
    };
    let ArrowType::Struct(fields) = field.data_type() else {
        return Err(Failure::illegal("MAP"));
    };
    let columns = vec![column(&keys, key)?, column(&held, value)?];
    let pairs = StructArray::try_new(fields.clone(), columns, None).map_err(|error| broken(&error))?;
    let lengths = lengths_of(maps.iter().map(|entries| entries.map_or(0, Vec::len)));
    let nulls = NullBuffer::from_iter(values.iter().map(Option::is_some));
    let array = MapArray::try_new(Arc::clone(field), lengths, pairs, Some(nulls), *ordered);
    Ok(Arc::new(array.map_err(|error| broken(&error))?))
}

/// The digits of a number with the scale of a type, rounded half up; `None` when there are too many.
fn decimal(value: &Python, precision: u8, scale: u8) -> Outcome<Option<i128>> {
    let text = match value {
        Python::Decimal(text) => plain(text),
        Python::Int(number) => number.to_string(),
        other => return Err(mismatch(other, "DECIMAL")),
    };
    let (negative, digits) = text
        .strip_prefix('-')
        .map_or((false, text.as_str()), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let scale = usize::from(scale);
    let kept: String = fraction
        .chars()
        .chain(std::iter::repeat('0'))
        .take(scale)
        .collect();
    let round_up = fraction.as_bytes().get(scale).is_some_and(|digit| *digit >= b'5');
    let Ok(number) = i128::from_str(&format!("{whole}{kept}")) else {
        return Ok(None);
    };
    let number = number + i128::from(round_up);
    let limit = 10i128.checked_pow(u32::from(precision));
    Ok(limit
        .is_none_or(|limit| number < limit)
        .then_some(if negative { -number } else { number }))
}

/// What the clock of this machine shows at an instant. PyFlink reads naive times as local ones, on the
/// same machine.
fn local_clock(micros: i64) -> i64 {
    match DateTime::from_timestamp_micros(micros) {
        Some(at) => at
            .with_timezone(&Local)
            .naive_local()
            .and_utc()
            .timestamp_micros(),
        None => micros,
    }
}
