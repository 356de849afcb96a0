//! The `json` format, record by record as Flink reads and writes it.
//!
//! Decoding finds the projected fields of an object as slices of the record, with serde_json doing
//! all scanning and checking, and converts them only when the whole record has proved well-formed:
//! no tree is built and numbers keep every digit. Where Flink's TIME loses its fraction, ours keeps it.

mod decoder;
mod encoder;
mod object;

use std::sync::Arc;

use arrow::datatypes::{Schema as ArrowSchema, SchemaRef};
use nutkin_engine::Result;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::Column;
use nutkin_plan::types::{LogicalType, TypeKind};

use super::api::{
    DecodingFormat, EncodingFormat, Format, RecordColumns, RecordDecoder, RecordEncoder, RecordFormat,
};
use crate::options::{OptionDescription, OptionReader};
use crate::text::{DecimalNotation, TimestampFormat};
use decoder::JsonDecoder;
use encoder::JsonEncoder;

/// The format's entry in the registry.
pub(crate) struct JsonFormat;

const OPTIONS: &[OptionDescription] = &[
    OptionDescription::with_default(
        "fail-on-missing-field",
        "Boolean",
        "false",
        "Fails on a record without one of the columns, instead of making it NULL.",
    ),
    OptionDescription::with_default(
        "ignore-parse-errors",
        "Boolean",
        "false",
        "Makes fields with errors NULL, and skips records that are not JSON.",
    ),
    OptionDescription::with_default(
        "timestamp-format.standard",
        "Enum(SQL, ISO-8601)",
        "SQL",
        "How timestamps are written: '2020-01-01 12:00:00.123' or '2020-01-01T12:00:00.123'.",
    ),
    OptionDescription::with_default(
        "map-null-key.mode",
        "Enum(FAIL, DROP, LITERAL)",
        "FAIL",
        "What to do with a NULL key of a MAP; keys of maps cannot be NULL here, so no mode ever applies.",
    ),
    OptionDescription::with_default(
        "map-null-key.literal",
        "String",
        "null",
        "The text of a NULL key of a MAP in the mode LITERAL.",
    ),
    OptionDescription::with_default(
        "encode.decimal-as-plain-number",
        "Boolean",
        "false",
        "Writes 0.000000027 of type DECIMAL so, and not as 2.7E-8.",
    ),
    OptionDescription::with_default(
        "encode.ignore-null-fields",
        "Boolean",
        "false",
        "Leaves fields that are NULL out of objects.",
    ),
    OptionDescription::with_default(
        "decode.json-parser.enabled",
        "Boolean",
        "true",
        "Chooses between two parsers in Flink; there is one here, which never builds a tree.",
    ),
];

impl Format for JsonFormat {
    fn name(&self) -> &'static str {
        "json"
    }

    fn options(&self) -> &'static [OptionDescription] {
        OPTIONS
    }

    fn library(&self) -> String {
        "serde_json 1".to_owned()
    }

    fn records(&self) -> Option<&dyn RecordFormat> {
        Some(self)
    }
}

impl RecordFormat for JsonFormat {
    fn decoding(
        &self,
        options: &OptionReader<'_>,
        columns: &RecordColumns<'_>,
    ) -> Result<Arc<dyn DecodingFormat>> {
        let common = CommonOptions::read(options)?;
        let fail_on_missing_field = options.boolean("fail-on-missing-field")?;
        let ignore_parse_errors = options.boolean("ignore-parse-errors")?;
        if fail_on_missing_field && ignore_parse_errors {
            return Err(PlanError::validation(format!(
                "{} and {} shouldn't both be true.",
                options.full_key("fail-on-missing-field"),
                options.full_key("ignore-parse-errors")
            ))
            .into());
        }
        let columns: Vec<Column> = columns
            .projection
            .iter()
            .filter_map(|&position| columns.columns.get(position).cloned())
            .collect();
        for column in &columns {
            check_type(&column.column_type)?;
        }
        let fields: Vec<_> = columns
            .iter()
            .map(|column| column.column_type.to_field(&column.name))
            .collect();
        Ok(Arc::new(JsonDecoding {
            schema: Arc::new(ArrowSchema::new(fields)),
            columns,
            fail_on_missing_field,
            ignore_parse_errors,
            timestamps: common.timestamps,
            ignore_key: options.full_key("ignore-parse-errors"),
        }))
    }

