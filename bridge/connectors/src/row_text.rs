//! Rows as text, the ways Flink shows them.
//!
//! The `print` connector shows a row as Java's `Row.toString` does (`+I[a, 1, null]`), and
//! `TableResult.print` shows values as `CAST(... AS STRING)` does; this module gives both, value by
//! value. The frame of a result table is drawn elsewhere.

use std::fmt::Write as _;

use arrow::array::RecordBatch;
use nutkin_engine::Result;
use nutkin_engine::chunk::{Chunk, RowKind};
use nutkin_plan::types::LogicalType;

use crate::text::{
    TimestampFormat, write_date, write_double, write_float, write_local_date_time, write_local_time,
    write_plain_decimal, write_time, write_timestamp,
};
use crate::value::{ColumnReader, Value};

/// How values are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextStyle {
    /// As the external Java objects print themselves: `true`, `2020-01-01T12:00`, `{k=v}`, `+I[a, 1]`.
    JavaObject,
    /// As `CAST(... AS STRING)` gives them: `TRUE`, `2020-01-01 12:00:00.000`, `{k=v}`, `(a, 1)`.
    SqlCast,
}

/// The rows of one batch, ready to be written as text.
pub struct RowTexts {
    columns: Vec<ColumnReader>,
    style: TextStyle,
}

impl RowTexts {
    /// Binds to the columns of a batch, which have these types.
    ///
    /// # Errors
    /// When a column is not the Arrow image of its type.
    pub fn new<'a>(
        batch: &RecordBatch,
        types: impl IntoIterator<Item = &'a LogicalType>,
        style: TextStyle,
    ) -> Result<Self> {
        let columns = batch
            .columns()
            .iter()
            .zip(types)
            .map(|(column, logical_type)| ColumnReader::new(column, logical_type))
            .collect::<Result<_>>()?;
        Ok(Self { columns, style })
    }

    /// Appends the text of one value; `null` in the style of Java, `NULL` in that of SQL.
    pub fn write_value(&self, column: usize, row: usize, text: &mut String) {
        if let Some(column) = self.columns.get(column) {
            write_value(&column.value(row), self.style, text);
        }
    }

    /// Appends the row as `Row.toString` does: `+I[a, 1, null]`.
    pub fn write_row(&self, kind: RowKind, row: usize, text: &mut String) {
        text.push_str(kind.short_string());
        text.push('[');
        for (position, column) in self.columns.iter().enumerate() {
            if position > 0 {
                text.push_str(", ");
            }
            write_value(&column.value(row), self.style, text);
        }
        text.push(']');
    }
}

/// The kind of a chunk's row.
#[must_use]
pub fn row_kind(chunk: &Chunk, row: usize) -> RowKind {
    chunk
        .kinds
        .as_ref()
        .and_then(|kinds| RowKind::from_byte(kinds.value(row)))
        .unwrap_or(RowKind::Insert)
}

fn write_value(value: &Value<'_>, style: TextStyle, text: &mut String) {
    let java = style == TextStyle::JavaObject;
    // Writing to a String cannot fail.
    match value {
        Value::Null => text.push_str(if java { "null" } else { "NULL" }),
        Value::Boolean(value) => text.push_str(match (java, value) {
            (true, true) => "true",
            (true, false) => "false",
            (false, true) => "TRUE",
            (false, false) => "FALSE",
        }),
        Value::Integer(value) => {
            let _ = write!(text, "{value}");
        }
        Value::Float(value) => write_float(*value, text),
        Value::Double(value) => write_double(*value, text),
        Value::Decimal { unscaled, scale } => write_plain_decimal(*unscaled, *scale, text),
        Value::String(value) => text.push_str(value),
        Value::Bytes(bytes) if java => {
            write_list(bytes.iter(), "[", "]", text, |byte, text| {
                let _ = write!(text, "{}", byte.cast_signed());
            });
        }
        Value::Bytes(bytes) => {
            text.push_str("x'");
            for byte in *bytes {
                let _ = write!(text, "{byte:02x}");
            }
            text.push('\'');
        }
        Value::Date(days) => write_date(*days, text),
        Value::Time { value, precision } if java => write_local_time(*value, *precision, text),
        Value::Time { value, precision } => {
            let start = text.len();
            write_time(*value, *precision, text);
            pad_fraction(start, *precision, text);
        }
        Value::Timestamp {
            value,
            precision,
            zoned,
        } if java => write_local_date_time(*value, *precision, *zoned, text),
        Value::Timestamp { value, precision, .. } => {
            let start = text.len();
            write_timestamp(*value, *precision, TimestampFormat::Sql, false, text);
            pad_fraction(start, *precision, text);
        }
        Value::Months(months) if java => write_period(*months, text),
        Value::Months(months) => {
            let sign = if *months < 0 { '-' } else { '+' };
            let months = months.unsigned_abs();
            let _ = write!(text, "{sign}{}-{:02}", months / 12, months % 12);
        }
        Value::Millis(millis) if java => write_duration(*millis, text),
        Value::Millis(millis) => {
            let sign = if *millis < 0 { '-' } else { '+' };
            let millis = millis.unsigned_abs();
            let _ = write!(
                text,
                "{sign}{} {:02}:{:02}:{:02}.{:03}",
                millis / 86_400_000,
                millis / 3_600_000 % 24,
                millis / 60_000 % 60,
                millis / 1_000 % 60,
                millis % 1_000
            );
        }
        Value::Array(elements) => {
            write_list(elements.iter(), "[", "]", text, |value, text| {
                write_value(&value, style, text);
            });
        }
        Value::Map { keys, values } => {
            write_list(
                keys.iter().zip(values.iter()),
                "{",
                "}",
                text,
                |(key, value), text| {
                    write_value(&key, style, text);
                    text.push('=');
                    write_value(&value, style, text);
                },
            );
        }
        Value::Row { fields, row } => {
            let (open, close) = if java { ("+I[", "]") } else { ("(", ")") };
            write_list(fields.iter(), open, close, text, |field, text| {
                write_value(&field.value(*row), style, text);
            });
        }
    }
}

