//! Records to columns.

use std::sync::Arc;

use arrow::array::RecordBatch;
use nutkin_engine::Result;
use nutkin_plan::catalog::Column;
use nutkin_plan::types::{LogicalType, TypeKind};
use serde_json::value::RawValue;

use super::JsonDecoding;
use super::object::{find_entries, find_fields};
use crate::format::api::{DecodeError, Decoded, RecordDecoder};
use crate::format::column_builder::ColumnBuilder;
use crate::format::row_builder::RowBuilder;
use crate::format::shown_record;
use crate::text::{TimestampFormat, write_double};

/// Decodes records of one table.
pub(super) struct JsonDecoder {
    columns: Vec<Column>,
    converter: Converter,
    ignore_key: String,
    rows: RowBuilder,
}

/// How values are converted.
#[derive(Clone, Copy)]
struct Converter {
    fail_on_missing_field: bool,
    ignore_parse_errors: bool,
    timestamps: TimestampFormat,
}

/// Why a value was not converted.
struct Failure {
    reason: String,
    /// Whether a part of the value is in the builder already, so that only dropping the row helps.
    partial: bool,
}

impl From<String> for Failure {
    fn from(reason: String) -> Self {
        Self {
            reason,
            partial: false,
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        error.to_string().into()
    }
}

impl JsonDecoder {
    pub(super) fn new(decoding: &JsonDecoding) -> Self {
        Self {
            columns: decoding.columns.clone(),
            converter: Converter {
                fail_on_missing_field: decoding.fail_on_missing_field,
                ignore_parse_errors: decoding.ignore_parse_errors,
                timestamps: decoding.timestamps,
            },
            ignore_key: decoding.ignore_key.clone(),
            rows: RowBuilder::new(
                Arc::clone(&decoding.schema),
                decoding.columns.iter().map(|column| &column.column_type),
            ),
        }
    }

    /// Appends the objects of a record; gives how many there are.
    fn append_record(&mut self, record: &[u8]) -> Result<usize, String> {
        let json = std::str::from_utf8(record).map_err(|error| format!("It is not UTF-8: {error}."))?;
        let json = json.trim_ascii();
        if json.is_empty() || json == "null" {
            return Ok(0);
        }
        if !json.starts_with('[') {
            self.append_object(json)?;
            return Ok(1);
        }
        // An array stands for one row an element.
        let objects: Vec<&RawValue> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let mut appended = 0;
        for object in objects {
            match self.append_object(object.get()) {
                Ok(()) => appended += 1,
                Err(_) if self.converter.ignore_parse_errors => {}
                Err(reason) => return Err(reason),
            }
        }
        Ok(appended)
    }

    fn append_object(&mut self, json: &str) -> Result<(), String> {
        let names = self.columns.iter().map(|column| column.name.as_str());
        let slots = find_fields(json, names).map_err(|error| error.to_string())?;
        for ((column, builder), slot) in self.columns.iter().zip(&mut self.rows.columns).zip(slots) {
            if let Err(failure) = self.converter.append_slot(builder, &column.name, slot) {
                self.rows.drop_row();
                return Err(format!(
                    "Fail to deserialize at field: {}. {}",
                    column.name, failure.reason
                ));
            }
        }
        self.rows.end_row();
        Ok(())
    }
}

impl RecordDecoder for JsonDecoder {
    fn decode(&mut self, record: &[u8]) -> Result<Decoded, DecodeError> {
        match self.append_record(record) {
            Ok(rows) => Ok(Decoded::Rows(rows)),
            Err(_) if self.converter.ignore_parse_errors => Ok(Decoded::Malformed),
            Err(reason) => Err(DecodeError {
                reason: format!("Failed to deserialize JSON '{}'. {reason}", shown_record(record)),
                hint: Some(format!(
                    "set '{}' = 'true' to go on past such errors",
                    self.ignore_key
                )),
            }),
        }
    }

    fn rows(&self) -> usize {
        self.rows.rows()
    }

    fn finish(&mut self) -> Result<RecordBatch> {
        self.rows.finish()
    }
}

impl Converter {
    fn append_slot(
        self,
        builder: &mut ColumnBuilder,
        name: &str,
        slot: Option<&RawValue>,
    ) -> Result<(), Failure> {
        match slot {
            Some(value) => self.append(builder, value.get()),
            None if self.fail_on_missing_field => {
                Err(format!("Could not find field with name '{name}'.").into())
            }
            None => Ok(builder.append_null()?),
        }
    }

