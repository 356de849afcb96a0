//! The list of connectors and formats.

use nutkin_engine::Result;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::{CatalogTable, ColumnKind};
use nutkin_plan::stream::ConnectorTable;

use crate::factory::Connector;
use crate::format::{Format, RecordFormat};
use crate::options::nearest;

/// Every connector. A new one is added here and nowhere else.
static CONNECTORS: &[&dyn Connector] = &[
    &crate::blackhole::BlackholeConnector,
    &crate::datagen::DatagenConnector,
    &crate::filesystem::FilesystemConnector,
    &crate::jdbc::JdbcConnector,
    &crate::kafka::KafkaConnector,
    &crate::print::PrintConnector,
    &crate::values::ValuesConnector,
];

/// Every format.
static FORMATS: &[&dyn Format] = &[
    &crate::format::csv::CsvFormat,
    &crate::format::json::JsonFormat,
    &crate::format::parquet::ParquetFormat,
];

/// Which way rows go through a format; it decides which Java interface an error names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Bytes to rows.
    Decoding,
    /// Rows to bytes.
    Encoding,
}

/// Every connector, for support tables and `nutkin doctor`.
#[must_use]
pub fn connectors() -> &'static [&'static dyn Connector] {
    CONNECTORS
}

/// Every format, for support tables and `nutkin doctor`.
#[must_use]
pub fn formats() -> &'static [&'static dyn Format] {
    FORMATS
}

/// The connector that the table's options name; `values` for a table that holds its rows itself.
///
/// # Errors
/// In Flink's words when there is none of that name; the hint names the nearest.
pub fn find_connector(table: &CatalogTable) -> Result<&'static dyn Connector> {
    let identifier = match (table.options.get("connector"), &table.inline_data) {
        (Some(identifier), _) => identifier.as_str(),
        (None, Some(_)) => "values",
        (None, None) => {
            return Err(PlanError::validation_with_hint(
                format!(
                    "Table options do not contain an option key 'connector' for discovering a connector. \
                     Table: {}.",
                    table.identifier
                ),
                format!(
                    "add 'connector' = '...' to the options; there are {}",
                    connector_names().join(", ")
                ),
            )
            .into());
        }
    };
    match CONNECTORS.iter().find(|connector| connector.name() == identifier) {
        Some(connector) => Ok(*connector),
        None => Err(unknown_factory(
            identifier,
            "org.apache.flink.table.factories.DynamicTableFactory",
            &connector_names(),
        )
        .into()),
    }
}

/// The format of a name.
///
/// # Errors
/// In Flink's words when there is none of that name; the hint names the nearest.
pub fn find_format(identifier: &str, direction: Direction) -> Result<&'static dyn Format> {
    let mut names: Vec<&str> = FORMATS.iter().map(|format| format.name()).collect();
    names.sort_unstable();
    match FORMATS.iter().find(|format| format.name() == identifier) {
        Some(format) => Ok(*format),
        None => Err(unknown_factory(identifier, direction.java_interface(), &names).into()),
    }
}

/// The format of a name, for single records.
///
/// # Errors
/// As [`find_format`]; also when the format serves whole files only.
pub fn find_record_format(
    identifier: &str,
    direction: Direction,
) -> Result<(&'static dyn Format, &'static dyn RecordFormat)> {
    let format = find_format(identifier, direction)?;
    match format.records() {
        Some(records) => Ok((format, records)),
        None => {
            let mut names: Vec<&str> = FORMATS
                .iter()
                .filter(|format| format.records().is_some())
                .map(|format| format.name())
                .collect();
            names.sort_unstable();
            Err(unknown_factory(identifier, direction.java_interface(), &names).into())
        }
    }
}

/// One line of `nutkin doctor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportLine {
    /// The connector's or format's name.
    pub name: &'static str,
    /// Whether tables of it can be read.
    pub source: bool,
    /// Whether tables of it can be written.
    pub sink: bool,
    /// Library and version behind it.
    pub library: String,
}

/// What `nutkin doctor` prints of connectors, by name.
#[must_use]
pub fn connector_support() -> Vec<SupportLine> {
    let mut lines: Vec<SupportLine> = CONNECTORS
        .iter()
        .map(|connector| SupportLine {
            name: connector.name(),
            source: connector.has_source(),
            sink: connector.has_sink(),
            library: connector.library(),
        })
        .collect();
    lines.sort_by_key(|line| line.name);
    lines
}

