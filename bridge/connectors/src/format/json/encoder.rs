//! Columns to records.

use std::fmt::Write as _;

use arrow::array::RecordBatch;
use nutkin_engine::Result;
use nutkin_plan::catalog::Column;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::format::api::{EncodedRecords, RecordEncoder};
use crate::text::{
    DecimalNotation, TimestampFormat, encode_base64, write_date, write_decimal, write_double, write_float,
    write_time, write_timestamp,
};
use crate::value::{ColumnReader, Elements, Value};

/// Encodes the rows of one table.
pub(super) struct JsonEncoder {
    fields: Vec<NamedType>,
    writer: JsonWriter,
}

/// A field, with the names of its own fields as far as it has any.
struct NamedType {
    /// The name as a JSON string, with its colon.
    key: String,
    shape: Shape,
    logical_type: LogicalType,
}

/// What is needed besides values to write a type: names.
enum Shape {
    Scalar,
    Array(Box<Shape>),
    Map(Box<Shape>),
    Row(Vec<NamedType>),
}

struct JsonWriter {
    timestamps: TimestampFormat,
    notation: DecimalNotation,
    ignore_null_fields: bool,
}

impl JsonEncoder {
    pub(super) fn new(
        columns: &[Column],
        timestamps: TimestampFormat,
        notation: DecimalNotation,
        ignore_null_fields: bool,
    ) -> Self {
        Self {
            fields: columns
                .iter()
                .map(|column| NamedType::new(&column.name, &column.column_type))
                .collect(),
            writer: JsonWriter {
                timestamps,
                notation,
                ignore_null_fields,
            },
        }
    }
}

impl NamedType {
    fn new(name: &str, logical_type: &LogicalType) -> Self {
        let mut key = String::new();
        write_string(name, &mut key);
        key.push(':');
        Self {
            key,
            shape: Shape::new(logical_type),
            logical_type: logical_type.clone(),
        }
    }
}

impl Shape {
    fn new(logical_type: &LogicalType) -> Self {
        match &logical_type.kind {
            TypeKind::Array(element) => Self::Array(Box::new(Self::new(element))),
            TypeKind::Map(_, value) => Self::Map(Box::new(Self::new(value))),
            TypeKind::Multiset(_) => Self::Map(Box::new(Self::Scalar)),
            TypeKind::Row(fields) => Self::Row(
                fields
                    .iter()
                    .map(|field| NamedType::new(&field.name, &field.field_type))
                    .collect(),
            ),
            _ => Self::Scalar,
        }
    }
}

impl RecordEncoder for JsonEncoder {
    fn encode(&mut self, batch: &RecordBatch, records: &mut EncodedRecords) -> Result<()> {
        let columns = batch
            .columns()
            .iter()
            .zip(&self.fields)
            .map(|(column, field)| ColumnReader::new(column, &field.logical_type))
            .collect::<Result<Vec<_>>>()?;
        let mut text = String::new();
        for row in 0..batch.num_rows() {
            text.clear();
            self.writer.object(&self.fields, &columns, row, &mut text);
            records.buffer().extend_from_slice(text.as_bytes());
            records.end_record();
        }
        Ok(())
    }
}

impl JsonWriter {
    fn object(&self, fields: &[NamedType], columns: &[ColumnReader], row: usize, text: &mut String) {
        text.push('{');
        let mut first = true;
        for (field, column) in fields.iter().zip(columns) {
            let value = column.value(row);
            if self.ignore_null_fields && matches!(value, Value::Null) {
                continue;
            }
            if !first {
                text.push(',');
            }
            first = false;
            text.push_str(&field.key);
            self.value(&field.shape, &value, text);
        }
        text.push('}');
    }

    fn value(&self, shape: &Shape, value: &Value<'_>, text: &mut String) {
        match (shape, value) {
            (Shape::Array(element), Value::Array(elements)) => self.array(element, *elements, text),
            (Shape::Map(value_shape), Value::Map { keys, values }) => {
                text.push('{');
                for (position, (key, value)) in keys.iter().zip(values.iter()).enumerate() {
                    if position > 0 {
                        text.push(',');
                    }
                    self.scalar(&key, text);
                    text.push(':');
                    self.value(value_shape, &value, text);
                }
                text.push('}');
            }
            (Shape::Row(fields), Value::Row { fields: columns, row }) => {
                self.object(fields, columns, *row, text)
            }
            _ => self.scalar(value, text),
        }
    }

    fn array(&self, element: &Shape, elements: Elements<'_>, text: &mut String) {
        text.push('[');
        for (position, value) in elements.iter().enumerate() {
            if position > 0 {
                text.push(',');
            }
            self.value(element, &value, text);
        }
        text.push(']');
    }

    fn scalar(&self, value: &Value<'_>, text: &mut String) {
        match value {
            Value::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
            Value::Integer(value) | Value::Months(value) | Value::Millis(value) => {
                // Writing to a String cannot fail.
                let _ = write!(text, "{value}");
            }
            // JSON has no such numbers; Jackson writes them as strings.
            Value::Float(value) if !value.is_finite() => in_quotes(text, |text| write_float(*value, text)),
            Value::Double(value) if !value.is_finite() => in_quotes(text, |text| write_double(*value, text)),
            Value::Float(value) => write_float(*value, text),
            Value::Double(value) => write_double(*value, text),
            Value::Decimal { unscaled, scale } => write_decimal(*unscaled, *scale, self.notation, text),
            Value::String(value) => write_string(value, text),
            Value::Bytes(bytes) => in_quotes(text, |text| encode_base64(bytes, text)),
            Value::Date(days) => in_quotes(text, |text| write_date(*days, text)),
            Value::Time { value, precision } => in_quotes(text, |text| write_time(*value, *precision, text)),
            Value::Timestamp {
                value,
                precision,
                zoned,
            } => in_quotes(text, |text| {
                write_timestamp(*value, *precision, self.timestamps, *zoned, text);
            }),
            Value::Null | Value::Array(_) | Value::Map { .. } | Value::Row { .. } => text.push_str("null"),
        }
    }
}

fn in_quotes(text: &mut String, write: impl FnOnce(&mut String)) {
    text.push('"');
    write(text);
    text.push('"');
}

/// Writes a JSON string with the escapes that JSON demands.
fn write_string(value: &str, text: &mut String) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            control if control < ' ' => {
                let _ = write!(text, "\\u{:04X}", u32::from(control));
            }
            other => text.push(other),
        }
    }
    text.push('"');
}
