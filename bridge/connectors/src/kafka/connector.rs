//! The entry of `kafka` in the registry.

use std::sync::Arc;

use nutkin_engine::Result;
use nutkin_engine::sink::Sink;
use nutkin_engine::source::Source;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::CatalogTable;
use nutkin_plan::stream::{ChangelogMode, ConnectorTable, SinkNode};

use super::client::KafkaClient;
use super::options::{KafkaOptions, OPTIONS, format_option};
use super::source::KafkaSource;
use crate::factory::Connector;
use crate::format::RecordColumns;
use crate::options::{OptionDescription, OptionGroup, OptionReader, validate};
use crate::registry::{Direction, find_record_format};

/// `'connector' = 'kafka'`. Mirrors `KafkaDynamicTableFactory`.
#[derive(Debug)]
pub(crate) struct KafkaConnector;

impl Connector for KafkaConnector {
    fn name(&self) -> &'static str {
        "kafka"
    }

    fn options(&self) -> &'static [OptionDescription] {
        OPTIONS
    }

    fn library(&self) -> String {
        format!("librdkafka {}", rdkafka::util::get_rdkafka_version().1)
    }

    fn has_source(&self) -> bool {
        true
    }

    fn has_sink(&self) -> bool {
        false
    }

    fn source(&self, table: &ConnectorTable) -> Option<Result<Arc<dyn Source>>> {
        Some(source(table))
    }

    fn sink(&self, _node: &SinkNode) -> Option<Result<Arc<dyn Sink>>> {
        Some(Err(PlanError::unsupported(
            "Writing to a table of connector 'kafka'",
            "write to 'jdbc', 'filesystem' or 'print'",
        )
        .into()))
    }

    fn sink_changelog_mode(&self, _table: &CatalogTable) -> ChangelogMode {
        ChangelogMode::InsertOnly
    }
}

fn source(table: &ConnectorTable) -> Result<Arc<dyn Source>> {
    let catalog_table = &table.table;
    let (key, name) = format_option(catalog_table)?;
    let (format, records) = find_record_format(name, Direction::Decoding)?;
    // 'format' = 'csv' goes with 'csv.*', 'value.format' = 'csv' with 'value.csv.*'.
    let prefix = format!("{}{name}.", key.strip_suffix("format").unwrap_or_default());
    validate(
        "kafka",
        &catalog_table.options,
        &[
            OptionGroup::own(OPTIONS),
            OptionGroup::prefixed(prefix.clone(), format.options()),
        ],
    )?;
    let options = KafkaOptions::read(catalog_table)?;
    let decoding = records.decoding(
        &OptionReader::new(&catalog_table.options, prefix, format.options()),
        &RecordColumns {
            columns: &catalog_table.schema.columns,
            projection: &table.projection,
        },
    )?;
    let client = KafkaClient {
        connector: format!("kafka table {}", catalog_table.identifier),
        properties: options.properties.clone(),
    };
    Ok(Arc::new(KafkaSource::new(options, client, decoding)))
}
