//! JSON_OBJECT, JSON_ARRAY, JSON_STRING and JSON: values of SQL as JSON text.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{
    DataType, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimeUnit,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::DateTime;
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::PlanError;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::parse::parse;
use super::value::big_decimal;
use super::write::{write, write_text};
use crate::call::Call;
use crate::columns::{text_column, try_text_column};
use crate::error::{FunctionError, Result};
use crate::function_expression::Values;
use crate::java_float::{double_to_string, float_to_string};

/// A column of values to write.
struct Column {
    array: ArrayRef,
    constant: bool,
    value_type: LogicalType,
    /// Whether the values are JSON text already.
    is_json: bool,
}

impl Column {
    fn read(values: &Values<'_>, index: usize, value_type: &LogicalType, is_json: bool) -> Result<Self> {
        let (array, constant) = values.compact(index)?;
        Ok(Self {
            array,
            constant,
            value_type: value_type.clone(),
            is_json,
        })
    }

    fn is_null(&self, row: usize) -> bool {
        self.array.is_null(if self.constant { 0 } else { row })
    }

    fn write(&self, row: usize, out: &mut String) -> Result<()> {
        let row = if self.constant { 0 } else { row };
        if self.is_json && self.array.is_valid(row) {
            out.push_str(self.array.as_string::<i32>().value(row));
            return Ok(());
        }
        write_value(&self.array, &self.value_type.kind, row, out)
    }
}

fn not_convertible(kind: &LogicalType) -> FunctionError {
    FunctionError::Plan(PlanError::validation(format!(
        "Type '{kind}' is not scalar or cannot be converted into JSON."
    )))
}

/// Whether values of a type can be written.
fn check(value_type: &LogicalType) -> Result<()> {
    match &value_type.kind {
        TypeKind::Date
        | TypeKind::Time(_)
        | TypeKind::IntervalYearMonth
        | TypeKind::IntervalDayTime
        | TypeKind::Multiset(_) => Err(not_convertible(value_type)),
        TypeKind::Array(element) => check(element),
        TypeKind::Map(key, value) => match key.kind {
            TypeKind::Char(_) | TypeKind::VarChar(_) => check(value),
            _ => Err(not_convertible(value_type)),
        },
        TypeKind::Row(fields) => fields.iter().try_for_each(|field| check(&field.field_type)),
        _ => Ok(()),
    }
}

/// Appends one value of an array.
fn write_value(array: &ArrayRef, kind: &TypeKind, row: usize, out: &mut String) -> Result<()> {
    if array.is_null(row) {
        out.push_str("null");
        return Ok(());
    }
    match kind {
        TypeKind::Boolean => out.push_str(if array.as_boolean().value(row) {
            "true"
        } else {
            "false"
        }),
        TypeKind::TinyInt => out.push_str(&array.as_primitive::<Int8Type>().value(row).to_string()),
        TypeKind::SmallInt => out.push_str(&array.as_primitive::<Int16Type>().value(row).to_string()),
        TypeKind::Int => out.push_str(&array.as_primitive::<Int32Type>().value(row).to_string()),
        TypeKind::BigInt => out.push_str(&array.as_primitive::<Int64Type>().value(row).to_string()),
        TypeKind::Float => write_number(
            &float_to_string(array.as_primitive::<Float32Type>().value(row)),
            out,
        ),
        TypeKind::Double => {
            write_number(
                &double_to_string(array.as_primitive::<Float64Type>().value(row)),
                out,
            );
        }
        TypeKind::Decimal { .. } => {
            write_number(&array.as_primitive::<Decimal128Type>().value_as_string(row), out);
        }
        TypeKind::Char(_) | TypeKind::VarChar(_) => write_text(array.as_string::<i32>().value(row), out),
        TypeKind::Binary(_) | TypeKind::VarBinary(_) => {
            out.push('"');
            STANDARD.encode_string(array.as_binary::<i32>().value(row), out);
            out.push('"');
        }
        TypeKind::Timestamp(_) => write_timestamp(array, row, "", out)?,
        TypeKind::TimestampLtz(_) => write_timestamp(array, row, "Z", out)?,
        TypeKind::Array(element) => {
            let items = array.as_list::<i32>().value(row);
            out.push('[');
            for place in 0..items.len() {
                if place > 0 {
                    out.push(',');
                }
                write_value(&items, &element.kind, place, out)?;
            }
            out.push(']');
        }
        TypeKind::Map(_, value) => {
            let entries = array.as_map().value(row);
            let keys = entries.column(0).as_string::<i32>();
            let members = (0..entries.len())
                .map(|place| (keys.value(place), place))
                .collect();
            write_members(members, out, |place, out| {
                write_value(entries.column(1), &value.kind, place, out)
            })?;
        }
        TypeKind::Row(fields) => {
            let columns = array.as_struct();
            let members = fields
                .iter()
                .enumerate()
                .map(|(place, field)| (field.name.as_str(), place));
            write_members(members.collect(), out, |place, out| {
                write_value(columns.column(place), &fields[place].field_type.kind, row, out)
            })?;
        }
        _ => return Err(not_convertible(&LogicalType::nullable(kind.clone()))),
    }
    Ok(())
}

/// Appends a number as `BigDecimal` prints it; what is none is a string.
fn write_number(text: &str, out: &mut String) {
    match big_decimal(text).filter(|_| text.ends_with(|last: char| last.is_ascii_digit())) {
        Some(number) => out.push_str(&number),
        None => write_text(text, out),
    }
}

