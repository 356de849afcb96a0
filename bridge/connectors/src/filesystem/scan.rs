//! A table of files for an engine that chooses which of them to read, or reads them itself.

use std::sync::Arc;

use nutkin_engine::Result;
use nutkin_engine::source::Source;
use nutkin_plan::catalog::{CatalogTable, Column};
use nutkin_plan::stream::ConnectorTable;

use super::files::FileTable;
use super::listing::{DataFile, list_files};
use super::{NAME, read_options, source_of};
use crate::registry::{Direction, find_connector};

/// A table of the `filesystem` connector.
#[derive(Debug)]
pub struct FileScan {
    files: FileTable,
    format: &'static str,
}

impl FileScan {
    /// The files of a table; `None` if it is one of another connector.
    ///
    /// # Errors
    /// When an option is wrong.
    pub fn of(table: &Arc<CatalogTable>) -> Result<Option<Self>> {
        // Metadata columns are in no file; who makes a source of such a table is told so.
        if find_connector(table)?.name() != NAME || !table.details.columns.is_empty() {
            return Ok(None);
        }
        let (format, options) = read_options(table, Direction::Decoding)?;
        let all = ConnectorTable {
            projection: (0..table.schema.columns.len()).collect(),
            table: Arc::clone(table),
        };
        Ok(Some(Self {
            files: FileTable::new(&all, &options)?,
            format: format.name(),
        }))
    }

    /// The name of the format, such as `parquet`.
    #[must_use]
    pub fn format(&self) -> &'static str {
        self.format
    }

    /// The columns that files hold, in the order of the table.
    #[must_use]
    pub fn file_columns(&self) -> &[Column] {
        &self.files.file_columns
    }

    /// The columns that the names of directories hold, in the order of `PARTITIONED BY`.
    #[must_use]
    pub fn partition_columns(&self) -> &[Column] {
        &self.files.partition_columns
    }

    /// The files that are there now, in the order of their paths.
    ///
    /// # Errors
    /// When a directory cannot be listed, or a file is not where a partition's files are.
    pub fn list(&self) -> Result<Vec<Arc<DataFile>>> {
        list_files(&self.files)
    }

    /// A source of some columns of these files only.
    ///
    /// # Errors
    /// When an option is wrong.
    pub fn source(&self, files: Vec<Arc<DataFile>>, projection: Vec<usize>) -> Result<Arc<dyn Source>> {
        let table = ConnectorTable {
            table: Arc::clone(&self.files.table.table),
            projection,
        };
        source_of(&table, Some(files))
    }
}
