//! Where the rows of a result come from.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::CollectHandle;

use crate::Result;
use crate::interrupt::{Interrupt, wait_interruptibly};
use crate::job::Job;

/// How long a job may take to end after its last row was read.
const LAST_ROW_GRACE: Duration = Duration::from_secs(5);

/// The rows of a result.
pub(crate) enum RowSource {
    /// They are there.
    Ready(VecDeque<Chunk>),
    /// They are there when the job has ended: what `INSERT` answers.
    AfterJob(Arc<Job>, VecDeque<Chunk>),
    /// A query produces them.
    Query(Arc<Job>, CollectHandle),
}

/// What was found.
pub(super) enum Next {
    /// Rows.
    Rows(Chunk),
    /// Nothing before the timeout.
    NotYet,
    /// There are no more.
    End,
}

impl RowSource {
    /// Waits at most `timeout` for rows.
    ///
    /// # Errors
    /// When the job behind them failed or was cancelled, or the caller gave up.
    pub(super) fn next(&mut self, timeout: Duration, interrupt: &dyn Interrupt) -> Result<Next> {
        match self {
            Self::Ready(chunks) => Ok(take(chunks)),
            Self::AfterJob(job, chunks) => Ok(match job.wait(Some(timeout), interrupt)? {
                Some(_) => take(chunks),
                None => Next::NotYet,
            }),
            Self::Query(job, rows) => {
                let found =
                    wait_interruptibly(interrupt, Some(timeout), |step| match rows.next_batch(step) {
                        Some(chunk) => Some(Next::Rows(chunk)),
                        None => rows.has_ended().then_some(Next::End),
                    })?;
                match found {
                    // A queue that ended says nothing about how the job did.
                    Some(Next::End) => match job.wait(Some(LAST_ROW_GRACE), interrupt)? {
                        Some(_) => Ok(Next::End),
                        None => Ok(Next::NotYet),
                    },
                    Some(next) => Ok(next),
                    None => Ok(Next::NotYet),
                }
            }
        }
    }
}

fn take(chunks: &mut VecDeque<Chunk>) -> Next {
    chunks.pop_front().map_or(Next::End, Next::Rows)
}

/// The first rows of a chunk, and the others if there are more.
pub(super) fn split(chunk: Chunk, rows: usize) -> (Chunk, Option<Chunk>) {
    let count = chunk.row_count();
    if count <= rows {
        return (chunk, None);
    }
    let part = |start, length| Chunk {
        data: chunk.data.slice(start, length),
        kinds: chunk.kinds.as_ref().map(|kinds| kinds.slice(start, length)),
    };
    (part(0, rows), Some(part(rows, count - rows)))
}
