//! The `filesystem` connector: files in directories of the local file system.
//!
//! Reading: [`listing`] finds the files and the partition columns that their directories spell;
//! [`blocks`] hands out runs of whole records (csv, json) that [`source`] decodes, and
//! [`parquet_source`] hands out row groups. Writing: [`sink`] writes part files under hidden names and
//! gives them their own when the whole job has ended; [`part`] is one such file. Watching directories
//! and remote file systems are not here.

mod blocks;
mod files;
mod listing;
mod parquet_source;
mod part;
mod partition;
mod scan;
mod sink;
mod source;
mod truncate;

use std::sync::Arc;

use nutkin_engine::Result;
use nutkin_engine::sink::Sink;
use nutkin_engine::source::Source;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::{CatalogTable, Column};
use nutkin_plan::stream::{ChangelogMode, ConnectorTable, SinkNode};

pub use listing::DataFile;
pub use scan::FileScan;

use crate::factory::Connector;
use crate::format::{Format, RecordColumns, RecordFormat};
use crate::options::{OptionDescription, OptionGroup, OptionReader, validate};
use crate::registry::{Direction, find_format};
use files::FileTable;

/// The connector's entry in the registry.
pub(crate) struct FilesystemConnector;

const NAME: &str = "filesystem";

const OPTIONS: &[OptionDescription] = &[
    OptionDescription::required(
        "path",
        "String",
        "A file or directory: a path or a 'file://' URI. A sink writes part files into it, which others see when the whole job has ended and not before.",
    ),
    OptionDescription::required(
        "format",
        "String",
        "The format of the files: csv, json or parquet.",
    ),
    OptionDescription::with_default(
        "partition.default-name",
        "String",
        "__HIVE_DEFAULT_PARTITION__",
        "The directory name of a partition column that is NULL or empty.",
    ),
    OptionDescription::optional(
        "sink.parallelism",
        "Integer",
        "How many writers there are at most; the job's parallelism if not given.",
    ),
];

impl Connector for FilesystemConnector {
    fn name(&self) -> &'static str {
        NAME
    }

    fn options(&self) -> &'static [OptionDescription] {
        OPTIONS
    }

    fn library(&self) -> String {
        concat!("built in (nutkin ", env!("CARGO_PKG_VERSION"), ")").to_owned()
    }

    fn has_source(&self) -> bool {
        true
    }

    fn has_sink(&self) -> bool {
        true
    }

    fn source(&self, table: &ConnectorTable) -> Option<Result<Arc<dyn Source>>> {
        Some(create_source(table))
    }

    fn sink(&self, node: &SinkNode) -> Option<Result<Arc<dyn Sink>>> {
        Some(create_sink(&node.target))
    }

    fn sink_changelog_mode(&self, _table: &CatalogTable) -> ChangelogMode {
        ChangelogMode::InsertOnly
    }

    fn truncate(&self, table: &CatalogTable) -> Option<Result<()>> {
        let files = || {
            let (_, options) = read_options(table, Direction::Encoding)?;
            let table = ConnectorTable {
                table: Arc::new(table.clone()),
                projection: (0..table.schema.columns.len()).collect(),
            };
            truncate::truncate(&FileTable::new(&table, &options)?)
        };
        Some(files())
    }
}

fn create_source(table: &ConnectorTable) -> Result<Arc<dyn Source>> {
    source_of(table, None)
}

/// The source of all files of a table, or of these only.
fn source_of(table: &ConnectorTable, chosen: Option<Vec<Arc<DataFile>>>) -> Result<Arc<dyn Source>> {
    let (format, options) = read_options(&table.table, Direction::Decoding)?;
    let mut files = FileTable::new(table, &options)?;
    files.chosen = chosen;
    match format.records() {
        Some(records) => {
            let wanted: Vec<usize> = files.projected_file_columns().collect();
            let columns = RecordColumns {
                columns: &files.file_columns,
                projection: &wanted,
            };
            let decoding = records.decoding(&format_options(format, &table.table), &columns)?;
            Ok(Arc::new(source::RecordFileSource::new(files, decoding)))
        }
        None => Ok(Arc::new(parquet_source::ParquetSource::new(files))),
    }
}

fn create_sink(table: &ConnectorTable) -> Result<Arc<dyn Sink>> {
    let (format, options) = read_options(&table.table, Direction::Encoding)?;
    let files = FileTable::new(table, &options)?;
    let max_parallelism = options.positive("sink.parallelism")?;
    let part_format = part_format(format, &table.table, &files.file_columns)?;
    Ok(Arc::new(sink::FileSink::new(files, part_format, max_parallelism)))
}

fn part_format(format: &dyn Format, table: &CatalogTable, columns: &[Column]) -> Result<part::PartFormat> {
    let options = format_options(format, table);
    match format.records() {
        Some(records) => Ok(part::PartFormat::Records(RecordFormat::encoding(
            records, &options, columns,
        )?)),
        None => Ok(part::PartFormat::Parquet(crate::format::parquet::compression(
            &options,
        )?)),
    }
}

fn format_options<'a>(format: &dyn Format, table: &'a CatalogTable) -> OptionReader<'a> {
    OptionReader::new(&table.options, format!("{}.", format.name()), format.options())
}

/// Finds the format and checks all options.
fn read_options(
    table: &CatalogTable,
    direction: Direction,
) -> Result<(&'static dyn Format, OptionReader<'_>)> {
    let options = OptionReader::new(&table.options, "", OPTIONS);
    let mut groups = vec![OptionGroup::own(OPTIONS)];
    let format = match options.text("format") {
        Some(identifier) => find_format(identifier, direction)?,
        // Says which required option is missing.
        None => {
            validate(NAME, &table.options, &groups)?;
            return Err(PlanError::validation("the option 'format' is missing").into());
        }
    };
    groups.push(OptionGroup::prefixed(
        format!("{}.", format.name()),
        format.options(),
    ));
    validate(NAME, &table.options, &groups)?;
    Ok((format, options))
}
