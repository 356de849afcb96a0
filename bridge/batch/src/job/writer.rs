//! The thread of one writer of a sink.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow::compute::cast;
use arrow::datatypes::SchemaRef;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::element::EventTimeMillis;
use nutkin_engine::job::JobContext;
use nutkin_engine::operator::{Operator, Output, SinkConstraints, SinkOperator};
use nutkin_engine::sink::{SinkWriter, TASK_TICK};
use nutkin_engine::{EngineError, Result};
use tokio::runtime::Builder;
use tokio::sync::mpsc;
use tokio::time::timeout;

/// What a partition says to its writer.
pub(super) enum Message {
    /// Rows.
    Rows(RecordBatch),
    /// The partition has no more rows.
    Ended,
    /// The plan failed.
    Failed(EngineError),
}

/// One writer of a sink.
pub(super) struct Writer {
    operator: SinkOperator,
    job: Arc<JobContext>,
    schema: SchemaRef,
}

impl Writer {
    pub(super) fn new(
        writer: Box<dyn SinkWriter>,
        constraints: Arc<SinkConstraints>,
        job: Arc<JobContext>,
        schema: SchemaRef,
    ) -> Self {
        Self {
            operator: SinkOperator::new(constraints, writer, Arc::clone(&job)),
            job,
            schema,
        }
    }

    /// Writes what arrives until every partition has ended, or one failed.
    pub(super) fn run(mut self, queue: mpsc::Receiver<Message>) -> Result<()> {
        let worked = self.work(queue);
        let closed = self.operator.close();
        worked.and(closed)
    }

    fn work(&mut self, mut queue: mpsc::Receiver<Message>) -> Result<()> {
        // Waits on this thread alone: what computes may keep the pool's threads for long.
        let waiting = Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(|error| EngineError::Io {
                doing: "waiting for the rows of a query".to_owned(),
                message: error.to_string(),
            })?;
        loop {
            let received = waiting.block_on(async { timeout(TASK_TICK, queue.recv()).await });
            if self.job.cancellation.is_cancelled() {
                return Err(EngineError::Cancelled);
            }
            let message = match received {
                Ok(Some(message)) => message,
                Ok(None) => break,
                Err(_) => continue,
            };
            match message {
                Message::Rows(batch) if batch.num_rows() > 0 => {
                    let rows = Chunk::inserts(self.conform(&batch)?);
                    self.operator.on_chunk(0, rows, &mut Nowhere)?;
                }
                Message::Rows(_) | Message::Ended => {}
                Message::Failed(error) => return Err(error),
            }
        }
        // Partitions that were cut off say nothing any more.
        if self.job.cancellation.is_cancelled() {
            return Err(EngineError::Cancelled);
        }
        self.operator.end_input(0, &mut Nowhere)
    }

    /// The rows under the names and types of the sink.
    fn conform(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let columns = batch
            .columns()
            .iter()
            .zip(self.schema.fields())
            .map(|(column, field)| {
                if column.data_type() == field.data_type() {
                    Ok(Arc::clone(column))
                } else {
                    Ok(cast(column, field.data_type())?)
                }
            })
            .collect::<Result<Vec<ArrayRef>>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        Ok(RecordBatch::try_new_with_options(
            Arc::clone(&self.schema),
            columns,
            &options,
        )?)
    }
}

/// What comes after a sink.
struct Nowhere;

impl Output for Nowhere {
    fn chunk(&mut self, _chunk: Chunk) -> Result<()> {
        Ok(())
    }

    fn watermark(&mut self, _watermark: EventTimeMillis) -> Result<()> {
        Ok(())
    }
}
