//! Rows of results as PyFlink collects them: a pickle a field.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray as _, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{
    DataType as ArrowType, Date32Type, Decimal128Type, DurationMillisecondType, Float32Type, Float64Type,
    Int8Type, Int16Type, Int32Type, Int64Type, IntervalYearMonthType, Time64MicrosecondType, TimeUnit,
    TimestampMicrosecondType,
};
use chrono::{DateTime, Datelike as _, Offset as _, TimeZone as _, Timelike as _};
use nutkin_plan::types::{LogicalType, TypeKind};

use super::super::array::JavaArray;
use super::super::class::Class;
use super::super::collection::elements_of;
use super::super::failure::{Failure, Outcome};
use super::super::number;
use super::super::value::JavaValue;
use super::data_type::DataType;
use super::pickle::{Pickled, dump};
use crate::model::JavaObject;

/// A row of a result: its kind in the first column, its fields in the others.
pub(super) struct CollectedRow {
    pub(super) rows: Arc<RecordBatch>,
    pub(super) position: usize,
}

impl JavaObject for CollectedRow {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.types.Row"
    }
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("org.apache.flink.types.Row")
            .method("int getArity()", |call| {
                Ok(JavaValue::count(
                    call.this::<CollectedRow>()?.rows.num_columns() - 1,
                ))
            })
            .method("Object getKind()", |call| {
                let row = call.this::<CollectedRow>()?;
                let names = ["INSERT", "UPDATE_BEFORE", "UPDATE_AFTER", "DELETE"];
                let name = names.get(usize::from(kind(&row))).copied().unwrap_or("INSERT");
                Ok(
                    super::enumeration::constant("org.apache.flink.types.RowKind", name)
                        .unwrap_or(JavaValue::Null),
                )
            }),
        Class::new("org.apache.flink.api.common.python.PythonBridgeUtils").function(
            "Object getPickledBytesFromRow(org.apache.flink.types.Row, DataType[])",
            |call| {
                let row = call.object::<CollectedRow>(0)?;
                let types = elements_of(call.value(1)?)?;
                let mut fields = vec![JavaValue::from(vec![kind(&row)])];
                for (column, data_type) in row.rows.columns()[1..].iter().zip(&types) {
                    let Some(data_type) = data_type.peek::<DataType>() else {
                        return Err(Failure::illegal("a DataType was expected"));
                    };
                    let field = field(column, row.position, &data_type.logical)?;
                    fields.push(field.map_or_else(|| JavaValue::from(Vec::new()), Field::into_java));
                }
                Ok(JavaValue::object(JavaArray::new("java.lang.Object", fields)))
            },
        ),
    ]
}

fn kind(row: &CollectedRow) -> u8 {
    let kinds = row.rows.column(0).as_primitive::<Int8Type>();
    kinds.value(row.position).cast_unsigned()
}

/// A field: its pickle, or for a ROW the fields of that.
enum Field {
    Pickle(Vec<u8>),
    Row(Vec<Field>),
}

impl Field {
    fn into_java(self) -> JavaValue {
        match self {
            Self::Pickle(bytes) => bytes.into(),
            Self::Row(fields) => JavaValue::object(JavaArray::new(
                "java.lang.Object",
                fields.into_iter().map(Self::into_java).collect(),
            )),
        }
    }

    /// As an element of a pickled list.
    fn into_pickled(self) -> Pickled {
        match self {
            Self::Pickle(bytes) => Pickled::Bytes(bytes),
            Self::Row(fields) => Pickled::List(fields.into_iter().map(Self::into_pickled).collect()),
        }
    }
}

