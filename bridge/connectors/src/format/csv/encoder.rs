//! Columns to records, with quotes where Jackson puts them.

use std::fmt::Write as _;

use arrow::array::RecordBatch;
use nutkin_engine::Result;
use nutkin_plan::types::LogicalType;

use super::dialect::CsvDialect;
use crate::format::api::{EncodedRecords, RecordEncoder};
use crate::text::{
    DecimalNotation, TimestampFormat, encode_base64, write_date, write_decimal, write_double, write_float,
    write_time, write_timestamp,
};
use crate::value::{ColumnReader, Value};

/// Texts longer than this are quoted without looking at them.
const MAX_CHECKED_CHARACTERS: usize = 24;

/// Encodes the rows of one table.
pub(super) struct CsvEncoder {
    dialect: CsvDialect,
    types: Vec<LogicalType>,
    notation: DecimalNotation,
    /// Characters below this one make a text quoted: delimiter, quote and line breaks are, and so is
    /// what sorts before them, such as the space.
    first_safe_character: char,
    scratch: String,
    record: String,
}

impl CsvEncoder {
    pub(super) fn new(dialect: CsvDialect, types: Vec<LogicalType>, notation: DecimalNotation) -> Self {
        let last_special = [
            Some(dialect.delimiter),
            dialect.quote,
            dialect.escape,
            Some(b'\r'),
        ]
        .into_iter()
        .flatten()
        .max()
        .unwrap_or_default();
        Self {
            dialect,
            types,
            notation,
            first_safe_character: char::from(last_special.saturating_add(1)),
            scratch: String::new(),
            record: String::new(),
        }
    }

    fn field(&mut self, value: &Value<'_>) {
        match value {
            Value::Null => {
                let literal = self.dialect.null_literal.as_deref().unwrap_or_default();
                self.record.push_str(literal);
            }
            // Numbers and booleans are never quoted.
            Value::Boolean(_)
            | Value::Integer(_)
            | Value::Float(_)
            | Value::Double(_)
            | Value::Decimal { .. }
            | Value::Months(_)
            | Value::Millis(_) => write_scalar(value, self.notation, &mut self.record),
            Value::String(text) => {
                quote_if_needed(&self.dialect, self.first_safe_character, text, &mut self.record)
            }
            Value::Array(elements) => {
                self.scratch.clear();
                self.parts(elements.iter());
                self.quote_scratch();
            }
            Value::Row { fields, row } => {
                self.scratch.clear();
                self.parts(fields.iter().map(|field| field.value(*row)));
                self.quote_scratch();
            }
            _ => {
                self.scratch.clear();
                write_scalar(value, self.notation, &mut self.scratch);
                self.quote_scratch();
            }
        }
    }

    fn parts<'a>(&mut self, values: impl Iterator<Item = Value<'a>>) {
        for (position, value) in values.enumerate() {
            if position > 0 {
                self.scratch.push_str(&self.dialect.array_delimiter);
            }
            match value {
                Value::Null => self
                    .scratch
                    .push_str(self.dialect.null_literal.as_deref().unwrap_or_default()),
                value => write_scalar(&value, self.notation, &mut self.scratch),
            }
        }
    }

    fn quote_scratch(&mut self) {
        quote_if_needed(
            &self.dialect,
            self.first_safe_character,
            &self.scratch,
            &mut self.record,
        );
    }
}

impl RecordEncoder for CsvEncoder {
    fn encode(&mut self, batch: &RecordBatch, records: &mut EncodedRecords) -> Result<()> {
        let columns = batch
            .columns()
            .iter()
            .zip(&self.types)
            .map(|(column, logical_type)| ColumnReader::new(column, logical_type))
            .collect::<Result<Vec<_>>>()?;
        for row in 0..batch.num_rows() {
            self.record.clear();
            for (position, column) in columns.iter().enumerate() {
                if position > 0 {
                    self.record.push(char::from(self.dialect.delimiter));
                }
                self.field(&column.value(row));
            }
            records.buffer().extend_from_slice(self.record.as_bytes());
            records.end_record();
        }
        Ok(())
    }
}

/// Writes a value that has no parts, without quotes.
fn write_scalar(value: &Value<'_>, notation: DecimalNotation, text: &mut String) {
    match value {
        Value::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Integer(value) | Value::Months(value) | Value::Millis(value) => {
            // Writing to a String cannot fail.
            let _ = write!(text, "{value}");
        }
        Value::Float(value) => write_float(*value, text),
        Value::Double(value) => write_double(*value, text),
        Value::Decimal { unscaled, scale } => write_decimal(*unscaled, *scale, notation, text),
        Value::String(value) => text.push_str(value),
        Value::Bytes(bytes) => encode_base64(bytes, text),
        Value::Date(days) => write_date(*days, text),
        Value::Time { value, precision } => write_time(*value, *precision, text),
        Value::Timestamp {
            value,
            precision,
            zoned,
        } => write_timestamp(*value, *precision, TimestampFormat::Sql, *zoned, text),
        // The types were checked when the table was planned: nothing nested is left.
        Value::Null | Value::Array(_) | Value::Map { .. } | Value::Row { .. } => {}
    }
}

fn quote_if_needed(dialect: &CsvDialect, first_safe: char, text: &str, record: &mut String) {
    let Some(quote) = dialect.quote.map(char::from) else {
        record.push_str(text);
        return;
    };
    let needed = text.chars().nth(MAX_CHECKED_CHARACTERS).is_some() || text.chars().any(|c| c < first_safe);
    if !needed {
        record.push_str(text);
        return;
    }
    let escape = dialect.escape.map(char::from);
    record.push(quote);
    for character in text.chars() {
        if character == quote {
            record.push(quote);
        } else if Some(character) == escape {
            record.push(character);
        }
        record.push(character);
    }
    record.push(quote);
}