    fn encoding(&self, options: &OptionReader<'_>, columns: &[Column]) -> Result<Arc<dyn EncodingFormat>> {
        let common = CommonOptions::read(options)?;
        for column in columns {
            check_type(&column.column_type)?;
        }
        Ok(Arc::new(JsonEncoding {
            columns: columns.to_vec(),
            timestamps: common.timestamps,
            notation: if options.boolean("encode.decimal-as-plain-number")? {
                DecimalNotation::Plain
            } else {
                DecimalNotation::Scientific
            },
            ignore_null_fields: options.boolean("encode.ignore-null-fields")?,
        }))
    }
}

/// Options that mean the same in both directions; all of them are checked in both.
struct CommonOptions {
    timestamps: TimestampFormat,
}

impl CommonOptions {
    fn read(options: &OptionReader<'_>) -> Result<Self> {
        options.choice(
            "map-null-key.mode",
            &[("FAIL", ()), ("DROP", ()), ("LITERAL", ())],
        )?;
        options.boolean("decode.json-parser.enabled")?;
        let timestamps = options.choice(
            "timestamp-format.standard",
            &[
                ("SQL", TimestampFormat::Sql),
                ("ISO-8601", TimestampFormat::Iso8601),
            ],
        )?;
        Ok(Self {
            timestamps: timestamps.unwrap_or(TimestampFormat::Sql),
        })
    }
}

/// A planned decoder.
struct JsonDecoding {
    schema: SchemaRef,
    columns: Vec<Column>,
    fail_on_missing_field: bool,
    ignore_parse_errors: bool,
    timestamps: TimestampFormat,
    ignore_key: String,
}

impl DecodingFormat for JsonDecoding {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn decoder(&self) -> Result<Box<dyn RecordDecoder>> {
        Ok(Box::new(JsonDecoder::new(self)))
    }

    fn record_end(&self, bytes: &[u8]) -> Option<usize> {
        // A line break inside of a JSON string is always written as \n.
        memchr::memchr(b'\n', bytes).map(|at| at + 1)
    }

    fn last_record_end(&self, bytes: &[u8]) -> Option<usize> {
        memchr::memrchr(b'\n', bytes).map(|at| at + 1)
    }
}

struct JsonEncoding {
    columns: Vec<Column>,
    timestamps: TimestampFormat,
    notation: DecimalNotation,
    ignore_null_fields: bool,
}

impl EncodingFormat for JsonEncoding {
    fn encoder(&self) -> Box<dyn RecordEncoder> {
        Box::new(JsonEncoder::new(
            &self.columns,
            self.timestamps,
            self.notation,
            self.ignore_null_fields,
        ))
    }
}

/// Refuses maps whose keys are not strings, in Flink's words.
fn check_type(logical_type: &LogicalType) -> Result<()> {
    match &logical_type.kind {
        TypeKind::Map(key, _) | TypeKind::Multiset(key)
            if !matches!(key.kind, TypeKind::Char(_) | TypeKind::VarChar(_)) =>
        {
            Err(PlanError::unsupported(
                format!(
                    "JSON format doesn't support non-string as key type of map. The type is: {}; it",
                    logical_type.as_summary_string()
                ),
                "use STRING as the type of the keys",
            )
            .into())
        }
        TypeKind::Map(_, value) => check_type(value),
        TypeKind::Array(element) => check_type(element),
        TypeKind::Row(fields) => fields.iter().try_for_each(|field| check_type(&field.field_type)),
        _ => Ok(()),
    }
}
