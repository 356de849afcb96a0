//! The `csv` format, record by record as Flink's (Jackson's) reads and writes it.
//!
//! [`dialect`] holds the characters, [`record`] cuts a record into fields, [`decoder`] converts the
//! projected fields, [`encoder`] writes rows. The cutting is our own and not a CSV library's, because
//! it must refuse what Jackson refuses (text after a closing quote, a quote that never closes),
//! unescape outside of quotes too, and find record ends without reading fields.

mod decoder;
mod dialect;
mod encoder;
mod record;

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
use crate::text::DecimalNotation;
use decoder::CsvDecoder;
use dialect::CsvDialect;
use encoder::CsvEncoder;

/// The format's entry in the registry.
pub(crate) struct CsvFormat;

const OPTIONS: &[OptionDescription] = &[
    OptionDescription::with_default(
        "field-delimiter",
        "String",
        ",",
        "The character between fields; Java escapes such as \\t are understood.",
    ),
    OptionDescription::with_default(
        "quote-character",
        "String",
        "\"",
        "The character around fields that hold delimiters.",
    ),
    OptionDescription::with_default(
        "disable-quote-character",
        "Boolean",
        "false",
        "Takes quote characters for ordinary ones.",
    ),
    OptionDescription::with_default(
        "allow-comments",
        "Boolean",
        "false",
        "Skips records that begin with '#'.",
    ),
    OptionDescription::with_default(
        "ignore-parse-errors",
        "Boolean",
        "false",
        "Makes fields with errors NULL, and skips records that cannot be cut into fields.",
    ),
    OptionDescription::with_default(
        "array-element-delimiter",
        "String",
        ";",
        "What stands between the elements of an ARRAY or the fields of a ROW.",
    ),
    OptionDescription::optional(
        "escape-character",
        "String",
        "The character that takes the next one's meaning away.",
    ),
    OptionDescription::optional("null-literal", "String", "The text of a field that is NULL."),
    OptionDescription::with_default(
        "write-bigdecimal-in-scientific-notation",
        "Boolean",
        "true",
        "Writes 100000 of type DECIMAL as 1E+5.",
    ),
];

impl Format for CsvFormat {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn options(&self) -> &'static [OptionDescription] {
        OPTIONS
    }

    fn library(&self) -> String {
        concat!("built in (nutkin ", env!("CARGO_PKG_VERSION"), ")").to_owned()
    }

    fn records(&self) -> Option<&dyn RecordFormat> {
        Some(self)
    }
}

impl RecordFormat for CsvFormat {
    fn decoding(
        &self,
        options: &OptionReader<'_>,
        columns: &RecordColumns<'_>,
    ) -> Result<Arc<dyn DecodingFormat>> {
        check_types(columns.columns)?;
        Ok(Arc::new(CsvDecoding::new(options, columns)?))
    }

    fn encoding(&self, options: &OptionReader<'_>, columns: &[Column]) -> Result<Arc<dyn EncodingFormat>> {
        check_types(columns)?;
        let notation = if options.boolean("write-bigdecimal-in-scientific-notation")? {
            DecimalNotation::Scientific
        } else {
            DecimalNotation::Plain
        };
        Ok(Arc::new(CsvEncoding {
            dialect: CsvDialect::read(options)?,
            types: columns.iter().map(|column| column.column_type.clone()).collect(),
            notation,
        }))
    }
}

/// A planned decoder.
pub(crate) struct CsvDecoding {
    dialect: CsvDialect,
    schema: SchemaRef,
    /// Position in the record, name and type of each projected column.
    fields: Vec<(usize, Column)>,
    /// How many fields a record has.
    arity: usize,
    ignore_parse_errors: bool,
    /// The key that makes errors ignored, for the hint.
    ignore_key: String,
}

impl CsvDecoding {
    fn new(options: &OptionReader<'_>, columns: &RecordColumns<'_>) -> Result<Self> {
        let fields: Vec<(usize, Column)> = columns
            .projection
            .iter()
            .filter_map(|&position| {
                columns
                    .columns
                    .get(position)
                    .map(|column| (position, column.clone()))
            })
            .collect();
        let schema = ArrowSchema::new(
            fields
                .iter()
                .map(|(_, column)| column.column_type.to_field(&column.name))
                .collect::<Vec<_>>(),
        );
        Ok(Self {
            dialect: CsvDialect::read(options)?,
            schema: Arc::new(schema),
            fields,
            arity: columns.columns.len(),
            ignore_parse_errors: options.boolean("ignore-parse-errors")?,
            ignore_key: options.full_key("ignore-parse-errors"),
        })
    }
}

impl DecodingFormat for CsvDecoding {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn decoder(&self) -> Result<Box<dyn RecordDecoder>> {
        Ok(Box::new(CsvDecoder::new(self)))
    }

    fn record_end(&self, bytes: &[u8]) -> Option<usize> {
        record::record_end(&self.dialect, bytes)
    }

    fn last_record_end(&self, bytes: &[u8]) -> Option<usize> {
        record::last_record_end(&self.dialect, bytes)
    }
}

struct CsvEncoding {
    dialect: CsvDialect,
    types: Vec<LogicalType>,
    notation: DecimalNotation,
}

impl EncodingFormat for CsvEncoding {
    fn encoder(&self) -> Box<dyn RecordEncoder> {
        Box::new(CsvEncoder::new(
            self.dialect.clone(),
            self.types.clone(),
            self.notation,
        ))
    }
}

/// Refuses the types that have no form in CSV, with the messages of Flink.
fn check_types(columns: &[Column]) -> Result<()> {
    for column in columns {
        check_type(&column.column_type)?;
        let parts: Vec<&LogicalType> = match &column.column_type.kind {
            TypeKind::Array(element) => vec![element],
            TypeKind::Row(fields) => fields.iter().map(|field| &field.field_type).collect(),
            _ => Vec::new(),
        };
        for part in parts {
            check_type(part)?;
            if matches!(part.kind, TypeKind::Array(_) | TypeKind::Row(_)) {
                return Err(PlanError::validation_with_hint(
                    format!(
                        "Only simple types are supported in the second level nesting of fields '{}' but was: {}",
                        column.name,
                        part.as_summary_string()
                    ),
                    "use the format 'json' for deeper nesting",
                )
                .into());
            }
        }
    }
    Ok(())
}

fn check_type(logical_type: &LogicalType) -> Result<()> {
    match &logical_type.kind {
        TypeKind::Map(_, _) | TypeKind::Multiset(_) => Err(PlanError::unsupported(
            format!("The type {} in the format 'csv'", logical_type.as_summary_string()),
            "use the format 'json', which has maps",
        )
        .into()),
        TypeKind::Time(precision) if *precision > 3 => Err(PlanError::Other {
            class: "java.lang.IllegalArgumentException",
            message: format!(
                "Csv does not support TIME type with precision: {precision}, it only supports precision 0 ~ 3."
            ),
        }
        .into()),
        _ => Ok(()),
    }
}
