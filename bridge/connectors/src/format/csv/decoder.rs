//! Records to columns.

use std::sync::Arc;

use arrow::array::RecordBatch;
use nutkin_engine::Result;
use nutkin_plan::catalog::Column;

use super::CsvDecoding;
use super::dialect::CsvDialect;
use super::record::CsvFields;
use crate::format::api::{DecodeError, Decoded, RecordDecoder};
use crate::format::column_builder::ColumnBuilder;
use crate::format::row_builder::RowBuilder;
use crate::format::shown_record;
use crate::text::TimestampFormat;

/// Decodes records of one table.
pub(super) struct CsvDecoder {
    dialect: CsvDialect,
    columns: Vec<(usize, Column)>,
    arity: usize,
    ignore_parse_errors: bool,
    ignore_key: String,
    fields: CsvFields,
    rows: RowBuilder,
}

impl CsvDecoder {
    pub(super) fn new(decoding: &CsvDecoding) -> Self {
        Self {
            dialect: decoding.dialect.clone(),
            columns: decoding.fields.clone(),
            arity: decoding.arity,
            ignore_parse_errors: decoding.ignore_parse_errors,
            ignore_key: decoding.ignore_key.clone(),
            fields: CsvFields::default(),
            rows: RowBuilder::new(
                Arc::clone(&decoding.schema),
                decoding.fields.iter().map(|(_, column)| &column.column_type),
            ),
        }
    }

    /// Cuts the record and checks the number of its fields; false for a comment.
    fn cut(&mut self, record: &str) -> Result<bool, String> {
        if self.dialect.comments && record.starts_with('#') {
            return Ok(false);
        }
        self.fields.cut(&self.dialect, record)?;
        let actual = self.fields.len();
        if actual > self.arity {
            // One empty field too many is a delimiter at the end of the line.
            let extra = self.fields.get(record, self.arity).unwrap_or_default();
            if actual > self.arity + 1 || !extra.is_empty() {
                return Err(format!(
                    "Too many entries: expected at most {} (value #{} ({} chars) \"{extra}\")",
                    self.arity,
                    self.arity,
                    extra.chars().count()
                ));
            }
        }
        if actual < self.arity && !self.ignore_parse_errors {
            return Err(format!(
                "Row length mismatch. {} fields expected but was {actual}.",
                self.arity
            ));
        }
        Ok(true)
    }

    /// Appends the projected fields of the record that was cut.
    fn append(&mut self, record: &str) -> Result<(), String> {
        let context = FieldContext {
            dialect: &self.dialect,
            ignore_parse_errors: self.ignore_parse_errors,
        };
        for ((position, column), builder) in self.columns.iter().zip(&mut self.rows.columns) {
            let appended = match self.fields.get(record, *position) {
                Some(text) => context.append(builder, text),
                None => builder.append_null(),
            };
            appended.map_err(|reason| format!("Fail to deserialize at field: {}. {reason}", column.name))?;
        }
        Ok(())
    }

    fn failure(&self, record: &[u8], reason: &str) -> DecodeError {
        DecodeError {
            reason: format!(
                "Failed to deserialize CSV row '{}'. {reason}",
                shown_record(record)
            ),
            hint: Some(format!(
                "set '{}' = 'true' to go on past such errors",
                self.ignore_key
            )),
        }
    }
}

impl RecordDecoder for CsvDecoder {
    fn decode(&mut self, record: &[u8]) -> Result<Decoded, DecodeError> {
        if record.is_empty() {
            return Ok(Decoded::Rows(0));
        }
        let text = match std::str::from_utf8(record) {
            Ok(text) => text,
            Err(_) if self.ignore_parse_errors => return Ok(Decoded::Malformed),
            Err(error) => return Err(self.failure(record, &format!("It is not UTF-8: {error}."))),
        };
        match self.cut(text) {
            Ok(true) => {}
            Ok(false) => return Ok(Decoded::Rows(0)),
            Err(_) if self.ignore_parse_errors => return Ok(Decoded::Malformed),
            Err(reason) => return Err(self.failure(record, &reason)),
        }
        match self.append(text) {
            Ok(()) => {
                self.rows.end_row();
                Ok(Decoded::Rows(1))
            }
            // Only a NOT NULL column without a value gets here: other fields became NULL.
            Err(_) if self.ignore_parse_errors => {
                self.rows.drop_row();
                Ok(Decoded::Malformed)
            }
            Err(reason) => Err(self.failure(record, &reason)),
        }
    }

    fn rows(&self) -> usize {
        self.rows.rows()
    }

    fn finish(&mut self) -> Result<RecordBatch> {
        self.rows.finish()
    }
}

/// What converting a field needs to know besides the field.
struct FieldContext<'a> {
    dialect: &'a CsvDialect,
    ignore_parse_errors: bool,
}

impl FieldContext<'_> {
    fn append(&self, builder: &mut ColumnBuilder, text: &str) -> Result<(), String> {
        if self.dialect.null_literal.as_deref() == Some(text) {
            return builder.append_null();
        }
        let appended = if let Some(element) = builder.element() {
            self.append_elements(element, text)
                .and_then(|()| builder.end_nested())
        } else if let Some(fields) = builder.fields() {
            self.append_fields(fields, text)
                .and_then(|()| builder.end_nested())
        } else {
            builder.append_text(text, TimestampFormat::Sql)
        };
        match appended {
            Err(_) if self.ignore_parse_errors && builder.is_scalar() => builder.append_null(),
            other => other,
        }
    }

    fn append_elements(&self, element: &mut ColumnBuilder, text: &str) -> Result<(), String> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.parts(text).try_for_each(|part| self.append(element, part))
    }

    fn append_fields(&self, fields: &mut [ColumnBuilder], text: &str) -> Result<(), String> {
        let actual = self.parts(text).count();
        if actual != fields.len() && !self.ignore_parse_errors {
            return Err(format!(
                "Row length mismatch. {} fields expected but was {actual}.",
                fields.len()
            ));
        }
        let mut parts = self.parts(text);
        for field in fields {
            match parts.next() {
                Some(part) => self.append(field, part)?,
                None => field.append_null()?,
            }
        }
        Ok(())
    }

    fn parts<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'t str> {
        text.split(self.dialect.array_delimiter.as_str())
    }
}
