//! Sources: where a job's rows come from.

use std::sync::Arc;
use std::time::Duration;

use arrow::datatypes::SchemaRef;

use crate::Result;
use crate::chunk::Chunk;
use crate::job::JobContext;

/// A source as planned: knows its splits and makes one reader a subtask. Made by a connector from a
/// [`nutkin_plan::stream::ConnectorTable`], or by the engine from rows in the plan; its Arrow schema is
/// that of the projected columns.
pub trait Source: Send + Sync {
    /// Whether the source ends by itself.
    fn is_bounded(&self) -> bool;

    /// The Arrow schema of every chunk.
    fn schema(&self) -> SchemaRef;

    /// Makes the readers, one a subtask, which share out the splits among themselves. Runs once, on
    /// a thread that may wait; a broker or a file that is not there is found here.
    ///
    /// # Errors
    /// When the source cannot be reached or does not fit the table.
    fn create_readers(
        &self,
        parallelism: usize,
        context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SourceReader>>>;
}

/// One subtask's reader. It lives on the thread of its task.
pub trait SourceReader: Send {
    /// Waits at most `timeout` for the next rows.
    ///
    /// # Errors
    /// When rows cannot be read or decoded; the job fails with it.
    fn poll(&mut self, timeout: Duration) -> Result<SourceEvent>;
}

/// What a poll found.
#[derive(Debug)]
pub enum SourceEvent {
    /// Rows.
    Chunk(Chunk),
    /// Nothing yet; more may come.
    Idle,
    /// This reader has read all it will ever read.
    Finished,
}
