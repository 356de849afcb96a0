//! Reading Parquet files: readers share out row groups.

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use arrow::compute::{CastOptions, can_cast_types, cast_with_options};
use arrow::datatypes::SchemaRef;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::JobContext;
use nutkin_engine::source::{Source, SourceEvent, SourceReader};
use nutkin_engine::{EngineError, Result};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};

use super::files::FileTable;
use super::listing::{DataFile, list_files};
use crate::table::schema_of;

/// Rows of a chunk.
const CHUNK_ROWS: usize = 8192;

/// A bounded source of Parquet files.
pub(super) struct ParquetSource {
    files: FileTable,
    schema: SchemaRef,
}

impl ParquetSource {
    pub(super) fn new(files: FileTable) -> Self {
        let schema = files.schema();
        Self { files, schema }
    }
}

impl Source for ParquetSource {
    fn is_bounded(&self) -> bool {
        true
    }

    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn create_readers(
        &self,
        parallelism: usize,
        context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SourceReader>>> {
        let mut row_groups = Vec::new();
        for data_file in list_files(&self.files)? {
            let metadata = open(&self.files, &data_file.path)?;
            for row_group in 0..metadata.metadata().num_row_groups() {
                row_groups.push(RowGroup {
                    data_file: Arc::clone(&data_file),
                    metadata: metadata.clone(),
                    row_group,
                });
            }
        }
        let queue = Arc::new(Mutex::new(row_groups.into_iter()));
        let wanted: Vec<_> = self
            .files
            .projected_file_columns()
            .filter_map(|position| self.files.file_columns.get(position))
            .collect();
        let file_schema = schema_of(wanted.into_iter());
        Ok((0..parallelism)
            .map(|_| {
                Box::new(ParquetReader {
                    files: self.files.clone(),
                    schema: Arc::clone(&self.schema),
                    file_schema: Arc::clone(&file_schema),
                    queue: Arc::clone(&queue),
                    context: Arc::clone(context),
                    current: None,
                }) as Box<dyn SourceReader>
            })
            .collect())
    }
}

fn open(files: &FileTable, path: &Path) -> Result<ArrowReaderMetadata> {
    let file = File::open(path).map_err(|error| files.io_failure("open", path, &error))?;
    ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(|error| {
        files.failure(
            format!(
                "'{}' is not a Parquet file that can be read: {error}",
                path.display()
            ),
            None,
        )
    })
}

/// Something for one reader to read.
struct RowGroup {
    data_file: Arc<DataFile>,
    metadata: ArrowReaderMetadata,
    row_group: usize,
}

struct ParquetReader {
    files: FileTable,
    schema: SchemaRef,
    /// The projected columns that files hold.
    file_schema: SchemaRef,
    queue: Arc<Mutex<std::vec::IntoIter<RowGroup>>>,
    context: Arc<JobContext>,
    current: Option<(Arc<DataFile>, ParquetRecordBatchReader)>,
}

impl SourceReader for ParquetReader {
    fn poll(&mut self, _timeout: Duration) -> Result<SourceEvent> {
        loop {
            if self.context.cancellation.is_cancelled() {
                return Err(EngineError::Cancelled);
            }
            if let Some((data_file, reader)) = &mut self.current {
                match reader.next() {
                    Some(Ok(batch)) if batch.num_rows() > 0 => {
                        let data_file = Arc::clone(data_file);
                        let from_file = self.conform(&data_file, &batch)?;
                        let rows = self
                            .files
                            .assemble(&self.schema, &from_file, &data_file.partition)?;
                        return Ok(SourceEvent::Chunk(Chunk::inserts(rows)));
                    }
                    Some(Ok(_)) => continue,
                    Some(Err(error)) => {
                        return Err(self
                            .files
                            .failure(format!("{}: {error}", data_file.path.display()), None));
                    }
                    None => self.current = None,
                }
            }
            let next = self.queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            match next {
                Some(row_group) => self.current = Some(self.start(&row_group)?),
                None => return Ok(SourceEvent::Finished),
            }
        }
    }
}

impl ParquetReader {
    /// Begins a row group, with only the projected columns, found by name.
    fn start(&self, row_group: &RowGroup) -> Result<(Arc<DataFile>, ParquetRecordBatchReader)> {
        let path = &row_group.data_file.path;
        let file = File::open(path).map_err(|error| self.files.io_failure("open", path, &error))?;
        let present = row_group.metadata.schema();
        let roots = self
            .file_schema
            .fields()
            .iter()
            .filter_map(|field| present.index_of(field.name()).ok());
        let mask = ProjectionMask::roots(row_group.metadata.parquet_schema(), roots);
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, row_group.metadata.clone())
            .with_projection(mask)
            .with_row_groups(vec![row_group.row_group])
            .with_batch_size(CHUNK_ROWS)
            .build()
            .map_err(|error| self.files.failure(format!("{}: {error}", path.display()), None))?;
        Ok((Arc::clone(&row_group.data_file), reader))
    }

    /// Brings the columns of a file to the table's order and types; a column that the file does not
    /// have is NULL, as in Flink.
    fn conform(&self, data_file: &DataFile, batch: &RecordBatch) -> Result<RecordBatch> {
        // A value that does not fit is an error and not NULL.
        let cast_options = CastOptions {
            safe: false,
            ..CastOptions::default()
        };
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(self.file_schema.fields().len());
        for field in self.file_schema.fields() {
            let wanted = field.data_type();
            let column = match batch.column_by_name(field.name()) {
                None => new_null_array(wanted, batch.num_rows()),
                Some(column) if column.data_type() == wanted => Arc::clone(column),
                Some(column) => {
                    let found = column.data_type();
                    let mismatch = |why: String| {
                        self.files.failure(
                            format!(
                                "{}: column '{}' is {found} in the file, which does not fit the table's \
                                 {wanted}{why}",
                                data_file.path.display(),
                                field.name()
                            ),
                            Some("declare the column with the type that the file has".to_owned()),
                        )
                    };
                    if !can_cast_types(found, wanted) {
                        return Err(mismatch(String::new()));
                    }
                    cast_with_options(column, wanted, &cast_options)
                        .map_err(|error| mismatch(format!(": {error}")))?
                }
            };
            columns.push(column);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        RecordBatch::try_new_with_options(Arc::clone(&self.file_schema), columns, &options).map_err(|error| {
            self.files
                .failure(format!("{}: {error}", data_file.path.display()), None)
        })
    }
}