    /// Appends a value; one that does not fit becomes NULL if the table says so.
    fn append(self, builder: &mut ColumnBuilder, json: &str) -> Result<(), Failure> {
        if json == "null" {
            return Ok(builder.append_null()?);
        }
        match self.append_not_null(builder, json) {
            Err(failure) if self.ignore_parse_errors && !failure.partial => Ok(builder.append_null()?),
            other => other,
        }
    }

    fn append_not_null(self, builder: &mut ColumnBuilder, json: &str) -> Result<(), Failure> {
        if builder.is_scalar() {
            return self.append_scalar(builder, json);
        }
        // What is wrong with the value's outer form is found before anything is appended.
        if let Some(element) = builder.element() {
            let values: Vec<&RawValue> = serde_json::from_str(json)?;
            for value in values {
                self.append(element, value.get()).map_err(into_partial)?;
            }
        } else if let TypeKind::Row(types) = &builder.logical_type.kind {
            let types = types.clone();
            let slots = find_fields(json, types.iter().map(|field| field.name.as_str()))?;
            let fields = builder.fields().unwrap_or_default();
            for ((field, builder), slot) in types.iter().zip(fields).zip(slots) {
                self.append_slot(builder, &field.name, slot)
                    .map_err(into_partial)?;
            }
        } else if let Some((keys, values)) = builder.entries() {
            for (key, value) in find_entries(json)? {
                self.append(values, value.get()).map_err(into_partial)?;
                keys.append_text(&key, self.timestamps)
                    .map_err(|reason| into_partial(reason.into()))?;
            }
        }
        builder.end_nested().map_err(|reason| into_partial(reason.into()))
    }

    fn append_scalar(self, builder: &mut ColumnBuilder, json: &str) -> Result<(), Failure> {
        let is_string = is_string_type(&builder.logical_type);
        match json.as_bytes().first() {
            Some(b'"') => {
                let inner = json.get(1..json.len() - 1).unwrap_or_default();
                if inner.contains('\\') {
                    let text: String = serde_json::from_str(json)?;
                    builder.append_text(&text, self.timestamps)?;
                } else {
                    builder.append_text(inner, self.timestamps)?;
                }
            }
            Some(b'{' | b'[') if is_string => builder.append_text(&compact(json), self.timestamps)?,
            Some(b'{' | b'[') => {
                return Err(format!(
                    "'{json}' is not of type {}",
                    builder.logical_type.as_summary_string()
                )
                .into());
            }
            Some(b'-' | b'0'..=b'9') if json.contains(['.', 'e', 'E']) => {
                self.append_fraction(builder, json, is_string)?;
            }
            _ => builder.append_text(json, self.timestamps)?,
        }
        Ok(())
    }

    /// Appends a number with a point or an exponent.
    fn append_fraction(self, builder: &mut ColumnBuilder, json: &str, is_string: bool) -> Result<(), String> {
        let whole = matches!(builder.logical_type.kind, TypeKind::Int | TypeKind::BigInt);
        if !whole && !is_string {
            return builder.append_text(json, self.timestamps);
        }
        let number: f64 = json.parse().map_err(|_| format!("'{json}' is not a number"))?;
        if is_string {
            let mut text = String::new();
            write_double(number, &mut text);
            return builder.append_text(&text, self.timestamps);
        }
        // Jackson cuts the fraction off when the number is in range.
        if number.abs() < 9_223_372_036_854_775_808.0 {
            builder.append_number(i128::from(number as i64))
        } else {
            Err(format!("'{json}' is not a BIGINT"))
        }
    }
}

fn into_partial(failure: Failure) -> Failure {
    Failure {
        partial: true,
        ..failure
    }
}

fn is_string_type(logical_type: &LogicalType) -> bool {
    matches!(logical_type.kind, TypeKind::Char(_) | TypeKind::VarChar(_))
}

/// JSON without white space between tokens, as a tree of Jackson prints itself.
fn compact(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    for character in json.chars() {
        if in_string {
            in_string = escaped || character != '"';
            escaped = !escaped && character == '\\';
        } else if character.is_ascii_whitespace() {
            continue;
        } else {
            in_string = character == '"';
        }
        text.push(character);
    }
    text
}
