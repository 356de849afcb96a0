//! Sinks: where a job's rows go.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::Result;
use crate::chunk::Chunk;
use crate::job::JobContext;

/// A sink as planned; makes one writer a subtask. Made by a connector from a
/// [`nutkin_plan::stream::SinkNode`].
pub trait Sink: Send + Sync {
    /// Makes the writers, one a subtask. Runs once, on a thread that may wait, before any row is
    /// read; a database or table that is not there is found here.
    ///
    /// # Errors
    /// When the sink cannot be reached or does not fit the query.
    fn create_writers(
        &self,
        parallelism: usize,
        context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SinkWriter>>>;

    /// How many writers the sink wants at most; `None` leaves it to the job.
    fn max_parallelism(&self) -> Option<usize> {
        None
    }

    /// Called once after every writer of a job that ended by itself was flushed and closed: makes
    /// the result visible as a whole where the sink can (renames files).
    ///
    /// # Errors
    /// When the result cannot be made visible.
    fn finish(&self) -> Result<()> {
        Ok(())
    }
}

/// One subtask's writer. It lives on the thread of its task, and may wait there.
pub trait SinkWriter: Send {
    /// Takes rows. They may be buffered.
    ///
    /// # Errors
    /// When rows cannot be written after the sink's own retries.
    fn write(&mut self, chunk: Chunk) -> Result<()>;

    /// When [`SinkWriter::flush`] wants to be called although no row arrives.
    fn next_flush(&self) -> Option<Instant> {
        None
    }

    /// Writes what is buffered. When it returns, the rows are where others can see them.
    ///
    /// # Errors
    /// As [`SinkWriter::write`].
    fn flush(&mut self) -> Result<()>;

    /// Releases what the writer holds; `flush` was called before if the job ended by itself.
    ///
    /// # Errors
    /// When releasing fails.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}

/// How long a task waits for input before it looks at cancellation and timers.
pub const TASK_TICK: Duration = Duration::from_millis(50);