/// The field of a column at a row; `None` for NULL.
fn field(column: &ArrayRef, row: usize, logical: &LogicalType) -> Outcome<Option<Field>> {
    if column.is_null(row) {
        return Ok(None);
    }
    let broken =
        |error: arrow::error::ArrowError| Failure::thrown("java.lang.RuntimeException", error.to_string());
    let pickled = match &logical.kind {
        TypeKind::Row(fields) => {
            let row_of = column.as_struct();
            // A nested row is an insertion, in Flink too.
            let mut nested = vec![Field::Pickle(vec![0])];
            for (inner, declared) in row_of.columns().iter().zip(fields) {
                nested.push(element(inner, row, &declared.field_type)?);
            }
            return Ok(Some(Field::Row(nested)));
        }
        TypeKind::Boolean => Pickled::Boolean(column.as_boolean().value(row)),
        TypeKind::TinyInt => Pickled::Int(column.as_primitive::<Int8Type>().value(row).into()),
        TypeKind::SmallInt => Pickled::Int(column.as_primitive::<Int16Type>().value(row).into()),
        TypeKind::Int => Pickled::Int(column.as_primitive::<Int32Type>().value(row).into()),
        TypeKind::BigInt => Pickled::Int(column.as_primitive::<Int64Type>().value(row)),
        // Java's text, which Python evaluates.
        TypeKind::Float => Pickled::Text(number::float_text(
            column.as_primitive::<Float32Type>().value(row),
        )),
        TypeKind::Double => Pickled::Float(column.as_primitive::<Float64Type>().value(row)),
        TypeKind::Char(_) | TypeKind::VarChar(_) => {
            Pickled::Text(column.as_string::<i32>().value(row).to_owned())
        }
        TypeKind::Binary(_) | TypeKind::VarBinary(_) => {
            Pickled::Bytes(column.as_binary::<i32>().value(row).to_vec())
        }
        TypeKind::Decimal { .. } => {
            Pickled::Decimal(column.as_primitive::<Decimal128Type>().value_as_string(row))
        }
        TypeKind::Date => Pickled::Int(column.as_primitive::<Date32Type>().value(row).into()),
        TypeKind::Time(_) => {
            let micros =
                cast(&column.slice(row, 1), &ArrowType::Time64(TimeUnit::Microsecond)).map_err(broken)?;
            Pickled::Int(micros.as_primitive::<Time64MicrosecondType>().value(0))
        }
        TypeKind::Timestamp(_) => date_time(micros(column, row)?),
        TypeKind::TimestampLtz(_) => Pickled::Int(micros(column, row)? + epoch_offset_micros()),
        TypeKind::IntervalDayTime => {
            Pickled::Int(column.as_primitive::<DurationMillisecondType>().value(row) * 1_000)
        }
        TypeKind::IntervalYearMonth => {
            Pickled::Int(column.as_primitive::<IntervalYearMonthType>().value(row).into())
        }
        TypeKind::Array(inner) => {
            let elements = column.as_list::<i32>().value(row);
            Pickled::List(all(&elements, inner)?)
        }
        TypeKind::Map(key, value) => {
            let entries = column.as_map().value(row);
            Pickled::List(vec![
                Pickled::List(all(entries.column(0), key)?),
                Pickled::List(all(entries.column(1), value)?),
            ])
        }
        TypeKind::Multiset(_) => {
            return Err(Failure::unsupported(
                "Collecting a MULTISET",
                "use CAST or a function on it in the query",
            ));
        }
        TypeKind::Null => return Ok(None),
    };
    Ok(Some(Field::Pickle(dump(&pickled))))
}

/// A field inside of another value, where NULL is a pickled `None`.
fn element(column: &ArrayRef, row: usize, logical: &LogicalType) -> Outcome<Field> {
    let field = field(column, row, logical)?;
    Ok(field.unwrap_or_else(|| Field::Pickle(dump(&Pickled::None))))
}

fn all(elements: &ArrayRef, logical: &LogicalType) -> Outcome<Vec<Pickled>> {
    (0..elements.len())
        .map(|position| element(elements, position, logical).map(Field::into_pickled))
        .collect()
}

/// A point in time in microseconds.
fn micros(column: &ArrayRef, row: usize) -> Outcome<i64> {
    let naive = ArrowType::Timestamp(TimeUnit::Microsecond, None);
    let cast = cast(&column.slice(row, 1), &naive)
        .map_err(|error| Failure::thrown("java.lang.RuntimeException", error.to_string()))?;
    Ok(cast.as_primitive::<TimestampMicrosecondType>().value(0))
}

fn date_time(micros: i64) -> Pickled {
    let Some(value) = DateTime::from_timestamp_micros(micros) else {
        return Pickled::None;
    };
    let value = value.naive_utc();
    Pickled::DateTime([
        value.year().into(),
        value.month().into(),
        value.day().into(),
        value.hour().into(),
        value.minute().into(),
        value.second().into(),
        i64::from(value.nanosecond() / 1_000),
    ])
}

/// How far this machine's zone was from UTC in 1970, which PyFlink takes off an instant.
pub(super) fn epoch_offset_micros() -> i64 {
    let local = chrono::Local.timestamp_opt(0, 0).single();
    local.map_or(0, |at| i64::from(at.offset().fix().local_minus_utc()) * 1_000_000)
}