/// Appends `{...}` with the members in the order of their names; of equal names the last one counts.
fn write_members(
    mut members: Vec<(&str, usize)>,
    out: &mut String,
    mut write: impl FnMut(usize, &mut String) -> Result<()>,
) -> Result<()> {
    members.sort_by(|left, right| left.0.encode_utf16().cmp(right.0.encode_utf16()));
    out.push('{');
    let mut first = true;
    for (place, (name, member)) in members.iter().enumerate() {
        if members.get(place + 1).is_some_and(|(next, _)| next == name) {
            continue;
        }
        if !first {
            out.push(',');
        }
        first = false;
        write_text(name, out);
        out.push(':');
        write(*member, out)?;
    }
    out.push('}');
    Ok(())
}

/// Appends an ISO text such as `"2020-01-01T00:00:00.5"`.
fn write_timestamp(array: &ArrayRef, row: usize, zone: &str, out: &mut String) -> Result<()> {
    let split = |value: i64, per_second: i64| {
        let nanos = value.rem_euclid(per_second) * (1_000_000_000 / per_second);
        DateTime::from_timestamp(value.div_euclid(per_second), u32::try_from(nanos).unwrap_or(0))
    };
    let instant = match array.data_type() {
        DataType::Timestamp(TimeUnit::Second, _) => {
            split(array.as_primitive::<TimestampSecondType>().value(row), 1)
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            split(array.as_primitive::<TimestampMillisecondType>().value(row), 1_000)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => split(
            array.as_primitive::<TimestampMicrosecondType>().value(row),
            1_000_000,
        ),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => split(
            array.as_primitive::<TimestampNanosecondType>().value(row),
            1_000_000_000,
        ),
        _ => None,
    };
    let Some(instant) = instant else {
        return Err(FunctionError::Compute {
            class: "java.time.DateTimeException",
            message: "A timestamp is out of range for JSON".to_owned(),
        });
    };
    let mut text = instant.format("%Y-%m-%dT%H:%M:%S%.9f").to_string();
    text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    out.push('"');
    out.push_str(&text);
    out.push_str(zone);
    out.push('"');
    Ok(())
}

/// `JSON_STRING(value)`.
pub(super) fn string(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    check(&call.types[0])?;
    let value_type = call.types[0].clone();
    Ok(call.with(Arc::new(move |values| {
        let column = Column::read(values, 0, &value_type, false)?;
        try_text_column(values.rows(), |row, out| {
            if column.is_null(row) {
                return Ok(None);
            }
            column.write(row, out)?;
            Ok(Some(()))
        })
    })))
}

/// The columns of the arguments from the second on; a NULL without a type has none in JSON.
fn columns_of(call: &Call<'_>) -> Result<Vec<(LogicalType, bool)>> {
    call.types
        .iter()
        .zip(&call.json_arguments)
        .skip(1)
        .map(|(value_type, is_json)| match value_type.kind {
            TypeKind::Null => Err(not_convertible(value_type)),
            _ => check(value_type).map(|()| (value_type.clone(), *is_json)),
        })
        .collect()
}

fn read_columns(values: &Values<'_>, types: &[(LogicalType, bool)]) -> Result<Vec<Column>> {
    types
        .iter()
        .enumerate()
        .map(|(place, (value_type, is_json))| Column::read(values, place + 1, value_type, *is_json))
        .collect()
}

fn drops_nulls(values: &Values<'_>) -> Result<bool> {
    Ok(values.texts(0)?.get(0) == Some("ABSENT"))
}

/// `JSON_OBJECT(on null, key, value, ...)`.
pub(super) fn object(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let types = columns_of(&call)?;
    Ok(call.with(Arc::new(move |values| {
        let drops_nulls = drops_nulls(values)?;
        let columns = read_columns(values, &types)?;
        let keys = (0..types.len())
            .step_by(2)
            .map(|place| values.texts(place + 1))
            .collect::<Result<Vec<_>>>()?;
        try_text_column(values.rows(), |row, out| {
            let mut members = Vec::with_capacity(keys.len());
            for (place, key) in keys.iter().enumerate() {
                let Some(key) = key.get(row) else {
                    return Err(FunctionError::Compute {
                        class: "org.apache.flink.table.api.TableRuntimeException",
                        message: "Key cannot be null in JSON_OBJECT".to_owned(),
                    });
                };
                if !(drops_nulls && columns[place * 2 + 1].is_null(row)) {
                    members.push((key, place * 2 + 1));
                }
            }
            write_members(members, out, |place, out| columns[place].write(row, out))?;
            Ok(Some(()))
        })
    })))
}

/// `JSON_ARRAY(on null, value, ...)`.
pub(super) fn array(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let types = columns_of(&call)?;
    Ok(call.with(Arc::new(move |values| {
        let drops_nulls = drops_nulls(values)?;
        let columns = read_columns(values, &types)?;
        try_text_column(values.rows(), |row, out| {
            out.push('[');
            for column in columns
                .iter()
                .filter(|column| !(drops_nulls && column.is_null(row)))
            {
                if out.len() > 1 {
                    out.push(',');
                }
                column.write(row, out)?;
            }
            out.push(']');
            Ok(Some(()))
        })
    })))
}

/// `JSON(text)` as the value of JSON_OBJECT or JSON_ARRAY: checked, and in the form in which values are
/// written.
pub(super) fn json(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let text = values.texts(0)?;
        let mut fault = None;
        let column = text_column(values.rows(), |row, out| {
            let text = text.get(row).map(str::trim).filter(|text| !text.is_empty())?;
            match parse(text) {
                Ok(value) => write(&value, out),
                Err(reason) => {
                    fault = Some(format!(
                        "Invalid JSON string in JSON(value) function: \"{text}\". Error: {reason}"
                    ));
                }
            }
            Some(())
        })?;
        match fault {
            None => Ok(column),
            Some(message) => Err(FunctionError::Compute {
                class: "org.apache.flink.table.api.TableRuntimeException",
                message,
            }),
        }
    })))
}
