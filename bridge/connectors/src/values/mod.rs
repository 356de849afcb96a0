//! Rows that a table holds itself: `from_elements`, `from_pandas`.
//!
//! The catalog keeps them as the bytes of an Arrow IPC stream; one reader hands them out in order.

use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::SchemaRef;
use arrow::ipc::reader::StreamReader;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::JobContext;
use nutkin_engine::sink::Sink;
use nutkin_engine::source::{Source, SourceEvent, SourceReader};
use nutkin_engine::{EngineError, Result};
use nutkin_plan::catalog::CatalogTable;
use nutkin_plan::stream::{ChangelogMode, ConnectorTable, SinkNode};

use crate::factory::Connector;
use crate::options::OptionDescription;
use crate::table::{failure, projected_schema};

/// The connector's entry in the registry. Users cannot write its name: the table's own rows choose it.
pub(crate) struct ValuesConnector;

/// Rows of a chunk; the first is smaller, so that the first row is through soon.
const CHUNK_ROWS: usize = 8192;
const FIRST_CHUNK_ROWS: usize = 1024;

impl Connector for ValuesConnector {
    fn name(&self) -> &'static str {
        "values"
    }

    fn options(&self) -> &'static [OptionDescription] {
        &[]
    }

    fn library(&self) -> String {
        format!("arrow {} (IPC)", arrow::ARROW_VERSION)
    }

    fn has_source(&self) -> bool {
        true
    }

    fn has_sink(&self) -> bool {
        false
    }

    fn source(&self, table: &ConnectorTable) -> Option<Result<Arc<dyn Source>>> {
        Some(Ok(Arc::new(ValuesSource {
            table: table.clone(),
            schema: projected_schema(table),
        })))
    }

    fn sink(&self, _node: &SinkNode) -> Option<Result<Arc<dyn Sink>>> {
        None
    }

    fn sink_changelog_mode(&self, _table: &CatalogTable) -> ChangelogMode {
        ChangelogMode::InsertOnly
    }
}

struct ValuesSource {
    table: ConnectorTable,
    schema: SchemaRef,
}

impl Source for ValuesSource {
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
        let batches = self.read()?;
        let mut readers: Vec<Box<dyn SourceReader>> = Vec::with_capacity(parallelism);
        // All rows go through the first reader, because their order is the user's.
        let mut waiting = Some(batches);
        for _ in 0..parallelism {
            readers.push(Box::new(ValuesReader {
                batches: waiting.take().unwrap_or_default().into_iter(),
                current: None,
                chunk_rows: FIRST_CHUNK_ROWS,
                context: Arc::clone(context),
            }));
        }
        Ok(readers)
    }
}

impl ValuesSource {
    /// The rows, in the columns and types of the plan.
    fn read(&self) -> Result<Vec<RecordBatch>> {
        let Some(bytes) = &self.table.table.inline_data else {
            return Err(self.failure("the table holds no rows".to_owned()));
        };
        let reader = StreamReader::try_new(Cursor::new(bytes.as_slice()), None)
            .map_err(|error| self.failure(format!("its rows are not an Arrow IPC stream: {error}")))?;
        let expected = self.table.table.schema.columns.len();
        let found = reader.schema().fields().len();
        if found != expected {
            return Err(self.failure(format!("its rows have {found} columns, but it has {expected}")));
        }
        reader
            .map(|batch| {
                let batch = batch.map_err(|error| self.failure(error.to_string()))?;
                self.conform(&batch)
            })
            .collect()
    }

    fn conform(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let options = CastOptions {
            safe: false,
            ..CastOptions::default()
        };
        let columns = self
            .schema
            .fields()
            .iter()
            .zip(&self.table.projection)
            .map(|(field, &position)| {
                let column = batch
                    .columns()
                    .get(position)
                    .ok_or_else(|| self.failure(format!("it has no column {position}")))?;
                if column.data_type() == field.data_type() {
                    return Ok(Arc::clone(column));
                }
                cast_with_options(column, field.data_type(), &options)
                    .map_err(|error| self.failure(format!("column '{}': {error}", field.name())))
            })
            .collect::<Result<Vec<ArrayRef>>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &options)
            .map_err(|error| self.failure(error.to_string()))
    }

    fn failure(&self, message: String) -> EngineError {
        failure("values", &self.table.table, message, None)
    }
}

struct ValuesReader {
    batches: std::vec::IntoIter<RecordBatch>,
    current: Option<RecordBatch>,
    chunk_rows: usize,
    context: Arc<JobContext>,
}

impl SourceReader for ValuesReader {
    fn poll(&mut self, _timeout: Duration) -> Result<SourceEvent> {
        if self.context.cancellation.is_cancelled() {
            return Err(EngineError::Cancelled);
        }
        loop {
            let Some(batch) = self.current.take().or_else(|| self.batches.next()) else {
                return Ok(SourceEvent::Finished);
            };
            let rows = batch.num_rows();
            if rows == 0 {
                continue;
            }
            let taken = rows.min(self.chunk_rows);
            self.chunk_rows = CHUNK_ROWS;
            if taken < rows {
                self.current = Some(batch.slice(taken, rows - taken));
            }
            return Ok(SourceEvent::Chunk(Chunk::inserts(batch.slice(0, taken))));
        }
    }
}