fn write_list<T>(
    items: impl Iterator<Item = T>,
    open: &str,
    close: &str,
    text: &mut String,
    mut write: impl FnMut(T, &mut String),
) {
    text.push_str(open);
    for (position, item) in items.enumerate() {
        if position > 0 {
            text.push_str(", ");
        }
        write(item, text);
    }
    text.push_str(close);
}

/// SQL shows every fraction digit of the type.
fn pad_fraction(start: usize, precision: u8, text: &mut String) {
    if precision == 0 {
        return;
    }
    let written = text
        .get(start..)
        .and_then(|value| value.rfind('.').map(|point| value.len() - point - 1));
    let written = written.unwrap_or_else(|| {
        text.push('.');
        0
    });
    text.extend(std::iter::repeat_n(
        '0',
        usize::from(precision).saturating_sub(written),
    ));
}

/// `java.time.Period.toString` of a normalized period.
fn write_period(months: i64, text: &mut String) {
    let (years, months) = (months / 12, months % 12);
    text.push('P');
    if years != 0 {
        let _ = write!(text, "{years}Y");
    }
    if months != 0 {
        let _ = write!(text, "{months}M");
    }
    if years == 0 && months == 0 {
        text.push_str("0D");
    }
}

/// `java.time.Duration.toString`.
fn write_duration(millis: i64, text: &mut String) {
    if millis == 0 {
        text.push_str("PT0S");
        return;
    }
    text.push_str("PT");
    let seconds = millis / 1_000;
    let (hours, minutes) = (seconds / 3_600, seconds % 3_600 / 60);
    if hours != 0 {
        let _ = write!(text, "{hours}H");
    }
    if minutes != 0 {
        let _ = write!(text, "{minutes}M");
    }
    let rest = millis % 60_000;
    if rest != 0 {
        if rest < 0 {
            text.push('-');
        }
        let rest = rest.unsigned_abs();
        let _ = write!(text, "{}", rest / 1_000);
        if !rest.is_multiple_of(1_000) {
            let fraction = format!(".{:03}", rest % 1_000);
            text.push_str(fraction.trim_end_matches('0'));
        }
        text.push('S');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(value: &Value<'_>, style: TextStyle) -> String {
        let mut text = String::new();
        write_value(value, style, &mut text);
        text
    }

    #[test]
    fn java_and_sql_texts_of_scalars() {
        let noon = Value::Timestamp {
            value: 1_577_880_000_000,
            precision: 3,
            zoned: false,
        };
        let decimal = Value::Decimal {
            unscaled: 1_230,
            scale: 2,
        };
        for (value, java, sql) in [
            (Value::Null, "null", "NULL"),
            (Value::Boolean(true), "true", "TRUE"),
            (Value::Double(1e10), "1.0E10", "1.0E10"),
            (decimal, "12.30", "12.30"),
            (Value::Bytes(&[1, 255]), "[1, -1]", "x'01ff'"),
            (noon, "2020-01-01T12:00", "2020-01-01 12:00:00.000"),
            (Value::Months(14), "P1Y2M", "+1-02"),
            (Value::Millis(90_061_500), "PT25H1M1.5S", "+1 01:01:01.500"),
            (Value::Millis(-500), "PT-0.5S", "-0 00:00:00.500"),
        ] {
            assert_eq!(text_of(&value, TextStyle::JavaObject), java);
            assert_eq!(text_of(&value, TextStyle::SqlCast), sql);
        }
    }
}