/// What `nutkin doctor` prints of formats, by name.
#[must_use]
pub fn format_support() -> Vec<SupportLine> {
    let mut lines: Vec<SupportLine> = FORMATS
        .iter()
        .map(|format| SupportLine {
            name: format.name(),
            source: true,
            sink: true,
            library: format.library(),
        })
        .collect();
    lines.sort_by_key(|line| line.name);
    lines
}

/// Makes the source of a table, or says that its connector has none.
///
/// # Errors
/// When the connector is unknown, is a sink only, or refuses its options.
pub fn create_source(table: &ConnectorTable) -> Result<std::sync::Arc<dyn nutkin_engine::source::Source>> {
    let connector = find_connector(&table.table)?;
    check_metadata(connector, &table.table)?;
    connector.source(table).unwrap_or_else(|| {
        Err(PlanError::validation(format!(
            "Connector '{}' can only be used as a sink. It cannot be used as a source.",
            connector.name()
        ))
        .into())
    })
}

/// Makes the sink of a plan, or says that its connector has none.
///
/// # Errors
/// When the connector is unknown, is a source only, or refuses its options.
pub fn create_sink(
    node: &nutkin_plan::stream::SinkNode,
) -> Result<std::sync::Arc<dyn nutkin_engine::sink::Sink>> {
    let connector = find_connector(&node.target.table)?;
    check_sink(&node.target.table)?;
    connector.sink(node).unwrap_or_else(|| {
        Err(PlanError::validation(format!(
            "Connector '{}' can only be used as a source. It cannot be used as a sink.",
            connector.name()
        ))
        .into())
    })
}

/// Refuses what no connector's sink does: buckets, and metadata columns that are written.
fn check_sink(table: &CatalogTable) -> Result<()> {
    let name = table.identifier.summary();
    if table.details.distribution.is_some() {
        return Err(PlanError::validation_with_hint(
            format!(
                "Table '{name}' is distributed into buckets, but the underlying DynamicTableSink doesn't implement the \
                 SupportsBucketing interface."
            ),
            "leave DISTRIBUTED BY out, or ALTER TABLE ... DROP DISTRIBUTION",
        )
        .into());
    }
    let is_metadata = |position: usize| matches!(table.column_kind(position), ColumnKind::Metadata { .. });
    if (0..table.schema.columns.len()).any(is_metadata) {
        return Err(PlanError::validation(format!(
            "Table '{name}' declares persistable metadata columns, but the underlying DynamicTableSink doesn't \
             implement the SupportsWritingMetadata interface. If the column should not be persisted, it can be \
             declared with the VIRTUAL keyword."
        ))
        .into());
    }
    Ok(())
}

/// Checks that the connector gives the metadata columns that a table declares.
fn check_metadata(connector: &dyn Connector, table: &CatalogTable) -> Result<()> {
    let unknown = table
        .schema
        .columns
        .iter()
        .enumerate()
        .find(|(position, column)| {
            matches!(table.column_kind(*position), ColumnKind::Metadata { key, .. }
            if !connector.reads_metadata(key.as_ref().unwrap_or(&column.name)))
        });
    let Some((_, column)) = unknown else {
        return Ok(());
    };
    Err(PlanError::validation_with_hint(
        format!(
            "Table '{}' declares metadata columns, but the underlying DynamicTableSource doesn't implement the \
             SupportsReadingMetadata interface. Therefore, metadata cannot be read from the given source.",
            table.identifier.summary()
        ),
        format!(
            "the connector '{}' does not give the metadata of column '{}': leave the column out",
            connector.name(),
            column.name
        ),
    )
    .into())
}

impl Direction {
    fn java_interface(self) -> &'static str {
        match self {
            Self::Decoding => "org.apache.flink.table.factories.DeserializationFormatFactory",
            Self::Encoding => "org.apache.flink.table.factories.SerializationFormatFactory",
        }
    }
}

/// Names that a user may write; `values` is only for tables that hold their rows themselves.
fn connector_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = CONNECTORS
        .iter()
        .map(|connector| connector.name())
        .filter(|&name| name != "values")
        .collect();
    names.sort_unstable();
    names
}

fn unknown_factory(identifier: &str, interface: &str, names: &[&str]) -> PlanError {
    PlanError::Validation {
        message: format!(
            "Could not find any factory for identifier '{identifier}' that implements '{interface}' in the \
             classpath.\n\nAvailable factory identifiers are:\n\n{}",
            names.join("\n")
        ),
        hint: nearest(identifier, names.iter().copied()).map(|near| format!("did you mean '{near}'?")),
    }
}
