//! A table of files: its path, and which columns are in the files and which in directory names.

use std::path::PathBuf;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow::datatypes::SchemaRef;
use nutkin_engine::{EngineError, Result};
use nutkin_plan::PlanError;
use nutkin_plan::catalog::{CatalogTable, Column};
use nutkin_plan::stream::ConnectorTable;

use super::listing::DataFile;
use crate::options::OptionReader;
use crate::table::{failure, projected_schema};

/// What source and sink know of the table.
#[derive(Debug, Clone)]
pub(super) struct FileTable {
    pub(super) table: ConnectorTable,
    /// The file or directory.
    pub(super) path: PathBuf,
    /// The columns of a file, in order: those of the table that are not partition columns.
    pub(super) file_columns: Vec<Column>,
    /// The columns of directory names, in order.
    pub(super) partition_columns: Vec<Column>,
    /// The directory name of a NULL.
    pub(super) default_partition: String,
    /// The only files to read, if somebody chose them; else they are those under the path.
    pub(super) chosen: Option<Vec<Arc<DataFile>>>,
    /// Where each projected column comes from.
    pub(super) projection: Vec<ColumnPlace>,
}

/// Where a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnPlace {
    /// At this position of [`FileTable::file_columns`].
    File(usize),
    /// At this position of [`FileTable::partition_columns`].
    Partition(usize),
}

impl FileTable {
    pub(super) fn new(table: &ConnectorTable, options: &OptionReader<'_>) -> Result<Self> {
        let catalog_table: &CatalogTable = &table.table;
        let columns = &catalog_table.schema.columns;
        let partition_columns = catalog_table
            .partition_keys
            .iter()
            .map(|key| {
                columns
                    .iter()
                    .find(|column| column.name == *key)
                    .cloned()
                    .ok_or_else(|| {
                        PlanError::validation(format!(
                            "Partition column '{key}' not defined in the table schema."
                        ))
                    })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let is_partition = |column: &Column| catalog_table.partition_keys.contains(&column.name);
        let file_columns: Vec<Column> = columns
            .iter()
            .filter(|column| !is_partition(column))
            .cloned()
            .collect();
        if file_columns.is_empty() {
            return Err(
                PlanError::validation("A table needs a column that is not in PARTITIONED BY.").into(),
            );
        }
        let position_in = |list: &[Column], name: &str| list.iter().position(|column| column.name == name);
        let projection = table
            .projection
            .iter()
            .filter_map(|&position| columns.get(position))
            .filter_map(|column| {
                position_in(&partition_columns, &column.name)
                    .map(ColumnPlace::Partition)
                    .or_else(|| position_in(&file_columns, &column.name).map(ColumnPlace::File))
            })
            .collect();
        Ok(Self {
            table: table.clone(),
            path: parse_path(options)?,
            file_columns,
            partition_columns,
            default_partition: options
                .text("partition.default-name")
                .unwrap_or("__HIVE_DEFAULT_PARTITION__")
                .to_owned(),
            chosen: None,
            projection,
        })
    }

    /// Positions in [`FileTable::file_columns`] of the projected columns that files hold.
    pub(super) fn projected_file_columns(&self) -> impl Iterator<Item = usize> {
        self.projection.iter().filter_map(|place| match place {
            ColumnPlace::File(position) => Some(*position),
            ColumnPlace::Partition(_) => None,
        })
    }

    /// The schema of the projected columns.
    pub(super) fn schema(&self) -> SchemaRef {
        projected_schema(&self.table)
    }

    /// Puts columns of a file and constants of its directories together.
    pub(super) fn assemble(
        &self,
        schema: &SchemaRef,
        from_file: &RecordBatch,
        partition: &[ArrayRef],
    ) -> Result<RecordBatch> {
        let rows = from_file.num_rows();
        let mut file_columns = from_file.columns().iter();
        let mut columns = Vec::with_capacity(self.projection.len());
        for place in &self.projection {
            let column = match place {
                ColumnPlace::File(_) => file_columns.next().cloned(),
                ColumnPlace::Partition(position) => match partition.get(*position) {
                    Some(constant) => Some(repeat(constant, rows)?),
                    None => None,
                },
            };
            columns.extend(column);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        Ok(RecordBatch::try_new_with_options(
            Arc::clone(schema),
            columns,
            &options,
        )?)
    }

    /// An error at work, naming the table.
    pub(super) fn failure(&self, message: impl Into<String>, hint: Option<String>) -> EngineError {
        failure(super::NAME, &self.table.table, message, hint)
    }

    /// An error of the operating system about a file.
    pub(super) fn io_failure(
        &self,
        doing: &str,
        path: &std::path::Path,
        error: &std::io::Error,
    ) -> EngineError {
        self.failure(format!("cannot {doing} '{}': {error}", path.display()), None)
    }
}

/// The one value of an array, `rows` times.
fn repeat(constant: &ArrayRef, rows: usize) -> Result<ArrayRef> {
    let indices = arrow::array::UInt32Array::from(vec![0_u32; rows]);
    Ok(arrow::compute::take(constant, &indices, None)?)
}

/// A path or a `file:` URI.
fn parse_path(options: &OptionReader<'_>) -> Result<PathBuf> {
    let text = options.required_text("path")?;
    if let Some(rest) = text.strip_prefix("file:") {
        let path = match rest.strip_prefix("//") {
            Some(after) => after.strip_prefix("localhost").unwrap_or(after),
            None => rest,
        };
        if !path.starts_with('/') {
            return Err(options.invalid_value("path", "an absolute path after 'file://'"));
        }
        return Ok(PathBuf::from(super::partition::unescape(path)));
    }
    if let Some((scheme, _)) = text.split_once("://") {
        return Err(PlanError::validation_with_hint(
            format!("Could not find a file system implementation for scheme '{scheme}'."),
            "only local files can be read and written: use a path or a 'file://' URI",
        )
        .into());
    }
    if text.is_empty() {
        return Err(options.invalid_value("path", "a path"));
    }
    Ok(PathBuf::from(text))
}
